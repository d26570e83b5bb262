"""Where does the query run?"""

from searchkit.backends.base import Backend, connect, field_names

__all__ = ["Backend", "connect", "field_names"]
