cimport cython

from searchkit._core.lexicon cimport Lexicon
from searchkit._core.scan cimport Scanner
from searchkit._core.skeleton cimport Skeletons
from searchkit._core.tables cimport WordTable

cdef Py_ssize_t _CHOSEN

@cython.final
cdef class Level:
    cdef readonly WordTable table
    cdef readonly object ends, numbers
    cdef readonly Py_ssize_t size
    cdef unsigned int[::1] _ends, _numbers, _known
    cdef Py_ssize_t _count, _marked

    cdef void put(self, Py_ssize_t number) noexcept nogil

    cdef void end(self) noexcept nogil

    cdef bint is_marked(self, Py_ssize_t number) noexcept nogil

    @cython.locals(number=Py_ssize_t)
    cdef Py_ssize_t known(self, Lexicon lexicon, Py_ssize_t place, unsigned int text) except -1 nogil

@cython.locals(
    i=Py_ssize_t, at=Py_ssize_t, lexicon=Lexicon, skeletons=Skeletons, name_kinds=cython.uint, guessed=cython.longlong,
    buffer=cython.ushort[::1], best=Py_ssize_t, other=Py_ssize_t, kind=cython.longlong, first=Py_ssize_t,
    second=Py_ssize_t, key=Py_ssize_t, own=Py_ssize_t, place=Py_ssize_t, text=cython.uint,
)
cpdef void number_evidence(
    Scanner words, Py_ssize_t start, Py_ssize_t end, const long long[::1] chosen, object rules, WordTable countries,
    WordTable function_words, Level lemmas, Level roots, Level names
) except *
