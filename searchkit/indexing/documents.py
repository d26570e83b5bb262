"""Paths to documents: what the rest of searchkit uses of the readers of files.

Nothing raised by a file escapes: whatever cannot be read is a ``Problem`` that names the place and the
remedy.
"""

import os
from collections.abc import Callable, Iterator

from searchkit.indexing.sources import Document, Problem, Source, find_sources, why_unreadable

__all__ = ["Document", "Problem", "Source", "find_sources", "read_documents"]


def read_documents(source: Source) -> Iterator[Document | Problem]:
    """Read the documents of a file one after the other, and what is wrong with it in between.

    A text, a page, an article or a book is one document, with the name of the file as its id. In JSON lines
    and tables a row without an id is named by file and line. What is in a zip file is read as if it lay in a folder
    of that name.
    """
    if source.size == 0:
        yield Problem(source.name, "is empty; write some text into it or remove it")
        return
    try:
        yield from _reader(source.path.lower())(source)
    except FileNotFoundError:
        yield Problem(source.name, "has vanished since it was found; index again", transient=True)
    except OSError as error:
        yield Problem(source.name, why_unreadable(error), transient=True)


def _reader(path: str) -> Callable[[Source], Iterator[Document | Problem]]:
    """Return the reader for a suffix; each is imported when there is such a file."""
    suffix = os.path.splitext(path.removesuffix(".gz"))[1]
    if suffix in (".jsonl", ".ndjson"):
        from searchkit.indexing.json_files import read_json_lines

        return read_json_lines
    if suffix in (".csv", ".tsv"):
        from searchkit.indexing.csv_files import read_csv

        return read_csv
    if suffix == ".json":
        from searchkit.indexing.json_files import read_json_file

        return read_json_file
    if suffix in (".srt", ".vtt"):
        from searchkit.indexing.subtitle_files import read_subtitles

        return read_subtitles
    if path.endswith(".xlsx"):
        from searchkit.indexing.sheet_files import read_workbook

        return read_workbook
    if path.endswith(".eml"):
        from searchkit.indexing.mail_files import read_mail

        return read_mail
    if path.endswith(".rtf"):
        from searchkit.indexing.rtf_files import read_rtf

        return read_rtf
    if path.endswith((".docx", ".pptx", ".odt", ".odp", ".ods", ".epub")):
        from searchkit.indexing.office_files import read_office_file

        return read_office_file
    if path.endswith(".pdf"):
        from searchkit.indexing.pdf_files import read_pdf

        return read_pdf
    if path.endswith(".zip"):
        from searchkit.indexing.zip_files import read_zip

        return read_zip
    from searchkit.indexing.text_files import read_text_file

    return read_text_file
