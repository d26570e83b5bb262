"""What to search instead of what no document has, step by step, each with a line that says so.

1. what the keys give with the other keyboard layout, where the index has those words;
2. for Latin letters, words of the index that they may write;
3. words with the name key of a word that was looked up as no name;
4. spelling: two words joined, one cut in two, a proclitic taken off, the most probable word one edit away;
5. where still nothing is found: the words of phrases without their quotes, then one word less that must match.

What was to be taken exactly stays: ``=word``, patterns, ``level="surface"``, ``fold``. This module is imported only for
queries with a word that is in no document, or without hits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.analysis import evidence
from searchkit.arabic.english import is_english_word
from searchkit.arabic.folding import fold
from searchkit.arabic.latin import ARTICLES, SERVANTS
from searchkit.arabic.names import name_key
from searchkit.query import GroupClause, Instead, NearClause, PhraseClause, Term, WordClause, leaves
from searchkit.query.nodes import Group, Word
from searchkit.query.rewrite import DEFAULT_FIELDS
from searchkit.search import respell
from searchkit.search.missing import FAR_MORE, FEW, Missing, surface
from searchkit.search.retype import (
    LatinReading,
    close,
    latin_readings,
    latin_words,
    retyped,
    together,
    words_count,
)
from searchkit.search.snippet import one_line
from searchkit.search.suggest import document_count, suggest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from searchkit.query import Clause, Node
    from searchkit.search.statistics import Statistics
    from searchkit.search.written import Spellings
    from searchkit.segment import SegmentReader

_CHAT = re.compile(r"(?=.*[a-zA-Z])(?=.*[2-9'-])[a-zA-Z2-9'-]+")  # is cut into several words if read as one is not
_MORE = 5  # times as many documents has what Latin letters write
_MOST_RELAXED = 8  # words left out of a query, each with a search of its own
_SURE = 0.5  # edits, of one that is in some documents even so
_SLIP = 0.3  # edits, of what is hardly another word: a hamza left out at the end
_ENOUGH = 20  # documents of what was probably meant, where only what sounds like it was found
_ALIKE = 1.1  # edits that a word which no document has may be away from a name that sounds like it
_LIKELY = 0.7  # edits that a rare word may be away from what was meant
_ACRONYM = 4  # capital letters that hardly write an Arabic word
_MOST_NAMES = 20  # corrections that are looked at for a name
_MOST_ABSENT = 8  # words that a note is made of
_OFF = "use --no-fallback (fallback=False) for exactly this"


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
        self._spellings = spellings
        self._read = read
        self._near = near
        self.notes: list[str] = []  # on what was replaced

    def mend(self, clause: Clause) -> Clause:
        """Return what to search instead of a query with words that no document has."""
        if not self._missing.any(clause):
            return clause
        mended = self._mend_all((clause,))
        return mended[0] if len(mended) == 1 else GroupClause(should=tuple(mended))

    def relax(self, clause: Clause) -> Iterator[tuple[Clause, list[str]]]:
        """Yield what to search instead of a query without hits, ever less of it, each with notes."""
        notes: list[str] = []
        other = self._in_any_form(clause, notes)
        if notes:
            yield other, list(notes)
        notes = []
        loose = self._unquoted(clause, notes)
        if notes:
            clause = loose
            yield clause, list(notes)
        for _ in range(_MOST_RELAXED):
            if not isinstance(clause, GroupClause) or len(clause.must) + len(clause.should) < 2:
                return
            droppable = [child for child in clause.must if _inexact(child)]
            if not droppable:
                return
            gone = min(droppable, key=self._informative)
            clause = clause._replace(must=tuple(child for child in clause.must if child is not gone))
            if len(clause.must) == 1 and not clause.should and not clause.must_not:
                clause = clause.must[0]
            notes = [*notes, f"{_text(gone)}: no hits with it; left out; {_OFF}"]
            yield clause, list(notes)

    def _in_any_form(self, clause: Clause, notes: list[str]) -> Clause:
        """Return a query in which other forms of the words of a phrase may stand in their place."""
        if isinstance(clause, PhraseClause) and not clause.exact and not clause.slop and len(clause.words) > 1:
            lemmas = tuple([evidence(word).lemmas[0] for word in clause.words])
            terms = tuple([Term(field, "lemma", lemmas, synonym=1.0, phrase=True) for field in clause.fields])
            text = _shown(clause.text)
            notes.append(f'"{text}": no hits; searched instead for {text} in any form, in this order; {_OFF}')
            return WordClause(clause.text, terms, clause.boost, also=(clause.text,))
        if isinstance(clause, GroupClause):
            must, should = (
                tuple(self._in_any_form(child, notes) for child in part) for part in (clause.must, clause.should)
            )
            return clause._replace(must=must, should=should, instead=()) if notes else clause
        return clause

    def _unquoted(self, clause: Clause, notes: list[str]) -> Clause:
        """Return a query with the words of its phrases in their place."""
        if isinstance(clause, PhraseClause):
            field = None if clause.fields == DEFAULT_FIELDS else clause.fields[0]
            loose = self._read(Word(clause.text, field=field, boost=clause.boost))
            if len(clause.words) < 2 or clause.exact:
                return clause
            text = _shown(clause.text)
            notes.append(f'"{text}": no hits; searched instead for {text} without quotes; {_OFF}')
            return loose
        if isinstance(clause, NearClause):
            text = _shown(" ".join(row[0].text for row in clause.rows if row))
            field = None if clause.fields == DEFAULT_FIELDS else clause.fields[0]
            near = _shown(clause.text)
            notes.append(f"{near}: no hits; searched instead for {text}, near each other or not; {_OFF}")
            return self._read(Word(text, field=field, boost=clause.boost))
        if isinstance(clause, GroupClause):
            must, should = (
                tuple(self._unquoted(child, notes) for child in part) for part in (clause.must, clause.should)
            )
            return clause._replace(must=must, should=should) if notes else clause
        return clause

    def absent(self, clause: Clause) -> list[str]:
        """Return a note for each word of a query that no document has."""
        words = [leaf for leaf in leaves(clause) if isinstance(leaf, WordClause) and self._missing.nowhere(leaf)]
        texts = dict.fromkeys(_shown(word.text) for word in words)
        return [f"{text}: in no document" for text in list(texts)[:_MOST_ABSENT]]

    def _beside_rare(self, clause: WordClause, likely: float) -> Clause:
        """Return what to search for a word in few documents: what was probably meant as well.

        Args:
            clause: the word.
            likely: edits that it may be away from that.
        """
        word, fields = surface(clause), _fields(clause)
        own = self._missing.own(clause)
        likely = likely if own <= FEW else _SURE
        least = FAR_MORE * own or _ENOUGH
        other = retyped(self._statistics, clause.text, fields) or ""
        if not other and len(word) >= respell.SHORTEST_WORD:
            found = suggest(self._segments, clause.text, 1, fields, most_edits=1)
            if found and found[0].cost <= _SLIP and own <= FEW:
                least = max(FEW + 1, _MORE * own)
            other = found[0].term if found and found[0].cost < likely and " " not in found[0].term else ""
            if not set(evidence(other).names).isdisjoint(evidence(word).names):
                other = ""  # it is found by how it sounds
        if not other or " " in other or document_count(self._segments, fields, other) < least:
            parted = respell.attested(self._statistics, word, clause.text, fields)
            other = " ".join(parted.words)
            if not other or words_count(self._statistics, fields, other) < _MORE * max(1, own):
                return clause
        also = self._like(clause, other, self._near)
        self._note_also(clause, also)
        return GroupClause(should=(clause, also))

    def _beside_misread(self, clause: WordClause) -> Clause:
        """Return what to search for a word that may be a name: the most probable such name, too."""
        word, fields = surface(clause), _fields(clause)
        count = document_count(self._segments, fields, word)
        least, likely = _MORE * max(1, count), _LIKELY if count else _ALIKE
        for one in suggest(self._segments, clause.text, _MOST_NAMES, fields, most_edits=1):
            name = one.df >= least and one.cost < likely and " " not in one.term
            if name and name_key(word) in evidence(one.term).names:
                also = self._like(clause, one.term)
                self._note_also(clause, also)
                return GroupClause(should=(clause, also))
        return clause

    def _informative(self, clause: Clause) -> tuple[int, int]:
        """Return what is least for the word to leave out first: one that is nowhere, then the most frequent."""
        most = self._missing.count(clause) if isinstance(clause, WordClause) and not clause.expanded else 1
        return (1, -most) if most else (0, 0)

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
        if not self._missing.lacks(self._read(node._replace(text=chunk))):
            return chunk
        fields = DEFAULT_FIELDS if node.field is None else (node.field,)
        found = retyped(self._statistics, chunk, fields)
        if found is not None:
            self._note(chunk, " ".join(self._written(found.split())), "other keyboard layout")
            return found
        if _CHAT.fullmatch(chunk) and not chunk.isupper() and (words := latin_words(self._statistics, chunk, fields)):
            self._note(chunk, " ".join(self._written(words[0].split())), "Latin letters")
            return words[0]
        return chunk

    def _written(self, words: Sequence[str]) -> list[str]:
        return [self._spellings.written(word) for word in words]

    def _mend_all(self, children: Sequence[Clause]) -> list[Clause]:
        """Return clauses in which words that no document has are replaced."""
        mended: list[Clause] = []
        at = 0
        while at < len(children):
            child = children[at]
            following = children[at + 1] if at + 1 < len(children) else None
            if run := self._latin_run(children, at):
                mended.extend(self._mend_latin(run))
                at += len(run)
                continue
            at += 1
            if isinstance(child, GroupClause) and self._missing.any(child):
                mended.append(self._mend_group(child))
            elif not isinstance(child, WordClause):
                mended.append(child)
            elif isinstance(following, WordClause) and (joined := self._join(child, following)):
                self._note(f"{child.text} {following.text}", joined.text, "one word")
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
        fields = _fields(one)
        joined = surface(one) + surface(other)
        if fields != _fields(other) or not document_count(self._segments, fields, joined):
            return None
        return self._like(one, joined)

    def _instead(self, clause: WordClause, beside: tuple[str, str]) -> list[Clause]:
        """Return what to search for a word between two others; the word itself where nothing is like it."""
        fields = _fields(clause)
        word = surface(clause)
        found = respell.respell(self._statistics, word, clause.text, fields, beside)
        made = [self._like(clause, other, 1.0 if found.sure else self._near) for other in found.words]
        if not made or all(one.function for one in made):
            return [clause]
        self._note(clause.text, " ".join(one.text for one in made), found.reason)
        return [*made]

    def _latin_run(self, children: Sequence[Clause], at: int) -> list[WordClause]:
        """Return the words in Latin letters from a place on, if any of them is in no document or few."""
        run: list[WordClause] = []
        for child in children[at:]:
            if not isinstance(child, WordClause) or not is_latin(child):
                break
            run.append(child)
        return run if any(map(self._missing.foreign, run)) else []

    def _mend_latin(self, run: Sequence[WordClause]) -> list[Clause]:
        """Return words in Latin letters with what they write in Arabic; an article of their own is left out."""
        rows = [self._latin(word, run[at - 1] if at else None) for at, word in enumerate(run)]
        chosen = together(self._statistics, rows, DEFAULT_FIELDS) if len(run) > 1 else [""]
        mended: list[Clause] = []
        for at, (word, row, beside) in enumerate(zip(run, rows, chosen, strict=True)):
            if surface(word) in ARTICLES and at + 1 < len(run) and (rows[at + 1] or run[at + 1].also):
                continue
            mended.append(self._in_arabic(word, row, beside))
        return mended

    def _latin(self, word: WordClause, before: WordClause | None) -> list[LatinReading]:
        """Return what a word in Latin letters may write, after another."""
        if word.also:
            return [LatinReading(one, 0.0, 0.0) for one in map(fold, word.also) if " " not in one]
        if not self._missing.foreign(word):
            return []
        if before is not None and surface(before) in SERVANTS:
            return latin_readings(self._statistics, "al" + surface(word), DEFAULT_FIELDS)
        return latin_readings(self._statistics, surface(word), DEFAULT_FIELDS)

    def _in_arabic(self, word: WordClause, row: Sequence[LatinReading], beside: str) -> Clause:
        """Return what to search for a word in Latin letters.

        Args:
            word: the word.
            row: what it may write.
            beside: which of that stands beside what the next word or the one before writes; "" if none.
        """
        acronym = word.text.isupper() and len(word.text) <= _ACRONYM
        if word.also or not row or (not beside and (acronym or is_english_word(surface(word)))):
            return word
        texts = [beside] if beside else [one.text for one in close(row)]
        count = self._missing.count(word)
        if not count:
            made = [self._like(word, text, self._near if at else 1.0) for at, text in enumerate(texts)]
            self._note(word.text, ", ".join(one.text for one in made), "Latin letters")
            return made[0] if len(made) == 1 else GroupClause(should=tuple(made))
        if words_count(self._statistics, DEFAULT_FIELDS, texts[0]) < _MORE * count:
            return word
        if beside:  # then the rarer word in Latin letters is not what counts
            word = word._replace(boost=word.boost * self._near)
        also = self._like(word, texts[0], 1 / self._near if beside else self._near)
        self._note_also(word, also)
        return GroupClause(should=(word, also))

    def _like(self, clause: WordClause, word: str, weight: float = 1.0) -> WordClause:
        """Return another word in the same fields."""
        fields = _fields(clause)
        field = None if fields == DEFAULT_FIELDS else fields[0]
        text = " ".join([self._spellings.written(part, fields) for part in word.split()])
        if " " in text:
            lemmas = tuple([evidence(part).lemmas[0] for part in word.split()])
            terms = tuple([Term(name, "lemma", lemmas, synonym=1.0, phrase=True) for name in fields])
            return WordClause(text, terms, clause.boost * weight, also=(text,))
        made = self._read(Word(text, field=field, boost=clause.boost * weight))
        return made if isinstance(made, WordClause) else clause

    def _note_also(self, clause: WordClause, also: WordClause) -> None:
        self.notes.append(f"{clause.text}: rare; searched as well for {also.text}; use ={clause.text} for exactly this")

    def _note(self, word: str, instead: str, reason: str) -> None:
        self.notes.append(
            f"{word}: in no document; searched instead for {instead} ({reason}); use ={word} for exactly this"
        )


def is_latin(clause: WordClause) -> bool:
    """Tell whether a word is written in Latin letters, and may be read as another."""
    return (
        clause.text[:1].isascii()
        and clause.text[:1].isalpha()
        and not clause.expanded
        and any(term.level != "surface" for term in clause.terms)
    )


def _flat(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return clauses any of which may match, groups of such in their place: so the kernel for words can be used."""
    flat: list[Clause] = []
    for clause in clauses:
        plain = isinstance(clause, GroupClause) and not clause.must and not clause.must_not and not clause.instead
        flat.extend(clause.should if plain and isinstance(clause, GroupClause) else [clause])
    return tuple(flat)


def _beside(clause: Clause | None) -> str:
    return surface(clause) if isinstance(clause, WordClause) and not clause.expanded else ""


def _inexact(clause: Clause) -> bool:
    """Tell whether a word may be left out: not one that was to be taken exactly."""
    return isinstance(clause, WordClause) and (clause.expanded or any(term.level != "surface" for term in clause.terms))


def _shown(text: str) -> str:
    """Return what was typed as a note shows it: on one line, without what cannot be seen."""
    return one_line("".join(char for char in text if char.isprintable() or char.isspace()))


def _text(clause: Clause) -> str:
    return _shown(clause.text) if isinstance(clause, WordClause) else ""


def _fields(clause: WordClause) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.field for term in clause.terms))
