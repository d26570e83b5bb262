"""Lists of names that say the same, and dates and numbers that can be written in other ways."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.arabic.folding import fold
from searchkit.errors import InputError
from searchkit.query.calendar import CALENDAR
from searchkit.query.compounds import COMPOUNDS
from searchkit.query.equivalents import MAX_NAMES, Equivalents, Found, built_in, find_name, read_equivalents


def others(names: Equivalents, name: str) -> dict[str, tuple[float, bool]] | None:
    words = fold(name).split()
    found = names.find(words)
    if found.others is None:
        return None
    return {other.text: (other.weight, other.exact) for other in found.others} if found.size == len(words) else {}


def test_each_name_of_a_line_finds_the_others() -> None:
    names = Equivalents("الأمم المتحدة, UN،  هيئة الأمم", "list")
    assert others(names, "الأمم المتحدة") == {"UN": (1.0, False), "هيئة الأمم": (1.0, False)}
    assert others(names, "un") == {"الأمم المتحدة": (1.0, False), "هيئة الأمم": (1.0, False)}
    assert others(names, "المتحدة") == {}
    assert len(names) == 3


def test_an_arrow_points_one_way() -> None:
    names = Equivalents("داعش, ISIS => تنظيم الدولة^0.5, =دولة", "list")
    assert others(names, "داعش") == {"تنظيم الدولة": (0.5, False), "دولة": (1.0, True)}
    assert others(names, "isis") == others(names, "داعش")
    assert others(names, "تنظيم الدولة") == {}


def test_an_arrow_to_nothing_switches_other_lists_off() -> None:
    names = Equivalents("عمان =>", "list")
    assert others(names, "عمان") is None
    assert find_name(["عمان"], [names, Equivalents("عمان, Amman", "other")]) == Found(1, ())


def test_remarks_empty_lines_and_spaces_say_nothing() -> None:
    names = Equivalents("# ours\n\n   \n  أ ب ,ج  # remark\n", "list")
    assert names.num_lines == 1
    assert others(names, "ج") == {"أ ب": (1.0, False)}


def test_lines_of_one_name_add_up() -> None:
    names = Equivalents("أ, ب\nأ, ج\nأ => د", "list")
    assert others(names, "أ") == {"ب": (1.0, False), "ج": (1.0, False), "د": (1.0, False)}


def test_the_longest_name_counts() -> None:
    names = Equivalents("روسيا, Russia\nروسيا البيضاء, Belarus", "list")
    found = names.find(fold("روسيا البيضاء اليوم").split())
    assert (found.size, [other.text for other in found.others or ()]) == (2, ["Belarus"])
    found = names.find(fold("روسيا اليوم").split())
    assert (found.size, [other.text for other in found.others or ()]) == (1, ["Russia"])


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("وحيد", "one name alone"),
        ("أ,, ب", "a name is missing"),
        (",", "a name is missing"),
        ("=> ب", "a name is missing"),
        ("أ => ب => ج", "=> stands there twice"),
        ("أ, ب^2", "^2: write a weight above 0 and up to 1"),
        ("أ, ب^0", "write a weight"),
        ("أ, ب^1.2.3", "write a weight"),
        ("أ, ب^x", "no name"),
        ("أ, !!", "!!: no name"),
        ("أ, ب ج د ه و ز ح ط ي", "more than 8 words"),
        (", ".join(f"w{i}" for i in range(MAX_NAMES + 1)), f"more than {MAX_NAMES} names"),
    ],
)
def test_a_line_that_means_nothing_is_named_with_the_remedy(line: str, complaint: str) -> None:
    with pytest.raises(InputError) as error:
        Equivalents(f"أ, ب\n# remark\n{line}\n", "names.txt")
    assert str(error.value).startswith("names.txt: line 3: ")
    assert complaint in str(error.value)
    assert ";" in str(error.value) or ":" in str(error.value)


NAMES = st.lists(st.sampled_from(["أكتوبر", "الأمم المتحدة", "UN", "G 20", "ﺳﻮﺭﻳﺎ", "دارٌ"]), min_size=2, max_size=5)


@given(lines=st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=6))
def test_what_is_loaded_is_what_the_lines_say(lines: list[tuple[list[str], list[str], bool]]) -> None:
    text = "\n".join(", ".join(left) + (" => " + "، ".join(right) if way else "") for left, right, way in lines)
    names = Equivalents(text, "list")
    for name in ["أكتوبر", "الأمم المتحدة", "UN", "G 20", "ﺳﻮﺭﻳﺎ", "دارٌ"]:
        expected = {
            fold(other)
            for left, right, way in lines
            if fold(name) in map(fold, left)
            for other in (right if way else left)
            if fold(other) != fold(name)
        }
        assert {" ".join(fold(other).split()) for other in others(names, name) or {}} == expected


@given(text=st.text(max_size=60))
def test_any_text_is_a_list_or_an_error_with_a_line(text: str) -> None:
    message = "list: line "
    try:
        Equivalents(text, "list")
    except InputError as error:
        message = str(error)
    assert message.startswith("list: line ")


def test_files_that_cannot_be_lists_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    with pytest.raises(InputError, match=r"names\.txt: "):
        read_equivalents(str(path))
    path.write_bytes("أ, ب\n".encode() + "ج, د".encode("cp1256"))
    with pytest.raises(InputError, match="line 2: not UTF-8; save the file as UTF-8"):
        read_equivalents(str(path))
    path.write_bytes(b"a" * (8 << 20) + b"\n")
    with pytest.raises(InputError, match="more than 8 MB"):
        read_equivalents(str(path))
    path.write_bytes("\ufeffأ, ب\r\nج, د\r\n".encode())
    assert others(read_equivalents(str(path)), "د") == {"ج": (1.0, False)}


def test_what_is_built_in_can_be_read() -> None:
    names = built_in()
    assert others(names, "الأمم المتحدة")
    assert "سوريا" in (others(names, "Syria") or {})
    for name in names._keys:
        names.find(name.split())


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("أكتوبر", "تشرين الأول"),
        ("تشرين الأول", "أكتوبر"),
        ("November", "نوفمبر"),
        ("2254", "ألفان ومئتان وأربعة وخمسون"),
        ("ألفان ومئتان وأربعة وخمسون", "2254"),
        ("30 نوفمبر", "30 تشرين الثاني"),
    ],
)
def test_dates_and_numbers_have_other_ways_to_be_written(name: str, other: str) -> None:
    words = fold(name).split()
    found = CALENDAR.find(words)
    assert found.size == len(words)
    assert other in [known.text for known in found.others or ()]


def test_of_a_longer_date_the_name_of_the_month_counts() -> None:
    assert CALENDAR.find(fold("30 تشرين الثاني 2024").split()).size == 0
    assert CALENDAR.find(fold("تشرين الثاني 2024").split()).size == 2


def test_only_numbers_are_taken_as_they_are_spelt() -> None:
    assert {other.exact for other in CALENDAR.find(["2254"]).others or ()} == {True}
    assert {other.exact for other in CALENDAR.find([fold("أكتوبر")]).others or ()} == {False}


@pytest.mark.parametrize("word", ["سوريا", "وزير", "كتاب", "syria"])
def test_other_words_begin_no_date(word: str) -> None:
    assert CALENDAR.longest(fold(word)) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("عبد العزيز", "عبدالعزيز"),
        ("عبد الله", "عبدالله"),
        ("أبو بكر", "أبوبكر"),
        ("نصر الله", "نصرالله"),
        ("صلاح الدين", "صلاحالدين"),
    ],
)
def test_names_of_two_words_are_parted_and_joined(one: str, other: str) -> None:
    words, joined = tuple(fold(one).split()), fold(other)
    assert COMPOUNDS.longest(words[0]) == 2
    assert COMPOUNDS.longest(joined) == 1
    assert [way.words for way in COMPOUNDS.find(words).others or ()] == [(joined,)]
    assert [way.words for way in COMPOUNDS.find((joined,)).others or ()] == [words]


@pytest.mark.parametrize("text", ["أبواب", "عبد", "عبدة", "والدين", "خالدين", "نور الشريف", "عبد حر", "بالله", "الله"])
def test_other_words_are_no_names_of_two(text: str) -> None:
    assert COMPOUNDS.find(tuple(fold(text).split())) == Found(0, ())


@pytest.mark.parametrize(
    ("number", "spelt"),
    [
        ("٣٠٠", ["ثلاثمئة"]),
        ("1436", ["ألف", "وأربعمئة", "وستة", "وثلاثين"]),
        ("11", ["أحد", "عشر"]),
        ("٤٠٠٠", ["أربعة", "آلاف"]),
    ],
)
def test_numbers_are_named_as_people_write_them(number: str, spelt: list[str]) -> None:
    found = CALENDAR.find(tuple(fold(number).split()))
    texts = [other.text for other in found.others or ()]
    assert any(all(word in text.split() for word in spelt) for text in texts), texts


def test_march_and_august_are_months_in_any_language() -> None:
    for name, month in (("August", "أغسطس"), ("March", "مارس"), ("أوت", "أغسطس")):
        assert month in [other.text for other in CALENDAR.find((fold(name),)).others or ()]


def test_what_is_known_of_the_built_in_list_is_what_loading_it_finds_out() -> None:
    from searchkit.query import equivalents

    loaded = equivalents.read_equivalents(equivalents._BUILT_IN).names()
    kept = equivalents.built_in().names()
    assert json.loads(json.dumps(loaded)) == list(kept), "run: python -m searchkit.query.equivalents"
