"""Check with mypy and pyright what users write: every page, and the typing tests in `tests/typing/`.

    python tools/check_types.py

The Python of a page becomes one module, each line where it stands, so that what is told has the line of the page. All
is checked in one call of each: mypy as strict as it is, pyright as it comes. A line of a typing test that ends in
`# E: word` must be refused by both, with that word in what they say; every other line must pass.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sybil import Document
from sybil.parsers.myst import PythonCodeBlockParser

ROOT = Path(__file__).parent.parent
SOURCES = [str(path) for path in (ROOT / "src", *sorted(ROOT.glob("packages/*/src")))]
KINDS = ("tutorial", "how-to", "explanation", "reference")
"""The folders of the docs; what a build makes of rules has no Python."""

UNTYPED = ("distributed", "django", "duckdb", "fastapi", "jsonschema", "networkx", "pandas")
"""Packages on pages that carry no types, or only some, or are not here on every machine: pages may call them anyhow."""

ABSENT = ("django", "duckdb", "pandas")
"""Packages on pages of whose types nothing is known, here or anywhere: whatever one asks of them is there."""

Told = dict[tuple[Path, int], str]
"""What a checker says, by file and line."""


def list_pages() -> list[Path]:
    """The pages whose code people copy."""
    patterns = ("README.md", "packages/*/README.md", "docs/*.md", *(f"docs/{kind}/**/*.md" for kind in KINDS))
    found = (page for pattern in patterns for page in sorted(ROOT.glob(pattern)))
    return [page for page in found if "```python" in page.read_text(encoding="utf-8")]


def list_typing_tests() -> list[Path]:
    """The files that say what must pass and what must fail."""
    return sorted(ROOT.glob("tests/typing/*.py"))


def to_module(page: Path) -> str:
    """The Python of a page, each line where it stands."""
    document = Document.parse(str(page), PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS))
    lines = [""] * (document.text.count("\n") + 1)
    for example in document.examples():
        parsed, first = example.region.parsed, document.text.count("\n", 0, example.region.start)
        code = parsed.source if isinstance(parsed, doctest.Example) else str(parsed)
        if not isinstance(parsed, doctest.Example):
            first += parsed.line_offset + 1
        for place, line in enumerate(code.rstrip("\n").split("\n"), first):
            assert not lines[place], f"{page}:{place + 1}: two examples in one line"
            lines[place] = line
    return "\n".join(lines) + "\n"


def write_modules(folder: Path) -> dict[str, Path]:
    """Write all that is to be checked into a folder; the file behind each module."""
    modules = {}
    for source in (*list_pages(), *list_typing_tests()):
        name = re.sub(r"\W", "_", str(source.relative_to(ROOT).with_suffix("")))
        text = to_module(source) if source.suffix == ".md" else source.read_text(encoding="utf-8")
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
        modules[name] = source.relative_to(ROOT)
        for absent in re.findall(rf"^(?:from|import) ((?:{'|'.join(ABSENT)})[\w.]*)", text, re.MULTILINE):
            _write_stub(folder, absent)
    return modules


def _write_stub(folder: Path, module: str) -> None:
    """A module of which every name is there, in its packages."""
    for name in module.split("."):
        folder /= name
        folder.mkdir(exist_ok=True)
        (folder / "__init__.pyi").write_text(
            "from typing import Any\ndef __getattr__(name: str) -> Any: ...\n", "utf-8"
        )


def ask_mypy(folder: Path, modules: Mapping[str, Path]) -> Told:
    """What mypy says of the modules in a folder."""
    ignored = "".join(f"[mypy-{package}.*]\nignore_missing_imports = True\n" for package in UNTYPED)
    used = re.compile(rf"^(?:from|import) (?:{'|'.join(UNTYPED)})\b", re.MULTILINE)
    using = ",".join(name for name in modules if used.search((folder / f"{name}.py").read_text(encoding="utf-8")))
    settings = (
        "[mypy]\nstrict = True\npython_version = 3.11\n"  # as for the library, which is then known already
        f"[mypy-{using}]\ndisallow_subclassing_any = False\ndisallow_untyped_calls = False\n{ignored}"
    )
    (folder / "mypy.ini").write_text(settings, encoding="utf-8")
    printed = _run(folder, ["mypy", "--output", "json", "--cache-dir", str(ROOT / ".mypy_cache"), "."])
    told: Told = {}
    for line in printed.splitlines():
        if line.startswith("{") and (found := json.loads(line))["severity"] == "error":
            place = modules.get(Path(found["file"]).stem, Path(found["file"])), found["line"]
            told[place] = f"{told.get(place, '')}{found['message']} [{found['code']}] "
        elif not line.startswith(("{", "Success", "Found")):
            raise SystemExit(f"mypy: {printed}")
    return told


def ask_pyright(folder: Path, modules: Mapping[str, Path]) -> Told:
    """What pyright says of the modules in a folder; that a prompt shows a value and drops it is no matter."""
    settings = {
        "extraPaths": SOURCES,
        "pythonVersion": "3.11",
        "include": ["."],
        "reportUnusedExpression": False,
        "reportMissingImports": False,  # mypy tells, and knows the packages that may be missing
        "reportMissingModuleSource": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    printed = _run(folder, ["pyright", "--pythonpath", sys.executable, "--outputjson"])
    told: Told = {}
    for found in json.loads(printed)["generalDiagnostics"]:
        if found["severity"] != "information":
            place = modules[Path(found["file"]).stem], found["range"]["start"]["line"] + 1
            told[place] = f"{told.get(place, '')}{found['message'].partition(chr(10))[0]} "
    return told


def _run(folder: Path, words: list[str]) -> str:
    asked = {**os.environ, "MYPYPATH": os.pathsep.join(SOURCES)}
    command: list[Any] = [sys.executable, "-m", *words]
    ran = subprocess.run(command, cwd=folder, env=asked, stdout=subprocess.PIPE, text=True, check=False)
    return ran.stdout


def list_expected() -> Told:
    """The lines of the typing tests that must be refused, with the word that must be said of each."""
    return {
        (source.relative_to(ROOT), number): found[1].strip()
        for source in list_typing_tests()
        for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), 1)
        if (found := re.search(r"# E: (.+)", line))
    }


def compare(told: Told, expected: Told) -> Iterator[str]:
    """What a checker refuses and should not, and what it should refuse and does not."""
    for (file, line), message in sorted(told.items()):
        if expected.get((file, line), "\n") not in message:
            yield f"{file}:{line}: {message.strip()}"
    for file, line in sorted(expected.keys() - told.keys()):
        yield f"{file}:{line}: passes, and must not"


def main() -> int:
    """Ask both and print what is not as it should be; 1 where there is anything."""
    expected, found = list_expected(), 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch).resolve()
        modules = write_modules(folder)
        for name, ask in (("mypy", ask_mypy), ("pyright", ask_pyright)):
            for line in compare(ask(folder, modules), expected):
                print(f"{name}: {line}")
                found += 1
    print(f"{len(modules)} pages and typing tests, {len(expected)} lines that must fail: {found} not as they should be")
    return min(found, 1)


if __name__ == "__main__":
    raise SystemExit(main())
