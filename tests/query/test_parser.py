"""Query text to nodes, and what is said of a text that does not parse."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searchkit._core.expand import Pattern, cost
from searchkit.config import MAX_QUERY
from searchkit.errors import QueryError, QuerySyntaxError
from searchkit.query import Group, GroupClause, Node, Phrase, TermPattern, Word, WordClause, parse, parse_plain, rewrite

FIELDS = ("title", "text")


def shape(node: Node) -> object:
    """A node without its places: words as written, groups as (must, should, must not)."""
    if isinstance(node, Group):
        return tuple([shape(child) for child in part] for part in node)
    signs = "" if node.field is None else f"{node.field}:"
    if isinstance(node, Phrase):
        return f'{signs}"{node.text}"' + (f"^{node.boost:g}" if node.boost != 1 else "")
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
        elif error is not None:
            assert not query.strip(string.whitespace + '"«“„').strip()


def refusal(ask: Callable[[], object]) -> QueryError | None:
    try:
        ask()
    except QueryError as error:
        return error
    return None


@pytest.mark.parametrize("query", ["؟", '"؟!"', "+؟", "(؟ ،)", "؟ OR …"])
def test_a_query_without_words_asks_for_nothing(query: str) -> None:
    assert rewrite(parse(query)) == GroupClause()


def patterns(query: str) -> list[str]:
    clause = rewrite(parse(query, FIELDS))
    clauses = clause.should if isinstance(clause, GroupClause) else (clause,)
    return [c.text if isinstance(c, WordClause) and c.expanded else f"({c.text})" for c in clauses]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("كُتُب*", ["كتب*"]),
        ("أ*ة", ["ا*ه"]),
        ("*كتابةٌ", ["*كتابه"]),
        ("كت؟ب", ["كت?ب"]),
        ("كت??ب*", ["كت??ب*"]),
        ("ABC*", ["abc*"]),
        ("كوفيد-1*", ["(كوفيد)", "1*"]),
        ("*كوفيد-19", ["*كوفيد", "(19)"]),
        ("(a*) «x» a*.b", ["a*", "(x)", "a*", "(b)"]),
        ("كتـ*", ["كت*"]),
        ("*-a", ["(a)"]),
    ],
)
def test_the_letters_of_a_pattern_are_folded(query: str, expected: list[str]) -> None:
    assert patterns(query) == expected


PATTERN_TEXTS = st.text(st.sampled_from("اب**?"), min_size=1, max_size=7)


@given(PATTERN_TEXTS, st.text(st.sampled_from("ابت."), max_size=8))
def test_a_pattern_means_the_same_words_here_and_in_the_index(text: str, word: str) -> None:
    expected = cost(Pattern(text, wildcards=True), word) == 0
    assert TermPattern(text).matches(word) == expected
    assert TermPattern("ابتا", 2).matches(word) == (cost(Pattern("ابتا", edits=2), word) >= 0)


def test_many_stars_take_no_time() -> None:
    assert not TermPattern("*ا" * 25 + "*ج").matches("ا" * 5000 + "ب")


def test_a_word_that_may_differ_is_the_word_and_its_neighbours() -> None:
    clause = rewrite(parse("أستانة~", FIELDS))
    assert isinstance(clause, WordClause)
    assert [(term.field, term.kind, term.texts) for term in clause.terms] == [
        ("title", "surface", ("استانه",)),
        ("text", "surface", ("استانه",)),
        ("title", "fuzzy", ("استانه~2",)),
        ("text", "fuzzy", ("استانه~2",)),
    ]
    shorter = rewrite(parse("title:كتاب~", FIELDS))
    assert isinstance(shorter, WordClause)
    assert shorter.terms[-1].texts == ("كتاب~1",)


def test_a_word_of_several_words_is_several_words() -> None:
    clause = rewrite(Word("كوفيد-19"))
    assert isinstance(clause, GroupClause)
    assert len(clause.should) == 2


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
