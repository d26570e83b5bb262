cimport cython
from cpython.unicode cimport PyUnicode_DecodeUTF8
from libc.string cimport memcpy

cdef Py_ssize_t _CLASSES, _CLASS_BITS, _LARGEST, _MARKS, _MIN_LAST, _PAGE_BITS
cdef unsigned int _ODD, _WORD, _WIDE
cdef unsigned long long _MORE, _ONES, _FULL

cdef inline unsigned long long get_uint64(const unsigned char[::1] data, Py_ssize_t at) noexcept nogil:
    cdef unsigned long long value
    memcpy(&value, &data[at], 8)
    return value

@cython.final
cdef class Pieces:
    cdef const unsigned char[::1] _data, _seen
    cdef const unsigned int[::1] _blocks
    cdef unsigned short[::1] _page
    cdef long long[::1] _lengths, _bases
    cdef object _verify
    cdef Py_ssize_t _blocks_at, _heads_at, _texts_at, _num_pieces, _end

    @cython.locals(
        bits=cython.ulonglong, size=Py_ssize_t, count=Py_ssize_t, bit=Py_ssize_t, stop=Py_ssize_t, piece=Py_ssize_t,
        place=Py_ssize_t, length=Py_ssize_t, after_word=cython.bint,
    )
    cpdef Py_ssize_t decode(
        self, Py_ssize_t start, Py_ssize_t end, unsigned short[::1] out, unsigned int[::1] parts
    ) except -2

    @cython.locals(byte=Py_ssize_t, i=Py_ssize_t, bits=cython.ulonglong)
    cdef unsigned long long _bits(self, Py_ssize_t bit) noexcept

    @cython.locals(
        block=Py_ssize_t, begin=Py_ssize_t, place=Py_ssize_t, i=Py_ssize_t, head=cython.uint, shared=Py_ssize_t,
        more=Py_ssize_t, need=Py_ssize_t,
    )
    cdef Py_ssize_t _spell(
        self, Py_ssize_t piece, unsigned short[::1] out, Py_ssize_t size, bint after_word
    ) except -2

    @cython.locals(length=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _spell_odd(
        self, unsigned int head, Py_ssize_t place, unsigned short[::1] out, Py_ssize_t size, bint after_word
    ) except -2

    @cython.locals(
        first=cython.ulonglong, second=cython.ulonglong, place=Py_ssize_t, i=Py_ssize_t, head=cython.uint,
        size=Py_ssize_t,
    )
    cdef Py_ssize_t _find(self, Py_ssize_t heads, Py_ssize_t count, Py_ssize_t begin) except -1

    @cython.locals(size=Py_ssize_t)
    cdef Py_ssize_t _length(self, Py_ssize_t at) except -1

    cdef void _check(self, Py_ssize_t at, Py_ssize_t size) except *

    @cython.locals(page=Py_ssize_t)
    cdef void _check_page(self, Py_ssize_t at, Py_ssize_t end) except *

cdef unsigned long long _wide(unsigned char value) noexcept

@cython.final
cdef class Keys:
    cdef const unsigned char[::1] _keys, _seen
    cdef const unsigned int[::1] _ends
    cdef Py_ssize_t _keys_page, _ends_page

    @cython.locals(doc=Py_ssize_t, start=Py_ssize_t)
    cpdef list ids(self, docs, read)

    @cython.locals(page=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t)
    cdef Py_ssize_t _start(self, Py_ssize_t doc) noexcept

cdef inline str spell(const unsigned char[::1] keys, Py_ssize_t start, Py_ssize_t end):
    return PyUnicode_DecodeUTF8(<const char*>&keys[start], end - start, "surrogatepass")
