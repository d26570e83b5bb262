cimport cython
from searchkit._core.ready cimport Room, dense_shift, pair, shift_of
from searchkit._core.sums cimport add_dense, add_entries, clear, fetch, help_dense, kth, survey

cdef Py_ssize_t _CHUNK, _WINDOW, _HEADER, _PLENTY, _MUCH, _TRIES, _MAX_LISTS
cdef int _LEAST, _ENOUGH
cdef long long _LOW
cdef double _UNIT

@cython.final
cdef class Adder:
    cdef readonly Py_ssize_t matched, size
    cdef Room _room
    cdef Py_ssize_t _k
    cdef int _step, _slack, _margin
    cdef unsigned long long[::1] _keys, _found
    cdef unsigned short[::1] _sums, _most, _bounds
    cdef unsigned int[::1] _near, _exact
    cdef long long[::1] _sizes, _mosts, _dense, _begins, _lasts, _shifts

    cpdef void begin(self, Py_ssize_t k) except *

    @cython.locals(n=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, number=Py_ssize_t)
    cpdef void collect(
        self, const unsigned char[::1] excluded, Py_ssize_t first_doc, Py_ssize_t num_docs,
        const long long[::1] lists, Py_ssize_t num_must, Py_ssize_t num_finders
    ) except *

    @cython.locals(size=Py_ssize_t, place=Py_ssize_t, key=cython.ulonglong)
    cpdef Py_ssize_t take(self, long long[::1] docs, double[::1] scores) except -1

    @cython.locals(
        number=Py_ssize_t, start=Py_ssize_t, head=Py_ssize_t, begin=Py_ssize_t, size=Py_ssize_t,
        most=cython.uint, length=Py_ssize_t, end=Py_ssize_t,
    )
    cdef bint _enter(self, const long long[::1] lists, Py_ssize_t n, Py_ssize_t low, Py_ssize_t high) noexcept nogil

    @cython.locals(count=Py_ssize_t, number=Py_ssize_t, added=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t)
    cdef void _add(
        self, Py_ssize_t first_doc, Py_ssize_t low, Py_ssize_t high, const unsigned char[::1] excluded, Py_ssize_t n,
        Py_ssize_t num_finders
    ) noexcept nogil

    @cython.locals(total=Py_ssize_t, number=Py_ssize_t, much=cython.bint)
    cdef bint _scale(self, Py_ssize_t n, Py_ssize_t num_finders) noexcept nogil

    @cython.locals(shift=cython.int)
    cdef Py_ssize_t _cost(self, Py_ssize_t number) noexcept nogil

    cdef int _error(self, Py_ssize_t number) noexcept nogil

    @cython.locals(
        chunks=Py_ssize_t, number=Py_ssize_t, begin=Py_ssize_t, shift=cython.int, doc=Py_ssize_t,
        least=cython.int, size=Py_ssize_t, chunk=Py_ssize_t, at=Py_ssize_t,
    )
    cdef Py_ssize_t _scan(
        self, Py_ssize_t low, Py_ssize_t high, const unsigned char[::1] excluded, Py_ssize_t num_finders,
        Py_ssize_t added
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, entry=cython.uint, known=cython.int, steps=cython.int)
    cdef void _help(self, Py_ssize_t number) noexcept nogil

    @cython.locals(
        size=Py_ssize_t, number=Py_ssize_t, shift=cython.int, i=Py_ssize_t, entry=cython.uint, at=Py_ssize_t,
        known=cython.int, begin=Py_ssize_t, kept=Py_ssize_t, doc=Py_ssize_t,
    )
    cdef Py_ssize_t _note(
        self, Py_ssize_t low, const unsigned char[::1] excluded, Py_ssize_t num_finders, Py_ssize_t added
    ) noexcept nogil

    @cython.locals(least=cython.int)
    cdef int _least(self, unsigned short[::1] sums, Py_ssize_t size) noexcept nogil

    @cython.locals(least=cython.int, kept=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _keep(self, Py_ssize_t size) noexcept nogil

    @cython.locals(
        marked=cython.bint, number=Py_ssize_t, count=Py_ssize_t, begin=Py_ssize_t, i=Py_ssize_t, place=Py_ssize_t,
        at=Py_ssize_t, total=Py_ssize_t,
    )
    cdef void _weigh(self, Py_ssize_t size, Py_ssize_t first, Py_ssize_t end) noexcept nogil

    @cython.locals(last=cython.uint)
    cdef unsigned int _units(self, Py_ssize_t number, Py_ssize_t place) noexcept nogil

    @cython.locals(first=cython.uint, last=cython.uint)
    cdef unsigned int _dense_units(self, Py_ssize_t number, Py_ssize_t at) noexcept nogil

    @cython.locals(
        size=Py_ssize_t, number=Py_ssize_t, place=Py_ssize_t, end=Py_ssize_t, kept=Py_ssize_t, i=Py_ssize_t,
        at=Py_ssize_t, there=cython.bint, units=cython.uint, doc=Py_ssize_t,
    )
    cdef void _meet(
        self, Py_ssize_t first_doc, Py_ssize_t low, Py_ssize_t high, const unsigned char[::1] excluded, Py_ssize_t n,
        Py_ssize_t num_must
    ) noexcept nogil

    @cython.locals(size=Py_ssize_t, begin=Py_ssize_t, at=Py_ssize_t, place=Py_ssize_t)
    cdef Py_ssize_t _first(self, Py_ssize_t length) noexcept nogil

    cdef long long _bar(self) noexcept nogil

    @cython.locals(at=Py_ssize_t)
    cdef void _push(self, unsigned long long key) noexcept nogil

    @cython.locals(at=Py_ssize_t, child=Py_ssize_t)
    cdef void _sink(self, unsigned long long key) noexcept nogil

@cython.locals(low=Py_ssize_t, step=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
cdef Py_ssize_t follow(const unsigned int[::1] words, Py_ssize_t start, Py_ssize_t end, unsigned int key) noexcept nogil

@cython.locals(left=Py_ssize_t, half=Py_ssize_t)
cdef Py_ssize_t seek(const unsigned int[::1] words, Py_ssize_t begin, Py_ssize_t count, unsigned int key) noexcept nogil
