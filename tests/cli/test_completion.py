"""What shells complete."""

import subprocess

import pytest

from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import main


def script(shell, capsys):
    assert main(["completion", shell]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["val"], "validate"),
        (["merge-"], "merge-records"),
        (["validate", "--fail"], "--fail-on"),
        (["validate", "regi"], ""),
        (["completion", "--h"], "--help"),
    ],
)
def test_bash_completes_commands_and_options(words, wanted, capsys):
    line = " ".join(f"'{word}'" for word in ["untoc-network", *words])
    asked = f'COMP_WORDS=({line}); COMP_CWORD={len(words)}; _untoc_network; echo "${{COMPREPLY[*]}}"'
    ended = subprocess.run(["bash", "-c", script("bash", capsys) + asked], capture_output=True, check=True, text=True)
    assert (ended.stdout, ended.stderr) == (f"{wanted}\n", "")


def test_zsh_uses_what_bash_does(capsys):
    first, rest = script("zsh", capsys).split("\n", 1)
    assert first == "autoload -Uz bashcompinit && bashcompinit"
    assert rest == script("bash", capsys)


def test_fish_is_told_each_option(capsys):
    first, *lines = script("fish", capsys).splitlines()
    assert set(first.partition("-a ")[2].strip("'").split()) == {n for n, one in COMMANDS.items() if one.module} | {
        "lots",
        "store",
    }
    assert "complete -c untoc-network -n '__fish_seen_subcommand_from validate' -l fail-on" in lines
