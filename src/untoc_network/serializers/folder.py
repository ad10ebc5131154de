"""A register in a folder of files: read within limits, written whole or not at all."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from untoc_network.diagnostics.codes import reading as shape
from untoc_network.diagnostics.errors import UnwritableOutput
from untoc_network.diagnostics.findings import Finding
from untoc_network.serializers.source.file_access import read_limited, replace_folder, unreadable_input
from untoc_network.serializers.source.limits import Limits

__all__ = ["find_parts", "read_folder_files", "replace_folder_files", "report_unread_files"]


def read_folder_files(name: str, suffixes: tuple[str, ...], limits: Limits) -> dict[str, bytes | None]:
    """The files of these suffixes in a folder, by their names, as far as the limit allows. Raises `UnreadableInput`.

    What else is there has None, so that it can be told; hidden files are no part of anything.
    """
    try:
        paths = sorted(path for path in Path(name).iterdir() if not path.name.startswith("."))
    except (OSError, ValueError) as error:
        raise unreadable_input(name, error) from None
    files: dict[str, bytes | None] = {}
    size = 0
    for path in paths:
        read = None
        if path.suffix.lower() in suffixes and not path.is_dir():
            read = b"" if size > limits.max_bytes else read_limited(str(path), limits)
        files[path.name] = read
        size += len(read or b"")
    return files


def report_unread_files(files: Mapping[str, bytes | None], folder: str) -> tuple[dict[str, bytes], list[Finding]]:
    """The files of a folder that were read, and a finding for each thing in it that was not."""
    read = {name: data for name, data in files.items() if data is not None}
    stray = shape.invalid_file_bundle.finding((), {"problem": "no-part"}, line=1, column=1)
    return read, [stray.with_location(file=f"{folder}{name}") for name in sorted(files.keys() - read.keys())]


def find_parts(names: Iterable[str], known: Mapping[str, str], folder: str) -> tuple[dict[str, str], list[Finding]]:
    """The part that each file is, by what `known` calls it, and a finding for each file that is none.

    Suffixes count in capitals too. Of two files of one part only the first is read.
    """
    parts: dict[str, str] = {}
    findings = []
    for name in sorted(names):
        stem, dot, suffix = name.rpartition(".")
        part = known.get(f"{stem}{dot}{suffix.lower()}")
        if part is not None and part not in parts.values():
            parts[name] = part
            continue
        is_like_parts = any(one.endswith(f".{suffix.lower()}") for one in known)
        problem = "part-twice" if part else "no-such-collection" if is_like_parts else "no-part"
        misfit = shape.invalid_file_bundle.finding((), {"problem": problem}, line=1, column=1)
        findings.append(misfit.with_location(file=f"{folder}{name}"))
    return parts, findings


def replace_folder_files(
    path: str | os.PathLike[str], files: Iterable[tuple[str, bytes]], suffixes: tuple[str, ...]
) -> None:
    """Replace a folder by one with these files, once they are all written; where that fails, it stays as it was.

    Raises `UnwritableOutput` where it holds anything else than files of these suffixes, which would be lost.
    """
    replace_folder(path, files, functools.partial(_refuse_to_lose_other_files, suffixes))


def _refuse_to_lose_other_files(suffixes: tuple[str, ...], target: Path) -> None:
    others = [one.name for one in sorted(target.iterdir()) if one.suffix.lower() not in suffixes or not one.is_file()]
    if others:
        raise UnwritableOutput(f"{target}: the folder holds other files, which would be lost: {', '.join(others[:3])}")
