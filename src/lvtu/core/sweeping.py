"""Work that makes many objects and leaves none in circles: the collector of circles waits until it is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Put the collector of circles off meanwhile.

    It begins whenever so many new objects live, and looks through all that do: of a picture of 4,000 cards a quarter of
    the time was that. For work of a second at most, whose objects are gone when it is done. Where several threads do
    such work the collector is back when the first is done.

    Example:
        >>> with unswept():
        ...     gc.isenabled()
        False
        >>> gc.isenabled()
        True
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            gc.enable()
