cimport cython

cdef unsigned int _SEPARATOR, _CONTROL, _MARK, _TANWIN_FATH, _HAMZA_MARK
cdef unsigned int _ARABIC, _HAMZA, _OTHER, _DIGIT, _POINT, _COMMA, _EXPANDS, _VALUE, _KIND, _TABLE_SIZE
cdef unsigned int _ALEF, _BARE_HAMZA, _WAW, _YEH, _FULL_STOP, _UINT16, _NEVER
cdef unsigned long long _UINT64, _MULTIPLIER
cdef Py_ssize_t _BATCH, _PAD
cdef bint _COMPILED

cdef class Scanner:
    cdef object _classify
    cdef object _expansions
    cdef unsigned int[::1] _actions
    cdef unsigned short[::1] _letters
    cdef unsigned long long[::1] _wide_letters
    cdef unsigned int[::1] _forms
    cdef unsigned int[::1] _read
    cdef unsigned int[::1] _offsets
    cdef unsigned int[::1] _sizes
    cdef unsigned int[::1] _hashes
    cdef object _units
    cdef unsigned short[::1] _arena
    cdef unsigned long long[::1] _wide_arena
    cdef unsigned int[::1] _firsts
    cdef unsigned int[::1] _lengths
    cdef unsigned int[::1] _slots
    cdef Py_ssize_t _arena_end
    cdef unsigned int _touched
    cdef readonly Py_ssize_t num_types

    cpdef clear(self)

    cpdef settle(self)

    @cython.locals(data=bytes, size=Py_ssize_t, i=Py_ssize_t)
    cpdef Py_ssize_t number(self, str text) except -1

    cpdef tuple spellings(self)

    @cython.locals(n=Py_ssize_t)
    cpdef Py_ssize_t scan(
        self, str text, unsigned int[::1] types, unsigned int[::1] starts, unsigned int[::1] ends
    ) except -1

    @cython.final
    @cython.locals(
        i=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, count=Py_ssize_t, base=Py_ssize_t,
        at=Py_ssize_t, room=Py_ssize_t, tanwin_at=Py_ssize_t, hamza_at=Py_ssize_t, carrier=Py_ssize_t, dotted_at=Py_ssize_t,
        waiting=Py_ssize_t, pointed=bint, more=cython.uint, taken=Py_ssize_t, k=Py_ssize_t, action=cython.uint, kind=cython.uint, script=cython.uint,
        plain=cython.uint, value=cython.uint, read=cython.uint[::1], letters=cython.ushort[::1],
    )
    cdef Py_ssize_t _scan(
        self, Py_ssize_t n, unsigned int[::1] types, Py_ssize_t first, unsigned int[::1] starts,
        unsigned int[::1] ends
    ) except -1 nogil

    @cython.final
    @cython.locals(
        i=Py_ssize_t, char=cython.Py_UCS4, code=cython.uint, action=cython.uint, read=cython.uint[::1],
        actions=cython.uint[::1],
    )
    cdef void _read_all(self, str text, Py_ssize_t size) except *

    @cython.final
    @cython.locals(letter=cython.Py_UCS4)
    cdef Py_ssize_t _expand(self, Py_ssize_t at, Py_ssize_t number) except -1 with gil

    @cython.final
    @cython.locals(action=cython.uint)
    cdef unsigned int _learn(self, unsigned int code) except? 0 with gil

    @cython.final
    cdef bint _is_decimal(self, Py_ssize_t at) except -1 nogil

    @cython.final
    @cython.locals(j=Py_ssize_t)
    cdef bint _is_group(self, Py_ssize_t at) except -1 nogil

    @cython.final
    @cython.locals(mask=cython.ulonglong, i=Py_ssize_t, touched=cython.uint)
    cdef Py_ssize_t _intern_all(self, unsigned int[::1] types, Py_ssize_t first, Py_ssize_t count) except -1 nogil

    @cython.final
    @cython.locals(
        mask=cython.ulonglong, slot=cython.ulonglong, first=Py_ssize_t, i=Py_ssize_t, differences=cython.ulonglong
    )
    cdef Py_ssize_t _intern(self, Py_ssize_t base, Py_ssize_t size, unsigned long long hash_) except -1 nogil

    @cython.final
    @cython.locals(type_id=Py_ssize_t, first=Py_ssize_t, end=Py_ssize_t, i=Py_ssize_t)
    cdef Py_ssize_t _add(self, Py_ssize_t slot, Py_ssize_t base, Py_ssize_t size, unsigned int hash_) except -1 nogil

    @cython.final
    cdef void _set_arena(self, object buffer) except *

    @cython.final
    cdef void _set_letters(self, object buffer) except *

    @cython.final
    cdef Py_ssize_t _grow_letters(self) except -1 with gil

    @cython.final
    cdef Py_ssize_t _grow_arena(self) except -1 with gil

    @cython.final
    @cython.locals(
        slots=cython.uint[::1], mask=cython.ulonglong, slot=cython.ulonglong, type_id=Py_ssize_t, first=cython.uint,
        hash_=cython.uint,
    )
    cdef Py_ssize_t _grow_table(self) except -1 with gil

@cython.locals(i=Py_ssize_t, hash_=cython.ulonglong)
cpdef unsigned int hash_word(unsigned long long[::1] letters, Py_ssize_t at, Py_ssize_t size) noexcept nogil

@cython.locals(i=Py_ssize_t, new=cython.uint[::1])
cdef _grown(unsigned int[::1] old)
