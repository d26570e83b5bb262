cimport cython

@cython.final
cdef class TermCursor:
    cdef const unsigned char[::1] _blocks
    cdef const unsigned int[::1] _offsets
    cdef object _guard, _verify
    cdef const unsigned char[::1] _seen
    cdef Py_ssize_t _num_terms, _at, _left, _block, _first_block_page, _first_offset_page, _page_bits
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

    @cython.locals(last=Py_ssize_t, page=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t)
    cdef void _check(self, Py_ssize_t block) except *

    @cython.locals(page=Py_ssize_t)
    cdef void _check_pages(self, Py_ssize_t first, Py_ssize_t last) except *

    @cython.locals(at=Py_ssize_t, value=cython.ulonglong, shift=cython.int, byte=cython.ulonglong)
    cdef Py_ssize_t _varint(self) except -1
