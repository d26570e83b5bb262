"""Text as it comes out of PDFs: letters drawn in their shapes, and lines stored as they are seen, from left to right.

Letters are told to be in visual order by what Arabic words cannot have: ة and ى stand last, the article first.
"""

import re
import unicodedata

# Enough for a verdict, so that a long text costs the same.
_SAMPLE_CHARS = 20_000
# One word in four tells. A text is turned round when this many speak for it and at most a fifth as many against.
_ENOUGH = 4
_AGAINST = 5

_SHAPES = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdf9\ufe70-\ufefc]+")
_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_REVERSED = re.compile(r"(?<!\w)[ةى][ء-ي]{2,}|(?<!\w)[ء-ي]{2,}لا(?!\w)")
_FORWARD = re.compile(r"(?<!\w)[وفبك]?ال[ء-ي]{2,}|(?<!\w)[ء-ي]{2,}[ةى](?!\w)")

_RIGHT = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LEFT = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f\u0660-\u0669\u06f0-\u06f9"
_HAS_RIGHT = re.compile(f"[{_RIGHT}]")
_RIGHT_RUN = re.compile(f"[{_RIGHT}](?:[^{_LEFT}\n]*[{_RIGHT}])?")
_RIGHT_RUN_WITH_SIGNS = re.compile(f"[^{_LEFT}{_RIGHT}\n]*[{_RIGHT}][^{_LEFT}\n]*")
_LEFT_RUN = re.compile(f"[{_LEFT}](?:[^{_RIGHT}\n]*[{_LEFT}%])?")
# The mark that ends a sentence stays with its run, where pypdf has put it there.
_MARK_WITHIN = re.compile(f"(?<=[{_RIGHT}])[.،؛:!؟…]+(?=[{_LEFT}])")
_RUNS = re.compile(f"{_RIGHT_RUN.pattern}(?:{_MARK_WITHIN.pattern})?|{_LEFT_RUN.pattern}|[^{_LEFT}{_RIGHT}]")
_TOUCHING = re.compile(f"(?<=[{_RIGHT}])(?=[{_LEFT}])|(?<=[{_LEFT}])(?=[{_RIGHT}])")
_CLOSING = ".،؛:!؟…"
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def unshaped(text: str) -> str:
    """Return text with letters in place of their presentation forms; word signs such as U+FDFA stay."""
    return _SHAPES.sub(lambda found: "".join(map(_letter, found[0])), text)


def _letter(shape: str) -> str:
    plain = unicodedata.normalize("NFKC", shape)
    # A vowel by itself is decomposed to a blank, or a stroke, with the mark.
    return plain[1:] if len(plain) > 1 and plain[0] in " \u0640" else plain


def looks_reversed(text: str) -> bool:
    """Tell whether the letters of a text without presentation forms stand in visual order."""
    if not _HAS_RIGHT.search(text, 0, _SAMPLE_CHARS):
        return False
    sample = _MARKS.sub("", text[:_SAMPLE_CHARS])
    against = sum(1 for _ in _FORWARD.finditer(sample))
    found = sum(1 for _ in _REVERSED.finditer(sample))
    return found >= _ENOUGH and found >= _AGAINST * against


def turned_round(text: str) -> str:
    """Return text in visual order as it is read: each line reversed, but not what is written left to right."""
    return "\n".join(_turned_line(line) if _HAS_RIGHT.search(line) else line for line in text.split("\n"))


def _turned_line(line: str) -> str:
    line = line[::-1].translate(_MIRRORED)
    return _LEFT_RUN.sub(lambda run: run[0][::-1].translate(_MIRRORED), line)


def turned_runs(text: str) -> str:
    """Return text with the letters of each right-to-left run reversed, the runs being in the order of reading."""
    turned = _RIGHT_RUN_WITH_SIGNS.sub(lambda run: run[0][::-1].translate(_MIRRORED), text)
    return _TOUCHING.sub(" ", turned)


def ordered_runs(text: str) -> str:
    """Return text with the runs of each line in the order of reading, if they come in the order of the page.

    The letters of a run are in order already. Lines of the page begin at the left, so with the mark that ends the
    sentence.
    """
    lines = text.split("\n")
    arabic = [line.strip() for line in lines if _HAS_RIGHT.search(line)]
    before = sum(1 for line in arabic if line[0] in _CLOSING or _MARK_WITHIN.search(line))
    after = sum(1 for line in arabic if line[-1] in _CLOSING)
    if before and 4 * before >= after:
        lines = [_ordered_line(line) if _HAS_RIGHT.search(line) else line for line in lines]
    return "\n".join(_TOUCHING.sub(" ", line) for line in lines)


def _ordered_line(line: str) -> str:
    line = line.strip()
    runs = _RUNS.findall(line)
    if line[-1] in _CLOSING and not _LEFT_RUN.search(line):
        return line
    return " ".join("".join(reversed(runs)).split())
