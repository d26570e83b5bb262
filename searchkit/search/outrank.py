"""Why a hit stands above the next: their shares, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.records import NamedTuple

if TYPE_CHECKING:
    from searchkit.search.explain import Explanation

_MOST = 3  # reasons given
_LEAST = 0.005  # a difference that is smaller is told only if there is no other
_NONE = 1e-9


class _Language(NamedTuple):
    """The words of the line."""

    above: str
    though: str
    same: str
    not_in_next: str
    in_next: str
    shorter: str
    against: str
    comma: str
    names: dict[str, str]


_ENGLISH = _Language(
    above="above the next because: ",
    though="; though ",
    same="above the next though the scores are the same: it was added first",
    not_in_next="not in the next",
    in_next="the next: ",
    shorter="in a shorter text",
    against="{} times against {}",
    comma=", ",
    names={
        "beginning": "{} near the beginning",
        "near": "{} near each other",
        "neighbours": "{} side by side",
        "vowels": "the vowels of {}",
    },
)
_ARABIC = _Language(
    above="فوق التالي لأن: ",
    though="؛ مع أن ",
    same="فوق التالي مع تساوي الدرجتين: أضيف قبله",
    not_in_next="ليس في التالي",
    in_next="التالي: ",
    shorter="في نص أقصر",
    against="{} مرات مقابل {}",
    comma="، ",
    names={
        "beginning": "{} قرب البداية", "near": "تقارب {}", "neighbours": "تجاور {}", "vowels": "تشكيل {}",
        "surface": "اللفظ", "lemma": "المدخل", "related": "القريب", "synonym": "المرادف", "run": "التتابع",
        "root": "الجذر", "name": "الاسم",
        "phrase": "العبارة", "wildcard": "النمط", "fuzzy": "التقريب", "title": "العنوان", "text": "النص",
    },
)  # fmt: skip


def why_above(one: Explanation, other: Explanation, language_code: str = "en") -> str:
    """Return one line that says what puts a document above another.

    Args:
        one: the explanation of the higher document.
        other: that of the lower, for the same query.
        language_code: of the line, ``en`` or ``ar``.
    """
    language = _ARABIC if language_code == "ar" else _ENGLISH
    ours, theirs = _by_subject(one), _by_subject(other)
    gains = {
        key: sum(part.share for part in ours.get(key, [])) - sum(part.share for part in theirs.get(key, []))
        for key in [*ours, *(key for key in theirs if key not in ours)]
    }
    ranked = sorted(gains, key=lambda key: -gains[key])
    pros = [key for key in ranked if gains[key] >= _LEAST][:_MOST] or [key for key in ranked[:1] if gains[key] > _NONE]
    cons = [key for key in reversed(ranked) if gains[key] <= -_LEAST][:1]
    if not pros:
        return language.same
    reasons = [
        f"{_name(key, language)} {gains[key]:+.2f}{_detail(ours.get(key, []), theirs.get(key, []), language)}"
        for key in pros
    ]
    line = language.above + language.comma.join(reasons)
    return line + "".join(f"{language.though}{_name(key, language)} {gains[key]:+.2f}" for key in cons)


def _by_subject(explanation: Explanation) -> dict[tuple[str, str], list[Explanation]]:
    found: dict[tuple[str, str], list[Explanation]] = {}
    for part in explanation.parts:
        if part.about is not None:
            found.setdefault(part.about[:2], []).append(part)
    return found


def _name(key: tuple[str, str], language: _Language) -> str:
    kind, words = key
    return language.names.get(kind, "{}").format(words)


def _detail(ours: list[Explanation], theirs: list[Explanation], language: _Language) -> str:
    """Return in brackets in what the evidence of a word differs; nothing for places, whose name says it."""
    if not ours or ours[0].about is None or ours[0].about.kind != "word":
        return ""
    mine, others = _evidence(ours), _evidence(theirs)
    if not others:
        return f" ({language.not_in_next})"
    if mine.keys() != others.keys():
        labels = [" + ".join(_label(key, language) for key in found) for found in (mine, others)]
        return f" ({labels[0]}{language.comma}{language.in_next}{labels[1]})"
    more, fewer = sum(mine.values()), sum(others.values())
    return f" ({language.against.format(more, fewer) if more > fewer else language.shorter})"


def _evidence(parts: list[Explanation]) -> dict[tuple[str, str], int]:
    """Return how often which evidence of a word is in which field."""
    found: dict[tuple[str, str], int] = {}
    for share in [share for part in parts for share in part.parts]:
        if share.about is not None:
            found[share.about[:2]] = found.get(share.about[:2], 0) + share.about.times
    return found


def _label(key: tuple[str, str], language: _Language) -> str:
    kind, field = (language.names.get(name, name) for name in key)
    return f"{kind} في {field}" if language is _ARABIC else f"{kind} in {field}"
