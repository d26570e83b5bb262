"""Makes the index that later versions must be able to read: ``python tests/compat/make.py FOLDER``.

Run once for each version of the format; what it made then is kept in the repository as it is.
"""

import random
import sys

import searchkit

WORDS = [
    "وزير", "الوزير", "وزراء", "كتاب", "كتب", "سوريا", "سورية", "روسيا", "أستانا", "آستانة", "لافروف", "في", "من",
    "2254",
]  # fmt: skip


def documents() -> list[dict[str, object]]:
    """The documents: enough for whole blocks of postings, short and long, with fields of every kind."""
    chance = random.Random(4)  # noqa: S311
    found: list[dict[str, object]] = []
    for i in range(400):
        words = chance.choices(WORDS, k=chance.choice([2, 5, 30]))
        date = f"2024-{1 + i % 12:02}-{1 + i % 28:02}"
        found.append(
            {
                "id": f"d{i}", "title": words[0], "text": " ".join(words), "date": date, "n": i, "price": i / 4,
                "source": words[-1], "tags": words[: i % 3],
            }
        )  # fmt: skip
    return found


def main() -> None:
    """Write two segments, with documents replaced and deleted."""
    made = documents()
    with searchkit.create(sys.argv[1]) as writer:
        for document in made[:300]:
            writer.add(**document)
    with searchkit.create(sys.argv[1]) as writer:
        for document in made[300:]:
            writer.add(**document)
        writer.update(**{**made[7], "text": "نص جديد عن أستانا"})
        writer.delete("d11")


if __name__ == "__main__":
    main()
