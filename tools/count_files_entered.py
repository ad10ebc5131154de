"""Count the files of this library that a call enters: a line should find its way through few of them.

    python tools/count_files_entered.py

The way of a sound document to a register, of one bad value to its finding, of that to a report as text (without the
files that hold the rules themselves), and of a sheet of two rows to a register, each with the most that it may be.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import untoc_network as un

SOURCES = Path(un.__file__).resolve().parent
SOUND = b'{"schema_version": 1, "organizations": [{"id": "xa-ngo", "kind": "ngo", "name": {"en": "Refuge"}}]}'
BAD = SOUND.replace(b'"ngo"', b'"ngos"')
SHEET = b"Name;Country\nRefuge of XA;Panama\nHouse of XB;Peru\n"


def files_entered(call: Callable[[], object]) -> list[str]:
    """The files of the library whose functions run, once all that is made once is made."""
    call()
    entered: dict[str, None] = {}

    def look(frame: Any, event: str, _: object) -> None:
        if event == "call":
            entered[frame.f_code.co_filename] = None

    sys.setprofile(look)
    try:
        call()
    finally:
        sys.setprofile(None)
    return sorted(str(path.relative_to(SOURCES)) for name in entered if SOURCES in (path := Path(name)).parents)


def report_as_text() -> str:
    """Read and check a document with a bad value, and lay out its findings as text."""
    register, report = un.reads(BAD, file="register.json")
    checked = un.validate(register, on="2026-01-01") if register is not None else report
    return un.render_report(report.merge(checked), "text")


JOURNEYS: dict[str, tuple[Callable[[], object], int]] = {
    "sound JSON to a register": (lambda: un.reads(SOUND), 6),
    "one bad value to its finding": (lambda: list(un.reads(BAD)[1]), 12),
    "a bad value read, checked and rendered as text": (report_as_text, 15),
    "a sheet of two rows to a register": (lambda: un.import_bytes(SHEET, file="members.csv"), 12),
}


def main() -> int:
    """Print each way with its files; 1 where one is longer than it may be."""
    too_long = 0
    for name, (call, most) in JOURNEYS.items():
        files = [file for file in files_entered(call) if not file.startswith("rules/areas/")]
        too_long += len(files) > most
        print(f"{name}: {len(files)} files (at most {most})")
        print("".join(f"    {file}\n" for file in files), end="")
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main())
