cimport cython

cdef extern from *:
    """
    /* CRC-32 by multiplication without carries: 64 bytes at a time are taken on to where the next 64 stand, until 16 are
       left that have the same checksum (Gopal and others, "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ
       Instruction", Intel, 2009). A number is x to the power of how many bits its half is moved by, modulo the
       polynomial, with the order of bits turned round. */
    #if defined(__x86_64__) && (defined(__clang__) || __GNUC__ >= 6)
    #include <immintrin.h>

    #define SEARCHKIT_MOVED(x, by) \\
        _mm_xor_si128(_mm_clmulepi64_si128(x, by, 0x00), _mm_clmulepi64_si128(x, by, 0x11))

    static int searchkit_multiplies(void) {
        return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
    }

    __attribute__((target("pclmul,sse4.1")))
    static unsigned int searchkit_checksum(const unsigned char *data, Py_ssize_t size) {
        const __m128i by_four = _mm_set_epi64x(0x1c6e41596, 0x154442bd4);
        const __m128i by_one = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0);
        const __m128i *from = (const __m128i *)data;
        __m128i parts[4];
        unsigned char rest[16];
        unsigned int sum = 0;
        int i, bit;
        for (i = 0; i < 4; i++)
            parts[i] = _mm_loadu_si128(from + i);
        parts[0] = _mm_xor_si128(parts[0], _mm_cvtsi32_si128(-1));
        for (from += 4, size -= 64; size >= 64; from += 4, size -= 64)
            for (i = 0; i < 4; i++)
                parts[i] = _mm_xor_si128(SEARCHKIT_MOVED(parts[i], by_four), _mm_loadu_si128(from + i));
        for (i = 1; i < 4; i++)
            parts[i] = _mm_xor_si128(SEARCHKIT_MOVED(parts[i - 1], by_one), parts[i]);
        _mm_storeu_si128((__m128i *)rest, parts[3]);
        for (i = 0; i < 16; i++)
            for (sum ^= rest[i], bit = 0; bit < 8; bit++)
                sum = sum >> 1 ^ (0xedb88320u & (0u - (sum & 1)));
        return ~sum;
    }
    #else
    static int searchkit_multiplies(void) { return 0; }
    static unsigned int searchkit_checksum(const unsigned char *data, Py_ssize_t size) { return 0; }
    #endif
    """
    int _multiplies "searchkit_multiplies"() nogil
    unsigned int searchkit_checksum(const unsigned char *data, Py_ssize_t size) nogil

cdef Py_ssize_t _PAGE, _STEP

cdef inline unsigned int _checksum(const unsigned char[::1] data, Py_ssize_t start, Py_ssize_t end) noexcept nogil:
    return searchkit_checksum(&data[start], end - start)

@cython.final
cdef class Pages:
    cdef object _view
    cdef const unsigned char[::1] _data
    cdef const unsigned int[::1] _checksums
    cdef const long long[::1] _spans
    cdef unsigned char[::1] _seen

    @cython.locals(
        section=Py_ssize_t, start=Py_ssize_t, begun=Py_ssize_t, stop=Py_ssize_t, end=Py_ssize_t, page=Py_ssize_t,
        at=Py_ssize_t,
    )
    cpdef Py_ssize_t verify(self, Py_ssize_t first, Py_ssize_t last) except -2

    @cython.locals(middle=Py_ssize_t, checksum=cython.uint)
    cdef unsigned int _sum(self, Py_ssize_t start, Py_ssize_t end) except? 0
