"""Builds a throw-away index of a judged collection, asks its questions and measures the answers."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from searchkit.errors import DocumentError, InputError
from searchkit.evaluation.measures import Evaluation, evaluate
from searchkit.evaluation.trec import read_qrels, read_queries, write_run
from searchkit.indexing.documents import Problem, find_sources, read_documents
from searchkit.search import Index, create

if TYPE_CHECKING:
    from collections.abc import Callable

    from searchkit.evaluation.trec import Run

DEPTH = 1000
"""How many documents are ranked per question; MAP looks at all of them."""


def run_experiment(
    corpus: str, queries: str, qrels: str, *, run_file: str | None = None, report: Callable[[Problem], None]
) -> Evaluation:
    """Return the figures of the ranking on a judged collection.

    Args:
        corpus: JSON lines, plain or gzip.
        queries: ``qid TAB text`` lines.
        qrels: ``qid TAB 0 TAB docid TAB rel`` lines.
        run_file: where to write the ranking, if anywhere.
        report: told of documents that cannot be read.

    Raises:
        InputError: a file cannot be used.
    """
    questions = read_queries(queries)
    judgements = read_qrels(qrels)
    with TemporaryDirectory(prefix="searchkit-") as folder:
        place = os.path.join(folder, "index")
        _build(corpus, place, report)
        index = Index(place)
        run: Run = {}
        for question, text in questions:
            hits = index.search(text, limit=DEPTH, plain=True)
            run[question] = [(hit.id, hit.score) for hit in hits]
    if run_file is not None:
        write_run(run_file, run)
    return evaluate(run, judgements)


def _build(corpus: str, place: str, report: Callable[[Problem], None]) -> None:
    with create(place) as writer:
        for source in find_sources([corpus], base=os.path.dirname(os.path.abspath(corpus))):
            if isinstance(source, Problem):
                raise InputError(f"{source.where}: {source.reason}")
            for document in read_documents(source):
                if isinstance(document, Problem):
                    report(document)
                    continue
                try:
                    writer.add(**document)
                except DocumentError as error:
                    report(Problem(source.name, str(error)))
