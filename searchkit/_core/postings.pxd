cimport cython
from libc.string cimport memcpy

cdef Py_ssize_t _BLOCK, _HEADER, _QUARTER
cdef long long _UINT32

@cython.locals(
    full=Py_ssize_t, base=Py_ssize_t, at=Py_ssize_t, block=Py_ssize_t, first=Py_ssize_t, i=Py_ssize_t,
    header=Py_ssize_t, size=Py_ssize_t, behind=Py_ssize_t, positioned=cython.bint, doc=cython.longlong, total=cython.longlong,
)
cpdef Py_ssize_t decode_postings(
    const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end, Py_ssize_t df, Py_ssize_t num_docs,
    unsigned int[::1] docs, unsigned int[::1] tfs, unsigned int[::1] firsts
) except -1

@cython.locals(of_doc=Py_ssize_t, of_tf=Py_ssize_t, of_first=Py_ssize_t)
cdef Py_ssize_t check_block(const unsigned char[::1] data, Py_ssize_t header, bint positioned) noexcept nogil

@cython.locals(bits=Py_ssize_t, at=Py_ssize_t, place=Py_ssize_t)
cdef void unpack_tfs(
    const unsigned char[::1] data, Py_ssize_t header, Py_ssize_t end, unsigned int[::1] tfs, Py_ssize_t first
) noexcept nogil

@cython.locals(bits=Py_ssize_t, tf=cython.ulonglong, at=Py_ssize_t)
cdef unsigned long long unpack_tf(
    const unsigned char[::1] data, Py_ssize_t header, Py_ssize_t end, Py_ssize_t place
) noexcept nogil

@cython.locals(mask=cython.ulonglong, i=Py_ssize_t, bit=Py_ssize_t, four=cython.ulonglong)
cdef void unpack(
    const unsigned char[::1] data, Py_ssize_t at, Py_ssize_t bits, unsigned int plus, unsigned int[::1] values,
    Py_ssize_t first
) noexcept nogil

@cython.locals(mask=cython.ulonglong, i=Py_ssize_t, bit=Py_ssize_t, doc=cython.longlong, four=cython.ulonglong)
cdef long long unpack_docs(
    const unsigned char[::1] data, Py_ssize_t at, Py_ssize_t bits, long long before, unsigned int[::1] docs,
    Py_ssize_t first
) noexcept nogil

@cython.locals(bit=Py_ssize_t, byte=Py_ssize_t, mask=cython.ulonglong)
cdef unsigned long long unpack_one(
    const unsigned char[::1] data, Py_ssize_t at, Py_ssize_t bits, Py_ssize_t place
) noexcept nogil

@cython.locals(i=Py_ssize_t)
cdef void gather(
    const unsigned char[::1] data, Py_ssize_t at, unsigned int[::1] places, Py_ssize_t first, Py_ssize_t n,
    double[::1] out
) noexcept nogil

@cython.locals(
    positioned=cython.bint, at=Py_ssize_t, i=Py_ssize_t, doc=cython.longlong, tf=cython.longlong,
    value=cython.longlong, shift=cython.int,
)
cdef Py_ssize_t decode_tail(
    const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end, Py_ssize_t before, Py_ssize_t first,
    Py_ssize_t df, unsigned int[::1] docs, unsigned int[::1] tfs, unsigned int[::1] firsts
) noexcept nogil

@cython.locals(
    room=Py_ssize_t, at=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, stop=Py_ssize_t, position=cython.longlong,
    value=cython.longlong, shift=cython.int,
)
cpdef Py_ssize_t decode_positions(
    const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end, unsigned int[::1] tfs,
    unsigned int[::1] firsts, Py_ssize_t df, unsigned int[::1] positions
) except -1

cdef inline long long get_uint32(const unsigned char[::1] data, Py_ssize_t at) noexcept nogil:
    cdef unsigned int value
    memcpy(&value, &data[at], 4)
    return value

cdef inline unsigned long long get_uint64(const unsigned char[::1] data, Py_ssize_t at) noexcept nogil:
    cdef unsigned long long value
    memcpy(&value, &data[at], 8)
    return value

cdef inline Py_ssize_t doc_bits(const unsigned char[::1] data, Py_ssize_t header) noexcept nogil:
    return get_uint32(data, header + 12) & 63

cdef inline Py_ssize_t tf_bits(const unsigned char[::1] data, Py_ssize_t header) noexcept nogil:
    return get_uint32(data, header + 12) >> 6 & 63

cdef inline Py_ssize_t first_bits(const unsigned char[::1] data, Py_ssize_t header) noexcept nogil:
    return get_uint32(data, header + 12) >> 12 & 63

cdef inline Py_ssize_t exceptions(const unsigned char[::1] data, Py_ssize_t header) noexcept nogil:
    return get_uint32(data, header + 12) >> 18 & 63

cdef inline Py_ssize_t tfs_before(const unsigned char[::1] data, Py_ssize_t header) noexcept nogil:
    return 16 * (tf_bits(data, header) + first_bits(data, header)) + 2 * exceptions(data, header)

@cython.locals(value=cython.ulonglong, i=Py_ssize_t)
cdef unsigned long long _last_uint64(const unsigned char[::1] data, Py_ssize_t at) noexcept nogil

cdef unsigned long long _wide(unsigned int value) noexcept nogil
