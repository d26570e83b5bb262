"""Query text to lexemes."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.query.lexer import lex

BIDI = "".join(map(chr, range(0x2066, 0x206A))) + "".join(map(chr, range(0x202A, 0x202F))) + "\u061c\u200e\u200f\ufeff"
FIELDS = ("title", "text", "كاتب")


def kinds(query: str) -> list[tuple[str, str]]:
    return [(lexeme.kind, lexeme.text) for lexeme in lex(query, FIELDS)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("سوريا لبنان", [("word", "سوريا"), ("word", "لبنان")]),
        ('"سوريا لبنان"', [("phrase", "سوريا لبنان")]),
        ("«سوريا لبنان»", [("phrase", "سوريا لبنان")]),
        ("“سوريا لبنان”", [("phrase", "سوريا لبنان")]),
        ('«سوريا لبنان"', [("phrase", "سوريا لبنان")]),
        ("+سوريا -لبنان", [("plus", "+"), ("word", "سوريا"), ("minus", "-"), ("word", "لبنان")]),
        ("كوفيد-19 a+b", [("word", "كوفيد-19"), ("word", "a+b")]),
        ("- سوريا + لبنان", [("word", "-"), ("word", "سوريا"), ("word", "+"), ("word", "لبنان")]),
        (
            "سوريا AND لبنان && مصر",
            [("word", "سوريا"), ("and", "AND"), ("word", "لبنان"), ("and", "&&"), ("word", "مصر")],
        ),
        ("سوريا OR لبنان || مصر", [("word", "سوريا"), ("or", "OR"), ("word", "لبنان"), ("or", "||"), ("word", "مصر")]),
        ("سوريا أو لبنان او مصر", [("word", "سوريا"), ("or", "أو"), ("word", "لبنان"), ("or", "او"), ("word", "مصر")]),
        ("ليس لبنان NOT مصر", [("not", "ليس"), ("word", "لبنان"), ("not", "NOT"), ("word", "مصر")]),
        ("and or not", [("word", "and"), ("word", "or"), ("word", "not")]),
        ("(سوريا)", [("open", "("), ("word", "سوريا"), ("close", ")")]),
        ("(-سوريا)", [("open", "("), ("minus", "-"), ("word", "سوريا"), ("close", ")")]),
        ("title:سوريا", [("field", "title"), ("word", "سوريا")]),
        ("عنوان:سوريا", [("field", "title"), ("word", "سوريا")]),
        ("نص:سوريا", [("field", "text"), ("word", "سوريا")]),
        ("كاتب:«جبران خليل»", [("field", "كاتب"), ("phrase", "جبران خليل")]),
        ("title:(سوريا)", [("field", "title"), ("open", "("), ("word", "سوريا"), ("close", ")")]),
        ("title:=سوريا", [("field", "title"), ("exact", "="), ("word", "سوريا")]),
        ("-title:سوريا", [("minus", "-"), ("field", "title"), ("word", "سوريا")]),
        ("21:30 https://sana.sy other:x", [("word", "21:30"), ("word", "https://sana.sy"), ("word", "other:x")]),
        ("title: سوريا", [("word", "title:"), ("word", "سوريا")]),
        ("=سوريا", [("exact", "="), ("word", "سوريا")]),
        ("a=b", [("word", "a=b")]),
        ("سوريا^2 لبنان^0.5", [("word", "سوريا"), ("boost", "2"), ("word", "لبنان"), ("boost", "0.5")]),
        ('"سوريا"^3', [("phrase", "سوريا"), ("boost", "3")]),
        ("(سوريا)^3)", [("open", "("), ("word", "سوريا"), ("close", ")"), ("boost", "3"), ("close", ")")]),
        ("2^x", [("word", "2^x")]),
        ("سوري*", [("word", "سوري*")]),
        ("", []),
        ("  \t\n ", []),
    ],
)
def test_lexemes(query: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(query) == expected


@pytest.mark.parametrize(("query", "words"), [('سوريا "لبنان اليوم', 3), ("«", 0), ('"a" "b', 2)])
def test_an_open_phrase_is_its_words(query: str, words: int) -> None:
    assert len(list(lex(query, FIELDS))) == words


@given(st.text() | st.text(st.sampled_from('اب "«»()+-=^:*12. \n')))
def test_spans_cover_everything_but_spaces_and_stray_quotes(query: str) -> None:
    lexemes = list(lex(query, FIELDS))
    skipped = string.whitespace + BIDI + '"«“„”'  # quotes that nothing closes
    end = 0
    for lexeme in lexemes:
        assert not query[end : lexeme.start].strip().strip(skipped)
        assert lexeme.end > lexeme.start
        end = lexeme.end
    assert not query[end:].strip().strip(skipped)
