"""What the runners print."""

from __future__ import annotations

import os
import platform
import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def print_machine() -> None:
    """Print what the figures were measured on."""
    load = ", ".join(f"{load:.2f}" for load in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    print(f"machine: {_processor()}, {os.cpu_count()} cores, {platform.system()}, load {load}", flush=True)


def print_table(rows: Sequence[Sequence[str]], first_number: int = 1) -> None:
    """Print rows with columns of equal width; cells from ``first_number`` on are numbers."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        sized = [cell.ljust(width) for cell, width in zip(row[:first_number], widths, strict=False)]
        sized += [cell.rjust(width) for cell, width in zip(row[first_number:], widths[first_number:], strict=True)]
        print("  ".join(sized))


def median_seconds(passes: Sequence[dict[str, Any]]) -> list[float]:
    """Return for each query the median over the passes."""
    return list(map(statistics.median, zip(*(one["seconds"] for one in passes), strict=True)))


def _p50(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[len(values) * 99 // 100]


STATISTICS: tuple[Callable[[Sequence[float]], float], ...] = (statistics.mean, _p50, _p99)


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":")[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
