cimport cython
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _MAX_POSITIONS, _MAX_LISTS, _MAX_DOCS
cdef unsigned char _NEAR, _BESIDE, _BOTH
cdef double _ROUNDER

@cython.final
cdef class Places:
    cdef readonly Cursors cursors
    cdef long long[::1] _where, _ordered, _decoded, _numbers
    cdef unsigned int[::1] _positions
    cdef double[::1] _early
    cdef unsigned char[::1] _together
    cdef Py_ssize_t _used, _size, _num_terms, _num_pairs

    @cython.locals(at=Py_ssize_t)
    cpdef void begin(self, Py_ssize_t num_terms, Py_ssize_t num_pairs, Py_ssize_t n) except *

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cpdef void look(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists,
        const long long[::1] terms, double half, const long long[::1] pairs, long long reach, long long first_doc,
        const long long[::1] docs
    ) except *

    @cython.locals(
        term=Py_ssize_t, pair=Py_ssize_t, at=Py_ssize_t, total=cython.double, near=Py_ssize_t, beside=Py_ssize_t
    )
    cpdef void weigh(self, const double[::1] weights, const double[::1] surprises, double[::1] worths) except *

    @cython.locals(
        i=Py_ssize_t, term=Py_ssize_t, pair=Py_ssize_t, at=Py_ssize_t, score=cython.double, early=cython.double,
        found=cython.uchar,
    )
    cpdef void add(self, const double[::1] worths, double[::1] scores) except *

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _order(
        self, long long first_doc, Py_ssize_t num_docs, const long long[::1] docs, Py_ssize_t n
    ) noexcept nogil

    @cython.locals(
        term=Py_ssize_t, best=cython.longlong, number=Py_ssize_t, place=Py_ssize_t, first=cython.longlong,
        pair=Py_ssize_t,
    )
    cdef void _look(
        self, Py_ssize_t doc, Py_ssize_t at, const long long[::1] terms, double half, const long long[::1] pairs,
        long long reach
    ) noexcept nogil

    @cython.locals(a=Py_ssize_t, b=Py_ssize_t, found=cython.uchar)
    cdef unsigned char _meet(
        self, const long long[::1] terms, Py_ssize_t one, Py_ssize_t other, long long reach
    ) noexcept nogil

    @cython.locals(
        n=cython.longlong, m=cython.longlong, one=Py_ssize_t, other=Py_ssize_t, end=Py_ssize_t, last=Py_ssize_t,
        gap=cython.longlong, found=cython.uchar,
    )
    cdef unsigned char _apart(self, Py_ssize_t a, Py_ssize_t b, long long reach) noexcept nogil

    @cython.locals(tf=Py_ssize_t)
    cdef Py_ssize_t _decode(self, Py_ssize_t number, Py_ssize_t place) noexcept nogil

@cython.locals(i=Py_ssize_t, at=Py_ssize_t, doc=cython.longlong, score=cython.double)
cpdef void sort_best(long long[::1] docs, double[::1] scores, Py_ssize_t n) except *
