"""Registers in files: the format by the suffix, reading within limits, writing whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from untoc_network.diagnostics.findings import Report
from untoc_network.model.register import Register
from untoc_network.serializers.folder import read_folder, write_folder
from untoc_network.serializers.registry import RegisterFormat, find_format
from untoc_network.serializers.source.file_access import read_limited, write_atomically
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.build_register import require_valid
from untoc_network.values.argument_checks import check_arguments

__all__ = ["EXAMPLE", "dump", "example", "load", "read"]

EXAMPLE = Path(__file__).parent.parent / "examples" / "americas-2022.json"
"""The register of the launch of the Regional Network for the Americas, as the package ships it."""


@check_arguments
def read(
    path: str | os.PathLike[str], *, limits: Limits = Limits(), form: str | None = None
) -> tuple[Register | None, Report]:
    """Read a register from a file, or from standard input where the path is `-`. Never raises on content.

    The suffix names the format, or `form` does: `json`, `yaml`, `ndjson`, `csv` for a zipped bundle of tables,
    `csv-folder` and `yaml-folder` for folders; standard input is JSON unless `form` says otherwise. Returns what could
    be read (None where nothing could) and a report of everything found; only where `report.ok` is the register whole.

    Raises `UnreadableInput` where the file cannot be opened, `UnsupportedFormat` for a suffix that names no known
    format, `MissingExtra` where the format needs a package that is not installed.
    """
    name = os.fspath(path)
    chosen = find_format(name, form)
    content = read_folder(name, chosen.file_suffixes, limits) if chosen.files else read_limited(name, limits)
    return chosen.reads(content, file="<stdin>" if name == "-" else name, limits=limits)


@check_arguments
def load(path: str | os.PathLike[str], *, limits: Limits = Limits(), form: str | None = None) -> Register:
    """Read a register from a file. Raises `InvalidDocument`, whose `.report` holds everything, on any error in it."""
    return require_valid(read(path, limits=limits, form=form))


@check_arguments
def dump(register: Register, path: str | os.PathLike[str], *, form: str | None = None) -> None:
    """Write a register to a file in its canonical form, in the format that the suffix or `form` names.

    The file is replaced as a whole once everything is written; where that fails, what was there stays as it was. A
    YAML file that is written anew keeps its comments. Raises `UnsupportedFormat` for a suffix that names no known
    format, `UnwritableOutput` where the folder takes no
    file, or where a folder that would be replaced holds other files.
    """
    chosen, target = find_format(os.fspath(path), form), Path(path)
    if chosen.files:
        files = ((name, _keep_comments(chosen, target / name, data)) for name, data in chosen.files(register))
        write_folder(path, files, chosen.file_suffixes)
    elif chosen.merge_with_old:
        write_atomically(path, (_keep_comments(chosen, target, b"".join(chosen.pieces(register))),))
    else:
        write_atomically(path, chosen.pieces(register))


def _keep_comments(chosen: RegisterFormat, target: Path, data: bytes) -> bytes:
    """What is to be written to a file, with what stays of what is there."""
    return chosen.merge_with_old(target.read_bytes(), data) if chosen.merge_with_old and target.is_file() else data


def example() -> Register:
    """The register of the launch of the Regional Network for the Americas, read from the package."""
    return load(EXAMPLE)
