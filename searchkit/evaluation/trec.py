"""Files of the Text REtrieval Conference: queries, relevance judgements (qrels) and runs.

All of them are lines of text, gzipped when the name ends in ``.gz``. Empty lines are passed over. A line that
cannot be understood raises ``InputError`` with its place: a figure computed from the others would be wrong.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from searchkit.errors import InputError
from searchkit.indexing.lines import read_lines
from searchkit.indexing.sources import why_unreadable

Qrels = dict[str, dict[str, int]]
"""Relevance by query and document; above 0 is relevant."""

Run = dict[str, list[tuple[str, float]]]
"""Documents and scores by query, best first."""

_Table = TypeVar("_Table", bound=dict[str, Any])

# What C calls white space: identifiers may hold the further spaces of Unicode.
_COLUMN = re.compile(r"[^ \t\r\n\f\v]+")


def read_queries(path: str) -> list[tuple[str, str]]:
    """Read ``query id TAB text`` lines in their order.

    Raises:
        InputError: the file or one of its lines cannot be used.
    """
    queries: dict[str, str] = {}
    for where, line in _lines(path):
        query, tab, text = line.strip("\r\n").partition("\t")
        query, text = query.strip(), text.strip()
        if not tab or not query or not text:
            raise _malformed(where, "query id, a tab, the text of the query")
        if query in queries:
            msg = f"{where}: query {query} is there for the second time; give it another id"
            raise InputError(msg)
        queries[query] = text
    return list(_filled(queries, path, "queries").items())


def read_qrels(path: str) -> Qrels:
    """Read ``query id, 0, document id, relevance`` lines, parted by any white space.

    Raises:
        InputError: the file or one of its lines cannot be used, or two of them contradict each other.
    """
    qrels: Qrels = {}
    for where, line in _lines(path):
        columns = _COLUMN.findall(line)
        try:
            query, _, document, grade = columns
            relevance = int(grade)
        except ValueError:
            raise _malformed(where, "query id, 0, document id, whole number") from None
        if qrels.setdefault(query, {}).setdefault(document, relevance) != relevance:
            msg = f"{where}: document {document} is judged differently above for {query}; remove one"
            raise InputError(msg)
    return _filled(qrels, path, "judgements")


def read_run(path: str) -> Run:
    """Read ``query id, Q0, document id, rank, score, tag`` lines.

    As in trec_eval the score decides the order, whatever the rank; where scores are equal the rank decides.

    Raises:
        InputError: the file or one of its lines cannot be used.
    """
    ranked: dict[str, dict[str, tuple[float, int]]] = {}
    for where, line in _lines(path):
        columns = _COLUMN.findall(line)
        try:
            query, _, document, rank, score, _ = columns
            place = (-float(score), int(rank))
        except ValueError:
            raise _malformed(where, "query id, Q0, document id, rank, score, tag") from None
        if math.isnan(place[0]):
            raise _malformed(where, "a score that is a number")
        documents = ranked.setdefault(query, {})
        if document in documents:
            msg = f"{where}: document {document} is there for the second time for query {query}; remove one"
            raise InputError(msg)
        documents[document] = place
    run: Run = {}
    for query, documents in _filled(ranked, path, "results").items():
        best_first = sorted(documents.items(), key=lambda item: item[1])
        run[query] = [(document, -place[0]) for document, place in best_first]
    return run


def write_run(path: str, run: Mapping[str, Sequence[tuple[str, float]]], *, tag: str = "searchkit") -> None:
    """Write a run in the format of trec_eval, ranks counted from 1; ``read_run`` gives the same run back.

    Raises:
        InputError: an id holds white space, which the format cannot carry, or the file cannot be written.
    """
    for name in [tag, *run, *(document for results in run.values() for document, _ in results)]:
        if not _COLUMN.fullmatch(name):
            msg = f"{path}: {name!r} cannot stand in a run file; use an id without white space"
            raise InputError(msg)
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            for query, results in run.items():
                file.writelines(
                    f"{query} Q0 {document} {rank} {float(score)!r} {tag}\n"
                    for rank, (document, score) in enumerate(results, start=1)
                )
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror or error}); choose another place"
        raise InputError(msg) from error


def _lines(path: str) -> Iterator[tuple[str, str]]:
    """Give the place and the text of each line that is not empty."""
    try:
        for line in read_lines(path):
            where = f"{path}:{line.number}" if line.number else path
            if line.reason:
                msg = f"{where}: {line.reason}"
                raise InputError(msg)
            if line.text.strip():
                yield where, line.text
    except OSError as error:
        msg = f"{path}: {why_unreadable(error)}"
        raise InputError(msg) from error


def _malformed(where: str, expected: str) -> InputError:
    return InputError(f"{where}: is not what was expected; write {expected}")


def _filled(table: _Table, path: str, what: str) -> _Table:
    if not table:
        msg = f"{path}: holds no {what}; check that this is the right file"
        raise InputError(msg)
    return table
