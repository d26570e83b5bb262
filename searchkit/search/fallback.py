"""What to search instead of what no document has, step by step, each with a line that says so.

1. what the keys give with the other keyboard layout, where the index has those words;
2. for Latin letters, words of the index that they may write;
3. words with the name key of a word that was looked up as no name;
4. spelling: two words joined, one cut in two, a proclitic taken off, the most probable word one edit away;
5. where still nothing is found, less of the query: ``searchkit.search.relax``.

What was to be taken exactly stays: ``=word``, patterns, ``level="surface"``, ``fold``. This module is imported only for
queries with a word that is in no document or in few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.analysis import evidence
from searchkit.arabic.names import name_key
from searchkit.query import GroupClause, Instead, WordClause
from searchkit.query.nodes import Group, Word
from searchkit.query.rewrite import DEFAULT_FIELDS
from searchkit.search import respell
from searchkit.search.latin import MORE, LatinWords
from searchkit.search.missing import FAR_MORE, FEW, Missing, surface
from searchkit.search.replacing import Replacing, fields_of
from searchkit.search.retype import latin_words, retyped, words_count
from searchkit.search.suggest import document_count, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searchkit.query import Clause, Node
    from searchkit.search.statistics import Statistics
    from searchkit.search.written import Spellings
    from searchkit.segment import SegmentReader

_CHAT = re.compile(r"(?=.*[a-zA-Z])(?=.*[2-9'-])[a-zA-Z2-9'-]+")  # is cut into several words if read as one is not
_SURE = 0.5  # edits, of one that is in some documents even so
_SLIP = 0.3  # edits, of what is hardly another word: a hamza left out at the end
_ENOUGH = 20  # documents of what was probably meant, where only what sounds like it was found
_ALIKE = 1.1  # edits that a word which no document has may be away from a name that sounds like it
_LIKELY = 0.7  # edits that a rare word may be away from what was meant
_MOST_NAMES = 20  # corrections that are looked at for a name


class Fallback:
    """Mends one query on a snapshot."""

    def __init__(
        self,
        segments: Sequence[SegmentReader],
        statistics: Statistics,
        missing: Missing,
        spellings: Spellings,
        read: Callable[[Node], Clause],
        near: float,
    ) -> None:
        """Bind a snapshot and a query's levels.

        Args:
            segments: of the snapshot.
            statistics: of the same.
            missing: of the same.
            spellings: of the same.
            read: rewrites a node as the query was.
            near: how much less a word counts that is only like the one that was asked for.
        """
        self._segments = segments
        self._statistics = statistics
        self._missing = missing
        self._near = near
        self._replacing = Replacing(spellings, read)
        self._latin = LatinWords(statistics, missing, self._replacing, near)
        self.notes = self._replacing.notes  # on what was replaced

    def mend(self, clause: Clause) -> Clause:
        """Return what to search instead of a query with words that no document has."""
        if not self._missing.any(clause):
            return clause
        mended = self._mend_all((clause,))
        return mended[0] if len(mended) == 1 else GroupClause(should=tuple(mended))

    def _beside_rare(self, clause: WordClause, likely: float) -> Clause:
        """Return what to search for a word in few documents: what was probably meant as well.

        Args:
            clause: the word.
            likely: edits that it may be away from that.
        """
        word, fields = surface(clause), fields_of(clause)
        own = self._missing.own(clause)
        likely = likely if own <= FEW else _SURE
        least = FAR_MORE * own or _ENOUGH
        other = retyped(self._statistics, clause.text, fields) or ""
        if not other and len(word) >= respell.SHORTEST_WORD:
            found = suggest(self._segments, clause.text, 1, fields, most_edits=1)
            if found and found[0].cost <= _SLIP and own <= FEW:
                least = max(FEW + 1, MORE * own)
            other = found[0].term if found and found[0].cost < likely and " " not in found[0].term else ""
            if not set(evidence(other).names).isdisjoint(evidence(word).names):
                other = ""  # it is found by how it sounds
        if not other or " " in other or document_count(self._segments, fields, other) < least:
            parted = respell.attested(self._statistics, word, clause.text, fields)
            other = " ".join(parted.words)
            if not other or words_count(self._statistics, fields, other) < MORE * max(1, own):
                return clause
        also = self._replacing.like(clause, other, self._near)
        self._replacing.note_also(clause, also)
        return GroupClause(should=(clause, also))

    def _beside_misread(self, clause: WordClause) -> Clause:
        """Return what to search for a word that may be a name: the most probable such name, too."""
        word, fields = surface(clause), fields_of(clause)
        count = document_count(self._segments, fields, word)
        least, likely = MORE * max(1, count), _LIKELY if count else _ALIKE
        for one in suggest(self._segments, clause.text, _MOST_NAMES, fields, most_edits=1):
            name = one.df >= least and one.cost < likely and " " not in one.term
            if name and name_key(word) in evidence(one.term).names:
                also = self._replacing.like(clause, one.term)
                self._replacing.note_also(clause, also)
                return GroupClause(should=(clause, also))
        return clause

    def retype(self, node: Node) -> Node:
        """Return a query in which words are read as with the other keyboard layout, where that gives known ones."""
        if isinstance(node, Group):
            must, should = (tuple(self.retype(child) for child in part) for part in (node.must, node.should))
            same = all(a is b for a, b in zip((*must, *should), (*node.must, *node.should), strict=True))
            return node if same else Group(must, should, node.must_not)
        if not isinstance(node, Word) or node.exact or node.wildcards or node.edits is not None:
            return node
        chunks = node.text.split()
        read = [self._retype_chunk(node, chunk) for chunk in chunks]
        return node if read == chunks else node._replace(text=" ".join(read))

    def _retype_chunk(self, node: Word, chunk: str) -> str:
        if not self._missing.lacks(self._replacing.read(node._replace(text=chunk))):
            return chunk
        fields = DEFAULT_FIELDS if node.field is None else (node.field,)
        found = retyped(self._statistics, chunk, fields)
        if found is not None:
            self._replacing.note_folded(chunk, found, "other keyboard layout")
            return found
        if _CHAT.fullmatch(chunk) and not chunk.isupper() and (words := latin_words(self._statistics, chunk, fields)):
            self._replacing.note_folded(chunk, words[0], "Latin letters")
            return words[0]
        return chunk

    def _mend_all(self, children: Sequence[Clause]) -> list[Clause]:
        """Return clauses in which words that no document has are replaced."""
        mended: list[Clause] = []
        at = 0
        while at < len(children):
            child = children[at]
            following = children[at + 1] if at + 1 < len(children) else None
            if run := self._latin.run(children, at):
                mended.extend(self._latin.mend(run))
                at += len(run)
                continue
            at += 1
            if isinstance(child, GroupClause) and self._missing.any(child):
                mended.append(self._mend_group(child))
            elif not isinstance(child, WordClause):
                mended.append(child)
            elif isinstance(following, WordClause) and (joined := self._join(child, following)):
                self._replacing.note(f"{child.text} {following.text}", joined.text, "one word")
                mended.append(joined)
                at += 1
            elif self._missing.word(child):
                before = children[at - 2] if at > 1 else None
                mended.extend(self._instead(child, (_beside(before), _beside(following))))
            else:
                wide: Clause = child
                if self._missing.rare(child):
                    wide = self._beside_rare(child, _LIKELY if len(children) > 1 else 1.0)
                if wide is child and self._missing.misread(child):
                    wide = self._beside_misread(child)
                mended.append(wide)
        return mended

    def _mend_group(self, group: GroupClause) -> GroupClause:
        """Return a group in which words are replaced, but those that the index has another way to write."""
        should: list[Clause] = []
        instead: list[Instead] = []
        at = 0
        for other in group.instead:
            should += _flat(self._mend_all(group.should[at : other.start]))
            instead.append(other._replace(start=len(should), end=len(should) + other.end - other.start))
            should += group.should[other.start : other.end]
            at = other.end
        should += _flat(self._mend_all(group.should[at:]))
        must = tuple(self._mend_all(group.must))
        return group._replace(must=must, should=tuple(should), instead=tuple(instead))

    def _join(self, one: WordClause, other: WordClause) -> WordClause | None:
        if not (self._missing.word(one) or self._missing.word(other)) or one.function or other.function:
            return None
        fields = fields_of(one)
        joined = surface(one) + surface(other)
        if fields != fields_of(other) or not document_count(self._segments, fields, joined):
            return None
        return self._replacing.like(one, joined)

    def _instead(self, clause: WordClause, beside: tuple[str, str]) -> list[Clause]:
        """Return what to search for a word between two others; the word itself where nothing is like it."""
        fields = fields_of(clause)
        word = surface(clause)
        found = respell.respell(self._statistics, word, clause.text, fields, beside)
        made = [self._replacing.like(clause, other, 1.0 if found.sure else self._near) for other in found.words]
        if not made or all(one.function for one in made):
            return [clause]
        self._replacing.note(clause.text, " ".join(one.text for one in made), found.reason)
        return [*made]


def _flat(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return clauses any of which may match, groups of such in their place: so the kernel for words can be used."""
    flat: list[Clause] = []
    for clause in clauses:
        plain = isinstance(clause, GroupClause) and not clause.must and not clause.must_not and not clause.instead
        flat.extend(clause.should if plain and isinstance(clause, GroupClause) else [clause])
    return tuple(flat)


def _beside(clause: Clause | None) -> str:
    return surface(clause) if isinstance(clause, WordClause) and not clause.expanded else ""
