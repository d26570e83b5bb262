"""Several threads make the index that one makes."""

from __future__ import annotations

import random
import threading
from pathlib import Path
from typing import Any

import pytest

import searchkit
from searchkit.errors import DocumentError, IndexLockedError
from searchkit.segment import pieces
from searchkit.segment.crew import Crew
from searchkit.segment.pieces import PieceLog

WORDS = [
    "كتاب",
    "الكتب",
    "وزير",
    "الوزراء",
    "كاتب",
    "مدرسة",
    "المدارس",
    "علم",
    "w1",
    "w2",
    "😀",
    "2024",
    "أستانا",
    "فكتور",
]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have batches go to and fro as in a large index."""
    monkeypatch.setattr(pieces, "_BATCH_OF_THREAD", 300)


def documents(count: int) -> list[dict[str, Any]]:
    source = random.Random(2)  # noqa: S311
    return [
        {
            "id": str(number),
            "title": " ".join(source.choices(WORDS, k=3)),
            "text": " ".join(source.choices([*WORDS, f"x{number % 50}"], k=source.randrange(60))),
            "tags": source.sample(WORDS, 2),
            "year": number,
        }
        for number in range(count)
    ]


def change(writer: Any) -> None:
    """Add, replace and delete."""
    for document in documents(400):
        writer.add(**document)
    for number in range(0, 400, 7):
        writer.update(id=str(number), text=f"جديد {WORDS[number % 9]}")
    for number in range(0, 400, 11):
        assert writer.delete(str(number))
        assert not writer.delete(str(number))
    writer.add(id="11", text="عاد الكتاب")


def seen(directory: str) -> list[object]:
    index = searchkit.open(directory)
    queries = [*WORDS, "وزير المدارس", '"كتاب الكتب"', "x7", "جديد"]
    found = [[(hit.id, hit.score) for hit in index.search(query, limit=500)] for query in queries]
    return [
        len(index),
        found,
        [index.document(str(key)) for key in (1, 7, 11, 13)] if hasattr(index, "document") else 0,
    ]


@pytest.mark.parametrize("threads", [2, 4])
def test_answers_do_not_depend_on_the_number_of_threads(tmp_path: Path, threads: int) -> None:
    for name, number in (("one", 1), ("many", threads)):
        with searchkit.create(str(tmp_path / name), threads=number) as writer:
            change(writer)
    assert seen(str(tmp_path / "many")) == seen(str(tmp_path / "one"))
    assert searchkit.open(str(tmp_path / "many")).damage() == []


def test_the_same_threads_make_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        with searchkit.create(str(tmp_path / name), threads=3) as writer:
            change(writer)
        made.append([path.read_bytes() for path in (tmp_path / name).glob("*.sk")])
    assert made[0] == made[1]


def test_a_document_that_cannot_be_indexed_leaves_no_trace_among_threads(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path), threads=4) as writer:
        for number in range(100):
            writer.add(id=str(number), text=" ".join(WORDS))
            with pytest.raises(DocumentError):
                writer.add(id=f"bad{number}", text="لا يكون", value={1, 2})
            with pytest.raises(DocumentError, match="there is a document"):
                writer.add(id=str(number), text="لا يكون")
    index = searchkit.open(str(tmp_path))
    assert len(index) == 100
    assert not index.search("يكون").total


def test_an_error_in_a_thread_gives_up_the_commit_and_lets_go_of_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = str(tmp_path)
    with searchkit.create(directory) as writer:
        writer.add(id="before", text="قبل")

    def fail(*_: object) -> None:
        raise MemoryError("no room for a batch")

    writer = searchkit.create(directory, threads=4)
    with monkeypatch.context() as patch:
        patch.setattr(pieces._Hand, "cut", fail)
        with pytest.raises(MemoryError, match="no room"):  # noqa: PT012
            for document in documents(100):
                writer.add(**document)
            writer.commit()
    assert len(searchkit.open(directory)) == 1
    try:
        with searchkit.create(directory, threads=4, lock_timeout_s=0) as writer:
            writer.add(id="after", text="بعد")
    except IndexLockedError:
        pytest.fail("the lock is still held")
    assert len(searchkit.open(directory)) == 2


def test_a_full_memory_writes_segments_from_several_threads(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path), memory_mb=1, threads=3) as writer:
        for number in range(300):
            writer.add(id=str(number), text=" ".join(f"w{number}x{i}" for i in range(60)))
    index = searchkit.open(str(tmp_path))
    assert len(index) == 300
    assert [hit.id for hit in index.search("w17x4")] == ["17"]


def test_texts_come_in_order_whoever_cuts_them() -> None:
    crew = Crew(3)
    log = PieceLog(crew)
    texts = [" ".join(WORDS[number % 9 :]) for number in range(200)]
    for text in texts:
        log.add_all([text], bytes(1))
        log.cut_waiting()
    log.finish()
    crew.dismiss()
    for number, text in enumerate(texts):
        start, end = log.spans[2 * number : 2 * number + 2]
        found = [log.words.word(piece) for piece in log.pieces[start:end]]
        assert "".join(found) == text.replace(" ", "") or " ".join(found).split() == text.split()


def test_threads_share_a_writer(tmp_path: Path) -> None:
    mistakes: list[Exception] = []

    def work(own: int) -> None:
        try:
            for number in range(200):
                writer.add(id=f"{own}-{number}", text="نص")
                if number % 3 == 0:
                    writer.update(id=f"{own}-{number}", text="جديد")
                    writer.delete(f"{own}-{number - 1}")
                if number % 40 == 0:
                    writer.commit()
        except Exception as error:  # noqa: BLE001
            mistakes.append(error)

    with searchkit.create(str(tmp_path / "index")) as writer:
        threads = [threading.Thread(target=work, args=(own,)) for own in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    index = searchkit.open(str(tmp_path / "index"))
    assert (mistakes, index.damage()) == ([], [])
    assert len(index) == 4 * (200 - 66)
    assert index.search("جديد").total == 4 * 67
