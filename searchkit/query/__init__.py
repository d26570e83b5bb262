"""What did the user ask? Syntax, nodes, rewriting."""

from searchkit.query.nodes import Group, Node, Phrase, Word
from searchkit.query.parser import parse, parse_plain
from searchkit.query.patterns import TermPattern
from searchkit.query.rewrite import AllClause, Clause, GroupClause, PhraseClause, Term, WordClause, rewrite

__all__ = [
    "AllClause",
    "Clause",
    "Group",
    "GroupClause",
    "Node",
    "Phrase",
    "PhraseClause",
    "Term",
    "TermPattern",
    "Word",
    "WordClause",
    "parse",
    "parse_plain",
    "rewrite",
]
