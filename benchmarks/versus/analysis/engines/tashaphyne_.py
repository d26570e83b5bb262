"""PyArabic and Tashaphyne: marks off, letters normalised, the light stem of every word."""

from __future__ import annotations

import re

from benchmarks.versus.analysis.engines.harness import count_runs, is_word_char, serve
from benchmarks.versus.child import version_of


def main() -> None:
    version = version_of("PyArabic", "Tashaphyne")
    from pyarabic import araby
    from tashaphyne.stemming import ArabicLightStemmer

    stemmer = ArabicLightStemmer()
    word = re.compile(r"\w+")

    def run(texts: list[str]) -> int:
        tokens = 0
        for text in texts:
            plain = araby.normalize_hamza(araby.strip_tatweel(araby.strip_tashkeel(text)), method="tasheel")
            for found in word.finditer(plain):
                tokens += bool(stemmer.light_stem(found[0]) or found[0])
        return tokens

    def expect(texts: list[str]) -> int:
        gone = dict.fromkeys(map(ord, [*araby.TASHKEEL, araby.TATWEEL]))
        return sum(count_runs(text.translate(gone), inside=is_word_char) for text in texts)

    serve(version, run, expect)


if __name__ == "__main__":
    main()
