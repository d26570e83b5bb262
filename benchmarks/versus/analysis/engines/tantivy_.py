"""tantivy: words, lower case, Snowball's Arabic stemmer, in Rust; Python gets the list of terms, without spans."""

from __future__ import annotations

import unicodedata

from benchmarks.versus.analysis.engines.harness import count_runs, serve
from benchmarks.versus.child import version_of


def main() -> None:
    version = version_of("tantivy")
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.lowercase()).filter(Filter.stemmer("arabic"))
    analyze = builder.build().analyze

    def run(texts: list[str]) -> int:
        tokens = 0
        for text in texts:
            tokens += len(analyze(text))
        return tokens

    serve(version, run, expect)


def expect(texts: list[str]) -> int:
    alphanumeric = {char: _is_alphanumeric(char) for char in set("".join(texts))}
    return sum(count_runs(text, inside=alphanumeric.__getitem__) for text in texts)


def _is_alphanumeric(char: str) -> bool:
    """Tell whether Unicode calls a character alphabetic or a number, as far as Arabic and Latin text goes."""
    category = unicodedata.category(char)
    if category in ("Mn", "Mc"):  # DerivedCoreProperties: Arabic vowel marks are alphabetic, signs over them are not
        return any(first <= ord(char) <= last for first, last in _ALPHABETIC_MARKS)
    return category[0] == "L" or category[0] == "N" or 0x24B6 <= ord(char) <= 0x24E9


_ALPHABETIC_MARKS = ((0x610, 0x61A), (0x64B, 0x657), (0x659, 0x65F), (0x670, 0x670), (0x6D6, 0x6DC), (0x6E1, 0x6E4),
                     (0x6E7, 0x6E8), (0x6ED, 0x6ED))  # fmt: skip


if __name__ == "__main__":
    main()
