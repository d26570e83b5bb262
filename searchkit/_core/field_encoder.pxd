cimport cython

from searchkit._core.encode cimport encode_positions, encode_postings, postings_room, put_varint

cdef Py_ssize_t _BLOCK_TERMS, _MAX_VARINT, _BUFFER

@cython.final
cdef class Stream:
    cdef list _full
    cdef Py_ssize_t _before
    cdef unsigned char[::1] buffer
    cdef Py_ssize_t at

    cdef void reserve(self, Py_ssize_t size) except *

    cpdef void append(self, object data) except *

    cpdef list chunks(self)

    @cython.locals(full=list)
    cpdef list take(self)

@cython.final
cdef class FieldEncoder:
    cdef readonly Stream terms, counts, postings, positions
    cdef readonly object offsets, heads, tops
    cdef readonly Py_ssize_t num_terms, occurrences
    cdef readonly bint positioned
    cdef double _average
    cdef unsigned char[::1] _last
    cdef Py_ssize_t _last_size
    cdef Py_ssize_t _top
    cdef unsigned int[::1] _ends, _firsts

    @cython.locals(i=Py_ssize_t, occurrences=Py_ssize_t, positions_size=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, before=Py_ssize_t)
    cpdef void add(
        self, bytes term, unsigned int[::1] docs, unsigned int[::1] tfs, Py_ssize_t df,
        const unsigned int[::1] lengths, unsigned int[::1] positions, Py_ssize_t first
    ) except *

    @cython.locals(
        i=Py_ssize_t, j=Py_ssize_t, before=Py_ssize_t, before_positions=Py_ssize_t, term=Py_ssize_t, first=Py_ssize_t,
    )
    cpdef void add_lists(
        self, const unsigned char[::1] terms, const unsigned int[::1] ends, const unsigned int[::1] order,
        Py_ssize_t start, Py_ssize_t end, const unsigned int[::1] sizes, object postings, object positions
    ) except *

    @cython.locals(
        size=Py_ssize_t, at=Py_ssize_t, shared=Py_ssize_t, most=Py_ssize_t, repeated=Py_ssize_t, i=Py_ssize_t,
    )
    cdef int _add_entry(
        self, const unsigned char[::1] terms, Py_ssize_t first, Py_ssize_t last, Py_ssize_t df, Py_ssize_t occurrences,
        Py_ssize_t postings_at, Py_ssize_t postings_size, Py_ssize_t positions_at, Py_ssize_t positions_size
    ) except -1 nogil

    cdef int _begin_block(self, const unsigned char[::1] terms, Py_ssize_t first, Py_ssize_t last) except -1 with gil

    cdef int _raise_top(self) except -1 with gil

    @cython.locals(grown=cython.uchar[::1], i=Py_ssize_t)
    cdef int _make_room(self, Py_ssize_t size) except -1 with gil
