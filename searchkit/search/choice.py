"""Hits chosen from the best documents by their stored text: words as they were typed, and one of all copies."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from searchkit.records import NamedTuple
from searchkit.search.copies import NO_RUNS, CopyFinder, are_copies

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.search.best import Best, Snapshot
    from searchkit.search.copies import Runs
    from searchkit.search.typed import Typed

    Ranked = Callable[[int], Best]
    """Returns so many of the best documents."""

_MOST = 10_000  # documents whose text is looked at; that takes about a second


class Chosen(NamedTuple):
    """Hits with what was left out between them."""

    best: Best
    ranks: list[int]  # of each hit among all documents that were found, from 1
    copies: list[list[int]]  # of each hit, documents numbered through all segments


class _Story(NamedTuple):
    """A hit and its copies."""

    doc: int
    score: float
    rank: int
    runs: Runs
    copies: list[int]


def choose(snapshot: Snapshot, ranked: Ranked, limit: int, typed: Typed | None, *, collapse: bool) -> Chosen:
    """Return the best documents that hold what was typed, copies under the best of them.

    Args:
        snapshot: what is searched.
        ranked: ranks the candidates; asked for more as long as there are fewer hits than wanted.
        limit: how many hits at most.
        typed: the words as they were typed; None takes all candidates.
        collapse: whether copies of a hit are left out.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    stories: list[_Story] = []
    finder = CopyFinder()
    looked = held = 0
    wanted = 2 * limit
    best = ranked(wanted)
    while looked < min(best.size, _MOST) and len(stories) < limit:
        doc, score = best.docs[looked], best.scores[looked]
        looked += 1
        document = snapshot.document(doc)
        if typed is None or typed.holds(document):
            held += 1
            story = _Story(doc, score, looked, finder.runs(document) if collapse else NO_RUNS, [])
            same = next((other for other in stories if are_copies(other.runs, story.runs)), None)
            if same is None:
                stories.append(story)
            else:
                same.copies.append(doc)
        if looked == wanted <= best.size and len(stories) < limit:
            wanted *= 4
            best = ranked(wanted)
    docs, scores = array("q", [story.doc for story in stories]), array("d", [story.score for story in stories])
    hits = best._replace(docs=docs, scores=scores, size=len(stories), notes=list(best.notes))
    if typed is not None:
        found = f"{best.total}" if best.exact else f"at least {best.total}"
        hits.notes.append(f"{looked} of {found} texts looked at for words as typed")
        hits = hits._replace(total=held, exact=best.exact and looked == best.total)
    if count := sum(len(story.copies) for story in stories):
        hits.notes.append("1 copy left out" if count == 1 else f"{count} copies left out")
    return Chosen(hits, [story.rank for story in stories], [story.copies for story in stories])
