"""Registers in files: the format by the suffix, reading within limits, writing whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from untoc_network.errors import UnwritableOutput
from untoc_network.findings import Report
from untoc_network.formats.folder import files_in, write_folder
from untoc_network.formats.forms import form_of
from untoc_network.formats.limits import Limits
from untoc_network.formats.origin import whole
from untoc_network.formats.source import bytes_of
from untoc_network.model.register import Register

__all__ = ["EXAMPLE", "bytes_of", "dump", "example", "load", "read", "write_whole"]

EXAMPLE = Path(__file__).parent.parent / "examples" / "americas-2022.json"
"""The register of the launch of the Regional Network for the Americas, as the package ships it."""


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
    chosen = form_of(name, form)
    content = files_in(name, chosen.inside, limits) if chosen.files else bytes_of(name, limits)
    return chosen.reads(content, file="<stdin>" if name == "-" else name, limits=limits)


def load(path: str | os.PathLike[str], *, limits: Limits = Limits(), form: str | None = None) -> Register:
    """Read a register from a file. Raises `InvalidDocument`, whose `.report` holds everything, on any error in it."""
    return whole(read(path, limits=limits, form=form))


def dump(register: Register, path: str | os.PathLike[str], *, form: str | None = None) -> None:
    """Write a register to a file in its canonical form, in the format that the suffix or `form` names.

    The file is replaced as a whole once everything is written; where that fails, what was there stays as it was.
    Raises `UnsupportedFormat` for a suffix that names no known format, `UnwritableOutput` where the folder takes no
    file, or where a folder that would be replaced holds other files.
    """
    chosen = form_of(os.fspath(path), form)
    if chosen.files:
        write_folder(path, chosen.files(register), chosen.inside)
    else:
        write_whole(path, chosen.pieces(register))


def write_whole(path: str | os.PathLike[str], pieces: Iterable[bytes]) -> None:
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


def example() -> Register:
    """The register of the launch of the Regional Network for the Americas, read from the package."""
    return load(EXAMPLE)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
