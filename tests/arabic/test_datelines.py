"""The date at the head of a news text."""

import gzip
import json
import os
from datetime import date

import pytest

from searchkit.arabic.datelines import LOOKED_AT, dateline

MORE = " أعلنت الوزارة اليوم أن الاجتماع سيعقد في موعده، وأضافت في بيان أنها تتابع الأمر. "


@pytest.mark.parametrize(
    "head",
    [
        "دمشق - 30 نوفمبر 2024 -", "(رويترز) 2024/11/30 -", "دمشق 30 تشرين الثاني 2024 (سانا)", "30 نوفمبر 2024 -",
        "القدس 30 نوفمبر 2024 (شينخوا) --", "الرياض 28 جمادى الأولى 1446 هـ الموافق 30 نوفمبر 2024 م واس",
        "وادي الدواسر 28 جمادى الأولى 1446هـ الموافق 30 نوفمبر 2024م واس", "السبت 30 نوفمبر 2024\n", "30/11/2024\n",
        "السبت، 30 نوفمبر 2024 - 10:20 ص\n", "نشر في: 30-11-2024 |", "تاريخ النشر: ٣٠ نوفمبر ٢٠٢٤ -", "٣٠/١١/٢٠٢٤ -",
        "بيروت، 30 نوفمبر/تشرين الثاني 2024 (رويترز) -", "Nov 30, 2024\n",
        "عنوان الخبر\n\n30 نوفمبر 2024\n", "عنوان الخبر\nتاريخ النشر: 30/11/2024\n", "28/5/1446هـ\n",
        "نجران 28 جمادى الأولى 1446 هـالموافق 30 نوفمبر 2024 م واس",
        "موسكو (سبوتنيك) - 30 نوفمبر 2024 -",
    ],
)  # fmt: skip
def test_the_date_at_the_head_of_a_text(head: str) -> None:
    assert dateline("", head + MORE) == (date(2024, 11, 30), date(2024, 11, 30))


@pytest.mark.parametrize(
    "head",
    [
        "أعلنت الوزارة في 30 نوفمبر 2024 أنها", "قتل الرئيس في 14 فبراير 2005 (شباط) في بيروت", "اجتماع",
        "منذ 30 نوفمبر 2024 -", "بدأت الدورة يوم السبت 30 نوفمبر 2024 -", "عام 2024 - كان",
        "نوفمبر 2024 -", "إشارة إلى ما نشر بتاريخ 9/10/1436هـ -", "قرار رقم 10 وتاريخ 8 / 7 / 1436هـ،",
        "دمشق - 30 نوفمبر -",
        "النتيجة 2-1 -", "* 28 مايو 1990: عقد", "الإصدار 1.20.2024 -", "هاتف 2024-555-1234 -",
        "كتب فلان إن الثورة بدأت. 30 نوفمبر 2024 -",
    ],
)  # fmt: skip
def test_dates_that_a_text_tells_of_are_not_its_own(head: str) -> None:
    assert dateline("", head + MORE) is None


def test_a_title_may_end_with_its_date() -> None:
    assert dateline("نشرة الأخبار | 30-11-2024", MORE) == (date(2024, 11, 30), date(2024, 11, 30))
    assert dateline("نشرة السبت (30 نوفمبر 2024)", MORE) == (date(2024, 11, 30), date(2024, 11, 30))
    assert dateline("30 نوفمبر 2024", MORE) == (date(2024, 11, 30), date(2024, 11, 30))
    assert dateline("ذكرى ثورة 25 يناير 2011", MORE) is None


def test_only_the_beginning_counts() -> None:
    assert dateline("", MORE * 10 + "\n30 نوفمبر 2024\n") is None
    assert dateline("", "خبر\n" + "س" * LOOKED_AT + "\n30 نوفمبر 2024\n") is None
    assert dateline("", "") is None


def test_the_first_dateline_of_two_counts() -> None:
    assert dateline("نشرة | 1-1-2020", "دمشق - 30 نوفمبر 2024 -" + MORE) == (date(2024, 11, 30), date(2024, 11, 30))


@pytest.mark.data
def test_datelines_of_news_are_the_days_the_news_are_from() -> None:
    folder = os.environ.get("SEARCHKIT_DATA")
    if not folder:
        pytest.skip("SEARCHKIT_DATA is not set")
    found = near = 0
    with gzip.open(os.path.join(folder, "news", "corpus.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            days = dateline(article["title"], article["text"])
            if days:
                found += 1
                near += abs((days[0] - date.fromisoformat(article["id"][3:13])).days) <= 1
    assert found > 300
    assert near / found > 0.98
