"""The text of a document's fields as it was analysed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


def field_text(document: Mapping[str, Any], field: str) -> str:
    """Return the text of a field, "" if it has none; the items of a list lie on lines of their own."""
    value = document.get(field)
    if isinstance(value, list):
        items = cast("list[object]", value)
        texts = [item for item in items if isinstance(item, str)]
        return "\n".join(texts) if len(texts) == len(items) else ""
    return value if isinstance(value, str) else ""
