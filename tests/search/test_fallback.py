"""Words of a query that no document has."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import searchkit
import searchkit.errors

TEXTS = {
    "mukhtar": "عمر المختار قائد ليبي",
    "moon": "جزر القمر دولة في المحيط",
    "descartes": "ديكارت فيلسوف فرنسي",
    "portugal": "البرتغال بلد في أوروبا",
    "jundah": "جندح اسم مكان",
    "year": "حدث في عام 1948",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder: Path = tmp_path_factory.mktemp("mend")
    with searchkit.create(str(folder)) as writer:
        for key, text in TEXTS.items():
            writer.add(id=key, text=text)
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "document", "searched"),
    [
        ("عمرالمُختار", "mukhtar", "عمر المختار"),
        ("أين جزرالقمر", "moon", "جزر القمر"),
        ("دي كارت", "descartes", "ديكارت"),
        ("الرتغال", "portugal", "البرتغال"),
        ("لجندح", "jundah", "جندح"),
        ("text:لجندح^2", "jundah", "جندح"),
    ],
)
def test_a_word_in_no_document_is_replaced_by_what_it_must_mean(
    index: searchkit.Index, query: str, document: str, searched: str
) -> None:
    found = index.search(query)
    assert [hit.id for hit in found][:1] == [document]
    assert any(searched in note for note in found.notes)
    assert found[0].explain().share == pytest.approx(found[0].score, abs=1e-4)


@pytest.mark.parametrize("query", ["=الرتغال", '"الرتغال"', "1949", "portugl", "زرافة", "ماهو"])
def test_what_was_meant_exactly_or_resembles_nothing_stays_as_it_is(index: searchkit.Index, query: str) -> None:
    found = index.search(query)
    assert not list(found)
    assert not any("searched" in note for note in found.notes)


def test_a_word_in_place_of_another_weighs_as_that_did_and_a_guess_less(index: searchkit.Index) -> None:
    asked, found = index.search("text:لجندح^2"), index.search("text:جندح^2")
    assert asked[0].score == found[0].score
    assert index.search("الرتغال")[0].score < index.search("البرتغال")[0].score


def test_words_that_are_found_stay_as_they_are(index: searchkit.Index) -> None:
    assert not index.search("جزر القمر دولة").notes


def test_the_rest_of_the_query_counts_as_before(index: searchkit.Index) -> None:
    assert {hit.id for hit in index.search("فيلسوف الرتغال")} == {"portugal", "descartes"}


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder: Path = tmp_path_factory.mktemp("named")
    with searchkit.create(str(folder)) as writer:
        for i in range(60):
            writer.add(id=f"p{i}", text="برلمان سوريا في دمشق")
        writer.add(id="visit", title="زيارة", text="وصل لافروف إلى سوريا")
        writer.add(id="search", text="search engine")
        writer.add(id="rare", text="برلمتن Syria")
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "document", "word", "instead"),
    [
        ("ghtv,t", "visit", "ghtv,t", "لافروف (other keyboard layout)"),
        ("سثشقؤا", "search", "سثشقؤا", "search (other keyboard layout)"),
        ("Lafrov", "visit", "Lafrov", "لافروف (Latin letters)"),
        ("text:Lafrov^2", "visit", "Lafrov", "لافروف (Latin letters)"),
        ("+Lafrov +souria", "visit", "Lafrov", "لافروف (Latin letters)"),
        ("dimash8", "p0", "dimash8", "دمشق (Latin letters)"),
        ("دمشثق", "p0", "دمشثق", "دمشق (spelling)"),
        ("دمشقسوريا", "p0", "دمشقسوريا", "دمشق سوريا (two words)"),
    ],
)
def test_each_word_step_says_what_was_searched_and_how_to_prevent_it(
    named: searchkit.Index, query: str, document: str, word: str, instead: str
) -> None:
    found = named.search(query)
    assert found[0].id == document
    assert f"{word}: in no document; searched instead for {instead}; use ={word} for exactly this" in found.notes
    assert not named.search(query, fallback=False).notes
    account = named.explain(query, document)
    assert account is not None
    assert account.rank == 1


OFF = "use --no-fallback (fallback=False) for exactly this"


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ('"لافروف وصل"', '"لافروف وصل": no hits; searched instead for لافروف وصل without quotes'),
        ("دمشق NEAR/5 لافروف", "دمشق NEAR/5 لافروف: no hits; searched instead for دمشق لافروف, near each other or not"),
        ("+لافروف +دمشق", "دمشق: no hits with it; left out"),
        ("لافروف +زرافة", "زرافة: no hits with it; left out"),
        ("+لافروف +زرافة", "زرافة: no hits with it; left out"),
    ],
)
def test_each_query_step_says_what_was_left_out_and_how_to_prevent_it(
    named: searchkit.Index, query: str, note: str
) -> None:
    found = named.search(query)
    assert found[0].id == "visit"
    assert found.notes == [f"{note}; {OFF}"]
    assert not named.search(query, fallback=False).total
    account = named.explain(query, "visit")
    assert account is not None
    assert account.rank == 1


@pytest.mark.parametrize("query", ["=Lafrov", "=ghtv,t", "Lavr*", "لافروفف~1", "+=دمشق +=لافروف", "-Lafrov +زرافة"])
def test_what_was_asked_for_exactly_is_searched_exactly(named: searchkit.Index, query: str) -> None:
    assert not [note for note in named.search(query).notes if not note.endswith(": in no document")]


@pytest.mark.parametrize("options", [{"level": "surface"}, {"fold": {"hamza": False}}, {"fallback": False}])
def test_options_that_ask_for_the_word_itself_turn_it_off(named: searchkit.Index, options: dict[str, object]) -> None:
    found = named.search("Lafrov", **options)  # type: ignore[arg-type]
    assert (found.total, [note for note in found.notes if "instead" in note]) == (0, [])


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("زرافة", ["زرافة: in no document"]),
        ("=Lafrov", ["Lafrov: in no document"]),
        ("xyzzyq ضغغغغض", ["xyzzyq: in no document", "ضغغغغض: in no document"]),
        ("table", ["table: in no document"]),  # not طبل: nobody means an Arabic name by an English word
    ],
)
def test_what_finds_nothing_says_what_is_nowhere(named: searchkit.Index, query: str, notes: list[str]) -> None:
    found = named.search(query)
    assert (found.total, found.notes) == (0, notes)


def test_a_rare_word_stays_first_beside_what_was_probably_meant(named: searchkit.Index) -> None:
    found = named.search("برلمتن", limit=100)
    assert found[0].id == "rare"
    assert found.total == 61
    assert found.notes == ["برلمتن: rare; searched as well for برلمان; use =برلمتن for exactly this"]
    assert named.search("Syria")[0].id == "rare"


@pytest.mark.parametrize("count", [4, 20])
def test_what_is_there_in_latin_letters_once_is_searched_in_arabic_too_if_that_is_usual(
    tmp_path: Path, count: int
) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for i in range(60):
            writer.add(id=f"{i}", text="مسرحية شكسبير" if i < count else "مسرحية أخرى")
        writer.add(id="latin", text="فيلم Shakespeare in Love")
    found = searchkit.open(str(tmp_path)).search("Shakespeare", limit=100)
    note = "Shakespeare: rare; searched as well for شكسبير; use =Shakespeare for exactly this"
    assert found[0].id == "latin"
    assert (found.total, found.notes) == ((21, [note]) if count == 20 else (1, []))


def test_copies_can_be_left_out_of_what_was_searched_instead(named: searchkit.Index) -> None:
    found = named.search("fvglhk", collapse=True)
    assert len(found) == 1
    assert found[0].copies > 0


@given(st.text(max_size=30), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_text_is_searched_and_notes_are_single_lines(named: searchkit.Index, text: str, plain: bool) -> None:
    try:
        found = named.search(text, plain=plain)
    except searchkit.errors.QueryError:
        return
    assert all(note.isprintable() for note in found.notes)
    assert found.total >= named.search(text, plain=plain, fallback=False).total
    for hit in found:
        hit.explain()
        assert hit.snippet is not None


def test_a_query_that_finds_its_words_imports_nothing_of_this(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="1", text="سوريا لافروف")
    code = (
        "import sys, searchkit; index = searchkit.open(sys.argv[1]); index.search('سوريا');"
        "names = ('fallback', 'retype', 'respell', 'suggest', 'written');"
        "print([name for name in names if 'searchkit.search.' + name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder: Path = tmp_path_factory.mktemp("spoken")
    texts = {
        "hezbollah": "قال حزب الله إن", "davut": "زار أحمد داود أوغلو برلين", "umayyads": "سقوط الدولة الأموية",
        "god": "الله الله الله", "sina": "كتب ابن سينا في الطب", "year": "سنة أخرى", "madrid": "فاز ريال مدريد",
        "aqsa": "باحات الأقصى", "kafa": "يكفي هذا", "kulthum": "غنت أم كلثوم", "real": "Real estate",
        "sisi": "الرئيس عبد الفتاح السيسي", "conquest": "فتح مكة فتح فتح", "faris": "عبد فارس",
    }  # fmt: skip
    with searchkit.create(str(folder)) as writer:
        for key, text in texts.items():
            writer.add(id=key, text=text)
        for i in range(60):
            writer.add(id=f"y{i}", text="سنة عام الله ريال مدريد" if i % 2 else "سنة قرن")
        for i in range(30):
            writer.add(id=f"u{i}", text="خلفاء الدولة الأموية في دمشق")
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "document", "searched"),
    [
        ("7ezbollah", "hezbollah", "حزب الله"),
        ("Abdel Fattah El Sisi", "sisi", "الفتاح"),
        ("Davutoglu", "davut", "داود أوغلو"),
        ("ibn sina", "sina", "سينا"),  # not سنة, which is in more documents, but never beside ابن
        ("الولة الأموية", "umayyads", "الدولة"),  # not الله, which is in more documents
        ("الاقصا", "aqsa", "الأقصى"),
        ("فسيكفيكهم", "kafa", "فسيكفيك"),
        ("أمكلثوم", "kulthum", "أم كلثوم"),
    ],
)
def test_what_was_meant_is_told_by_what_stands_side_by_side(
    spoken: searchkit.Index, query: str, document: str, searched: str
) -> None:
    found = spoken.search(query)
    assert found[0].id == document
    assert any(searched in note for note in found.notes)
    assert found[0].explain().share == pytest.approx(found[0].score, abs=1e-4)


def test_an_english_word_is_a_name_only_beside_another_of_the_same_name(spoken: searchkit.Index) -> None:
    assert [hit.id for hit in spoken.search("real estate")] == ["real"]
    found = spoken.search("real madrid", limit=100)
    assert found.total > 30
    assert "real: rare; searched as well for ريال; use =real for exactly this" in found.notes


def test_a_phrase_without_hits_is_searched_in_other_forms_before_its_order_is_given_up(spoken: searchkit.Index) -> None:
    found = spoken.search('"خليفة الدولة الأموية"', limit=100)
    assert found.total == 30
    note = '"خليفة الدولة الأموية": no hits; searched instead for خليفة الدولة الأموية in any form, in this order'
    assert found.notes == [f"{note}; {OFF}"]
    assert spoken.search('"الدولة خليفة"').notes[0].endswith(f"without quotes; {OFF}")
    assert not spoken.search('="خليفة الدولة الأموية"').total


def test_a_misspelt_form_that_no_document_has_is_corrected_by_the_dictionary(spoken: searchkit.Index) -> None:
    found = spoken.search("بالدوولة", limit=100)  # the texts have الدولة alone
    assert found.total == 31
    assert found.notes == [
        "بالدوولة: in no document; searched instead for بالدوله (spelling); use =بالدوولة for exactly this"
    ]


def test_figures_and_letters_that_are_there_are_not_read_as_a_chat(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        writer.add(id="paper", title="آ", text="A22")
    found = searchkit.open(str(tmp_path)).search("A22")
    assert found[0].snippet == "«A22»"
    assert not found.notes


def test_quotes_copied_as_html_writes_them_are_no_words(spoken: searchkit.Index) -> None:
    for plain in (False, True):
        found = spoken.search("&quot;أم كلثوم&quot; &amp; سنة", plain=plain)
        assert found[0].id == "kulthum"
        assert not found.notes


@pytest.fixture(scope="module")
def rare(tmp_path_factory: pytest.TempPathFactory) -> searchkit.Index:
    folder: Path = tmp_path_factory.mktemp("rare")
    texts = {
        "putn": "زار بوتن باريس", "nile": "ما طول نهر اللنيل", "minister": "وزيرالخارجية", "question": "هذه مسألة صعبة",
        "comma": "بلغت 6,9 بالمئة", "point": "بلغت 6.9 بالمئة", "pbuh": "قال صلى الله عليه وسلم",
    }  # fmt: skip
    with searchkit.create(str(folder)) as writer:
        for key, text in texts.items():
            writer.add(id=key, text=text)
        for i in range(120):
            writer.add(id=f"{i}", text="نهر النيل في مصر" if i % 2 else "التقى بوتين وزير الخارجية")
    return searchkit.open(str(folder))


@pytest.mark.parametrize(
    ("query", "first", "total", "also"),
    [
        ("بوتن", "putn", 61, "بوتين"),  # which a dictionary cuts in two
        ("اللنيل", "nile", 61, "النيل"),
        ("أين اللنيل", "nile", 61, "النيل"),
        ("وزيرالخارجية", "minister", 61, "وزير الخارجية"),
    ],
)
def test_a_rare_word_is_searched_as_it_was_meant_too(
    rare: searchkit.Index, query: str, first: str, total: int, also: str
) -> None:
    found = rare.search(query, limit=200)
    assert (found[0].id, found.total) == (first, total)
    word = next(word for word in query.split() if word != "أين")
    assert found.notes == [f"{word}: rare; searched as well for {also}; use ={word} for exactly this"]
    for hit in found[:3]:
        assert hit.explain().share == pytest.approx(hit.score, abs=1e-4)


@pytest.mark.parametrize("query", ["6.9", "6,9", "٦٫٩", "٦،٩"])
def test_a_number_is_found_with_a_point_and_with_a_comma(rare: searchkit.Index, query: str) -> None:
    found = rare.search(query)
    assert found.ids == ["point", "comma"]
    assert found.notes == []


def test_a_hamza_on_another_seat_and_a_formula_in_one_character_are_read(rare: searchkit.Index) -> None:
    assert rare.search("مسئلة").ids == ["question"]
    assert rare.search("ﷺ").ids == ["pbuh"]
    assert rare.search("ﷺ", plain=True).ids == ["pbuh"]


def test_what_was_found_out_of_a_word_is_not_taken_for_the_same_word_exactly(tmp_path: Path) -> None:
    with searchkit.create(str(tmp_path)) as writer:
        for number in range(300):
            writer.add(id=str(number), text="ربيعة" if number else "ربيعا")
    index = searchkit.open(str(tmp_path))
    alone = searchkit.open(str(tmp_path)).search("=ربيعا")
    index.search("ربيعا")
    again = index.search("=ربيعا")
    assert [hit.id for hit in again] == [hit.id for hit in alone] == ["0"]
    assert again.notes == alone.notes
