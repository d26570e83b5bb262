"""searchkit: numbered types, spans and positions of every token; surface, lemma, root and name key of every type."""

from __future__ import annotations

import re

import searchkit
from benchmarks.versus.analysis.engines.harness import serve
from searchkit import _core
from searchkit._core import actions as act
from searchkit.analysis.stream import TextAnalyzer
from searchkit.arabic.folding import classify

# Letters for kinds, so that a regular expression can say what a token is.
_LETTERS = {
    act.SEPARATOR: " ", act.CONTROL: "m", act.MARK: "m", act.TANWIN_FATH: "m", act.HAMZA_MARK: "m", act.ARABIC: "A",
    act.HAMZA: "A", act.OTHER: "L", act.DIGIT: "0", act.POINT: ".", act.COMMA: ",",
}  # fmt: skip
_NUMBER = r"(?<!0\.)0{1,3}(?:,000(?!0))+(?:\.0+(?!\.?0))?|(?<!0\.)0+\.0+(?!\.?0)|0+"
_TOKEN = re.compile(rf"A[Am]*|L|{_NUMBER}")
_MARKED_NUMBER = re.compile(r"(?<=0)m+")
_LATIN = re.compile(r"L[L0m]*")


def main() -> None:
    analyzer = TextAnalyzer()

    def run(texts: list[str]) -> int:
        tokens = 0
        for text in texts:
            tokens += analyzer.analyze(text)
        return tokens

    core = "compiled" if _core.COMPILED else "pure Python"
    serve(f"{searchkit.__version__}, {core}", run, expect)


def expect(texts: list[str]) -> int:
    """Count the tokens by a regular expression over the kinds of characters."""
    kinds = {code: _LETTERS[classify(code) & act.KIND] for code in map(ord, set("".join(texts)))}
    count = 0
    for text in texts:
        marked = _LATIN.sub("L", text.translate(kinds))  # digits after letters belong to them and make no number
        count += len(_TOKEN.findall(_MARKED_NUMBER.sub("", marked)))
    return count


if __name__ == "__main__":
    main()
