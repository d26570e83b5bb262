cimport cython
from searchkit._core.cursors cimport Cursors

cdef Py_ssize_t _BLOCK, _WINDOW, _MAX_UNITS, _MAX_LISTS, _MAX_SLOTS
cdef long long _SHOULD, _MUST, _MAY, _NEW_SLOT, _NEW_WORD, _SPARE
cdef double _NONE, _FIRST, _ROUNDER
cdef Py_ssize_t _SPARSE
cdef unsigned long long _TOUCHED

@cython.final
cdef class TopK:
    cdef readonly Cursors cursors
    cdef readonly Py_ssize_t size, matched
    cdef readonly bint pruned
    cdef Py_ssize_t _k, _num_selected, _num_units, _num_finders, _num_must
    cdef long long[::1] _heap_docs, _units_first, _units_slot, _units_word, _units_spare, _units_role, _units_size
    cdef long long[::1] _order, _word_sizes
    cdef double[::1] _heap_scores, _selected, _sums, _best, _norms, _scores, _units_bound, _keys, _rest, _slot_best
    cdef unsigned long long[::1] _slots, _word_slots
    cdef unsigned int[::1] _docs, _touched

    cpdef void begin(self, Py_ssize_t k) except *

    @cython.locals(n=Py_ssize_t, i=Py_ssize_t, low=Py_ssize_t)
    cpdef void collect(
        self, const unsigned char[::1] data, long long first_doc, Py_ssize_t num_docs,
        const unsigned char[::1] deleted, const long long[::1] lists, const long long[::1] roles,
        const long long[::1] flags, const double[::1] params
    ) except *

    @cython.locals(size=Py_ssize_t, place=Py_ssize_t)
    cpdef Py_ssize_t top(self, long long[::1] docs, double[::1] scores) except -1

    @cython.locals(
        units=Py_ssize_t, slot=Py_ssize_t, word=Py_ssize_t, i=Py_ssize_t, unit=Py_ssize_t, flag=cython.longlong,
        fresh=cython.longlong, spare=cython.longlong,
    )
    cdef void _arrange(self, Py_ssize_t n, const long long[::1] flags, const long long[::1] roles) except *

    @cython.locals(
        must=cython.bint, ordered=cython.bint, finding=cython.bint, at=Py_ssize_t, unit=Py_ssize_t, n=Py_ssize_t,
        threshold=cython.double,
    )
    cdef void _window(
        self, Py_ssize_t low, Py_ssize_t high, long long first_doc, const unsigned char[::1] deleted,
        const long long[::1] flags, const double[::1] params
    ) noexcept nogil

    @cython.locals(i=Py_ssize_t, at=Py_ssize_t)
    cdef void _finish(self, Py_ssize_t low, Py_ssize_t n, long long first_doc, bint complete) noexcept nogil

    @cython.locals(whole=cython.bint, unit=Py_ssize_t, number=Py_ssize_t, best=cython.double, bound=cython.double)
    cdef void _bound_units(self, Py_ssize_t low, Py_ssize_t high, const double[::1] params) noexcept nogil

    @cython.locals(
        best=cython.double, share=cython.double, first=Py_ssize_t, block=Py_ssize_t, full=Py_ssize_t,
    )
    cdef double _bound_list(
        self, Py_ssize_t number, Py_ssize_t low, Py_ssize_t high, const double[::1] params
    ) noexcept nogil

    @cython.locals(
        must=Py_ssize_t, slot=Py_ssize_t, unit=Py_ssize_t, word=Py_ssize_t, at=Py_ssize_t, role=cython.longlong,
        key=cython.double, rest=cython.double,
    )
    cdef void _order_units(self) noexcept nogil

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, bit=cython.ulonglong, spare=cython.ulonglong, several=cython.bint,
        count=Py_ssize_t, number=Py_ssize_t, block=Py_ssize_t, here=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t,
        doc=Py_ssize_t, at=Py_ssize_t, slots=cython.ulonglong, score=cython.double,
    )
    cdef Py_ssize_t _unite(
        self, Py_ssize_t unit, Py_ssize_t low, Py_ssize_t high, Py_ssize_t n, const unsigned char[::1] deleted,
        const long long[::1] flags, const double[::1] params
    ) noexcept nogil

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, bit=cython.ulonglong, spare=cython.ulonglong, count=Py_ssize_t,
        number=Py_ssize_t, block=Py_ssize_t, here=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t, doc=Py_ssize_t,
        at=Py_ssize_t,
    )
    cdef void _update(
        self, Py_ssize_t unit, Py_ssize_t low, Py_ssize_t high, const long long[::1] flags, const double[::1] params
    ) noexcept nogil

    cdef Py_ssize_t _improve(self, Py_ssize_t at, double score, Py_ssize_t count) noexcept nogil

    @cython.locals(i=Py_ssize_t, at=Py_ssize_t)
    cdef void _settle(self, Py_ssize_t count, unsigned long long bit) noexcept nogil

    @cython.locals(tf=cython.double, norm=cython.double)
    cdef double _score(
        self, Py_ssize_t number, Py_ssize_t place, Py_ssize_t doc, const long long[::1] flags,
        const double[::1] params
    ) noexcept nogil

    @cython.locals(
        weight=cython.double, base=cython.double, slope=cython.double, here=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t,
        tf=cython.double,
    )
    cdef void _score_block(self, Py_ssize_t number, Py_ssize_t lengths, const double[::1] params) noexcept nogil

    @cython.locals(gap=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, doc=cython.uint)
    cdef void _sort(self, Py_ssize_t n) noexcept nogil

    @cython.locals(
        first=Py_ssize_t, last=Py_ssize_t, bit=cython.ulonglong, spare=cython.bint, i=Py_ssize_t, at=Py_ssize_t,
        doc=Py_ssize_t, best=cython.double, needed=cython.double, number=Py_ssize_t, place=Py_ssize_t,
    )
    cdef void _probe(
        self, Py_ssize_t unit, Py_ssize_t low, Py_ssize_t n, double rest, double threshold,
        const long long[::1] flags, const double[::1] params
    ) noexcept nogil

    @cython.locals(number=Py_ssize_t, block=Py_ssize_t, share=cython.double)
    cdef bint _may_score(
        self, Py_ssize_t first, Py_ssize_t last, Py_ssize_t doc, double needed, const double[::1] params
    ) noexcept nogil

    @cython.locals(kept=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _keep_word(self, Py_ssize_t n, Py_ssize_t word) noexcept nogil

    @cython.locals(kept=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _keep_able(self, Py_ssize_t n, double rest, double threshold) noexcept nogil

    @cython.locals(i=Py_ssize_t, score=cython.double)
    cdef double _select(self, Py_ssize_t n) noexcept nogil

    @cython.locals(i=Py_ssize_t)
    cdef void _copy_heap(self) noexcept nogil

    @cython.locals(at=Py_ssize_t, child=Py_ssize_t)
    cdef void _consider(self, double score) noexcept nogil

    @cython.locals(at=Py_ssize_t)
    cdef void _push(self, double score, long long doc) noexcept nogil

    @cython.locals(at=Py_ssize_t, child=Py_ssize_t, worst=cython.double)
    cdef void _sift(self, double score, long long doc) noexcept nogil

    cdef bint _worse(self, Py_ssize_t a, Py_ssize_t b) noexcept nogil

cdef unsigned long long _bit(Py_ssize_t number) noexcept nogil

cdef unsigned long long _one() noexcept nogil

cdef double _round_up(double score) noexcept nogil
