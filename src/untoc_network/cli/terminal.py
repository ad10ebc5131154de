"""What the output can show: how wide it is, and whether in colour."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable

__all__ = ["is_coloured", "print_bytes", "print_json", "print_utf8", "width"]


def width() -> int | None:
    """The columns to fill, as many as there are; None where the output is no terminal and none are asked for."""
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return None
    return shutil.get_terminal_size((80, 24)).columns


def is_coloured(*, refused: bool) -> bool:
    """Whether to colour: on a terminal that can, unless `NO_COLOR` is set or it was refused."""
    able = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return able and not refused and not os.environ.get("NO_COLOR")


def print_json(document: object) -> None:
    """Print a document as JSON, in ASCII alone where the output is not UTF-8."""
    plain = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") != "utf8"
    print(json.dumps(document, ensure_ascii=plain, indent=2))


def print_utf8(pieces: Iterable[str]) -> None:
    """Print text that a program will read, in UTF-8 whatever the terminal is set to, with line feeds as they are."""
    print_bytes(piece.encode() for piece in pieces)


def print_bytes(pieces: Iterable[bytes]) -> None:
    """Print what is text in UTF-8, as it is."""
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:
        sys.stdout.writelines(piece.decode() for piece in pieces)
        return
    sys.stdout.flush()
    for piece in pieces:
        binary.write(piece)
    binary.flush()
