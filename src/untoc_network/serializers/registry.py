"""The forms that a register has in files: what reads and what writes each, and the suffixes that name it.

What reads and writes a form is loaded when it is first called: most programs use one form.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Report
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.register import Register

__all__ = ["REGISTER_FORMATS", "RegisterFormat", "find_format"]


@attrs.frozen(kw_only=True)
class RegisterFormat(SharedMethods):
    """One form: its name, the suffixes of its files, what reads its bytes and what writes them piece by piece.

    A form in a folder has `files`, which writes each file with its name, and reads a mapping of the same.
    """

    name: str
    suffixes: tuple[str, ...]
    reads: Callable[..., tuple[Register | None, Report]]
    pieces: Callable[[Register], Iterable[bytes]]
    files: Callable[[Register], Iterable[tuple[str, bytes]]] | None = None
    merge_with_old: Callable[[bytes, bytes], bytes] | None = None
    """Makes of a file's old content and the new one what is to be written, where something of the old one stays."""
    count_comments: Callable[[bytes], int] = lambda _: 0
    """How many comments a file has; without a default where `merge_with_old` keeps them."""
    file_suffixes: tuple[str, ...] = ()
    """The suffixes of the files in a folder."""
    list_parts: Callable[[], Mapping[str, str]] = dict
    """The names that the files in a folder may have, and what each part is called."""


def _get(codec: str, name: str) -> Any:
    return getattr(importlib.import_module(f"untoc_network.serializers.codecs.{codec}"), name)


def _call_later(codec: str, name: str) -> Callable[..., Any]:
    """A function that calls what a codec has under a name, and loads the codec for that."""

    def call(*given: Any, **named: Any) -> Any:
        return _get(codec, name)(*given, **named)

    return call


def _write_as_one_piece(codec: str) -> Callable[[Register], Iterator[bytes]]:
    def pieces(register: Register) -> Iterator[bytes]:
        yield _get(codec, "dumps")(register)

    return pieces


def _refuse_folder_as_one_file(register: Register) -> Iterator[bytes]:  # noqa: ARG001
    raise UnsupportedFormat("a folder cannot be written as one file; name the form yaml or csv")


_keep_comments, _count_comments = (_call_later("yaml_comments", name) for name in ("keep_comments", "count_comments"))

REGISTER_FORMATS = {
    form.name: form
    for form in (
        RegisterFormat(
            name="json", suffixes=(".json",), reads=_call_later("json", "reads"), pieces=_write_as_one_piece("json")
        ),
        RegisterFormat(
            name="yaml",
            suffixes=(".yaml", ".yml"),
            reads=_call_later("yaml", "reads"),
            pieces=_write_as_one_piece("yaml"),
            merge_with_old=_keep_comments,
            count_comments=_count_comments,
        ),
        RegisterFormat(
            name="ndjson",
            suffixes=(".ndjson", ".jsonl"),
            reads=_call_later("ndjson", "reads"),
            pieces=_call_later("ndjson", "iter_lines"),
        ),
        RegisterFormat(
            name="csv",
            suffixes=(".zip",),
            reads=_call_later("csv_bundle", "reads"),
            pieces=_write_as_one_piece("csv_bundle"),
        ),
        RegisterFormat(
            name="csv-folder",
            suffixes=(".datapackage",),
            reads=_call_later("csv_bundle", "read_files"),
            pieces=_refuse_folder_as_one_file,
            files=_call_later("csv_bundle", "to_files"),
            file_suffixes=(".csv", ".json"),
            list_parts=lambda: _get("csv_bundle", "PARTS"),
        ),
        RegisterFormat(
            name="yaml-folder",
            suffixes=(".d",),
            reads=_call_later("yaml_folder", "read_files"),
            pieces=_refuse_folder_as_one_file,
            files=_call_later("yaml_folder", "to_files"),
            file_suffixes=(".yaml", ".yml"),
            list_parts=lambda: _get("yaml_folder", "PARTS"),
            merge_with_old=_keep_comments,
            count_comments=_count_comments,
        ),
    )
}
"""Every form by its name."""

_BY_SUFFIX = {suffix: form for form in REGISTER_FORMATS.values() for suffix in form.suffixes}


def find_format(name: str, form: str | None = None) -> RegisterFormat:
    """The form of that name, or the one that a path names by its suffix; `-` is JSON.

    Raises `UnsupportedFormat` where there is no such form.
    """
    if form is None:
        return REGISTER_FORMATS["json"] if name == "-" else _find_format_by_suffix(name)
    if form not in REGISTER_FORMATS:
        raise UnsupportedFormat(f"{form}: the form is not one of {', '.join(REGISTER_FORMATS)}")
    return REGISTER_FORMATS[form]


def _find_format_by_suffix(name: str) -> RegisterFormat:
    suffix = Path(name).suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise UnsupportedFormat(f"{Path(name).name}: the suffix is not one of {', '.join(sorted(_BY_SUFFIX))}")
    return _BY_SUFFIX[suffix]
