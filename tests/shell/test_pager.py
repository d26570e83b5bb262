"""Long text, a screen at a time."""

import sys

import pytest

from searchkit.errors import InputError
from searchkit.shell.pager import show


@pytest.fixture
def person(session):
    """A session at a terminal."""
    session.interactive = True
    session.settings.set("bidi", "off")
    return session


@pytest.fixture
def pager(tmp_path, monkeypatch):
    """Make a pager that keeps what it is shown, and return where."""
    program = tmp_path / "pager.py"
    program.write_text("import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())")
    monkeypatch.setenv("PAGER", f"'{sys.executable}' '{program}' '{tmp_path / 'seen'}'")
    monkeypatch.setenv("TERM", "xterm")
    return tmp_path / "seen"


def test_the_persons_pager_shows_the_text(person, pager, capfd):
    show(person, ["كتاب", "\x1b[2Jقلم"])
    assert pager.read_text(encoding="utf-8") == "كتاب\n[2Jقلم\n"
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(("paged", "terminal"), [(False, "xterm"), (True, "dumb")])
def test_without_a_screen_the_text_is_printed(person, pager, capfd, monkeypatch, paged, terminal):
    monkeypatch.setenv("TERM", terminal)
    person.interactive = paged
    show(person, ["كتاب"])
    assert capfd.readouterr().out == "كتاب\n"
    assert not pager.exists()


def test_a_pager_that_is_not_there_is_named(person, monkeypatch):
    monkeypatch.setenv("PAGER", "no-such-pager")
    monkeypatch.setenv("TERM", "xterm")
    with pytest.raises(InputError, match=r"^no-such-pager: .*set PAGER"):
        show(person, ["كتاب"])
