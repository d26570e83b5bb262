cimport cython

from searchkit._core.pattern cimport Pattern
from searchkit._core.selection cimport keep_best, largest
from searchkit._core.terms cimport Dictionary

cdef Py_ssize_t _TABLE, _NEVER, _LAST_CODE, _BLOCK_TERMS, _ROOM, _FIRST_ROOM
cdef unsigned int _INSIDE
cdef int _COST_SHIFT
cdef unsigned long long _DF

@cython.final
cdef class Walk:
    cdef Dictionary _dictionary
    cdef const unsigned char[::1] _terms, _counts
    cdef const unsigned int[::1] _offsets
    cdef Py_ssize_t _num_terms
    cdef Pattern _pattern
    cdef unsigned long long[::1] _masks, _others
    cdef unsigned int[::1] _letters
    cdef Py_ssize_t _unit, _levels, _width, _longest
    cdef unsigned long long _any, _star, _final, _full, _editable, _open
    cdef bytes _tail
    cdef unsigned long long _last_star
    cdef bint _confused, _bounded
    cdef unsigned long long[::1] _rows, _ranks, _numbers, _places
    cdef unsigned long long _floor
    cdef const unsigned int[::1] _tops
    cdef bytearray _bytes
    cdef unsigned char[::1] _term, _goal_bytes
    cdef bytearray _wanted
    cdef Py_ssize_t _goal_size
    cdef unsigned int[::1] _depths, _costs, _shares
    cdef Py_ssize_t _dead, _sure, _loose, _failed, _limit, _kept, _room
    cdef readonly Py_ssize_t total

    @cython.locals(i=Py_ssize_t, found=list, rank=cython.ulonglong)
    cpdef list run(self)

    @cython.locals(i=Py_ssize_t, found=list, number=cython.ulonglong)
    cpdef list numbers(self)

    @cython.locals(
        cost=Py_ssize_t, block=Py_ssize_t, blocks=Py_ssize_t, i=Py_ssize_t, last=Py_ssize_t,
    )
    cdef void _walk(self) except *

    @cython.locals(better=cython.ulonglong, top=cython.ulonglong)
    cdef bint _hopeless(self, Py_ssize_t block) noexcept

    @cython.locals(
        at=Py_ssize_t, end=Py_ssize_t, count=Py_ssize_t, last=Py_ssize_t, length=Py_ssize_t, place=Py_ssize_t,
        shared=Py_ssize_t, more=Py_ssize_t, cost=Py_ssize_t, i=Py_ssize_t, tail=Py_ssize_t, own=Py_ssize_t,
        terms="const unsigned char[::1]",
        term=cython.uchar[::1], goal=cython.uchar[::1], same=Py_ssize_t, start=Py_ssize_t,
    )
    cdef void _scan(self, Py_ssize_t block) except *

    @cython.locals(
        size=Py_ssize_t, i=Py_ssize_t, start=Py_ssize_t, depth=Py_ssize_t, width=Py_ssize_t, alive=cython.ulonglong,
        base=Py_ssize_t, cost=Py_ssize_t,
    )
    cdef Py_ssize_t _match(self, Py_ssize_t shared, Py_ssize_t length) except -2

    cdef unsigned int _byte(self, Py_ssize_t place, Py_ssize_t at) noexcept

    @cython.locals(at=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _ends(self, Py_ssize_t length) except -2

    @cython.locals(byte=cython.uint, width=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _letter_width(self, Py_ssize_t at, Py_ssize_t size) noexcept

    @cython.locals(code=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _letter(self, Py_ssize_t at, Py_ssize_t width) noexcept

    @cython.locals(
        mask=cython.ulonglong, base=Py_ssize_t, row=cython.ulonglong, new=Py_ssize_t, levels=Py_ssize_t,
        unit=Py_ssize_t, alive=cython.ulonglong, cost=Py_ssize_t, before=cython.ulonglong, swapped=cython.ulonglong,
    )
    cdef unsigned long long _step(self, Py_ssize_t depth, Py_ssize_t code) except? 0

    @cython.locals(start=Py_ssize_t, width=Py_ssize_t, code=Py_ssize_t, i=Py_ssize_t)
    cdef bint _goal(self) except -1

    @cython.locals(goal=cython.uchar[::1], width=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _put_letter(self, Py_ssize_t at, Py_ssize_t code) noexcept

    @cython.locals(
        base=Py_ssize_t, reached=cython.ulonglong, paying=cython.ulonglong, cost=Py_ssize_t, row=cython.ulonglong,
        i=Py_ssize_t, letter=Py_ssize_t, mask=cython.ulonglong,
    )
    cdef Py_ssize_t _next(self, Py_ssize_t depth, Py_ssize_t code) except -2

    @cython.locals(
        at=Py_ssize_t, end=Py_ssize_t, place=Py_ssize_t, df=cython.ulonglong, cost=cython.uint,
        better=cython.ulonglong, rank=cython.ulonglong, left=Py_ssize_t, _=Py_ssize_t,
    )
    cdef void _keep(self, Py_ssize_t block, Py_ssize_t last) except *

    cdef void _offer(self, unsigned long long rank, unsigned long long number) except *

    @cython.locals(i=Py_ssize_t, wider="unsigned long long[::1]")
    cdef unsigned long long[::1] _wider(self, unsigned long long[::1] numbers)

    cdef void _shrink(self) except *

@cython.locals(term=bytes, terms=bytes, found=list, walk=Walk)
cpdef Py_ssize_t cost(Pattern pattern, str word) except -2
