"""Query text to nodes, and what is said of a text that does not parse."""

from __future__ import annotations

import importlib
import re
import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit.arabic.field_names import FIELD_NAMES
from searchkit.config import MAX_QUERY
from searchkit.errors import QueryError, QuerySyntaxError
from searchkit.query import (
    Group,
    Near,
    Node,
    Phrase,
    Range,
    Word,
    parse,
    parse_plain,
    rewrite,
)
from searchkit.query.lexer import lex
from searchkit.query.signs import BIDI_CONTROLS

FIELDS = ("title", "text")


def shape(node: Node) -> object:
    """A node without its places: words as written, groups as (must, should, must not)."""
    if isinstance(node, Group):
        return tuple([shape(child) for child in part] for part in node)
    signs = "" if node.field is None else f"{node.field}:"
    if isinstance(node, Range):
        low, high = node.low or "*", node.high or "*"
        return f"{signs}{'{['[node.with_low]}{low} TO {high}{'}]'[node.with_high]}"
    if isinstance(node, Near):
        rows = ["|".join(str(shape(leaf)) for leaf in row) for row in node.operands]
        gaps = [*(f" {gap} " for gap in node.gaps), ""]
        return "".join(map(str.__add__, rows, gaps)) + (f"^{node.boost:g}" if node.boost != 1 else "")
    if isinstance(node, Phrase):
        return (
            f'{signs}"{node.text}"'
            + f"~{node.slop}" * (node.slop > 0)
            + (f"^{node.boost:g}" if node.boost != 1 else "")
        )
    edits = "" if node.edits is None else f"~{node.edits or ''}"
    text = "=" * node.exact + node.text.replace("*", "%") * node.wildcards + node.text * (not node.wildcards) + edits
    return signs + text + (f"^{node.boost:g}" if node.boost != 1 else "")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("a", "a"),
        ("a b", ([], ["a", "b"], [])),
        ("+a b -c", (["a"], ["b"], ["c"])),
        ("-a", ([], [], ["a"])),
        ("NOT a", ([], [], ["a"])),
        ("a AND b", (["a", "b"], [], [])),
        ("a b AND c", ([([], ["a", "b"], []), "c"], [], [])),
        ("a AND NOT b", (["a"], [], ["b"])),
        ("a AND -b AND -c", (["a"], [], ["b", "c"])),
        ("-a AND -b", ([], [], ["a", "b"])),
        ("a OR b", ([], ["a", "b"], [])),
        ("a AND b OR c", ([], [(["a", "b"], [], []), "c"], [])),
        ("a OR b AND c", ([], ["a", (["b", "c"], [], [])], [])),
        ("(a OR b) AND c", ([([], ["a", "b"], []), "c"], [], [])),
        ("+(a b) c", ([([], ["a", "b"], [])], ["c"], [])),
        ("((a))", "a"),
        ("title:a b", ([], ["title:a", "b"], [])),
        ("title:(a b)", ([], ["title:a", "title:b"], [])),
        ("title:(a text:b)", ([], ["title:a", "text:b"], [])),
        ('title:"a b"', 'title:"a b"'),
        ("=a", "=a"),
        ("title:=a", "title:=a"),
        ("a*", "a%"),
        ("*a?b؟c*", "%a?b؟c%"),
        ("title:=a*^2", "title:=a%^2"),
        ("a? a؟ a?!", ([], ["a?", "a؟", "a?!"], [])),
        ("**", "**"),
        ("*؟", "*؟"),
        ("a~", "a~"),
        ("a~1", "a~1"),
        ("title:كتاب~2^3", "title:كتاب~2^3"),
        ("~ 10~20 ~1 1~", ([], ["~", "10~20", "~1", "1~"], [])),
        ("a~b", "a~b"),
        ("*", "*"),
        ("a^2", "a^2"),
        ('"a b"^0.5', '"a b"^0.5'),
        ("(a b^2)^3", ([], ["a^3", "b^6"], [])),
        ("(+a b -c)^2", (["a^2"], ["b^2"], ["c"])),
        ("a or b", ([], ["a", "or", "b"], [])),
        ("a أو b", ([], ["a", "b"], [])),
        ("a ليس b", ([], ["a"], ["b"])),
        ("لماذا ليس هناك سلام", ([], ["لماذا", "ليس", "هناك", "سلام"], [])),
        # و is AND between parts of a query, a word in a sentence
        ("a و b", (["a", "b"], [], [])),
        ("a و b و c", (["a", "b", "c"], [], [])),
        ("a و ليس b", (["a"], [], ["b"])),
        ("(a أو b) و c", ([([], ["a", "b"], []), "c"], [], [])),
        ('"a b" و title:c', (['"a b"', "title:c"], [], [])),
        ("+a و -b", ([(["a"], [], [])], [], ["b"])),
        ("a وb", ([], ["a", "وb"], [])),
        ("a b و c", ([], ["a", "b", "و", "c"], [])),
        ("a و b c", ([], ["a", "و", "b", "c"], [])),
        ("a و b و c d", ([], ["a", "و", "b", "و", "c", "d"], [])),
        ("a و من", ([], ["a", "و", "من"], [])),
        ("و a", ([], ["و", "a"], [])),
        ("a و", ([], ["a", "و"], [])),
        ("(a و) b", ([], [([], ["a", "و"], []), "b"], [])),
        ("a و و b", ([], ["a", "و", "و", "b"], [])),
        ('"a و b"', '"a و b"'),
        ('"a OR b"', '"a OR b"'),
        # phrases with other words among them, and near ones
        ('"a b"~3', '"a b"~3'),
        ("«a b»~٣^٢", '"a b"~3^2'),
        ('title:"a b"~10', 'title:"a b"~10'),
        ("”a b“", '"a b"'),
        ('"a b" ~3', '"a b"~3'),
        ('"a b" ~x', ([], ['"a b"', "~x"], [])),
        ("a NEAR b", "a 10 b"),
        ("a NEAR/5 b", "a 5 b"),
        ("a near/5 b قرب/٢ c", "a 5 b 2 c"),
        ("a قرب b", ([], ["a", "قرب", "b"], [])),
        ("a near b", ([], ["a", "near", "b"], [])),
        ("NEAR/ NEAR/x", ([], ["NEAR/", "NEAR/x"], [])),
        ('x "a b" NEAR/0 (c أو "d e")', ([], ["x", '"a b" 0 c|"d e"'], [])),
        ("+a NEAR/1 b -c NEAR/1 d", (["a 1 b"], [], ["c 1 d"])),
        ("a^2 NEAR/1 b^3", "a^2 1 b^3^6"),
        ("=a NEAR/1 b", "=a 1 b"),
        ("title:a NEAR/1 b", "title:a 1 b"),
        ("title:(a NEAR/1 b)", "title:a 1 title:b"),
        # ranges
        ("title:[a TO b]", "title:[a TO b]"),
        ("title:{a TO b}", "title:{a TO b}"),
        ("title:[a TO b}", "title:[a TO b}"),
        ("title:[* TO *]", "title:[* TO *]"),
        ("title:[1 تشرين TO * ]", "title:[1 تشرين TO *]"),
        ('عنوان:[«a TO» إلى "b]"]', "title:[a TO TO b]]"),
        ("title:[٢٠٢٤ الى 2025]", "title:[٢٠٢٤ TO 2025]"),
        ("title: [a TO b] c", ([], ["title:[a TO b]", "c"], [])),
        ("title:>a", "title:{a TO *]"),
        ("title:>=a^2", "title:[a TO *]"),
        ("title:<a", "title:[* TO a}"),
        ("title:≤a title:=>b title:<= c", ([], ["title:[* TO a]", "title:[b TO *]", "title:[* TO c]"], [])),
        ('-title:>-5 title:<"a b"', ([], ["title:[* TO a b}"], ["title:{-5 TO *]"])),
        ("(title:>a)", "title:{a TO *]"),
        ("[a TO b] >5", ([], ["[a", "TO", "b]", ">5"], [])),
        # names of fields
        ("العنوان:a Title:b النَّص:c", ([], ["title:a", "title:b", "text:c"], [])),
        # what nobody sees
        ("\u200fعنوان:\u200fa\u200f", "title:a"),
        ("\u202b+a\u202c \u2067-b\u2069", (["a"], [], ["b"])),
        ("a^٢ b^٢٫٥ c~١", ([], ["a^2", "b^2.5", "c~1"], [])),
    ],
)
def test_queries_mean(query: str, expected: object) -> None:
    assert shape(parse(query, FIELDS)) == expected


@pytest.mark.parametrize(
    ("query", "message", "part"),
    [
        ("(a", "parenthesis not closed", "("),
        ("a (b (c)", "parenthesis not closed", "("),
        ("a)", r"no \( for this \)", ")"),
        ("()", "a word is missing here", ")"),
        ("a AND", "a word is missing here", "AND"),
        ("AND a", "a word is missing here", "AND"),
        ("a OR OR b", "a word is missing here", "OR"),
        ("NOT", "a word is missing here", "NOT"),
        ("+-a", "a word is missing here", "-"),
        ("NOT NOT a", "a word is missing here", "NOT"),
        ("title:^2", "a word is missing here", "^2"),
        ("^2", "a word is missing here", "^2"),
        ("a^2 ^3", "a word is missing here", "^3"),
        ("a^1000001", "boost of more than 1000000", "^1000001"),
        ("a^" + "9" * 400, "boost of more than 1000000", "^" + "9" * 400),
        (" ".join(f"a{i}*" for i in range(32)) + " a0* b~", "more than 32 different words with wildcards", "b~"),
        ("a b~3 c", "a word may differ in 1 or 2 letters", "~3"),
        ("a~0", "write ~1 or ~2", "~0"),
        ("a~0.8", "write ~1 or ~2", "~0.8"),
        ("x a*b~1", "wildcards and ~ in one word", "a*b~1"),
        ("a" * 61 + "*", "more than 60 letters", "a" * 61 + "*"),
        ("x " + "a" * 61 + "~", "more than 60 letters", "a" * 61 + "~"),
        ("(" * 51 + "a" + ")" * 51, "more than 50 parentheses", "("),
        ('a "b c"~', "needs a number of words", "~"),
        ('a "b c"~1.5', "needs a number of words", "~1.5"),
        ('"b c"~99999', "at most 10000 words", "~99999"),
        ('"b c"~' + "9" * 5000, "at most 10000 words", "~" + "9" * 5000),
        ("(a b)~2", "~ belongs to a word or a phrase", "~2"),
        ("a NEAR/10001 b", "at most 10000 words", "NEAR/10001"),
        ("a NEAR", "a word is missing here", "NEAR"),
        ("NEAR a", "a word is missing here", "NEAR"),
        ("a NEAR/2 AND b", "a word is missing here", "AND"),
        ("a NEAR/2 b*", "NEAR stands between words", "NEAR/2"),
        ('a NEAR/2 "b c"~2', "NEAR stands between words", "NEAR/2"),
        ("a NEAR/2 (b AND c)", "NEAR stands between words", "NEAR/2"),
        ("a NEAR/2 (b NEAR c)", "NEAR stands between words", "NEAR/2"),
        ("a NEAR/2 title:[b TO c]", "NEAR stands between words", "NEAR/2"),
        ("title:a NEAR/2 text:b", "different fields beside NEAR", "NEAR/2"),
        ("a" + " NEAR a" * 32, "more than 32 words and phrases beside NEAR", "NEAR"),
        ("a^999999 NEAR b^999999", "boost of more than 1000000", "NEAR"),
        ("title:[a TO b", "a range is not closed", "[a TO b"),
        ("title:[a]", "two values with TO between", "[a]"),
        ("title:[a TO ]", "two values with TO between", "[a TO ]"),
        ("title:[a TO b TO c]", "two values with TO between", "[a TO b TO c]"),
        ("title:>=", "a value is missing after >=", ">="),
        ("(title:<)", "a value is missing after <", "<"),
        ("=title:[a TO b]", "a word is missing here", "title:"),
    ],
)
def test_errors_say_what_and_where(query: str, message: str, part: str) -> None:
    with pytest.raises(QuerySyntaxError, match=message) as caught:
        parse(query, FIELDS)
    assert query[caught.value.start : caught.value.end] == part
    assert "; " in str(caught.value), "there is no remedy in it"
    assert "\n" not in str(caught.value)


def test_nodes_know_their_places() -> None:
    query = '  title:سوريا +("دعم سوريا") لبنان*^2'
    node = parse(query, FIELDS)
    assert isinstance(node, Group)
    places = {query[child.start : child.end] for child in (*node.must, *node.should) if not isinstance(child, Group)}
    assert places == {"سوريا", '"دعم سوريا"', "لبنان*"}


@pytest.mark.parametrize("query", ["", " ", "\n\t\u00a0"])
def test_an_empty_query_is_refused(query: str) -> None:
    for ask in (parse, parse_plain):
        with pytest.raises(QueryError, match="query: empty; type a word"):
            ask(query)


@pytest.mark.parametrize("query", ["ا" * 1_000_000, "ا " * 500_000, "(" * 1_000_000, '"' * 1_000_000])
def test_a_query_of_a_million_characters_is_refused(query: str) -> None:
    for ask in (parse, parse_plain):
        with pytest.raises(QueryError, match="1000000 characters are too many"):
            ask(query)


@pytest.mark.parametrize("query", ["ا" * MAX_QUERY, "ا " * (MAX_QUERY // 2), "(ا)" * (MAX_QUERY // 3), "-ا" * 5000])
def test_the_longest_query_is_answered(query: str) -> None:
    rewrite(parse(query))


def test_depth_is_counted_not_parentheses() -> None:
    parse("(a) " * 100)
    parse("(" * 50 + "a" + ")" * 50)


OPERATORS = st.sampled_from(
    [
        "و",
        "NEAR/3",
        "قرب/٢",
        "~2",
        "title:[",
        "title:>=",
        "]",
        "}",
        " TO ",
        "إلى",
        "foo:",
        "”",
        "\u200f",
        "\u202b",
        "\ud800",
        "\u064b",
        "^٢٫٥",
        "1",
        "من",
        "~",
        "~1",
        "?",
        "؟",
        "*ب",
        "(",
        ")",
        '"',
        "«",
        "»",
        "+",
        "-",
        "=",
        "^2",
        "^",
        "*",
        "title:",
        ":",
        "AND",
        "OR",
        "NOT",
        "أو",
        "ليس",
        " ",
        "كتاب",
        "؟",
    ]
)


@given(st.text() | st.lists(OPERATORS, max_size=20).map("".join) | st.lists(OPERATORS, max_size=20).map(" ".join))
@example("\ud800")
@example("\0")
@example("a^99999999999999999999999999999999999999")
def test_any_text_is_a_query_or_a_query_error(query: str) -> None:
    for ask in (lambda text: parse(text, FIELDS), parse_plain):
        error = refusal(lambda ask=ask: rewrite(ask(query)))
        if isinstance(error, QuerySyntaxError):
            assert 0 <= error.start < error.end <= len(query)
            assert error.query == query
        elif error is not None and "its values cannot be compared" not in str(error):
            assert not INVISIBLE.sub("", query).strip(string.whitespace + '"«“„”').strip()


INVISIBLE = re.compile(f"[{BIDI_CONTROLS}]")


def refusal(ask: Callable[[], object]) -> QueryError | None:
    try:
        ask()
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize("query", ["ما هو المبلمر (أو البوليمر)؟", "أو", "سوريا أو", "ليس", "سوريا ليس", "(ليس) سوريا"])
def test_an_arabic_operator_with_nothing_to_join_is_a_word(query: str) -> None:
    parse(query)


@pytest.mark.parametrize("query", ['"', "«", ' " '])
def test_a_query_without_words_says_so(query: str) -> None:
    with pytest.raises(QueryError, match="no word in it"):
        parse(query)


def test_all_words_are_required_if_that_is_asked_for():
    node = parse("وزير في سوريا", every=True)
    assert [word.text for word in node.must] == ["وزير", "سوريا"]
    assert [word.text for word in node.should] == ["في"]


def test_words_between_or_are_required_in_their_own_half_only():
    node = parse("وزير سوريا OR إيران -لبنان", every=True)
    first, second = node.should
    assert [word.text for word in first.must] == ["وزير", "سوريا"]
    assert [word.text for word in second.must] == ["إيران"]
    assert [word.text for word in second.must_not] == ["لبنان"]


def notes(query: str, fields: tuple[str, ...] = FIELDS) -> list[str]:
    found: list[str] = []
    parse(query, fields, found)
    return found


@pytest.mark.parametrize("query", ["foo:a", 'foo:"a b"', "-foo:a", "foo:(a b)", "foo:[a TO b]", "foo:>=3"])
def test_a_field_that_is_not_there_is_text_and_a_note(query: str) -> None:
    assert notes(query) == ["no field 'foo', so taken as words; fields: title, text"]


@pytest.mark.parametrize(
    "query",
    [
        "10:30", "https://sana.sy/a", "٢١:٣٠", "a: b", "ترامب: لن أنسحب", '"foo:a"', "title:a", "mailto:a@b.c", "C:\\a",
        "a::b", ":a", "a:", "doi:10.1/2", "«foo:» a", "1a:2",
    ],
)  # fmt: skip
def test_what_is_no_field_by_its_looks_makes_no_note(query: str) -> None:
    assert notes(query) == []


def test_a_field_with_a_space_behind_its_colon_is_a_word_and_a_note() -> None:
    assert notes("عنوان: سوريا") == ["عنوان: is taken as a word; for the field leave no space: عنوان:…"]
    assert len(notes("title: " * 9)) == 1


def test_few_names_of_fields_are_noted_and_few_fields_named() -> None:
    fields = (*(f"f{i}" for i in range(30)), "text__lemma")
    found = notes("a:1 b:1 c:1 d:1 e:1", fields)
    assert len(found) == 3
    assert found[0].endswith("f11, …")
    assert "__" not in notes("a:1", fields[-3:])[0]


def test_every_arabic_name_means_its_field_if_there_is_one() -> None:
    for name, field in FIELD_NAMES.items():
        for typed in (name, "ال" + name):
            node = parse(f"{typed}:x", (field,))
            assert isinstance(node, Word)
            assert node.field == field
            assert notes(f"{typed}:x", ("body",)), "there is no such field"


def test_a_field_of_that_name_comes_before_what_the_name_means() -> None:
    assert shape(parse("مصدر:x", ("source", "مصدر"))) == "مصدر:x"


def test_a_note_says_that_a_bare_and_was_taken_as_the_operator() -> None:
    assert [note[:16] for note in notes("سوريا و إيران")] == ["و: taken as AND,"]
    assert notes('"سوريا" و "إيران"') == []
    assert notes("العلاقات بين سوريا و إيران") == []


@given(
    st.lists(st.sampled_from(["a", "سوريا", "ما؟", "و", "أو", "3", "!", "ليس", "NEAR", "من", "a_b", "،"]), min_size=1)
)
def test_plain_words_are_read_the_same_way_with_and_without_the_short_cut(words: list[str]) -> None:
    query = " ".join(words)
    parse_module = importlib.import_module("searchkit.query.parse")  # the package has a function of that name
    short = parse_module._SPECIAL
    try:
        shorter = parse(query)
        parse_module._SPECIAL = frozenset(query)
        assert parse(query) == shorter
    except QuerySyntaxError:
        assert "NEAR" in words
    finally:
        parse_module._SPECIAL = short


def test_places_are_those_in_the_query_as_typed() -> None:
    query = "\u200fسوريا\u200f \u202b«قمة طارئة»\u202c"
    assert [query[lexeme.start : lexeme.end] for lexeme in lex(query, FIELDS)] == ["سوريا", "«قمة طارئة»"]
