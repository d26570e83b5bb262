"""The analysis as an analyzer for anybody's Whoosh schema: ``TEXT(analyzer=ArabicAnalyzer())``.

Whoosh asks of an analyzer that it can be called and pickled, and of a token that it has the attributes below and
``copy``; so this needs no import of Whoosh.
"""

from collections.abc import Iterator
from typing import Any

from searchkit.analysis.evidence import LEVELS, evidence
from searchkit.analysis.token import tokenize


class WhooshToken:
    """A token as Whoosh's formats, filters and highlighters want it."""

    def __init__(self, **attributes: Any) -> None:
        self.text = ""
        self.original = ""
        self.boost = 1.0
        self.stopped = False
        self.pos = 0
        self.startchar = 0
        self.endchar = 0
        self.__dict__.update(attributes)

    def copy(self) -> "WhooshToken":
        """Return a token that can be kept."""
        return WhooshToken(**self.__dict__)


class ArabicAnalyzer:
    """Turns text into the terms of one level of evidence; stateless, so safe in threads."""

    is_morph = True

    def __init__(self, level: str = "lemma") -> None:
        """Choose the level.

        Args:
            level: one of ``LEVELS``. The default unites the inflected forms of a word.
        """
        if level not in LEVELS:
            raise ValueError(f"level must be one of {', '.join(LEVELS)}, got {level!r}")
        self.level = level

    def __call__(
        self,
        value: str,
        *,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        removestops: bool = True,
        start_pos: int = 0,
        start_char: int = 0,
        tokenize: bool = True,
        mode: str = "",
        **attributes: Any,
    ) -> Iterator[WhooshToken]:
        """Yield the terms of ``value``; the words mean what they mean to Whoosh's own analyzers."""
        token = WhooshToken(positions=positions, chars=chars, removestops=removestops, mode=mode, **attributes)
        if not tokenize:
            token.text = token.original = value
            token.pos, token.startchar, token.endchar = start_pos, start_char, start_char + len(value)
            yield token
            return
        for surface, start, end, position in _tokens(value):
            if keeporiginal:
                token.original = value[start:end]
            token.pos = start_pos + position
            token.startchar, token.endchar = start_char + start, start_char + end
            for term in evidence(surface).terms(surface, self.level):
                token.text = term
                token.boost = 1.0
                token.stopped = False
                yield token

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ArabicAnalyzer) and self.level == other.level

    def __hash__(self) -> int:
        return hash((ArabicAnalyzer, self.level))

    def __repr__(self) -> str:
        return f"ArabicAnalyzer(level={self.level!r})"

    def has_morph(self) -> bool:
        """Tell Whoosh that terms differ from the written words."""
        return self.is_morph

    def clean(self) -> None:
        """Drop what must not be pickled: nothing."""


_tokens = tokenize
