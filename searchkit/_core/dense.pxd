cimport cython

cdef Py_ssize_t _BUCKETS
cdef unsigned int _PIECES, _WORD, _WIDE, _LONG

@cython.locals(i=Py_ssize_t, j=Py_ssize_t)
cpdef void count_pieces(
    unsigned int[::1] log, unsigned int[::1] starts, unsigned int[::1] ends, unsigned int[::1] counts
) except *

@cython.locals(i=Py_ssize_t, places=cython.uint[::1], size=cython.uint, total=cython.uint)
cpdef Py_ssize_t rank(unsigned int[::1] counts, unsigned int[::1] order, unsigned int[::1] codes) except -1

@cython.locals(two=cython.uint, i=Py_ssize_t, code=cython.uint)
cpdef Py_ssize_t encode(
    unsigned int[::1] log, Py_ssize_t start, Py_ssize_t end, unsigned int[::1] codes, unsigned int short,
    unsigned int middle, unsigned char[::1] out, Py_ssize_t at
) except -1

@cython.locals(
    num_pieces=Py_ssize_t, two=Py_ssize_t, room=Py_ssize_t, size=Py_ssize_t, count=Py_ssize_t, at=Py_ssize_t,
    piece=Py_ssize_t, from_=Py_ssize_t, length=Py_ssize_t, i=Py_ssize_t, head=cython.uint, after_word=cython.uint,
)
cpdef Py_ssize_t decode(
    const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end, Py_ssize_t short, Py_ssize_t middle,
    const unsigned int[::1] blocks, const unsigned char[::1] heads, const unsigned char[::1] texts,
    unsigned short[::1] page, unsigned short[::1] out, unsigned int[::1] parts
) except -2

@cython.locals(size=Py_ssize_t)
cdef Py_ssize_t _skip(unsigned int head, const unsigned char[::1] texts, Py_ssize_t at) except -1

@cython.locals(size=Py_ssize_t)
cdef Py_ssize_t _length(const unsigned char[::1] texts, Py_ssize_t at) except -1

cdef unsigned long long _wide(unsigned char value) noexcept
