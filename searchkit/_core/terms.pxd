cimport cython

cdef Py_ssize_t _BLOCK_TERMS, _PAGE_BITS

@cython.locals(
    size=Py_ssize_t, at=Py_ssize_t, room=Py_ssize_t, value=cython.ulonglong, byte=cython.uint, code=cython.uint,
    other=cython.uint, base=cython.uint,
)
cpdef unsigned long long head(bytes term) except? 0

@cython.final
@cython.freelist(64)
cdef class Entry:
    cdef readonly bytes term
    cdef readonly Py_ssize_t df, occurrences, postings_start, postings_end, positions_start, positions_end

@cython.final
cdef class Dictionary:
    cdef const unsigned char[::1] terms, counts
    cdef const unsigned int[::1] offsets, tops
    cdef const unsigned long long[::1] _heads
    cdef Py_ssize_t _blocks
    cdef readonly Py_ssize_t num_terms
    cdef object _verify
    cdef const unsigned char[::1] _seen
    cdef Py_ssize_t _terms_page, _counts_page
    cdef unsigned char[::1] _checked

    @cython.locals(which=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, page=Py_ssize_t, last=Py_ssize_t)
    cdef void check(self, Py_ssize_t block) except *

    @cython.locals(block=Py_ssize_t, place=Py_ssize_t)
    cpdef Entry find(self, bytes term)

    @cython.locals(
        found=list, term=bytearray, length=Py_ssize_t, at=Py_ssize_t, end=Py_ssize_t, now=Py_ssize_t, i=Py_ssize_t,
        number=Py_ssize_t, block=Py_ssize_t, shared=Py_ssize_t, more=Py_ssize_t, k=Py_ssize_t,
    )
    cpdef list entries(self, list numbers)

    @cython.locals(wanted=cython.ulonglong, low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
    cpdef Py_ssize_t block_of(self, bytes term) except -2

    @cython.locals(wanted=cython.ulonglong, low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t, step=Py_ssize_t)
    cpdef Py_ssize_t block_from(self, bytes term, Py_ssize_t first) except -2

    @cython.locals(
        at=Py_ssize_t, end=Py_ssize_t, size=Py_ssize_t, count=Py_ssize_t, same=Py_ssize_t, place=Py_ssize_t,
        shared=Py_ssize_t, more=Py_ssize_t, stop=Py_ssize_t, i=Py_ssize_t,
    )
    cpdef Py_ssize_t place_in(self, Py_ssize_t block, bytes term) except -100

    @cython.locals(at=Py_ssize_t, more=Py_ssize_t, size=Py_ssize_t, i=Py_ssize_t)
    cdef bint _begins_by(self, Py_ssize_t block, bytes term) except -1

    @cython.locals(
        at=Py_ssize_t, df=Py_ssize_t, occurrences=Py_ssize_t, postings=Py_ssize_t, positions=Py_ssize_t,
        postings_end=Py_ssize_t, positions_end=Py_ssize_t, end=Py_ssize_t, _=Py_ssize_t, entry=Entry,
    )
    cdef Entry _entry(self, Py_ssize_t block, Py_ssize_t place, bytes term)

    @cython.locals(value=cython.ulonglong, shift=cython.int, byte=cython.ulonglong)
    cdef Py_ssize_t term_number(self, Py_ssize_t at) except -1

    cdef Py_ssize_t past_term_number(self, Py_ssize_t at) noexcept

    @cython.locals(value=cython.ulonglong, shift=cython.int, byte=cython.ulonglong)
    cdef Py_ssize_t count_number(self, Py_ssize_t at) except -1

    cdef Py_ssize_t past_count_number(self, Py_ssize_t at) noexcept

@cython.final
cdef class TermCursor:
    cdef Dictionary _dictionary
    cdef Py_ssize_t _number, _at, _count_at
    cdef readonly bytes term
    cdef readonly Py_ssize_t df, occurrences, postings_start, postings_end, positions_start, positions_end

    @cython.locals(dictionary=Dictionary, block=Py_ssize_t, place=Py_ssize_t, _=Py_ssize_t)
    cpdef bint seek(self, bytes term) except -1

    cpdef bint find(self, bytes term) except -1

    @cython.locals(dictionary=Dictionary, at=Py_ssize_t, shared=Py_ssize_t, more=Py_ssize_t, df=Py_ssize_t)
    cpdef bint next(self) except -1

    @cython.locals(other=TermCursor)
    cpdef TermCursor copy(self)

    @cython.locals(dictionary=Dictionary)
    cdef void _enter(self, Py_ssize_t block) except *

    cdef Py_ssize_t _count(self) except -1
