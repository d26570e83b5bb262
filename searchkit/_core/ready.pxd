cimport cython
from libc.string cimport memset
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _BLOCK, _CHUNK, _KEPT_WINDOW, _WINDOW, _DENSE, _MAX_LISTS
cdef long long _NEW_SLOT, _NEW_WORD, _SPARE, _LOW
cdef double _UNIT, _UNITS, _ROUNDER

@cython.final
cdef class Keeper:
    cdef readonly Cursors cursors
    cdef double[::1] _norms
    cdef unsigned int[::1] _best, _spared, _sums
    cdef unsigned long long[::1] _touched
    cdef bint _positive
    cdef readonly unsigned int most

    @cython.locals(
        n=Py_ssize_t, total=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t,
        number=Py_ssize_t,
    )
    cpdef Py_ssize_t keep(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const unsigned char[::1] deleted,
        const long long[::1] lists, const long long[::1] flags, const double[::1] params,
        unsigned long long[::1] room, Py_ssize_t start
    ) except? -1

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

    @cython.locals(end=Py_ssize_t, chunk=Py_ssize_t, at=Py_ssize_t, bits=cython.ulonglong, doc=Py_ssize_t)
    cdef Py_ssize_t _write(
        self, Py_ssize_t low, const unsigned char[::1] deleted, unsigned long long[::1] room, Py_ssize_t start
    ) noexcept nogil

@cython.locals(i=Py_ssize_t, units=cython.uint, most=Py_ssize_t)
cpdef Py_ssize_t pack(
    const unsigned int[::1] docs, const double[::1] scores, Py_ssize_t n, unsigned long long[::1] room,
    Py_ssize_t start
) except? -1

@cython.final
cdef class Adder:
    cdef readonly Py_ssize_t matched, size
    cdef Py_ssize_t _k
    cdef unsigned long long[::1] _keys, _found
    cdef int[::1] _sums
    cdef long long[::1] _at, _ends

    cpdef void begin(self, Py_ssize_t k) except *

    @cython.locals(
        n=Py_ssize_t, number=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t,
    )
    cpdef void collect(
        self, const unsigned long long[::1] room, Py_ssize_t first_doc, Py_ssize_t num_docs,
        const unsigned char[::1] excluded, const long long[::1] lists, Py_ssize_t num_must, Py_ssize_t num_finders
    ) except *

    @cython.locals(size=Py_ssize_t, place=Py_ssize_t, key=cython.ulonglong)
    cpdef Py_ssize_t take(self, long long[::1] docs, double[::1] scores) except -1

    @cython.locals(
        count=Py_ssize_t, number=Py_ssize_t, at=Py_ssize_t, end=Py_ssize_t, dense=cython.bint, size=Py_ssize_t,
        margin=Py_ssize_t, helpers=Py_ssize_t,
    )
    cdef void _add(
        self, const unsigned long long[::1] room, Py_ssize_t first_doc, Py_ssize_t low, Py_ssize_t high,
        const unsigned char[::1] excluded, const long long[::1] lists, Py_ssize_t n, Py_ssize_t num_finders
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t)
    cdef void _sum(
        self, const unsigned long long[::1] room, Py_ssize_t start, Py_ssize_t end, Py_ssize_t low
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, at=Py_ssize_t, known=cython.int)
    cdef Py_ssize_t _find(
        self, const unsigned long long[::1] room, Py_ssize_t start, Py_ssize_t end, Py_ssize_t low, Py_ssize_t size
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, at=Py_ssize_t, known=cython.int)
    cdef void _help(
        self, const unsigned long long[::1] room, Py_ssize_t start, Py_ssize_t end, Py_ssize_t low
    ) noexcept nogil

    @cython.locals(
        doc=Py_ssize_t, bar=Py_ssize_t, chunk=Py_ssize_t, at=Py_ssize_t, score=cython.int, start=Py_ssize_t,
        found=cython.longlong,
    )
    cdef void _scan(
        self, const unsigned long long[::1] room, const long long[::1] lists, Py_ssize_t helpers, Py_ssize_t n,
        Py_ssize_t margin, Py_ssize_t first_doc, Py_ssize_t low, Py_ssize_t high, const unsigned char[::1] excluded
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, at=Py_ssize_t, doc=Py_ssize_t, score=Py_ssize_t)
    cdef void _look(
        self, const unsigned long long[::1] room, const long long[::1] lists, Py_ssize_t helpers, Py_ssize_t n,
        Py_ssize_t margin, Py_ssize_t first_doc, Py_ssize_t low, Py_ssize_t size, const unsigned char[::1] excluded
    ) noexcept nogil

    @cython.locals(score=cython.int, number=Py_ssize_t, end=Py_ssize_t, at=Py_ssize_t)
    cdef int _ask(
        self, const unsigned long long[::1] room, const long long[::1] lists, Py_ssize_t start, Py_ssize_t n,
        Py_ssize_t doc, bint onward
    ) noexcept nogil

    @cython.locals(
        at=Py_ssize_t, end=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, number=Py_ssize_t, kept=Py_ssize_t,
        doc=Py_ssize_t, there=cython.bint,
    )
    cdef void _meet(
        self, const unsigned long long[::1] room, Py_ssize_t first_doc, Py_ssize_t low, Py_ssize_t high,
        const unsigned char[::1] excluded, const long long[::1] lists, Py_ssize_t n, Py_ssize_t num_must
    ) noexcept nogil

    cdef int _bar(self) noexcept nogil

    @cython.locals(at=Py_ssize_t)
    cdef void _push(self, unsigned long long key) noexcept nogil

    @cython.locals(at=Py_ssize_t, child=Py_ssize_t)
    cdef void _sink(self, unsigned long long key) noexcept nogil

@cython.locals(low=Py_ssize_t, step=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
cdef Py_ssize_t _seek(
    const unsigned long long[::1] room, Py_ssize_t start, Py_ssize_t end, Py_ssize_t doc
) noexcept nogil

cdef inline Py_ssize_t _doc(const unsigned long long[::1] room, Py_ssize_t at) noexcept nogil:
    return room[at] >> 32

cdef inline unsigned int _units(const unsigned long long[::1] room, Py_ssize_t at) noexcept nogil:
    return room[at] & 0xFFFFFFFFU

cdef inline unsigned long long _pack(unsigned long long high, unsigned long long low) noexcept nogil:
    return high << 32 | low

cdef inline unsigned int _whole(double value) noexcept nogil:
    return <unsigned int>value

cdef inline unsigned long long _bit(Py_ssize_t number) noexcept nogil:
    return 1ULL << number

cdef inline long long _survey(int[::1] sums, Py_ssize_t start) noexcept nogil:
    cdef int* chunk = &sums[start]
    cdef int most = 0, count = 0, i
    for i in range(64):
        most = chunk[i] if chunk[i] > most else most
        count += chunk[i] > 0
    return <long long>most << 7 | count

cdef inline void _clear(int[::1] sums, Py_ssize_t start) noexcept nogil:
    memset(&sums[start], 0, 256)

cdef extern from *:
    """
    #if defined(_MSC_VER)
    #include <intrin.h>
    static int searchkit_lowest(unsigned long long bits) {
        unsigned long place;
        _BitScanForward64(&place, bits);
        return (int)place;
    }
    #else
    #define searchkit_lowest(bits) __builtin_ctzll(bits)
    #endif
    """
    int _lowest "searchkit_lowest"(unsigned long long bits) nogil
