"""How many bytes the numbers of pieces take."""

from searchkit.segment.group import _widths


def test_hundreds_of_thousands_of_pieces_have_numbers() -> None:
    short, middle = _widths([1] * 600_000)
    assert short + (middle << 8) + ((256 - short - middle) << 16) >= 600_000
