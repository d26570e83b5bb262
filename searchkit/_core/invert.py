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
    from array import array


def expand(
    log: array[int],
    starts: array[int],
    ends: array[int],
    firsts: array[int],
    types: array[int],
    out: array[int],
    bounds: array[int],
) -> int:
    """Turn the pieces of a field into its tokens and return their number.

    Args:
        log: uint32[>= ends[-1]], pieces.
        starts: uint32[num_docs], where in the log each document's field begins.
        ends: uint32[num_docs], where it ends.
        firsts: uint32[num_pieces + 1]; the tokens of piece p are types[firsts[p]:firsts[p + 1]].
        types: uint32[firsts[-1]].
        out: uint32[...], receives the tokens; too short or empty to only count them.
        bounds: uint32[num_docs + 1], receives where in ``out`` each document begins.
    """
    total = 0
    with cython.nogil:
        for doc in range(len(starts)):
            for i in range(starts[doc], ends[doc]):
                total += firsts[log[i] + 1] - firsts[log[i]]
            bounds[doc + 1] = total
    if total > len(out):
        return total
    with cython.nogil:
        at = 0
        for doc in range(len(starts)):
            for i in range(starts[doc], ends[doc]):
                for j in range(firsts[log[i]], firsts[log[i] + 1]):
                    out[at] = types[j]
                    at += 1
    return total


def share_tokens(starts: array[int], count: int, ends: array[int], firsts: array[int]) -> None:
    """Find which tokens of a text are of which of its words.

    Args:
        starts: uint32[>= count], where each token begins.
        count: number of tokens.
        ends: uint32[n], where each word ends; no token crosses it.
        firsts: uint32[n + 1], receives the first token of each word, and ``count``.
    """
    with cython.nogil:
        token = 0
        for word in range(len(ends)):
            firsts[word] = token
            while token < count and starts[token] < ends[word]:
                token += 1
        firsts[len(ends)] = count


def count_tokens(log: array[int], start: int, end: int, counts: array[int]) -> None:
    """Count how often each type occurs in a part of a log.

    Args:
        log: uint32[>= end].
        start: of the part.
        end: of the part.
        counts: uint32[num_types], added to.
    """
    with cython.nogil:
        for i in range(start, end):
            counts[log[i]] += 1


def count_occurrences(
    counts: array[int], term_starts: array[int], terms: array[int], places: array[int], at: int
) -> None:
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


def begin_terms(places: array[int], parts: int, firsts: array[int]) -> int:
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
    log: array[int],
    start: int,
    end: int,
    term_starts: array[int],
    terms: array[int],
    places: array[int],
    at: int,
    occurrences: array[int],
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


def hint_documents(bounds: array[int], hints: array[int]) -> None:
    """Write for every 64th token which document it is in, so that that of any token is found in a few steps.

    Args:
        bounds: uint32[num_docs + 1], where each document begins.
        hints: uint32[number of tokens // 64 + 1], filled.
    """
    with cython.nogil:
        doc = 0
        for i in range(len(hints)):
            while doc + 2 < len(bounds) and bounds[doc + 1] <= i << 6:
                doc += 1
            hints[i] = doc
