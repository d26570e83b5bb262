cimport cython

from searchkit._core.terms cimport Dictionary

cdef Py_ssize_t _BLOCK_TERMS, _NEAR, _PAGE_BITS

@cython.locals(
    out="long long[::1]", now=Py_ssize_t, at=Py_ssize_t, postings=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
    i=Py_ssize_t, number=Py_ssize_t, block=Py_ssize_t, df=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t,
    counts="const unsigned char[::1]",
)
cpdef object posting_lists(
    Dictionary dictionary, list numbers, Py_ssize_t base, Py_ssize_t positioned, object verify,
    const unsigned char[::1] seen=*, Py_ssize_t page=*
)

cdef bint _all_seen(const unsigned char[::1] seen, Py_ssize_t first, Py_ssize_t last) noexcept
