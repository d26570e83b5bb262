"""Whoosh's tokenizer and lower case: what its standard analyzer does before its English stop words."""

from __future__ import annotations

from benchmarks.versus.analysis.engines.harness import count_runs, is_word_char, serve
from benchmarks.versus.child import version_of


def main() -> None:
    version = version_of("Whoosh")
    from whoosh.analysis import LowercaseFilter, RegexTokenizer

    analyzer = RegexTokenizer() | LowercaseFilter()

    def run(texts: list[str]) -> int:
        tokens = 0
        for text in texts:
            for _ in analyzer(text, positions=True, chars=True):
                tokens += 1
        return tokens

    serve(version, run, expect)


def expect(texts: list[str]) -> int:
    """Count runs of word characters; a single point between two joins them."""
    return sum(count_runs(text, inside=is_word_char) - _joints(text) for text in texts)


def _joints(text: str) -> int:
    joints = 0
    for at in range(1, len(text) - 1):
        joints += text[at] == "." and is_word_char(text[at - 1]) and is_word_char(text[at + 1])
    return joints


if __name__ == "__main__":
    main()
