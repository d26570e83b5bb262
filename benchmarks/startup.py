"""How long the one-shot command takes, beside a Python that does nothing: ``python benchmarks/startup.py``.

Both are whole processes, run in turn; the ratio of each pair counts, and its median is told. The answer is asserted.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "seeds"
QUERY = ("-m", "searchkit", "query", "أستانا", "--tsv", "--fields", "file")


def run(folder: str, *arguments: str) -> tuple[float, str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return time.perf_counter() - started, done.stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=25)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SEEDS, Path(folder, "seeds"))
        run(folder, *QUERY)  # makes the index, and Python's bytecode
        empty, query = [], []
        for _ in range(options.pairs):
            empty.append(run(folder, "-c", "pass")[0])
            seconds, out = run(folder, *QUERY)
            assert len(out.splitlines()) == 3, out
            query.append(seconds)
    ratios = sorted(one / other for one, other in zip(query, empty, strict=True))
    middle = len(ratios) // 4
    print(f"python -c pass   {1000 * statistics.median(empty):6.1f} ms")
    print(f"searchkit query  {1000 * statistics.median(query):6.1f} ms")
    print(
        f"ratio            {statistics.median(ratios):6.2f} (quartiles {ratios[middle]:.2f}, {ratios[-middle - 1]:.2f})"
    )


if __name__ == "__main__":
    main()
