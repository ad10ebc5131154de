"""The hook for pre-commit runs a command that there is, on files that can be read."""

import json
import re
from pathlib import Path

import pytest

import untoc_network as un
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


@pytest.mark.parametrize("part", ["organizations.yaml", "register.yaml", "notes.yaml"])
def test_what_is_committed_of_a_folder_stands_for_the_folder_which_is_checked_once(tmp_path, capsys, part):
    folder = tmp_path / "register.d"
    un.dump(un.example(), folder)
    (folder / "notes.yaml").touch()
    with (folder / "organizations.yaml").open("a", encoding="utf-8") as file:
        file.write("- id: xa-ngo\n  kind: zoo\n")
    assert main([*HOOK["entry"].split()[1:], str(folder / part), str(folder / "events.yaml"), "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["checked"]["inputs"] == 1
    assert sorted({Path(found["file"]).name for found in told["findings"] if found["severity"] == "error"}) == [
        "notes.yaml",
        "organizations.yaml",
    ]


def test_the_hook_brings_yaml_and_sees_all_files_at_once():
    assert HOOK["additional_dependencies"] == '[".[yaml]"]'
    assert HOOK["require_serial"] == "true"


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("registers/a.json", True),
        ("a.jsonl", True),
        ("a.yaml", False),
        (".github/workflows/ci.yml", False),
        ("register.d/organizations.yaml", True),
        ("register.d/organizations/extra.yml", True),
        ("register.datapackage/organizations.csv", True),
        ("members.csv", False),
    ],
)
def test_the_hook_takes_json_and_what_lies_in_the_folder_of_a_register(path, taken):
    assert bool(re.search(HOOK["files"], path)) is taken
