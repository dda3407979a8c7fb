"""Keeps the server small: memory that is no longer needed goes back to the system, where the C library can be told so."""

import ctypes
import os
import platform

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of `mallopt` (malloc.h of glibc)."""
_LARGE = 65_536
"""Bytes from which a piece of memory is taken from the system for itself, so that it goes back as soon as it is free."""
_SETTINGS = {_ARENA_MAX: 2, _MMAP_THRESHOLD: _LARGE, _TRIM_THRESHOLD: _LARGE}
_POLARS = "dirty_decay_ms:200,muzzy_decay_ms:0"
"""Polars brings an allocator of its own (jemalloc), which reads this when it is imported: what is freed is kept for a fifth of a
second. (To keep nothing at all makes loading a third slower.)"""


def give_back() -> bool:
    """Have freed memory given back at once; tell whether the C library can be told so (glibc only: Linux).

    By itself glibc keeps what is freed, in up to eight pools per processor that threads fill one after the other, and takes ever
    larger pieces from them: a few hundred megabytes that nobody uses, once every page has been opened.
    """
    os.environ.setdefault("_RJEM_MALLOC_CONF", _POLARS)
    if platform.libc_ver()[0] != "glibc":
        return False
    library = ctypes.CDLL(None)
    return all(library.mallopt(option, value) == 1 for option, value in _SETTINGS.items())
