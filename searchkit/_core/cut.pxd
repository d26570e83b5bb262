cimport cython

from searchkit._core.scan cimport Scanner, hash_word

cdef unsigned int _WHOLE, _BARE, _TEXT_END, _JSON_END, _WORD, _SEPARATOR, _KIND, _TABLE_SIZE, _UINT16, _NEVER, _SPACE, _IN_WORD
cdef Py_ssize_t _PAD, _BATCH

@cython.final
cdef class Cutter(Scanner):
    @cython.locals(
        longest=Py_ssize_t, total=Py_ssize_t, num_texts=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t, count=Py_ssize_t,
        places=cython.ulonglong[::1],
    )
    cpdef Py_ssize_t cut(
        self, list texts, const unsigned char[::1] kinds, unsigned int[::1] words, unsigned int[::1] spans
    ) except -1

    @cython.locals(i=Py_ssize_t, first=Py_ssize_t, code=cython.uint)
    cpdef void mark_words(self, Scanner words, unsigned char[::1] marks) except *

    @cython.locals(
        i=Py_ssize_t, base=Py_ssize_t, at=Py_ssize_t, waiting=Py_ssize_t, more=cython.uint, taken=Py_ssize_t,
        k=Py_ssize_t, plain=cython.uint,
    )
    cdef Py_ssize_t _cut(self, Py_ssize_t n, unsigned int[::1] words, Py_ssize_t count) except -1 nogil

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t _whole(self, Py_ssize_t size) except -1 nogil

    @cython.locals(i=Py_ssize_t, code=cython.uint, form=cython.uint)
    cdef Py_ssize_t _read_units(self, Py_ssize_t size) except -1 nogil

    @cython.locals(action=cython.uint, word=cython.uint)
    cdef unsigned int _form(self, unsigned int code) except? 0 nogil

@cython.locals(i=Py_ssize_t)
cpdef void gather(
    const unsigned int[::1] log, const unsigned int[::1] numbers, unsigned int[::1] out, Py_ssize_t at,
    const unsigned int[::1] own, unsigned int[::1] spans, Py_ssize_t first
) except *

cdef extern from "Python.h":
    int PyUnicode_KIND(object text)
    void* PyUnicode_DATA(object text)

cdef inline void _locate(list texts, unsigned long long[::1] places) except *:
    cdef Py_ssize_t i
    cdef str text
    for i in range(len(texts)):
        text = texts[i]
        places[3 * i] = <unsigned long long><size_t>PyUnicode_DATA(text)
        places[3 * i + 1] = PyUnicode_KIND(text)
        places[3 * i + 2] = len(text)

cdef inline Py_ssize_t _put_units(
    list texts, unsigned long long[::1] places, Py_ssize_t number, unsigned int[::1] out
) noexcept nogil:
    cdef const unsigned char* bytes_ = <const unsigned char*><size_t>places[3 * number]
    cdef const unsigned short* units = <const unsigned short*>bytes_
    cdef const unsigned int* codes = <const unsigned int*>bytes_
    cdef Py_ssize_t i, size = places[3 * number + 2], at = 0
    cdef unsigned int* read = &out[0]
    if places[3 * number + 1] == 1:
        for i in range(size):
            read[i] = bytes_[i]
        return size
    if places[3 * number + 1] == 2:
        for i in range(size):
            read[i] = units[i]
        return size
    for i in range(size):
        if codes[i] > 0xFFFF:
            read[at] = 0xD7C0 + (codes[i] >> 10)
            at += 1
            read[at] = 0xDC00 + (codes[i] & 0x3FF)
        else:
            read[at] = codes[i]
        at += 1
    return at
