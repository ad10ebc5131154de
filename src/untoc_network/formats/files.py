"""Registers in files: the format by the suffix, reading within limits, writing whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from untoc_network.errors import InvalidDocument, UnsupportedFormat
from untoc_network.findings import Report
from untoc_network.formats import json as json_format
from untoc_network.formats.limits import Limits
from untoc_network.formats.whole_files import bytes_of, write_whole
from untoc_network.model.register import Register

__all__ = ["EXAMPLE", "dump", "example", "load", "read"]

_READERS: dict[str, Callable[..., tuple[Register | None, Report]]] = {".json": json_format.reads}
_WRITERS: dict[str, Callable[[Register], bytes]] = {".json": json_format.dumps}

EXAMPLE = Path(__file__).parent.parent / "examples" / "americas-2022.json"
"""The register of the launch of the Regional Network for the Americas, as the package ships it."""


def read(path: str | os.PathLike[str], *, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from a file, or from standard input where the path is `-`. Never raises on content.

    Returns what could be read (None where nothing could) and a report of everything found; only where `report.ok` is
    the register whole. Raises `UnreadableInput` where the file cannot be opened, `UnsupportedFormat` for a suffix that
    names no known format.
    """
    name = os.fspath(path)
    reader = _READERS[".json"] if name == "-" else _by_suffix(_READERS, name)
    return reader(bytes_of(name, limits), file="<stdin>" if name == "-" else name, limits=limits)


def load(path: str | os.PathLike[str], *, limits: Limits = Limits()) -> Register:
    """Read a register from a file. Raises `InvalidDocument`, whose `.report` holds everything, on any error in it."""
    register, report = read(path, limits=limits)
    if register is None or not report.ok:
        raise InvalidDocument(report)
    return register


def dump(register: Register, path: str | os.PathLike[str]) -> None:
    """Write a register to a file in its canonical form.

    The file is replaced as a whole once everything is written; where that fails, what was there stays as it was.
    Raises `UnsupportedFormat` for a suffix that names no known format, `UnwritableOutput` where the folder takes no
    file.
    """
    write_whole(path, (_by_suffix(_WRITERS, os.fspath(path))(register),))


def example() -> Register:
    """The register of the launch of the Regional Network for the Americas, read from the package."""
    return load(EXAMPLE)


def _by_suffix(known: dict[str, Any], name: str) -> Any:
    suffix = Path(name).suffix.lower()
    if suffix not in known:
        raise UnsupportedFormat(f"{Path(name).name}: the suffix is none of {', '.join(sorted(known))}")
    return known[suffix]
