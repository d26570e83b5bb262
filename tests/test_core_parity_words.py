"""What compiled and interpreted kernels tell of a word is the same."""

from __future__ import annotations

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
from searchkit._core import evidence, lexicon, skeleton
from searchkit._core.buffers import uint32s
from searchkit.analysis.evidence import _rules, analyze_word
from searchkit.arabic import folding, morphology, names

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


SOURCES = {module: interpreted(module) for module in (evidence, lexicon, skeleton)}


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


@given(words=st.lists(AFFIXED | NAMES | st.sampled_from(["سوريا", "في", "روسيا", "ما"]), max_size=9))
def test_evidence(lexicons: list[Any], words: list[str]) -> None:
    size, levels = len(words), []
    for module in (evidence, SOURCES[evidence]):
        rules = _rules()
        if module is not evidence:
            rules = rules._replace(lexicon=lexicons[1])
        known = ((rules.lexicon.sizes()[0], names.countries()), (rules.lexicon.sizes()[1],), (0,))
        found = [module.Level(uint32s(size + 1), uint32s(2 * size), *of_level) for of_level in known]
        chosen = array("q", bytes(8 * lexicon.CHOSEN * size))
        scanner = folding.new_cutter()
        for word in words:
            scanner.number(word)
        numbers_of = [scanner.number(word) for word in words]
        every = array("q", bytes(8 * lexicon.CHOSEN * scanner.num_types))
        rules.lexicon.choose_all(*scanner.spellings(), 0, scanner.num_types, rules.margin, rules.plural_margin, every)
        for i, number in enumerate(numbers_of):
            at = lexicon.CHOSEN * number
            chosen[lexicon.CHOSEN * i : lexicon.CHOSEN * (i + 1)] = every[at : at + lexicon.CHOSEN]
        module.number_evidence(words, chosen, rules, *found)
        levels.append([(level.starts, level.numbers, level.numbering) for level in found])
    assert levels[0] == levels[1]
    for i, word in enumerate(words):
        alone = analyze_word(word)
        expected = alone.lemmas, (alone.root,) if alone.root else (), alone.names
        for (starts, numbers, numbering), terms_of_level in zip(levels[0], expected, strict=True):
            terms_of_word = [list(numbering)[number] for number in numbers[starts[i] : starts[i + 1]]]
            assert terms_of_word == list(terms_of_level)
