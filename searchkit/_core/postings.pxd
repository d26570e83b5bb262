cimport cython

cdef Py_ssize_t _BLOCK, _HEADER
cdef long long _UINT32

@cython.locals(
    full=Py_ssize_t, base=Py_ssize_t, at=Py_ssize_t, block=Py_ssize_t, first=Py_ssize_t, i=Py_ssize_t,
    header=Py_ssize_t, stop=Py_ssize_t, doc=cython.longlong, tf=cython.longlong, total=cython.longlong,
    doc_bits=cython.longlong, tf_bits=cython.longlong, accumulator=cython.ulonglong, mask=cython.ulonglong,
    value=cython.longlong, filled=cython.int, shift=cython.int,
)
cpdef Py_ssize_t decode_postings(
    const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end, Py_ssize_t df, Py_ssize_t num_docs,
    unsigned int[::1] docs, unsigned int[::1] tfs
) except -1

@cython.locals(
    room=Py_ssize_t, at=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, stop=Py_ssize_t, position=cython.longlong,
    value=cython.longlong, shift=cython.int,
)
cpdef Py_ssize_t decode_positions(
    const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end, unsigned int[::1] tfs, Py_ssize_t df,
    unsigned int[::1] positions
) except -1

cdef long long _get_uint32(const unsigned char[::1] data, Py_ssize_t at) noexcept

cdef unsigned long long _wide(unsigned char value) noexcept
