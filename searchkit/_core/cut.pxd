cimport cython

from searchkit._core.scan cimport Scanner, hash_word

cdef unsigned int _WHOLE, _BARE, _TEXT_END, _JSON_END, _WORD, _SEPARATOR, _KIND, _TABLE_SIZE, _UINT16, _NEVER, _SPACE, _IN_WORD
cdef Py_ssize_t _PAD, _BATCH

@cython.final
cdef class Cutter(Scanner):
    @cython.locals(longest=Py_ssize_t, start=Py_ssize_t, i=Py_ssize_t, count=Py_ssize_t)
    cpdef Py_ssize_t cut(
        self, const unsigned short[::1] units, unsigned int[::1] ends, const unsigned char[::1] kinds,
        unsigned int[::1] words, unsigned int[::1] spans
    ) except -1

    @cython.locals(piece=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, waiting=Py_ssize_t, base=Py_ssize_t)
    cpdef void adopt(
        self, const unsigned short[::1] units, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
        unsigned int[::1] numbers
    ) except *

    @cython.locals(i=Py_ssize_t, first=Py_ssize_t, code=cython.uint)
    cpdef void mark_words(self, unsigned char[::1] marks) except *

    @cython.locals(
        i=Py_ssize_t, base=Py_ssize_t, at=Py_ssize_t, waiting=Py_ssize_t, more=cython.uint, taken=Py_ssize_t,
        k=Py_ssize_t, plain=cython.uint,
    )
    cdef Py_ssize_t _cut(self, Py_ssize_t n, unsigned int[::1] words, Py_ssize_t count) except -1 nogil

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t _whole(self, Py_ssize_t size) except -1 nogil

    @cython.locals(i=Py_ssize_t, code=cython.uint, form=cython.uint)
    cdef Py_ssize_t _read_units(
        self, const unsigned short[::1] units, Py_ssize_t start, Py_ssize_t end
    ) except -1 nogil

    @cython.locals(action=cython.uint, word=cython.uint)
    cdef unsigned int _form(self, unsigned int code) except? 0 nogil

@cython.locals(i=Py_ssize_t)
cpdef void translate(unsigned int[::1] log, Py_ssize_t start, Py_ssize_t end, unsigned int[::1] numbers) except *

@cython.locals(i=Py_ssize_t)
cpdef void shift(unsigned int[::1] places, unsigned int amount) except *
