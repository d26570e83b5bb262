"""Documents and queries, from the files of a collection to those that the engines read."""

from __future__ import annotations

import gzip
import json
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Document = tuple[str, str, str]  # id, title, text


def read_documents(path: str, limit: int | None = None) -> list[Document]:
    """Return the documents of a file of JSON lines, ``.gz`` or plain."""
    documents: list[Document] = []
    open_text = gzip.open if path.endswith(".gz") else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if len(documents) == limit:
                break
            found = json.loads(line)
            title, text = (_clean(found.get(name) or "") for name in ("title", "text"))
            documents.append((found["id"], title, text))
    return documents


def write_documents(path: str, documents: Iterable[Document], *, more: bool = False) -> None:
    """Write documents as the engines read them, or add more."""
    with open(path, "a" if more else "w", encoding="utf-8", newline="") as file:
        file.writelines("\x1f".join(document) + "\0" for document in documents)


def text_bytes(documents: Iterable[Document]) -> int:
    """Return the bytes of titles and texts in UTF-8."""
    return sum(len(title.encode()) + len(text.encode()) for _, title, text in documents)


def write_queries(path: str, queries: Iterable[str]) -> str:
    """Write queries as the engines read them and return the path."""
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(f"{query}\n" for query in queries)
    return path


def folder_bytes(folder: str) -> int:
    """Return the bytes of all files in a folder and below."""
    return sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(folder) for name in names)


def _clean(text: str) -> str:
    return text.replace("\0", " ").replace("\x1f", " ").encode("utf-8", "replace").decode()
