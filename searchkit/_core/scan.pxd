cimport cython

cdef unsigned int _SEPARATOR, _CONTROL, _MARK, _TANWIN_FATH, _HAMZA_MARK
cdef unsigned int _ARABIC, _HAMZA, _OTHER, _DIGIT, _POINT, _COMMA, _EXPANDS, _VALUE, _KIND, _TABLE_SIZE
cdef unsigned int _ALEF, _BARE_HAMZA, _WAW, _YEH, _FULL_STOP, _FNV_BASIS, _FNV_PRIME, _UINT32

@cython.final
cdef class Scanner:
    cdef object _classify
    cdef object _expansions
    cdef unsigned int[::1] _actions
    cdef unsigned int[::1] _arena
    cdef unsigned int[::1] _bounds
    cdef unsigned int[::1] _hashes
    cdef unsigned int[::1] _slots
    cdef readonly Py_ssize_t num_types

    cpdef clear(self)

    @cython.locals(
        n=Py_ssize_t, i=Py_ssize_t, j=Py_ssize_t, start=Py_ssize_t, end=Py_ssize_t, count=Py_ssize_t,
        base=Py_ssize_t, size=Py_ssize_t, room=Py_ssize_t, tanwin_at=Py_ssize_t, hamza_at=Py_ssize_t, dotted_at=Py_ssize_t,
        known=Py_ssize_t, type_id=Py_ssize_t, pointed=bint, code=cython.uint, action=cython.uint,
        kind=cython.uint, script=cython.uint, value=cython.uint, hash_=cython.uint,
        actions=cython.uint[::1], arena=cython.uint[::1], letter=cython.Py_UCS4,
    )
    cpdef Py_ssize_t scan(
        self, str text, unsigned int[::1] types, unsigned int[::1] starts, unsigned int[::1] ends
    ) except -1

    @cython.locals(action=cython.uint)
    cdef unsigned int _learn(self, unsigned int code) except? 0

    @cython.locals(code=cython.uint, action=cython.uint)
    cdef unsigned int _kind_at(self, str text, Py_ssize_t at) except? 0

    cdef bint _is_decimal(self, str text, Py_ssize_t at) except -1

    @cython.locals(j=Py_ssize_t)
    cdef bint _is_group(self, str text, Py_ssize_t at) except -1

    @cython.locals(
        arena=cython.uint[::1], bounds=cython.uint[::1], hashes=cython.uint[::1], slots=cython.uint[::1],
        mask=cython.uint, slot=cython.uint, type_id=Py_ssize_t, first=Py_ssize_t, j=Py_ssize_t,
    )
    cdef Py_ssize_t _intern(self, Py_ssize_t base, Py_ssize_t size, unsigned int hash_) except -1

    cdef void _grow_arena(self) except *

    @cython.locals(
        capacity=Py_ssize_t, slots=cython.uint[::1], hashes=cython.uint[::1], mask=cython.uint,
        slot=cython.uint, type_id=Py_ssize_t,
    )
    cdef void _grow_table(self) except *

@cython.locals(i=Py_ssize_t, new=cython.uint[::1])
cdef _grown(unsigned int[::1] old, Py_ssize_t size)
