"""The hot loops: plain Python modules with a sibling ``.pxd``, compiled by Cython where a C compiler is at hand.

Set ``SEARCHKIT_NO_EXTENSIONS=1`` to run the interpreted modules although compiled ones are installed.
"""

import os
import sys

if os.environ.get("SEARCHKIT_NO_EXTENSIONS", "") not in ("", "0"):
    from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader

    # A finder that knows only sources looks past the shared libraries that lie in the same folder.
    _here = os.path.dirname(__file__)
    sys.path_importer_cache[_here] = FileFinder(_here, (SourceFileLoader, SOURCE_SUFFIXES))

from searchkit._core import scan

COMPILED = not (scan.__file__ or "").endswith(".py")
"""Whether the kernels in use are compiled."""
