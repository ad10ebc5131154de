"""Make the table of hazards: what can go wrong, how many inputs a run tried, and what came of it.

    python -m tools.build_hazards            run every test that a row names, count what it tries, write the page
    python -m tools.build_hazards --missing  run only those that have no count yet
    python -m tools.build_hazards --page     run nothing, write the page anew
    python -m tools.build_hazards --fuzz 5   run all with seconds in the place of a minute a reader: a rehearsal
    python -m tools.build_hazards --check FILE
                                             see that all that rows name ran, or was skipped, in the run that wrote FILE
                                             with `--inputs-to`

Rows are data in `tests/hazards/*.toml`, and the sentences of SECURITY.md with the tests in their footnotes. Numbers are
counted by the run (`tools/count_inputs.py`), kept in `tests/hazards/counts.json`, and never written by hand. A row:

    [[hazard]]
    what = "a disk that is full"
    writers = ["json", "yaml"]      # or "*" for all; so too readers, commands, later
    tests = ["tests/serializers/test_files.py::test_a_full_disk[{surface}]"]
    outcome = "holds"               # or limit, waits; then `advice` says in two sentences what a user should do

`{surface}` in a test stands for each reader, writer or command of the row, which then has a line of its own.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from untoc_network.cli.commands import COMMANDS
from untoc_network.interop.registry import FORMS
from untoc_network.reports.report_text import FORMATS
from untoc_network.serializers.registry import REGISTER_FORMATS

ROOT = Path(__file__).parent.parent
ROWS = ROOT / "tests/hazards"
COUNTS = ROWS / "counts.json"
PAGE = ROOT / "docs/explanation/hazards.md"
SECURITY = ROOT / "SECURITY.md"

OUTCOMES = ("holds", "limit", "waits")
KINDS = {
    "readers": "What reads",
    "writers": "What writes",
    "commands": "What is called",
    "later": "What is to come",
}
"""The kinds of surfaces, in the order of the page; what SECURITY.md promises comes after the commands."""
OTHER_READERS = (
    "list csv", "list xlsx", "mapping", "settings", "baseline", "undo of a merge", "record of a draw",
    "stream of records", "index of a publication",
)  # fmt: skip
LATER = ("service",)
TWO_PARTS = {
    "lots": ("lots draw", "lots verify"),
    "store": tuple(f"store {one}" for one in ("init", "load", "dump", "log", "check", "erase")),
}

OPENING = """\
# Hazards

What can go wrong where strangers send files, disks break and readers are curious; what was tried against it, and what
came of it. Numbers are inputs that the run which made this page went through: cases of tables, examples that properties
drew, documents that the fuzzer made (a minute for each reader). *Holds* means that none of them got through. *Limit*
means that something does, and says what to do. *Waits* means that this part is not built yet, and its row is kept for
it. Each part names its tests, which run with all others.

A finding of the fuzzer is kept as a file, and replayed by every run of the tests.
"""


@attrs.frozen(kw_only=True)
class Row:
    """One line of the page: what it is about, the hazard, the tests, and what came of them."""

    kind: str
    surfaces: tuple[str, ...]
    what: str
    tests: tuple[str, ...]
    outcome: str
    advice: str = ""
    each: bool = False
    """Whether the hazard was tried with each surface by itself."""


def surfaces() -> dict[str, tuple[str, ...]]:
    """Every reader, writer and command that there is, and those to come, from the tables of the library."""
    readable = (name for name, form in FORMS.items() if form.reads is not None)
    return {
        "readers": (*REGISTER_FORMATS, *readable, *OTHER_READERS),
        "writers": (*REGISTER_FORMATS, *FORMS, *(f"report in {name}" for name in FORMATS)),
        "commands": tuple(part for name in COMMANDS for part in TWO_PARTS.get(name, (name,))),
        "later": LATER,
    }


# -- rows ------------------------------------------------------------------------------------------------------------


def rows() -> list[Row]:
    """All rows: those of the files, and the sentences of SECURITY.md."""
    given = (one for path in sorted(ROWS.glob("*.toml")) for one in tomllib.loads(path.read_text("utf-8"))["hazard"])
    return [*(row for one in given for row in _rows_from(one)), *_promises()]


def _rows_from(given: Mapping[str, Any]) -> Iterator[Row]:
    tests, every = given.get("tests", ()), surfaces()
    for kind in KINDS.keys() & given.keys():
        named = every[kind] if given[kind] == "*" else tuple(given[kind])
        each = any("{surface}" in test for test in tests)
        for group in ((one,) for one in named) if each else (named,):
            yield Row(
                kind=kind,
                surfaces=group,
                what=given["what"],
                tests=tuple(test.replace("{surface}", group[0]) for test in tests),
                outcome=given["outcome"],
                advice=given.get("advice", ""),
                each=each,
            )


@attrs.frozen
class Sentence:
    """What SECURITY.md says in one go, and the tests that its notes name."""

    said: str
    tests: tuple[str, ...]


PROMISES, LIMITS, OPEN = "What the library promises", "Limits", "What it does not do"
_ADVICE = "*What to do:*"
_MARK = r"\[\^[\w-]+\]"


def security_part(title: str) -> str:
    """A part of SECURITY.md, without its title and the notes."""
    body = re.split(r"^(?=\[\^)", SECURITY.read_text("utf-8"), maxsplit=1, flags=re.MULTILINE)[0]
    return next(part.partition("\n")[2] for part in body.split("\n## ") if part.startswith(f"{title}\n"))


def sentences(text: str) -> list[Sentence]:
    """Every sentence of a text, up to the mark of its notes; what has no mark has no tests."""
    notes = re.split(r"^(?=\[\^)", SECURITY.read_text("utf-8"), flags=re.MULTILINE)[1:]
    named = {note[2 : note.index("]")]: tuple(re.findall(r"`([\w/.-]+\.py::\w+)`", note)) for note in notes}
    return [
        Sentence(said.strip(), tuple(test for mark in re.findall(_MARK, marks) for test in named[mark[2:-1]]))
        for said, marks in re.findall(rf"(.+?)((?:{_MARK})+|\Z)", text.strip(), re.DOTALL)
    ]


def held_sentences() -> list[Sentence]:
    """All sentences of SECURITY.md that say what the library does or does not do."""
    return [
        one
        for part in (PROMISES, LIMITS, OPEN)
        for block in _blocks(security_part(part))
        for one in sentences(block.partition(_ADVICE)[0])
    ]


def _blocks(part: str) -> Iterator[str]:
    """The paragraphs, items and rows of a part, each as one text; the cells of a row stand behind one another."""
    for block in re.split(r"\n\n|\n(?=- )|\n(?=\|)", part.strip("\n")):
        plain = " ".join(block.removeprefix("- ").split())
        if not plain.startswith(("|---", "| what |", "Each sentence from here on")):
            yield ": ".join(filter(None, (cell.strip() for cell in plain.split("|"))))


def _promises() -> Iterator[Row]:
    for block in itertools.chain(_blocks(security_part(PROMISES)), _blocks(security_part(LIMITS))):
        for one in sentences(block):
            yield Row(kind="promises", surfaces=(), what=one.said, tests=one.tests, outcome="holds")
    for block in _blocks(security_part(OPEN)):
        said, _, advice = block.partition(_ADVICE)
        told = sentences(said)
        yield Row(
            kind="open",
            surfaces=(),
            what=" ".join(one.said for one in told),
            tests=tuple(test for one in told for test in one.tests),
            outcome="limit",
            advice=advice.strip(),
        )


# -- counts ----------------------------------------------------------------------------------------------------------


def count_for(test: str, counts: Mapping[str, int | None]) -> int | None:
    """What a test tried, in all of its cases where none is named; None where it did not run or did not hold."""
    found = [counts[name] for name in counts if name == test or name.startswith(f"{test}[")]
    return None if not found or None in found else sum(one for one in found if one is not None)


def run(tests: Sequence[str], seconds: int) -> dict[str, int | None]:
    """Run these tests as CI does, with the fuzzer for so many seconds a reader; what each tried, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "counts.json"
        whole = sorted({test.partition("[")[0] for test in tests})
        command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.count_inputs", "--inputs-to", str(target)]
        command += ["--dist", "load", "--fuzz", str(seconds), "--kills", "200", "--canaries", "200", *whole]
        ran = subprocess.run(command, cwd=ROOT, check=False, env={**os.environ, "CI": "true"})
        counts = json.loads(target.read_text("utf-8")) if target.exists() else {}
    if ran.returncode:
        print(f"the tests ended with {ran.returncode}", file=sys.stderr)
    return {test: count_for(test, counts) for test in tests}


def read_counts() -> dict[str, int]:
    """The counts of the last run."""
    kept: dict[str, int] = json.loads(COUNTS.read_text("utf-8"))
    return kept


# -- the page --------------------------------------------------------------------------------------------------------


def page(counts: Mapping[str, int]) -> str:
    """The page, from the rows and what was counted."""
    return "\n".join(_lines(rows(), counts))


def _lines(every: Sequence[Row], counts: Mapping[str, int]) -> Iterator[str]:
    yield OPENING
    for kind in ("readers", "writers", "commands"):
        yield from _table(KINDS[kind], [row for row in every if row.kind == kind], surfaces()[kind], counts)
    yield "## What SECURITY.md promises\n"
    yield "| promise | inputs tried | outcome |\n|---|---|---|"
    for row in every:
        if row.kind == "promises":
            yield f"| {_cell(row.what)} | {_tried(row, counts)} | {_outcome(row)} |"
    yield ""
    yield "## What SECURITY.md leaves open\n"
    yield "| what does not hold | inputs tried | what to do |\n|---|---|---|"
    for row in every:
        if row.kind == "open":
            yield f"| {_cell(row.what)} | {_tried(row, counts)} | {_cell(row.advice)} |"
    yield ""
    yield from _table(KINDS["later"], [row for row in every if row.kind == "later"], LATER, counts)


def _table(title: str, every: Sequence[Row], order: tuple[str, ...], counts: Mapping[str, int]) -> Iterator[str]:
    """The rows of a kind: first those that several share, then a table for each hazard that was tried one by one."""
    yield f"## {title}\n"
    single = [row for row in every if row.each]
    shared = sorted((row for row in every if not row.each), key=lambda row: order.index(row.surfaces[0]))
    if shared:
        yield "| hazard | of | inputs tried | outcome |\n|---|---|---|---|"
        for row in shared:
            named = "all" if row.surfaces == order else ", ".join(row.surfaces)
            yield f"| {_cell(row.what)} | {named} | {_tried(row, counts)} | {_outcome(row)} |"
        yield ""
    for what, group in itertools.groupby(single, key=lambda row: row.what):
        yield f"### {what[:1].upper()}{what[1:]}\n"
        yield "| of | inputs tried | outcome |\n|---|---|---|"
        yield from (f"| {row.surfaces[0]} | {_tried(row, counts)} | {_outcome(row)} |" for row in group)
        yield ""
    tests = sorted({test.partition("[")[0] for row in every for test in row.tests})
    if tests:
        yield "Held by:\n"
        yield from (f"- `{test}`" for test in tests)
        yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _tried(row: Row, counts: Mapping[str, int]) -> str:
    tried = [counts.get(test, 0) for test in row.tests]
    return f"{sum(tried):,}" if row.tests else ""


def _outcome(row: Row) -> str:
    return _cell(f"{row.outcome}: {row.advice}" if row.advice else row.outcome)


# -- the command -----------------------------------------------------------------------------------------------------


def named_tests() -> list[str]:
    """Every test that a row names, once."""
    return sorted({test for row in rows() for test in row.tests})


def untold(counts: Mapping[str, int | None], tests: Iterable[str]) -> list[str]:
    """The tests of which a run tells no input, with which no row holds."""
    return [test for test in tests if not counts.get(test)]


def main(arguments: Sequence[str]) -> int:
    """Count and write; 1 where a row has no input that held."""
    parser = argparse.ArgumentParser(prog="build_hazards", description=__doc__.partition("\n")[0])
    parser.add_argument("--missing", action="store_true")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--fuzz", type=int, default=60)
    parser.add_argument("--check", type=Path)
    chosen, wanted = parser.parse_args(arguments), named_tests()
    if chosen.check:
        told = json.loads(chosen.check.read_text("utf-8"))
        return _tell([test for test in wanted if count_for(test, told) is None])
    kept = read_counts() if COUNTS.exists() else {}
    if not chosen.page:
        due = [test for test in wanted if not (chosen.missing and test in kept)]
        kept |= {test: counted or 0 for test, counted in (run(due, chosen.fuzz) if due else {}).items()}
    kept = {test: kept[test] for test in wanted if kept.get(test)}
    COUNTS.write_text(f"{json.dumps(kept, indent=0)}\n", encoding="utf-8")
    PAGE.write_text(page(kept), encoding="utf-8")
    return _tell(untold(kept, wanted))


def _tell(missing: Sequence[str]) -> int:
    for test in missing:
        print(f"no input held: {test}", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
