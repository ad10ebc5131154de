"""What the blocks of pages that are neither Python nor a console are held to.

Settings and mappings are read by the library, registers checked, workflows parsed, and each command is one that the program
takes. What a page tells to run outside of it has a row in `OUTSIDE`, with where it is run instead, or why nowhere.
"""

import json
import re
import shlex
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

import yaml
from sybil import Example

import untoc_network as un
from untoc_network.app import project_settings
from untoc_network.cli.main import build_parser

ROOT = Path(__file__).parent.parent

OUTSIDE = {
    "python3 -m venv .venv && .venv/bin/pip install ": "CI runs it in a fresh copy, from this page",
    "uv venv --clear .venv && uv pip install ": "CI runs it in a fresh copy, from README.md",
    "pip install ": "the paths are looked for; CI installs the same in a fresh environment",
    "python -m tools.": "it writes into the repository; tests run it elsewhere, and the module is looked for",
    "sphinx-build ": "CI builds the docs",
    "git ": "needs a repository of one's own",
    "curl ": "needs a running server; the tests of the service ask the same",
    "-d ": "the second line of the one before",
    ".venv/bin/register-service ": "needs what the library does not; the tests of the service run it",
    "docker ": "needs Docker",
}
"""How a line of a shell begins that is not run as it stands on the page, and what holds it instead."""


def check_shell(example: Example) -> None:
    """Let each command be one that the program takes, and each path to install from be there."""
    folder = Path(example.path).parent if Path(example.path).name == "README.md" else ROOT
    for line in str(example.parsed).strip().splitlines():
        command = line.strip().removeprefix(".venv/bin/")
        if command.startswith("untoc-network "):
            parse_command(command)
        else:
            assert line.strip().startswith((*OUTSIDE,)), f"{line}: run it, or say in tests/page_blocks.py why not"
        for module in re.findall(r"-m tools\.(\w+)", line):
            assert (ROOT / "tools" / f"{module}.py").exists(), f"{line}: there is no {module}"
        for path in re.findall(r"(?<=[ '])\.{1,2}(?:/[\w./-]*)?(?=[\[ '])", line if "pip install" in line else ""):
            assert any((home / path).exists() for home in (folder, ROOT)), f"{line}: there is no {path}"


def parse_command(command: str) -> None:
    """Have the program take the words of a command, and run nothing."""
    words = shlex.split(command.partition(" >")[0])[1:]
    parser = build_parser(words[0])
    assert parser is not None, f"{command}: no such command"
    try:
        parser.parse_all(words)
    except un.UntocNetworkError as error:
        raise AssertionError(f"{command}: {error}") from None


def check_toml(example: Example) -> None:
    """Read settings, mappings and the declaration of rules as the library does."""
    text = str(example.parsed)
    table = tomllib.loads(text)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "untoc-network.toml")
        file.write_text(text, encoding="utf-8")
        if "project" in table:
            assert [*table["project"]["entry-points"]] == ["untoc_network.rules"]
        elif table.keys() & {"columns", "words", "constants"}:
            un.member_lists.load_mapping(file)
        else:
            if "rules-from" in table:
                Path(folder, table["rules-from"]).touch()
            project_settings.load_configuration(file)


def check_json(example: Example) -> None:
    """Read a register or a record; other JSON is JSON."""
    given = json.loads(str(example.parsed))
    if "schema_version" in given:
        assert un.reads(str(example.parsed))[1].ok
    elif "id" in given:
        assert un.read_record(given, un.Organization)[1].ok


def check_yaml(example: Example) -> None:
    """Have the program take each command of a workflow; a hook is one that the repository has."""
    given = yaml.safe_load(str(example.parsed))
    for words in _texts(given, "run"):
        for line in words.strip().splitlines():
            if line.startswith("untoc-network "):
                parse_command(line)
            else:
                assert line.startswith("pip install "), line
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    assert hooks >= {*_texts(given, "id")}


def _texts(given: object, key: str) -> Iterator[str]:
    if isinstance(given, dict):
        yield from (text for name, text in given.items() if name == key and isinstance(text, str))
    for part in given.values() if isinstance(given, dict) else given if isinstance(given, list) else ():
        yield from _texts(part, key)


CHECKED = {"bash": check_shell, "json": check_json, "sh": check_shell, "toml": check_toml, "yaml": check_yaml}
"""What a block is held to by its language."""
