"""``searchkit analyze`` and ``searchkit stats``."""

import json
import sys
from typing import Any

from searchkit import __version__, _core

CORE = "compiled" if _core.COMPILED else "pure Python"


def test_tsv_is_five_columns_a_line_per_token(command: Any) -> None:
    rows = [line.split("\t") for line in command("analyze", "--tsv", "وَأَكَّدَ الرئيسُ", "٢٠٢٤").lines]
    assert [row[:2] for row in rows] == [["وَأَكَّدَ", "واكد"], ["الرئيسُ", "الرييس"], ["٢٠٢٤", "2024"]]
    assert all(len(row) == 5 and row[2] for row in rows)


def test_standard_input_is_read_line_by_line(command: Any) -> None:
    words = ["سوريا", "أستانا", "", "؟!", "كِتَابٌ", "كوفيد-19"]
    outcome = command.process("analyze", "--tsv", stdin="\n".join(words).encode())
    assert (outcome.status, outcome.err) == (0, "")
    rows = [line.split("\t") for line in outcome.lines]
    assert [row[0] for row in rows] == ["سوريا", "أستانا", "؟!", "كِتَابٌ", "كوفيد", "19"]
    assert rows[2] == ["؟!", "", "", "", ""]
    assert all(len(row) == 5 for row in rows)


def test_line_ends_of_other_systems_are_no_part_of_the_words(command: Any) -> None:
    outcome = command.process("analyze", "--tsv", stdin="سوريا\r\nلبنان\r\n".encode())
    assert [line.split("\t")[0] for line in outcome.lines] == ["سوريا", "لبنان"]


def test_input_that_is_no_utf8_is_no_error(command: Any) -> None:
    outcome = command.process("analyze", "--tsv", stdin=b"abc \xff\xfe def\n")
    assert (outcome.status, outcome.err) == (0, "")
    assert [line.split("\t")[0] for line in outcome.lines] == ["abc", "def"]


def test_no_input_gives_no_tokens(command: Any) -> None:
    outcome = command.process("analyze", "--tsv")
    assert (outcome.status, outcome.out, outcome.err) == (0, "", "")


def test_a_table_has_a_head(command: Any) -> None:
    lines = command("analyze", "سوريا").lines
    assert lines[0].split() == ["token", "surface", "lemma", "root", "name"]
    assert len(lines) == 2


def test_an_explanation_is_a_line_below_its_word(command: Any) -> None:
    assert len(command("analyze", "--explain", "الكتاب والقلم").lines) == 1 + 2 * 2


def test_stats_name_version_and_core(seeded: Any) -> None:
    lines = seeded("stats").lines
    assert lines[:2] == [f"searchkit {__version__}", f"core: {CORE}"]
    assert {"documents: 5", "deleted: 0", "segments: 1", "generation: 1"} <= set(lines)


def test_stats_name_the_core_without_an_index(command: Any, complains: Any) -> None:
    outcome = command("stats")
    assert f"core: {CORE}" in outcome.lines
    complains(outcome, "index: no index here; make one")


def test_stats_as_json(seeded: Any) -> None:
    value = json.loads(seeded("stats", "--json").out)
    assert (value["version"], value["core"], value["documents"]) == (__version__, CORE, 5)
    assert {"terms", "occurrences"} == set(value["fields"]["text"])


def test_checking_names_what_is_damaged(seeded: Any, complains: Any) -> None:
    assert seeded("check").lines == ["index: all right, 5 documents"]
    (segment,) = (seeded.folder / "index").glob("*.sk")
    data = bytearray(segment.read_bytes())
    data[64] ^= 1  # the first byte of the first section
    segment.write_bytes(data)
    complains(seeded("check"), segment.name, "damaged in ", "; rebuild the index or restore a copy")


def test_the_version_is_told(command: Any) -> None:
    outcome = command("--version")
    assert (outcome.status, outcome.out) == (0, f"searchkit {__version__}, core: {CORE}\n")
    interpreted = command.process("--version", SEARCHKIT_NO_EXTENSIONS="1")
    assert interpreted.out == f"searchkit {__version__}, core: pure Python\n"
    assert sys.version_info >= (3, 11)
