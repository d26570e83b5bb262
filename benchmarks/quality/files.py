"""How well encodings and visual order are recognised: ``SEARCHKIT_DATA=DIR python benchmarks/quality/files.py``."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator

from searchkit.arabic.visual_order import looks_reversed, turned_round
from searchkit.indexing.encodings import CODE_PAGES, decode_text

DATA = os.environ["SEARCHKIT_DATA"]
LEFT_TO_RIGHT = re.compile(r"[0-9A-Za-z٠-٩][0-9A-Za-z٠-٩.,:/%-]*")


def texts(name: str) -> Iterator[str]:
    with gzip.open(os.path.join(DATA, name, "corpus.jsonl.gz"), "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]


def seen(line: str) -> str:
    """The line as it is seen, from left to right."""
    return LEFT_TO_RIGHT.sub(lambda run: run[0][::-1], line[::-1])


def encodings() -> None:
    with open(os.path.join(DATA, "queries", "natural.tsv"), encoding="utf-8") as file:
        questions = [line.rstrip("\n").partition("\t")[2] for line in file]
    print("one-line questions as files", "right", "refused", "wrong", sep="\t")
    for page in CODE_PAGES:
        right = refused = wrong = 0
        for question in questions:
            plain = question if page != "cp720" else question.replace("؟", "?").replace("،", ",")
            data = plain.encode(page, "ignore").replace(b"\xa0", b" ")
            found = decode_text(data)
            right += (is_right := found == data.decode(page))
            refused += found is None
            wrong += found is not None and not is_right
        print(page, right, refused, wrong, sep="\t")


def visual_order() -> None:
    print("texts", "taken for reversed", "reversed", "recognised", sep="\t")
    for name in ("news", "wiki", "arcd"):
        count = taken = recognised = 0
        for text in texts(name):
            count += 1
            taken += looks_reversed(text)
            recognised += looks_reversed("\n".join(map(seen, text.split("\n"))))
        print(name, taken, count, recognised, sep="\t")
    assert turned_round(seen("قال 12 مرة")) == "قال 12 مرة"


if __name__ == "__main__":
    encodings()
    visual_order()
