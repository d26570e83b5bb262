"""What compiled and interpreted kernels tell of a word is the same."""

from __future__ import annotations

import sys
from array import array
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import _core
from searchkit._core import actions as act
from searchkit._core import evidence, lexicon, scan, skeleton, tables
from searchkit._core.buffers import uint32s
from searchkit.analysis.evidence import _rules, analyze_word
from searchkit.arabic import folding, morphology, names
from searchkit.arabic.function_words import function_words

if not _core.COMPILED:
    pytest.skip("the core is not compiled: there is nothing to compare", allow_module_level=True)

CORE = Path(__file__).parents[1] / "searchkit" / "_core"
LETTERS = names._letters()


def interpreted(module: ModuleType) -> ModuleType:
    """The same module again, from its source."""
    name = module.__name__.rpartition(".")[2]
    loader = SourceFileLoader(f"interpreted_{name}", str(CORE / f"{name}.py"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    again = module_from_spec(spec)
    loader.exec_module(again)
    return again


SOURCES = {module: interpreted(module) for module in (evidence, lexicon, scan, skeleton)}
with pytest.MonkeyPatch.context() as patch:  # its base class from its source, too
    patch.setitem(sys.modules, scan.__name__, SOURCES[scan])
    SOURCES[tables] = interpreted(tables)
COMPILED = {module: module for module in SOURCES}


AFFIXED = st.tuples(
    st.sampled_from(["", "و", "ال", "وال", "بال", "لل", "سي", "ف", "ولل"]),
    st.sampled_from(["كتاب", "كتب", "مدرسه", "ارهابي", "وزير", "قال", "رجال", "قواعد", "استانا", "x", "ء"]),
    st.sampled_from(["", "ه", "ها", "ين", "ون", "ات", "هم", "نا", "ان", "وا"]),
).map("".join)


@pytest.fixture(scope="module")
def lexicons() -> list[Any]:
    with open(morphology._PATH, "rb") as file:
        data = memoryview(file.read())
    return [lexicon.Lexicon(data), SOURCES[lexicon].Lexicon(data)]


@given(word=st.text(max_size=60) | st.text(st.sampled_from("ابتثوينمهلسكء"), max_size=60) | AFFIXED)
def test_lexicon(lexicons: list[Any], word: str) -> None:
    compiled, source = (own.analyze(word, 48, 176) for own in lexicons)
    assert compiled == source
    assert lexicon.stem_hash(word) == SOURCES[lexicon].stem_hash(word)


NAMES = st.text(st.sampled_from("ابتثجدذرزسشصطغفقكلمنهويءحعa"), max_size=9)


@given(NAMES | st.text(max_size=45))
def test_name_keys(word: str) -> None:
    assert skeleton.Skeletons(LETTERS).key(word) == SOURCES[skeleton].Skeletons(LETTERS).key(word)


@given(words=st.lists(AFFIXED | NAMES | st.sampled_from(["سوريا", "في", "روسيا", "ما"]), max_size=9, unique=True))
def test_evidence(lexicons: list[Any], words: list[str]) -> None:
    levels: list[list[tuple[str, ...]]] = []
    for own, known in zip((COMPILED, SOURCES), lexicons, strict=True):

        def table(of: Any = (), own: dict[ModuleType, ModuleType] = own) -> Any:
            made = own[tables].WordTable(uint32s(act.TABLE_SIZE), folding.classify, folding._EXPANSIONS)
            for word in of:
                made.number(word)
            return made

        rules = _rules()._replace(lexicon=known, skeletons=own[skeleton].Skeletons(LETTERS))
        size, lands = len(words), sorted(names.countries())
        entries, roots = known.sizes()
        found = [
            own[evidence].Level(of_level, size, num_known)
            for of_level, num_known in ((table(lands), entries), (table(), roots), (table(), 0))
        ]
        chosen, words_of = array("q", bytes(8 * lexicon.CHOSEN * size)), table(words)
        known.choose_all(*words_of.spellings(), 0, size, rules.margin, rules.plural_margin, chosen)
        own[evidence].number_evidence(words_of, 0, size, chosen, rules, table(lands), table(function_words()), *found)
        levels.append([])
        for level in found:
            starts = [0, *level.ends]
            for i in range(size):
                terms = level.numbers[starts[i] : starts[i + 1]]
                levels[-1].append(tuple(level.table.word(number) for number in terms))
    assert levels[0] == levels[1]
    alone = [analyze_word(word) for word in words]
    assert levels[0] == [
        *(one.lemmas for one in alone),
        *((one.root,) if one.root else () for one in alone),
        *(one.names for one in alone),
    ]
