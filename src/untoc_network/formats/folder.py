"""A register in a folder of files: read within limits, written whole or not at all."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from untoc_network.documents.limits import Limits
from untoc_network.documents.whole_files import bytes_of
from untoc_network.errors import UnreadableInput, UnwritableOutput

__all__ = ["files_in", "replace_folder", "write_folder"]


def files_in(name: str, suffixes: tuple[str, ...], limits: Limits) -> dict[str, bytes]:
    """The files of these suffixes in a folder, by their names, as far as the limit allows. Raises `UnreadableInput`."""
    try:
        paths = sorted(path for path in Path(name).iterdir() if path.suffix in suffixes)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "cannot be read"
        raise UnreadableInput(f"{name if name.isprintable() else ascii(name)}: {problem.lower()}") from None
    files: dict[str, bytes] = {}
    size = 0
    for path in paths:
        files[path.name] = b"" if size > limits.max_bytes else bytes_of(str(path), limits)
        size += len(files[path.name])
    return files


def write_folder(path: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], suffixes: tuple[str, ...]) -> None:
    """Replace a folder by one with these files, once they are all written; where that fails, it stays as it was.

    Raises `UnwritableOutput` where it holds anything else than files of these suffixes, which would be lost.
    """
    replace_folder(path, files, functools.partial(_refuse_to_lose, suffixes))


def replace_folder(
    path: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], may_go: Callable[[Path], None]
) -> None:
    """Replace a folder by one with these files, whose names may lead into folders, once they are all written.

    Where that fails, it stays as it was, and nothing else is left. `may_go` raises where what is in the folder that
    is there must not be lost. Raises `UnwritableOutput` where the folder cannot be made, or a file has its name.
    """
    target = Path(path).resolve()
    if target.exists() and not target.is_dir():
        raise UnwritableOutput(f"{target}: there is a file of that name, and a folder is due")
    if target.exists():
        may_go(target)
    try:
        made = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise UnwritableOutput(f"{target.parent}: {(error.strerror or 'cannot be written to').lower()}") from None
    try:
        new, old = made / "new", made / "old"
        new.mkdir()
        for name, data in files:
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(data)
        _exchange(target, new, old)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _exchange(target: Path, new: Path, old: Path) -> None:
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


def _refuse_to_lose(suffixes: tuple[str, ...], target: Path) -> None:
    others = [one.name for one in sorted(target.iterdir()) if one.suffix not in suffixes or not one.is_file()]
    if others:
        raise UnwritableOutput(f"{target}: it holds other files, which would be lost: {', '.join(others[:3])}")
