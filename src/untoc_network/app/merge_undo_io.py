"""What undoes a merge of records, in a file: two small registers in one JSON document."""

from __future__ import annotations

import json as plain_json
import os
from typing import Any

from untoc_network.diagnostics.errors import UnreadableInput
from untoc_network.matching import Undo
from untoc_network.model.form_check import require_valid
from untoc_network.serializers.codecs import json
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.file_replacement import write_atomically
from untoc_network.serializers.source.limits import Limits

__all__ = ["load_undo", "write_undo"]


def write_undo(undo: Undo, path: str | os.PathLike[str]) -> None:
    """Write what undoes a merge to a file. It holds whole records, so it is as confidential as the register.

    Raises `UnwritableOutput` where the folder takes no file.
    """
    write_atomically(path, (b'{"before": ', json.dumps(undo.before), b', "after": ', json.dumps(undo.after), b"}\n"))


def load_undo(path: str | os.PathLike[str], *, limits: Limits = Limits()) -> Undo:
    """What undoes a merge, read from a file, or from standard input where the path is `-`.

    Raises `UnreadableInput` where the file cannot be opened or is no such record, `InvalidDocument` where one of the
    registers in it has an error.
    """
    name = os.fspath(path)
    scanned = scan_json(read_limited(name, limits), limits)
    document = scanned.document
    if not (isinstance(document, dict) and scanned.readable and document.keys() == {"before", "after"}):
        raise UnreadableInput(f"{name}: the file does not hold what undoes a merge of records")
    return Undo(before=_read_register(document["before"], limits), after=_read_register(document["after"], limits))


def _read_register(document: Any, limits: Limits) -> Any:
    return require_valid(json.reads(plain_json.dumps(document), limits=limits))
