cimport cython

cdef double _ROUNDER

@cython.locals(i=Py_ssize_t, tf=cython.double)
cpdef void score_bm25(
    unsigned int[::1] docs, unsigned int[::1] tfs, Py_ssize_t n, const unsigned int[::1] lengths, double weight,
    double base, double slope, double[::1] scores
) except *

@cython.locals(i=Py_ssize_t, doc=cython.uint)
cpdef void add(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, double[::1] sums, unsigned char[::1] marks
) except *

@cython.locals(i=Py_ssize_t, doc=cython.uint)
cpdef void add_marked(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, double[::1] sums, unsigned char[::1] marks
) except *

@cython.locals(i=Py_ssize_t, j=Py_ssize_t, size=Py_ssize_t)
cpdef Py_ssize_t unite_best(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, unsigned int[::1] other, double[::1] other_scores,
    Py_ssize_t m, unsigned int[::1] out_docs, double[::1] out_scores
) except -1

@cython.locals(i=Py_ssize_t, j=Py_ssize_t, size=Py_ssize_t)
cpdef Py_ssize_t unite_spare(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, unsigned int[::1] other, double[::1] other_scores,
    Py_ssize_t m, unsigned int[::1] out_docs, double[::1] out_scores
) except -1

@cython.locals(n=Py_ssize_t, doc=Py_ssize_t)
cpdef Py_ssize_t collect(
    double[::1] sums, unsigned char[::1] marks, unsigned int[::1] docs, double[::1] scores
) except -1

@cython.locals(kept=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, doc=cython.uint)
cpdef Py_ssize_t intersect(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, unsigned int[::1] other, double[::1] other_scores,
    Py_ssize_t m
) except -1

@cython.locals(kept=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, doc=cython.uint)
cpdef Py_ssize_t exclude(
    unsigned int[::1] docs, double[::1] scores, Py_ssize_t n, unsigned int[::1] other, Py_ssize_t m
) except -1

@cython.locals(kept=Py_ssize_t, i=Py_ssize_t, doc=cython.uint, positioned=cython.bint)
cpdef Py_ssize_t drop_deleted(
    unsigned int[::1] docs, unsigned int[::1] tfs, unsigned int[::1] firsts, Py_ssize_t n, const unsigned char[::1] deleted
) except -1

@cython.locals(size=Py_ssize_t, i=Py_ssize_t, at=Py_ssize_t, end=Py_ssize_t, worst=cython.uint)
cpdef Py_ssize_t top(
    double[::1] scores, Py_ssize_t n, Py_ssize_t k, unsigned int[::1] best
) except -1

@cython.locals(at=Py_ssize_t, child=Py_ssize_t)
cdef void _sift(double[::1] scores, unsigned int[::1] best, Py_ssize_t size, Py_ssize_t item) except *

cdef bint _worse(double[::1] scores, Py_ssize_t a, Py_ssize_t b) noexcept

@cython.locals(i=Py_ssize_t, j=Py_ssize_t, size=Py_ssize_t)
cpdef Py_ssize_t unite_postings(
    unsigned int[::1] docs, unsigned int[::1] tfs, Py_ssize_t n, unsigned int[::1] other,
    unsigned int[::1] other_tfs, Py_ssize_t m, unsigned int[::1] out_docs, unsigned int[::1] out_tfs
) except -1


@cython.locals(count=Py_ssize_t, i=Py_ssize_t)
cpdef Py_ssize_t pick(unsigned int[::1] numbers, Py_ssize_t n, Py_ssize_t limit, unsigned int[::1] places) except -1
