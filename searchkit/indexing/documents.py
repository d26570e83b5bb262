"""Paths to documents: what the rest of searchkit uses of the readers of files.

Nothing raised by a file escapes: whatever cannot be read is a ``Problem`` that names the place and the
remedy.
"""

from collections.abc import Callable, Iterator

from searchkit.indexing.sources import Document, Problem, Source, find_sources, why_unreadable

__all__ = ["Document", "Problem", "Source", "find_sources", "read_documents"]


def read_documents(source: Source) -> Iterator[Document | Problem]:
    """Read the documents of a file one after the other, and what is wrong with it in between.

    Text, Markdown and HTML files are one document each, with the name of the file as its id. In JSON lines
    and CSV a row without an id is named by file and line.
    """
    if source.size == 0:
        yield Problem(source.name, "is empty; write some text into it or remove it")
        return
    try:
        yield from _reader(source.path.lower())(source)
    except FileNotFoundError:
        yield Problem(source.name, "has vanished since it was found; index again")
    except OSError as error:
        yield Problem(source.name, why_unreadable(error))


def _reader(path: str) -> Callable[[Source], Iterator[Document | Problem]]:
    if path.endswith((".jsonl", ".jsonl.gz")):
        from searchkit.indexing.json_files import read_json_lines  # json, when there is any

        return read_json_lines
    if path.endswith(".csv"):
        from searchkit.indexing.csv_files import read_csv  # csv

        return read_csv
    from searchkit.indexing.text_files import read_text_file  # html.parser

    return read_text_file
