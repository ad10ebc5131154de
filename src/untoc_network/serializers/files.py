"""Registers in files: the format by the suffix, reading within limits, writing whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from untoc_network.diagnostics.codes.reading import invalid_file_bundle
from untoc_network.diagnostics.findings import Report
from untoc_network.model.extension import Extension
from untoc_network.model.form_check import require_valid
from untoc_network.model.register import TABLES, Register
from untoc_network.serializers.registry import REGISTER_FORMATS, RegisterFormat, find_format
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.own_fields import type_own_fields
from untoc_network.values.argument_checks import check_arguments

__all__ = ["EXAMPLE", "count_comments", "dump", "example", "find_register_folder", "load", "read", "write_register"]

EXAMPLE = Path(__file__).parent.parent / "examples" / "americas-2022.json"
"""The register of the launch of the Regional Network for the Americas, as the package ships it."""


@check_arguments
def read(
    path: str | os.PathLike[str],
    *,
    limits: Limits = Limits(),
    form: str | None = None,
    extensions: Iterable[Extension] = (),
) -> tuple[Register | None, Report]:
    """Read a register from a file, or from standard input where the path is `-`. Never raises on content.

    The suffix names the format, or `form` does: `json`, `yaml`, `ndjson`, `csv` for a zipped bundle of tables,
    `csv-folder` and `yaml-folder` for folders; standard input is JSON unless `form` says otherwise. Returns what could
    be read (None where nothing could) and a report of everything found; only where `report.ok` is the register whole.
    `extensions` declare own fields, which are then read by type; they go on with the register.

    Raises `UnreadableInput` where the file cannot be opened, `UnsupportedFormat` for a suffix that names no known
    format, `MissingExtra` where the format needs a package that is not installed.
    """
    name = os.fspath(path)
    if form is None and find_register_folder(name) is not None:
        alone = invalid_file_bundle.finding((), {"problem": "part-alone"}, line=1, column=1)
        return None, Report((alone.with_location(file=name),))
    chosen = find_format(name, form)
    content = _read_folder(name, chosen, limits) if chosen.files else read_limited(name, limits)
    found = chosen.reads(content, file="<stdin>" if name == "-" else name, limits=limits)
    return type_own_fields(found, extensions)


@check_arguments
def load(
    path: str | os.PathLike[str],
    *,
    limits: Limits = Limits(),
    form: str | None = None,
    extensions: Iterable[Extension] = (),
) -> Register:
    """Read a register from a file. Raises `InvalidDocument`, whose `.report` holds everything, on any error in it."""
    return require_valid(read(path, limits=limits, form=form, extensions=extensions))


@check_arguments
def dump(
    register: Register, path: str | os.PathLike[str], *, form: str | None = None, keep_comments: bool | None = None
) -> None:
    """Write a register to a file in its canonical form, in the format that the suffix or `form` names.

    The file is replaced as a whole once everything is written; where that fails, what was there stays as it was. A
    YAML file that is written anew keeps its comments, unless the register says less than the file did: a person was
    erased, or something that not everyone may see was left out. With `keep_comments` they stay, or go, in any case.
    Raises `UnsupportedFormat` for a suffix that names no known format, `UnwritableOutput` where the system
    refuses, or where a folder that would be replaced holds other files.
    """
    write_register(register, path, form=form, keep_comments=keep_comments)


def write_register(
    register: Register, path: str | os.PathLike[str], *, form: str | None = None, keep_comments: bool | None = None
) -> int:
    """Do what `dump` does, and give the number of comments that were left out."""
    from untoc_network.serializers.comments_to_keep import choose_comments  # which a program that reads need not load
    from untoc_network.serializers.folder import replace_folder_files
    from untoc_network.serializers.source.file_replacement import write_atomically

    chosen = find_format(os.fspath(path), form)
    if chosen.merge_with_old is None and chosen.files is None:
        write_atomically(path, chosen.pieces(register))
        return 0
    new = dict(chosen.files(register)) if chosen.files else {"": b"".join(chosen.pieces(register))}
    new, left_out = choose_comments(chosen, register, new, _read_old(Path(path), chosen), keep=keep_comments)
    if chosen.files:
        replace_folder_files(path, new.items(), chosen.list_parts())
    else:
        write_atomically(path, new.values())
    return left_out


def count_comments(path: str | os.PathLike[str], *, form: str | None = None) -> int:
    """How many comments a file or folder holds; none where there is no file, or where its format knows no comments."""
    chosen = find_format(os.fspath(path), form)
    return sum(chosen.count_comments(data) for data in _read_old(Path(path), chosen).values())


def _read_old(target: Path, chosen: RegisterFormat) -> dict[str, bytes]:
    """What is there, by the names of the files, where the format knows comments."""
    if chosen.merge_with_old is None:
        return {}
    if chosen.files is None:
        return {"": read_limited(str(target), Limits.large())} if target.is_file() else {}
    inside = _read_folder(str(target), chosen, Limits.large()) if target.is_dir() else {}
    return {name: data for name, data in inside.items() if data is not None}


def _read_folder(path: str, form: RegisterFormat, limits: Limits) -> dict[str, bytes | None]:
    from untoc_network.serializers.folder import read_folder_files

    return read_folder_files(path, form.file_suffixes, limits)


def find_register_folder(path: str | os.PathLike[str]) -> str | None:
    """The folder of the register of which a file is a part, or beside whose parts it lies; None where it is in none.

    The suffix of the folder tells it, with the name of the file or, where no part has that name, the file of the whole.
    """
    file = Path(path)
    for folder in file.parents:
        form = _FOLDER_FORMS.get(folder.suffix.lower())
        if form is not None and file.suffix.lower() in form.file_suffixes:
            parts = form.list_parts()
            is_part = folder == file.parent and f"{file.stem}{file.suffix.lower()}" in parts
            whole = (name for name, part in parts.items() if part not in TABLES)
            if file.is_file() and (is_part or any((folder / name).is_file() for name in whole)):
                return str(folder)
    return None


_FOLDER_FORMS = {suffix: form for form in REGISTER_FORMATS.values() if form.files for suffix in form.suffixes}


def example() -> Register:
    """The register of the launch of the Regional Network for the Americas, read from the package."""
    return load(EXAMPLE)
