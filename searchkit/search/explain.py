"""Why a document has its score: per query word, which level matched in which field, and its share."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from searchkit._core.places import Places
from searchkit.query import AllClause, Clause, GroupClause, PhraseClause
from searchkit.search.lookup import Lookup
from searchkit.search.matching import Matcher
from searchkit.search.placing import Placing, add_places, placing_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchkit.ranking import Model
    from searchkit.search.best import Snapshot
    from searchkit.search.matching import Matches
    from searchkit.search.parts import Part


class Explanation(NamedTuple):
    """A node of the sum: its share is the sum of its parts' shares."""

    text: str
    share: float
    parts: tuple[Explanation, ...] = ()

    def lines(self, indent: str = "") -> list[str]:
        """Return the tree as text, a line per node."""
        own = f"{indent}{self.share:8.3f}  {self.text}"
        return [own, *(line for part in self.parts for line in part.lines(indent + "    "))]


def explain(snapshot: Snapshot, clause: Clause, place: int, doc: int, rank: int) -> Explanation:
    """Return what each word of a query adds to a document's score.

    Args:
        snapshot: what was searched.
        clause: the query.
        place: the document's segment.
        doc: its number there.
        rank: of the hit; places count in the best only.
    """
    lookup = Lookup(snapshot.segments, snapshot.statistics)
    matcher = Matcher(snapshot.segments[place], place, lookup, snapshot.model)
    parts = _parts(matcher, clause, doc)
    if rank <= snapshot.model.placed:
        parts += _places(snapshot, clause, place, doc)
    return Explanation("score", sum(part.share for part in parts), tuple(parts))


def _parts(matcher: Matcher, clause: Clause, doc: int) -> list[Explanation]:
    if isinstance(clause, GroupClause):
        if _find(matcher.match(clause), doc) is None:  # something that must be there is not, so the rest does not count
            return []
        return [part for child in (*clause.must, *clause.should) for part in _parts(matcher, child, doc)]
    if isinstance(clause, AllClause):
        return []
    if isinstance(clause, PhraseClause):
        shares = [share for field in clause.fields if (share := _phrase_share(matcher, field, clause, doc))]
    else:
        shares = [share for parts in matcher.parts(clause) if (share := _best_share(matcher, parts, doc))]
    if not shares:
        return [Explanation(f"{clause.text}: not here", 0.0)]
    return [Explanation(clause.text, sum(share.share for share in shares), tuple(shares))]


def _phrase_share(matcher: Matcher, field: str, clause: PhraseClause, doc: int) -> Explanation | None:
    matches = matcher.phrase(field, clause)
    at = _find(matches, doc)
    return None if at is None else Explanation(f"phrase {' '.join(clause.words)} in {field}", matches.scores[at])


def _best_share(matcher: Matcher, parts: Sequence[Part], doc: int) -> Explanation | None:
    """Return the best evidence in one field, of equals the strongest; the spare only if there is no other."""
    for spare in (False, True):
        shares = [share for part in parts if part.spare == spare and (share := _share(matcher, part, doc))]
        if shares:
            return max(shares, key=lambda share: share.share)
    return None


def _share(matcher: Matcher, part: Part, doc: int) -> Explanation | None:
    matches = matcher.score(part)
    at = _find(matches, doc)
    if at is None:
        return None
    times = matcher.found(part).postings[matcher.place].tfs[at]
    term = part.term
    words = "/".join(term.texts)
    text = f"{term.kind} {words} in {term.field}, {times}×, idf {part.idf:.2f}, weight {part.weight:.2f}"
    return Explanation(text, matches.scores[at])


def _places(snapshot: Snapshot, clause: Clause, place: int, doc: int) -> list[Explanation]:
    kernel = Places()
    placing = placing_of(clause, snapshot.planner, kernel.cursors, snapshot.model)
    number = doc + sum(segment.num_docs for segment in snapshot.segments[:place])
    found: list[Explanation] = []

    def try_one(one: Placing, model: Model, text: str) -> None:
        scores = array("d", [0.0])
        add_places(one, kernel, snapshot.segments, model, array("q", [number]), scores, 1)
        if scores[0]:
            found.append(Explanation(text, scores[0]))

    for term in placing.terms:
        words = "/".join(term.term.texts)
        try_one(Placing([term], []), snapshot.model, f"{words} near the beginning in {term.term.field}")
    for pair in placing.pairs:
        terms = [placing.terms[pair.first], placing.terms[pair.second]]
        words = " ".join("/".join(term.term.texts) for term in terms)
        only_pairs = snapshot.model._replace(beginning=0.0)
        text = f"{words} side by side in {terms[0].term.field}"
        try_one(Placing(terms, [pair._replace(first=0, second=1)]), only_pairs, text)
    return found


def _find(matches: Matches, doc: int) -> int | None:
    at = bisect_left(matches.docs, doc, 0, matches.size)
    return at if at < matches.size and matches.docs[at] == doc else None
