"""What a person met who tried everything once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import searchkit

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def test_a_prefix_finds_all_words_that_begin_so(tmp_path: Path) -> None:
    words = [f"كتب{a}{b}{c}" for a in LETTERS[:14] for b in LETTERS[:10] for c in LETTERS[:10]]
    with searchkit.create(str(tmp_path / "index")) as writer:
        for number, word in enumerate(words):
            writer.add(id=str(number), text=word)
    assert searchkit.open(str(tmp_path / "index")).search("كتب*").total == len(words) > 1000


def test_only_the_last_part_of_a_compound_is_a_prefix(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", text="abcdef")
        writer.add(id="2", text="كلمات")
    found = searchkit.open(str(tmp_path / "index")).search("abc-كلم*")
    assert [hit.id for hit in found] == ["2"]


@pytest.mark.parametrize(
    "text", ["سوريا" + " ." * 100_000, "كلام " * 60_000 + "سوريا", ("س" * 5000 + " ") * 40 + "سوريا"]
)
def test_a_passage_is_short_whatever_the_text(tmp_path: Path, text: str) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", text=text)
    assert len(searchkit.open(str(tmp_path / "index")).search("سوريا")[0].snippet) < 1200


def test_a_closed_writer_deletes_nothing(tmp_path: Path) -> None:
    writer = searchkit.create(str(tmp_path / "index"))
    writer.add(id="1", text="سوريا")
    writer.commit()
    writer.close()
    with pytest.raises(searchkit.StoreError, match="closed"):
        writer.delete("1")


def test_a_field_of_that_name_comes_before_the_arabic_name_of_another(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="سوريا", عنوان="تصريح")
    assert searchkit.open(str(tmp_path / "index")).search("عنوان:تصريح").total == 1


def test_a_query_is_a_string(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")):
        pass
    with pytest.raises(TypeError, match="string"):
        searchkit.open(str(tmp_path / "index")).search(None)


def test_seeds_are_indexed_although_an_earlier_try_found_nothing(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "1.txt").write_text("أستانا", encoding="utf-8")
    command = [sys.executable, "-m", "searchkit"]
    assert subprocess.run([*command, "index", "nothing"], cwd=tmp_path, check=False).returncode == 2
    assert subprocess.run([*command, "query", "أستانا"], cwd=tmp_path, check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize("command", ["analyze <&-", "query '' 2>&-", "stats >&-"])
def test_closed_streams_make_no_traceback(tmp_path: Path, command: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m searchkit {command}"], cwd=tmp_path, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr + done.stdout
    assert done.stdout == b"" or command.startswith("analyze")


@pytest.fixture
def index(tmp_path: Path) -> searchkit.Index:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", text="سوريا ولبنان", source="رويترز")
    return searchkit.open(str(tmp_path / "index"))


@pytest.mark.parametrize("word", ["ب" * 61, "a" * 5000, "0f" * 32])
def test_a_word_of_any_length_may_stand_in_a_quotation(index: searchkit.Index, word: str) -> None:
    assert [place.id for place in index.find_quote(f"سوريا ولبنان {word}")] == ["1"]
    assert len(index.find_quote(word)) == 0


@pytest.mark.parametrize("threads", [0, -1, 257, 10**10])
def test_a_number_of_threads_that_cannot_be_is_refused_before_anything_is_added(tmp_path: Path, threads: int) -> None:
    with pytest.raises(ValueError, match="threads must be from 1 to 256"):
        searchkit.create(str(tmp_path / "new"), threads=threads)
    assert not (tmp_path / "new").exists()


def test_settings_of_a_writer_are_checked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="memory_mb must be >= 0"):
        searchkit.create(str(tmp_path / "new"), memory_mb=-1)
    with pytest.raises(TypeError):
        searchkit.create(str(tmp_path / "new"), threads="2")
    with pytest.raises(ValueError, match="dictionary"):
        searchkit.create(str(tmp_path / "new"), fields="source")
    with pytest.raises(TypeError, match="the name of a field is a string"):
        searchkit.create(str(tmp_path / "new"), fields={1: "text"})


@pytest.mark.parametrize("name", ["", "_source", "a__b", "\ud800"])
def test_a_field_of_a_name_that_no_document_may_have_is_not_declared(tmp_path: Path, name: str) -> None:
    with pytest.raises(searchkit.InputError, match="names must not be empty"):
        searchkit.create(str(tmp_path / "new"), fields={name: "keyword"})


@pytest.mark.parametrize("key", [None, 5, b"1"])
def test_an_id_is_a_string(index: searchkit.Index, key: object) -> None:
    with index.writer() as writer:
        for ask in (index.document, index.similar, writer.delete, writer.__contains__):
            with pytest.raises(TypeError, match="an id is a string, not "):
                ask(key)
        assert "1" in writer


def test_names_of_fields_are_strings(index: searchkit.Index) -> None:
    with pytest.raises(TypeError, match="sort: the name of a field is a string"):
        index.search("سوريا", sort=[("source", True)])
    with pytest.raises(TypeError, match="facets: the name of a field is a string"):
        index.search("سوريا", facets=[5])
    with pytest.raises(TypeError):
        index.suggest(None)
