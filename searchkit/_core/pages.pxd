cimport cython

cdef Py_ssize_t _PAGE, _STEP

@cython.final
cdef class Pages:
    cdef object _view
    cdef const unsigned int[::1] _checksums
    cdef const long long[::1] _spans
    cdef unsigned char[::1] _seen

    @cython.locals(
        section=Py_ssize_t, start=Py_ssize_t, begun=Py_ssize_t, stop=Py_ssize_t, end=Py_ssize_t, page=Py_ssize_t,
        at=Py_ssize_t, middle=Py_ssize_t, checksum=cython.uint,
    )
    cpdef Py_ssize_t verify(self, Py_ssize_t first, Py_ssize_t last) except -2
