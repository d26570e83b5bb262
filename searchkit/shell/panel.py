"""What stands below the line that is being typed: the hits, the one that is chosen, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from searchkit.errors import QuerySyntaxError, SearchkitError
from searchkit.messages import language, translate
from searchkit.search.render import hit_lines

if TYPE_CHECKING:
    from searchkit.search import Hit, Results
    from searchkit.shell.session import Session

_AT_ONCE = 6  # hits drawn before they are asked for: a screen of 24 lines holds so many
_POINTER = "▸"
_WORD_END = frozenset(' \t"«»“”„()~*?؟^:')


class Shown(NamedTuple):
    """The hits of one text, each drawn once."""

    text: str  # that was typed
    results: Results | None
    blocks: list[tuple[str, ...]]  # the lines of the first hits, with colours, not yet wrapped
    problem: str = ""

    @property
    def size(self) -> int:
        """The number of hits."""
        return 0 if self.results is None else len(self.results)


class Panel:
    """Hits that follow the typing. Drawn by one thread, filled by another: ``shown`` is replaced as a whole."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.shown = Shown("", None, [])
        self.chosen = -1  # place of a hit; -1 for the line itself
        self.explained = False  # whether the reasons for the chosen hit are shown
        self.origin = ""  # what the hits are similar to, where they are no hits for the text

    def clear(self) -> None:
        """Show nothing."""
        self.shown = Shown("", None, [])
        self.chosen = -1
        self.explained = False
        self.origin = ""

    def search(self, text: str) -> None:
        """Search for a text as far as it is typed, and draw the hits."""
        results: Results | None = None
        problem = ""
        try:
            results = self._session.preview(text)
            blocks = self._draw(results, _AT_ONCE)
        except QuerySyntaxError:  # not yet finished, most often: the hits before it stay
            blocks, results = self.shown.blocks, self.shown.results
        except (SearchkitError, OSError) as error:
            blocks, problem = [], str(error)
        self.chosen, self.explained, self.origin = -1, False, ""
        self.shown = Shown(text, results, blocks, problem)

    def show_similar(self) -> None:
        """Show what is similar to the chosen hit, or to the first."""
        hit = self.hit()
        if hit is None:
            return
        try:
            results = self._session.similar(hit)
            self.shown = Shown(self.shown.text, results, self._draw(results, _AT_ONCE))
            self.origin = hit.title
        except (SearchkitError, OSError) as error:
            self.shown = Shown(self.shown.text, None, [], str(error))
        self.chosen, self.explained = -1, False

    def hit(self) -> Hit | None:
        """Return the chosen hit, or the first one; None if there is none."""
        results = self.shown.results
        if not results:
            return None
        return results[max(self.chosen, 0)]

    def move(self, step: int) -> bool:
        """Choose another hit; return whether there is one."""
        chosen = self.chosen + step
        if not -1 <= chosen < self.shown.size:
            return False
        self.chosen = chosen
        return True

    def explain(self) -> None:
        """Show or hide why the chosen hit is where it is."""
        if self.shown.size:
            self.chosen = max(self.chosen, 0)
            self.explained = not self.explained

    def lines(self, width: int, height: int) -> list[str]:
        """Return what to show in so many columns and at most so many lines; the chosen hit is always among it."""
        if self.shown.problem:
            return self._session.fit(translate(self.shown.problem), width)[:height]
        lines: list[str] = []
        first = last = 0  # lines of the chosen hit
        if self.origin:
            lines += self._session.fit(
                f"{self._session.style.dim[0]}≈ {self.origin}{self._session.style.dim[1]}", width
            )
        for place in range(self.shown.size):
            begin = len(lines)
            chosen = place == self.chosen
            for number, line in enumerate(self._block(place)):
                pointer = _POINTER if chosen and not number else " "
                lines += self._session.fit(f"{pointer} {line}", width)
            if chosen:
                if self.explained:
                    lines += self._reasons(place, width)
                first, last = begin, len(lines)
            elif begin > height and place > self.chosen:
                break
        for note in self._notes():
            lines += self._session.fit(note, width)
        start = max(0, min(first, last - height))
        return lines[start : start + height]

    def _draw(self, results: Results, number: int) -> list[tuple[str, ...]]:
        style = self._session.style
        return [tuple(hit_lines(results[place], style)) for place in range(min(number, len(results)))]

    def _block(self, place: int) -> tuple[str, ...]:
        """Return the lines of a hit, which is drawn when it is first looked at."""
        results, blocks = self.shown.results, self.shown.blocks
        while results is not None and len(blocks) <= place:
            blocks.append(tuple(hit_lines(results[len(blocks)], self._session.style)))
        return blocks[place]

    def _reasons(self, place: int, width: int) -> list[str]:
        results = self.shown.results
        if results is None:
            return []
        hit = results[place]
        try:
            reasons = [*hit.explain().lines("", translate), hit.why_above(language())]
        except (SearchkitError, OSError) as error:
            reasons = [translate(str(error))]
        return [part for reason in reasons if reason for part in self._session.fit(f"     {reason}", width)]

    def _notes(self) -> list[str]:
        results = self.shown.results
        if results is None:
            return []
        dim, plain = self._session.style.dim
        return [f"{dim}{translate(note)}{plain}" for note in results.notes]


def unfinished_word(text: str) -> str:
    """Return the word at the end of a query that may still be growing; "" if the last one is finished."""
    start = len(text)
    while start and text[start - 1] not in _WORD_END:
        start -= 1
    word = text[start:]
    quotes = text.count('"') % 2 or text.rfind("«") > text.rfind("»") or text.rfind("“") > text.rfind("”")
    before = text[start - 1 : start]
    if quotes or word[:1] in ("=", "-", "+") or before in ("^", "~", "*") or not word[-1:].isalpha():
        return ""
    return word
