"""What keys do besides editing the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Condition, completion_is_selected, has_completions, has_focus
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from searchkit.shell.panel import Panel
    from searchkit.shell.session import Session

_TOGGLES = {"f2": "level", "f3": "operator", "f4": "collapse", "f8": "bidi"}  # VS Code keeps F5, F6 and Ctrl-E


def bindings(session: Session, panel: Panel, *, search: Callable[[], None], copy: Callable[[str], None]) -> KeyBindings:
    """Return the keys of the shell.

    Args:
        session: whose settings the F-keys change.
        panel: the hits.
        search: searches for the line again.
        copy: puts a text on the clipboard.
    """
    keys = KeyBindings()
    line = has_focus(DEFAULT_BUFFER)  # not looking for an earlier one
    chosen = line & Condition(lambda: panel.chosen >= 0)
    hits = line & Condition(lambda: panel.shown.size > 0)

    @keys.add("down", filter=hits & ~has_completions)
    def _next(_event: KeyPressEvent) -> None:
        panel.move(1)

    @keys.add("up", filter=chosen & ~has_completions)
    def _previous(_event: KeyPressEvent) -> None:
        panel.move(-1)

    @keys.add("enter", filter=chosen & ~completion_is_selected)
    def _open(event: KeyPressEvent) -> None:
        if panel.shown.results is not None:
            session.take(panel.shown.results)
        event.app.exit(result=f":open {panel.chosen + 1}")

    @keys.add("enter", filter=line & ~chosen & ~completion_is_selected)
    def _accept(event: KeyPressEvent) -> None:
        text = event.current_buffer.text
        if text.strip() and not text.lstrip().startswith(":") and (mistake := session.mistake(text)) is not None:
            panel.show_mistake(mistake)
            event.current_buffer.cursor_position = min(mistake.end, len(text))
            return
        event.current_buffer.validate_and_handle()

    @keys.add("c-e", filter=hits)
    @keys.add("f7", filter=hits)
    def _explain(_event: KeyPressEvent) -> None:
        panel.explain()

    @keys.add("c-s", filter=hits)
    def _similar(_event: KeyPressEvent) -> None:
        panel.show_similar()

    @keys.add("c-y", filter=hits)
    def _copy(_event: KeyPressEvent) -> None:
        hit = panel.hit()
        if hit is not None:
            copy(f"{hit.title}\n{hit.passage().render('', '')}\n{hit.fields.get('file') or hit.id}\n")

    @keys.add("escape", filter=line & has_completions)
    def _close(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    @keys.add("escape", filter=hits & ~has_completions)
    def _back(event: KeyPressEvent) -> None:
        if panel.origin:
            search()
        panel.chosen, panel.explained = -1, False
        event.app.invalidate()

    @keys.add(Keys.BracketedPaste)
    def _paste(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(in_one_line(event.data))

    for key, name in _TOGGLES.items():
        keys.add(key)(_toggle(session, name, search))
    return keys


def in_one_line(text: str) -> str:
    """Return a text as it is pasted into a line: a space for what parts its lines, nothing behind the last one."""
    lines = text.splitlines()
    return text if len(lines) == 1 and lines[0] == text else " ".join(filter(None, map(str.strip, lines)))


def _toggle(session: Session, name: str, search: Callable[[], None]) -> Callable[[KeyPressEvent], None]:
    def toggle(event: KeyPressEvent) -> None:
        session.settings.next(name)
        if name == "bidi":
            event.app.output.write_raw(session.direction())
        search()

    return toggle
