"""What a command cannot write is told in one line, whatever it makes."""

import shutil

import pytest

from untoc_network.cli.main import main
from untoc_network.serializers.files import EXAMPLE

MAKING = [
    ["validate", "register.json", "--format", "json"],
    ["convert", "register.json"],
    ["report", "register.json", "--on", "2024-01-01"],
    ["submission", "register.json", "--country", "Panama"],
    ["export", "register.json", "--to", "dot", "--on", "2024-01-01"],
    ["view", "register.json", "--audience", "public", "--on", "2024-01-01"],
    ["lots", "draw", "--seed", "s", "--settled-groups", "--review-group", "1"],
]


@pytest.mark.parametrize("arguments", MAKING, ids=lambda arguments: arguments[0])
def test_a_folder_in_the_place_of_the_output_is_told_in_a_line(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copy(EXAMPLE, "register.json")
    (tmp_path / "taken.json").mkdir()
    option = ["taken.json"] if arguments[0] == "convert" else ["-o", "taken.json"]
    assert main([*arguments, *option]) == 2
    (line,) = [line for line in capsys.readouterr().err.splitlines() if "taken" in line]
    assert line == "untoc-network: taken.json: is a directory"
