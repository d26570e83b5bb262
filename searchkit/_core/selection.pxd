cimport cython

@cython.locals(
    left="unsigned long long[::1]", low=Py_ssize_t, high=Py_ssize_t, wanted=Py_ssize_t, middle=cython.ulonglong,
    i=Py_ssize_t, j=Py_ssize_t, other=cython.ulonglong,
)
cpdef unsigned long long largest(unsigned long long[::1] ranks, Py_ssize_t size, Py_ssize_t k) except? 0

@cython.locals(equal=Py_ssize_t, i=Py_ssize_t, kept=Py_ssize_t, rank=cython.ulonglong)
cpdef void keep_best(
    unsigned long long[::1] ranks, unsigned long long[::1] numbers, Py_ssize_t size, Py_ssize_t k,
    unsigned long long floor
) except *
