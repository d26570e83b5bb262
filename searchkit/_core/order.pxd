cimport cython

cdef int _DIGIT
cdef unsigned long long _MASK
cdef Py_ssize_t _FEW

@cython.locals(at=Py_ssize_t, word=Py_ssize_t, i=Py_ssize_t, end=Py_ssize_t, code=cython.uint)
cpdef Py_ssize_t encode_words(
    const unsigned short[::1] units, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
    unsigned char[::1] data, unsigned int[::1] ends
) except -1

@cython.locals(
    size=Py_ssize_t, heads=cython.ulonglong[::1], order=cython.uint[::1], other=cython.uint[::1], i=Py_ssize_t,
    first=Py_ssize_t, last=Py_ssize_t,
)
cpdef order_words(
    const unsigned short[::1] units, const unsigned int[::1] firsts, const unsigned int[::1] lengths,
    const unsigned char[::1] data, const unsigned int[::1] ends
)

@cython.locals(
    value=cython.ulonglong, room=Py_ssize_t, i=Py_ssize_t, end=Py_ssize_t, unit=cython.uint, code=cython.uint,
    other=cython.uint,
)
cdef unsigned long long _head(const unsigned short[::1] units, Py_ssize_t first, Py_ssize_t size) noexcept nogil

@cython.locals(
    width=Py_ssize_t, start=Py_ssize_t, middle=Py_ssize_t, stop=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, k=Py_ssize_t,
)
cdef Py_ssize_t _sort_run(
    unsigned int[::1] order, unsigned int[::1] other, Py_ssize_t first, Py_ssize_t last,
    const unsigned char[::1] data, const unsigned int[::1] ends
) except -1 nogil

@cython.locals(i=Py_ssize_t, j=Py_ssize_t)
cdef bint _is_less(
    const unsigned char[::1] data, const unsigned int[::1] ends, Py_ssize_t one, Py_ssize_t other
) noexcept nogil

@cython.locals(
    size=Py_ssize_t, order=cython.uint[::1], other=cython.uint[::1], spare=cython.uint[::1], places=cython.uint[::1],
    i=Py_ssize_t, digit=int, shift=int, bucket=cython.ulonglong,
)
cpdef order_keys(unsigned long long[::1] keys)
