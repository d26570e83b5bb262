"""JSON lines: a line is a document, and a bad line is named while the others go on."""

import io
import json
import zlib
from collections.abc import Iterator
from typing import Any, cast

from searchkit.indexing.encodings import NOT_TEXT, decode_text
from searchkit.indexing.fields import usual_names
from searchkit.indexing.lines import decoded_lines, read_lines
from searchkit.indexing.sources import Document, Problem, Source

_EXPECTED = '{"id": …, "title": …, "text": …}'
_TOO_DEEP = "is JSON with too long a number or too deep a nesting; simplify the line"
_MAX_JSON_BYTES = 200_000_000  # of a file that is one array, which is read whole
NO_ROWS = "is empty; write some documents into it or remove it"
"""The reason to give for a file that has no rows."""


def read_json_lines(source: Source) -> Iterator[Document | Problem]:
    """Read a document from each line that is a JSON object; empty lines are passed over.

    Raises:
        OSError: the file cannot be opened.
    """
    empty = True
    for line in read_lines(source.path, source.meter):
        if line.reason:
            yield Problem(place(source.name, line.number), line.reason)
        elif not line.text.strip():
            continue
        else:
            yield document_from_json(line.text, source.name, line.number)
        empty = False
    if empty:
        yield Problem(source.name, NO_ROWS)


def read_json_file(source: Source) -> Iterator[Document | Problem]:
    """Read documents from a file that is one JSON array of objects, or one object, or one in each line.

    Raises:
        OSError: the file cannot be read.
    """
    if source.size > _MAX_JSON_BYTES or _has_lines(source):
        yield from read_json_lines(source)
        return
    with open(source.path, "rb") as file:
        text = decode_text(file.read())
    if text is None:
        yield Problem(source.name, NOT_TEXT)
        return
    try:
        value: object = json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        reason = f"is not valid JSON ({error.msg} at character {error.pos + 1}); correct the line"
        yield Problem(place(source.name, error.lineno), reason)
        return
    except (ValueError, RecursionError):
        yield Problem(source.name, _TOO_DEEP)
        return
    values = cast("list[object]", value) if isinstance(value, list) else [value]
    if not values:
        yield Problem(source.name, NO_ROWS)
    for number, one in enumerate(values, 1):
        at = number if isinstance(value, list) else 0
        yield _document_from_value(_without_surrogates(one), source.name, at)


def _has_lines(source: Source) -> bool:
    """Tell whether the first line is an object of its own, and not all there is."""
    lines = (line.text for line in read_lines(source.path) if line.text.strip())
    try:
        return isinstance(json.loads(next(lines, "")), dict) and next(lines, None) is not None
    except (ValueError, RecursionError):
        return False


def read_json_stream(stream: io.BufferedReader, name: str) -> Iterator[Document | Problem]:
    """Read a document from each line of a stream; one without an id is named by a checksum of its line.

    Raises:
        OSError: the stream cannot be read.
    """
    for line in decoded_lines(stream):
        if line.reason:
            yield Problem(place(name, line.number), line.reason)
        elif line.text.strip():
            document = document_from_json(line.text, name, line.number)
            if isinstance(document, dict) and document["id"] == place(name, line.number):
                document["id"] = f"{name}:{zlib.crc32(line.text.strip().encode('utf-8', 'surrogatepass')):08x}"
            yield document


def document_from_json(text: str, name: str, number: int) -> Document | Problem:
    """Make a document of one line of JSON, or say what is wrong with it."""
    where = place(name, number)
    try:
        # NaN and Infinity are not JSON, but data frames write them for cells that are missing.
        value: object = json.loads(text, parse_constant=_nothing)
    except json.JSONDecodeError as error:
        return Problem(where, f"is not valid JSON ({error.msg} at character {error.pos + 1}); correct the line")
    except (ValueError, RecursionError):
        return Problem(where, _TOO_DEEP)
    if "\\ud" in text or "\\uD" in text:
        value = _without_surrogates(value)
    return _document_from_value(value, name, number)


def _document_from_value(value: object, name: str, number: int) -> Document | Problem:
    if not isinstance(value, dict):
        return Problem(place(name, number), f"is not a JSON object; write {_EXPECTED}")
    return document_from_fields(cast("dict[str, Any]", value), name, number)


def document_from_fields(fields: dict[str, Any], name: str, number: int) -> Document | Problem:
    """Make a document of the fields of a row, or say what is wrong with them.

    The ``file`` of the document is the name of its source, whatever the row says.
    """
    where = place(name, number)
    fields = usual_names(fields)
    for field in ("title", "text"):
        if fields.get(field) is None:
            fields[field] = ""
        elif not isinstance(fields[field], str):
            return Problem(where, f'has a "{field}" that is not a string; put it in quotation marks')
    title, text = fields.pop("title"), fields.pop("text")
    if not title.strip() and not text.strip():
        return Problem(where, f"has no text; write {_EXPECTED}")
    key: object = fields.pop("id", None)
    if key is None or key == "":
        key = where
    elif isinstance(key, bool) or not isinstance(key, str | int | float):
        return Problem(where, 'has an "id" that is neither a string nor a number; put it in quotation marks')
    return {"id": str(key), "title": title, "text": text, **fields, "file": name}


def place(name: str, number: int) -> str:
    """Name a line of a file, or the file when the number is 0."""
    return f"{name}:{number}" if number else name


def _nothing(_: str) -> None:
    return None


def _without_surrogates(value: object) -> object:
    """Replace halves of surrogate pairs, which JSON can escape and UTF-8 cannot carry."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        items = cast("dict[str, object]", value).items()
        return {str(_without_surrogates(key)): _without_surrogates(item) for key, item in items}
    return value
