cimport cython

@cython.final
cdef class TermCursor:
    cdef const unsigned char[::1] _blocks
    cdef const unsigned int[::1] _offsets
    cdef Py_ssize_t _num_terms, _at, _left, _block
    cdef readonly bytes term
    cdef readonly Py_ssize_t df, occurrences, postings_start, postings_end, positions_start, positions_end

    @cython.locals(low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
    cpdef bint seek(self, bytes term) except -1

    cpdef bint find(self, bytes term) except -1

    @cython.locals(shared=Py_ssize_t, size=Py_ssize_t)
    cpdef bint next(self) except -1

    @cython.locals(other=TermCursor)
    cpdef TermCursor copy(self)

    cpdef assign(self, TermCursor other)

    cdef void _enter(self, Py_ssize_t block) except *

    @cython.locals(at=Py_ssize_t, value=cython.ulonglong, shift=cython.int, byte=cython.ulonglong)
    cdef Py_ssize_t _varint(self) except -1
