"""The runners work, and every engine that is installed gives the answers they assert."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("peers") / "corpus.jsonl"
    source = random.Random(3)
    words = ["".join(source.choices("ابتجحدرسشعفقكلمنهوي", k=source.randrange(2, 8))) for _ in range(3000)]
    texts = [" ".join(words[int(3000 * source.random() ** 3)] for _ in range(150)) for _ in range(250)]
    documents = [{"id": f"d{number}", "title": "", "text": text} for number, text in enumerate(texts)]
    path.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
    return path


def run(module: str, *arguments: object) -> str:
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    found = subprocess.run(command, cwd=_ROOT, capture_output=True, encoding="utf-8", check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout


def test_every_engine_indexes_all_documents(corpus: Path) -> None:
    assert "searchkit" in run("versus.building", corpus, "--runs", 1)


def test_every_engine_finds_a_text_by_its_first_words(corpus: Path, tmp_path: Path) -> None:
    documents = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()][:20]
    queries, qrels = tmp_path / "queries.tsv", tmp_path / "qrels.tsv"
    lines = [f"q{document['id']}\t{' '.join(document['text'].split()[:12])}\n" for document in documents]
    queries.write_text("".join(lines), encoding="utf-8")
    qrels.write_text("".join(f"q{one['id']}\t0\t{one['id']}\t1\n" for one in documents), encoding="utf-8")
    assert "searchkit" in run("versus.querying", corpus, queries, qrels, "--warmups", 0, "--passes", 1)


def test_every_engine_finds_the_passages_that_are_there(corpus: Path, tmp_path: Path) -> None:
    passages = tmp_path / "passages.jsonl"
    passages.write_text(run("versus.passages", corpus, "--count", 1500), encoding="utf-8")
    options = ("--queries", 20, "--warmups", 0, "--passes", 1, "--opens", 1)
    assert "phrase" in run("versus.operations", passages, *options)


def test_more_passages_give_no_fewer_matches(corpus: Path) -> None:
    assert "2000" in run("growth", corpus, "--sizes", "300,2000", "--queries", 20, "--passes", 1)


def test_what_is_typed_is_shown_with_what_each_engine_finds() -> None:
    shown = run("versus.showcase")
    cells = {line.split()[0]: line.split()[1:3] for line in shown.splitlines() if line and ":" in line}
    assert cells["s,vdh"][0] == "5:"
    assert cells["Lavrov"][0] == "4:"
