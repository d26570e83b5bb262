"""Which of two documents comes first, one reason at a time."""

from __future__ import annotations

from typing import Any

import pytest

import searchkit

REST = "جلس الرجل في المقهى وشرب الشاي ثم عاد إلى بيته قبل المساء"

CASES = {
    "the word before its plural": ("كتاب", f"{REST} كتاب", f"{REST} كتب"),
    "the plural before a word of the same root": ("كتاب", f"{REST} كتب", f"{REST} مكتوب"),
    "near the beginning before near the end": ("كتاب", f"كتاب {REST}", f"{REST} كتاب"),
    "side by side before apart": ("كتاب مدرسة", f"{REST} كتاب مدرسة جديد", f"{REST} كتاب جديد مدرسة"),
    "in the order of the query before the other": ("كتاب مدرسة", f"{REST} كتاب مدرسة", f"{REST} مدرسة كتاب"),
    "inflected words side by side as well": ("كتاب مدرسة", f"{REST} كتب المدارس هنا", f"{REST} كتب هنا المدارس"),
    "both words before one of them twice": ("كتاب مدرسة", f"{REST} كتاب هنا مدرسة", f"{REST} كتاب هنا كتاب"),
    "a text about nothing else before a long one": ("كتاب", f"{REST} كتاب", f"{REST} كتاب {REST} {REST} {REST}"),
}


def ids(directory: Any, query: str, *documents: dict[str, str]) -> list[str]:
    with searchkit.create(str(directory)) as writer:
        for document in documents:
            writer.add(**document)
        for number in range(20):
            writer.add(id=f"other {number}", text=f"{REST} {number}")
    return [hit.id for hit in searchkit.open(str(directory)).search(query)]


@pytest.mark.parametrize(("query", "better", "worse"), CASES.values(), ids=CASES.keys())
def test_comes_first(tmp_path: Any, query: str, better: str, worse: str) -> None:
    worse_first = ids(tmp_path / "index", query, {"id": "worse", "text": worse}, {"id": "better", "text": better})
    assert worse_first[:2] == ["better", "worse"]


def test_a_title_comes_before_a_text(tmp_path: Any) -> None:
    text = {"id": "text", "title": "رسالة", "text": f"{REST} كتاب"}
    title = {"id": "title", "title": "كتاب", "text": f"{REST} رسالة"}
    assert ids(tmp_path / "index", "كتاب", text, title) == ["title", "text"]
