"""The fields of an index as Whoosh's schema.

The names of ``TextField``, ``StoredField`` and ``make_schema`` and its arguments are in pickles and never change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from searchkit.analysis import LEVELS, ArabicAnalyzer, level_field
from searchkit.analysis.evidence import POSITIONED
from searchkit.codecs.api import fields
from searchkit.codecs.columns import StoredColumn, decode_value, encode_value
from searchkit.config import KEY

if TYPE_CHECKING:
    from collections.abc import Iterable


class TextField(fields.TEXT):
    """A text as it was given: searched by its words as they are written, sorted and grouped as a whole."""

    def to_column_value(self, value: Any) -> bytes:
        """Return a value as the column keeps it."""
        return encode_value(value)

    def from_column_value(self, value: Any) -> Any:
        """Return the value that the column keeps."""
        return decode_value(value)


class StoredField(fields.STORED):
    """A value that is kept, and can be sorted and grouped by."""

    def __init__(self) -> None:
        self.column_type = StoredColumn()

    def to_column_value(self, value: Any) -> bytes:
        """Return a value as the column keeps it."""
        return encode_value(value)

    def from_column_value(self, value: Any) -> Any:
        """Return the value that the column keeps."""
        return decode_value(value)


def make_schema(text_fields: Iterable[str], names: Iterable[str]) -> Any:
    """Return Whoosh's schema of an index.

    Args:
        text_fields: the fields that are analysed.
        names: all fields that documents may have; those that are not analysed are only stored.
    """
    schema = fields.Schema()
    _add(schema, KEY, fields.ID(unique=True, stored=True))
    for name in text_fields:
        _add(schema, name, TextField(ArabicAnalyzer(LEVELS[0]), stored=True, sortable=StoredColumn()))
        for level in LEVELS[1:]:
            # a word may have two lemmas: alternatives, not two words
            field = fields.TEXT(ArabicAnalyzer(level), phrase=level in POSITIONED, multitoken_query="or")
            _add(schema, level_field(name, level), field)
    for name in names:
        if name not in schema:
            _add(schema, name, StoredField())
    return schema


def _add(schema: Any, name: str, field: Any) -> None:
    """Add a field. ``Schema.add`` refuses names with spaces, but only Whoosh's query language cannot express them."""
    if " " in name:
        schema._fields[name] = field
    else:
        schema.add(name, field)
