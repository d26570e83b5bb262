"""Results in the form that was asked for."""

from __future__ import annotations

import json
import os
import re
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from searchkit.errors import InputError
from searchkit.messages import translate
from searchkit.search import render
from searchkit.search.snippet import one_line

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from searchkit.search import Hit, Results
    from searchkit.search.quote import Quotations

_PLACEHOLDER = r"\{(\w+)\}|(\{\{|\}\})|[{}]"
_ESCAPES = {"\\n": "\n", "\\t": "\t", "\\0": "\0", "\\\\": "\\"}


def print_results(results: Results, options: Namespace) -> None:
    """Print hits as the options say."""
    if options.quiet:
        return
    if options.verbose:
        from searchkit.cli.report import show

        for line in render.understanding(results):
            show(f"{line}\n")
    if options.form in ("json", "jsonl"):
        keep_json_whole()
    results.show(options.passages, options.words)
    for line in _lines(results, options):
        print(line)
    if results.notes and (options.template is not None or options.form in ("jsonl", "tsv", "kwic")):
        from searchkit.cli.report import tell

        for note in results.notes:  # which have no place among the hits
            tell(translate(note))


def print_quotations(found: Quotations, options: Namespace) -> None:
    """Print where a quotation stands as the options say."""
    from searchkit.search import render_quote

    if options.template is not None or options.fields is not None or options.form == "kwic":
        raise InputError("--quote: goes without --template, --kwic and --fields; use --jsonl and choose from that")
    if options.quiet:
        return
    if options.form in ("json", "jsonl"):
        keep_json_whole()
    if options.form == "json":
        print(render_quote.json_text(found))
        return
    if options.form == "jsonl":
        lines = render_quote.json_lines(found)
    elif options.form == "tsv":
        lines = render_quote.tsv_lines(found)
    else:
        lines = render_quote.text_lines(found, render.Style(color=colored(options.color)))
    for line in lines:
        print(line)


def keep_json_whole() -> None:
    """Have letters that the encoding of standard output lacks written as JSON escapes them, instead of as ?."""
    stream: object = sys.stdout
    if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in ("utf-8", "utf8"):
        import codecs

        codecs.register_error("json", _escaped)
        stream.reconfigure(errors="json")


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


def colored(choice: str) -> bool:
    """Tell whether output is coloured: always, never, or on a terminal unless ``NO_COLOR`` is set (no-color.org)."""
    if choice == "auto":
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"


def _lines(results: Results, options: Namespace) -> Iterator[str]:
    fields: list[str] | None = options.fields
    if options.template is not None:
        template = _Template(options.template)
        for hit in results:
            yield template.fill(hit)
    elif options.form == "json":
        yield render.json_text(results, explain=options.explain, fields=fields)
    elif options.form == "jsonl":
        yield from render.json_lines(results, explain=options.explain, fields=fields)
    elif options.form == "tsv":
        yield from render.tsv_lines(results, fields)
    elif options.form == "kwic":
        from searchkit.search.concordance import lines_of

        for hit in results:
            for line in lines_of(hit, options.words // 2):
                yield "\t".join((one_line(hit.id), *map(str, line)))
    else:
        style = render.Style(color=colored(options.color))
        yield from render.text_lines(results, style, explain=options.explain, fields=fields or ())


class _Template:
    """A line per hit, with the names of fields in braces. Nothing in it is ever run."""

    def __init__(self, text: str) -> None:
        """Take a template.

        Raises:
            InputError: a brace in it stands for nothing.
        """
        self._text = re.sub(r"\\[nt0\\]", lambda match: _ESCAPES[match[0]], text)
        for match in re.finditer(_PLACEHOLDER, self._text):
            if not match[1] and not match[2]:
                raise InputError(f"--template: a brace without a name at {match.start() + 1}; write {{title}}, or {{{{")

    def fill(self, hit: Hit) -> str:
        """Return the line of a hit; a field that it does not have is empty."""
        return re.sub(
            _PLACEHOLDER,
            lambda match: match[2][0] if match[2] else one_line(render.column(hit, match[1])),
            self._text,
        )


def batch_line(results: Results, options: Namespace) -> str:
    """Return the results of one of several queries as one line of JSON."""
    results.show(options.passages, options.words)
    return json.dumps(render.json_value(results, explain=options.explain, fields=options.fields), ensure_ascii=False)
