cimport cython

from searchkit._core.encode cimport encode_positions, encode_postings

cdef extern from *:
    """
    #ifdef __GNUC__
    #define searchkit_fetch(place) __builtin_prefetch(place)
    #else
    #define searchkit_fetch(place) ((void) (place))
    #endif
    """
    void searchkit_fetch(const void* place) noexcept nogil

cdef inline void fetch(const unsigned int[::1] values, Py_ssize_t at) noexcept nogil:
    searchkit_fetch(&values[0] + at)

cdef Py_ssize_t _AHEAD, _SIZES, _ROOM, _POSITION

@cython.final
cdef class Lists:
    cdef readonly object sizes, postings, positions
    cdef readonly Py_ssize_t postings_size, positions_size
    cdef unsigned int[::1] _docs, _tfs, _places, _ends, _firsts, _sizes
    cdef unsigned char[::1] _postings, _positions

    @cython.locals(
        total=Py_ssize_t, most=Py_ssize_t, i=Py_ssize_t, count=Py_ssize_t, at=Py_ssize_t, positions_at=Py_ssize_t,
        first=Py_ssize_t, last=Py_ssize_t, entry=Py_ssize_t, df=Py_ssize_t, before=Py_ssize_t,
    )
    cpdef void encode(
        self, const unsigned int[::1] order, Py_ssize_t start, Py_ssize_t end, const unsigned int[::1] firsts,
        const unsigned int[::1] occurrences, const unsigned int[::1] bounds, const unsigned int[::1] hints,
        const unsigned int[::1] lengths, double average, bint positioned
    ) except *

    cdef void _reserve(self, Py_ssize_t terms, Py_ssize_t occurrences, Py_ssize_t most) except *

@cython.locals(
    chunks=Py_ssize_t, count=Py_ssize_t, total=Py_ssize_t, i=Py_ssize_t, term=Py_ssize_t, own=Py_ssize_t
)
cpdef Py_ssize_t share_terms(
    const unsigned int[::1] order, const unsigned int[::1] firsts, Py_ssize_t size, unsigned int[::1] out, unsigned int[::1] ends
) except -1

@cython.locals(
    i=Py_ssize_t, df=Py_ssize_t, tf=cython.uint, doc=Py_ssize_t, before=Py_ssize_t, token=cython.uint, new=cython.uint
)
cpdef Py_ssize_t group(
    const unsigned int[::1] occurrences, Py_ssize_t first, Py_ssize_t last, const unsigned int[::1] bounds,
    const unsigned int[::1] hints, unsigned int[::1] docs, unsigned int[::1] tfs, unsigned int[::1] positions
) except -1 nogil
