cimport cython

cdef unsigned int _DECIDED
cdef unsigned long long _SURE, _FNV_BASIS, _FNV_PRIME, _UINT64, _UINT32
cdef int _FIRST, _NUM_LETTERS, _LONGEST, _NO_COST, _WORD_COST, _LETTER_COST, _KINDS, _PARTICLE, _PLURAL, _SHORTEST_REST
cdef str _LETTERS
cdef Py_ssize_t _CHOSEN

@cython.locals(value=cython.ulonglong, at=Py_ssize_t)
cpdef unsigned long long stem_hash(str stem) except? 0

@cython.final
cdef class Lexicon:
    cdef const unsigned short[::1] _prefix_next
    cdef const unsigned long long[::1] _prefix_masks
    cdef const unsigned short[::1] _prefix_costs
    cdef const unsigned short[::1] _suffix_next
    cdef const unsigned long long[::1] _suffix_masks
    cdef const unsigned short[::1] _suffix_costs
    cdef const unsigned long long[::1] _class_masks
    cdef const unsigned int[::1] _table
    cdef const unsigned int[::1] _records
    cdef const unsigned int[::1] _entries
    cdef const unsigned int[::1] _roots
    cdef object _texts
    cdef const unsigned char[::1] texts
    cdef unsigned int _slots
    cdef dict _found

    @cython.locals(start=Py_ssize_t)
    cpdef str text(self, unsigned int place)

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, letters=cython.uint[::1])
    cpdef void choose(self, str word, int margin, int plural_margin, long long[::1] found) except *

    @cython.locals(
        letters=cython.uint[::1], word=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, stop=Py_ssize_t, code=cython.uint,
    )
    cpdef void choose_all(
        self, const unsigned short[::1] units, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
        Py_ssize_t start, Py_ssize_t end, int margin, int plural_margin, long long[::1] found
    ) except *

    @cython.locals(
        start=Py_ssize_t, end=Py_ssize_t, best_start=Py_ssize_t, best_end=Py_ssize_t,
        sure=Py_ssize_t, affixes=Py_ssize_t, decided=Py_ssize_t, record=Py_ssize_t, ends=cython.ulonglong, before_mask=cython.ulonglong,
        both=cython.ulonglong, value=cython.ulonglong, before=Py_ssize_t, after=Py_ssize_t, more=bint,
        entry=cython.uint, packed=cython.uint, kind=cython.uint, best_kind=cython.uint, cost=int, best_cost=int, second_cost=int,
        best=Py_ssize_t, second=Py_ssize_t, lemma=cython.uint, best_lemma=cython.uint,
        letter=int,
    )
    cdef void _choose(
        self, unsigned int[::1] word, Py_ssize_t size, int margin, int plural_margin, long long[::1] found,
        Py_ssize_t place
    ) noexcept nogil

    @cython.locals(best=Py_ssize_t, other=Py_ssize_t, kind=int, start=Py_ssize_t, tail=Py_ssize_t, lemma=str, second=str)
    cpdef tuple analyze(self, str word, int margin, int plural_margin)

    cpdef str lemma(self, Py_ssize_t entry)

    cdef unsigned int lemma_text(self, Py_ssize_t entry) noexcept nogil

    cdef unsigned int root_text(self, Py_ssize_t number) noexcept nogil

    cpdef Py_ssize_t root_of(self, Py_ssize_t entry) except -1 nogil

    cpdef str root(self, Py_ssize_t number)

    @cython.locals(one=cython.ulonglong, ends=cython.ulonglong, node=Py_ssize_t, at=Py_ssize_t, letter=int)
    cdef unsigned long long _suffix_ends(self, unsigned int[::1] word, Py_ssize_t size) noexcept nogil

    @cython.locals(node=Py_ssize_t, at=Py_ssize_t)
    cdef Py_ssize_t _suffix_node(self, unsigned int[::1] word, Py_ssize_t end, Py_ssize_t size) noexcept nogil

    @cython.locals(high=cython.uint, slot=cython.uint, first=cython.uint)
    cdef Py_ssize_t _find(self, unsigned long long value) noexcept nogil
