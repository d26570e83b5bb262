cimport cython
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _MAX_LISTS

@cython.final
cdef class Whereabouts:
    cdef readonly Cursors cursors
    cdef Py_ssize_t _size

    cpdef void open(self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists) except *

    @cython.locals(place=Py_ssize_t, size=Py_ssize_t)
    cpdef Py_ssize_t positions(self, Py_ssize_t number, Py_ssize_t doc, unsigned int[::1] out) except -1
