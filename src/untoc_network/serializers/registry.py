"""The forms that a register has in files: what reads and what writes each, and the suffixes that name it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Report
from untoc_network.model.register import Register
from untoc_network.serializers.codecs import csv_bundle, json, ndjson, yaml, yaml_folder
from untoc_network.serializers.codecs.yaml_comments import with_comments

__all__ = ["FORMS", "Form", "form_of"]


@attrs.frozen(kw_only=True)
class Form:
    """One form: its name, the suffixes of its files, what reads its bytes and what writes them piece by piece.

    A form in a folder has `files`, which writes each file with its name, and reads a mapping of the same.
    """

    name: str
    suffixes: tuple[str, ...]
    reads: Callable[..., tuple[Register | None, Report]]
    pieces: Callable[[Register], Iterable[bytes]]
    files: Callable[[Register], Iterable[tuple[str, bytes]]] | None = None
    keeping: Callable[[bytes, bytes], bytes] | None = None
    """Makes of a file's old content and the new one what is to be written, where something of the old one stays."""
    inside: tuple[str, ...] = ()
    """The suffixes of the files in a folder."""


def _at_once(dumps: Callable[[Register], bytes]) -> Callable[[Register], Iterator[bytes]]:
    def pieces(register: Register) -> Iterator[bytes]:
        yield dumps(register)

    return pieces


def _no_pieces(register: Register) -> Iterator[bytes]:  # noqa: ARG001
    raise UnsupportedFormat("a folder cannot be written as one file; name the form yaml or csv")


FORMS = {
    form.name: form
    for form in (
        Form(name="json", suffixes=(".json",), reads=json.reads, pieces=_at_once(json.dumps)),
        Form(
            name="yaml",
            suffixes=(".yaml", ".yml"),
            reads=yaml.reads,
            pieces=_at_once(yaml.dumps),
            keeping=with_comments,
        ),
        Form(name="ndjson", suffixes=(".ndjson", ".jsonl"), reads=ndjson.reads, pieces=ndjson.pieces),
        Form(name="csv", suffixes=(".zip",), reads=csv_bundle.reads, pieces=_at_once(csv_bundle.dumps)),
        Form(
            name="csv-folder",
            suffixes=(".datapackage",),
            reads=csv_bundle.reads_files,
            pieces=_no_pieces,
            files=csv_bundle.files_of,
            inside=(".csv", ".json"),
        ),
        Form(
            name="yaml-folder",
            suffixes=(".d",),
            reads=yaml_folder.reads_files,
            pieces=_no_pieces,
            files=yaml_folder.files_of,
            inside=(".yaml",),
            keeping=with_comments,
        ),
    )
}
"""Every form by its name."""

_BY_SUFFIX = {suffix: form for form in FORMS.values() for suffix in form.suffixes}


def form_of(name: str, form: str | None = None) -> Form:
    """The form of that name, or the one that a path names by its suffix; `-` is JSON.

    Raises `UnsupportedFormat` where there is no such form.
    """
    if form is None:
        return FORMS["json"] if name == "-" else _by_suffix(name)
    if form not in FORMS:
        raise UnsupportedFormat(f"{form}: the form is none of {', '.join(FORMS)}")
    return FORMS[form]


def _by_suffix(name: str) -> Form:
    suffix = Path(name).suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise UnsupportedFormat(f"{Path(name).name}: the suffix is none of {', '.join(sorted(_BY_SUFFIX))}")
    return _BY_SUFFIX[suffix]
