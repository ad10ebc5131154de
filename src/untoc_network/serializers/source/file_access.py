"""Files read within limits."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import BinaryIO

from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.serializers.source.limits import Limits

__all__ = ["open_input", "read_limited", "unreadable_input"]


@contextlib.contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
    """A file to read from, or standard input where the name is `-`. Raises `UnreadableInput`, also while reading."""
    try:
        if name == "-":
            yield _get_standard_input()
        else:
            with open(name, "rb") as file:
                yield file
    except (OSError, ValueError) as error:
        raise unreadable_input(name, error) from None


def _get_standard_input() -> BinaryIO:
    """The bytes of standard input. Raises `OSError` where it is closed, or a host has put a stream of text there."""
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise OSError("is closed, or holds no bytes")
    return stream


def unreadable_input(name: str, error: Exception) -> UnreadableInput:
    """The exception where a file or folder cannot be read, for what the system says."""
    said = getattr(error, "strerror", None) or (str(error) if isinstance(error, OSError) else "")
    shown = "standard input" if name == "-" else name if name.isprintable() else ascii(name)
    return UnreadableInput(f"{shown}: {(said or 'cannot be read').lower()}")


def read_limited(name: str, limits: Limits) -> bytes:
    """The content, and one byte more than the limit at most, so that a file without end ends."""
    with open_input(name) as file:
        return file.read(limits.max_bytes + 1)
