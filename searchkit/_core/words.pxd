cimport cython
from searchkit._core.cursors cimport Cursors
from searchkit._core.terms cimport Dictionary, Entry

cdef Py_ssize_t _FIELDS, _LOOK, _PAGE_BITS
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

    @cython.locals(i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t, block=Py_ssize_t, doc=Py_ssize_t)
    cdef void count_here(
        self, const long long[::1] found, Py_ssize_t n, Py_ssize_t start, Cursors cursors, long long[::1] dfs
    ) except *

    @cython.locals(
        i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t, here=Py_ssize_t, slot=Py_ssize_t,
        slots=Py_ssize_t, before=Py_ssize_t, word=cython.longlong, weight=cython.double, most=cython.double, field=Field,
    )
    cdef Py_ssize_t arrange_here(
        self, const long long[::1] found, Py_ssize_t n, Py_ssize_t start, const double[::1] weights,
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

    @cython.locals(n=Py_ssize_t, place=Py_ssize_t, segment=Segment)
    cpdef void find(self, list terms, long long[::1] found) except *

    @cython.locals(place=Py_ssize_t, segment=Segment)
    cpdef void count(self, const long long[::1] found, Py_ssize_t n, Cursors cursors, long long[::1] dfs) except *

    @cython.locals(
        room=Py_ssize_t, i=Py_ssize_t, count=Py_ssize_t, place=Py_ssize_t, start=Py_ssize_t, segment=Segment
    )
    cpdef Py_ssize_t arrange(
        self, const long long[::1] found, Py_ssize_t n, const double[::1] weights, double base, Cursors cursors,
        long long[::1] lists, long long[::1] flags, double[::1] params, long long[::1] ends
    ) except -1

    @cython.locals(picked=list, place=Py_ssize_t, segment=Segment)
    cpdef list pick(self, const long long[::1] found, Py_ssize_t n, Py_ssize_t which)

    cdef void _check(self, const long long[::1] found, Py_ssize_t n) except *
