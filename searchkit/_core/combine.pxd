cimport cython
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _BLOCK, _MAX_LISTS, _MAX_POSITIONS

@cython.final
cdef class Combiner:
    cdef readonly Cursors cursors
    cdef unsigned int[::1] _starts, _others, _most

    @cython.locals(n=Py_ssize_t, number=Py_ssize_t, rarest=Py_ssize_t, size=Py_ssize_t)
    cpdef Py_ssize_t phrase(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const unsigned char[::1] deleted,
        const long long[::1] lists, unsigned int[::1] docs, unsigned int[::1] tfs
    ) except -1

    @cython.locals(
        size=Py_ssize_t, here=Py_ssize_t, block=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t, there=cython.bint,
        number=Py_ssize_t, tf=Py_ssize_t,
    )
    cdef Py_ssize_t _phrase(
        self, Py_ssize_t n, Py_ssize_t rarest, const unsigned char[::1] deleted, unsigned int[::1] docs,
        unsigned int[::1] tfs
    ) noexcept nogil

    @cython.locals(
        count=Py_ssize_t, number=Py_ssize_t, others=Py_ssize_t, kept=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t,
        wanted=cython.longlong,
    )
    cdef Py_ssize_t _follow(self, Py_ssize_t n, Py_ssize_t doc) noexcept nogil

    @cython.locals(n=Py_ssize_t, number=Py_ssize_t, doc=Py_ssize_t, most="unsigned int[::1]")
    cpdef void spread(self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists) except *

    @cython.locals(here=Py_ssize_t, block=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t)
    cdef void _spread(self, Py_ssize_t number) noexcept nogil

    @cython.locals(size=Py_ssize_t, doc=Py_ssize_t, tf=cython.uint)
    cpdef Py_ssize_t gather(
        self, Py_ssize_t num_docs, const unsigned char[::1] deleted, unsigned int[::1] docs, unsigned int[::1] tfs
    ) except -1
