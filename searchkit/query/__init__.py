"""What did the user ask? Syntax, nodes, rewriting."""

from searchkit.query.near import Alternative, NearClause
from searchkit.query.nodes import Group, Near, Node, Phrase, Range, Word
from searchkit.query.parse import parse, parse_plain
from searchkit.query.patterns import TermPattern
from searchkit.query.rewrite import (
    UP_TO,
    AllClause,
    Clause,
    GroupClause,
    Instead,
    PhraseClause,
    RangeClause,
    Term,
    WordClause,
    has_forms,
    is_exact,
    leaves,
    restricts,
    rewrite,
)

__all__ = [
    "UP_TO",
    "AllClause",
    "Alternative",
    "Clause",
    "Group",
    "GroupClause",
    "Instead",
    "Near",
    "NearClause",
    "Node",
    "Phrase",
    "PhraseClause",
    "Range",
    "RangeClause",
    "Term",
    "TermPattern",
    "Word",
    "WordClause",
    "has_forms",
    "is_exact",
    "leaves",
    "parse",
    "parse_plain",
    "restricts",
    "rewrite",
]
