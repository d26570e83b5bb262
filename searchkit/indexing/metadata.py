"""What programs write into files about title and author is often their own name or that of another file."""

import re

from searchkit.indexing.encodings import code_page
from searchkit.indexing.fields import cleaned

_NO_TITLE = re.compile(
    r"microsoft |untitled|document\s*\d*$|مستند\s*\d*$|slide 1$|.*\.(?:docx?|pdf|indd|qxd|rtf|txt|odt|html?|xlsx?)$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:user|admin|administrator|owner|author|unknown|anonymous|unspecified|hp|dell|lenovo|acer|asus|toshiba|pc|home|microsoft.*|مستخدم)\s*\d*$",
    re.IGNORECASE,
)


def sane_fields(fields: dict[str, str]) -> dict[str, str]:
    """Return title, author and date as far as they say something of the text."""
    found = cleaned({name: mended(value) for name, value in fields.items()})
    for name, junk in (("title", _NO_TITLE), ("author", _NO_AUTHOR)):
        value = found.get(name, "")
        if value and (junk.match(value) or "\ufffd" in value or not any(letter.isalpha() for letter in value)):
            del found[name]
    return found


def mended(text: str) -> str:
    """Return text in Arabic that was taken for Latin-1 as it was meant."""
    if text.isascii():
        return text
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return text
    page = code_page(data)
    return data.decode(page, "replace") if page else text
