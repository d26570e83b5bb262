"""A judged collection: its questions are asked of a throw-away index, or another's answers to them are measured."""

from __future__ import annotations

import os
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from searchkit.errors import DocumentError, InputError
from searchkit.evaluation.measures import evaluate
from searchkit.evaluation.trec import read_qrels, read_queries, read_run
from searchkit.indexing.documents import Problem, find_sources, read_documents
from searchkit.records import NamedTuple
from searchkit.search import Index, create

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from searchkit.evaluation.measures import Evaluation
    from searchkit.evaluation.trec import Qrels, Run

DEPTH = 1000
"""How many documents are ranked per question; MAP looks at all of them."""


class Collection(NamedTuple):
    """Questions and what answers them."""

    questions: dict[str, str]  # text by id
    judgements: Qrels


def read_collection(queries: str | None, qrels: str) -> Collection:
    """Read ``qid TAB text`` lines and ``qid TAB 0 TAB docid TAB rel`` lines; without the former there are no texts.

    Raises:
        InputError: a file cannot be used, or the two have nothing to do with each other.
    """
    judgements = read_qrels(qrels)
    if queries is None:
        return Collection({}, judgements)
    questions = dict(read_queries(queries))
    if judgements.keys().isdisjoint(questions):
        raise InputError(f"{queries}: holds none of the queries judged in {qrels}; check that they belong together")
    return Collection(questions, judgements)


@contextmanager
def throwaway_index(corpus: str, *, report: Callable[[Problem], None]) -> Generator[str]:
    """Index documents in a temporary folder and give its name.

    Args:
        corpus: JSON lines, plain or gzip, or whatever else ``searchkit index`` reads.
        report: told of documents that cannot be read.

    Raises:
        InputError: there is no such file.
    """
    with TemporaryDirectory(prefix="searchkit-") as folder:
        place = os.path.join(folder, "index")
        _build(corpus, place, report)
        yield place


def rank(index: Index, questions: Mapping[str, str], *, depth: int = DEPTH) -> Run:
    """Return the best documents for each question, taken as plain text."""
    return {
        question: [(hit.id, hit.score) for hit in index.search(text, limit=depth, plain=True)]
        for question, text in questions.items()
    }


def evaluate_file(path: str, judgements: Qrels) -> Evaluation:
    """Measure a run file.

    Raises:
        InputError: the file cannot be used, or answers none of the judged questions.
    """
    run = read_run(path)
    if judgements.keys().isdisjoint(run):
        raise InputError(f"{path}: answers none of the judged queries; check that it belongs to them")
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
