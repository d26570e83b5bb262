"""What a person may choose, and the file that keeps it."""

import os

import pytest

from searchkit.errors import InputError
from searchkit.shell.settings import SETTINGS, Settings, load, save, settings_file


def test_the_file_is_written_on_first_use_and_explains_every_setting():
    load()
    with open(settings_file(), encoding="utf-8") as file:
        text = file.read()
    for setting in SETTINGS:
        assert f"\n# {setting.name} = " in text
        assert setting.comment in text


def test_what_is_set_is_kept():
    settings = Settings()
    for name, value in (("level", "lemma"), ("limit", "7"), ("collapse", "on"), ("pager", 'less -R "x"')):
        settings.set(name, value)
    assert save(settings) == settings_file()
    again = load()
    assert [again.text(setting.name) for setting in SETTINGS] == [settings.text(setting.name) for setting in SETTINGS]


def test_the_command_line_is_stronger_than_the_file():
    settings = Settings()
    settings.set("limit", "7")
    save(settings)
    assert load(["limit=3"]).number("limit") == 3


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("colour=on", "colour: no such setting; there are limit, level"),
        ("limit=0", "limit: '0' is not a number from 1 up; give one"),
        ("level=stem", "level: 'stem' is none of root, lemma, surface; give one of them"),
        ("live=maybe", "live: 'maybe' is neither on nor off; give one of them"),
        ("live", "live: not a setting; write live=value"),
    ],
)
def test_a_wrong_value_is_named_with_the_right_ones(override, message):
    with pytest.raises(InputError) as caught:
        load([override])
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("text", ["limit = ", "limit = 0\n", "\xff", "colour = 1\n"])
def test_a_damaged_file_is_named_and_left_alone(text):
    path = settings_file()
    os.makedirs(os.path.dirname(path))
    data = text.encode("latin-1")
    with open(path, "wb") as file:
        file.write(data)
    with pytest.raises(InputError, match=r"settings\.toml"):
        load()
    with open(path, "rb") as file:
        assert file.read() == data


def test_without_a_home_the_defaults_count(monkeypatch):
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setenv("HOME", os.devnull)
    assert load().number("limit") == Settings().number("limit")


def test_a_toggle_goes_through_all_values():
    settings = Settings()
    seen = []
    for _ in range(4):
        seen.append(settings.text("level"))
        settings.next("level")
    assert seen == ["root", "lemma", "surface", "root"]
    settings.next("collapse")
    assert settings.on("collapse")


def test_a_persons_own_comments_stay():
    path = settings_file()
    os.makedirs(os.path.dirname(path))
    with open(path, "w", encoding="utf-8") as file:
        file.write('# mine\nlevel = "lemma"  # forms only\n\n# limit = 10\nlimit = 5 # few\n')
    settings = load()
    settings.set("level", "surface")
    settings.set("limit", "8")
    settings.set("pager", "less -R '#'")
    save(settings)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert text.startswith('# mine\nlevel = "surface"  # forms only\n\n# limit = 10\nlimit = 8 # few\n')
    assert load().text("pager") == "less -R '#'"
    settings.set("pager", "")
    settings.set("limit", "10")
    save(settings)
    assert [load().text(name) for name in ("level", "limit", "pager")] == ["surface", "10", ""]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_can_be_given_on_the_command_line(setting):
    value = setting.values()[-1] if setting.values() else "7"
    assert load([f"{setting.name}={value}"]).text(setting.name) == value
