"""The analysis inside a schema of Whoosh's."""

import copy
import pickle
from pathlib import Path

import pytest

import searchkit
from searchkit.analysis import LEVELS, evidence, level_field, tokenize

TEXT = "قالت أستانا: «وَالكِتَابُ» ٢٠٢٤"


@pytest.mark.parametrize("level", LEVELS)
def test_yields_the_terms_of_its_level_where_they_stand(level: str) -> None:
    analyzer = searchkit.ArabicAnalyzer(level)
    found = [
        (token.text, token.original, token.pos, token.startchar, token.endchar)
        for token in analyzer(TEXT, positions=True, chars=True, keeporiginal=True, start_pos=10, start_char=100)
    ]
    assert found == [
        (term, TEXT[token.start : token.end], 10 + token.position, 100 + token.start, 100 + token.end)
        for token in tokenize(TEXT)
        for term in evidence(token.surface).terms(token.surface, level)
    ]


def test_a_value_that_is_not_to_be_cut_is_one_token() -> None:
    (token,) = searchkit.ArabicAnalyzer()("a b", tokenize=False, keeporiginal=True)
    assert (token.text, token.endchar) == ("a b", 3)


def test_can_be_pickled_copied_and_compared() -> None:
    analyzer = searchkit.ArabicAnalyzer("root")
    for other in (pickle.loads(pickle.dumps(analyzer)), copy.copy(analyzer)):
        assert other == analyzer
        assert hash(other) == hash(analyzer)
    assert analyzer != searchkit.ArabicAnalyzer("lemma")
    assert repr(analyzer) == "ArabicAnalyzer(level='root')"


def test_an_unknown_level_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="level must be one of surface, lemma, root, name, got 'stem'"):
        searchkit.ArabicAnalyzer("stem")


def test_works_in_a_schema_of_whoosh(tmp_path: Path) -> None:
    fields = pytest.importorskip("whoosh.fields", exc_type=ImportError)
    from whoosh import highlight, index, qparser

    schema = fields.Schema(text=fields.TEXT(analyzer=searchkit.ArabicAnalyzer("surface"), stored=True, chars=True))
    made = index.create_in(str(tmp_path), schema)
    with made.writer() as writer:
        writer.add_document(text=TEXT)
        writer.add_document(text="غيره")
    with made.searcher() as searcher:
        (hit,) = searcher.search(qparser.QueryParser("text", schema).parse('"قالت استانا"'))
        assert hit["text"] == TEXT
        assert hit.highlights("text", top=1) or highlight
    made.close()


def test_fields_of_levels_have_names_of_their_own() -> None:
    names = [level_field("text", level) for level in LEVELS]
    assert names[0] == "text"
    assert len(set(names)) == len(LEVELS)


def test_tokens_are_public() -> None:
    assert searchkit.tokenize("سُوريا 3.5") == [
        searchkit.Token("سوريا", 0, 6, 0),
        searchkit.Token("3.5", 7, 10, 1),
    ]
