"""The passages that show best why a document matched, with the words that did."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from searchkit.config import PASSAGES, WORDS
from searchkit.records import NamedTuple
from searchkit.search.marking import Marker, Marks, Place, reader
from searchkit.search.sentences import after_word, before_word, ends_sentence
from searchkit.search.windows import choose, worth_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from searchkit.query import Clause
    from searchkit.search.marking import Words

    Hints = Callable[[], list[Place]]
    """Tells where words of the query stand, as far as the index knows."""


_BEFORE = 5  # words shown before the first that matches, where its sentence begins too far before
_FEWEST = 12  # words of one of several passages
_FULL = 0.5  # share of a passage's words that must be there before it may end with a sentence
_LONG = 60_000  # code points; of longer texts only what the index points to is looked at closely
_HEAD = 1 << 22  # code points; of longer texts the rest is looked at only if nothing of the query stands in so many
_AROUND = 40  # words looked at around that
_FIRST_WORDS = 4000  # looked at where the index knows of no place: of roots and names it keeps none
_WORTH_CUTTING = 1.05  # times what one passage fewer shows
_MAX_PASSAGE = 1000  # code points, for texts whose words have hundreds of letters
_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), " ")
_BIDI = dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_JOINED = 8  # words more that a passage may have at either end where no space parts them
_GAP = " … "


class Piece(NamedTuple):
    """A passage of a text; all in code points of the text as it was given."""

    start: int
    end: int
    spans: tuple[tuple[int, int], ...]  # of the words to mark, each with its marks


class Snippet(NamedTuple):
    """One passage of a text or several, with the words to mark."""

    text: str
    spans: tuple[tuple[int, int], ...]  # in code points of ``text``
    pieces: tuple[Piece, ...] = ()  # where it was taken from

    def render(self, before: str = "«", after: str = "»") -> str:
        """Return the text on one line with these strings around each word to mark."""
        pieces: list[str] = []
        at = 0
        text = self.text.translate(_CONTROLS)
        for start, end in self.spans:
            pieces += (text[at:start], before, text[start:end], after)
            at = end
        return " ".join("".join([*pieces, text[at:]]).split())

    def html(self, element: str = "span") -> str:
        """Return the text as HTML: escaped, each word to mark in a ``mark`` element.

        Args:
            element: what is put around all, with ``dir="auto"``; "" for nothing.
        """
        from html import escape  # imports all names of characters

        pieces: list[str] = []
        at = 0
        for start, end in self.spans:
            pieces += (escape(self.text[at:start]), "<mark>", escape(self.text[start:end]), "</mark>")
            at = end
        inner = "".join([*pieces, escape(self.text[at:])])
        return f'<{element} dir="auto">{inner}</{element}>' if element else inner

    def ansi(self, style: str = "1;91", around: str = "") -> str:
        """Return the text on one line for a terminal, whole words in colour; it holds no other control characters.

        Args:
            style: of the words to mark, as in ECMA-48, SGR.
            around: the style of all other text.
        """
        text, spans = _without_bidi(self.text, self.spans)
        back = f"\033[{around}m" if around else ""
        line = Snippet(text, spans).render(f"\033[{style}m", "\033[0m" + back)
        return f"{back}{line}\033[0m" if around else line


def one_line(text: str) -> str:
    """Return a text without line ends, tabs and whatever else could command a terminal."""
    return " ".join(text.translate(_CONTROLS).split())


def mark(text: str, marker: Marker | Clause) -> Snippet:
    """Return a whole text with the places of the words that match."""
    marker = marker if isinstance(marker, Marker) else Marker(marker)
    with reader() as read:
        piece = _whole(text, marker.find(text, read))
    return Snippet(text, piece.spans, (piece,))


def joined(text: str, pieces: Sequence[Piece]) -> Snippet:
    """Return passages of a text, in their order, as one, with … where something was left out."""
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    size = 0
    for number, piece in enumerate(pieces):
        lead = _GAP if number else "… " if _is_cut(text, piece.start) else ""
        shift = size + len(lead) - piece.start
        parts += (lead, text[piece.start : piece.end])
        size += len(lead) + piece.end - piece.start
        spans.extend((start + shift, end + shift) for start, end in piece.spans)
    if pieces and _is_cut(text, pieces[-1].end):
        parts.append(" …")
    return Snippet("".join(parts), tuple(spans), tuple(pieces))


def passages(
    text: str, marker: Marker, count: int = PASSAGES, length: int = WORDS, hints: Hints | None = None
) -> list[Piece]:
    """Return the passages that show most of the query, in the order of the text.

    Args:
        text: any text.
        marker: of the query.
        count: how many at most; a second one is taken only where it shows words that the first does not.
        length: words of all together.
        hints: tells where to look in a long text; without it all of it is looked at.
    """
    if count < 1 or length < 1:
        raise ValueError(f"count and length must be >= 1, got {count} and {length}")
    with reader() as read:
        if len(text) <= _LONG or hints is None:
            return _cut(text, marker.find(text, read), marker.weights, count, length)
        with reader() as whole:
            wanted = hints()
            words = whole.read(text[:_HEAD], learn=False)
            if len(text) > _HEAD:
                words = words._replace(size=max(words.size - 1, 0))  # the last may be cut in two
                early = [place for place in wanted if place.last < words.size]
                if wanted and not early:
                    words = whole.read(text, learn=False)
                else:
                    wanted = early
            around = choose(wanted, marker.weights, length, count)
            places: list[Place] = []
            marked: set[int] = set()
            for first, last in around or [(0, _FIRST_WORDS)]:
                found = _look(text, words, first, last, marker.find, read)
                places += found.places
                marked |= found.marked
            return _cut(text, Marks(words, sorted(set(places)), marked), marker.weights, count, length)


def _look(text: str, words: Words, first: int, last: int, find: Callable[..., Marks], read: object) -> Marks:
    """Return what matches around some words of a long text."""
    if not words.size:
        return Marks(words, [], set())
    first = max(0, first - _AROUND)
    last = min(words.size - 1, last + _AROUND)
    shift = words.starts[first]
    found = find(text[shift : words.ends[last]], read)
    own = found.words

    def number(at: int) -> int:
        return bisect_left(words.starts, own.starts[at] + shift, 0, words.size)

    places = [Place(number(place.first), number(place.last), *place[2:]) for place in found.places]
    return Marks(words, places, {number(at) for at in found.marked})


def _cut(text: str, marks: Marks, weights: Sequence[float], count: int, length: int) -> list[Piece]:
    words = marks.words
    if not words.size:
        return []
    if words.size <= length and len(text) <= _MAX_PASSAGE:
        return [_whole(text, marks)]
    best: list[tuple[int, int]] = []
    worth = 0.0
    possible = worth_of(marks.places, weights, [(0, words.size)])
    for number in range(1, count + 1):
        share = max(length // number, min(_FEWEST, length))
        chosen = choose(marks.places, weights, share, number)
        shown = worth_of(marks.places, weights, chosen)
        if len(chosen) == number and shown > worth * _WORTH_CUTTING:
            best, worth = chosen, shown
        if shown >= possible:
            break
    share = max(length // max(len(best), 1), min(_FEWEST, length))
    shaped = [_shape(text, words, first, last, share) for first, last in sorted(best) or [(0, 0)]]
    return [_piece(text, marks, first, last) for first, last in _merged(shaped)]


def _shape(text: str, words: Words, first: int, last: int, length: int) -> tuple[int, int]:
    """Return the first and last words of a passage around a window, whole sentences where they fit."""
    begin = first
    while begin > 0 and last - begin < length - 1 and not ends_sentence(text, words, begin - 1):
        begin -= 1
    if begin > 0 and not ends_sentence(text, words, begin - 1):
        begin = _after_comma(text, words, max(first - _BEFORE, last - length + 1, 0), first)
    end = min(words.size, begin + length) - 1
    least = max(last, begin + int(_FULL * length) - 1)
    for at in range(end, least - 1, -1):
        if ends_sentence(text, words, at):
            end = at
            break
    if end == words.size - 1:  # the end of the text: what is left belongs to the sentences before
        at = begin
        while at > 0 and end - at < length - 1:
            at -= 1
            if at == 0 or ends_sentence(text, words, at - 1):
                begin = at
    for _ in range(_JOINED):  # not inside 2017م or أ.ف.ب
        if begin > 0 and not _is_space(text, words, begin - 1):
            begin -= 1
        if end + 1 < words.size and not _is_space(text, words, end):
            end += 1
    return begin, end


def _is_space(text: str, words: Words, at: int) -> bool:
    """Tell whether a word and the next stand apart."""
    return any(letter.isspace() for letter in text[words.ends[at] : words.starts[at + 1]])


def _after_comma(text: str, words: Words, begin: int, first: int) -> int:
    """Return the number of the first word after a comma between two words, of the earlier one if there is none."""
    for at in range(max(begin, 1), first + 1):
        gap = text[words.ends[at - 1] : words.starts[at]]
        if "،" in gap or ":" in gap:
            return at
    return begin


def _merged(ends: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return passages as one where they overlap or follow each other."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(ends):
        if merged and first <= merged[-1][1] + 3:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _piece(text: str, marks: Marks, first: int, last: int) -> Piece:
    words = marks.words
    start = before_word(text, words.starts[first]) if first or words.starts[first] > _MAX_PASSAGE else 0
    end = after_word(text, words.ends[last])
    if last == words.size - 1 and len(text) - end <= _MAX_PASSAGE:
        end = len(text)
    end = min(end, start + _MAX_PASSAGE)
    marked = sorted(at for at in marks.marked if first <= at <= last)
    spans = tuple((words.starts[at], words.ends[at]) for at in marked if words.ends[at] <= end)
    return Piece(start, end, spans)


def _whole(text: str, marks: Marks) -> Piece:
    words = marks.words
    return Piece(0, len(text), tuple((words.starts[at], words.ends[at]) for at in sorted(marks.marked)))


def _is_cut(text: str, at: int) -> bool:
    """Tell whether a passage that begins or ends here leaves out a part of a sentence."""
    if at <= 0 or at >= len(text):
        return False
    before = text[:at][-3:].rstrip("»”\"' ")
    return not before.endswith((".", "؟", "?", "!", "…", "؛", "\n")) and "\n" not in text[at - 1 : at + 1]


def _without_bidi(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text and spans of it without control characters for the direction of writing."""
    shorter = text.translate(_BIDI)
    if len(shorter) == len(text):
        return text, tuple(spans)

    def moved(at: int) -> int:
        return len(text[:at].translate(_BIDI))

    return shorter, tuple((moved(start), moved(end)) for start, end in spans)
