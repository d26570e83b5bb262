cimport cython
from searchkit._core.postings cimport check_block, decode_tail, doc_bits, first_bits, gather, get_uint32, get_uint64
from searchkit._core.postings cimport tf_bits, tfs_before, unpack_docs, unpack_one, unpack_tf, unpack_tfs

cdef Py_ssize_t _BLOCK, _HEADER, _FIELDS, _MAX_LISTS
cdef long long _UINT32
cdef unsigned long long _HIGH_BITS

@cython.final
cdef class Cursors:
    cdef public bint damaged
    cdef readonly Py_ssize_t num_docs
    cdef const unsigned char[::1] data
    cdef unsigned int[::1] docs, tfs, firsts, _nothing
    cdef long long[::1] sizes, blocks, _described, _places, _counted

    @cython.locals(i=Py_ssize_t, j=Py_ssize_t, at=Py_ssize_t)
    cpdef void open(self, const unsigned char[::1] data, Py_ssize_t num_docs, const long long[::1] lists) except *

    cdef Py_ssize_t df(self, Py_ssize_t number) noexcept nogil

    cdef Py_ssize_t num_blocks(self, Py_ssize_t number) noexcept nogil

    cdef Py_ssize_t full_blocks(self, Py_ssize_t number) noexcept nogil

    cdef Py_ssize_t last_doc(self, Py_ssize_t number, Py_ssize_t block) noexcept nogil

    cdef int bound(self, Py_ssize_t number, Py_ssize_t block) noexcept nogil

    @cython.locals(full=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t, step=Py_ssize_t)
    cdef Py_ssize_t seek_block(self, Py_ssize_t number, Py_ssize_t block, Py_ssize_t doc) noexcept nogil

    @cython.locals(
        best=cython.double, full=Py_ssize_t, block=Py_ssize_t, here=Py_ssize_t, i=Py_ssize_t, tf=cython.double,
    )
    cpdef double most(self, Py_ssize_t number, Py_ssize_t lengths, double base, double slope, double factor) except -1

    @cython.locals(
        at=Py_ssize_t, start=Py_ssize_t, df=Py_ssize_t, full=Py_ssize_t, base=Py_ssize_t, here=Py_ssize_t,
        before=Py_ssize_t, header=Py_ssize_t, size=Py_ssize_t, last=Py_ssize_t, end=Py_ssize_t,
    )
    cdef void enter(self, Py_ssize_t number, Py_ssize_t block) noexcept nogil

    @cython.locals(at=Py_ssize_t, here=Py_ssize_t, end=Py_ssize_t, count=Py_ssize_t, last=Py_ssize_t)
    cdef void _enter_tail(self, Py_ssize_t number, Py_ssize_t start, Py_ssize_t before) noexcept nogil

    @cython.locals(header=Py_ssize_t)
    cdef void count(self, Py_ssize_t number) noexcept nogil

    cdef void lengths(self, Py_ssize_t number, Py_ssize_t at, double[::1] out) noexcept nogil

    cdef unsigned int length(self, Py_ssize_t at, Py_ssize_t doc) noexcept nogil

    @cython.locals(start=Py_ssize_t, header=Py_ssize_t)
    cdef Py_ssize_t _block_end(self, Py_ssize_t number) noexcept nogil

    @cython.locals(block=Py_ssize_t, here=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
    cdef Py_ssize_t find(self, Py_ssize_t number, Py_ssize_t doc) noexcept nogil

    @cython.locals(header=Py_ssize_t)
    cdef unsigned int tf(self, Py_ssize_t number, Py_ssize_t place) noexcept nogil

    @cython.locals(header=Py_ssize_t, at=Py_ssize_t)
    cdef unsigned int first(self, Py_ssize_t number, Py_ssize_t place) noexcept nogil

    cdef Py_ssize_t positions(self, Py_ssize_t number, Py_ssize_t place, unsigned int[::1] out) noexcept nogil

    @cython.locals(
        at=Py_ssize_t, here=Py_ssize_t, begin=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t, skipped=cython.longlong,
        wanted=Py_ssize_t, position=cython.longlong, value=cython.longlong, shift=cython.int, eight=cython.ulonglong,
    )
    cdef Py_ssize_t positions_at(
        self, Py_ssize_t number, Py_ssize_t place, unsigned int[::1] out, Py_ssize_t start, Py_ssize_t most
    ) noexcept nogil

cdef long long _wide(long long value) noexcept nogil
