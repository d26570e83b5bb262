"""A small index and a shell over it."""

import pytest

import searchkit
from searchkit.shell.session import Session
from searchkit.shell.settings import Settings

DOCUMENTS = [
    {
        "id": "a",
        "title": "ميناء المدينة",
        "text": "رست سفينة كبيرة في ميناء المدينة.\nنزل البحارة إلى السوق.",
        "year": 1950,
    },
    {"id": "b", "title": "سفينة الصحراء", "text": "الجمل سفينة الصحراء، وكم سفينة في البحر."},
    {"id": "c", "title": "سوق الكتب", "text": "في السوق كتب قديمة وسفن من ورق.", "author": "سعاد"},
]


@pytest.fixture
def directory(tmp_path):
    with searchkit.create(str(tmp_path / "index")) as writer:
        for document in DOCUMENTS:
            writer.add(**document)
    return str(tmp_path / "index")


@pytest.fixture
def session(directory, settings):
    return Session(directory, settings, interactive=False)


@pytest.fixture
def settings():
    return Settings()


@pytest.fixture(autouse=True)
def _own_home(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
