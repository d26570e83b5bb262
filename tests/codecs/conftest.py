import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import searchkit
from searchkit.analysis import evidence, tokenize
from searchkit.codecs.toc import make_toc
from searchkit.indexing.writer import IndexWriter

ROOT = Path(searchkit.__file__).parents[1]
WORDS = [
    "قالَ",
    "الوزيرُ",
    "السوريّ",
    "في",
    "دمشق",
    "كتاب",
    "كتب",
    "المدرسة",
    "موسكو",
    "وزير",
    "الخارجية",
    "أمسِ",
    "١٢",
    "ســلام",
]


class Library(NamedTuple):
    """An index with what should be in it, and the documents in Whoosh's order."""

    directory: Path
    documents: dict[str, dict[str, Any]]
    num_all: int

    def terms(self, key: str, field: str, level: str = "surface") -> list[str]:
        tokens = tokenize(self.documents[key].get(field, ""))
        return [term for token in tokens for term in evidence(token.surface).terms(token.surface, level)]

    def having(self, field: str, accepts: Any, level: str = "surface") -> set[str]:
        return {key for key in self.documents if any(accepts(term) for term in self.terms(key, field, level))}


def make_document(rng: random.Random, number: int) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": f"d{number:03}",
        "title": " ".join(rng.choices(WORDS, k=rng.randint(1, 3))),
        "text": " ".join(rng.choices(WORDS, k=rng.randint(0, 40))),
        "year": rng.randint(2000, 2004),
        "file": f"{number}.txt",
    }
    if number % 3 == 0:
        document["tags"] = rng.choices(["سياسة", "رياضة"], k=2)
        document["section title"] = "قسم"
    return document


def write_documents(directory: Path, documents: list[dict[str, Any]], *, deleted: tuple[str, ...] = ()) -> None:
    with IndexWriter(str(directory), make_toc=make_toc) as writer:
        for document in documents:
            writer.update(**document)
        for key in deleted:
            assert writer.delete(key)


def run_program(script: str, *arguments: object, without_searchkit: bool = False) -> Any:
    """Run a program that knows only Whoosh in a process of its own and return the JSON that it prints."""
    if without_searchkit:
        script = "import sys; sys.modules['searchkit'] = None\n" + script
    command = [sys.executable, "-W", "ignore", "-c", script, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="package")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three segments, with deletions in the first two."""
    directory = tmp_path_factory.mktemp("library")
    rng = random.Random(7)  # noqa: S311
    made = [make_document(rng, number) for number in range(360)]
    write_documents(directory, made[:300])
    write_documents(directory, [made[5] | {"text": "نص جديد"}, *made[300:330]], deleted=("d007", "d200"))
    write_documents(directory, made[330:], deleted=("d301",))
    documents = {document["id"]: document for document in made}
    documents["d005"] = made[5] | {"text": "نص جديد"}
    for key in ("d007", "d200", "d301"):
        del documents[key]
    return Library(directory, documents, 361)


@pytest.fixture(scope="session")
def run_whoosh() -> Callable[..., Any]:
    return run_program


@pytest.fixture(scope="session")
def write() -> Callable[..., None]:
    return write_documents
