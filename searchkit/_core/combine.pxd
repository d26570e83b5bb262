cimport cython
from searchkit._core.bits cimport bit, lowest
from searchkit._core.cursors cimport Cursors
from searchkit._core.postings cimport decode_tail

cdef Py_ssize_t _BLOCK, _MAX_LISTS, _MAX_POSITIONS
cdef long long _UINT32

@cython.final
cdef class Combiner:
    cdef readonly Cursors cursors
    cdef unsigned int[::1] _starts, _others, _lasts, _begins, _ends, _next_begins, _next_ends, _merged, _none, _most
    cdef unsigned long long[::1] _met
    cdef long long[::1] _order

    @cython.locals(n=Py_ssize_t, number=Py_ssize_t, at=Py_ssize_t, size=Py_ssize_t)
    cpdef Py_ssize_t phrase(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const unsigned char[::1] deleted,
        const long long[::1] lists, Py_ssize_t slop, unsigned int[::1] docs, unsigned int[::1] tfs
    ) except -1

    @cython.locals(
        size=Py_ssize_t, here=Py_ssize_t, block=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t, there=cython.bint,
        at=Py_ssize_t, tf=Py_ssize_t,
    )
    cdef Py_ssize_t _phrase(
        self, Py_ssize_t n, Py_ssize_t rarest, const unsigned char[::1] deleted, Py_ssize_t slop,
        unsigned int[::1] docs, unsigned int[::1] tfs
    ) noexcept nogil

    @cython.locals(
        count=Py_ssize_t, number=Py_ssize_t, others=Py_ssize_t, kept=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t,
        wanted=cython.longlong,
    )
    cdef Py_ssize_t _follow(self, Py_ssize_t first, Py_ssize_t n, Py_ssize_t doc) noexcept nogil

    @cython.locals(count=Py_ssize_t, number=Py_ssize_t, others=Py_ssize_t, kept=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t)
    cdef Py_ssize_t _follow_loosely(self, Py_ssize_t n, Py_ssize_t doc, Py_ssize_t slop) noexcept nogil

    @cython.locals(words=cython.longlong, i=Py_ssize_t, kept=Py_ssize_t, tf=Py_ssize_t)
    cpdef Py_ssize_t near(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists,
        const long long[::1] shape, const long long[::1] gaps, unsigned int[::1] docs, Py_ssize_t size,
        unsigned int[::1] tfs
    ) except -1

    @cython.locals(
        count=Py_ssize_t, ends=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, number=Py_ssize_t, row=Py_ssize_t,
        next_count=Py_ssize_t, next_ends=Py_ssize_t, n=Py_ssize_t, found=Py_ssize_t,
    )
    cdef Py_ssize_t _near(self, Py_ssize_t doc, const long long[::1] shape, const long long[::1] gaps) noexcept nogil

    @cython.locals(number=Py_ssize_t, there=cython.bint)
    cdef cython.bint _has_all(self, Py_ssize_t first, Py_ssize_t n, Py_ssize_t doc) noexcept nogil

    @cython.locals(kept=Py_ssize_t, before=Py_ssize_t, behind=Py_ssize_t, i=Py_ssize_t, start=cython.longlong)
    cdef Py_ssize_t _keep_near(
        self, Py_ssize_t found, Py_ssize_t n, Py_ssize_t count, Py_ssize_t ends, long long gap
    ) noexcept nogil

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t)
    cdef Py_ssize_t _merge(
        self, unsigned int[::1] into, Py_ssize_t count, Py_ssize_t found, Py_ssize_t shift
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, block=Py_ssize_t, place=Py_ssize_t)
    cpdef void pick(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists,
        const long long[::1] ordinals, unsigned int[::1] docs, unsigned int[::1] firsts
    ) except *

    @cython.locals(
        n=Py_ssize_t, number=Py_ssize_t, doc=Py_ssize_t, i=Py_ssize_t, most="unsigned int[::1]",
        met="unsigned long long[::1]",
    )
    cpdef void spread(self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists) except *

    @cython.locals(here=Py_ssize_t, block=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t)
    cdef void _spread(self, Py_ssize_t number) noexcept nogil

    @cython.locals(
        begin=Py_ssize_t, end=Py_ssize_t, df=Py_ssize_t, last=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t,
    )
    cdef bint _spread_tail(
        self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists, Py_ssize_t which
    ) noexcept nogil

    @cython.locals(
        size=Py_ssize_t, doc=Py_ssize_t, room=Py_ssize_t, part=Py_ssize_t, tf=cython.uint, bits=cython.ulonglong
    )
    cpdef Py_ssize_t gather(
        self, Py_ssize_t num_docs, const unsigned char[::1] deleted, unsigned int[::1] docs, unsigned int[::1] tfs
    ) except -1

cdef long long _wide(long long value) noexcept nogil
