"""What the processes of all engines share."""

from __future__ import annotations

import importlib.metadata
import json
import sys

NOT_INSTALLED = 3  # exit status


def version_of(*packages: str) -> str:
    """Return the versions of installed packages; exit with the status for "not installed" if one is missing."""
    try:
        return " + ".join([importlib.metadata.version(package) for package in packages])
    except importlib.metadata.PackageNotFoundError:
        sys.exit(NOT_INSTALLED)


def say(**answer: object) -> None:
    """Answer with one line of JSON."""
    print(json.dumps(answer), flush=True)
