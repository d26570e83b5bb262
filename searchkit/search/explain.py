"""Why a document has its score: per query word, which level matched which written form where, and its share."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from searchkit._core.places import Places
from searchkit.query import AllClause, Clause, GroupClause, NearClause, PhraseClause, RangeClause
from searchkit.records import NamedTuple
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher, is_helper
from searchkit.search.placing import look_at, placing_of
from searchkit.search.reading import Reading, Written
from searchkit.search.snippet import one_line
from searchkit.search.vowels import LOOKED_AT, Vowels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searchkit.query import WordClause
    from searchkit.search.best import Snapshot
    from searchkit.search.matching import Matches
    from searchkit.search.parts import Part


class About(NamedTuple):
    """What a node is about, to compare it with that of another document."""

    kind: str  # word beginning near neighbours vowels; of evidence its level, or how it was found
    name: str  # the words; of evidence the field
    times: int = 0


class Explanation(NamedTuple):
    """A node of the sum: its share is the sum of its parts' shares."""

    text: str
    share: float
    parts: tuple[Explanation, ...] = ()
    about: About | None = None

    def lines(self, indent: str = "", say: Callable[[str], str] = str) -> list[str]:
        """Return the tree as text, a line per node, in the words of ``say``."""
        text = one_line(self.text)  # of a word that is here, what was typed
        own = f"{indent}{self.share:8.3f}  {text if self.about and self.parts else say(text)}"
        return [own, *(line for part in self.parts for line in part.lines(indent + "    ", say))]


def explain(
    snapshot: Snapshot, clause: Clause, place: int, doc: int, rank: int, worths: array[float] | None
) -> Explanation:
    """Return what each word of a query adds to a document's score.

    Args:
        snapshot: what was searched.
        clause: the query.
        place: the document's segment.
        doc: its number there.
        rank: of the hit; places count in the best only.
        worths: of places, see ``Best``.
    """
    explainer = _Explainer(snapshot, place, doc)
    parts = explainer.parts(clause)
    if rank <= snapshot.model.placed and worths is not None:
        parts += explainer.places(clause, worths)
    if rank <= LOOKED_AT:
        parts += explainer.vowels(clause)
    return Explanation("score", sum(part.share for part in parts), tuple(parts))


class _Explainer:
    """Explains one document."""

    def __init__(self, snapshot: Snapshot, place: int, doc: int) -> None:
        segment = snapshot.segments[place]
        lookup = Lookup(snapshot.segments, snapshot.statistics)
        self._snapshot = snapshot
        self._matcher = Matcher(segment, place, lookup, snapshot.model)
        self._doc = doc
        self._number = doc + sum(segment.num_docs for segment in snapshot.segments[:place])
        self._document = segment.stored.document(doc)
        self._reading = Reading(self._document, _READ)

    def parts(self, clause: Clause) -> list[Explanation]:
        """Return what the words of a clause add by being there."""
        if isinstance(clause, GroupClause):
            if find(self._matcher.match(clause), self._doc) is None:
                return []  # something that must be there is not, so the rest does not count
            found = [part for child in clause.must for part in self.parts(child)]
            at = 0
            for other in clause.instead:
                found += [part for child in clause.should[at : other.start] for part in self.parts(child)]
                found += self._instead(clause.should[other.start : other.end], other.clause)
                at = other.end
            return found + [part for child in clause.should[at:] for part in self.parts(child)]
        if isinstance(clause, AllClause | RangeClause):
            return []
        about = About("word", clause.text)
        if isinstance(clause, PhraseClause | NearClause):
            shares = [share for field in clause.fields if (share := self._phrase(field, clause))]
        else:
            shares = [share for parts in self._matcher.parts(clause) if (share := self._best(parts))]
        if not shares:
            return [Explanation(f"{clause.text}: not here", 0.0, (), about)]
        return [Explanation(clause.text, sum(share.share for share in shares), tuple(shares), about)]

    def _instead(self, words: Sequence[Clause], other: WordClause) -> list[Explanation]:
        """Return what neighbours add as they are written, or another way."""
        written = [part for child in words for part in self.parts(child)]
        helping = [part for child in words if is_helper(child) for part in self.parts(child)]
        shares = [share for parts in self._matcher.instead(words, other) if (share := self._best(parts))]
        total = sum(share.share for share in shares)
        if total <= sum(part.share for part in written) - sum(part.share for part in helping):
            return written
        return [Explanation(other.text, total, tuple(shares), About("word", other.text)), *helping]

    def _phrase(self, field: str, clause: PhraseClause | NearClause) -> Explanation | None:
        matches = self._matcher.phrase(field, clause)
        at = find(matches, self._doc)
        if at is None:
            return None
        where = self._reading.together(field, clause) or f"in {field}"
        text = f"near: {where}" if isinstance(clause, NearClause) else f"phrase {' '.join(clause.words)}: {where}"
        return Explanation(text, matches.scores[at], (), About("phrase", field))

    def _best(self, parts: Sequence[Part]) -> Explanation | None:
        """Return the best evidence in one field, of equals the strongest; the spare only if there is no other."""
        for spare in (False, True):
            shares = [share for part in parts if part.spare == spare and (share := self._share(part))]
            if shares:
                return max(shares, key=lambda share: share.share)
        return None

    def _share(self, part: Part) -> Explanation | None:
        matches = self._matcher.score(part)
        at = find(matches, self._doc)
        if at is None:
            return None
        times = self._matcher.found(part).postings[self._matcher.place].tfs[at]
        term = part.term
        where = self._reading.first(term) or f"in {term.field}"
        words = (" " if term.phrase else "/").join(term.texts)
        text = f"{term.kind} {words}: {where}; {times}×, idf {part.idf:.2f}, weight {part.weight:.2f}"
        return Explanation(text, matches.scores[at], (), About(term.kind, term.field, times))

    def places(self, clause: Clause, worths: array[float]) -> list[Explanation]:
        """Return what the places of words add."""
        kernel = Places()
        snapshot = self._snapshot
        placing = placing_of(clause, snapshot.planner, kernel.cursors, snapshot.model)
        look_at(placing, kernel, snapshot.segments, snapshot.model, array("q", [self._number]), 1)
        found: list[Explanation] = []
        for at, term in enumerate(placing.terms):
            if share := _share_of(kernel, worths, at):
                where = self._reading.first(term.term) or f"in {term.term.field}"
                about = About("beginning", "/".join(term.term.texts))
                found.append(Explanation(f"near the beginning: {where}", share, (), about))
        for number, (first, second, _) in enumerate(placing.pairs):
            terms = [placing.terms[first], placing.terms[second]]
            texts = " ".join("/".join(term.term.texts) for term in terms)
            at = len(placing.terms) + 2 * number
            near, beside = _share_of(kernel, worths, at), _share_of(kernel, worths, at + 1)
            if beside:
                where = self._reading.first(*(term.term for term in terms)) or f"in {terms[0].term.field}"
                found.append(Explanation(f"side by side: {where}", near + beside, (), About("neighbours", texts)))
            elif near:
                one, other = (self._reading.first(term.term) or f"in {term.term.field}" for term in terms)
                found.append(Explanation(f"near each other: {one}; {other}", near, (), About("near", texts)))
        return found

    def vowels(self, clause: Clause) -> list[Explanation]:
        """Return what it adds that words have the vowels that were typed."""
        vowels = Vowels(self._snapshot, clause)
        found: list[Explanation] = []
        for seen in vowels.look(self._document) if vowels else []:
            where = Written(seen.written, seen.field, seen.position)
            text = f"{_VOWELS[seen.agreement]} as {seen.word.text}: {where}"
            found.append(Explanation(text, seen.worth, (), About("vowels", seen.word.text)))
        return found


def _share_of(kernel: Places, worths: array[float], at: int) -> float:
    """Return what one place is worth in the document that the kernel has seen."""
    alone, scores = array("d", bytes(8 * len(worths))), array("d", [0.0])
    alone[at] = worths[at]
    kernel.add(alone, scores)
    return scores[0]


_READ = 1 << 20  # code points of a field, to say where a word stands; words of which come to 80 MB

_VOWELS = {1: "same vowels", 0: "no vowels to compare", -1: "other vowels"}


def find(matches: Matches, doc: int) -> int | None:
    """Return where a document is among those that match; None if it is not."""
    at = bisect_left(matches.docs, doc, 0, matches.size)
    return at if at < matches.size and matches.docs[at] == doc else None
