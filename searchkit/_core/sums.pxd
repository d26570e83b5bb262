cimport cython
from libc.string cimport memset

cdef int _HIGHEST

@cython.locals(least=cython.int, bit=cython.int)
cpdef int kth(const unsigned short[::1] sums, Py_ssize_t size, Py_ssize_t k) noexcept nogil

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define searchkit_fetch(address) __builtin_prefetch(address)
    #else
    #define searchkit_fetch(address) ((void)0)
    #endif
    """
    void searchkit_fetch(const void* address) nogil

cdef inline void fetch(const unsigned int[::1] words, Py_ssize_t begin) noexcept nogil:
    cdef const char* start = <const char*>&words[begin]
    cdef Py_ssize_t i
    for i in range(16):
        searchkit_fetch(start + 64 * i)

cdef inline void add_dense(
    unsigned short[::1] sums, const unsigned char[::1] scores, Py_ssize_t start, Py_ssize_t size, int scale
) noexcept nogil:
    cdef unsigned short* total = &sums[0]
    cdef const unsigned char* score = &scores[start]
    cdef unsigned short factor = <unsigned short>scale
    cdef Py_ssize_t chunk
    cdef int i
    for chunk in range(size >> 6):
        searchkit_fetch(score + 4096)
        for i in range(64):
            total[i] = <unsigned short>(total[i] + score[i] * factor)
        total += 64
        score += 64

cdef inline void help_dense(
    unsigned short[::1] sums, const unsigned char[::1] scores, Py_ssize_t start, Py_ssize_t size, int scale
) noexcept nogil:
    cdef unsigned short* total = &sums[0]
    cdef const unsigned char* score = &scores[start]
    cdef unsigned short factor = <unsigned short>scale
    cdef unsigned short there
    cdef Py_ssize_t chunk
    cdef int i
    for chunk in range(size >> 6):
        searchkit_fetch(score + 4096)
        for i in range(64):
            there = <unsigned short>(total[i] + 0x7FFF) >> 15  # 1 where there is a sum, which has 15 bits; else 0
            total[i] = <unsigned short>(total[i] + <unsigned short>(score[i] * factor) * there)
        total += 64
        score += 64

cdef inline void add_entries(
    unsigned short[::1] sums, const unsigned int[::1] words, Py_ssize_t begin, Py_ssize_t end, int shift
) noexcept nogil:
    cdef unsigned short* total = &sums[0]
    cdef const unsigned int* entries = &words[0]
    cdef unsigned int entry
    cdef int i
    while begin + 16 <= end:
        searchkit_fetch(entries + begin + 1024)
        for i in range(16):
            entry = entries[begin + i]
            total[entry >> 16] = <unsigned short>(total[entry >> 16] + ((entry & 0xFFFFU) >> shift) + 1)
        begin += 16
    while begin < end:
        entry = entries[begin]
        total[entry >> 16] = <unsigned short>(total[entry >> 16] + ((entry & 0xFFFFU) >> shift) + 1)
        begin += 1

@cython.locals(chunk=Py_ssize_t)
cdef inline Py_ssize_t survey(unsigned short[::1] sums, unsigned short[::1] most, Py_ssize_t chunks) noexcept nogil:
    cdef const short* some
    cdef short highest, count
    cdef Py_ssize_t matched = 0
    cdef int i
    for chunk in range(chunks):
        some = <const short*>&sums[64 * chunk]
        highest = 0
        count = 0
        for i in range(64):
            highest = some[i] if some[i] > highest else highest
            count += some[i] > 0
        most[chunk] = <unsigned short>highest
        matched += count
    return matched

cdef inline int count_least(const unsigned short[::1] sums, Py_ssize_t size, int least) noexcept nogil:
    cdef const short* some = <const short*>&sums[0]
    cdef short bar = <short>least
    cdef int count = 0
    cdef Py_ssize_t i
    for i in range(size):
        count += some[i] >= bar
    return count

cdef inline void clear(unsigned short[::1] sums, Py_ssize_t size) noexcept nogil:
    memset(&sums[0], 0, 2 * size)
