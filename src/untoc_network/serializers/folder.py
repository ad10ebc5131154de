"""A register in a folder of files: read within limits, written whole or not at all."""

from __future__ import annotations

import functools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import UnreadableInput, UnwritableOutput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.source.atomic_write import read_limited
from untoc_network.serializers.source.limits import Limits

__all__ = ["read_folder", "replace_folder", "report_unread_files", "write_folder"]


def read_folder(name: str, suffixes: tuple[str, ...], limits: Limits) -> dict[str, bytes | None]:
    """The files of these suffixes in a folder, by their names, as far as the limit allows. Raises `UnreadableInput`.

    What else is there has None, so that it can be told; hidden files are no part of anything.
    """
    try:
        paths = sorted(path for path in Path(name).iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "cannot be read"
        raise UnreadableInput(f"{name if name.isprintable() else ascii(name)}: {problem.lower()}") from None
    files: dict[str, bytes | None] = {}
    size = 0
    for path in paths:
        read = None
        if path.suffix in suffixes and not path.is_dir():
            read = b"" if size > limits.max_bytes else read_limited(str(path), limits)
        files[path.name] = read
        size += len(read or b"")
    return files


def report_unread_files(files: Mapping[str, bytes | None], folder: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a folder that were read, and a finding for each thing in it that was not."""
    read = {name: data for name, data in files.items() if data is not None}
    return read, [_no_part(f"{folder}{name}") for name in sorted(files.keys() - read.keys())]


def _no_part(file: str) -> Finding:
    found = shape.invalid_file_bundle.finding((), {"problem": "no-part"}, line=1, column=1)
    return found.with_location(file=file)


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
