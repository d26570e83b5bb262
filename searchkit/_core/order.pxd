cimport cython

from searchkit._core.terms cimport head

cdef int _DIGIT
cdef unsigned long long _MASK
cdef Py_ssize_t _FEW

@cython.locals(
    size=Py_ssize_t, order=cython.uint[::1], heads=cython.ulonglong[::1], i=Py_ssize_t, first=Py_ssize_t,
    last=Py_ssize_t, run=list,
)
cpdef order_terms(list terms)

@cython.locals(
    size=Py_ssize_t, order=cython.uint[::1], other=cython.uint[::1], spare=cython.uint[::1], places=cython.uint[::1],
    i=Py_ssize_t, digit=int, shift=int, bucket=cython.ulonglong,
)
cpdef order_keys(unsigned long long[::1] keys)
