"""``searchkit query --similar`` and ``--quote``, and how much of a text is shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

SENTENCE = "أعلن وزيرا خارجية إيران وروسيا اليوم السبت دعم بلاديهما لسوريا في مواجهة الجماعات الإرهابية"


def test_a_sentence_is_found_with_words_changed(seeded: Any) -> None:
    outcome = seeded("query", "--quote", SENTENCE)
    assert outcome.status == 0
    assert outcome.lines[0].startswith("1. [87%] وزيرا خارجية إيران وروسيا")
    assert "«أعلن وزيرا خارجية إيران وروسيا، اليوم السبت، دعم بلاديهما» في سوريا" in outcome.out
    assert "differs: في was left out; لسوريا stands as سوريا" in outcome.out


def test_a_quotation_may_come_from_standard_input_or_a_file(seeded: Any) -> None:
    def without_time(text: str) -> str:
        return text.rpartition(" in ")[0]

    expected = without_time(seeded("query", "--quote", SENTENCE).out)
    assert without_time(seeded.process("query", "--quote", "-", stdin=SENTENCE.encode()).out) == expected
    seeded.write("quote.txt", "\ufeff" + SENTENCE)
    assert without_time(seeded("query", "--quote", "@quote.txt").out) == expected


def test_json_says_where_a_quotation_stands(seeded: Any) -> None:
    value = json.loads(seeded("query", "--quote", SENTENCE, "--json").out)
    assert set(value) == {"quote", "elapsed_s", "notes", "hits"}
    hit = value["hits"][0]
    (line,) = seeded("query", "--quote", SENTENCE, "--jsonl", "--limit", "1").lines
    assert json.loads(line) == hit
    text = (seeded.folder / hit["file"]).read_text("utf-8")
    start = text.index("أعلن وزيرا") - hit["start"]
    assert text[start:][hit["start"] : hit["end"]].startswith("أعلن وزيرا خارجية")
    assert hit["differences"]
    rows = [line.split("\t") for line in seeded("query", "--quote", SENTENCE, "--tsv").lines]
    assert [len(row) for row in rows] == [6] * len(rows)


def test_what_stands_nowhere_has_the_status_of_no_hits(seeded: Any) -> None:
    assert seeded("query", "--quote", "zzz yyy").status == 1
    assert seeded("query", "--quote", "zzz yyy", "--json").status == 1


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        ((), ("--similar ID", "--help")),
        (("سوريا", "--similar", "1"), ("--similar ID", "--help")),
        (("--similar", "1", "--quote", "نص"), ("--quote TEXT", "--help")),
        (("--similar", "nothing"), ("nothing: no document with this id",)),
        (("--quote", "؟"), ("no word in the quotation",)),
        (("--quote", "@nothing"), ("nothing: ", "name a file")),
        (("--quote", "نص", "--template", "{title}"), ("--quote", "--jsonl")),
    ],
)
def test_what_cannot_be_done_is_said(seeded: Any, complains: Any, arguments: tuple[str], parts: tuple[str]) -> None:
    complains(seeded("query", *arguments), *parts)


def test_a_file_that_is_no_text_is_refused(seeded: Any, complains: Any) -> None:
    seeded.write("bad.txt", b"\xc7\xe1\xf6")
    complains(seeded("query", "--quote", "@bad.txt"), "bad.txt: not UTF-8")
    seeded.write("large.txt", "كلمة " * 200_000)
    complains(seeded("query", "--quote", "@large.txt"), "large.txt: more than")


def test_documents_like_one_are_listed_without_it(seeded: Any) -> None:
    first = json.loads(seeded("query", "أستانا", "--json").out)["hits"][0]["id"]
    outcome = seeded("query", "--similar", first, "--json")
    assert outcome.status == 0
    hits = json.loads(outcome.out)["hits"]
    assert hits
    assert first not in [hit["id"] for hit in hits]


def test_a_copy_is_called_so(seeded: Any) -> None:
    path = next((seeded.folder / "seeds").glob("000*"))
    seeded.write("seeds/copy.txt", "عنوان آخر\n" + path.read_text("utf-8").partition("\n")[2])
    assert seeded("index", "seeds").status == 0
    outcome = seeded("query", "--similar", f"seeds/{path.name}")
    assert outcome.lines[1] == "   seeds/copy.txt  (the same text)"
    (hit,) = json.loads(seeded("query", "--similar", f"seeds/{path.name}", "--json", "--limit", "1").out)["hits"]
    assert hit["is_copy"] is True


def test_passages_and_words_are_chosen(seeded: Any) -> None:
    def words(*arguments: str) -> int:
        return max(len(line.split()) for line in seeded("query", "سوريا لبنان روسيا", *arguments).lines)

    assert words("--words", "60", "--passages", "3") > words("--words", "8", "--passages", "1")


def test_offsets_are_those_of_the_stored_text(seeded: Any) -> None:
    seeded.write(
        "one.jsonl", json.dumps({"id": "one", "title": "عن سُوريا", "text": "😀 زار وفد \u200fسُوريَا\u200f أمس"})
    )
    assert seeded("index", "one.jsonl", "--index", "other").status == 0
    (hit,) = json.loads(seeded("query", "سوريا", "--json", "--index", "other").out)["hits"]
    (passage,) = hit["passages"]
    ((start, end),) = passage["marks"]
    assert "😀 زار وفد \u200fسُوريَا\u200f أمس"[start:end] == "سُوريَا"
    assert hit["title"][slice(*hit["title_marks"][0])] == "سُوريا"
