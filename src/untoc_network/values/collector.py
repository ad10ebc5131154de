"""The cyclic garbage collector, held back where it would only look at what stays."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator

__all__ = ["gc_held_back"]


@contextlib.contextmanager
def gc_held_back(held: bool = True) -> Iterator[None]:
    """Hold the cyclic garbage collector back while many objects are made that all stay.

    It would go through all of them again and again, and find nothing: objects of the model refer to each other by id.
    What was made counts as old afterwards, so that it is not gone through at once, but when everything is. Where a
    program has frozen objects itself, they stay frozen, and what was made counts as new.
    """
    held = held and gc.isenabled()
    if held:
        gc.disable()
    try:
        yield
    finally:
        if held:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()
