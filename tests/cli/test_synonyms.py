"""``searchkit synonyms``."""

from typing import Any


def test_a_list_is_checked_counted_and_used(seeded: Any) -> None:
    seeded.write("names.txt", "# ours\nيخت, سفينة^0.5\n")
    assert seeded("query", "يخت", "--tsv").status == 1
    outcome = seeded("synonyms", "names.txt")
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.endswith("synonyms.txt: 1 line, 2 names\n")
    found = seeded("query", "يخت")
    assert found.status == 0
    assert "also searched for: يخت → سفينة; use =يخت for exactly this" in found.out
    assert seeded("query", "=يخت").status == 1
    assert seeded("synonyms").out == outcome.out
    assert seeded("synonyms", "--remove").status == 0
    assert seeded("query", "يخت").status == 1
    assert "there is none" in seeded("synonyms").out


def test_a_list_with_a_mistake_stays_outside(seeded: Any, complains: Any) -> None:
    seeded.write("names.txt", "يخت, سفينة")
    assert seeded("synonyms", "names.txt").status == 0
    seeded.write("names.txt", "يخت, سفينة\nوحيد\n")
    complains(seeded("synonyms", "names.txt"), "names.txt: line 2: one name alone", "add others")
    assert seeded("query", "يخت").status == 0


def test_a_list_needs_an_index_and_a_file(seeded: Any, complains: Any) -> None:
    complains(seeded("synonyms", "missing.txt"), "missing.txt")
    complains(seeded("synonyms", "missing.txt", "--index", "other"), "other: no index here")
    complains(seeded("synonyms", "missing.txt", "--remove"), "--remove")
