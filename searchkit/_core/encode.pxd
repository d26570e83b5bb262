cimport cython

cdef Py_ssize_t _BLOCK, _HEADER, _MAX_VARINT, _MAX_BLOCK, _EXCEPTION_BITS, _MAX_EXCEPTIONS
cdef long long _UINT32
cdef double _REFERENCE_K1, _REFERENCE_B

cpdef Py_ssize_t postings_room(Py_ssize_t df) except -1

@cython.locals(
    full=Py_ssize_t, data=Py_ssize_t, at=Py_ssize_t, block=Py_ssize_t, first=Py_ssize_t, last=Py_ssize_t,
    i=Py_ssize_t, header=Py_ssize_t, previous=cython.longlong, before=cython.longlong, delta=cython.longlong,
    doc_bits=cython.longlong, tf_bits=cython.longlong, first_bits=cython.longlong, more=cython.uint,
    exceptions=cython.uint, bound=cython.double, share=cython.double, base=cython.double, slope=cython.double,
)
cpdef Py_ssize_t encode_postings(
    unsigned int[::1] docs, unsigned int[::1] tfs, Py_ssize_t df, const unsigned int[::1] lengths, double average,
    bint positioned, unsigned int[::1] firsts, unsigned int[::1] ends, unsigned char[::1] out, Py_ssize_t start
) except -1 nogil

@cython.locals(
    at=Py_ssize_t, i=Py_ssize_t, value=cython.longlong, previous=cython.longlong, accumulator=cython.ulonglong,
    filled=cython.int, mask=cython.ulonglong,
)
cdef Py_ssize_t pack(
    unsigned int[::1] values, Py_ssize_t first, Py_ssize_t bits, long long before, unsigned char[::1] out,
    Py_ssize_t start
) noexcept nogil

@cython.locals(at=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, stop=Py_ssize_t, before=cython.longlong)
cpdef Py_ssize_t encode_positions(
    unsigned int[::1] positions, Py_ssize_t first, unsigned int[::1] tfs, Py_ssize_t df, unsigned int[::1] firsts,
    unsigned int[::1] ends, unsigned char[::1] out, Py_ssize_t start
) except -1 nogil

cpdef Py_ssize_t put_varint(unsigned char[::1] out, Py_ssize_t at, unsigned long long value) except -1 nogil

@cython.locals(more=cython.uint)
cdef inline Py_ssize_t _put_small(unsigned char[::1] out, Py_ssize_t at, unsigned long long value) noexcept nogil

@cython.locals(i=cython.int)
cdef void _put_uint32(unsigned char[::1] out, Py_ssize_t at, unsigned long long value) noexcept nogil

@cython.locals(
    counts=cython.ulonglong, i=Py_ssize_t, value=cython.uint, bits=cython.int, over=cython.int, best=cython.int,
    least=cython.int,
)
cdef int _tf_width(unsigned int[::1] tfs, Py_ssize_t first, int most) noexcept nogil

cdef unsigned long long _wide(unsigned int value) noexcept nogil

@cython.locals(bits=cython.int)
cdef int _width(unsigned long long value) noexcept nogil

@cython.locals(whole=cython.int, bit=cython.int)
cdef int _whole(double value) noexcept nogil
