"""The examples in README and docs run: Python blocks as they stand, console blocks against what the command prints."""

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
import tests.profiles  # noqa: F401 - chooses how much the generated tests try
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser, SkipParser
from tools.companions import put_on_path

from untoc_network.cli.main import main

pytest_plugins = ["tests.measuring"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add how long, and from where, the fuzzer goes on with each reader, and how often commands are killed."""
    parser.addoption("--fuzz", type=int, default=0, metavar="SECONDS", help="try mutated inputs for so long a reader")
    parser.addoption("--kills", type=int, default=5, metavar="N", help="kill commands that write so often")
    parser.addoption("--fuzz-seed", type=int, default=0, metavar="N", help="where the fuzzer begins")


def pytest_configure(config: pytest.Config) -> None:
    """Find the companions in `packages/` also where they are not installed, and let no process compile all anew."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # before workers and the programs that tests run are started
    folder = tempfile.mkdtemp()
    config.add_cleanup(lambda: shutil.rmtree(folder))
    put_on_path(Path(folder))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[object]:
    """Let the garbage collector pass over the many thousand tests: they stay to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Stay in this process where files or tests are named: to start others takes longer than most files."""
    chosen = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    alone = bool(chosen) and all(Path(one.partition("::")[0]).is_file() for one in chosen)
    return 0 if alone or config.option.trace else None


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
    SkipParser(),
]

readme = Sybil(parsers=PARSERS, patterns=["README.md"], excludes=["*/README.md"])
docs = Sybil(
    parsers=PARSERS,
    patterns=["docs/*.md", "docs/*/*.md"],
    excludes=["docs/_build/*", "docs/rules/*.md"],
    setup=enter_a_folder,
    teardown=leave_the_folder,
)
pytest_collect_file = (readme + docs).pytest()
