"""Full-text search for Arabic.

::

    import searchkit

    with searchkit.create("index") as writer:
        writer.add(id="1", title="...", text="...")
    for hit in searchkit.open("index").search("أستانا"):
        print(hit.rank, hit.score, hit.id, hit.title, hit.snippet)

Names are resolved when they are first used, so ``import searchkit`` costs nothing.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:  # as typing's, without its import
    from searchkit.analysis import ArabicAnalyzer, Token, tokenize
    from searchkit.arabic.folding import fold
    from searchkit.arabic.morphology import analyze
    from searchkit.errors import (
        DocumentError,
        IndexFormatError,
        IndexLockedError,
        IndexMissingError,
        InputError,
        QueryError,
        QuerySyntaxError,
        SearchkitError,
        StoreError,
    )
    from searchkit.indexing.writer import IndexWriter
    from searchkit.search import Hit, Index, Results, create
    from searchkit.search import open_index as open  # noqa: A004 - searchkit.open, as gzip.open

__version__ = "0.1.0"

_HOMES = {
    "searchkit.analysis": ("ArabicAnalyzer", "Token", "tokenize"),
    "searchkit.arabic.folding": ("fold",),
    "searchkit.arabic.morphology": ("analyze",),
    "searchkit.errors": (
        "DocumentError",
        "IndexFormatError",
        "IndexLockedError",
        "IndexMissingError",
        "InputError",
        "QueryError",
        "QuerySyntaxError",
        "SearchkitError",
        "StoreError",
    ),
    "searchkit.indexing.writer": ("IndexWriter",),
    "searchkit.search": ("Hit", "Index", "Results", "create"),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ArabicAnalyzer",
    "DocumentError",
    "Hit",
    "Index",
    "IndexFormatError",
    "IndexLockedError",
    "IndexMissingError",
    "IndexWriter",
    "InputError",
    "QueryError",
    "QuerySyntaxError",
    "Results",
    "SearchkitError",
    "StoreError",
    "Token",
    "__version__",
    "analyze",
    "create",
    "fold",
    "open",
    "tokenize",
]


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "open":
        value: object = import_module("searchkit.search").open_index
    elif name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    else:
        raise AttributeError(f"module 'searchkit' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
