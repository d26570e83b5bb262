"""The line a person types into, with hits below it that follow the typing."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.layout import BufferControl, CompletionsMenu, Float, FloatContainer
from prompt_toolkit.output import ColorDepth

from searchkit.errors import SearchkitError
from searchkit.shell.bidi import END_RTL, LTR_MARK
from searchkit.shell.completer import suggest
from searchkit.shell.history import history_file
from searchkit.shell.keys import bindings
from searchkit.shell.live import Latest
from searchkit.shell.page import Page
from searchkit.shell.panel import Panel
from searchkit.shell.processor import BidiProcessor
from searchkit.shell.toolbar import toolbar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document
    from prompt_toolkit.input import Input
    from prompt_toolkit.layout import Layout
    from prompt_toolkit.output import Output

    from searchkit.shell.session import Session

_PROMPT = "search> "
_COPIED = "copied, where the terminal lets programs copy (OSC 52)"
_OFF = "not copied: ':set clipboard on' allows it"
_ESCAPE_S = 0.05  # how long the Escape key waits for another one
_AT_ONCE_S = (
    0.010  # how long the drawing of a letter waits for its hits where the last came so soon: one is enough then
)


class Prompt:
    """Reads lines with editing, history, completion and hits that follow the typing."""

    def __init__(
        self, session: Session, *, source: Input | None = None, screen: Output | None = None, typed: str = ""
    ) -> None:
        """Prepare to read.

        Args:
            session: what is searched.
            source: where keys come from; the terminal if None.
            screen: where the line is drawn; the terminal if None.
            typed: what the first line begins with.
        """
        self.panel = Panel(session)
        self._session = session
        self._latest = Latest(self._preview, self._paused)
        self._cold = True
        self._left_off = typed  # what the next line begins with: what was typed when a hit was opened
        self._prompt: PromptSession[str] = PromptSession(
            _PROMPT,
            history=_history(session),
            auto_suggest=AutoSuggestFromHistory(),
            completer=_IndexCompleter(session),
            complete_while_typing=False,
            complete_in_thread=True,
            color_depth=None if session.color else ColorDepth.DEPTH_1_BIT,
            key_bindings=bindings(session, self.panel, search=self._search, copy=self._copy),
            input_processors=[BidiProcessor(session, len(_PROMPT))],
            include_default_pygments_style=False,
            enable_suspend=True,
            input=source,
            output=screen,
        )
        _lay_out(self._prompt.app.layout, self._below)
        self._prompt.app.timeoutlen = self._prompt.app.ttimeoutlen = _ESCAPE_S
        self._prompt.default_buffer.on_text_changed += self._typed
        self._prompt.app.after_render += self._warm_up

    def read(self) -> str:
        """Return the next line.

        Raises:
            EOFError: there will be none.
            KeyboardInterrupt: the person gave this line up.
        """
        self._session.refresh()
        text, self._left_off = self._left_off, ""
        if not text:
            self.panel.clear()
        try:
            line = self._prompt.prompt(default=text)
        finally:
            self._latest.forget()
        if self.panel.chosen >= 0 and line.startswith(":open"):
            self._left_off = self._prompt.default_buffer.text
        return line

    def close(self) -> None:
        """End what runs beside."""
        self._latest.stop()

    def settle(self, timeout_s: float = 5.0) -> bool:
        """Wait for the hits of what was typed; return whether they came in time."""
        return self._latest.wait(timeout_s)

    def _typed(self, _buffer: Buffer) -> None:
        text = self._prompt.default_buffer.text
        if _is_query(text) and self._session.settings.on("live"):
            if text != self.panel.shown.text:
                self._latest.ask(text)
                if self._latest.took_s < _AT_ONCE_S and not self._prompt.app.key_processor.input_queue:
                    self._latest.wait(_AT_ONCE_S)
        else:
            self._latest.forget()
            self.panel.clear()

    def _search(self) -> None:
        """Search for the line again."""
        text = self._prompt.default_buffer.text
        if _is_query(text):
            self._latest.ask(text)

    def _warm_up(self, _app: object) -> None:
        """Have what the first search needs imported once the prompt is there and nothing has been typed."""
        if self._cold:
            self._cold = False
            if not self._prompt.default_buffer.text:
                self._latest.ask("")

    def _preview(self, text: str) -> None:
        if not text:
            self._session.warm_up()
            return
        self.panel.search(text)
        self._prompt.app.invalidate()

    def _paused(self) -> None:
        if self.panel.show_mistake():
            self._prompt.app.invalidate()

    def _below(self, width: int, height: int) -> list[str]:
        """Return what stands below the line: hits, then the toolbar."""
        return [*self.panel.lines(width, height - 1), toolbar(self._session, self.panel, width)]

    def _copy(self, text: str) -> None:
        """Put a text on the clipboard of the terminal, wherever that runs (OSC 52 of xterm's control sequences)."""
        self.panel.said = _OFF
        if self._session.settings.on("clipboard"):
            self.panel.said = _COPIED
            encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
            output = self._prompt.app.output
            output.write_raw(f"\033]52;c;{encoded}\a")
            output.flush()


def _lay_out(layout: Layout, below: Callable[[int, int], list[str]]) -> None:
    """Have a layout show the line, or what is looked for in earlier ones, with what stands below, and nothing else.

    What a ``PromptSession`` could show besides is asked for its height with each key, and takes half of the drawing.
    """
    line = layout.current_window
    assert isinstance(line.content, BufferControl)  # noqa: S101
    earlier = line.content.search_buffer_control
    looked_for = [window for window in layout.find_all_windows() if window.content is earlier]
    menu = Float(CompletionsMenu(max_height=16, scroll_offset=1), xcursor=True, ycursor=True, transparent=True)
    tops = [FloatContainer(line, [menu]), *looked_for]
    layout.container = Page(tops, lambda: int(layout.current_control is earlier), below)


def _is_query(text: str) -> bool:
    return bool(text.strip()) and not text.lstrip().startswith(":")


class _IndexCompleter(Completer):
    """Brings suggestions into the form of prompt_toolkit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """Yield completions; the note stands on the left, where Arabic cannot move it."""
        session = self._session
        try:
            suggestions = suggest(document.text_before_cursor, session.backend.complete, session.fields, session)
        except SearchkitError:  # a menu is no place for errors: searching will tell
            return
        width = max((len(suggestion.note) for suggestion in suggestions if suggestion.note.isdecimal()), default=0)
        begin = END_RTL + LTR_MARK if session.bidi == "terminal" else ""  # what the menu covers may run the other way
        for text, length, note in suggestions:
            shown = session.fit(text, len(text) + 1)[0]
            if note.isdecimal():
                yield Completion(text, -length, display=f"{begin}{note:>{width}} {shown}")
            else:
                yield Completion(text, -length, display=shown, display_meta=note)


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


def _history(session: Session) -> History:
    path = history_file(session.directory) if session.settings.on("history") else None
    return InMemoryHistory() if path is None else _KeptHistory(path)
