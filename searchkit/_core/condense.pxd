cimport cython

cdef extern from *:
    """
    #ifdef __GNUC__
    #define searchkit_fetch(place) __builtin_prefetch(place)
    #else
    #define searchkit_fetch(place) ((void) (place))
    #endif
    """
    void searchkit_fetch(const void* place) noexcept nogil

cdef inline void fetch(const unsigned short[::1] values, Py_ssize_t at) noexcept nogil:
    searchkit_fetch(&values[0] + at)

cdef Py_ssize_t _AHEAD, _BLOCK, _BUCKETS, _CLASSES, _CODE, _LAST, _LARGEST, _LETTERS, _MARKS, _MAX_SHARED, _ALONE
cdef unsigned int _CLASS_BITS, _MIN_LAST, _ODD, _WORD, _WIDE
cdef unsigned long long _NEVER

@cython.locals(doc=Py_ssize_t, i=Py_ssize_t)
cpdef void count_pieces(
    const unsigned int[::1] log, const unsigned int[::1] starts, const unsigned int[::1] ends, Py_ssize_t first,
    Py_ssize_t last, unsigned int[::1] counts
) except *

@cython.locals(i=Py_ssize_t)
cpdef void add_up(unsigned int[::1] counts, const unsigned int[::1] more) except *

@cython.locals(i=Py_ssize_t)
cpdef void shift(unsigned int[::1] places, unsigned int amount) except *

@cython.locals(i=Py_ssize_t)
cpdef void pick_documents(
    const unsigned int[::1] spans, const unsigned int[::1] firsts, const unsigned int[::1] lasts,
    unsigned int[::1] starts, unsigned int[::1] ends
) except *

@cython.locals(i=Py_ssize_t, places=cython.uint[::1], size=cython.uint, total=cython.uint)
cpdef Py_ssize_t rank(const unsigned int[::1] counts, unsigned int[::1] order) except -1

@cython.locals(
    size=Py_ssize_t, sums=cython.ulonglong[::1], total=cython.ulonglong, i=Py_ssize_t, other=Py_ssize_t,
    step=cython.int, least=cython.ulonglong, cost=cython.ulonglong, better=cython.bint,
)
cpdef void choose_widths(unsigned int[::1] counts, unsigned int[::1] order, unsigned char[::1] widths) except *

@cython.locals(size=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, cost=cython.ulonglong, i=Py_ssize_t)
cpdef unsigned long long fit(unsigned char[::1] widths, unsigned long long[::1] sums) except? 0

cdef void _move(unsigned char[::1] widths, Py_ssize_t i, Py_ssize_t other, int step) noexcept

@cython.locals(
    size=Py_ssize_t, keys=cython.ulonglong[::1], arranged=cython.uint[::1], place=Py_ssize_t, begin=Py_ssize_t,
    end=Py_ssize_t, i=Py_ssize_t,
)
cpdef arrange(
    const unsigned short[::1] arena, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
    const unsigned char[::1] page, unsigned int[::1] order, unsigned char[::1] widths, unsigned int[::1] codes
)

@cython.locals(key=cython.ulonglong, i=Py_ssize_t)
cdef unsigned long long _key(
    const unsigned short[::1] arena, Py_ssize_t first, Py_ssize_t size, const unsigned char[::1] page
) noexcept nogil

@cython.locals(
    at=Py_ssize_t, doc=Py_ssize_t, i=Py_ssize_t, k=cython.int, code=cython.uint, accumulator=cython.ulonglong,
    filled=cython.int,
)
cpdef Py_ssize_t encode(
    const unsigned int[::1] log, const unsigned int[::1] starts, unsigned int[::1] ends, Py_ssize_t first,
    Py_ssize_t last, const unsigned int[::1] codes, const unsigned char[::1] widths, unsigned char[::1] out
) except -1

@cython.locals(
    at=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, first=Py_ssize_t, before=Py_ssize_t, size=Py_ssize_t,
    plain=Py_ssize_t, most=Py_ssize_t, shared=Py_ssize_t, wide=cython.uint, unit=cython.uint,
)
cpdef Py_ssize_t spell(
    const unsigned short[::1] arena, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
    const unsigned char[::1] marks, unsigned int[::1] order, const unsigned char[::1] page,
    unsigned int[::1] blocks, unsigned char[::1] heads, unsigned char[::1] texts
) except -1

cdef unsigned long long _wide(unsigned int value) noexcept nogil
