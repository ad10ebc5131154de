"""A register as bytes, in every form that is one file: what services and notebooks have in the place of files."""

from __future__ import annotations

from collections.abc import Iterable

from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Report
from untoc_network.model.extension import Extension
from untoc_network.model.form_check import require_valid
from untoc_network.model.register import Register
from untoc_network.serializers.codecs import json
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.own_fields import type_own_fields
from untoc_network.values.argument_checks import check_arguments

__all__ = ["dumps", "loads", "reads"]


@check_arguments
def reads(
    data: bytes | str,
    *,
    form: str = "json",
    file: str | None = None,
    limits: Limits = Limits(),
    extensions: Iterable[Extension] = (),
) -> tuple[Register | None, Report]:
    """Read a register from JSON text, or from the `form` `yaml`, `ndjson` or `csv`, a zipped bundle of tables.

    Never raises on content. The register holds what could be read and is None where nothing could; the report holds
    every finding, each with JSON Pointer, line and column. Only where `report.ok` is the register whole. Merging the
    report of `validate` into this one gives those findings their lines too. `file` is what findings call the input.
    `extensions` declare own fields, which are then read by type; they go on with the register.

    Raises `UnsupportedFormat` for a form that is none, `MissingExtra` where it needs a package that is not installed.
    """
    if form == "json":  # which needs none of the others
        return type_own_fields(json.reads(data, file=file, limits=limits), extensions)
    from untoc_network.serializers.registry import find_format

    chosen = find_format("", form)
    if chosen.files:
        raise UnsupportedFormat(f"{form}: a folder cannot be read from one input; name the form yaml or csv")
    return type_own_fields(chosen.reads(data, file=file, limits=limits), extensions)


@check_arguments
def loads(
    data: bytes | str, *, form: str = "json", limits: Limits = Limits(), extensions: Iterable[Extension] = ()
) -> Register:
    """Read a register from text as `reads` does. Raises `InvalidDocument`, with the `.report`, on any error in it."""
    return require_valid(reads(data, form=form, limits=limits, extensions=extensions))


@check_arguments
def dumps(register: Register, *, form: str = "json") -> bytes:
    """A register in its canonical form: as JSON, or in the `form` `yaml`, `ndjson` or `csv`, as `reads` takes them.

    Equal registers give the same bytes. Raises `InvalidDocument`, which names record and field, for what could not be
    read again, and `UnsupportedFormat` for a form that is none.
    """
    if form == "json":
        return json.dumps(register)
    from untoc_network.serializers.registry import find_format

    return b"".join(find_format("", form).pieces(register))
