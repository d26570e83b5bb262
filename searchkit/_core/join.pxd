cimport cython

from searchkit._core.field_encoder cimport FieldEncoder
from searchkit._core.postings cimport decode_positions, decode_postings
from searchkit._core.terms cimport TermCursor

cdef unsigned int _DROPPED
cdef Py_ssize_t _AHEAD

@cython.final
cdef class Source:
    cdef TermCursor cursor
    cdef const unsigned char[::1] postings, positions
    cdef unsigned int[::1] numbers
    cdef bint positioned, left
    cdef object _verify
    cdef Py_ssize_t _checked, _checked_positions

    @cython.locals(end=Py_ssize_t, stop=Py_ssize_t)
    cdef void check(self) except *

@cython.final
cdef class Joiner:
    cdef list _sources
    cdef FieldEncoder _encoder
    cdef const unsigned int[::1] _lengths
    cdef bint _positioned
    cdef unsigned int[::1] _docs, _tfs, _positions, _read_docs, _read_tfs, _read_firsts, _read_positions, _none

    @cython.locals(
        written=Py_ssize_t, df=Py_ssize_t, size=Py_ssize_t, kept=Py_ssize_t, i=Py_ssize_t, source=Source, term=bytes
    )
    cpdef bint run(self, Py_ssize_t most) except -1

    cdef void _reserve(self, Py_ssize_t df, Py_ssize_t size, Py_ssize_t more_df, Py_ssize_t more_size) except *

    @cython.locals(
        cursor=TermCursor, total=Py_ssize_t, kept=Py_ssize_t, at=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t,
        number=cython.uint, tf=cython.uint, positioned=bint,
    )
    cdef Py_ssize_t _append(self, Source source, Py_ssize_t df, Py_ssize_t size) except -1

@cython.locals(i=Py_ssize_t, new=cython.uint[::1])
cdef _grown(unsigned int[::1] old, Py_ssize_t size, Py_ssize_t room)
