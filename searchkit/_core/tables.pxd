cimport cython

from searchkit._core.scan cimport Scanner, hash_word
from searchkit._core.skeleton cimport Skeletons

cdef unsigned int _SEPARATOR, _TABLE_SIZE, _BLOCK
cdef Py_ssize_t _PAD, _BATCH, _CHUNK

@cython.final
cdef class WordTable(Scanner):
    cdef unsigned int[::1] _origins, _found, _starts, _stops

    @cython.locals(
        waiting=Py_ssize_t, base=Py_ssize_t, word=Py_ssize_t, first=Py_ssize_t, size=Py_ssize_t, hash_=cython.uint,
        i=Py_ssize_t, count=Py_ssize_t,
    )
    cpdef Py_ssize_t adopt(
        self, Scanner other, Py_ssize_t start, Py_ssize_t shard, Py_ssize_t shards, unsigned int[::1] numbers
    ) except -1

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t _put_adopted(
        self, Py_ssize_t count, Py_ssize_t shard, Py_ssize_t shards, unsigned int[::1] numbers
    ) except -1 nogil

    @cython.locals(i=Py_ssize_t, word=Py_ssize_t)
    cpdef void take_shard(self, Scanner other, Py_ssize_t shard, Py_ssize_t shards, Py_ssize_t base) except *

    cpdef void make_room(self, Py_ssize_t num_types, Py_ssize_t units) except *

    @cython.locals(
        total=Py_ssize_t, word=Py_ssize_t, first=Py_ssize_t, size=Py_ssize_t, count=Py_ssize_t, token=Py_ssize_t,
        i=Py_ssize_t,
    )
    cpdef Py_ssize_t scan_words(
        self, Scanner words, const unsigned char[::1] wanted, Py_ssize_t start, Py_ssize_t end,
        unsigned int[::1] types, unsigned int[::1] ends
    ) except -1

    @cython.locals(i=Py_ssize_t, end=Py_ssize_t, code=cython.uint, action=cython.uint)
    cdef Py_ssize_t _read_word(self, Scanner words, Py_ssize_t word, Py_ssize_t at) except -1 nogil

    @cython.locals(read=cython.uint[::1], i=Py_ssize_t)
    cdef Py_ssize_t _grow_read(self, Py_ssize_t size) except -1 with gil

    @cython.locals(size=Py_ssize_t)
    cdef Py_ssize_t number_of(self, Scanner words, Py_ssize_t word, Py_ssize_t skip) except -1 nogil

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t number_text(
        self, const unsigned char[::1] texts, Py_ssize_t start, Py_ssize_t size
    ) except -1 nogil

    @cython.locals(size=Py_ssize_t)
    cdef Py_ssize_t number_key(
        self, Skeletons skeletons, Scanner words, Py_ssize_t word, unsigned short[::1] buffer
    ) except -2 nogil

    @cython.locals(
        size=Py_ssize_t, first=Py_ssize_t, hash_=cython.ulonglong, mask=cython.ulonglong, slot=cython.ulonglong,
        own=Py_ssize_t, differences=cython.ulonglong, i=Py_ssize_t,
    )
    cdef Py_ssize_t find(self, Scanner words, Py_ssize_t word) except -2 nogil

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t _take(self, unsigned short[::1] units, Py_ssize_t first, Py_ssize_t size) except -1 nogil

    @cython.locals(i=Py_ssize_t)
    cdef Py_ssize_t _make_place(self, Py_ssize_t size) except -1 nogil
