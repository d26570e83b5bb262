"""``searchkit query``."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest


def test_without_an_index_the_sample_corpus_is_indexed_first(command: Any, copy: Any) -> None:
    copy(command.folder)
    first = command("query", "أستانا")
    assert first.status == 0
    assert first.err == f"searchkit: no index yet: 5 documents of seeds{os.sep} indexed in index{os.sep}\n"
    for seed in ("000_db6f921c7e0e5379", "001_424fbe4dbe17e1ac", "002_86ab1184350a63fa"):
        assert f"seeds/{seed}.txt" in first.out
    assert "«أستانا»" in first.out
    second = command("query", "أستانا")
    assert (second.status, second.err) == (0, "")
    assert strip_time(second.out) == strip_time(first.out)


def strip_time(text: str) -> str:
    return re.sub(r"in \d+\.\d ms", "", text)


def test_without_an_index_and_without_seeds_it_says_what_to_do(command: Any, complains: Any) -> None:
    complains(command("query", "أستانا"), "index: no index here", "searchkit index PATH")
    assert not (command.folder / "index").exists()


def test_seeds_are_not_indexed_into_an_index_that_was_named(command: Any, copy: Any, complains: Any) -> None:
    copy(command.folder)
    complains(command("query", "أستانا", "--index", "other"), "other: no index here")


def test_the_exit_status_says_whether_there_are_hits(seeded: Any) -> None:
    assert seeded("query", "أستانا").status == 0
    none = seeded("query", "zzzz")
    assert (none.status, none.err) == (1, "")
    assert none.out.startswith("0 documents in ")
    assert seeded("query", "(").status == 2


def test_words_may_stand_in_one_argument_or_several(seeded: Any) -> None:
    assert strip_time(seeded("query", "وزير خارجية").out) == strip_time(seeded("query", "وزير", "خارجية").out)


@pytest.mark.parametrize("form", ["--json", "--jsonl", "--tsv"])
def test_no_hits_are_valid_output(seeded: Any, form: str) -> None:
    outcome = seeded("query", "zzzz", form)
    assert outcome.status == 1
    if form == "--json":
        assert json.loads(outcome.out)["hits"] == []
    else:
        assert outcome.out == ""


HIT = {"rank", "score", "id", "title", "file", "snippet", "passages", "title_marks", "fields"}


def test_json_is_one_object_with_stable_names(seeded: Any) -> None:
    value = json.loads(seeded("query", "أستانا", "--json").out)
    assert set(value) == {"query", "total", "exact", "elapsed_s", "notes", "hits"}
    assert (value["query"], value["total"], value["notes"]) == ("أستانا", 3, [])
    assert all(set(hit) == HIT for hit in value["hits"])
    assert [hit["rank"] for hit in value["hits"]] == [1, 2, 3]
    explained = json.loads(seeded("query", "أستانا", "--json", "--explain").out)
    assert all(set(hit) == HIT | {"explanation", "above_next"} for hit in explained["hits"])


def test_jsonl_is_a_line_per_hit_with_the_same_names(seeded: Any) -> None:
    hits = [json.loads(line) for line in seeded("query", "أستانا", "--jsonl").lines]
    assert hits == json.loads(seeded("query", "أستانا", "--json").out)["hits"]


def test_tsv_is_six_columns_per_hit(seeded: Any) -> None:
    seeded.write("more.jsonl", json.dumps({"id": "a\tb", "title": "ذيل\nوصدر", "text": "نادرة\tجدا"}))
    assert seeded("index", "more.jsonl").status == 0
    (line,) = seeded("query", "نادرة", "--tsv").lines
    assert line.split("\t")[2:] == ["a b", "ذيل وصدر", "more.jsonl", "«نادرة» جدا"]
    rows = [line.split("\t") for line in seeded("query", "سوريا", "--tsv").lines]
    assert [len(row) for row in rows] == [6] * len(rows)
    assert [row[0] for row in rows] == [str(rank) for rank in range(1, len(rows) + 1)]


def test_a_limit_is_kept(seeded: Any) -> None:
    assert len(seeded("query", "سوريا", "--tsv", "--limit", "2").lines) == 2


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
def test_a_limit_that_is_no_count_is_refused(seeded: Any, complains: Any, limit: str) -> None:
    complains(seeded("query", "سوريا", f"--limit={limit}"), "--limit", "--help")


@pytest.mark.parametrize("query", ["", " ", "\t\n"])
def test_an_empty_query_is_refused(seeded: Any, complains: Any, query: str) -> None:
    complains(seeded("query", query), "query: empty; type a word")


def test_a_query_of_a_million_characters_is_refused_in_one_short_line(seeded: Any, complains: Any) -> None:
    outcome = seeded("query", "سوريا " * 166_667)
    complains(outcome, "1000002 characters are too many; search for at most")
    assert len(outcome.err) < 200


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("(سوريا", ["parenthesis not closed; add )", "at 1: ("]),
        ("سوريا AND", ["a word is missing here", "at 7: AND"]),
        ("سوريا)", ["no ( for this )", "at 6: )"]),
        ("سوريا title:[١ TO", ["a range is not closed; add ]", "at 13: [١ TO"]),
    ],
)
def test_a_query_that_does_not_parse_is_shown_with_the_place(
    seeded: Any, complains: Any, query: str, parts: list[str]
) -> None:
    outcome = seeded("query", query)
    first, shown, carets = outcome.err.splitlines()
    complains(outcome._replace(err=first), *parts)
    assert shown == f"  {query}"
    start = int(parts[-1].split()[1].rstrip(":")) - 1
    assert carets == " " * (2 + start) + "^" * len(parts[-1].partition(": ")[2])


def test_a_query_without_words_says_so(seeded: Any) -> None:
    outcome = seeded("query", "؟!")
    assert outcome.status == 1
    assert "no word in the query" in outcome.out


def test_an_index_without_documents_says_what_to_do(command: Any, complains: Any) -> None:
    command.write("empty.jsonl", "{bad\n")
    command("index", "empty.jsonl")
    outcome = command("query", "سوريا")
    complains(outcome, "index: holds no documents; ", "searchkit index PATH", status=1)


def test_a_query_that_begins_with_a_minus_is_a_query(seeded: Any) -> None:
    plain = seeded("query", "سوريا", "-أستانا", "--tsv")
    assert plain.status == 0
    assert plain.out == seeded("query", "--tsv", "--", "سوريا", "-أستانا").out


def test_colour_needs_a_terminal_that_wants_it(seeded: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\033" not in seeded("query", "أستانا").out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "\033[" in seeded("query", "أستانا").out
    assert "«" not in seeded("query", "أستانا").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in seeded("query", "أستانا").out


def test_a_reader_that_leaves_early_is_no_error(seeded: Any) -> None:
    for form in ("--tsv", "--json", "--explain"):
        line = f"'{sys.executable}' -m searchkit query سوريا روسيا {form} | head -c 1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", line], capture_output=True, check=False, cwd=seeded.folder)
        assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_is_one_line(seeded: Any, complains: Any) -> None:
    with open("/dev/full", "wb") as full:
        complains(seeded.process("query", "سوريا", stdout=full.fileno()), "No space left")


def test_a_closed_output_is_no_traceback(seeded: Any) -> None:
    line = f"'{sys.executable}' -m searchkit query سوريا >&-"
    done = subprocess.run(["bash", "-c", line], capture_output=True, check=False, cwd=seeded.folder)
    assert b"Traceback" not in done.stderr


def test_a_damaged_index_is_named_with_the_remedy(seeded: Any, complains: Any) -> None:
    (segment,) = (seeded.folder / "index").glob("*.sk")
    data = segment.read_bytes()
    segment.write_bytes(data[:-100])
    complains(seeded("query", "سوريا"), segment.name, "rebuild the index")
    segment.unlink()
    complains(seeded("query", "سوريا"), segment.name, "rebuild the index")


def test_the_module_is_the_command(seeded: Any) -> None:
    outcome = seeded.process("query", "أستانا")
    assert (outcome.status, outcome.err) == (0, "")
    assert strip_time(outcome.out) == strip_time(seeded("query", "أستانا").out)


def test_output_in_a_poor_encoding_is_no_error(seeded: Any) -> None:
    outcome = seeded.process("query", "سوريا", PYTHONIOENCODING="ascii")
    assert (outcome.status, outcome.err) == (0, "")


def test_an_id_is_explained(seeded: Any, complains: Any) -> None:
    key = "seeds/003_53877ad2b80e172a.txt"
    hit = seeded("query", "لافروف", "--explain-id", key)
    assert (hit.status, hit.err) == (0, "")
    assert hit.lines[0] == f"{key}: rank 1"
    apart = seeded("query", "أستانا", "--explain-id", key)
    assert apart.status == 1
    assert apart.lines[0] == f"{key}: does not match"
    assert apart.lines[1].startswith("    أستانا: not in it (")
    value = json.loads(seeded("query", "أستانا", "--explain-id", key, "--json").out)
    assert (value["id"], value["rank"], value["score"], value["explanation"]) == (key, None, None, [])
    assert len(value["reasons"]) == 1
    complains(seeded("query", "أستانا", "--explain-id", "zzz"), "zzz: no document with this id", "--tsv")


def test_hits_say_why_they_are_above_the_next(seeded: Any) -> None:
    lines = seeded("query", "أستانا", "--explain").lines
    assert len([line for line in lines if line.startswith("   above the next")]) == 2


def test_levels_and_spellings_can_be_held_apart(seeded: Any, complains: Any) -> None:
    seeded.write("more.jsonl", '{"id": "a", "text": "أنمار"}\n{"id": "b", "text": "انمار"}\n')
    assert seeded("index", "more.jsonl").status == 0
    assert len(seeded("query", "أنمار", "--tsv").lines) == 2
    assert [line.split("\t")[2] for line in seeded("query", "أنمار", "--fold", "hamza=off", "--tsv").lines] == ["a"]
    assert "2 of 2 texts looked at" in seeded("query", "أنمار", "--fold", "hamza=off,taa=on").out
    assert seeded("query", "كاتبان", "--level", "surface").status == 1
    complains(seeded("query", "أنمار", "--fold", "hamza"), "'hamza' is not one of hamza taa")
    complains(seeded("query", "أنمار", "--level", "stem"), "--level", "surface")


def test_copies_are_folded_under_the_best(seeded: Any) -> None:
    story = " ".join(f"كلام{n}" for n in range(40))
    rows = [json.dumps({"id": f"c{n}", "text": f"نبأ {story}"}, ensure_ascii=False) for n in range(3)]
    seeded.write("more.jsonl", "\n".join(rows))
    assert seeded("index", "more.jsonl").status == 0
    outcome = seeded("query", "نبأ", "--collapse")
    assert "   + 2 copies: c1 c2" in outcome.lines
    (hit, *_) = json.loads(seeded("query", "نبأ", "--collapse", "--json").out)["hits"]
    assert (hit["id"], hit["copies"]) == ("c0", ["c1", "c2"])
    assert len(seeded("query", "كلام7", "--collapse", "--tsv").lines) == 1
