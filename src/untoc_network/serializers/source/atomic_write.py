"""Files read within limits, and written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from untoc_network.diagnostics.errors import UnreadableInput, UnwritableOutput
from untoc_network.serializers.source.limits import Limits

__all__ = ["open_input", "read_limited", "write_atomically"]


@contextlib.contextmanager
def open_input(name: str) -> Iterator[BinaryIO]:
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


def read_limited(name: str, limits: Limits) -> bytes:
    """The content, and one byte more than the limit at most, so that a file without end ends."""
    with open_input(name) as file:
        return file.read(limits.max_bytes + 1)


def write_atomically(path: str | os.PathLike[str], pieces: Iterable[bytes]) -> None:
    """Replace a file by the pieces in a row once they are all written; where that fails, it stays as it was.

    Raises `UnwritableOutput` where the folder takes no file.
    """
    target = Path(path).resolve()
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise UnwritableOutput(f"{target.parent}: {(error.strerror or 'cannot be written to').lower()}") from None
    try:
        with open(descriptor, "wb") as file:
            file.writelines(pieces)
        os.chmod(temporary, target.stat().st_mode if target.exists() else 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
