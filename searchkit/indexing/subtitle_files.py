"""Subtitles (.srt, .vtt): what is said, without numbers and times."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchkit.indexing.text_files import read_text_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchkit.indexing.sources import Document, Problem, Source

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}.*")
_SIGNS = re.compile(r"</?[a-zA-Z][^<>\n]*>|</?\d[\d:.]*>|\{\\[^{}\n]*\}")
_NOT_SAID = re.compile(r"(?:NOTE|STYLE|REGION)(?=\s|$)")


def read_subtitles(source: Source) -> Iterator[Document | Problem]:
    """Read a file as one document; its title is the first line that is said.

    Raises:
        OSError: the file cannot be read.
    """
    return read_text_file(source, spoken)


def spoken(text: str) -> str:
    """Return the lines that are said."""
    lines: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        rows = block.strip().split("\n")
        at = next((number for number, row in enumerate(rows[:2]) if _TIMES.fullmatch(row)), -1)
        if at < 0 and (_NOT_SAID.match(rows[0]) or rows[0].startswith("WEBVTT")):
            continue
        lines += [" ".join(_SIGNS.sub("", row).split()) for row in rows[at + 1 :]]
    return "\n".join(line for line in lines if line)
