"""benchmarks/quality/ablation.py on a set made here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "quality" / "ablation.py"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    documents = [("a", "كتاب", "جلس الرجل في المقهى"), ("b", "رحلة", "قرأ كتب المدرسة"), ("c", "شاي", "شرب الشاي")]
    lines = [json.dumps({"id": key, "title": title, "text": text}) for key, title, text in documents]
    (folder / "corpus.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "queries.tsv").write_text("q1\tكتاب\nq2\tالشاي في المقهى\nq3\tقطار\n", "utf-8")
    (folder / "qrels.tsv").write_text("q1\t0\tb\t1\nq2\t0\tc\t1\nq3\t0\ta\t1\n", "utf-8")
    return tmp_path


def run(data: Path | None, *options: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    environment.pop("SEARCHKIT_DATA", None)
    if data:
        environment["SEARCHKIT_DATA"] = str(data)
    return subprocess.run(
        [sys.executable, SCRIPT, *options], capture_output=True, text=True, check=False, env=environment
    )


def test_a_row_says_what_each_part_is_worth(data: Path) -> None:
    done = run(data, "--sets", "tiny", "--set", "root=0", "title=0")
    assert (done.returncode, done.stderr) == (0, "")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if line[:1] == "|"]
    assert rows[0] == ["", "tiny", "mean", "ms per query"]
    assert rows[2][0] == "the model"
    named = [row[0] for row in rows]
    assert {"... without root", "... title = 1", "... without bm25.b", "root=0 title=0"} <= set(named)
    assert all(" [" in row[1] and " [" in row[2] for row in rows[3:])
    assert all(float(row[3]) > 0 for row in rows[2:])


def test_the_worst_queries_are_shown_with_what_speaks_for_the_first_hit(data: Path) -> None:
    done = run(data, "--sets", "tiny", "--worst", "2")
    assert (done.returncode, done.stderr) == (0, "")
    worst, second = done.stdout.split("=" * 100)[1:]
    assert worst.split()[:2] == ["q3", "0.0000"]
    assert "judged, not in the first 1000: a [كتاب]" in worst
    assert second.split()[0] == "q1"
    assert "judged: rank 2, b [رحلة]" in second
    assert "first: rank 1, a [كتاب]" in second
    assert "lemma" in second


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--sets", "none"], "does not exist; check the path"),
        (["--sets", "tiny", "--set", "rood=1"], "rood: is no parameter; choose from"),
        (["--sets", "tiny", "--set", "root"], "root: is not of the form name=number; write root=0.2"),
    ],
)
def test_what_cannot_be_used_is_named(data: Path, options: list[str], part: str) -> None:
    done = run(data, *options)
    assert done.returncode == 2
    assert part in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_without_data_it_says_what_it_needs() -> None:
    done = run(None)
    assert (done.returncode, done.stderr.strip()) == (
        2,
        "ablation: needs SEARCHKIT_DATA, the folder of the judged sets",
    )
