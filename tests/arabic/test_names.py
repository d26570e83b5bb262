"""The name key and the list of countries."""

import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic.folding import fold
from searchkit.arabic.names import MAX_LENGTH, is_country, name_key


def key(word: str) -> str:
    return name_key(fold(word))


@pytest.mark.parametrize(
    "spellings",
    [
        "سوريا سورية سوريه",
        "أستانا أستانة آستانا استانه",
        "غراسيموف جراسيموف جيراسيموف قراسيموف گراسيموف",
        "لاڤروف لافروف",
        "تلغرام تيليغرام تيليجرام تليقرام",
        "ترامب ترمب",
        "غوغل جوجل قوقل",
        "بريطانيا بريتانيا بريطانية",
        "تشايكوفسكي تشيكوفسكي",
        "شتاينماير ستاينماير شتينماير",
        "مانشستر مانشيستر",
        "ثيودور تيودور",
        "جوزيف جوسيف",
        "هوليود هوليوود",
        "فيلهلم ويلهلم",
        "كوليدج كوليج",
        "نورنبرغ نورمبرغ نورمبيرج",
        "بيكهام بيكام",
        "نيكاراغوا نيكاراجوا",
        "أوروغواي أورغواي",
        "إنجلترا إنكلترا انكلتره",
        "إنكليزي إنجليزي",
        "داوود داود",
        "صنعاء صنعا",
    ],
)
def test_spellings_of_one_name_meet(spellings: str) -> None:
    keys = {key(word) for word in spellings.split()}
    assert len(keys) == 1
    assert keys != {""}


@pytest.mark.parametrize(
    "words",
    [
        "غينيا غانا غيانا كينيا كندا",
        "النيجر نيجيريا",
        "محمد محمود حامد حميد أحمد",
        "سعود سعيد سعد ساعد",
        "لندن لبنان",
        "كارل جارل",
        "ماريا ماريو",
        "روما رامي ريم",
        "قلب كلب",
        "شمس سمس",
        "عالم علم عليم",
        "ميلان مولان",
        "كابرال جبريل",
        "كراكاس جرجس",
    ],
)
def test_different_words_stay_apart(words: str) -> None:
    assert len({key(word) for word in words.split()}) == len(words.split())


@pytest.mark.parametrize(
    "word",
    ["", "في", "23", "covid", "سارس2", "الـ23", "اتا", "ءءء", "ككك", "م" * (MAX_LENGTH + 1), "\ud800" * 4],
)
def test_no_key_where_none_makes_sense(word: str) -> None:
    assert name_key(word) == ""


@given(st.text(alphabet="ءابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=MAX_LENGTH + 2))
def test_any_arabic_string_has_a_key_or_none(word: str) -> None:
    assert len(name_key(word)) <= len(word) + 2


@given(st.text(max_size=12))
def test_any_string_is_accepted(word: str) -> None:
    name_key(word)
    is_country(word)


@given(st.text(alphabet="بجدركلمنفسشتغقوياطزثه", min_size=4, max_size=12))
def test_a_long_vowel_inside_a_long_skeleton_does_not_matter(word: str) -> None:
    framed = "ب" + word + "ربلم"
    assert name_key(framed + "ان") == name_key(framed + "ن")


@pytest.mark.parametrize(
    "word", ["سوريا", "سورية", "روسيا", "كندا", "كنده", "مصر", "أميركا", "بريطانيا", "عُمان", "المانيا"]
)
def test_countries_are_known_in_both_spellings_of_the_ending(word: str) -> None:
    assert is_country(fold(word))


@pytest.mark.parametrize("word", ["جزر", "سوري", "قمر", "كتاب", "", "الصين", "#", "متحده"])
def test_common_words_of_country_names_and_articles_are_no_countries(word: str) -> None:
    assert not is_country(word)


@pytest.mark.data
@pytest.mark.skipif("SEARCHKIT_DATA" not in os.environ, reason="SEARCHKIT_DATA is not set")
def test_most_attested_pairs_of_spellings_meet_in_both_halves() -> None:
    met = {0: 0, 1: 0}
    total = {0: 0, 1: 0}
    with open(os.path.join(os.environ["SEARCHKIT_DATA"], "variants", "names.tsv"), encoding="utf-8") as rows:
        next(rows)
        for row in rows:
            english, first, second, _, freq_first, freq_second = row.rstrip("\n").split("\t")
            if int(freq_first) >= 3 and int(freq_second) >= 3:
                half = zlib.crc32(english.encode()) & 1
                total[half] += 1
                met[half] += key(first) == key(second) != ""
    assert met[0] / total[0] >= 0.80
    assert met[1] / total[1] >= 0.80
