"""The analysis as an analyzer for anybody's Whoosh schema: ``TEXT(analyzer=ArabicAnalyzer())``.

Whoosh asks of an analyzer that it can be called and pickled, and of a token that it has the attributes below and
``copy``; so this needs no import of Whoosh.
"""

from collections.abc import Callable, Iterator
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


class _Composable:
    """What can be followed by a token filter of Whoosh: ``ArabicAnalyzer() | StopFilter(...)``."""

    is_morph = True

    def __or__(self, other: Callable[[Iterator[WhooshToken]], Iterator[WhooshToken]]) -> "FilteredAnalyzer":
        return FilteredAnalyzer(self, other)

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:
        raise NotImplementedError

    def has_morph(self) -> bool:
        """Tell Whoosh that terms differ from the written words."""
        return self.is_morph

    def clean(self) -> None:
        """Drop what must not be pickled: nothing."""


class FilteredAnalyzer(_Composable):
    """An analyzer and a token filter after it."""

    def __init__(
        self, analyzer: _Composable, token_filter: Callable[[Iterator[WhooshToken]], Iterator[WhooshToken]]
    ) -> None:
        self.analyzer = analyzer
        self.token_filter = token_filter

    def __call__(self, value: str, **options: Any) -> Iterator[WhooshToken]:
        """Yield what the filter lets through; the options are those of ``ArabicAnalyzer``."""
        return self.token_filter(self.analyzer(value, **options))

    def __repr__(self) -> str:
        return f"{self.analyzer!r} | {self.token_filter!r}"


class ArabicAnalyzer(_Composable):
    """Turns text into the terms of one level of evidence; stateless, so safe in threads."""

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
            terms = evidence(surface).terms(surface, self.level)
            # Whoosh's parser would ask for all terms of an ambiguous word at once, one after the other in a phrase.
            for term in terms[:1] if mode == "query" else terms:
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


_tokens = tokenize
