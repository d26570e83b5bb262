cimport cython

cdef Py_ssize_t _MOST_ELEMENTS, _TABLE, _LONGEST

@cython.final
cdef class Pattern:
    cdef readonly int unit
    cdef int levels
    cdef unsigned long long[::1] masks, others
    cdef dict wide
    cdef unsigned int[::1] letters
    cdef unsigned long long any, star, final, full, editable, open
    cdef Py_ssize_t longest
    cdef bytes tail
    cdef unsigned long long last_star

    cdef unsigned long long mask(self, Py_ssize_t code) except? 0
