"""Files read within limits; files and folders written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from untoc_network.diagnostics.errors import UnreadableInput, UnwritableOutput
from untoc_network.serializers.source.limits import Limits

__all__ = ["open_input", "read_limited", "replace_folder", "unreadable_input", "write_atomically"]


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
        raise unreadable_input(name, error) from None


def unreadable_input(name: str, error: Exception) -> UnreadableInput:
    """The exception where a file or folder cannot be read, for what the system says."""
    problem = getattr(error, "strerror", None) or "cannot be read"
    return UnreadableInput(f"{name if name.isprintable() else ascii(name)}: {problem.lower()}")


def read_limited(name: str, limits: Limits) -> bytes:
    """The content, and one byte more than the limit at most, so that a file without end ends."""
    with open_input(name) as file:
        return file.read(limits.max_bytes + 1)


def write_atomically(path: str | os.PathLike[str], pieces: Iterable[bytes]) -> None:
    """Replace a file by the pieces in a row once they are all written; where that fails, it stays as it was.

    A new file has the mode that the system gives it, another keeps its own. Raises `UnwritableOutput` where the folder
    takes no file.
    """
    target = Path(path).resolve()
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        # The kernel takes the umask off; asking for it would change it for the whole process for a moment.
        descriptor = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    try:
        with open(descriptor, "wb") as file:
            if mode is not None:  # before anything is in it that fewer people may read
                os.chmod(temporary, mode)
            file.writelines(pieces)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def replace_folder(
    path: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], may_go: Callable[[Path], None]
) -> None:
    """Replace a folder by one with these files, whose names may lead into folders, once they are all written.

    Where that fails, it stays as it was, and nothing else is left. `may_go` raises where what is in the folder that
    is there must not be lost. Raises `UnwritableOutput` where the folder cannot be made, or a file has its name.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_dir():
        raise UnwritableOutput(f"{target}: expected a folder, but a file has that name")
    if target.exists():
        may_go(target)
    try:
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise _unwritable(target.parent, error) from None
    try:
        new, old = made / "new", made / "old"
        new.mkdir()
        for name, data in files:
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)
        _exchange_folders(target, new, old)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _exchange_folders(target: Path, new: Path, old: Path) -> None:
    """Put the new folder in the place of the old one, and the old one back where that fails."""
    there = target.exists()
    if there:
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if there:
            old.rename(target)
        raise


def _unwritable(folder: Path, error: OSError) -> UnwritableOutput:
    return UnwritableOutput(f"{folder}: {(error.strerror or 'cannot be written to').lower()}")
