cimport cython
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _MAX_LISTS
cdef long long _NEW, _SPARE
cdef double _NONE, _ROUNDER

@cython.final
cdef class Within:
    cdef readonly Cursors cursors

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, place=Py_ssize_t)
    cpdef Py_ssize_t postings(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists,
        const unsigned int[::1] wanted, Py_ssize_t n, unsigned int[::1] docs, unsigned int[::1] tfs
    ) except -1

    @cython.locals(size=Py_ssize_t, number=Py_ssize_t, count=Py_ssize_t, i=Py_ssize_t, score=cython.double)
    cpdef Py_ssize_t score(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists,
        const long long[::1] flags, const double[::1] params, const unsigned int[::1] wanted, Py_ssize_t n,
        unsigned int[::1] docs, double[::1] scores
    ) except -1

    @cython.locals(
        total=cython.double, there=cython.bint, best=cython.double, own=cython.bint, number=Py_ssize_t,
        place=Py_ssize_t, tf=cython.double, norm=cython.double,
    )
    cdef double _score(
        self, Py_ssize_t size, const long long[::1] flags, const double[::1] params, Py_ssize_t doc
    ) noexcept nogil
