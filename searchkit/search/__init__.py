"""Which documents, in which order, why, showing what?"""

from searchkit.search.index import Index, create, open_index
from searchkit.search.results import Hit, Results

__all__ = ["Hit", "Index", "Results", "create", "open_index"]
