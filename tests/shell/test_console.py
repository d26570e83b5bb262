"""The font of the Linux console."""

import ctypes
import fcntl

import pytest

from searchkit.shell.console import lacks_arabic
from searchkit.shell.terminals import Terminal

CONSOLE = Terminal("Linux console")


@pytest.mark.parametrize(("letters", "lacks"), [((0x41, 0xFE8E), False), ((0x41, 0x627), True), ((), True)])
def test_the_console_is_asked_whether_its_font_has_joined_letters(monkeypatch, letters, lacks):
    def answer(_file, _number, request):
        pairs = [value for letter in letters for value in (letter, 7)]
        ctypes.memmove(request.pairs, (ctypes.c_ushort * len(pairs))(*pairs), 2 * len(pairs))
        request.count = len(letters)

    monkeypatch.setattr(fcntl, "ioctl", answer)
    assert lacks_arabic(CONSOLE) is lacks


def test_what_is_no_console_is_not_asked(monkeypatch):
    monkeypatch.setattr(fcntl, "ioctl", lambda *_: pytest.fail("asked"))
    assert not lacks_arabic(Terminal("xterm"))


def test_what_only_calls_itself_a_console_lacks_nothing():
    assert not lacks_arabic(CONSOLE)
