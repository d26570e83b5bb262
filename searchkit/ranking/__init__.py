"""How good is this match?"""

from searchkit.ranking.bm25 import BM25, fitted, idf
from searchkit.ranking.model import Model

__all__ = ["BM25", "Model", "fitted", "idf"]
