"""Bytes from files and from standard input, within limits."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import BinaryIO

from untoc_network.errors import UnreadableInput
from untoc_network.formats.limits import Limits

__all__ = ["bytes_of", "opened"]


@contextlib.contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """A file to read from, or standard input where the name is `-`. Raises `UnreadableInput`, also while reading."""
    try:
        if name == "-":
            yield sys.stdin.buffer
        else:
            with open(name, "rb") as file:
                yield file
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "cannot be read"
        raise UnreadableInput(f"{name if name.isprintable() else ascii(name)}: {problem.lower()}") from None


def bytes_of(name: str, limits: Limits) -> bytes:
    """The content, and one byte more than the limit at most, so that a file without end ends."""
    with opened(name) as file:
        return file.read(limits.max_bytes + 1)
