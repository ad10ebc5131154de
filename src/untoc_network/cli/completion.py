"""`completion`: a script by which a shell completes commands and options, made from the table of commands."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from untoc_network.cli.commands import COMMANDS, Definition
from untoc_network.cli.companions import find_announced
from untoc_network.cli.main import build_parser
from untoc_network.cli.output import write_out
from untoc_network.cli.parser import Parser

__all__ = ["DEFINITIONS"]

_EXAMPLES = """\
examples:
  untoc-network completion bash > ~/.local/share/bash-completion/completions/untoc-network
  untoc-network completion fish > ~/.config/fish/completions/untoc-network.fish

For zsh, put this line into .zshrc: source <(untoc-network completion zsh)
"""


def _add_completion_options(parser: Parser) -> None:
    parser.add_argument("shell", choices=tuple(_SHELLS), metavar="SHELL", help=", ".join(_SHELLS))


def _run_completion(chosen: argparse.Namespace) -> int:
    parsers = ((name, build_parser(name)) for name, command in COMMANDS.items() if command.module)
    options = {name: parser.options_of(name) for name, parser in parsers if parser is not None}
    options |= dict.fromkeys(find_announced(), ())
    write_out((f"{line}\n" for line in _SHELLS[chosen.shell](options)), chosen.output)
    return 0


def _write_bash_script(options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield "_untoc_network() {"
    yield '    local current="${COMP_WORDS[COMP_CWORD]}" words=""'
    yield '    case "$COMP_CWORD ${COMP_WORDS[1]}" in'
    yield f'        "1 "*) words="{" ".join(options)} --help --version" ;;'
    for name, known in options.items():
        yield f'        *" {name}") [[ "$current" == -* ]] && words="{" ".join(known)}" ;;'
    yield "    esac"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield "complete -o default -F _untoc_network untoc-network"


def _write_zsh_script(options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield "autoload -Uz bashcompinit && bashcompinit"
    yield from _write_bash_script(options)


def _write_fish_script(options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield f"complete -c untoc-network -n __fish_use_subcommand -a '{' '.join(options)}'"
    for name, known in options.items():
        for option in known:
            yield f"complete -c untoc-network -n '__fish_seen_subcommand_from {name}' -l {option.removeprefix('--')}"


_SHELLS = {"bash": _write_bash_script, "zsh": _write_zsh_script, "fish": _write_fish_script}
DEFINITIONS = {"completion": Definition(_run_completion, _EXAMPLES, _add_completion_options)}
