cdef inline unsigned long long bit(Py_ssize_t number) noexcept nogil:
    return 1ULL << number

cdef extern from *:
    """
    #if defined(__GNUC__)
    #define searchkit_lowest(bits) __builtin_ctzll(bits)
    #elif defined(_MSC_VER) && (defined(_M_X64) || defined(_M_ARM64))
    #include <intrin.h>
    static int searchkit_lowest(unsigned long long bits) {
        unsigned long place;
        _BitScanForward64(&place, bits);
        return (int)place;
    }
    #else
    static int searchkit_lowest(unsigned long long bits) {
        int place = 0;
        while (!(bits >> place & 1)) place++;
        return place;
    }
    #endif
    """
    int lowest "searchkit_lowest"(unsigned long long bits) nogil
