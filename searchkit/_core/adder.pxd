cimport cython
from libc.string cimport memset
from searchkit._core.ready cimport pair

cdef Py_ssize_t _CHUNK, _WINDOW, _DENSE, _MAX_LISTS
cdef long long _LOW
cdef double _UNIT

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

cdef inline long long _survey(int[::1] sums, Py_ssize_t start) noexcept nogil:
    cdef int* chunk = &sums[start]
    cdef int most = 0, count = 0, i
    for i in range(64):
        most = chunk[i] if chunk[i] > most else most
        count += chunk[i] > 0
    return <long long>most << 7 | count

cdef inline void _clear(int[::1] sums, Py_ssize_t start) noexcept nogil:
    memset(&sums[start], 0, 256)
