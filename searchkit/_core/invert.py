"""From tokens in reading order to occurrences in term order: a counting sort.

A *log* is uint32[num_tokens], the type of every token of one field, document after document. A type has any number of
terms (a word may have two lemmas, or no root): those of type t are ``terms[term_starts[t]:term_starts[t + 1]]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import cython
except ImportError:  # interpreted
    from searchkit._core import interpreted as cython

if TYPE_CHECKING:
    from searchkit._core.buffers import Uint32s, WritableBytes, WritableUint32s


def count_expanded(
    log: Uint32s, starts: Uint32s, ends: Uint32s, firsts: Uint32s, first: int, last: int, bounds: WritableUint32s
) -> int:
    """Count the tokens of documents and return how many there are.

    Args:
        log: uint32[>= ends[last - 1]], pieces.
        starts: uint32[>= last], where in the log each document's field begins.
        ends: uint32[>= last], where it ends.
        firsts: uint32[num_pieces + 1]; piece p has the tokens from firsts[p] to firsts[p + 1].
        first: document.
        last: where to stop.
        bounds: uint32[> last], receives at d + 1 how many tokens the documents from the first to d have.
    """
    total = 0
    with cython.nogil:
        for doc in range(first, last):
            for i in range(starts[doc], ends[doc]):
                total += firsts[log[i] + 1] - firsts[log[i]]
            bounds[doc + 1] = total
    return total


def expand(
    log: Uint32s,
    starts: Uint32s,
    ends: Uint32s,
    firsts: Uint32s,
    types: Uint32s,
    first: int,
    last: int,
    out: WritableUint32s,
    bounds: WritableUint32s,
    before: int,
    counts: WritableUint32s,
) -> None:
    """Turn the pieces of a field into its tokens, and count these.

    Args:
        log: as for ``count_expanded``.
        starts: the same.
        ends: the same.
        firsts: the same; the tokens of piece p are types[firsts[p]:firsts[p + 1]].
        types: uint32[firsts[-1]].
        first: document.
        last: where to stop.
        out: uint32[...], receives the tokens, those of these documents from ``before`` on.
        bounds: uint32[> last], as ``count_expanded`` left it; receives where in ``out`` each document ends.
        before: tokens of the documents before the first.
        counts: uint32[> largest type], how often each occurs; added to.
    """
    at = before
    with cython.nogil:
        for doc in range(first, last):
            for i in range(starts[doc], ends[doc]):
                for j in range(firsts[log[i]], firsts[log[i] + 1]):
                    out[at] = types[j]
                    counts[types[j]] += 1
                    at += 1
            bounds[doc + 1] += before


def measure(bounds: Uint32s, lengths: WritableUint32s, hints: WritableUint32s) -> None:
    """Write how many tokens each document has, and which document every 64th token is in.

    Args:
        bounds: uint32[num_docs + 1], where each document begins.
        lengths: uint32[num_docs], filled.
        hints: uint32[number of tokens // 64 + 1], filled; with them the document of any token is found in a few steps.
    """
    with cython.nogil:
        for doc in range(len(lengths)):
            lengths[doc] = bounds[doc + 1] - bounds[doc]
        doc = 0
        for i in range(len(hints)):
            while doc + 2 < len(bounds) and bounds[doc + 1] <= i << 6:
                doc += 1
            hints[i] = doc


def count_up(numbers: WritableUint32s) -> None:
    """Write 0, 1, 2 and so on."""
    with cython.nogil:
        for i in range(len(numbers)):
            numbers[i] = i


def mark_pieces(log: Uint32s, starts: Uint32s, ends: Uint32s, first: int, last: int, marks: WritableBytes) -> None:
    """Set to 1 what is marked of each piece that occurs in a field.

    Args:
        log: as for ``count_expanded``.
        starts: the same.
        ends: the same.
        first: document.
        last: where to stop.
        marks: uint8[num_pieces]; several threads may write to it.
    """
    with cython.nogil:
        for doc in range(first, last):
            for i in range(starts[doc], ends[doc]):
                if not marks[log[i]]:  # who writes takes the memory from the other threads
                    marks[log[i]] = 1


def pick_spans(spans: Uint32s, docs: Uint32s, texts: Uint32s, starts: WritableUint32s, ends: WritableUint32s) -> None:
    """Find where a field of each document is in the log.

    Args:
        spans: uint32[2 * texts], where each text begins and ends.
        docs: uint32[n], those that have the field.
        texts: uint32[n], which text it is.
        starts: uint32[num_docs], filled.
        ends: uint32[num_docs], filled.
    """
    with cython.nogil:
        for i in range(len(docs)):
            starts[docs[i]] = spans[2 * texts[i]]
            ends[docs[i]] = spans[2 * texts[i] + 1]


def count_occurrences(counts: Uint32s, term_starts: Uint32s, terms: Uint32s, places: WritableUint32s, at: int) -> None:
    """Count how often each term occurs in a part of a log.

    Args:
        counts: uint32[num_types], how often each type occurs in it.
        term_starts: uint32[num_types + 1].
        terms: uint32[term_starts[-1]], each < num_terms.
        places: uint32[>= at + num_terms], added to.
        at: where in ``places`` those of this part begin.
    """
    with cython.nogil:
        for type_id in range(len(counts)):
            for j in range(term_starts[type_id], term_starts[type_id + 1]):
                places[at + terms[j]] += counts[type_id]


def begin_terms(places: WritableUint32s, parts: int, firsts: WritableUint32s) -> int:
    """Find where each term's occurrences will begin and return the number of all occurrences.

    Args:
        places: uint32[parts * num_terms], how often each term occurs in each part; receives where they will begin.
        parts: of the log, in order.
        firsts: uint32[num_terms + 1], filled: the occurrences of term t will be ``firsts[t]:firsts[t + 1]``.
    """
    num_terms = len(firsts) - 1
    total = 0
    with cython.nogil:
        for t in range(num_terms):
            firsts[t] = total
            for part in range(parts):
                count = places[part * num_terms + t]
                places[part * num_terms + t] = total
                total += count
        firsts[num_terms] = total
    return total


def place(
    log: Uint32s,
    start: int,
    end: int,
    term_starts: Uint32s,
    terms: Uint32s,
    places: WritableUint32s,
    at: int,
    occurrences: WritableUint32s,
) -> None:
    """Write the place in the log of every occurrence in a part of it, term by term, each in reading order.

    Args:
        log: uint32[>= end].
        start: of the part.
        end: of the part.
        term_starts: uint32[num_types + 1].
        terms: uint32[term_starts[-1]].
        places: as ``begin_terms`` left them; moved on.
        at: where in ``places`` those of this part begin.
        occurrences: uint32[number of occurrences], filled.
    """
    with cython.nogil:
        for i in range(start, end):
            type_id = log[i]
            for j in range(term_starts[type_id], term_starts[type_id + 1]):
                term = at + terms[j]
                occurrences[places[term]] = i
                places[term] += 1
