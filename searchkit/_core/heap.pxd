cimport cython

cdef double _NONE

@cython.final
cdef class Heap:
    cdef readonly Py_ssize_t k, size
    cdef readonly double bar
    cdef long long[::1] _docs
    cdef double[::1] _scores, _tried

    cpdef void begin(self, Py_ssize_t k) except *

    cdef double worst(self) noexcept nogil

    @cython.locals(at=Py_ssize_t)
    cdef void push(self, double score, long long doc) noexcept nogil

    @cython.locals(size=Py_ssize_t, place=Py_ssize_t)
    cpdef Py_ssize_t take(self, long long[::1] docs, double[::1] scores) except -1

    @cython.locals(at=Py_ssize_t, child=Py_ssize_t, worst=cython.double)
    cdef void _sink(self, double score, long long doc) noexcept nogil

    cdef bint _is_worse(self, Py_ssize_t a, Py_ssize_t b) noexcept nogil

    @cython.locals(i=Py_ssize_t)
    cdef void begin_bar(self, double least) noexcept nogil

    @cython.locals(at=Py_ssize_t, child=Py_ssize_t)
    cdef void raise_bar(self, double score) noexcept nogil
