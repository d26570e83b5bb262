"""Compile data/hijri.txt, the months of the Umm al-Qura calendar, from the package hijridate.

``python -m searchkit.arabic.compile.hijri``
"""

from __future__ import annotations

import datetime as dt
import os
from importlib import import_module
from importlib.metadata import version

_TARGET = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "hijri.txt")


def main() -> None:
    """Write one line per year: its number, its first day, and the lengths of its months (28 to 31, in early years)."""
    hijri = import_module("hijridate").Hijri  # only who recompiles the file has it
    lines = [
        f"# Umm al-Qura calendar from hijridate {version('hijridate')} (Mohammed Alshehri, MIT); by compile.hijri.",
        "# Year of the hijra, Gregorian day of 1 Muharram, and the last digit of the days in each month.",
    ]
    for year in range(1343, 1501):
        starts = hijri(year, 1, 1).to_gregorian()
        lengths = [hijri(year, month, 1).month_length() for month in range(1, 13)]
        day = dt.date(starts.year, starts.month, starts.day).isoformat()
        lines.append(f"{year} {day} {''.join([str(length % 10) for length in lengths])}")
    with open(_TARGET, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
