cimport cython
from searchkit._core.cursors cimport Cursors
from searchkit._core.terms cimport Dictionary, Entry

cdef Py_ssize_t _DF, _FIELDS, _LOOK, _PAGE_BITS
cdef long long _NEW_SLOT, _NEW_WORD, _SPARE
cdef double _ABOVE

@cython.final
cdef class Field:
    cdef Dictionary dictionary
    cdef Py_ssize_t postings, positions, lengths, page, positions_page, lengths_page, positioned
    cdef public double slope, factor

@cython.final
cdef class Segment:
    cdef const unsigned char[::1] data, deleted, _seen
    cdef Py_ssize_t num_docs
    cdef object _verify, damage
    cdef public list fields

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t, field=Field, entry=Entry)
    cdef void find_here(self, list terms, long long[::1] found, Py_ssize_t start) except *

    @cython.locals(j=Py_ssize_t, at=Py_ssize_t, block=Py_ssize_t, doc=Py_ssize_t, df=Py_ssize_t)
    cdef Py_ssize_t count_here(
        self, const long long[::1] found, Py_ssize_t i, Py_ssize_t start, Cursors cursors
    ) except -1

    @cython.locals(
        i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t, here=Py_ssize_t, slot=Py_ssize_t,
        slots=Py_ssize_t, before=Py_ssize_t, word=cython.longlong, weight=cython.double, most=cython.double, field=Field,
    )
    cdef Py_ssize_t arrange_here(
        self, const long long[::1] found, Py_ssize_t n, Py_ssize_t start, list weights,
        double base, Cursors cursors, long long[::1] lists, long long[::1] flags, double[::1] params, Py_ssize_t count
    ) except -1

    @cython.locals(
        size=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t, out="long long[::1]", field=Field
    )
    cdef bytes pick_here(self, const long long[::1] found, Py_ssize_t n, Py_ssize_t start, Py_ssize_t which)

    cdef Field _field_or_none(self, Py_ssize_t number)

    cdef Field _field(self, Py_ssize_t number)

    cdef void _check(self, Field field, const long long[::1] found, Py_ssize_t at) except *

    cdef void _check_positions(self, Field field, const long long[::1] found, Py_ssize_t at) except *

    @cython.locals(first=Py_ssize_t, last=Py_ssize_t, at=Py_ssize_t)
    cdef void _check_pages(self, Py_ssize_t page, Py_ssize_t start, Py_ssize_t end) except *

@cython.final
cdef class Segments:
    cdef list segments

    @cython.locals(n=Py_ssize_t, place=Py_ssize_t, segment=Segment, most=Py_ssize_t, i=Py_ssize_t)
    cpdef Py_ssize_t find(self, list terms, long long[::1] found) except -1

    @cython.locals(
        counts=list, deleted=cython.bint, segment=Segment, place=Py_ssize_t, i=Py_ssize_t, df=Py_ssize_t,
        which=Py_ssize_t, known=Py_ssize_t,
    )
    cpdef list count(self, const long long[::1] found, Py_ssize_t n, Py_ssize_t num_weights, Cursors cursors)

    @cython.locals(df=Py_ssize_t, place=Py_ssize_t, segment=Segment)
    cdef Py_ssize_t _count(self, const long long[::1] found, Py_ssize_t n, Py_ssize_t i, Cursors cursors) except -1

    @cython.locals(
        room=Py_ssize_t, i=Py_ssize_t, count=Py_ssize_t, place=Py_ssize_t, start=Py_ssize_t, segment=Segment,
        first=Py_ssize_t, fields=Py_ssize_t, postings=Py_ssize_t, found_there=list, lists="long long[::1]", flags="long long[::1]",
        params="double[::1]",
    )
    cpdef tuple arrange(self, const long long[::1] found, Py_ssize_t n, list weights, double base, Cursors cursors)

    @cython.locals(picked=list, place=Py_ssize_t, segment=Segment)
    cpdef tuple pick(self, const long long[::1] found, Py_ssize_t n, Py_ssize_t which)

    cdef void _check(self, const long long[::1] found, Py_ssize_t n) except *
