"""The host's cyclic garbage collector, which nothing here touches unless the caller asks for it by name."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["pause_gc"]


@contextlib.contextmanager
def pause_gc() -> Iterator[None]:
    """Hold the cyclic garbage collector back while many objects are made that all stay; for callers that ask for it.

    It would go through all of them again and again, and find nothing: objects of the model refer to each other by id.
    The collector is one for the whole process: other threads do without it for as long. It is left as it was found,
    its counts, thresholds and what was frozen too.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
