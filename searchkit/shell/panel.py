"""What stands below the line that is being typed: the hits, the one that is chosen, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchkit.errors import QuerySyntaxError, SearchkitError
from searchkit.messages import language, translate
from searchkit.records import NamedTuple
from searchkit.search.render import hit_lines

if TYPE_CHECKING:
    from searchkit.search import Hit, Results
    from searchkit.shell.session import Session

_POINTER = "▸"
_INDENT = 5  # of reasons
_SIZE = (80, 20)  # columns and lines, until it is known
_WORD_END = frozenset(' \t"«»“”„()~*?؟^:')
_FEWEST_WORDS, _MOST_WORDS = 10, 32
_COLUMNS_A_WORD = 4  # of two lines of Arabic: a word has about 5 letters, a space, and marks


class Shown(NamedTuple):
    """The hits of one text, each drawn once."""

    text: str  # that was typed
    results: Results | None = None
    blocks: list[tuple[str, ...]] = []  # noqa: RUF012 - the lines of the first hits, not yet wrapped
    problem: str = ""
    mistake: QuerySyntaxError | None = None  # what keeps the text from being searched

    @property
    def size(self) -> int:
        """The number of hits."""
        return 0 if self.results is None else len(self.results)


class Panel:
    """Hits that follow the typing. Drawn by one thread, filled by another: ``shown`` is replaced as a whole."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._size = _SIZE
        self._fitted: dict[tuple[str, int, str], list[str]] = {}  # lines as they were last shown
        self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.shown = Shown("")
        self.chosen = -1  # place of a hit; -1 for the line itself
        self.explained = False  # whether the reasons for the chosen hit are shown
        self.origin = ""  # what the hits are similar to, where they are no hits for the text
        self.mistake_shown = False
        self.said = ""  # of what was done last

    def search(self, text: str) -> None:
        """Search for a text as far as it is typed, and draw the hits that there is room for."""
        before = self.shown
        try:
            results = self._session.preview(text)
            shown = Shown(text, results, self._draw(results), self._session.trouble)
        except QuerySyntaxError as error:  # not yet finished, most often: the hits before it stay
            shown = before._replace(text=text, problem="", mistake=error)
        except (SearchkitError, OSError) as error:
            shown = before._replace(text=text, problem=str(error), mistake=None)
        self.chosen, self.explained, self.origin, self.mistake_shown, self.said = -1, False, "", False, ""
        self.shown = shown

    def show_similar(self) -> None:
        """Show what is similar to the chosen hit, or to the first."""
        hit = self.hit()
        if hit is None:
            return
        try:
            results = self._session.similar(hit)
            self.shown = Shown(self.shown.text, results, self._draw(results))
            self.origin = hit.title
        except (SearchkitError, OSError) as error:
            self.shown = self.shown._replace(problem=str(error))
        self.chosen, self.explained = -1, False

    def show_mistake(self, mistake: QuerySyntaxError | None = None) -> bool:
        """Say what is wrong with the text, if anything is; return whether that is new.

        Args:
            mistake: found just now; else that of the last search.
        """
        if mistake is not None:
            self.shown = self.shown._replace(text=mistake.query, mistake=mistake)
        new = self.shown.mistake is not None and not self.mistake_shown
        self.mistake_shown = self.mistake_shown or new
        return new

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
        self.chosen, self.said = chosen, ""
        return True

    def explain(self) -> None:
        """Show or hide why the chosen hit is where it is."""
        if self.shown.size:
            self.chosen = max(self.chosen, 0)
            self.explained = not self.explained

    def lines(self, width: int, height: int) -> list[str]:
        """Return what to show in so many columns and at most so many lines; the chosen hit is always among it."""
        self._size = width, height
        head = self._head(width)[:height]
        room = height - len(head)
        lines: list[str] = []
        first = last = 0  # lines of the chosen hit
        for place in range(self.shown.size):
            begin = len(lines)
            chosen = place == self.chosen
            lines += self._hit_lines(place, width, chosen=chosen)
            if chosen:
                if self.explained:
                    lines += self._reasons(place, width)
                first, last = begin, len(lines)
            if place >= self.chosen and len(lines) >= max(room, last):  # nothing of the next would be seen
                break
        if len(lines) < room or self.chosen >= 0:
            for note in self._notes():
                lines += self._fit(note, width)
        start = min(first, max(0, last - room))
        return head + lines[start : start + room]

    def _head(self, width: int) -> list[str]:
        """Return what has to be seen before the hits."""
        dim, plain = self._session.style.dim
        lines: list[str] = []
        shown = self.shown
        if shown.problem:
            lines += self._session.fit(self._session.message(shown.problem), width)
        if self.mistake_shown and shown.mistake is not None:
            error = shown.mistake
            lines += self._session.underline(error, width, color=self._session.color)
            lines += self._session.fit(self._session.message(str(error)), width)
        if self.said:
            lines += self._session.fit(self._session.message(self.said), width)
        if self.origin:
            lines += self._session.fit(f"{dim}≈ {self.origin}{plain}", width)
        return lines

    def _hit_lines(self, place: int, width: int, *, chosen: bool) -> list[str]:
        lines: list[str] = []
        for number, line in enumerate(self._block(place)):
            lines += self._fit(f"{_POINTER if chosen and not number else ' '} {line}", width)
        return lines

    def _fit(self, line: str, width: int) -> list[str]:
        """Return a line as this terminal can show it; what was shown before is known."""
        key = line, width, self._session.bidi
        known = self._fitted.get(key)
        if known is None:
            if len(self._fitted) > 500:
                self._fitted = {}
            known = self._fitted[key] = self._session.fit(line, width)
        return known

    def _draw(self, results: Results) -> list[tuple[str, ...]]:
        """Return the lines of the hits that there is room for, and have them wrapped already."""
        width, height = self._size
        results.show(1, min(max(width // _COLUMNS_A_WORD, _FEWEST_WORDS), _MOST_WORDS))
        blocks: list[tuple[str, ...]] = []
        used = 0
        for hit in results:
            if used >= height:
                break
            blocks.append(tuple(hit_lines(hit, self._session.style)))
            used += sum(len(self._fit(f"  {line}", width)) for line in blocks[-1])
        return blocks

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
            reasons = [str(error)]
        lines = [" " * _INDENT + self._session.message(reason) for reason in reasons if reason]
        return [part for line in lines for part in self._fit(line, width)]

    def _notes(self) -> list[str]:
        results = self.shown.results
        if results is None:
            return []
        dim, plain = self._session.style.dim
        return [f"{dim}{self._session.message(note)}{plain}" for note in results.notes]


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
