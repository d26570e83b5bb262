"""Function words with their clitics."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic import function_words
from searchkit.arabic.folding import fold
from searchkit.arabic.function_words import is_function_word

DATA = os.path.join(os.path.dirname(function_words.__file__), "data", "function_words.txt")


@pytest.mark.parametrize(
    "words",
    [
        "في من إلى على عن مع حتى منذ لدى بين تحت بدون",
        "وفي بها لهم منها عليهم فيما مما بما كما لديه وبه فله ولنا",
        "هو وهي هذا بهذا لهذه كهذا وبهؤلاء ذلك كذلك لذلك الذي للذين والتي بالتي",
        "أن بأن وأنه لأنها ولأنني لكنهم كأنه إنني وإن لعل",
        "كان وكانت فكانوا يكون سيكون وستكون ليكون لتكن ليس وليست مازال يزال",
        "لا لم لن قد لقد فقد سوف إلا إنما كل وكل بكل لبعضهم كلهم بعضها بغيرها نفسه",
        "أيضا أيضاً أبداً جدا فقط وأيضا بينما عندما وعندما ربما هناك وهنا حيث",
        "مَنْ إِلَى لَــهُمْ",
        "شو ليش وين ايش ازاي فين علشان عايز بدي ليه ماهو ماهي اللي",
    ],
)
def test_function_words_are_known_with_their_clitics(words: str) -> None:
    assert [word for word in words.split() if not is_function_word(fold(word))] == []


@pytest.mark.parametrize(
    "words",
    [
        "كتاب سوريا مدينة رئيس حكومة قال يوم وزير",
        "فهم فلم فلك ولي فلكي ولاية آية ساكن قبلة عبرة غيرة نحوي نفسي مثلي كلية",
        "فيلي وليه أمتي أنهى منهي فرح تبع حدا هاد كمان",
        "العلي المن الكلية الآن2 2254 of",
        "",
    ],
)
def test_content_words_are_not_taken_for_function_words(words: str) -> None:
    assert [word for word in [*words.split(), ""] if is_function_word(fold(word))] == []


def test_the_words_of_the_file_are_folded_as_text_is() -> None:
    with open(DATA, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    missing = [word for word, name in rows if name not in ("bound", "never") and not is_function_word(fold(word))]
    never = [word for word, name in rows if name == "never" and is_function_word(fold(word))]
    assert missing == never == []


def test_the_file_names_each_word_once_in_a_class() -> None:
    with open(DATA, encoding="utf-8") as file:
        rows = [line for line in file if not line.startswith("#")]
    assert len(set(rows)) == len(rows)


@given(st.text(max_size=10))
def test_any_string_is_accepted(word: str) -> None:
    assert isinstance(is_function_word(word), bool)


def test_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; from searchkit.arabic import function_words, names\n"
        "function_words.is_function_word('x'); names.is_country('x')\n"
        "heavy = {'dataclasses', 'pathlib', 'logging', 'inspect', 'numpy', 'whoosh'}\n"
        "print(*sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
