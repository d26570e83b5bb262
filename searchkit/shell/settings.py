"""What a person may choose, kept in a file that explains itself."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from searchkit.config import LIMIT
from searchkit.errors import InputError
from searchkit.messages import translate
from searchkit.records import NamedTuple
from searchkit.shell.bidi import MODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    Value = str | int | bool


class Setting(NamedTuple):
    """One thing to choose."""

    name: str
    default: Value
    comment: str
    choices: tuple[str, ...] = ()  # of a text; any text if there are none
    least: int = 0  # of a number

    def values(self) -> tuple[str, ...]:
        """Return the values to choose from; nothing where there are too many to list."""
        return ("on", "off") if isinstance(self.default, bool) else self.choices


SETTINGS = (
    Setting("limit", LIMIT, "how many hits to show", least=1),
    Setting("level", "root", "the weakest evidence that counts: a word's relatives, its forms, or its spelling alone",
            ("root", "lemma", "surface")),
    Setting("operator", "any", "whether hits need any or all words of a query", ("any", "all")),
    Setting("collapse", default=False, comment="leave out copies of a hit"),
    Setting("live", default=True, comment="show hits while you type"),
    Setting("bidi", "auto", "who turns Arabic round: the terminal, this program (app), or only words (words), "
            "nobody (off); 'searchkit doctor' finds out", MODES),
    Setting("color", "auto", "colours; auto: on a terminal, unless NO_COLOR is set", ("auto", "always", "never")),
    Setting("pager", "", "the program that shows whole documents; empty: $PAGER, else less"),
    Setting("clipboard", default=True, comment="let Ctrl-Y copy through the terminal (OSC 52)"),
    Setting("history", default=True, comment="keep what was searched for, per index"),
    Setting("language", "auto", "of messages; auto: as the locale says", ("auto", "en", "ar")),
)  # fmt: skip
"""All of them, in the order of the file."""

_TOML_VALUE = r"""(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[^#\n]*?)"""

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Settings:
    """The values in use."""

    def __init__(self) -> None:
        self._values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}

    def text(self, name: str) -> str:
        """Return the value of a setting as text."""
        value = self._values[name]
        return ("on" if value else "off") if isinstance(value, bool) else str(value)

    def number(self, name: str) -> int:
        """Return the value of a setting that is a number."""
        return int(self._values[name])

    def on(self, name: str) -> bool:
        """Tell whether a setting that is on or off is on."""
        return bool(self._values[name])

    def set(self, name: str, text: str) -> None:
        """Give a setting another value.

        Raises:
            InputError: there is no such setting, or it cannot have this value.
        """
        setting = _BY_NAME.get(name)
        if setting is None:
            raise InputError(f"{name}: no such setting; there are {', '.join(_BY_NAME)}")
        self._values[name] = _value(setting, text)

    def next(self, name: str) -> None:
        """Go on to the next value of a setting."""
        setting = _BY_NAME[name]
        values = setting.choices or ("off", "on")
        self.set(name, values[(values.index(self.text(name)) + 1) % len(values)])


_MOST_DIGITS = 100  # Python reads no number of thousands of them


def _value(setting: Setting, text: str) -> Value:
    default = setting.default
    if isinstance(default, bool):
        if text not in ("on", "off", "true", "false"):
            raise InputError(f"{setting.name}: {text!r} is neither on nor off; give one of them")
        return text in ("on", "true")
    if isinstance(default, int):
        if not text.isdecimal() or len(text) > _MOST_DIGITS or int(text) < setting.least:
            raise InputError(
                f"{setting.name}: {text[:_MOST_DIGITS]!r} is not a number from {setting.least} up; give one"
            )
        return int(text)
    if setting.choices and text not in setting.choices:
        raise InputError(f"{setting.name}: {text!r} is none of {', '.join(setting.choices)}; give one of them")
    return text


def settings_file() -> str | None:
    """Return where the settings are, by the XDG Base Directory Specification; None if there is no home."""
    config = os.environ.get("XDG_CONFIG_HOME", "")
    if not os.path.isabs(config):
        config = os.path.expanduser("~/.config")
    return os.path.join(config, "searchkit", "settings.toml") if os.path.isabs(config) else None


def load(overrides: Sequence[str] = ()) -> Settings:
    """Return the settings of the file, which is written if there is none, with some replaced.

    Args:
        overrides: ``name=value``.

    Raises:
        InputError: the file or an override cannot be used.
    """
    settings = Settings()
    path = settings_file()
    if path is not None:
        try:
            with open(path, "rb") as file:
                _read(settings, path, file.read())
        except (FileNotFoundError, NotADirectoryError):
            save(settings)
        except OSError as error:
            raise InputError(f"{path}: {error.strerror}; see to its permissions") from None
    for override in overrides:
        name, sign, value = override.partition("=")
        if not sign:
            raise InputError(f"{override}: not a setting; write {name or 'name'}=value")
        settings.set(name, value)
    return settings


def _read(settings: Settings, path: str, data: bytes) -> None:
    import tomllib

    try:
        values = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}; correct it, or remove the file to get a new one") from None
    for name, value in values.items():
        text = ("on" if value else "off") if isinstance(value, bool) else str(value)
        try:
            settings.set(name, text)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None


def _with_setting(text: str, setting: Setting, value: str) -> str:
    """Return the text of a settings file with another value; all else in it stays as the person wrote it."""
    default = setting.default
    shown = ("true" if value == "on" else "false") if isinstance(default, bool) else value
    if not isinstance(default, bool | int):
        shown = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    line = f"{'# ' if value == Settings().text(setting.name) else ''}{setting.name} = {shown}"
    own = re.compile(rf"^(?:# ?)?{setting.name}[ \t]*=[ \t]*{_TOML_VALUE}(?=[ \t]*(?:#.*)?$)", re.MULTILINE)
    found = own.findall(text)
    if found:
        return own.sub(lambda _: line, text, count=1) if len(found) == 1 else _only_one(own, text, line)
    choices = f" ({', '.join(setting.choices)})" if setting.choices else ""
    gap = "" if text.endswith("\n") or not text else "\n"
    return f"{text}{gap}\n# {translate(setting.comment)}{choices}\n{line}\n"


def _only_one(own: re.Pattern[str], text: str, line: str) -> str:
    """Return a text with a line in the place of the one that counts: the one that is no comment, else the first."""
    found = list(own.finditer(text))
    match = next((match for match in found if not match[0].startswith("#")), found[0])
    return text[: match.start()] + line + text[match.end() :]


def save(settings: Settings) -> str | None:
    """Write the settings with their comments; return where, None if there is no place for them."""
    path = settings_file()
    if path is None:
        return None
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError):
        text = f"# {translate('Settings of searchkit. A line that begins with # is the default.')}\n"
    for setting in SETTINGS:
        text = _with_setting(text, setting, settings.text(setting.name))
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        unfinished = f"{path}.{os.getpid()}"
        with open(unfinished, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(unfinished, path)
    except OSError:
        return None
    return path
