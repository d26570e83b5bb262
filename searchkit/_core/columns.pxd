cimport cython

cdef unsigned int _MISSING

@cython.locals(
    doc=Py_ssize_t, at=Py_ssize_t, number=cython.uint, whole=Py_ssize_t, place=Py_ssize_t, byte=cython.uint
)
cpdef void in_range(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t num_docs, unsigned int first,
    unsigned int last, unsigned char[::1] bits
) except *

@cython.locals(doc=Py_ssize_t, at=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, size=Py_ssize_t, number=cython.uint)
cpdef void in_set(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t num_docs,
    const unsigned char[::1] wanted, unsigned char[::1] bits
) except *

@cython.locals(
    doc=Py_ssize_t, at=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, size=Py_ssize_t, number=cython.uint,
    found=Py_ssize_t, has=Py_ssize_t
)
cpdef Py_ssize_t count(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t num_docs,
    const unsigned char[::1] bits, unsigned int[::1] counts
) except -1

@cython.locals(
    doc=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, number=cython.uint, key=cython.ulonglong
)
cpdef void add_key(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t num_docs, Py_ssize_t size,
    bint descending, unsigned long long[::1] keys
) except *

@cython.locals(doc=Py_ssize_t, at=Py_ssize_t, size=Py_ssize_t, end=Py_ssize_t, last=cython.uint)
cpdef Py_ssize_t first_by_key(
    unsigned long long[::1] keys, Py_ssize_t num_docs, const unsigned char[::1] bits, Py_ssize_t k,
    unsigned int[::1] best
) except -1

@cython.locals(i=Py_ssize_t, doc=cython.uint)
cpdef void mark(unsigned int[::1] docs, Py_ssize_t n, Py_ssize_t num_docs, unsigned char[::1] bits) except *

@cython.locals(n=Py_ssize_t, doc=Py_ssize_t)
cpdef Py_ssize_t members(const unsigned char[::1] bits, Py_ssize_t num_docs, unsigned int[::1] docs) except -1

@cython.locals(kept=Py_ssize_t, i=Py_ssize_t, doc=cython.uint)
cpdef Py_ssize_t drop(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, const unsigned char[::1] excluded
) except -1

@cython.locals(
    doc=Py_ssize_t, at=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, size=Py_ssize_t, number=cython.uint,
    place=Py_ssize_t
)
cpdef Py_ssize_t renumber(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t num_docs,
    const unsigned char[::1] bits, unsigned int[::1] numbers, unsigned int[::1] out_starts, unsigned int[::1] out,
    Py_ssize_t n
) except -1

cdef void _check(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t num_docs,
    const unsigned char[::1] bits
) except *

cdef Py_ssize_t _begin(
    const unsigned int[::1] starts, const unsigned int[::1] ordinals, Py_ssize_t doc
) except -1

cdef bint _after(unsigned long long[::1] keys, Py_ssize_t a, Py_ssize_t b) noexcept

@cython.locals(at=Py_ssize_t, child=Py_ssize_t)
cdef void _sift(unsigned long long[::1] keys, unsigned int[::1] best, Py_ssize_t size, Py_ssize_t item) except *
