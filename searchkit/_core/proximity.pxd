cimport cython

@cython.locals(i=Py_ssize_t, at=Py_ssize_t)
cpdef void score_beginnings(
    unsigned int[::1] tfs, Py_ssize_t n, unsigned int[::1] positions, double weight, double half, double[::1] scores
) except *

@cython.locals(
    size=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
    next_first=Py_ssize_t, next_last=Py_ssize_t, doc=cython.uint, wanted=cython.longlong,
)
cpdef Py_ssize_t neighbours(
    unsigned int[::1] docs, unsigned int[::1] tfs, Py_ssize_t n, unsigned int[::1] positions,
    unsigned int[::1] next_docs, unsigned int[::1] next_tfs, Py_ssize_t m, unsigned int[::1] next_positions,
    unsigned int[::1] found
) except -1
