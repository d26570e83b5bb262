"""The commands with the options of each; nothing is opened here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.cli.values import read_count, read_fold, read_kind, read_names, read_number, read_threads
from searchkit.config import COMMIT_EVERY_S, DEFAULT_INDEX, LIMIT, MEMORY_MB, PASSAGES, WORDS

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable


def _add_place(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--index", metavar="DIR", default=DEFAULT_INDEX, help="where the index is (default: %(default)s)"
    )


def _add_index(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        help="a folder, or a file: .txt .md .html .jsonl .csv .tsv, these with .gz, .json .docx .pptx .xlsx .odt .odp "
        ".ods .rtf .epub .pdf .eml .srt .vtt .zip; - for JSON lines from standard input",
    )
    _add_place(parser)
    parser.add_argument("--threads", metavar="N", type=read_threads, default=1, help="that read and index (default: 1)")
    parser.add_argument("--memory", metavar="MB", type=read_count, default=MEMORY_MB, help="default: %(default)s")
    parser.add_argument(
        "--field",
        metavar="NAME:KIND",
        type=read_kind,
        action="append",
        default=[],
        help="what a field holds: text, keyword, number or date (default: its first value tells)",
    )
    parser.add_argument(
        "--prune", action="store_true", help="delete the documents of files that are gone, or left out now"
    )
    parser.add_argument("--watch", action="store_true", help="go on, and index what changes, until Ctrl-C")
    parser.add_argument(
        "--dry-run", action="store_true", help="say which files are new, changed or gone; change nothing"
    )
    parser.add_argument(
        "--commit-every",
        metavar="S",
        type=read_count,
        default=int(COMMIT_EVERY_S),
        help="seconds between commits on a long run, which is what an accident can cost (default: %(default)s)",
    )
    parser.add_argument(
        "--progress",
        choices=("auto", "plain", "none"),
        default="auto",
        help="a line that moves, on a terminal; plain: a line every few seconds (default: auto)",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary")


def _add_query(parser: ArgumentParser) -> None:
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help='words, "phrases" "near ones"~3, a NEAR/5 b, +must -not (a OR b) a أو b ليس c, field:word field:[a TO b] '
        "field:>=a, =exact word* w?rd word~ word^2; - reads a query per line",
    )
    _add_place(parser)
    parser.add_argument(
        "--limit", metavar="N", type=read_count, default=LIMIT, help="hits shown (default: %(default)s)"
    )
    parser.add_argument("--offset", metavar="N", type=read_number, default=0, help="hits passed over (default: 0)")
    parser.add_argument(
        "--filter", metavar="QUERY", help="what all hits must satisfy besides, such as 'source:رويترز date:2024-11'"
    )
    parser.add_argument(
        "--sort", metavar="FIELD,...", help="order by these fields instead of scores; --sort=-date turns it round"
    )
    parser.add_argument(
        "--facets",
        metavar="FIELD,...",
        type=read_names,
        default=[],
        help="count the values of these; dates also as date:month, numbers as price:10/20",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="one JSON object")
    form.add_argument("--jsonl", dest="form", action="store_const", const="jsonl", help="a JSON object per hit")
    form.add_argument("--tsv", dest="form", action="store_const", const="tsv", help="rank score id title file snippet")
    form.add_argument(
        "--kwic",
        dest="form",
        action="store_const",
        const="kwic",
        help="a line per place: id field start before words after; half of --words on either side",
    )
    form.add_argument("--template", metavar="TEXT", help="a line per hit, such as '{rank}\\t{title}'")
    parser.add_argument("--fields", metavar="NAME,...", type=read_names, help="show these fields of each hit")
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal without NO_COLOR"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="print nothing: the exit status tells")
    parser.add_argument("-v", "--verbose", action="store_true", help="say on stderr what each word is looked up as")
    parser.add_argument("--explain", action="store_true", help="what scores are made of, and why above the next")
    parser.add_argument("--explain-id", metavar="ID", help="the rank of this document, or what kept it apart")
    parser.add_argument("--all", action="store_true", help="hits must have all words, not any of them")
    parser.add_argument("--similar", metavar="ID", help="documents like this one, copies of it first")
    parser.add_argument(
        "--quote", metavar="TEXT", help="where a sentence stands, even with words changed; - reads it, @FILE too"
    )
    parser.add_argument(
        "--passages", metavar="N", type=read_count, default=PASSAGES, help="of a text, at most (default: %(default)s)"
    )
    parser.add_argument(
        "--words", metavar="N", type=read_count, default=WORDS, help="in all passages of a text (default: %(default)s)"
    )
    parser.add_argument("--collapse", action="store_true", help="show copies of a story once, best first")
    parser.add_argument(
        "--level", choices=("surface", "lemma", "root"), help="search the spelling only, all forms, or relatives, too"
    )
    parser.add_argument(
        "--fold",
        metavar="NAME=off,...",
        type=read_fold,
        help="do not unite hamza taa yaa tashkeel letters digits: hits have the words as typed; --level surface",
    )
    parser.add_argument(
        "--no-fallback", dest="fallback", action="store_false", help="search nothing else for what no document has"
    )


def _add_suggest(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="a word or its beginning; of several words each")
    _add_place(parser)
    parser.add_argument("--limit", metavar="N", type=read_count, default=5, help="of each kind (default: %(default)s)")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _add_shell(parser: ArgumentParser) -> None:
    _add_place(parser)
    parser.add_argument("--limit", metavar="N", type=read_count, help="hits shown")
    parser.add_argument("--set", metavar="NAME=VALUE", action="append", default=[], help="a setting, for this time")


def _add_analyze(parser: ArgumentParser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="*", help="without it, standard input: one word a line")
    parser.add_argument("--tsv", action="store_true", help="token surface lemma root name, a line per token")
    parser.add_argument("--explain", action="store_true", help="how each word was split")


def _add_eval(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--corpus", metavar="C.jsonl[.gz]", help='lines {"id","title","text"}; a throw-away index is made'
    )
    parser.add_argument("--queries", metavar="Q.tsv", help="lines: qid TAB text")
    parser.add_argument("--qrels", metavar="R.tsv", required=True, help="lines: qid TAB 0 TAB docid TAB rel")
    parser.add_argument("--run", metavar="OUT", help="write the ranking in trec_eval's run format")
    parser.add_argument("--score", metavar="RUN", help="measure this run file; nothing is indexed")
    parser.add_argument("--compare", metavar="RUN", help="how much better than this run file, and is that chance?")
    parser.add_argument(
        "--per-query",
        metavar="FILE",
        nargs="?",
        const="-",
        help="a line per query: qid, measures, text (default: shown)",
    )
    parser.add_argument(
        "--tune", metavar="NAME=A,B", nargs="*", help="search weights on half of the queries (default: all of them)"
    )
    parser.add_argument("--json", action="store_true", help="figures as JSON")


def _add_stats(parser: ArgumentParser) -> None:
    _add_place(parser)
    parser.add_argument("--json", action="store_true", help="counts as JSON")


def _add_check(parser: ArgumentParser) -> None:
    _add_place(parser)


def _add_export(parser: ArgumentParser) -> None:
    _add_place(parser)
    parser.add_argument("--whoosh", metavar="DIR", required=True, help="a new folder for the exported index")


def _add_synonyms(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="a list; without it the one of the index is checked")
    _add_place(parser)
    parser.add_argument("--remove", action="store_true", help="do without a list from now on")


def _add_completions(parser: ArgumentParser) -> None:
    parser.add_argument(
        "shell", choices=("bash", "zsh", "fish"), help="eval its output, or keep it where the shell looks"
    )


def _add_serve(parser: ArgumentParser) -> None:
    _add_place(parser)
    parser.add_argument("--host", default="127.0.0.1", help="default: %(default)s")
    parser.add_argument("--port", metavar="N", type=read_count, default=8080, help="default: %(default)s")


COMMANDS: dict[str, tuple[str, Callable[[ArgumentParser], None], str]] = {
    "index": ("index", _add_index, "Add or refresh files and folders; only what changed is read."),
    "query": ("query", _add_query, "Search once. Exit status: 0 hits, 1 none, 2 an error."),
    "suggest": (
        "suggest",
        _add_suggest,
        "Corrections and completions of words. Exit status: 0 some, 1 none, 2 an error.",
    ),
    "shell": ("shell", _add_shell, "Search interactively."),
    "analyze": ("analyze", _add_analyze, "Show what the engine sees in a text."),
    "eval": ("evaluate", _add_eval, "Measure the ranking on a judged collection."),
    "stats": ("stats", _add_stats, "What is in the index, and whether the core is compiled."),
    "check": ("check", _add_check, "Read the whole index and verify its checksums."),
    "export": ("export", _add_export, "Write an index that Whoosh opens where searchkit is not installed."),
    "synonyms": ("synonyms", _add_synonyms, "Give an index a list of names that say the same, or check its list."),
    "doctor": ("doctor", _add_place, "Look for what keeps Arabic from being searched and read here."),
    "completions": ("completions", _add_completions, "Print the completions of a shell."),
    "serve": ("serve", _add_serve, "Serve the search page and its JSON over HTTP."),
}
"""Name of a command: its module, its options, what it does."""
