"""``.searchkitignore``: which files of a folder, and of those below it, are left out, in the syntax of .gitignore."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from searchkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathspec import GitIgnoreSpec

NAME = ".searchkitignore"


class Rules:
    """The rules of one folder."""

    def __init__(self, folder: str, spec: GitIgnoreSpec) -> None:
        self._start = len(os.path.join(folder, ""))
        self._spec = spec

    def verdict(self, path: str, *, is_folder: bool) -> bool | None:
        """Tell whether a path below the folder is left out; None when no rule speaks of it."""
        inside = path[self._start :].replace(os.sep, "/")
        return self._spec.check_file(inside + "/" if is_folder else inside).include


def read_rules(folder: str) -> Rules | None:
    """Return the rules that a folder has.

    Raises:
        OSError: they cannot be read.
        InputError: they are no rules, or pathspec is not installed; nothing must be indexed then by mistake.
    """
    path = os.path.join(folder, NAME)
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        lines = file.read().decode("utf-8-sig", "replace").splitlines()
    try:
        from pathspec import GitIgnoreSpec
    except ImportError:
        raise InputError(f"{path}: needs pathspec to be followed; pip install pathspec") from None
    try:
        return Rules(folder, GitIgnoreSpec.from_lines(lines))
    except ValueError as error:
        raise InputError(f"{path}: {error}; correct the pattern") from None


def is_left_out(path: str, rules: Iterable[Rules | None], *, is_folder: bool) -> bool:
    """Tell whether a path is left out by the rules of the folders above it, given from the nearest up."""
    for rule in rules:
        if rule is not None and (verdict := rule.verdict(path, is_folder=is_folder)) is not None:
            return verdict
    return False
