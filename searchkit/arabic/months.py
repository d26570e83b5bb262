"""What are months and days of the week called? Every Arab tradition, English and French, as folded surface words.

For callers:

- a *name* is a tuple of folded words, as `folding.fold` gives them: ``("تشرين", "الثاني")``;
- `MONTHS[n]`, `HIJRI_MONTHS[n]` (1 to 12) and `WEEKDAYS[n]` (0 is Monday, as in `datetime`) list the names that
  say it on their own, the most used first;
- `month_of(words)`, `hijri_month_of(words)`, `weekday_of(words)`: the number for one whole name, or None;
- `months_of(words)`: as `month_of`, but for ``تشرين`` and ``كانون`` alone both months they may be;
- `WEAK`: names that are other words too (``آب`` folds as ``أب``); take them for months beside a day or a year only;
- `LIBYAN[n]`: Libya's names of 1986 to 2011, all of them other words: known to `month_of` only with ``weak=True``;
- `FIRST_WORDS`: the first words of all names, to pass by texts without any.
"""

from collections.abc import Sequence

Name = tuple[str, ...]

# Egypt, Sudan and the Gulf; the Levant and Iraq; Algeria and Tunisia; Morocco and Mauritania; English; French.
_MONTHS = (
    "يناير|كانون الثاني|كانون ثاني|كانون ثان|جانفي|january|janvier|jan|janv",
    "فبراير|شباط|فيفري|february|fevrier|feb|fev|fevr",
    "مارس|اذار|march|mars|mar",
    "ابريل|نيسان|افريل|april|avril|apr|avr",
    "مايو|ايار|ماي|مايس|may|mai",
    "يونيو|حزيران|يونيه|جوان|june|juin|jun",
    "يوليو|تموز|يوليه|جويليه|يوليوز|july|juillet|jul|juil",
    "اغسطس|اب|اوت|غشت|اغشت|august|aout|aug",
    "سبتمبر|ايلول|شتنبر|شتمبر|سبتامبر|september|septembre|sep|sept",
    "اكتوبر|تشرين الاول|تشرين اول|october|octobre|oct",
    "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|نونبر|نوفامبر|november|novembre|nov",
    "ديسمبر|كانون الاول|كانون اول|دجنبر|دجمبر|ديسامبر|december|decembre|dec",
)
_LIBYAN = "اي النار|النوار|الربيع|الطير|الماء|الصيف|ناصر|هانيبال|الفاتح|التمور|الحرث|الكانون"
_HIJRI_MONTHS = (
    "محرم|المحرم|محرم الحرام|muharram",
    "صفر|صفر الخير|صفر المظفر|safar",
    "ربيع الاول|ربيع اول|ربيع الاولي|rabi al awwal",
    "ربيع الثاني|ربيع الاخر|ربيع ثاني|ربيع ثان|ربيع اخر|rabi al thani|rabi al akhir",
    "جمادي الاولي|جمادي الاول|جماد الاول|جماد الاولي|جمادي اول|جماد اول|جمادي اولي|jumada al ula|jumada al awwal",
    (
        "جمادي الاخره|جمادي الثانيه|جمادي الثاني|جمادي الاخر|جماد الثاني|جماد الاخر|جماد الاخره|جماد الثانيه"
        "|جمادي ثاني|جماد ثاني|jumada al akhirah|jumada al thani"
    ),
    "رجب|رجب الفرد|rajab",
    "شعبان|شعبان المعظم|shaban",
    "رمضان|رمضان المبارك|ramadan|ramadhan",
    "شوال|شوال المكرم|shawwal",
    "ذو القعده|ذي القعده|ذوالقعده|ذيالقعده|ذا القعده|ذالقعده|القعده|dhu al qadah|dhul qadah",
    "ذو الحجه|ذي الحجه|ذوالحجه|ذيالحجه|ذا الحجه|ذالحجه|الحجه|dhu al hijjah|dhul hijjah",
)
_WEEKDAYS = (
    "الاثنين|الاتنين|اثنين|monday|lundi|mon|lun",
    "الثلاثاء|الثلاثا|ثلاثاء|التلات|tuesday|mardi|tue|tues",
    "الاربعاء|الاربعا|اربعاء|wednesday|mercredi|wed|mer",
    "الخميس|خميس|thursday|jeudi|thu|thur|thurs|jeu",
    "الجمعه|جمعه|friday|vendredi|fri|ven",
    "السبت|سبت|saturday|samedi|sat|sam",
    "الاحد|احد|sunday|dimanche|sun|dim",
)


def _names(line: str) -> tuple[Name, ...]:
    return tuple([tuple(name.split()) for name in line.split("|")])


MONTHS: dict[int, tuple[Name, ...]] = {number: _names(line) for number, line in enumerate(_MONTHS, 1)}
HIJRI_MONTHS: dict[int, tuple[Name, ...]] = {number: _names(line) for number, line in enumerate(_HIJRI_MONTHS, 1)}
WEEKDAYS: dict[int, tuple[Name, ...]] = {number: _names(line) for number, line in enumerate(_WEEKDAYS)}
LIBYAN: dict[int, tuple[Name, ...]] = {number: (name,) for number, name in enumerate(_names(_LIBYAN), 1)}

# "practised", "father", "voice" of a machine, "water" in dialects, given names, "zero", "forbidden", "argument", "the
# sitting"; English and French words; abbreviations; days of the week that are numbers, "a" and "gathering".
WEAK: frozenset[Name] = frozenset(
    _names(
        "مارس|اب|اوت|ماي|جوان|محرم|المحرم|صفر|رجب|شعبان|الحجه|القعده|march|mars|mar|may|mai|august"
        "|jan|janv|feb|fev|fevr|apr|avr|jun|jul|juil|aug|sep|sept|oct|nov|dec"
        "|اثنين|احد|سبت|جمعه|خميس|الاتنين|التلات|mon|lun|tue|tues|wed|mer|thu|thur|thurs|jeu|fri|ven|sat|sam|sun|dim"
    )
)

_EITHER: dict[Name, tuple[int, int]] = {("تشرين",): (10, 11), ("كانون",): (12, 1)}
_MONTH_OF = {name: number for number, names in MONTHS.items() for name in names}
_LIBYAN_OF = {name: number for number, names in LIBYAN.items() for name in names}
_HIJRI_OF = {name: number for number, names in HIJRI_MONTHS.items() for name in names}
_WEEKDAY_OF = {name: number for number, names in WEEKDAYS.items() for name in names}

LONGEST_NAME = 3  # words
FIRST_WORDS: frozenset[str] = frozenset(
    [name[0] for table in (_MONTH_OF, _HIJRI_OF, _WEEKDAY_OF, _EITHER) for name in table]
)


def month_of(words: Sequence[str], *, weak: bool = False) -> int | None:
    """Return which Gregorian month (1 to 12) all the folded words together name; Libya's names only if ``weak``."""
    name = tuple(words)
    return _MONTH_OF.get(name) or (_LIBYAN_OF.get(name) if weak else None)


def months_of(words: Sequence[str], *, weak: bool = False) -> tuple[int, ...]:
    """Return the Gregorian months the words may name: two for a bare ``تشرين`` or ``كانون``, none for other words."""
    month = month_of(words, weak=weak)
    return (month,) if month else _EITHER.get(tuple(words), ())


def hijri_month_of(words: Sequence[str]) -> int | None:
    """Return which month of the hijra (1 to 12) all the folded words together name."""
    return _HIJRI_OF.get(tuple(words))


def weekday_of(words: Sequence[str]) -> int | None:
    """Return which day of the week all the folded words together name; 0 is Monday."""
    return _WEEKDAY_OF.get(tuple(words))
