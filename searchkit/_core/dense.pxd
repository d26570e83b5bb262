cimport cython

cdef Py_ssize_t _BUCKETS, _PAGE_BITS
cdef unsigned int _PIECES, _WORD, _WIDE, _LONG

@cython.locals(i=Py_ssize_t, j=Py_ssize_t)
cpdef void count_pieces(
    unsigned int[::1] log, unsigned int[::1] starts, unsigned int[::1] ends, unsigned int[::1] counts
) except *

@cython.locals(i=Py_ssize_t, places=cython.uint[::1], size=cython.uint, total=cython.uint)
cpdef Py_ssize_t rank(unsigned int[::1] counts, unsigned int[::1] order, unsigned int[::1] codes) except -1

@cython.locals(two=cython.uint, at=Py_ssize_t, doc=Py_ssize_t, i=Py_ssize_t, code=cython.uint)
cpdef Py_ssize_t encode(
    unsigned int[::1] log, unsigned int[::1] starts, unsigned int[::1] ends, Py_ssize_t first,
    unsigned int[::1] codes, unsigned int short, unsigned int middle, unsigned char[::1] out
) except -1

@cython.locals(
    total=Py_ssize_t, units=bytearray, out=cython.ushort[::1], at=Py_ssize_t, pairs=Py_ssize_t, i=Py_ssize_t,
    j=Py_ssize_t, first=Py_ssize_t,
)
cpdef str join_words(
    const unsigned short[::1] arena, const unsigned int[::1] firsts, const unsigned int[::1] lengths, Py_ssize_t size,
    unsigned int[::1] wanted, unsigned int[::1] ends
)

@cython.locals(
    at=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, first=Py_ssize_t, size=Py_ssize_t, wide=cython.uint, unit=cython.uint
)
cpdef Py_ssize_t spell(
    const unsigned short[::1] arena, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
    const unsigned char[::1] marks, unsigned int[::1] order, const unsigned char[::1] page, unsigned int[::1] blocks,
    unsigned char[::1] heads, unsigned char[::1] texts
) except -1

@cython.final
cdef class Pieces:
    cdef const unsigned char[::1] _data, _seen
    cdef const unsigned int[::1] _blocks
    cdef unsigned short[::1] _page
    cdef object _verify
    cdef Py_ssize_t _short, _middle, _blocks_at, _heads_at, _texts_at, _num_pieces, _end

    @cython.locals(
        two=Py_ssize_t, room=Py_ssize_t, size=Py_ssize_t, count=Py_ssize_t, at=Py_ssize_t, piece=Py_ssize_t,
        place=Py_ssize_t, length=Py_ssize_t, i=Py_ssize_t, head=cython.uint, after_word=cython.uint,
    )
    cpdef Py_ssize_t decode(
        self, Py_ssize_t start, Py_ssize_t end, unsigned short[::1] out, unsigned int[::1] parts
    ) except -2

    @cython.locals(place=Py_ssize_t, i=Py_ssize_t, head=cython.uint, size=Py_ssize_t)
    cdef Py_ssize_t _find(self, Py_ssize_t piece) except -1

    @cython.locals(size=Py_ssize_t)
    cdef Py_ssize_t _length(self, Py_ssize_t at) except -1

    cdef void _check(self, Py_ssize_t at, Py_ssize_t size) except *

    @cython.locals(page=Py_ssize_t)
    cdef void _check_page(self, Py_ssize_t at, Py_ssize_t end) except *

cdef unsigned long long _wide(unsigned char value) noexcept
