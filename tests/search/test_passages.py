"""Passages: which are chosen, where they are cut, and how they are shown."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import searchkit
from searchkit import Index
from searchkit.arabic.folding import fold
from searchkit.query import Term, WordClause, parse, rewrite
from searchkit.search.marking import Marker
from searchkit.search.snippet import Snippet, joined, mark, passages
from searchkit.search.whereabouts import places_in

FILLER = "كلام كثير لا معنى له في هذا المكان من النص. " * 12


def pieces(text: str, query: str, count: int = 1, length: int = 30) -> Snippet:
    return joined(text, passages(text, Marker(rewrite(parse(query))), count, length))


def marked(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


def test_a_passage_is_whole_sentences_where_they_fit() -> None:
    text = f"{FILLER}وصل وزير الخارجية إلى دمشق أمس. {FILLER}"
    shown = pieces(text, "الخارجية", length=12)
    assert shown.text == "وصل وزير الخارجية إلى دمشق أمس."
    text = f"{FILLER}هل وصل الوزير؟ نعم وصل وزير الخارجية إلى دمشق في يوم 30.11.2024 بحسب أ.ف.ب عند المساء! {FILLER}"
    assert pieces(text, "الخارجية", length=18).text == (
        "نعم وصل وزير الخارجية إلى دمشق في يوم 30.11.2024 بحسب أ.ف.ب عند المساء!"
    )


def test_a_long_sentence_begins_shortly_before_the_word_or_after_a_comma() -> None:
    words = " ".join(f"كلمة{number}" for number in range(60))
    assert pieces(f"{words} سوريا {words}", "سوريا", length=12).text.startswith("… كلمة57 كلمة58")
    assert pieces(f"{words}، وفي سوريا {words}", "سوريا", length=12).text.startswith("… وفي سوريا كلمة0")


def test_a_second_passage_is_shown_where_it_adds_words() -> None:
    text = f"{FILLER}زار الوفد سوريا أمس. {FILLER}ثم زار لبنان بعد ذلك. {FILLER}"
    one, two = pieces(text, "سوريا لبنان", 1), pieces(text, "سوريا لبنان", 2)
    assert len(one.pieces) == 1
    assert [fold(word) for word in marked(two)] == ["سوريا", "لبنان"]
    assert " … " in two.text
    assert len(pieces(text, "سوريا", 2).pieces) == 1


def test_rare_words_count_for_more_than_frequent_ones(tmp_path: Path) -> None:
    text = f"{FILLER}الحكومة والوزارة والشعب معا. {FILLER}الكركدن وحده. {FILLER}"
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="", text=text)
        for number in range(200):
            writer.add(id=f"x{number}", title="", text="الحكومة والوزارة")
    (hit,) = searchkit.open(str(tmp_path / "index")).search("+الكركدن الحكومة الوزارة")
    assert "«الكركدن»" in hit.passage(1, 10).render()


def test_a_phrase_is_shown_where_it_stands() -> None:
    text = f"الخارجية وزير سوريا. {FILLER}قال وزير الخارجية كلاما. {FILLER}"
    assert marked(pieces(text, '"وزير الخارجية"')) == ["وزير", "الخارجية"]
    assert "قال وزير الخارجية" in pieces(text, '"وزير الخارجية"').text
    assert marked(pieces(text, '"هذا المكان من"', length=10)) == ["هذا", "المكان", "من"]  # function words, too


def test_the_very_word_is_preferred_to_its_relatives() -> None:
    text = f"{FILLER}هؤلاء كتبوا. {FILLER}هذا الكاتب. {FILLER}"
    assert marked(pieces(text, "الكاتب", length=6)) == ["الكاتب"]
    text = f"{FILLER}هذا احمد هنا. {FILLER}هذا أحمد هنا. {FILLER}"
    assert marked(pieces(text, "أحمد", length=6)) == ["أحمد"]
    assert marked(pieces(text, "احمد", length=6)) == ["احمد"]


def test_words_near_each_other_are_shown_together() -> None:
    text = f"{FILLER}سوريا هنا. {FILLER}لبنان مع جارته سوريا معا. {FILLER}سوريا هناك. {FILLER}"
    shown = pieces(text, "سوريا NEAR/3 لبنان")
    assert marked(shown) == ["لبنان", "سوريا"]


@pytest.mark.parametrize(("count", "length"), [(0, 10), (1, 0)])
def test_nothing_can_not_be_shown(count: int, length: int) -> None:
    with pytest.raises(ValueError, match="count and length"):
        pieces("سوريا", "سوريا", count, length)


def test_html_is_escaped_and_has_a_direction() -> None:
    snippet = mark('<b> "سُوريا" & لبنان', rewrite(parse("سوريا")))
    assert snippet.html("p") == '<p dir="auto">&lt;b&gt; &quot;<mark>سُوريا</mark>&quot; &amp; لبنان</p>'
    assert snippet.html("").startswith("&lt;b&gt;")


def test_a_terminal_gets_whole_words_in_colour_and_nothing_else_that_commands_it() -> None:
    snippet = mark("\u202bزار\u202c\x1b[31m \u200fسُوريا\u200f\u2066!\n", rewrite(parse("سوريا")))
    assert snippet.ansi("31") == "زار [31m \033[31mسُوريا\033[0m!"
    assert snippet.ansi("31", around="1") == "\033[1mزار [31m \033[31mسُوريا\033[0m\033[1m!\033[0m"
    assert snippet.render() == "\u202bزار\u202c [31m \u200f«سُوريا»\u200f\u2066!"


LETTERS = st.sampled_from("ابتسورياليبنةىًٌُِّْـ \u0670\u200f.،؟!\n<&«»12é\u0301")
QUERIES = st.sampled_from(["سوريا", "سوريا لبنان", '"سوريا لبنان"', "ل*", "=سورية", "في", "سوريا~", "سوريا NEAR لبنان"])
TEXTS = st.lists(
    st.text(LETTERS, max_size=8) | st.sampled_from(["سُوريا", "لبنان", "وبسوريا", "في", "سورية.", "…"]), max_size=90
)


@given(TEXTS.map(" ".join), QUERIES, st.integers(1, 3), st.integers(1, 40))
def test_whatever_the_text_marks_are_whole_words_of_it(text: str, query: str, count: int, length: int) -> None:
    shown = pieces(text, query, count, length)
    assert len(shown.pieces) <= count
    last = 0
    spans: list[str] = []
    for piece in shown.pieces:
        assert last <= piece.start <= piece.end <= len(text)
        at = piece.start
        for start, end in piece.spans:
            assert at <= start < end <= piece.end
            spans.append(text[start:end])
            for edge in (start, end):  # no letter is parted from its marks, no word from its clitics
                if edge < len(text):
                    assert not unicodedata.combining(text[edge])
                if 0 < edge < len(text) and text[edge - 1] != "ـ":  # a stroke before a word is none of it
                    assert len(fold(text[edge - 1 : edge + 1]).split()) != 1 or not (
                        text[edge - 1].isalpha() and text[edge].isalpha()
                    )
            at = end
        assert text[piece.start : piece.end] in shown.text
        last = piece.end
    assert marked(shown) == spans


@given(TEXTS.map(" ".join), QUERIES)
def test_without_marks_every_form_is_the_same_text(text: str, query: str) -> None:
    shown = pieces(text, query, 2)
    assert unescape(re.sub(r"</?mark>", "", shown.html(""))) == shown.text
    plain = re.sub("\033\\[[0-9;]*m", "", shown.ansi())
    assert not set(plain) & set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\033\n")
    assert shown.ansi().count("\033[1;91m") == len(shown.spans)


@pytest.fixture(scope="module")
def long_text(tmp_path_factory: pytest.TempPathFactory) -> Index:
    text = f"{'كلام لا معنى له. ' * 9000}زار وزير الخارجية سوريا ولبنان. {'كلام آخر. ' * 9000}"
    with searchkit.create(str(tmp_path_factory.mktemp("long") / "index")) as writer:
        writer.add(id="1", title="نص طويل", text=text)
        folder = writer.directory
    return searchkit.open(folder)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("سوريا", ["سوريا"]),
        ("وزراء لبنان", ["وزير", "ولبنان"]),
        ('"وزير الخارجية"', ["وزير", "الخارجية"]),
        ("سوريا NEAR/2 لبنان", ["سوريا", "ولبنان"]),
    ],
)
def test_the_place_in_a_long_text_is_known_from_the_index(long_text: Index, query: str, words: list[str]) -> None:
    (hit,) = long_text.search(query)
    shown = hit.passage()
    assert set(words) <= set(marked(shown))
    assert "زار وزير الخارجية سوريا ولبنان." in shown.text
    (piece,) = shown.pieces
    assert piece.start > 100_000


@pytest.mark.parametrize("head", [1000, 160_000, 162_030, 400_000])
def test_of_a_very_long_text_the_rest_is_looked_at_where_the_beginning_has_nothing(
    long_text: Index, head: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ("سوريا ولبنان", "كلام", "زار")
    expected = [long_text.search(query)[0].passage() for query in queries]
    monkeypatch.setattr("searchkit.search.snippet._HEAD", head)
    assert [long_text.search(query)[0].passage() for query in queries] == expected
    assert "زار وزير الخارجية سوريا ولبنان." in expected[0].text


def test_a_hit_shows_as_much_as_it_is_told_to(long_text: Index) -> None:
    results = long_text.search("سوريا كلام")
    short = results[0].passage(1, 6)
    assert len(short.text.split()) <= 8
    assert len(results[0].passages(2, 20)) <= 2
    results.show(1, 6)
    assert results[0].passage() == short
    assert results[0].snippet == short.render()


def test_names_of_several_words_are_marked_side_by_side_only(tmp_path: Path) -> None:
    terms = (
        Term("text", "surface", ("امريكا",)),
        Term("text", "surface", ("الولايات", "المتحده"), synonym=0.8, phrase=True),
    )
    clause = WordClause("أمريكا", terms, also=("الولايات المتحدة",))
    text = "زار الولايات المتحدة، ثم أمريكا المتحدة، والولايات"
    assert marked(mark(text, clause)) == ["الولايات", "المتحدة", "أمريكا"]
    with searchkit.create(str(tmp_path / "index")) as writer:
        writer.add(id="1", title="", text=f"{'المتحدة كلام الولايات كلام. ' * 1000}{text}")
    snapshot = searchkit.open(str(tmp_path / "index"))._searcher.snapshot  # pyright: ignore[reportPrivateUsage]
    assert [(place.first, place.last) for place in places_in(snapshot, 0, 0, "text", [clause])] == [
        (4_001, 4_002),
        (4_004, 4_004),
    ]
