"""More like this: documents that share the telling words of one."""

from __future__ import annotations

from array import array
from collections import Counter
from time import perf_counter
from typing import TYPE_CHECKING

from searchkit.analysis import evidence, level_field, tokenize
from searchkit.arabic.function_words import is_function_word
from searchkit.query import GroupClause, Term, WordClause
from searchkit.records import NamedTuple
from searchkit.search.best import Best, find_best
from searchkit.search.copies import CopyFinder, are_copies
from searchkit.search.results import NOWHERE, Results
from searchkit.search.texts import field_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from searchkit.search.best import Snapshot
    from searchkit.search.searcher import Searcher

WORDS = 30
"""How many words of a document are asked for; more make no difference that anybody sees."""

_TITLE = 3  # times that a word of the title counts
_MAX_TEXT = 50_000  # code points looked at: what a text is about it says early
_MAX_COUNTED = 8  # times that a word counts
_EXTRA = 10  # candidates more than wanted, for copies among them


class _Telling(NamedTuple):
    """A lemma that tells what a document is about."""

    worth: float
    lemma: str
    written: str  # as the document has it first


def similar(searcher: Searcher, place: int, doc: int, limit: int, *, collapse: bool = False) -> Results:
    """Return the documents most like one, without it.

    Args:
        searcher: of the index.
        place: of the document's segment.
        doc: its number there.
        limit: how many at most.
        collapse: leave out copies of it and of each other; else they are there, and ``Hit.is_copy`` says so.

    Raises:
        IndexFormatError: what is read of the index is damaged.
    """
    if limit < 0:
        raise ValueError(f"limit must be >= 0, got {limit}")
    limit = min(limit, searcher.num_docs)  # kernels take room for as many
    started = perf_counter()
    snapshot = searcher.snapshot
    number = doc + sum(segment.num_docs for segment in snapshot.segments[:place])
    document = snapshot.document(number)
    clause = telling_clause(snapshot, document)
    # What stands where does not matter here: a text does not begin with what it is about in order of its rarity.
    still = snapshot._replace(model=snapshot.model._replace(beginning=0.0, near=0.0, neighbours=0.0))
    best = find_best(still, clause, limit + 1 + (_EXTRA if limit else 0))
    found = [(best.docs[i], best.scores[i]) for i in range(best.size) if best.docs[i] != number]
    finder = CopyFinder()
    own = finder.runs(document)
    kept: list[tuple[bool, int, float]] = []
    seen = [own]
    for other, score in found:
        runs = finder.runs(snapshot.document(other))
        if collapse:
            if any(are_copies(known, runs) for known in seen):
                continue
            seen.append(runs)
        kept.append((are_copies(own, runs), other, score))
    kept.sort(key=lambda hit: not hit[0])  # the same text comes before others on the same matter, rare words or not
    del kept[limit:]
    docs, scores = array("q", [other for _, other, _ in kept]), array("d", [score for *_, score in kept])
    best = Best(docs, scores, len(kept), max(best.total - 1, len(kept)), best.exact, [])
    words = " ".join(leaf.text for leaf in clause.should if isinstance(leaf, WordClause))
    notes = [] if clause.should else ["no word in this document tells what it is about"]
    results = Results(searcher, words, clause, best, perf_counter() - started, notes, [NOWHERE] * len(kept))
    for hit, (is_copy, *_) in zip(results.hits, kept, strict=True):
        hit.is_copy = is_copy
    return results


def telling_clause(snapshot: Snapshot, document: Mapping[str, Any]) -> GroupClause:
    """Return a query made of the words that tell most of what a document is about."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for name, weight in (("title", _TITLE), ("text", 1)):
        text = field_text(document, name)[:_MAX_TEXT]
        surfaces: Counter[str] = Counter()
        for token in tokenize(text):
            surfaces[token.surface] += 1
        for surface, count in surfaces.items():
            if len(surface) > 1 and not is_function_word(surface):
                lemma = evidence(surface).lemmas[0]
                counts[lemma] += weight * count
                first.setdefault(lemma, surface)
    telling = [
        _Telling(min(count, _MAX_COUNTED) ** 0.5 * _rarity(snapshot, lemma), lemma, first[lemma])
        for lemma, count in counts.items()
    ]
    telling.sort(reverse=True)
    telling = [word for word in telling[: 2 * WORDS] if word.worth > 0][:WORDS]
    most = telling[0].worth if telling else 1.0
    return GroupClause(should=tuple(_word(word, word.worth / most) for word in telling))


def _word(word: _Telling, boost: float) -> WordClause:
    terms = tuple(Term(field, "lemma", (word.lemma,)) for field in ("title", "text"))
    return WordClause(word.written, terms, boost)


def _rarity(snapshot: Snapshot, lemma: str) -> float:
    """Return the idf of a lemma; 0 for one that no other document has, which finds nothing."""
    statistics = snapshot.statistics
    fields = [level_field(name, "lemma") for name in ("text", "title")]
    found = [(field, statistics.find(field, lemma)) for field in fields]
    most, field, entries = max(
        (sum(entry.df for entry in entries if entry is not None), field, entries) for field, entries in found
    )
    return statistics.idf(field, [entries]) if most > 1 else 0.0
