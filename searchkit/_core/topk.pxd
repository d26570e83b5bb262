cimport cython
from searchkit._core.bits cimport bit
from searchkit._core.cursors cimport Cursors
from searchkit._core.heap cimport Heap

cdef Py_ssize_t _BLOCK, _WINDOW, _MAX_LISTS, _MAX_SLOTS, _SPARSE, _PATIENCE
cdef long long _SHOULD, _MUST, _MAY, _NEW_SLOT, _NEW_WORD, _SPARE
cdef double _NONE, _NEVER, _FIRST, _ROUNDER

@cython.final
cdef class TopK:
    cdef readonly Cursors cursors
    cdef readonly Heap heap
    cdef readonly Py_ssize_t matched
    cdef readonly bint pruned
    cdef Py_ssize_t _num_lists, _num_slots, _num_finders, _num_must
    cdef long long[::1] _slot_of, _word_of, _role, _spare, _done, _order, _slot_first, _word_sizes
    cdef double[::1] _sums, _best, _norms, _scores, _bounds, _keys, _rest, _slot_best, _slot_least
    cdef unsigned long long[::1] _slots, _word_slots
    cdef unsigned int[::1] _docs, _recalled
    cdef const long long[::1] _flags
    cdef const double[::1] _params
    cdef const unsigned char[::1] _deleted

    cpdef void begin(self, Py_ssize_t k) except *

    @cython.locals(n=Py_ssize_t, i=Py_ssize_t, low=Py_ssize_t)
    cpdef void collect(
        self, const unsigned char[::1] data, long long first_doc, Py_ssize_t num_docs,
        const unsigned char[::1] deleted, const long long[::1] lists, const long long[::1] roles,
        const long long[::1] flags, const double[::1] params
    ) except *

    @cython.locals(slot=Py_ssize_t, word=Py_ssize_t, i=Py_ssize_t, flag=cython.longlong)
    cdef void _arrange(self, Py_ssize_t n, const long long[::1] roles) except *

    @cython.locals(
        must=cython.bint, ordered=cython.bint, finding=cython.bint, work=Py_ssize_t, at=Py_ssize_t,
        number=Py_ssize_t, slot=Py_ssize_t, n=Py_ssize_t,
        threshold=cython.double, needed=cython.double,
    )
    cdef void _window(
        self, Py_ssize_t low, Py_ssize_t high, long long first_doc ) noexcept nogil

    cdef Py_ssize_t _expected(self, Py_ssize_t number, Py_ssize_t size) noexcept nogil

    @cython.locals(i=Py_ssize_t, at=Py_ssize_t)
    cdef void _finish(self, Py_ssize_t low, Py_ssize_t n, long long first_doc, bint complete) noexcept nogil

    @cython.locals(whole=cython.bint, number=Py_ssize_t)
    cdef void _bound_lists(self, Py_ssize_t low, Py_ssize_t high ) noexcept nogil

    @cython.locals(
        best=cython.double, first=Py_ssize_t, block=Py_ssize_t, size=Py_ssize_t,
    )
    cdef double _bound_list(
        self, Py_ssize_t number, Py_ssize_t low, Py_ssize_t high 
    ) noexcept nogil

    cdef double _bound_block(self, Py_ssize_t number, Py_ssize_t block) noexcept nogil

    @cython.locals(
        must=Py_ssize_t, slot=Py_ssize_t, number=Py_ssize_t, word=Py_ssize_t, at=Py_ssize_t, role=cython.longlong,
        key=cython.double, rest=cython.double,
    )
    cdef void _order_lists(self) noexcept nogil

    @cython.locals(
        own=cython.ulonglong, spare=cython.bint, block=Py_ssize_t,
        here=Py_ssize_t, size=Py_ssize_t, finding=cython.bint, i=Py_ssize_t, doc=Py_ssize_t,
        at=Py_ssize_t, slots=cython.ulonglong, score=cython.double, recalled=Py_ssize_t,
        finder=cython.bint,
    )
    cdef Py_ssize_t _unite(
        self, Py_ssize_t number, Py_ssize_t low, Py_ssize_t high, Py_ssize_t n, double needed ) noexcept nogil

    @cython.locals(
        count=Py_ssize_t, slot=Py_ssize_t, other=Py_ssize_t, block=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t,
        doc=Py_ssize_t, at=Py_ssize_t,
    )
    cdef Py_ssize_t _recall(self, Py_ssize_t number, Py_ssize_t low, Py_ssize_t high) noexcept nogil

    @cython.locals(
        length=cython.double, once=cython.double, best=cython.double, slot=Py_ssize_t, other=Py_ssize_t,
        place=Py_ssize_t,
    )
    cdef double _more(
        self, Py_ssize_t number, Py_ssize_t doc, double score ) noexcept nogil

    @cython.locals(tf=cython.double, norm=cython.double)
    cdef double _score(
        self, Py_ssize_t number, Py_ssize_t place, Py_ssize_t doc ) noexcept nogil

    @cython.locals(
        weight=cython.double, base=cython.double, slope=cython.double, here=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t,
        tf=cython.double,
    )
    cdef void _score_block(self, Py_ssize_t number) noexcept nogil

    @cython.locals(gap=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, doc=cython.uint)
    cdef void _sort(self, Py_ssize_t n) noexcept nogil

    @cython.locals(
        own=cython.ulonglong, block=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t,
        known=cython.ulonglong, doc=Py_ssize_t, place=Py_ssize_t, score=cython.double,
    )
    cdef void _probe(
        self, Py_ssize_t number, Py_ssize_t low, Py_ssize_t n, double needed ) noexcept nogil

    @cython.locals(kept=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _keep_word(self, Py_ssize_t n, Py_ssize_t word) noexcept nogil

    @cython.locals(kept=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _keep_able(self, Py_ssize_t n, double rest, double threshold) noexcept nogil

    @cython.locals(i=Py_ssize_t, score=cython.double)
    cdef double _select(self, Py_ssize_t n, double threshold) noexcept nogil
