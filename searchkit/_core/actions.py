"""What the scanner does with a code point, as uint32.

The folded code point (or the number of an expansion) stands in the low 21 bits, the kind in bits 24-29, ``EXPANDS``
in bit 30. Zero means "not asked yet".
"""

SEPARATOR = 1 << 24  # ends a token
CONTROL = 2 << 24  # invisible: no letter, does not end a token
MARK = 3 << 24  # belongs to the letter before it, folded away
TANWIN_FATH = 4 << 24  # a mark that makes a following or preceding final alef fold away too
HAMZA_MARK = 5 << 24  # a mark that turns the letter before it into a carrier of hamza
ARABIC = 6 << 24  # a letter of the Arabic script
HAMZA = 7 << 24  # hamza or a carrier of it other than alef
OTHER = 8 << 24  # a letter of any other script
DIGIT = 9 << 24
POINT = 10 << 24  # between digits: the decimal mark
COMMA = 11 << 24  # between groups of three digits: folded away
EXPANDS = 1 << 30  # the value is an index into the expansions

VALUE = (1 << 21) - 1
KIND = 63 << 24
TABLE_SIZE = 0x20000  # the first two planes; what lies above is asked each time
