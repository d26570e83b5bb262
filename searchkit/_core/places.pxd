cimport cython
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _MAX_POSITIONS, _MAX_LISTS, _MAX_DOCS
cdef double _ROUNDER

@cython.final
cdef class Places:
    cdef readonly Cursors cursors
    cdef long long[::1] _where, _ordered, _decoded, _numbers
    cdef unsigned int[::1] _positions
    cdef Py_ssize_t _used

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cpdef void add(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists,
        const long long[::1] terms, const double[::1] weights, double half, const long long[::1] pairs,
        const double[::1] pair_weights, long long first_doc, const long long[::1] docs, double[::1] scores,
        Py_ssize_t n
    ) except *

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _order(
        self, long long first_doc, Py_ssize_t num_docs, const long long[::1] docs, Py_ssize_t n
    ) noexcept nogil

    @cython.locals(
        score=cython.double, term=Py_ssize_t, best=cython.longlong, number=Py_ssize_t, place=Py_ssize_t,
        first=cython.longlong, pair=Py_ssize_t,
    )
    cdef double _score(
        self, Py_ssize_t doc, const long long[::1] terms, const double[::1] weights, double half,
        const long long[::1] pairs, const double[::1] pair_weights
    ) noexcept nogil

    @cython.locals(a=Py_ssize_t, b=Py_ssize_t)
    cdef bint _meet(self, const long long[::1] terms, Py_ssize_t one, Py_ssize_t other) noexcept nogil

    @cython.locals(
        n=cython.longlong, m=cython.longlong, one=Py_ssize_t, other=Py_ssize_t, end=Py_ssize_t, last=Py_ssize_t,
        wanted=cython.longlong,
    )
    cdef bint _follows(self, Py_ssize_t a, Py_ssize_t b) noexcept nogil

    @cython.locals(tf=Py_ssize_t)
    cdef Py_ssize_t _decode(self, Py_ssize_t number, Py_ssize_t place) noexcept nogil

@cython.locals(i=Py_ssize_t, at=Py_ssize_t, doc=cython.longlong, score=cython.double)
cpdef void sort_best(long long[::1] docs, double[::1] scores, Py_ssize_t n) except *
