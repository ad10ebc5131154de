"""A register as JSON: strict reading with every finding in its place, canonical writing.

What is sound goes the short way, and where its records stand is looked for only when a finding needs it. All else goes
through the one scanner that explains, which a program that reads what is sound does not load.
"""

from __future__ import annotations

import codecs
import functools
from contextlib import nullcontext

from untoc_network.diagnostics.findings import FindingLocator, Report
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import Register
from untoc_network.serializers.fast.fast_json import encode_json
from untoc_network.serializers.fast.sound_records import RecordFinder, read_ids, read_register
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.source.text_bytes import encode_utf8, escape_marks, to_bytes
from untoc_network.serializers.structure.positions_locator import LazyLocator
from untoc_network.values.garbage_collection import pause_gc

__all__ = ["dumps", "reads"]


def reads(data: bytes | str, *, file: str | None = None, limits: Limits = Limits()) -> tuple[Register | None, Report]:
    """Read a register from JSON text. Never raises on content. Else as `untoc_network.reads`."""
    content = to_bytes(data)
    with pause_gc() if limits.hold_back_gc else nullcontext():
        if len(content) > limits.max_bytes:
            return _read_thoroughly(content, limits, file)
        body = content.removeprefix(codecs.BOM_UTF8)
        register, finder = read_register(body, limits)
        report = Report((), LazyLocator(lambda: _locate_records(body, limits, file)))
        if register is None:
            register, report = _read_thoroughly(content, limits, file, finder)
        explain_all = functools.partial(_read_thoroughly, body, limits, file)
        return register, Report(report, report.origin and LazyLocator(lambda: explain_all()[1].origin, report.origin))


def _read_thoroughly(
    content: bytes, limits: Limits, file: str | None, finder: RecordFinder | None = None
) -> tuple[Register | None, Report]:
    """Read with every finding in its place; the records that are found sound are passed over."""
    from untoc_network.serializers.codecs.json_scanner import scan_json  # which a sound text does not need
    from untoc_network.serializers.structure.build_register import (
        build_register,
        is_outdated,
    )

    scanned = scan_json(content, limits, finder=finder)
    if finder is not None and is_outdated(scanned.document):
        scanned = scan_json(content, limits)
    return build_register(scanned, file)


def _locate_records(data: bytes, limits: Limits, file: str | None) -> FindingLocator:
    """What knows where the records of a sound document stand; one is scanned when a place in it is asked for."""
    from untoc_network.serializers.codecs.json_scanner import scan_json
    from untoc_network.serializers.structure.text_locator import TextLocator, sort_records

    scanned = scan_json(data, limits, finder=RecordFinder(data, read_ids))
    return TextLocator(scanned=scanned, reading=sort_records(scanned.document), file=file)


def dumps(register: Register) -> bytes:
    """A register as canonical JSON: UTF-8, keys and records sorted, two blanks a level, one line feed at the end.

    Equal registers give the same bytes. Raises `InvalidDocument`, which names record and field, for what could not be
    read again.
    """
    ensure_sound(register)
    written = encode_json(register, indent=2)
    if written is not None:
        return escape_marks(written) + b"\n"
    import json

    from untoc_network.serializers.structure.structuring import to_document

    text = json.dumps(to_document(register), ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
    return escape_marks(encode_utf8(f"{text}\n"))
