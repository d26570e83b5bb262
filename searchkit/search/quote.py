"""Quotations: where a sentence stands, though some of its words are left out, added or spelt otherwise."""

from __future__ import annotations

from heapq import nsmallest
from time import perf_counter
from typing import TYPE_CHECKING

from searchkit.analysis import tokenize
from searchkit.errors import QueryError
from searchkit.query import GroupClause, PhraseClause, Term, TermPattern, WordClause
from searchkit.query.patterns import MOST_LETTERS
from searchkit.ranking.bm25 import BM25
from searchkit.records import NamedTuple
from searchkit.search.align import SAME, Alignment, align
from searchkit.search.best import find_best
from searchkit.search.lookup import Lookup
from searchkit.search.marking import reader
from searchkit.search.plan import Planner
from searchkit.search.sentences import after_word, before_word, ends_sentence
from searchkit.search.snippet import Piece, Snippet, joined
from searchkit.search.texts import field_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from searchkit.search.align import Column
    from searchkit.search.best import Snapshot
    from searchkit.search.marking import Words
    from searchkit.search.searcher import Searcher
    from searchkit.segment import PostingList

_ALEF, _TANWIN = "\u0627", "\u064b"
_MAX_WORDS = 1000  # of a quotation
_PAIRS = 8  # pairs of neighbouring words looked up, the rarest of each part of the quotation
_RARE = 24  # documents that a word is in, at most, if it is looked up by itself
_SINGLES = 6
_MISSPELT = 3  # words that no document has, of which those nearly spelt so are looked up
_SHORT = 3  # letters of a word that may be any other
_NEAR = 0.45  # share of the best candidate's votes that another one needs to be looked at
_EXTRA = 2  # candidates more than wanted that are looked at
_DOUBTFUL = 0.6  # share of agreement below which candidates are looked for by single words, too
_LEAST = 0.25  # share of the quotation that must stand somewhere to be shown
_CONTEXT = 8  # words shown before and after, as far as the sentence goes


class Difference(NamedTuple):
    """What the quotation and the text do not share."""

    kind: str  # form, spelling, changed, added (in the quotation only), left out (in the text only)
    quoted: str  # as it was given
    stands: str  # as it stands in the text


class Quotation(NamedTuple):
    """A place where the quotation stands."""

    rank: int  # from 1
    id: str
    field: str
    share: float  # of the words of both, those that are the same
    start: int  # code points of the field's text
    end: int
    snippet: Snippet  # the place with a little around it, words that agree marked
    differences: tuple[Difference, ...]
    fields: dict[str, Any]  # the document

    @property
    def title(self) -> str:
        """The document's title, "" if it has none."""
        title = self.fields.get("title")
        return title if isinstance(title, str) else ""


class Quotations:
    """Where a quotation stands, the most agreement first."""

    def __init__(self, quote: str, found: list[Quotation], elapsed_s: float, notes: Sequence[str]) -> None:
        self.quote = quote
        self.found = found
        self.elapsed_s = elapsed_s
        self.notes = notes

    def __iter__(self) -> Iterator[Quotation]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, place: int) -> Quotation:
        return self.found[place]


class _Quote(NamedTuple):
    """The words of a quotation, and what they are worth."""

    text: str
    words: list[str]  # folded
    spans: list[tuple[int, int]]
    rarities: list[float]  # idf, of unknown words as of the rarest
    weights: list[float]  # up to 1
    counts: list[int]  # documents that have the word


class _Candidate(NamedTuple):
    field: str
    doc: int  # numbered through all segments


class _Match(NamedTuple):
    worth: float
    candidate: _Candidate
    alignment: Alignment
    quotation: Quotation


def find_quote(searcher: Searcher, text: str, limit: int) -> Quotations:
    """Return where a quotation stands; see ``Index.find_quote``."""
    if limit < 0:
        raise ValueError(f"limit must be >= 0, got {limit}")
    started = perf_counter()
    snapshot = searcher.snapshot
    fields = [name for name in searcher.fields() if any(name in segment.fields for segment in snapshot.segments)]
    notes: list[str] = []
    tokens = tokenize(text)
    if not tokens:
        raise QueryError("no word in the quotation; give a sentence")
    if len(tokens) > _MAX_WORDS:
        notes.append(f"the first {_MAX_WORDS} words of {len(tokens)} were looked for")
    matches: dict[_Candidate, _Match] = {}
    most = 0.0
    for field in sorted(fields, key=lambda name: name != "text"):
        quote = _read(snapshot, field, text, [(t.surface, t.start, t.end) for t in tokens[:_MAX_WORDS]])
        votes = _by_pairs(snapshot, field, quote)
        most = max(most, max(votes.values(), default=0.0))
        _look(searcher, quote, votes, limit, most, matches)
        if not any(match.alignment.worth >= _DOUBTFUL for match in matches.values()):
            votes = _by_words(snapshot, field, quote)
            _look(searcher, quote, votes, limit, max(votes.values(), default=0.0), matches)
    ranked = sorted(matches.values(), key=lambda match: (-match.worth, match.candidate.doc))
    found = [match.quotation._replace(rank=rank) for rank, match in enumerate(ranked[:limit], 1)]
    return Quotations(text, found, perf_counter() - started, notes)


def _read(snapshot: Snapshot, field: str, text: str, tokens: Sequence[tuple[str, int, int]]) -> _Quote:
    statistics = snapshot.statistics
    counts: dict[str, int] = {}
    rarities: dict[str, float] = {}
    for word, _, _ in tokens:
        if word not in counts:
            entries = statistics.find(field, word)
            counts[word] = sum(entry.df for entry in entries if entry is not None)
            rarities[word] = statistics.idf(field, [entries])
    most = max(rarities.values()) or 1.0
    words = [word for word, _, _ in tokens]
    return _Quote(
        text, words, [(start, end) for _, start, end in tokens], [rarities[word] for word in words],
        [0.2 + 0.8 * rarities[word] / most for word in words], [counts[word] for word in words],
    )  # fmt: skip


def _by_pairs(snapshot: Snapshot, field: str, quote: _Quote) -> dict[_Candidate, float]:
    """Return documents that have some of the rarest pairs of neighbours, or of the rarest words."""
    votes: dict[_Candidate, float] = {}
    lookup = Lookup(snapshot.segments, snapshot.statistics)
    known = [at for at in range(len(quote.words) - 1) if quote.counts[at] and quote.counts[at + 1]]
    share = max(1, len(quote.words) // _PAIRS)
    chosen: dict[int, int] = {}  # the best of each part
    for at in known:
        part = at // share
        if part not in chosen or _cost(quote, at) < _cost(quote, chosen[part]):
            chosen[part] = at
    for at in sorted(chosen.values(), key=lambda at: _cost(quote, at))[:_PAIRS]:
        pair = PhraseClause("", (field,), (quote.words[at], quote.words[at + 1]))
        weight = quote.rarities[at] + quote.rarities[at + 1]
        _vote(snapshot, field, lookup.phrase(field, pair).postings, weight, votes)
    singles = sorted({(count, word) for count, word in zip(quote.counts, quote.words, strict=True) if count})
    for count, word in singles[:_SINGLES]:
        if count <= _RARE:
            found = lookup.term(Term(field, "surface", (word,)))
            _vote(snapshot, field, found.postings, found.idf, votes)
    unknown = dict.fromkeys(
        w for w, n in zip(quote.words, quote.counts, strict=True) if not n and _SHORT < len(w) <= MOST_LETTERS
    )
    for word in list(unknown)[:_MISSPELT]:
        found = lookup.term(Term(field, "surface", (f"{word}~1",), TermPattern(word, 1)))
        if sum(part.df for part in found.postings) <= _RARE:
            _vote(snapshot, field, found.postings, found.idf, votes)
    return votes


def _cost(quote: _Quote, at: int) -> tuple[int, int]:
    one, other = quote.counts[at : at + 2]
    return min(one, other), max(one, other)


def _vote(
    snapshot: Snapshot, field: str, postings: Sequence[PostingList], weight: float, votes: dict[_Candidate, float]
) -> None:
    first_doc = 0
    for segment, part in zip(snapshot.segments, postings, strict=True):
        for doc in part.docs[: part.df]:
            candidate = _Candidate(field, first_doc + doc)
            votes[candidate] = votes.get(candidate, 0.0) + weight
        first_doc += segment.num_docs


def _by_words(snapshot: Snapshot, field: str, quote: _Quote) -> dict[_Candidate, float]:
    """Return documents that have most of the words, wherever they stand and however long they are."""
    model = snapshot.model._replace(bm25=BM25(0.1, 0.0), fit=0.0, beginning=0.0, near=0.0, neighbours=0.0)
    still = snapshot._replace(model=model, planner=Planner(snapshot.segments, snapshot.statistics, model))
    rarest = sorted({(count, word) for count, word in zip(quote.counts, quote.words, strict=True) if count})[:24]
    words = [WordClause(word, (Term(field, "surface", (word,)),)) for _, word in rarest]
    if not words:
        return {}
    best = find_best(still, GroupClause(should=tuple(words)), 8)
    return {_Candidate(field, best.docs[i]): best.scores[i] for i in range(best.size)}


def _look(
    searcher: Searcher,
    quote: _Quote,
    votes: dict[_Candidate, float],
    limit: int,
    most: float,
    matches: dict[_Candidate, _Match],
) -> None:
    """Lay the quotation beside the texts of the candidates that have not many fewer votes than the best."""
    near = [(-vote, candidate.doc, candidate) for candidate, vote in votes.items() if vote >= _NEAR * most]
    for _, _, candidate in nsmallest(limit + _EXTRA, near):
        if candidate not in matches and (match := _compare(searcher, quote, candidate)):
            matches[candidate] = match


def _compare(searcher: Searcher, quote: _Quote, candidate: _Candidate) -> _Match | None:
    document = searcher.snapshot.document(candidate.doc)
    text = field_text(document, candidate.field)
    with reader() as read:
        words = read.read(text, learn=False)
        numbers = [read.number(word) for word in quote.words]
        types = words.types[: words.size]

        def agree(number: int, at: int) -> bool:
            """Tell whether the alef of tanwin alone is different: it stays in a word whose vowels were left out."""
            one, other = quote.words[number], read.scanner.word(types[at])
            if one.removesuffix(_ALEF) != other.removesuffix(_ALEF):
                return False
            written = quote.text[slice(*quote.spans[number])], text[words.starts[at] : words.ends[at]]
            return _TANWIN in written[len(one) > len(other)]

        found = align(numbers, quote.weights, types, quote.words, read.scanner.word, agree)
        if found is None or found.worth < _LEAST:
            return None
        return _Match(
            found.worth, candidate, found, _quotation(searcher, quote, candidate, document, text, words, found)
        )


def _quotation(
    searcher: Searcher, quote: _Quote, candidate: _Candidate, document: dict[str, Any], text: str, words: Words,
    found: Alignment,
) -> Quotation:  # fmt: skip
    stands = [column.stands for column in found.columns if column.stands >= 0]
    first, last = stands[0], stands[-1]
    spans = _runs(words, [column.stands for column in found.columns if column.kind == SAME])
    begin, end = first, last
    while begin > 0 and first - begin < _CONTEXT and not ends_sentence(text, words, begin - 1):
        begin -= 1
    while end + 1 < words.size and end - last < _CONTEXT and not ends_sentence(text, words, end):
        end += 1
    start = before_word(text, words.starts[begin]) if begin else 0
    stop = after_word(text, words.ends[end]) if end + 1 < words.size else len(text)
    differences = tuple(_difference(quote, text, words, column) for column in found.columns if column.kind != SAME)
    return Quotation(
        0, searcher.ids([candidate.doc], 1)[0], candidate.field, found.share, words.starts[first], words.ends[last],
        joined(text, [Piece(start, stop, spans)]), differences, document,
    )  # fmt: skip


def _runs(words: Words, numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return where words stand, neighbours as one."""
    spans: list[tuple[int, int]] = []
    for at, number in enumerate(numbers):
        if at and number == numbers[at - 1] + 1:
            spans[-1] = (spans[-1][0], words.ends[number])
        else:
            spans.append((words.starts[number], words.ends[number]))
    return tuple(spans)


def _difference(quote: _Quote, text: str, words: Words, column: Column) -> Difference:
    quoted = quote.text[slice(*quote.spans[column.quoted])] if column.quoted >= 0 else ""
    stands = text[words.starts[column.stands] : words.ends[column.stands]] if column.stands >= 0 else ""
    return Difference(column.kind, quoted, stands)
