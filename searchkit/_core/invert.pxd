cimport cython

@cython.locals(total=Py_ssize_t, doc=Py_ssize_t, i=Py_ssize_t)
cpdef Py_ssize_t count_expanded(
    const unsigned int[::1] log, const unsigned int[::1] starts, const unsigned int[::1] ends,
    const unsigned int[::1] firsts, Py_ssize_t first, Py_ssize_t last, unsigned int[::1] bounds
) except -1

@cython.locals(at=Py_ssize_t, doc=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t)
cpdef void expand(
    const unsigned int[::1] log, const unsigned int[::1] starts, const unsigned int[::1] ends,
    const unsigned int[::1] firsts, const unsigned int[::1] types, Py_ssize_t first, Py_ssize_t last,
    unsigned int[::1] out, unsigned int[::1] bounds, unsigned int before, unsigned int[::1] counts
) except *

@cython.locals(doc=Py_ssize_t, i=Py_ssize_t)
cpdef void measure(
    const unsigned int[::1] bounds, unsigned int[::1] lengths, unsigned int[::1] hints
) except *

@cython.locals(i=Py_ssize_t)
cpdef void count_up(unsigned int[::1] numbers) except *

@cython.locals(doc=Py_ssize_t, i=Py_ssize_t)
cpdef void mark_pieces(
    const unsigned int[::1] log, const unsigned int[::1] starts, const unsigned int[::1] ends, Py_ssize_t first,
    Py_ssize_t last, unsigned char[::1] marks
) except *

@cython.locals(i=Py_ssize_t)
cpdef void pick_spans(
    const unsigned int[::1] spans, const unsigned int[::1] docs, const unsigned int[::1] texts,
    unsigned int[::1] starts, unsigned int[::1] ends
) except *

@cython.locals(type_id=Py_ssize_t, j=Py_ssize_t)
cpdef void count_occurrences(
    const unsigned int[::1] counts, const unsigned int[::1] term_starts, const unsigned int[::1] terms,
    unsigned int[::1] places, Py_ssize_t at
) except *

@cython.locals(num_terms=Py_ssize_t, t=Py_ssize_t, part=Py_ssize_t, total=cython.uint, count=cython.uint)
cpdef Py_ssize_t begin_terms(unsigned int[::1] places, Py_ssize_t parts, unsigned int[::1] firsts) except -1

@cython.locals(i=Py_ssize_t, j=Py_ssize_t, type_id=cython.uint, term=Py_ssize_t)
cpdef void place(
    const unsigned int[::1] log, Py_ssize_t start, Py_ssize_t end, const unsigned int[::1] term_starts,
    const unsigned int[::1] terms, unsigned int[::1] places, Py_ssize_t at, unsigned int[::1] occurrences
) except *
