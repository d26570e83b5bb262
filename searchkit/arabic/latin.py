"""Which Arabic words may a word in Latin letters be: names as newspapers write them, chats with figures as letters.

No one spelling is guessed. Every piece of the word stands for some Arabic letters, each at a cost, and vowels may go
unwritten; a search for the cheapest way through goes on only with beginnings that words of the index have.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from searchkit.arabic import letters as ar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONGEST = 24
"""Letters of the longest word that is read so."""

_MOST_STEPS = 3000  # a bound for the time that a word takes: some milliseconds
_MORE = 0.8  # how much more than the cheapest a word may cost to be considered
_PER_LETTER = 0.22  # a word may cost at most so much for each of its letters, and this much besides:
_ALWAYS = 0.7
_SPACE = 0.3  # what a space costs that is not written
_SHORTEST_HALF = 3  # Latin letters of one of two words
_SPLIT = 0.5  # what two letters cost more that are written for one sound
_ARTICLE = ar.ALEF + ar.LAM
_VOWELS = frozenset("aeiouy")
_ONE_SOUND = frozenset(("gh", "kh", "sh", "th", "dh", "ch", "ph"))


def _read(table: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return what each piece may stand for: "th ث ت5" says theh for nothing or teh for five tenths; - is no letter."""
    pieces: dict[str, tuple[tuple[str, float], ...]] = {}
    for line in table.strip().splitlines():
        piece, *ways = line.split()
        costs: list[tuple[str, float]] = []
        for way in ways:
            letters = way.rstrip("0123456789")
            costs.append((letters.replace("-", ""), int(way[len(letters) :] or "0") / 10))
        pieces[piece] = tuple(costs)
    return pieces


_ANYWHERE = _read("""
b ب
c ك س4 ش6 ق7
ch ش تش خ5 ج6 ك6
ck ك
d د ض5 ذ5 ط9
dh ذ ض2 ظ3
dj ج
f ف
g غ ج ك2 ق5
gh غ ق5
h ه ح2 -12
j ج خ8 ي8
k ك ق3 خ9
kh خ
l ل
m م
n ن
ng نغ نج1 ن4
alah الله
olah الله
ulah الله
p ب
ph ف
q ق ك7
qu ك كو2 ق3
r ر
s س ص4 ز8 ش9
sch ش
sh ش
t ت ط3 ث9
tch تش ش5
th ث ت3 ذ3 ظ6
ts تس
tz تس تز1
v ف و8 ب9
vu فو1 و3
w و ف8
x كس اكس3 خ8
y ي اي4 و6 -9
z ز ظ6 ذ6 س7 تس8 ض9
zh ج ز3
2 ا2 ء2 ي3 و3 -3
3 ع
3' غ
5 خ
6 ط
7 ح
7' خ
8 ق غ3
9 ص ق2
9' ض
' -1 ع ء2
- -
a ا2 -3 ع6 عا7 ي9
aa ا عا4 ع4 اع4
ae ا3 اي3 ي3
ai اي1 ي2 اءي4
au او1 و4
aw او2 و2
ay ي2 اي2
e -3 ي3 ا5
ea ي2 يا3 ا4
ee ي
ei ي1 اي2 عي5
ey ي1 اي3
eu و3 يو2 او3
i ي1 -5 اي7 ا8
ia يا1 ي6
ie ي1 يي4
io يو1
o و1 -5 ا7
oa وا2
oe و3 وي3
oo و
ou و
ow و1 او2
u و1 -4 ا6 يو5
ue و4 وي4
""")

_FIRST = _read("""
a ا ع3
aa ا ع3
ai اي ا3 عي4
au او ا5
e ا2 اي2 ع5
ei اي
eu او1 يو2
i ا1 اي1 ع4
ia ايا2
o ا2 او1 ع5
ou او
u ا2 او1 ي5 يو3 ع5
""")

_LAST = _read("""
a ا1 ه1 ي5 اء3
ah ه ا2 اه3
aa ا اء2
e ه3 -3 ي4 ا6
eh ه
ee ي
er ر يه8
i ي
ia يا يه1
ie ي1
iya يه يا1
iyya يه يا1
iyah يه
o و ه9
t ت ط3 د5 ه9
oo و
ou و
u و
y ي
""")
_LONGEST_PIECE = 5
ARTICLES = frozenset(("al", "el"))
SERVANTS = frozenset(("abd", "abdel", "abdul"))
"""What a name of God follows, with its article."""
PARTICLES = {
    "bin": "بن", "ben": "بن", "ibn": "ابن", "bint": "بنت", "abu": "ابو", "abou": "ابو", "umm": "ام",
    **dict.fromkeys(SERVANTS, "عبد"),
}  # fmt: skip
"""Words of names that are written in one way."""


def readings(
    word: str, begins: Callable[[str], bool], is_word: Callable[[str], bool], *, two: bool = False
) -> list[tuple[str, float]]:
    """Return folded Arabic words that a Latin one may be, cheapest first.

    Args:
        word: in lower case, without accents; figures and the apostrophe stand for letters as in chats.
        begins: tells whether any word that is wanted begins so.
        is_word: tells whether this is one; of two words with a space, whether they go together.
        two: whether it is to be two words that are written as one, as in hezbollah.
    """
    word = _single(word)
    if not 2 < len(word) <= LONGEST or not all(char.isascii() and (char.isalnum() or char in "'-") for char in word):
        return []
    most = _ALWAYS + _PER_LETTER * len(word)
    heap: list[tuple[float, int, str, bool]] = [(0.0, 0, "", False)]
    if not two:
        heap.append((0.45, 0, _ARTICLE, False))
    for article in ("al-", "el-", "al", "el"):
        if word.startswith(article) and len(word) > len(article) + 2 and not two:
            heappush(heap, (0.1, len(article), _ARTICLE, False))
    seen: set[tuple[int, str]] = set()
    found: dict[str, float] = {}
    steps = 0
    while heap and steps < _MOST_STEPS:
        cost, at, made, whole = heappop(heap)
        if cost > most or (whole and made in found):
            continue
        if whole:
            if not found:
                most = min(most, cost + _MORE)
            found[made] = cost
            continue
        if (at, made) in seen:
            continue
        seen.add((at, made))
        steps += 1
        if at == len(word):
            if (not two or " " in made) and is_word(made):
                heappush(heap, (cost, at, made, True))
            continue
        one, _, other = made.rpartition(" ")
        for size, letters, price in _steps(word, at, first=not other):
            if cost + price <= most and (not letters or begins(other + letters)):
                heappush(heap, (cost + price, at + size, made + letters, False))
        if two and not one and len(word) - at >= _SHORTEST_HALF:
            for size, letters, price in _last_steps(word, at):
                if cost + price + _SPACE <= most and is_word(other + letters):
                    heappush(heap, (cost + price + _SPACE, at + size, f"{other}{letters} ", False))
    return list(found.items())


def _steps(word: str, at: int, *, first: bool) -> Iterator[tuple[int, str, float]]:
    """Yield ways to read the next piece: how long it is, the letters, the cost."""
    for size in range(1, min(_LONGEST_PIECE, len(word) - at) + 1):
        piece = word[at : at + size]
        ways: tuple[tuple[str, float], ...] = ()
        if at + size == len(word):
            ways = _LAST.get(piece, ())
        if first:
            ways = ways or _FIRST.get(piece, ())
        split = _SPLIT if size == 1 and word[at : at + 2] in _ONE_SOUND else 0.0
        soft = piece == "c" and word[at + 1 : at + 2] in ("e", "i", "y")
        for letters, price in ways or _ANYWHERE.get(piece, ()):
            yield size, letters, split + (0.0 if soft and letters == ar.SEEN else price)


def _last_steps(word: str, at: int) -> Iterator[tuple[int, str, float]]:
    """Yield ways to read the next piece as the end of the first of two words."""
    for size in range(1, min(_LONGEST_PIECE, len(word) - at - _SHORTEST_HALF) + 1):
        piece = word[at : at + size]
        if at + size >= _SHORTEST_HALF:
            for letters, price in _LAST.get(piece) or _ANYWHERE.get(piece, ()):
                yield size, letters, price


def _single(word: str) -> str:
    """Return a word with one of each doubled consonant, which Arabic writes once."""
    kept: list[str] = []
    for char in word:
        if not kept or char != kept[-1] or char in _VOWELS or not char.isalpha():
            kept.append(char)
    return "".join(kept)
