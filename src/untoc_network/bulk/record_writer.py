"""NDJSON written record by record, in memory that does not grow."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.form_check import ensure_sound
from untoc_network.model.register import TABLES, AnyRecord, Redirect, Register
from untoc_network.serializers.codecs.ndjson import format_record_line, iter_lines
from untoc_network.serializers.source.file_replacement import write_atomically
from untoc_network.values.argument_checks import check_arguments

__all__ = ["write_records"]

_COLLECTIONS = {cls: name for name, cls in TABLES.items()}


@check_arguments
def write_records(
    path: str | os.PathLike[str], records: Iterable[AnyRecord | Redirect], *, frame: Register | None = None
) -> None:
    """Write records to an NDJSON file in the order in which they come; the file appears once all are written.

    `frame` gives title, day and language; its own records come first. Raises `ImpossibleValue` for what is no record,
    `InvalidDocument` for one that could not be read again, `UnwritableOutput` where the folder takes no file.
    """
    write_atomically(path, _encode_lines(records, frame or Register()))


def _encode_lines(records: Iterable[AnyRecord | Redirect], frame: Register) -> Iterator[bytes]:
    yield from iter_lines(frame)
    for record in records:
        collection = _COLLECTIONS.get(type(record))
        if collection is None:
            raise ImpossibleValue(f"expected a record, got {type(record).__name__}")
        ensure_sound(record)
        yield format_record_line(collection, record)
