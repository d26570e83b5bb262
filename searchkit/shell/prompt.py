"""The line a person types into; the only module that knows prompt_toolkit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.output import ColorDepth

from searchkit.errors import SearchkitError
from searchkit.shell.completer import suggest
from searchkit.shell.history import history_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

    from searchkit.shell.session import Session

_PROMPT = "search> "


class Prompt:
    """Reads lines with editing, history and completion."""

    def __init__(self, session: Session, *, source: Input | None = None, screen: Output | None = None) -> None:
        """Prepare to read.

        Args:
            session: whose index completes words.
            source: where keys come from; the terminal if None.
            screen: where the line is drawn; the terminal if None.
        """
        self._prompt: PromptSession[str] = PromptSession(
            _PROMPT,
            history=_history(),
            completer=_IndexCompleter(session),
            complete_while_typing=False,
            complete_in_thread=True,
            color_depth=None if session.color else ColorDepth.DEPTH_1_BIT,
            input=source,
            output=screen,
        )

    def read(self) -> str:
        """Return the next line.

        Raises:
            EOFError: there will be none.
            KeyboardInterrupt: the person gave this line up.
        """
        return self._prompt.prompt()


class _IndexCompleter(Completer):
    """Brings suggestions into the form of prompt_toolkit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """Yield completions; the note stands on the left, where Arabic cannot move it."""
        session = self._session
        try:
            suggestions = suggest(document.text_before_cursor, session.backend.complete, session.fields)
        except SearchkitError:  # a menu is no place for errors: searching will tell
            return
        width = max((len(suggestion.note) for suggestion in suggestions if suggestion.note.isdecimal()), default=0)
        for text, length, note in suggestions:
            if note.isdecimal():
                yield Completion(text, -length, display=f"{note:>{width}} {text}")
            else:
                yield Completion(text, -length, display_meta=note)


class _KeptHistory(FileHistory):
    """A history whose file may fail at any time: the shell works without."""

    def load_history_strings(self) -> Iterable[str]:
        """Return the lines of earlier sessions, newest first."""
        try:
            return super().load_history_strings()
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        """Add a line."""
        try:
            super().store_string(string)
        except OSError:
            pass


def _history() -> History:
    path = history_file()
    return InMemoryHistory() if path is None else _KeptHistory(path)
