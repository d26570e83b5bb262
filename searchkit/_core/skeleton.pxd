cimport cython

cdef Py_ssize_t _MIN_LENGTH, _MAX_LENGTH
cdef unsigned int _LETTER, _NATIVE, _VOWEL, _PAIR_START, _BLOCK, _ENDS_IN_A, _ENDS_IN_I, _ENDS_IN_U, _ONLY_TWO

@cython.final
cdef class Skeletons:
    cdef const unsigned char[::1] _kinds
    cdef unsigned short[::1] _classes, _long_classes, _pairs
    cdef unsigned int _alef, _waw, _yeh, _heh, _hamza, _feh

    @cython.locals(size=Py_ssize_t, i=Py_ssize_t, end=Py_ssize_t)
    cpdef str key(self, str word)

    @cython.locals(
        i=Py_ssize_t, code=cython.uint, native=cython.uint, ending=cython.uint, last=cython.uint, before=cython.uint,
    )
    cpdef Py_ssize_t make(
        self, unsigned short[::1] word, Py_ssize_t first, Py_ssize_t size, unsigned short[::1] out
    ) except -1 nogil

    @cython.locals(
        count=Py_ssize_t, consonants=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, slot=Py_ssize_t, pair=Py_ssize_t,
        previous=cython.uint, letter=cython.uint, following=cython.uint, seen=cython.uint, waws=cython.ulonglong,
        one=cython.ulonglong, classes=cython.ushort[::1],
    )
    cdef Py_ssize_t _fill(
        self, unsigned short[::1] word, Py_ssize_t first, Py_ssize_t size, unsigned int ending,
        unsigned short[::1] out
    ) except -1 nogil

    cdef bint _is_vowel(self, unsigned int letter) noexcept nogil

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t _pair(self, unsigned int first, unsigned int second) noexcept nogil
