"""What of a page is its text, and what pages and Markdown say of themselves."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from searchkit.indexing.documents import find_sources, read_documents
from searchkit.indexing.html_pages import declared_charset
from searchkit.indexing.text_files import html_document, markdown_document

STORY = "بدأت في العاصمة الكازاخية جولة جديدة من المباحثات حول الأزمة بمشاركة الوفود."


def text_of(markup: str) -> str:
    return html_document(f"<title>ع</title>{markup}")[1]


class TestMainText:
    @pytest.mark.parametrize(
        "around",
        [
            "<nav><ul><li>الرئيسية</li></ul></nav>", "<footer>حقوق النشر</footer>", "<aside>اقرأ أيضا</aside>",
            "<form>بحث<input><button>اذهب</button></form>", "<div role=navigation><div>قائمة</div></div>",
            "<header><h1>اسم الموقع</h1></header>", "<div hidden>مخفي</div>", "<noscript>فعّل</noscript>",
            "<nav>أ<nav>ب</nav>ج</nav>", "<svg><text>رسم</text></svg>", "<select><option>سوريا</select>",
        ],
    )  # fmt: skip
    def test_what_stands_around_is_left_out(self, around: str) -> None:
        assert text_of(f"{around}<p>{STORY}</p>{around}") == STORY

    def test_the_main_element_is_the_text(self) -> None:
        page = f"<div>شعار الموقع</div><main><header><h1>رأس</h1></header><p>{STORY}</p></main><div>ذيل</div>"
        assert text_of(page) == f"رأس\n{STORY}"

    def test_a_small_article_among_much_text_is_a_teaser(self) -> None:
        assert text_of(f"<article>خبر</article><p>{STORY}</p>") == f"خبر\n{STORY}"

    def test_several_articles_are_all_read(self) -> None:
        assert text_of(f"<article>{STORY}</article><article>{STORY}</article>") == f"{STORY}\n{STORY}"

    def test_an_element_that_nobody_closed_hides_nothing(self) -> None:
        assert text_of(f"<nav>قائمة<p>{STORY}</p>") == f"قائمة\n{STORY}"

    def test_a_page_that_is_nothing_but_navigation_keeps_it(self) -> None:
        assert text_of("<nav>الرئيسية</nav>") == "الرئيسية"


class TestWhatIsNeverClosed:
    @pytest.mark.parametrize(
        "piece",
        [
            "<a ", "<a b='", '<a b="', "<!--", "<!-- x>", "<![CDATA[", "<![CDATA[>", "<![CDATA[ ]>", "<![if x>", "</",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("end", ["", ">"])
    def test_takes_no_longer_than_other_text(self, piece: str, end: str) -> None:
        page = f"<p>{STORY}</p>" + piece * 30_000 + end
        started = time.process_time()
        assert STORY in text_of(page)
        assert time.process_time() - started < 2  # each of them was looked for to the end of the page: up to minutes

    def test_is_text_and_hides_nothing(self) -> None:
        assert text_of("<p>أ</p>5 < 6 <!-- ب") == "أ\n5 < 6 <!-- ب"
        assert text_of("<p>أ<!-- ب --!> ج <!-- د --> ه") == "أ ج ه"
        assert text_of("<![if !IE]>أ<![endif]>") == "أ"


class TestFields:
    @pytest.mark.parametrize(
        "head",
        [
            '<meta property="article:published_time" content="2024-11-30T08:00:00+03:00">',
            '<meta name="date" content="30/11/2024">',
            '<meta itemprop="datePublished" content="2024-11-30">',
            '<meta name="DC.date" content="2024-11-30"><meta name="date" content="2020-01-01">',
        ],
    )
    def test_the_date_of_a_page_is_a_field(self, head: str) -> None:
        assert html_document(f"<head>{head}</head><p>{STORY}</p>")[2] == {"date": "2024-11-30"}

    def test_the_time_element_tells_where_no_meta_does(self) -> None:
        page = f"<footer><time datetime=2001-01-01></time></footer><time datetime=2024-11-30>أمس</time>{STORY}"
        fields = html_document(page)[2]
        assert fields == {"date": "2024-11-30"}

    def test_author_and_language_are_fields(self) -> None:
        fields = html_document(f'<html lang="ar-SY"><meta name="author" content=" ليلى  كاتبة "><p>{STORY}')[2]
        assert fields == {"author": "ليلى كاتبة", "lang": "ar-SY"}

    def test_a_date_that_is_none_is_no_field(self) -> None:
        assert html_document(f'<meta name="date" content="soon"><p>{STORY}')[2] == {}


class TestEncodings:
    def read(self, folder: Path, data: bytes) -> Any:
        (folder / "a.html").write_bytes(data)
        (source,) = find_sources([folder / "a.html"], base=str(folder))
        (found,) = read_documents(source)  # type: ignore[arg-type]
        return found

    @pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "cp1252", "latin-1"])
    def test_arabic_is_recognised_whatever_the_page_declares(self, tmp_path: Path, encoding: str) -> None:
        page = f"<meta charset={encoding}><p>{STORY}</p>".encode("cp1256")
        assert self.read(tmp_path, page)["text"] == STORY

    def test_a_page_in_french_is_read_as_it_declares(self, tmp_path: Path) -> None:
        page = '<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1"><p>Été à Genève'
        assert self.read(tmp_path, page.encode("latin-1"))["text"] == "Été à Genève"
        assert "is not text" in self.read(tmp_path, "<p>Été à Genève".encode("latin-1")).reason

    def test_the_declaration_is_found(self) -> None:
        assert declared_charset(b"<META CHARSET='Windows-1256'>") == "windows-1256"
        assert declared_charset(b"<p>charset=x") is None


class TestFrontMatter:
    def test_its_fields_are_those_of_the_document(self) -> None:
        text = "---\ntitle: 'عنوان'\ndate: 2024-11-30 10:00\nauthor: كاتبة\ntags:\n"
        text += '  - أولى\n  - "ثانية"\nlayout: post\n---\nنص'
        assert markdown_document(text) == (
            "عنوان", "نص", {"author": "كاتبة", "tags": ["أولى", "ثانية"], "date": "2024-11-30"},
        )  # fmt: skip

    @pytest.mark.parametrize(
        "line", ["tags: [أولى, ثانية]", "tags: أولى، ثانية", "Tags: أولى , ثانية", "categories: [أولى, ثانية]"]
    )
    def test_tags_are_a_list_in_any_style(self, line: str) -> None:
        assert markdown_document(f"---\n{line}\n---\nنص")[2] == {"tags": ["أولى", "ثانية"]}

    def test_what_is_no_value_is_left_out(self) -> None:
        assert markdown_document("---\ntitle:\ndate: soon\ntags: []\nauthor:\n  x: y\n---\n# رأس\nنص") == (
            "رأس",
            "نص",
            {},
        )
