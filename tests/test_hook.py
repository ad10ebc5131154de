"""The hook for pre-commit runs a command that there is, on files that can be read."""

import re
from pathlib import Path

import pytest

from untoc_network.cli.main import main

HOOK = dict(
    line.removeprefix("- ").strip().split(": ", 1)
    for line in (Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
)


def test_the_hook_checks_each_register_that_is_committed(tmp_path, capsys):
    program, *arguments = HOOK["entry"].split()
    assert (HOOK["id"], program, HOOK["language"]) == ("untoc-network-validate", "untoc-network", "python")
    paths = [tmp_path / name for name in ("a.json", "b.json")]
    for path, text in zip(paths, ('{"schema_version": 1}', '{"schema_version": 1, "zzz": 1}'), strict=True):
        path.write_text(text)
    assert main([*arguments, *map(str, paths)]) == 1
    assert "b.json\n\nthe document\n" in capsys.readouterr().out


@pytest.mark.parametrize(("path", "taken"), [("registers/a.json", True), ("a.jsonl", False), ("a.yaml", False)])
def test_the_hook_takes_json_files(path, taken):
    assert bool(re.search(HOOK["files"], path)) is taken
