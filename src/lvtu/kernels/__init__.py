"""Compiled loops over sorted arrays: no I/O, no Arrow, no classes.

A kernel is a plain Python function over one- or two-dimensional NumPy arrays and numbers, marked with
:func:`lvtu.kernels.compiler.kernel`. It allocates nothing: results and scratch space are arrays
that the caller passes in. Everything else about it (types, compilation, the cache on disk, the
release of the interpreter lock) belongs to the decorator.
"""
