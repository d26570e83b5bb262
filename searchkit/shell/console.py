"""The Linux console: whether the font in it has Arabic letters. It joins and turns nothing, so the shell does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.shell.terminals import Terminal

NO_LETTERS = "terminal: the font of this console has no Arabic letters; try 'setfont Arabic-VGA16' (console-setup)"
_GIO_UNIMAP = 0x4B66  # linux/kd.h: which code points the font has, as pairs of a code point and a place
_MOST = 8192
_JOINED = 0xFE8E  # final alef: as the shell writes it


def lacks_arabic(terminal: Terminal) -> bool:
    """Tell whether this is the Linux console with a font without Arabic; what cannot be asked lacks nothing."""
    if terminal.name != "Linux console":
        return False
    import ctypes
    import fcntl

    class Request(ctypes.Structure):
        """``struct unimapdesc``."""

        _fields_ = (("count", ctypes.c_ushort), ("pairs", ctypes.c_void_p))

    pairs = (ctypes.c_ushort * (2 * _MOST))()
    request = Request(_MOST, ctypes.addressof(pairs))
    try:
        fcntl.ioctl(1, _GIO_UNIMAP, request)
    except OSError:  # fbterm and others that call themselves so
        return False
    return _JOINED not in pairs[: 2 * request.count : 2]
