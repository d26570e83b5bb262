"""``searchkit synonyms``."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from searchkit.errors import InputError
from searchkit.messages import translate
from searchkit.query.equivalents import read_equivalents
from searchkit.search.synonyms import FILE, install
from searchkit.segment.manifest import read_manifest

if TYPE_CHECKING:
    from argparse import Namespace


def run(options: Namespace) -> int:
    """Give an index a list of synonyms, or check the one it has."""
    read_manifest(options.index)  # or there is no index to give it to
    place = os.path.join(options.index, FILE)
    if options.remove:
        if options.file is not None:
            raise InputError("--remove: takes no file; leave one of the two out")
        if os.path.exists(place):
            os.remove(place)
            print(translate(f"{place}: removed"))
        else:
            print(translate(f"{place}: there is none"))
        return 0
    if options.file is not None:
        names = install(options.file, options.index)
    elif os.path.exists(place):
        names = read_equivalents(place)
    else:
        print(translate(f"{place}: there is none; 'searchkit synonyms FILE' takes one"))
        return 0
    lines, size = names.num_lines, len(names)
    print(translate(f"{place}: 1 line, {size} names" if lines == 1 else f"{place}: {lines} lines, {size} names"))
    return 0
