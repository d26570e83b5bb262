"""Names of fields as people type them, and what to say of a name that no field has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.arabic.field_names import FIELD_NAMES
from searchkit.query.signs import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from searchkit.query.lexer import Lexeme

_MARKS = "[\u0640\u064b-\u0652]"  # tatweel and vowels
_LIKE_A_FIELD = r"([^\W\d]\w{0,39}):"
_NO_FIELDS = frozenset(("http", "https", "ftp", "file", "mailto", "urn", "doi", "isbn", "tel"))
_MOST_NAMED = 12  # fields in a note
_MOST_NOTES = 3
_LONGEST = 60  # code points of a name that is not a field's own


def find_field(name: str, fields: Collection[str]) -> str | None:
    """Return the field that a name in a query means, None if there is no such field; its own name comes first."""
    if name in fields:
        return name
    if len(name) > _LONGEST:
        return None
    plain = pattern(_MARKS).sub("", name)
    for known in (plain, plain.removeprefix("ال"), "ال" + plain):
        for field in (known, known.lower(), FIELD_NAMES.get(known, "")):
            if field and field in fields:
                return field
    return None


def unknown_fields(lexemes: Sequence[Lexeme], fields: Collection[str]) -> list[str]:
    """Return a note for each word before a colon that looks like the name of a field, but is none or stands alone."""
    notes: list[str] = []
    for at, lexeme in enumerate(lexemes):
        if lexeme.kind == "word" and lexeme.text[-1:] == ":" and find_field(lexeme.text[:-1], fields):
            _note(notes, f"{lexeme.text} is taken as a word; for the field leave no space: {lexeme.text}…")
            continue
        match = pattern(_LIKE_A_FIELD).match(lexeme.text) if lexeme.kind == "word" and ":" in lexeme.text else None
        if match is None or match[1].lower() in _NO_FIELDS:
            continue
        rest = lexeme.text[match.end() :]
        follows = at + 1 < len(lexemes) and lexemes[at + 1].start == lexeme.end
        if (rest or follows) and not rest.startswith(("/", "\\", ":")) and not rest.isspace():
            shown = [name for name in fields if "__" not in name]
            more = ", …" if len(shown) > _MOST_NAMED else ""
            note = f"no field {match[1]!r}, so taken as words; fields: {', '.join(shown[:_MOST_NAMED])}{more}"
            _note(notes, note)
    return notes


def _note(notes: list[str], note: str) -> None:
    if note not in notes and len(notes) < _MOST_NOTES:
        notes.append(note)
