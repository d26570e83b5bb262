"""Words of an index by their beginning."""

import pytest

import searchkit
from searchkit.search.lookup import pick

DOCUMENTS = [
    {"id": "1", "title": "مكتبة المدينة", "text": "في مكتبة المدينة كتب، ومكتب للقراءة"},
    {"id": "2", "title": "مكتب البريد", "text": "فتح مكتب البريد أبوابه"},
    {"id": "3", "title": "رحلة", "text": "أستاذ التاريخ في مكتبة أخرى", "author": "مكي"},
]


@pytest.fixture
def index(tmp_path):
    with searchkit.create(str(tmp_path)) as writer:
        for document in DOCUMENTS:
            writer.add(**document)
    return searchkit.open(str(tmp_path))


def test_words_come_with_the_number_of_documents_most_first(index):
    assert index.complete("مكت") == [("مكتبة", 2), ("مكتب", 1)]


def test_a_document_with_the_word_in_title_and_text_counts_once(index):
    assert dict(index.complete("المد")) == {"المدينة": 1}


def test_the_beginning_is_folded(index):
    assert index.complete("أُسْت") == index.complete("است") == [("أستاذ", 1)]


def test_the_fields_can_be_chosen(index):
    assert index.complete("مك", fields=["author"]) == [("مكي", 1)]
    assert index.complete("مكتبة", fields=["title"]) == [("مكتبة", 1)]
    assert index.complete("مك", fields=["nowhere"]) == []


def test_no_more_words_than_the_limit(index):
    assert index.complete("مكت", 1) == [("مكتبة", 2)]
    assert index.complete("مكت", 0) == []


@pytest.mark.parametrize("beginning", ["", " ", "،", "ً", "مكتبة ال", "\ud800", "ظظظ"])
def test_what_is_not_the_beginning_of_one_word_completes_to_nothing(index, beginning):
    assert index.complete(beginning) == []


def test_segments_count_together_and_deleted_documents_do_not(index):
    with index.writer() as writer:
        writer.add(id="4", title="مكتب جديد", text="")
        writer.delete("3")
    assert index.complete("مكت") == [("مكتبة", 2), ("مكتب", 1)], "a snapshot until refresh"
    index.refresh()
    assert index.complete("مكت") == [("مكتب", 2), ("مكتبة", 1)]
    assert index.complete("است") == []


def test_a_document_is_found_by_its_id(index):
    assert index.document("2") == DOCUMENTS[1]
    assert index.document("") is None
    assert index.document("9") is None
    with index.writer() as writer:
        writer.update(id="2", title="جديد", text="")
        writer.delete("1")
    index.refresh()
    assert index.document("2") == {"id": "2", "title": "جديد", "text": ""}
    assert index.document("1") is None


def test_the_first_over_all_segments_may_be_first_in_none(tmp_path):
    for part in "سشص":
        with searchkit.create(str(tmp_path)) as writer:
            for i in range(30):
                often = " ".join(f"مك{part}{letter}" for letter in "بتثجحخدذرزسشصضطظعغفق") if i < 20 else "مكتب"
                writer.add(id=f"{part}.{i}", text=often)
    index = searchkit.open(str(tmp_path))
    assert index.stats()["segments"] == 3
    assert index.complete("مك", 1) == [("مكتب", 30)]
    assert len(index.complete("مك", 100)) == 61


def test_words_of_many_documents_are_counted_by_their_field(index, monkeypatch):
    monkeypatch.setattr("searchkit.search.complete._EXACT", 0)
    assert index.complete("مكت") == [("مكتبة", 2), ("مكتب", 1)]
    with index.writer() as writer:
        writer.delete("2")
    index.refresh()
    assert index.complete("مكت") == [("مكتبة", 1)]


def test_some_postings_are_read_as_all_are(tmp_path):
    with searchkit.create(str(tmp_path)) as writer:
        for i in range(700):
            writer.add(id=str(i), text="كتاب " * (i % 3) + "مكتبة" + " كتاب" * (i % 7 == 0))
    segment = searchkit.open(str(tmp_path))._searcher.segments[0]
    for word in ("كتاب", "مكتبه"):
        entry = segment.find("text", word.encode())
        docs, _, firsts, df = segment.postings("text", entry)
        every = list(zip(docs[:df], firsts[:df], strict=True))
        assert pick(segment, "text", entry, range(df)) == every
        assert pick(segment, "text", entry, [df - 1, 0, df // 2]) == [every[df - 1], every[0], every[df // 2]]
        for ordinal in (-1, df):
            with pytest.raises(searchkit.SearchkitError):
                pick(segment, "text", entry, [ordinal])


def test_values_are_completed_with_their_numbers(tmp_path):
    with searchkit.create(str(tmp_path), fields={"publisher": "keyword"}) as writer:
        for number, publisher in enumerate(["دار المعارف", "دار المعارف", "دار الشروق", "الأهالي"]):
            writer.add(id=str(number), text="كتاب", publisher=publisher)
        writer.commit()
        writer.add(id="9", text="كتاب", publisher="دار الشروق")
        writer.add(id="10", text="كتاب", publisher="دار الشروق")
        writer.delete("0")
    index = searchkit.open(str(tmp_path))
    assert index.complete_value("publisher", "دار") == [("دار الشروق", 3), ("دار المعارف", 1)]
    assert index.complete_value("publisher", "الاه") == [("الأهالي", 1)]
    assert index.complete_value("publisher", limit=1) == [("دار الشروق", 3)]
    assert index.complete_value("publisher", "غ") == []
    assert index.complete_value("none") == []


def test_a_word_is_known_as_it_is_folded_and_in_the_fields_that_are_asked(index):
    assert index.knows("مكتبة")
    assert index.knows("المَدينه"), "letters folded do not matter"
    assert not index.knows("مكت"), "a beginning is no word"
    assert not index.knows("")
    assert not index.knows("مكتبة مكتب")
    assert index.knows("مكي", fields=["author"])
    assert not index.knows("مكي", fields=["title"])


def test_a_word_of_deleted_documents_alone_is_not_known(index):
    assert index.knows("أستاذ")
    with index.writer() as writer:
        for key in [hit.id for hit in index.search("=أستاذ")]:
            writer.delete(key)
    index.refresh()
    assert not index.knows("أستاذ")
