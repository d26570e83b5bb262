"""Named tuples are what ``typing`` makes of the same class."""

from __future__ import annotations

import pickle
import typing

import pytest

from searchkit.records import NamedTuple


class Ours(NamedTuple):
    """A place."""

    x: int
    y: int = 2  # with a default
    name: Unknown = "here"  # noqa: F821 - annotations are never looked at

    @property
    def sum(self) -> int:
        """Both together."""
        return self.x + self.y

    def moved(self, by: int) -> Ours:
        """Return another place."""
        return self._replace(x=self.x + by)


class Theirs(typing.NamedTuple):
    """A place."""

    x: int
    y: int = 2
    name: str = "here"


def test_they_behave_like_those_of_typing() -> None:
    assert Ours._fields == Theirs._fields
    assert Ours._field_defaults == Theirs._field_defaults
    assert Ours.__doc__ == Theirs.__doc__
    assert repr(Ours(1)) == "Ours(x=1, y=2, name='here')"
    assert Ours(1, name="there") == Theirs(1, name="there") == (1, 2, "there")
    assert (Ours(1).sum, Ours(1).moved(2).x) == (3, 3)
    assert isinstance(Ours(1), tuple)
    with pytest.raises(TypeError):
        Ours()
    with pytest.raises(AttributeError):
        Ours(1).x = 2


def test_they_can_be_pickled_and_are_at_home_where_they_are_defined() -> None:
    assert pickle.loads(pickle.dumps(Ours(1))) == Ours(1)
    assert (Ours.__module__, Ours.__qualname__) == (__name__, "Ours")
