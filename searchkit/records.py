"""Named tuples that are defined in a third of the time that ``typing.NamedTuple`` takes.

Some fifty are defined before the first query is answered, and ``typing`` compiles every annotation of each. To a type
checker this is ``typing.NamedTuple``; annotations stay as they stand. A module that defines one begins with ``from
__future__ import annotations``.
"""

from __future__ import annotations

from collections import namedtuple

__all__ = ["NamedTuple"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Definer(type):
        """Makes a named tuple of a class with annotated fields, defaults and methods."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = namespace.pop("__annotations__", {})
            defaults = [namespace.pop(field) for field in tuple(fields) if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace.pop("__module__"))  # noqa: PYI024
            made.__annotations__ = fields
            made.__doc__ = namespace.pop("__doc__", None)
            for attribute, value in namespace.items():
                setattr(made, attribute, value)
            return made

    class NamedTuple(metaclass=_Definer):
        """Base of what becomes a named tuple."""
