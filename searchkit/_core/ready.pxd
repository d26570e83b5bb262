cimport cython
from searchkit._core.bits cimport bit, lowest
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _BLOCK, _WINDOW, _MAX_LISTS, _SHARE, _HEADER, _CHUNK, _HALF, _BYTE
cdef long long _NEW_SLOT, _NEW_WORD, _SPARE
cdef double _UNITS, _ROUNDER

@cython.final
cdef class Room:
    cdef unsigned int[::1] words
    cdef unsigned short[::1] halves
    cdef unsigned char[::1] bytes
    cdef readonly Py_ssize_t size

@cython.final
cdef class Keeper:
    cdef readonly Cursors cursors
    cdef double[::1] _norms
    cdef unsigned int[::1] _best, _spared, _sums
    cdef unsigned long long[::1] _touched
    cdef bint _positive
    cdef readonly unsigned int most
    cdef readonly Py_ssize_t count

    @cython.locals(
        n=Py_ssize_t, total=Py_ssize_t, i=Py_ssize_t, end=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t,
        number=Py_ssize_t,
    )
    cpdef Py_ssize_t keep(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const unsigned char[::1] deleted,
        const long long[::1] lists, const long long[::1] flags, const double[::1] params,
        Room room, Py_ssize_t start
    ) except? -1

    @cython.locals(end=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cpdef Py_ssize_t pack(
        self, const unsigned int[::1] docs, const double[::1] scores, Py_ssize_t n, Py_ssize_t num_docs, Room room,
        Py_ssize_t start
    ) except? -1

    cdef void _begin(self) noexcept nogil

    @cython.locals(
        weight=cython.double, base=cython.double, slope=cython.double, spare=cython.bint, here=Py_ssize_t,
        block=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t, at=Py_ssize_t, tf=cython.double,
        score=cython.double, units=cython.uint,
    )
    cdef void _take(
        self, Py_ssize_t number, Py_ssize_t low, Py_ssize_t high, const long long[::1] flags,
        const double[::1] params
    ) noexcept nogil

    @cython.locals(chunk=Py_ssize_t, at=Py_ssize_t, bits=cython.ulonglong)
    cdef void _end_slot(self) noexcept nogil

    @cython.locals(
        size=Py_ssize_t, most=cython.uint, chunk=Py_ssize_t, at=Py_ssize_t, bits=cython.ulonglong, doc=Py_ssize_t,
        dense=cython.bint, head=Py_ssize_t, length=Py_ssize_t, end=Py_ssize_t,
    )
    cdef Py_ssize_t _write(
        self, Py_ssize_t low, Py_ssize_t high, const unsigned char[::1] deleted, Room room, Py_ssize_t start,
        Py_ssize_t begin
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, chunk=Py_ssize_t, at=Py_ssize_t, bits=cython.ulonglong)
    cdef void _lay(self, Room room, Py_ssize_t begin, Py_ssize_t lasts, int shift) noexcept nogil

    @cython.locals(lasts=Py_ssize_t, chunk=Py_ssize_t, at=Py_ssize_t, bits=cython.ulonglong)
    cdef void _spread(self, Room room, Py_ssize_t begin, Py_ssize_t length, int shift) noexcept nogil

    @cython.locals(chunk=Py_ssize_t, bits=cython.ulonglong)
    cdef void _clear(self) noexcept nogil

@cython.locals(windows=Py_ssize_t, some=Py_ssize_t, most=Py_ssize_t)
cpdef Py_ssize_t space(Py_ssize_t count, Py_ssize_t num_docs) noexcept

@cython.locals(shift=cython.int)
cdef int shift_of(unsigned int most) noexcept nogil

@cython.locals(shift=cython.int)
cdef int dense_shift(unsigned int most) noexcept nogil

cdef inline unsigned long long pair(unsigned long long high, unsigned long long low) noexcept nogil:
    return high << 32 | low

cdef inline unsigned int _whole(double value) noexcept nogil:
    return <unsigned int>value
