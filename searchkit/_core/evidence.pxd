cimport cython

@cython.final
cdef class Level:
    cdef readonly object starts, numbers
    cdef unsigned int[::1] _starts, _numbers
    cdef readonly dict numbering
    cdef Py_ssize_t _size

    @cython.locals(number=cython.uint)
    cdef void put(self, str term) except *

    cdef void end(self, Py_ssize_t word) except *

@cython.locals(
    i=Py_ssize_t, margin=object, plural_margin=object, name_kinds=cython.uint, guessed=int, kind=int,
    countries=frozenset, function_words=frozenset, word=str, lemma=str, other=str, root=str, key=str, own=str,
)
cpdef void number_evidence(list words, object rules, Level lemmas, Level roots, Level names) except *
