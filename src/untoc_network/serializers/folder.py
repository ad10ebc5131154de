"""A register in a folder of files: read within limits and as it was at one moment, written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.source.file_access import read_limited, unreadable_input
from untoc_network.serializers.source.file_replacement import replace_folder
from untoc_network.serializers.source.limits import Limits

__all__ = ["find_parts", "read_folder_files", "replace_folder_files", "report_unread_files"]

_MOST_READINGS = 5
"""So often a folder is read that somebody changes meanwhile."""


def read_folder_files(name: str, suffixes: tuple[str, ...], limits: Limits) -> dict[str, bytes | None]:
    """The files of these suffixes in a folder, by their names, as far as the limit allows.

    What else is there has None, so that it can be told; hidden files are no part of anything. A folder that is changed
    meanwhile is read again. Raises `UnreadableInput` where the system refuses, or where that happens each time.
    """
    for _ in range(_MOST_READINGS):
        before = _list_folder(name)
        try:
            files = _read_files(name, sorted(before.keys() - {os.curdir}), suffixes, limits)
        except UnreadableInput:
            if _list_folder(name) == before:
                raise
            continue
        if _list_folder(name) == before:
            return files
    raise UnreadableInput(f"{name}: the folder was changed each time that it was read")


def _list_folder(name: str) -> dict[str, tuple[int, ...]]:
    """What is in a folder, and the folder itself, with what is different once any of it was changed or replaced."""
    try:
        names = [os.curdir, *(found for found in os.listdir(name) if not found.startswith("."))]
        paths = {one: os.path.join(name, one) for one in names}
        found = {one: os.stat(path, follow_symlinks=os.path.exists(path)) for one, path in paths.items()}
    except (OSError, ValueError) as error:
        raise unreadable_input(name, error) from None
    return {one: (at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns) for one, at in found.items()}


def _read_files(
    folder: str, names: Iterable[str], suffixes: tuple[str, ...], limits: Limits
) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    size = 0
    for name in names:
        path = os.path.join(folder, name)
        read = None
        if name.lower().endswith(suffixes) and (os.path.isfile(path) or not os.path.exists(path)):
            # Only files: a pipe or a device might never end.
            read = b"" if size > limits.max_bytes else read_limited(path, limits)
        files[name] = read
        size += len(read or b"")
    return files


def report_unread_files(
    files: Mapping[str, bytes | None], known: Mapping[str, str], folder: str
) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a folder that were read, and a finding for each thing in it that was not."""
    read = {name: data for name, data in files.items() if data is not None}
    unread = sorted(files.keys() - read.keys())
    return read, [_report("no-file" if _find_part(name, known) else "no-part", f"{folder}{name}") for name in unread]


def find_parts(names: Iterable[str], known: Mapping[str, str], folder: str) -> tuple[dict[str, str], list[Finding]]:
    """The part that each file is, by what `known` calls it, and a finding for each file that is none.

    Suffixes count in capitals too. Of two files of one part only one is read, which has the usual name if any has.
    """
    parts: dict[str, str] = {}
    findings = []
    for name in sorted(names, key=lambda name: (name not in known, name)):
        part = _find_part(name, known)
        if part is not None and part not in parts.values():
            parts[name] = part
            continue
        is_like_parts = any(one.endswith(f".{name.rpartition('.')[2].lower()}") for one in known)
        problem = "part-twice" if part else "no-such-collection" if is_like_parts else "no-part"
        findings.append(_report(problem, f"{folder}{name}"))
    return parts, findings


def _find_part(name: str, known: Mapping[str, str]) -> str | None:
    stem, dot, suffix = name.rpartition(".")
    return known.get(f"{stem}{dot}{suffix.lower()}")


def _report(problem: str, file: str) -> Finding:
    return shape.invalid_file_bundle.finding((), {"problem": problem}, line=1, column=1).with_location(file=file)


def replace_folder_files(
    path: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], known: Mapping[str, str]
) -> None:
    """Replace a folder by one with these files, once they are all written; where that fails, it stays as it was.

    Raises `UnwritableOutput` where it holds anything else than the files of a register, which would be lost.
    """
    replace_folder(path, files, lambda folder: _list_others(folder, known))


def _list_others(folder: Path, known: Mapping[str, str]) -> list[str]:
    """What in a folder is no part of a register, or is one but stands elsewhere as well."""
    return [
        name
        for name in sorted(os.listdir(folder))
        if _find_part(name, known) is None
        or not stat.S_ISREG((at := os.lstat(folder / name)).st_mode)
        or at.st_nlink > 1
    ]
