"""Nodes to clauses: what to look up in the index, level by level.

A clause knows nothing of weights; those are the ranking's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from searchkit.analysis import LEVELS, evidence, tokenize
from searchkit.arabic.function_words import is_function_word
from searchkit.arabic.related import related_lemmas
from searchkit.query.idioms import understood
from searchkit.query.near import NearClause, check_length, rewrite_near
from searchkit.query.nodes import Group, Near, Node, Phrase, Range, Word
from searchkit.query.patterns import TermPattern, automatic_edits, fold_wildcards
from searchkit.query.signs import pattern as compiled
from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchkit.segment.kinds import Bounds

_SEATS = frozenset("أؤئء")
_DECIMAL_COMMA = r"(?<![\d,،])(\d+)[,،](\d{1,2})(?![\d,،])"

DEFAULT_FIELDS = ("title", "text")

ANY = "*"
"""Any value."""

UP_TO = {"surface": LEVELS[:1], "lemma": ("surface", "lemma", "name"), "root": LEVELS}
"""The levels to search, by the weakest that is wanted."""


class Term(NamedTuple):
    """One look-up: the alternatives count as one word."""

    field: str
    level: str
    texts: tuple[str, ...]
    pattern: TermPattern | None = None  # then it stands for every word that matches, and is called by ``texts``
    related: bool = False  # not the word's own, but of a word that says the same in another part of speech
    synonym: float = 0.0  # what another way to write the word is worth; 0 for its own evidence
    phrase: bool = False  # the texts stand side by side
    run: float = 0.0  # what it is worth that the query's own words do

    @property
    def kind(self) -> str:
        """What it is evidence of: its level, or how its words are found."""
        if self.pattern is None:
            return "run" if self.run else "synonym" if self.synonym else "related" if self.related else self.level
        return "fuzzy" if self.pattern.edits else "wildcard"


class WordClause(NamedTuple):
    """A word with all its evidence in all its fields."""

    text: str  # as written
    terms: tuple[Term, ...]
    boost: float = 1.0
    function: bool = False  # weakens: it must not find a document by itself
    expanded: bool = False  # stands for other words than itself
    also: tuple[str, ...] = ()  # other ways to write it that are searched, too


class PhraseClause(NamedTuple):
    """Surface words in this order with at most ``slop`` others among them, in any one of the fields."""

    text: str
    fields: tuple[str, ...]
    words: tuple[str, ...]
    boost: float = 1.0
    slop: int = 0
    exact: bool = False  # no other way to write it


class RangeClause(NamedTuple):
    """Documents with a value of a field that lies between two others, or that looks like a pattern; all alike."""

    field: str
    kind: str  # of the field
    text: str  # as written
    bounds: Bounds
    pattern: str = ""  # a keyword's key in which * and ? stand for letters; then there are no bounds


class Instead(NamedTuple):
    """Another way to write some neighbours of a group: of the two, what scores more in a document counts."""

    start: int  # of the neighbours in ``should``
    end: int
    clause: WordClause


class GroupClause(NamedTuple):
    """As ``Group``."""

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()
    instead: tuple[Instead, ...] = ()  # in order, without overlap


class AllClause(NamedTuple):
    """Every document, all alike: what is left of "everything but"."""


Clause = WordClause | PhraseClause | NearClause | RangeClause | GroupClause | AllClause


def rewrite(node: Node, levels: tuple[str, ...] = LEVELS, kinds: Mapping[str, str] | None = None) -> Clause:
    """Return the look-ups that answer a query; a group without parts if nothing in it is a word.

    Args:
        node: the query.
        levels: to search.
        kinds: of the fields that have one; a word of one that is not text is its whole value.

    Raises:
        QueryError: a value is none of the field's kind, or the field's values cannot be compared.
    """
    if isinstance(node, Group):
        return _rewrite_group(node, levels, kinds)
    if isinstance(node, Range):
        from searchkit.query.values import rewrite_range  # with all that reads dates

        return rewrite_range(node, kinds or {})
    fields = DEFAULT_FIELDS if node.field is None else (node.field,)
    if isinstance(node, Near):
        near = rewrite_near(node, fields, levels)
        if len(near.rows) > 1:
            return near
        return rewrite(Group(should=tuple(leaf for row in node.operands for leaf in row)), levels, kinds)
    kind = kinds.get(node.field) if kinds and node.field is not None else None
    if kind is not None and node.field is not None and (kind != "text" or node.text == ANY):
        from searchkit.query.values import rewrite_value

        return rewrite_value(node, node.field, kind)
    if node.field is None and node.text == ANY:
        return AllClause()
    if isinstance(node, Phrase):
        words = tuple(token.surface for token in tokenize(node.text))
        check_length(len(words), "a phrase")
        return PhraseClause(node.text, fields, words, node.boost, node.slop, node.exact) if words else GroupClause()
    if "," in node.text or "،" in node.text:
        node = node._replace(text=compiled(_DECIMAL_COMMA).sub(r"\1.\2", node.text))
    if node.wildcards:
        clauses = [
            _expanded(node, word, fields) if "*" in word or "?" in word else _word(node, word, word, fields, levels)
            for word in fold_wildcards(node.text)
        ]
    else:
        clauses = [_word(node, surface, written, fields, levels) for surface, written in _words(node.text)]
    return clauses[0] if len(clauses) == 1 else GroupClause(should=tuple(clauses))


def restricts(clause: Clause) -> bool:
    """Tell whether a clause is made of ranges alone: then it only restricts what is found by words beside it."""
    if isinstance(clause, GroupClause):
        children = [child for row in clause[:3] for child in row]
        return bool(children) and all(map(restricts, children))
    return isinstance(clause, RangeClause)


def has_forms(clause: WordClause) -> bool:
    """Tell whether a word is looked up as anything but as it is spelt."""
    return clause.terms[-1].level != LEVELS[0] or any(term.level != LEVELS[0] for term in clause.terms)


def is_exact(clause: Clause) -> bool:
    """Tell whether all words and phrases of a query are to be taken as they are spelt."""
    if isinstance(clause, WordClause):
        return clause.expanded or not has_forms(clause)
    if isinstance(clause, GroupClause):
        for row in (clause.should, clause.must):
            for child in row:
                if not is_exact(child):
                    return False
        return True
    return not isinstance(clause, PhraseClause) or clause.exact


def leaves(clause: Clause) -> list[WordClause | PhraseClause | NearClause]:
    """Return the words and phrases that a document may have, in the order of the query."""
    if isinstance(clause, WordClause | PhraseClause | NearClause):
        return [clause]
    if isinstance(clause, GroupClause):
        return [leaf for child in (*clause.must, *clause.should) for leaf in leaves(child)]
    return []


def _rewrite_group(group: Group, levels: tuple[str, ...], kinds: Mapping[str, str] | None) -> Clause:
    must, should, must_not = (
        [clause for node in part if (clause := rewrite(node, levels, kinds)) != GroupClause()]
        for part in (group.must, group.should, group.must_not)
    )
    if must_not and not must and not should:
        should = [AllClause()]
    flat: list[Clause] = []  # so that function words know of all other words
    for clause in should:
        plain = isinstance(clause, GroupClause) and not clause.must and not clause.must_not and not restricts(clause)
        flat.extend(clause.should if plain and isinstance(clause, GroupClause) else [clause])
    found = [clause for clause in flat if not isinstance(clause, AllClause)]  # a star beside words is none
    return GroupClause(tuple(understood(must)), tuple(understood(found or flat)), tuple(must_not))


def _word(node: Word, surface: str, written: str, fields: tuple[str, ...], levels: tuple[str, ...]) -> WordClause:
    if node.edits is None:
        return _plain_word(surface, written, fields, node.boost, levels[:1] if node.exact else levels, exact=node.exact)
    pattern = TermPattern(surface, node.edits or automatic_edits(surface))
    terms = [Term(field, LEVELS[0], (surface,)) for field in fields] + _patterns(pattern, fields)
    return WordClause(written, tuple(terms), node.boost, expanded=True)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    """Return the words of a text, folded and as written."""
    return tuple([(surface, text[start:end]) for surface, start, end, _ in tokenize(text)])


@lru_cache(maxsize=8192)  # words come again, and what is known of a clause is kept as long as it is the same
def _plain_word(
    surface: str, written: str, fields: tuple[str, ...], boost: float, levels: tuple[str, ...], *, exact: bool
) -> WordClause:
    if exact:  # what it may be a form of is not asked
        return WordClause(written, tuple([Term(field, LEVELS[0], (surface,)) for field in fields]), boost)
    terms: list[Term] = []
    found = evidence(surface)
    if not _SEATS.isdisjoint(written[1:]):
        from searchkit.arabic.hamza import other_seat

        found = evidence(other_seat(written, surface) or surface)
    function = is_function_word(surface)
    relatives = "root" in levels and not function
    for level in levels:
        texts = found.terms(surface, level)
        if texts:
            terms.extend(Term(field, level, texts) for field in fields)
        if level == "lemma" and relatives and (others := related_lemmas(found.lemmas)):
            terms.extend(Term(field, level, others, related=True) for field in fields)
    return WordClause(written, tuple(terms), boost, function)


def _expanded(node: Word, pattern: str, fields: tuple[str, ...]) -> WordClause:
    return WordClause(pattern, tuple(_patterns(TermPattern(pattern), fields)), node.boost, expanded=True)


def _patterns(pattern: TermPattern, fields: tuple[str, ...]) -> list[Term]:
    return [Term(field, LEVELS[0], (str(pattern),), pattern) for field in fields]
