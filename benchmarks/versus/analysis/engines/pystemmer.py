r"""PyStemmer: Snowball's Arabic stemmer in C over the words that ``\w+`` finds."""

from __future__ import annotations

import re

from benchmarks.versus.analysis.engines.harness import count_runs, is_word_char, serve
from benchmarks.versus.child import version_of


def main() -> None:
    version = version_of("PyStemmer")
    import Stemmer

    stem = Stemmer.Stemmer("arabic").stemWords
    words = re.compile(r"\w+").findall

    def run(texts: list[str]) -> int:
        tokens = 0
        for text in texts:
            tokens += len(stem(words(text)))
        return tokens

    serve(version, run, lambda texts: sum(count_runs(text, inside=is_word_char) for text in texts))


if __name__ == "__main__":
    main()
