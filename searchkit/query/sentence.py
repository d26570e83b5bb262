"""Arabic operators that are but words of a sentence: و between words that go on, ليس with nothing to leave out.

A bare و is AND only where its sides are parts of a query and not of a sentence: between parentheses and operators of
the same depth there is never more than one plain word, and none of these is a function word. So «سوريا و إيران» asks
for both, and in «العلاقات بين سوريا و إيران» it is a word like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic.folding import fold
from searchkit.arabic.function_words import is_function_word

if TYPE_CHECKING:
    from searchkit.query.lexer import Lexeme

_AND = "و"
_JOINING = ("and", "or")
_SIGNS = ("field", "exact", "plus", "minus")
_OPERATORS = frozenset(("and", "or", "not"))
AND_NOTE = "و: taken as AND, so a hit has both sides; leave it out to find either"


def demote(lexemes: list[Lexeme]) -> list[str]:
    """Turn Arabic operators that join nothing into the words they are in a sentence; return notes for the person."""
    for i in range(1, len(lexemes)):
        if lexemes[i - 1].kind in _SIGNS and lexemes[i].kind in _OPERATORS and not lexemes[i].text.isascii():
            lexemes[i] = lexemes[i]._replace(kind="word")
    arabic = [lexeme.kind for lexeme in lexemes if lexeme.kind in _OPERATORS and not lexeme.text.isascii()]
    if "or" in arabic or "not" in arabic:
        _demote_or_not(lexemes)
    return _demote_and(lexemes) if "and" in arabic else []


def _demote_or_not(lexemes: list[Lexeme]) -> None:
    kinds = ["open", *(lexeme.kind for lexeme in lexemes), "close"]
    for i, lexeme in enumerate(lexemes):
        if lexeme.kind in ("or", "not") and not lexeme.text.isascii():
            alone = kinds[i + 2] in ("close", "not", "near", *_JOINING)
            if lexeme.kind == "or":
                alone = (alone and kinds[i + 2] != "not") or kinds[i] in ("open", "not", *_JOINING)
            elif kinds[i] in ("not", "near") or kinds[i + 2] in ("plus", "minus"):
                alone = True
            elif not alone:
                alone = _is_function_word(lexemes[i + 1])  # «ليس هناك»
            if alone:
                lexemes[i] = lexeme._replace(kind="word")
                kinds[i + 1] = "word"


def _demote_and(lexemes: list[Lexeme]) -> list[str]:
    """Decide for all و of one depth at once."""
    notes: list[str] = []
    for level in _levels(lexemes):
        ands = [at for at in level if lexemes[at].text == _AND and lexemes[at].kind == "and"]
        if not ands:
            continue
        sides = _sides(lexemes, level)
        plain = [[at for at in side if _is_plain(lexemes, at)] for side in sides]
        joins = all(sides) and not any(
            len(words) > 1 or (len(side) == 1 and any(_is_function_word(lexemes[at]) for at in words))
            for side, words in zip(sides, plain, strict=True)
        )
        if not joins:
            for at in ands:
                lexemes[at] = lexemes[at]._replace(kind="word")
        elif not notes and any(plain):
            notes.append(AND_NOTE)
    return notes


def _levels(lexemes: list[Lexeme]) -> list[list[int]]:
    """Return the numbers of the lexemes between the same parentheses; an inner pair is there as its opening one."""
    open_levels: list[list[int]] = [[]]
    levels = [open_levels[0]]
    for at, lexeme in enumerate(lexemes):
        if lexeme.kind == "close":
            if len(open_levels) > 1:
                open_levels.pop()
            continue
        open_levels[-1].append(at)
        if lexeme.kind == "open":
            levels.append([])
            open_levels.append(levels[-1])
    return levels


def _sides(lexemes: list[Lexeme], level: list[int]) -> list[list[int]]:
    """Return what stands between the operators of a level."""
    sides: list[list[int]] = [[]]
    for at in level:
        if lexemes[at].kind in _JOINING:
            sides.append([])
        else:
            sides[-1].append(at)
    return sides


def _is_plain(lexemes: list[Lexeme], at: int) -> bool:
    """Tell whether this is a word that no sign, field or NEAR before it makes a part of a query."""
    return lexemes[at].kind == "word" and (at == 0 or lexemes[at - 1].kind in ("word", "open", "close", *_JOINING))


def _is_function_word(lexeme: Lexeme) -> bool:
    return lexeme.kind == "word" and is_function_word(fold(lexeme.text))
