"""What kernels name of Cython where they run interpreted."""

from contextlib import nullcontext

compiled = False
nogil = nullcontext()
"""Compiled, other threads run meanwhile."""
