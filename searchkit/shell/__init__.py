"""The interactive shell."""

from searchkit.shell.app import run

__all__ = ["run"]
