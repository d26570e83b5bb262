import os
from array import array
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import _core
from searchkit._core import lexicon as core
from searchkit.arabic import morphology
from searchkit.arabic.morphology import analyze, open_lexicon, read_lexicon

PATH = Path(morphology.__file__).parent / "data" / "lexicon.bin"
SOURCE = Path(_core.__file__).parent / "lexicon.py"
LETTERS = st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهويء")
COMMON = st.sampled_from("المويتنبلهكرسفع")
WORDS = st.text(LETTERS, max_size=14) | st.text(COMMON, max_size=9)


def interpreted() -> ModuleType:
    loader = SourceFileLoader("interpreted_lexicon", str(SOURCE))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


@given(WORDS | st.text(max_size=60))
def test_compiled_and_interpreted_lexicon_agree(word: str) -> None:
    if not _core.COMPILED:
        pytest.skip("the core is not compiled: there is nothing to compare")
    assert open_lexicon().analyze(word, 56, 192) == SLOW.analyze(word, 56, 192)


SLOW = interpreted().Lexicon(memoryview(PATH.read_bytes()))


@given(WORDS | st.text(max_size=60))
def test_every_word_has_a_lemma_and_a_split(word: str) -> None:
    analysis = analyze(word)
    assert analysis.lemmas
    assert len(set(analysis.lemmas)) == len(analysis.lemmas) <= 2
    assert analysis.prefix + analysis.stem + analysis.suffix == word
    assert all(analysis.lemmas) or not word


@given(st.text(LETTERS, max_size=20))
def test_hashes_of_stems_fit_64_bits(stem: str) -> None:
    assert 0 <= core.stem_hash(stem) < 1 << 64
    assert core.stem_hash(stem) == interpreted_hash(stem)


interpreted_hash = interpreted().stem_hash


@pytest.mark.parametrize(
    "word", ["", "ا", "و" * 49, "و" * 100_000, "\ud800", "\U0001f600كتاب", "كتاب\U0010ffff", "abc"]
)
def test_no_word_is_too_odd(word: str) -> None:
    assert analyze(word).lemmas == (word,)


def test_the_lexicon_is_small() -> None:
    assert os.path.getsize(PATH) < 4_500_000


def test_a_file_that_is_no_lexicon_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.bin"
    path.write_bytes(array("I", [1, 2, 3]).tobytes())
    with pytest.raises(RuntimeError, match=r"not a lexicon of format \d+; reinstall searchkit"):
        read_lexicon(str(path))


def test_another_format_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.bin"
    path.write_bytes(array("I", [core.MAGIC, core.FORMAT + 1, 0]).tobytes())
    with pytest.raises(RuntimeError, match="reinstall"):
        read_lexicon(str(path))
