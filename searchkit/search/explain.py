"""Why a document has its score: per query word, which level matched in which field, and its share."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from searchkit.query import AllClause, Clause, GroupClause, WordClause

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from searchkit.search.matching import Bonus, Matcher, Matches, Part


class Explanation(NamedTuple):
    """A node of the sum: its share is the sum of its parts' shares."""

    text: str
    share: float
    parts: tuple[Explanation, ...] = ()

    def lines(self, indent: str = "") -> list[str]:
        """Return the tree as text, a line per node."""
        own = f"{indent}{self.share:8.3f}  {self.text}"
        return [own, *(line for part in self.parts for line in part.lines(indent + "    "))]


def explain(matcher: Matcher, clause: Clause, doc: int) -> Explanation:
    """Return what each word of a query adds to a document's score."""
    parts = _parts(matcher, clause, doc)
    return Explanation("score", sum(part.share for part in parts), tuple(parts))


def _parts(matcher: Matcher, clause: Clause, doc: int) -> list[Explanation]:
    if isinstance(clause, GroupClause):
        matches = matcher.match(clause)
        if _place(matches, doc) is None:  # something that must be there is not, so the rest does not count
            return []
        parts = [part for child in (*clause.must, *clause.should) for part in _parts(matcher, child, doc)]
        return parts + _bonuses(matcher, matcher.neighbours(clause), doc, "side by side")
    if isinstance(clause, AllClause):
        return []
    shares = [share for parts in matcher.fields(clause) if (share := _best_share(matcher, parts, doc)) is not None]
    if not shares:
        return [Explanation(f"{clause.text}: not here", 0.0)]
    if isinstance(clause, WordClause):
        shares += _bonuses(matcher, matcher.beginnings(clause), doc, "near the beginning")
    return [Explanation(clause.text, sum(share.share for share in shares), tuple(shares))]


def _best_share(matcher: Matcher, parts: Sequence[Part], doc: int) -> Explanation | None:
    """Return the best evidence in one field, of equals the strongest."""
    shares = [share for part in parts if (share := _share(matcher, part, doc)) is not None]
    return max(shares, key=lambda share: share.share, default=None)


def _share(matcher: Matcher, part: Part, doc: int) -> Explanation | None:
    matches = matcher.score(part)
    at = _place(matches, doc)
    if at is None:
        return None
    times = part.found.postings[matcher.place].tfs[at]
    words = (" " if part.level == "phrase" else "/").join(part.texts)
    text = f"{part.level} {words} in {part.field}, {times}×, idf {part.idf:.2f}, weight {part.weight:.2f}"
    return Explanation(text, matches.scores[at])


def _bonuses(matcher: Matcher, bonuses: Iterable[Bonus], doc: int, what: str) -> list[Explanation]:
    found: list[Explanation] = []
    for bonus in bonuses:
        matches = matcher.score_bonus(bonus)
        at = _place(matches, doc)
        if at is not None:
            words = " ".join("/".join(term.texts) for term in bonus.terms)
            found.append(Explanation(f"{words} {what} in {bonus.terms[0].field}", matches.scores[at]))
    return found


def _place(matches: Matches, doc: int) -> int | None:
    at = bisect_left(matches.docs, doc, 0, matches.size)
    return at if at < matches.size and matches.docs[at] == doc else None
