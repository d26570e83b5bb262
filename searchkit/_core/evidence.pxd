cimport cython

from searchkit._core.lexicon cimport Lexicon

cdef Py_ssize_t _CHOSEN

@cython.final
cdef class Level:
    cdef readonly object starts, numbers
    cdef unsigned int[::1] _starts, _numbers, _known
    cdef frozenset _marked
    cdef unsigned char[::1] _marks
    cdef readonly dict numbering
    cdef Py_ssize_t _size

    @cython.locals(new=Py_ssize_t, number=Py_ssize_t)
    cdef Py_ssize_t number(self, str term) except -1

    cdef bint is_marked(self, Py_ssize_t number) noexcept

    cdef void put(self, Py_ssize_t number) noexcept

    cdef void end(self, Py_ssize_t word) noexcept

    cdef Py_ssize_t known(self, Py_ssize_t place) noexcept

    cdef void remember(self, Py_ssize_t place, Py_ssize_t number) noexcept

@cython.locals(
    i=Py_ssize_t, at=Py_ssize_t, lexicon=Lexicon, name_kinds=cython.uint, guessed=int, kind=int,
    countries=frozenset, function_words=frozenset, word=str, lemma=str, key=str, own=str,
    best=Py_ssize_t, other=Py_ssize_t, first=Py_ssize_t, second=Py_ssize_t,
)
cpdef void number_evidence(
    list words, long long[::1] chosen, object rules, Level lemmas, Level roots, Level names
) except *

@cython.locals(number=Py_ssize_t)
cdef Py_ssize_t _lemma(Lexicon lexicon, Py_ssize_t entry, Level lemmas) except -1

@cython.locals(number=Py_ssize_t, root=str)
cdef void _put_root(Lexicon lexicon, Py_ssize_t place, Level roots) except *
