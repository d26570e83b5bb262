"""``str.encode()``: what it costs to copy the text as UTF-8, the limit. It finds no tokens."""

from __future__ import annotations

import platform

from benchmarks.versus.analysis.engines.harness import serve


def run(texts: list[str]) -> int:
    encoded = 0
    for text in texts:
        encoded += len(text.encode())
    return 0 if encoded else -1


if __name__ == "__main__":
    serve(f"CPython {platform.python_version()}", run, lambda _: 0)
