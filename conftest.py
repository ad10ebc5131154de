"""The examples on pages run: Python blocks as they stand, console blocks against what the command prints.

What the other blocks are held to is in `tests/page_blocks.py`.
"""

import contextlib
import gc
import io
import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from tests.page_blocks import CHECKED
from tests.profiles import portion
from tools.companions import put_on_path

from untoc_network.cli.main import main

pytest_plugins = ["tests.measuring"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how long, and from where, the fuzzer goes on, how often commands are killed, and canaries planted."""
    parser.addoption("--fuzz", type=int, default=0, metavar="SECONDS", help="try mutated inputs for so long a reader")
    parser.addoption("--kills", type=int, default=portion(25), metavar="N", help="kill commands that write so often")
    parser.addoption(
        "--canaries", type=int, default=portion(8), metavar="N", help="plant canaries in so many registers"
    )
    parser.addoption("--fuzz-seed", type=int, default=0, metavar="N", help="where the fuzzer begins")


def pytest_configure(config: pytest.Config) -> None:
    """Find the companions in `packages/` also where they are not installed; neither compile anew nor wait for disks."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # before workers and the programs that tests run are started
    os.fsync = os.fstat  # type: ignore[assignment]  # no power fails here; what is no open file is refused as well
    folder = tempfile.mkdtemp()
    config.add_cleanup(lambda: shutil.rmtree(folder))
    put_on_path(Path(folder))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """Let the garbage collector pass over the many thousand tests, which stay to the end, and come less often."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()
        gc.set_threshold(*gc.get_threshold()[:2], 100)  # what tests leave stays too: a tenth of the time went to it


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Stay in this process where files or tests are named: to start others takes longer than most files."""
    chosen = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    alone = bool(chosen) and all(Path(one.partition("::")[0]).is_file() for one in chosen)
    return 0 if alone or config.option.trace else None


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """Give the files out in less time than xdist does."""
    from tests.distribution import FileScheduling

    return FileScheduling(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Tell the first process of a test once, not of each of its phases: most tests take less than to tell of them."""
    if not hasattr(item.config, "workerinput"):
        return None
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def console(example: Example) -> None:
    """Run each `$ untoc-network …` in the block; after it stands what it prints, with `...` for what may vary.

    `$ echo $?` gives the exit code of the command before.
    """
    printed, code = "", 0
    for command, expected in _commands(example.parsed):
        if command == "echo $?":
            printed = f"{code}\n"
        else:
            program, *arguments = shlex.split(command)
            assert program == "untoc-network", f"{command}: only untoc-network is run"
            code, printed = _run(arguments)
        same = OutputChecker().check_output(f"{expected.rstrip()}\n", f"{printed.rstrip()}\n", ELLIPSIS)
        assert same, f"$ {command}\n{printed}"


def _commands(text: str) -> list[tuple[str, str]]:
    return [(line, rest) for line, _, rest in (part.partition("\n") for part in f"\n{text}".split("\n$ ")[1:])]


def _run(arguments: list[str]) -> tuple[int, str]:
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(io.StringIO()) as printed:
        patched.setenv("COLUMNS", "80")
        return main(arguments), printed.getvalue()


def enter_a_folder(namespace: dict[str, object]) -> None:
    """Give each page a folder of its own, so that its examples can write files; the repository's examples are there."""
    namespace["_before"], namespace["_folder"] = Path.cwd(), tempfile.mkdtemp()
    Path(str(namespace["_folder"]), "examples").symlink_to(Path(__file__).parent / "examples")
    os.chdir(str(namespace["_folder"]))


def leave_the_folder(namespace: dict[str, object]) -> None:
    """Go back, and take the folder away."""
    os.chdir(str(namespace["_before"]))
    shutil.rmtree(str(namespace["_folder"]))


PARSERS = [
    PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
    CodeBlockParser(language="console", evaluator=console),
    *(CodeBlockParser(language=language, evaluator=check) for language, check in CHECKED.items()),
    SkipParser(),
]

pages = Sybil(
    parsers=PARSERS,
    patterns=[
        "README*.md",
        "docs/*.md",
        "docs/*/*.md",
        "docs/reference/api/*.md",
        "packages/*/README.md",
        "examples/*/README.md",
        "examples/apps/*/README.md",
    ],
    excludes=["docs/_build/*", "docs/rules/*.md", "tests/*"],
    setup=enter_a_folder,
    teardown=leave_the_folder,
)
pytest_collect_file = pages.pytest()
