"""Writes data/countries.txt: ``python -m searchkit.arabic.compile.countries``, with Babel installed.

Two sources: the Arabic territory names of Unicode's CLDR as Babel carries them, where the whole name is one
word (the words of the others are mostly common ones, such as "islands"), and our own country_spellings.txt.
"""

from __future__ import annotations

import os
import re
from importlib import import_module

from searchkit.arabic import letters as ar
from searchkit.arabic.folding import fold

_DATA = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")
_HEADER = """\
# Names of countries in one word, folded and without article, one a line. Made by compile.countries from
# - the territory names of the Arabic locales of CLDR {cldr} as packed in Babel {babel} on PyPI:
#   copyright 2004-2025 Unicode, Inc., Unicode License V3, https://www.unicode.org/license.txt;
# - country_spellings.txt.
"""
_COUNTRY_CODE = re.compile("[A-Z]{2}")
_ARTICLE = ar.ALEF + ar.LAM


def main() -> None:
    """Compile the file in place."""
    babel = import_module("babel")  # only who recompiles the file has it
    names: set[str] = set()
    for locale in import_module("babel.localedata").locale_identifiers():
        if locale == "ar" or locale.startswith("ar_"):
            territories = babel.Locale.parse(locale).territories
            names.update(name for code, name in territories.items() if _COUNTRY_CODE.fullmatch(code))
    names.update(_own_spellings())
    words = sorted({fold(without_article(name)) for name in names if " " not in name})
    with open(os.path.join(_DATA, "countries.txt"), "w", encoding="utf-8") as out:
        out.write(_HEADER.format(cldr=babel.core.get_cldr_version(), babel=babel.__version__))
        out.writelines(f"{word}\n" for word in words)


def without_article(name: str) -> str:
    """Return ``name``, written with its hamzas, without al-: a bare alef at the start is the article's."""
    return name.removeprefix(_ARTICLE)


def _own_spellings() -> list[str]:
    with open(os.path.join(_DATA, "country_spellings.txt"), encoding="utf-8") as lines:
        return [line.strip() for line in lines if not line.startswith("#")]


if __name__ == "__main__":
    main()
