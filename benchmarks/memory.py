"""What the worst documents within the limits cost: peak memory and seconds of each reader, in processes of their own.

Run it with `python -m benchmarks.memory`, or with names of formats; Linux only, for it reads `/proc`. The promise is
less than 200 MB beside the input itself. The documents are made of one unit over and over, up to the limit on bytes.
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import untoc_network as un
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.serializers.source.limits import Limits
from untoc_network.testing import invented_register

PROMISED = 200
"""Megabytes."""

_HEAD = '{"schema_version":1,'
_EVENTS = _HEAD + '"events":['

_JSON = {
    "numbers in place of records": (_EVENTS, "1,", "]}"),
    "empty lists in place of records": (_EVENTS, "[],", "]}"),
    "empty objects": (_EVENTS, "{},", "]}"),
    "objects of an unknown field": (_HEAD + '"zz":[', '{"a":1},', "]}"),
    "records with one unknown field": (_EVENTS, '{"a":1},', "]}"),
    "deep lists": (_HEAD + '"zz":[', "[" * 50 + "1" + "]" * 50 + ",", "]}"),
    "deep objects": (_HEAD + '"zz":[', '{"a":' * 50 + "1" + "}" * 50 + ",", "]}"),
    "one key over and over": (_HEAD, '"a":1,', "}"),
    "nulls": (_HEAD + '"zz":[', "null,", "]}"),
    "errors within one record": (_HEAD + '"organizations":[{"id":"xa","kind":"ngo","aliases":[', "1,", "]}]}"),
    "empty objects within one record": (_HEAD + '"organizations":[{"id":"xa","kind":"ngo","aliases":[', "{},", "]}]}"),
    "one huge text": (_HEAD + '"zz":"', "x", '"}'),
    "one huge text of four bytes a letter": (_HEAD + '"zz":"\U0001f600', "x", '"}'),
    "one huge number": (_HEAD + '"zz":', "1", "}"),
    "escapes": (_HEAD + '"zz":"', "\\n", '"}'),
    "line feeds": (_HEAD + '"zz":', "\n", "1]"),
    "small sound records": (_HEAD + '"redirects":[', '{"old_id":"a","new_id":"b"},', "]}"),
    "no JSON": ("", "\U0001f600", ""),
}
_NDJSON = {
    "blank lines": ("", "\n \n1", ""),
    "numbers": (_HEAD[:-1] + "}\n", "1\n", ""),
    "empty records": (_HEAD[:-1] + "}\n", '{"collection":"events","record":{}}\n', ""),
    "other keys": (_HEAD[:-1] + '}\n{"collection":"events","record":{}', ',"%d":1', "}"),
    "broken lines": (_HEAD[:-1] + "}\n", "x\n", ""),
    "small sound records": (
        _HEAD[:-1] + "}\n",
        '{"collection":"redirects","record":{"old_id":"a","new_id":"b"}}\n',
        "",
    ),
}
_YAML = {
    "numbers": ("schema_version: 1\nevents:\n", "- 1\n", ""),
    "flow": ("schema_version: 1\nevents: [", "1,", "]"),
    "deep": ("schema_version: 1\nzz:\n", "- " * 50 + "1\n", ""),
    "anchors": ("schema_version: 1\nzz:\n", "- &a 1\n", ""),
    "aliases": ("schema_version: 1\nzz:\n- &a 1\n", "- *a\n", ""),
    "tags": ("schema_version: 1\nzz:\n", "- !!x 1\n", ""),
    "keys": ("schema_version: 1\n", "k%d: 1\n", ""),
    "comments": ("schema_version: 1\n", "#\n", ""),
    "one huge text": ("schema_version: 1\nzz: |\n  ", "x", "\n"),
    "one huge plain text": ("schema_version: 1\nzz: \U0001f600", "x", "\n"),
    "documents": ("schema_version: 1\n", "---\n", ""),
}
_CSV = {
    "commas": ("", ",", ""),
    "rows of one cell": ("id\n", "a\n", ""),
    "rows of two cells": ("old_id,new_id\r\n", "a,b\r\n", ""),
    "rows too long": ("id\n", "a,b\n", ""),
    "blank rows": ("id\n", "\n", ""),
    "cells of JSON": ("id,aliases\n", 'a,"[1,1,1,1]"\n', ""),
    "unclosed": ('id\n"', "a", ""),
    "columns": ("", "c%d,", ""),
}
_DESCRIPTOR = b'{"untoc_network":{"schema_version":1}}'


def _repeated(parts: tuple[str, str, str], size: int) -> bytes:
    """The unit between head and tail, over and over up to so many bytes; `%d` in it counts."""
    head, unit, tail = parts
    room = size - len(head.encode()) - len(tail.encode())
    if "%d" in unit:
        count = room // (len(unit) + 5)
        body = "".join(unit % number for number in range(count))
    else:
        body = unit * (room // len(unit.encode()))
    if tail[:1] in ("]", "}"):
        body = body.removesuffix(",")
    return f"{head}{body}{tail}".encode()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return content.getvalue()


def cases(form: str) -> Iterator[str]:
    """The names of the documents of a form."""
    yield "sound"
    yield from {"json": _JSON, "ndjson": _NDJSON, "yaml": _YAML, "csv": _CSV | {"many files": ("", "", "")}}[form]


def document(form: str, case: str, size: int) -> bytes:
    """The document of that name, of so many bytes; a zip file unpacks to them."""
    if case == "sound":
        return _sound(form, size)
    if form == "csv":
        files = {f"{number}.csv": b"" for number in range(size // 100)} if case == "many files" else {}
        table = {} if files else {"redirects.csv": _repeated(_CSV[case], size - len(_DESCRIPTOR))}
        return _zipped({"datapackage.json": _DESCRIPTOR} | table | files)
    return _repeated({"json": _JSON, "ndjson": _NDJSON, "yaml": _YAML}[form][case], size)


def _sound(form: str, size: int) -> bytes:
    """The largest invented register that keeps within so many bytes and the limit on values."""
    organizations = 16_000
    while True:
        data = b"".join(REGISTER_FORMATS[form].pieces(invented_register(organizations)))
        if len(data) <= size and REGISTER_FORMATS[form].reads(data)[1].ok:
            return data
        organizations = organizations * 3 // 4


def _measure(form: str, case: str, size: int) -> None:
    """Print the megabytes and seconds that reading takes, and what it finds."""
    data = document(form, case, size)
    reads = REGISTER_FORMATS[form].reads
    reads(document(form, "sound", 5_000))
    Path("/proc/self/clear_refs").write_text("5")
    before, started = _most_memory(), time.perf_counter()
    _, report = reads(data)
    seconds = time.perf_counter() - started
    codes = ", ".join(sorted({finding.code for finding in report}))
    megabytes = (_most_memory() - before) / 1000
    print(f"{form:7} {case:37} {len(data) / 1e6:6.2f} {megabytes:8.1f} {seconds:7.1f}  {len(report):6} {codes}")


def _most_memory() -> float:
    """The most kilobytes that this process has held since it was last asked to forget."""
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) * 1.024 for line in status.splitlines() if line.startswith("VmHWM"))


def main(arguments: list[str]) -> None:
    """Measure every document of the formats that are named, or of all."""
    if arguments[:1] == ["--one"]:
        _measure(arguments[1], arguments[2], int(arguments[3]))
        return
    print(f"untoc_network {un.__version__}; promised: {PROMISED} MB")
    print(f"{'format':7} {'document':37} {'MB':>6} {'peak MB':>8} {'seconds':>7}  findings")
    for form in arguments or ["json", "ndjson", "yaml", "csv"]:
        for case in cases(form):
            command = [sys.executable, "-m", "benchmarks.memory", "--one", form, case, str(Limits().max_bytes)]
            subprocess.run(command, check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
