"""A register as JSON: strict reading with every finding in its place, canonical writing."""

from __future__ import annotations

import codecs
import json

from untoc_network.diagnostics.findings import Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import Register
from untoc_network.serializers.fast.fast_json import decode_register, encode_json
from untoc_network.serializers.fast.lazy_source_map import LazySourceMap
from untoc_network.serializers.source.encoding import encode_utf8, to_bytes
from untoc_network.serializers.source.json_scanner import scan_json
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.build_register import build_register, require_valid
from untoc_network.serializers.structure.converter import to_plain
from untoc_network.values.argument_checks import refuses_by_name
from untoc_network.values.collector import pause_gc

__all__ = ["dumps", "loads", "reads"]


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from JSON text. Never raises on content.

    The register holds what could be read and is None where nothing could; the report holds every finding, each with
    JSON Pointer, line and column. Only where `report.ok` is the register whole. Merging the report of `validate` into
    this one gives those findings their lines too.
    """
    content = to_bytes(data)
    with pause_gc(limits.hold_back_gc):
        if len(content) <= limits.max_bytes:
            body = content.removeprefix(codecs.BOM_UTF8)
            register = decode_register(body, limits)
            if register is not None:
                return register, Report((), LazySourceMap(body, limits, file))
        return build_register(scan_json(content, limits), file)


@refuses_by_name
def loads(data: bytes | str, *, limits: Limits = Limits()) -> Register:
    """Read a register from JSON text. Raises `InvalidDocument`, whose `.report` holds everything, on any error."""
    return require_valid(reads(data, limits=limits))


@refuses_by_name
def dumps(register: Register) -> bytes:
    """A register as canonical JSON: UTF-8, keys and records sorted, two blanks a level, one line feed at the end.

    Equal registers give the same bytes. Raises `InvalidDocument`, which names record and field, for what could not be
    read again.
    """
    ensure_sound(register)
    written = encode_json(register, indent=2)
    if written is not None:
        return written + b"\n"
    document = to_plain(register) | {"schema_version": register.schema_version}
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return encode_utf8(f"{text}\n")
