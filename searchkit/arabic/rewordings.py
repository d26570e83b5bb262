"""Other ways to write the dates and numbers among the words of a query, as the texts may write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from searchkit.arabic import months
from searchkit.arabic.date_parts import HIJRI_YEARS, Part, Reader
from searchkit.arabic.numbers import number_words, ordinal_words, parse_number, parse_ordinal

Phrase = tuple[str, ...]

MAX_ALTERNATIVES = 16
_LONGEST_SPELT = 9999  # larger numbers are written in words only where they are round
_BARE = frozenset((("مارس",), ("اوت",), ("august",), ("march",)))  # months more often than other words
_SCALES = ((10**9, "مليار", "مليارات"), (10**6, "مليون", "ملايين"), (1000, "الف", "الاف"))


def alternatives(words: Sequence[str]) -> list[tuple[int, int, list[Phrase]]]:
    """Return places (first word, word after the last) of dates and numbers with other ways to write each.

    Words are folded surfaces as the tokenizer gives them (``30/11`` is two). The likeliest ways come first, at most
    ``MAX_ALTERNATIVES``; places do not overlap, and nothing is said of words that may well be something else.
    """
    reader = Reader(words, ["", *[" "] * (len(words) - 1)])
    found: list[tuple[int, int, list[Phrase]]] = []
    at = 0
    while at < len(words):
        end, others = _at(reader, words, at)
        if end > at:
            written = tuple(words[at:end])
            kept = [phrase for phrase in dict.fromkeys(others) if phrase != written][:MAX_ALTERNATIVES]
            if kept:
                found.append((at, end, kept))
        at = max(end, at + 1)
    return found


def _at(reader: Reader, words: Sequence[str], at: int) -> tuple[int, Iterable[Phrase]]:
    """Return the end and the other ways of what begins at a word; the word itself as end if nothing does."""
    part = _three_numbers(words, at) or reader.part(at)
    if part is not None and part.weekday is not None and (part.months or part.strong):
        return at + 1, ()  # the date after it is found at its own first word
    if part is not None and (part.strong or tuple(words[at : part.end]) in _BARE):
        return part.end, _of_date(part)
    ordinal = parse_ordinal(words[at:])
    if ordinal and ordinal[1] > 1:
        return at + ordinal[1], [(str(ordinal[0]),), *ordinal_words(ordinal[0])]
    number = parse_number(words[at : at + 16])
    if number is None or (number[1] == 1 and words[at][:1] == "0"):
        return at, ()
    return at + number[1], _of_number(*number, digits=words[at].isdigit() and number[1] == 1)


def _three_numbers(words: Sequence[str], at: int) -> Part | None:
    """Return the date of three numbers: day, month, year, or the other way round."""
    three = words[at : at + 3]
    if len(three) < 3 or not all(word.isdigit() and word.isascii() for word in three):
        return None
    if len(three[0]) == 4:
        three = three[::-1]
    day, month, year = map(int, three)
    if month > 12 >= day:
        day, month = month, day
    lengths = [len(word) for word in three]
    if lengths[2] != 4 or max(lengths[:2]) > 2 or not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if not (HIJRI_YEARS[0] <= year < 2200):
        return None
    return Part(at, at + 3, day, (month,), year, year in HIJRI_YEARS)


def _of_number(value: int, _used: int, *, digits: bool) -> Iterator[Phrase]:
    """Yield the digits of a number, a short form with its scale, and its words."""
    if not digits:
        yield (str(value),)
    elif value < 2:
        return  # "one" is a pronoun as often as a number
    for scale, one, many in _SCALES:
        count, rest = divmod(value, scale)
        if count and not rest and count < 1000:
            if count > 2:
                yield (str(count), many if 3 <= count <= 10 else one)
            break
    else:
        scale = 0
    if value <= _LONGEST_SPELT or scale:
        yield from number_words(value)
    if digits and 10 < value < 100:
        yield from ordinal_words(value)


def _of_date(part: Part) -> Iterator[Phrase]:
    names = _names(part)
    year = () if part.year is None else (str(part.year),)
    if part.day is None:
        yield from [(*name, *year) for name in names]
        if year and len(part.months) == 1 and not part.mixed:
            yield (str(part.months[0]), *year)
        return
    day = str(part.day)
    yield from [(day, *name, *year) for name in names[:3]]
    yield from _in_numbers(part.day, part.months[0], year)
    for ordinal in [phrase for phrase in ordinal_words(part.day) if not phrase[0].endswith("ه")][:2]:
        yield from [(*ordinal, "من", *name, *year) for name in names[:2]]
    yield from [(day, *name, *year) for name in names[3:5]]
    if part.year is not None and len(part.months) == 1 and not part.mixed:
        yield from _other_calendar(part, part.year)


def _names(part: Part) -> list[months.Name]:
    """Return the names to write a month by; with "month" before one that is another word too and would stand alone."""
    beside = part.day is not None or part.year is not None
    table = months.HIJRI_MONTHS if part.hijri else months.MONTHS
    every = [name for number in part.months for name in table[number]]
    names = [name for name in every if not name[0].isascii() and not months.hijri_month_of(name[:-1])]
    names += [name for name in every if name[0].isascii() and len(name[0]) > 4][:2]
    return [name if beside or name in _BARE or name not in months.WEAK else ("شهر", *name) for name in names]


def _in_numbers(day: int, month: int, year: Phrase) -> Iterator[Phrase]:
    """Yield day and month in digits, day first and year first, with and without the noughts."""
    forms = dict.fromkeys(((str(day), str(month)), (f"{day:02}", f"{month:02}")))
    for form in forms:
        yield (*form, *year)
    if year:
        for form in forms:
            yield (*year, *form[::-1])


def _other_calendar(part: Part, year: int) -> Iterator[Phrase]:
    """Yield the same day in the other calendar, one day off where the moon was sighted."""
    from searchkit.arabic import hijri  # datetime with it

    day = part.day or 1
    if part.hijri:
        date = hijri.to_gregorian(year, part.months[0], day)
        if date:
            yield from [(str(date.day), *name, str(date.year)) for name in months.MONTHS[date.month][:2]]
        return
    other = hijri.from_gregorian_day(year, part.months[0], day)
    if other:
        yield (str(other[2]), *months.HIJRI_MONTHS[other[1]][0], str(other[0]))
