"""On which day was this news written? The date that a newsroom puts at the head of its text.

Taken is a full date (day, month and year) in the first ``LOOKED_AT`` code points,

- at the head, after no more than the place and the agency, and before a dash, a bracket, an agency or a line's end;
- on a line of its own, with no more than the day of the week and the time;
- or after words such as ``نشر في`` or ``تاريخ النشر``.

Most texts have none: a search for a year decides that in about a microsecond.
"""

from __future__ import annotations

import functools
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime as dt

LOOKED_AT = 300
_HEAD = 50  # code points that place and agency may take
_HEAD_LINE = 90  # where a text has no lines, nothing further on is a dateline
_PLACE = 6  # words
_CANDIDATE = re.compile(
    r"(?:(?:\d{1,2}|\d{4})\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{1,2})"  # in numbers
    r"|\d{1,2}\s+(?:من\s+)?[^\W\d]{2,12}(?:[\s/(]+[^\W\d]{2,12}\)?){0,3}[\s,،]+\d{4}"  # a month's name between
    r"|[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4})(?:\s?هـ?(?!\w)|\s?م(?!\w))?"
)
_OTHER = re.compile(r"(?:\s?هـ)?[\s،,(]*(?:الموافق)?[\s:ل]*")
_has_year = re.compile("(?:20|19|14|٢٠|١٩|١٤)[0-9٠-٩]{2}").search
_CUE = re.compile(
    r"(?:^|[|\-–—)\]])\s*(?:(?:ت?نُ?شرت?|[حأ]ُ?[رضد]{1,2}[رثيف]{1,2}ت?|تم النشر)\s+(?:في|يوم|بتاريخ)|"
    r"(?:ال)?تاريخ(?:\s+(?:النشر|الإضافة|الخبر|التحديث))?|آخر\s+تحديث|تم\s+النشر|"
    r"[Pp]ublished(?:\s+on)?|[Uu]pdated|[Dd]ate)\s*:?\s*(?:في|يوم|بتاريخ)?[\s:]*$"
)
_AFTER = re.compile(
    r"\s*(?:م\b|هـ?\b|هـ(?=الموافق)|ـ)?\s*(?:$|[\n\r\-–—:|()/\[]|،?\s*(?:الموافق|واس|وام|سانا|رويترز|شينخوا|قنا|كونا|بترا|بنا|وفا|وكالات|"
    r"د\s?ب\s?أ|أ\s?ف\s?ب|ا\s?ف\s?ب|فرانس\s?برس|الأناضول|سبوتنيك|العمانية|واج|وات|ومع|أش\s?أ|أ\s?ش\s?أ|مينا)\b)"
)
_NOT_A_PLACE = re.compile(
    r"[*•]|(?:^|\s)[وفبل]?(?:في|منذ|حتى|إلى|قبل|بعد|بتاريخ|خلال|من|عن|على|أن|إن|التي|الذي|اليوم|أمس|غدا|غداً|عام|تاريخ|يوم)(?:\s|$)|[.؟!؛\d]"
)
_LINE = re.compile(r"[\s\d٠-٩:|,،\-–()]*(?:الساعة|مساءً?|صباحاً?|ص|م|هـ|GMT|بتوقيت|[AaPp][Mm])*[\s\d٠-٩:|,،\-–()]*")
_WEEKDAY = re.compile(r"(?:ال(?:سبت|أحد|احد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمعة))\s*[،,:\-–]?\s*$")


def dateline(title: str, text: str) -> tuple[dt.date, dt.date] | None:
    """Return the day (as first and last) that the head of a text, or else its title, says it is of; None if none."""
    if _has_year(text, 0, _HEAD_LINE) or text.find("\n", 0, _HEAD_LINE) >= 0:
        head = text[:LOOKED_AT] if "\n" in text[:_HEAD_LINE] else text[:_HEAD_LINE]
        if _has_year(head):
            found = _look(head, only_line=False)
            if found:
                return found
    return _look(title[:LOOKED_AT], only_line=True) if title and _has_year(title) else None


def _look(head: str, *, only_line: bool) -> tuple[dt.date, dt.date] | None:
    """Return the day of the first candidate that stands where a dateline does."""
    for match in _CANDIDATE.finditer(head):
        if not _stands_well(head, match.start(), match.end(), only_line=only_line):
            continue
        other = _CANDIDATE.match(head, _OTHER.match(head, match.end()).end())  # type: ignore[union-attr]
        days = _day(head[match.start() : (other or match).end()])
        if days:
            return days
    return None


def _stands_well(head: str, start: int, end: int, *, only_line: bool) -> bool:
    before, after = head[:start], head[end:]
    line = before[before.rfind("\n") + 1 :]
    line = line[: len(line) - len(found[0])] if (found := _WEEKDAY.search(line)) else line
    rest = after[: after.find("\n")] if "\n" in after else after
    if not line.strip(" \t(|-–:،,\u200f\u200e\ufeff") and _LINE.fullmatch(rest):
        return True
    if _CUE.search(line):
        return True
    if only_line:  # a title may end with its date, behind a dash or in brackets
        return _LINE.fullmatch(after) is not None and line.rstrip()[-1:] in ("-", "–", "—", "|", "(", "/", ":")
    if start > _HEAD or not _AFTER.match(after):
        return False
    return len(line.split()) <= _PLACE and "\n" not in before.strip() and not _NOT_A_PLACE.search(line)


@functools.lru_cache(maxsize=256)
def _day(written: str) -> tuple[dt.date, dt.date] | None:
    """Return the day that is written; of two calendars side by side, what the Gregorian one says."""
    from searchkit.arabic.dates import find_dates

    found = [mention for mention in find_dates(written) if mention.first == mention.last]
    if not found or found[0].start > 0:
        return None
    first = found[0]
    if len(found) > 1 and first.hijri and abs((found[1].first - first.first).days) <= 2:
        first = found[1]
    return first.first, first.last
