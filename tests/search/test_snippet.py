"""The passage that is shown and the words marked in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit.arabic.folding import fold
from searchkit.config import WORDS
from searchkit.query import parse, rewrite
from searchkit.search.marking import Marker
from searchkit.search.snippet import Snippet, joined, mark, one_line, passages


def passage(text: str, query: str) -> Snippet:
    return joined(text, passages(text, Marker(rewrite(parse(query))), 1, WORDS))


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("زار مُدَرِّسَةٌ المدينة", "مدرسة", ["مُدَرِّسَةٌ"]),
        ("قال: «أستانـــا».", "استانا", ["أستانـــا"]),
        ("وَأَضَافَ أَمْرًا جديدا", "أمر", ["أَمْرًا"]),
        ("عام ٢٠٢٤م", "2024", ["٢٠٢٤"]),
        ("الـ23 من تشرين", "23", ["23"]),
        ("\u200fسوريا\u200f!", "سوريا", ["سوريا"]),
        ("ﺳﻮرﻳﺎ", "سوريا", ["ﺳﻮرﻳﺎ"]),
        ("كتب كتابا وكاتب", "كت*", ["كتب", "كتابا"]),
        ("دعم سوريا وسوريا", '"دعم سوريا"', ["دعم", "سوريا"]),
        ("سوريا لبنان", "-سوريا لبنان", ["لبنان"]),
        ("في سوريا", "في سوريا", ["سوريا"]),
        ("في البيت", "في", ["في"]),
        ("سوريا", "-سوريا", []),
    ],
)
def test_marks_land_on_the_written_words(text: str, query: str, expected: list[str]) -> None:
    assert marked(passage(text, query)) == expected
    assert marked(mark(text, rewrite(parse(query)))) == expected


def test_shows_the_place_with_most_of_the_words() -> None:
    filler = "كلام كثير لا معنى له هنا " * 20
    snippet = passage(f"سوريا {filler} سوريا لبنان. {filler} لبنان {filler}", "سوريا لبنان")
    assert snippet.text.startswith("… ")
    assert snippet.text.endswith(" …")
    assert "سوريا لبنان." in snippet.text


def test_a_short_text_is_shown_whole() -> None:
    assert passage("  سوريا، اليوم! ", "سوريا").text == "  سوريا، اليوم! "


@pytest.mark.parametrize("text", ["", "   ", "؟!"])
def test_a_text_without_words_shows_nothing(text: str) -> None:
    assert passage(text, "سوريا") == Snippet("", ())


def test_text_is_shown_where_only_the_title_matches() -> None:
    assert passage("كلام " * 100, "سوريا").text.startswith("كلام كلام")


TEXTS = st.lists(st.sampled_from(["سُوريا", "لبنان", "في", "كلام", "…", "٢٠٢٤", "\n", "؟", "سوريا."]), max_size=120)


@given(TEXTS.map(" ".join) | st.text(), st.sampled_from(["سوريا", "سوريا لبنان", '"كلام في"', "ل*", "في", "مفقود"]))
def test_a_passage_is_part_of_the_text_with_marks_in_order(text: str, query: str) -> None:
    snippet = passage(text, query)
    assert snippet.text.removeprefix("… ").removesuffix(" …") in text
    end = 0
    for start, stop in snippet.spans:
        assert end <= start < stop <= len(snippet.text)
        assert " " not in fold(snippet.text[start:stop])
        end = stop
    rendered = snippet.render("[", "]")
    assert "\n" not in rendered
    shown = one_line(snippet.text)  # no control character reaches a terminal
    assert rendered.replace("[", "").replace("]", "") == shown.replace("[", "").replace("]", "")


@given(TEXTS.map(" ".join))
def test_a_word_of_the_query_is_shown_whenever_the_text_has_one(text: str) -> None:
    snippet = passage(text, "سوريا")
    assert bool(snippet.spans) == ("سوريا" in fold(text).split())


def test_a_hit_shows_marks_in_title_and_text(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="أَستانا اليوم", text="قالت أستانا\tإنها\nبخير")
        writer.add(id="2", text=" ".join(f"كلمة{i}" for i in range(20)))
        writer.add(id="3", title=5, text=None)
    index = searchkit.open(str(tmp_path / "index"))
    (hit,) = index.search("أستانا")
    assert hit.snippet == "قالت «أستانا» إنها بخير"
    assert hit.marked_title().render("«", "»") == "«أَستانا» اليوم"
    (hit,) = index.search("كلمة")
    assert re.fullmatch(r"كلمة0 .* …", hit.title)
    (hit,) = index.search("-كلمة -استانا")
    assert (hit.id, hit.title, hit.snippet) == ("3", "", "")
