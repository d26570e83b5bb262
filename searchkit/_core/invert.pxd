cimport cython


@cython.locals(total=Py_ssize_t, doc=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t)
cpdef Py_ssize_t expand(
    unsigned int[::1] log, unsigned int[::1] starts, unsigned int[::1] ends, unsigned int[::1] firsts,
    unsigned int[::1] types, unsigned int[::1] out, unsigned int[::1] bounds
) except -1

@cython.locals(token=Py_ssize_t, word=Py_ssize_t)
cpdef void share_tokens(
    unsigned int[::1] starts, Py_ssize_t count, unsigned int[::1] ends, unsigned int[::1] firsts
) except *

@cython.locals(i=Py_ssize_t)
cpdef void count_tokens(unsigned int[::1] log, Py_ssize_t start, Py_ssize_t end, unsigned int[::1] counts) except *

@cython.locals(type_id=Py_ssize_t, j=Py_ssize_t)
cpdef void count_occurrences(
    unsigned int[::1] counts, unsigned int[::1] term_starts, unsigned int[::1] terms, unsigned int[::1] places,
    Py_ssize_t at
) except *

@cython.locals(num_terms=Py_ssize_t, t=Py_ssize_t, part=Py_ssize_t, total=cython.uint, count=cython.uint)
cpdef Py_ssize_t begin_terms(unsigned int[::1] places, Py_ssize_t parts, unsigned int[::1] firsts) except -1

@cython.locals(i=Py_ssize_t, j=Py_ssize_t, type_id=cython.uint, term=Py_ssize_t)
cpdef void place(
    unsigned int[::1] log, Py_ssize_t start, Py_ssize_t end, unsigned int[::1] term_starts, unsigned int[::1] terms,
    unsigned int[::1] places, Py_ssize_t at, unsigned int[::1] occurrences
) except *

@cython.locals(doc=Py_ssize_t, i=Py_ssize_t)
cpdef void hint_documents(unsigned int[::1] bounds, unsigned int[::1] hints) except *
