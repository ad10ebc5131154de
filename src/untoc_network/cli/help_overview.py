"""The help of the program as a whole: its commands in groups, each in a line, in one of the languages."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

from untoc_network.cli.commands import COMMANDS, GROUPS
from untoc_network.cli.companions import find_announced
from untoc_network.cli.language_choice import find_spoken_words
from untoc_network.cli.parser import wrap_help
from untoc_network.i18n.language_words import Words, english

__all__ = ["get_help_words", "overview"]

_EXAMPLES = """\
  untoc-network validate register.json
  untoc-network import members.csv -o register.json
  untoc-network export register.json -o network.ics
  untoc-network duplicates register.json
  untoc-network reviews register.json --on 2024-12-31
  untoc-network next register.json --stakeholder xa-ngo --on 2023-02-01
  untoc-network reference parties --instrument TIP --on 2022-10-31
  untoc-network explain EV014"""
_COLUMN = 18
"""Where what a command is for begins."""


def overview() -> Iterator[str]:
    """The lines of the help, as wide as there is room, in the language of the call."""
    words, width = get_help_words(), max(shutil.get_terminal_size().columns, 40)
    say = words.commands
    yield f"untoc-network {say['usage']}"
    yield ""
    yield from wrap_help(say["about"], width)
    for group in GROUPS:
        yield f"{say[f'group-{group}']}{words.colon}"
        for name, command in COMMANDS.items():
            if command.group == group:
                yield from _format_command_entry(name, say[name], width)
        yield ""
    others = [(name, entry) for name, entry in find_announced().items() if name not in COMMANDS]
    if others:
        yield f"{say['group-companions']}{words.colon}"
        for name, entry in others:
            yield from _format_command_entry(
                name, (entry.dist and entry.dist.metadata["Summary"]) or entry.value, width
            )
        yield ""
    yield f"{say['examples']}{words.colon}"
    yield from wrap_help(_EXAMPLES, width)
    yield from wrap_help(say["more"], width)
    yield from textwrap.wrap(say["exit-codes"], width)


def get_help_words() -> Words:
    """The words of the language of the call; English where it is unknown, since help is no place to refuse anything."""
    return find_spoken_words() or english()


def _format_command_entry(name: str, summary: str, width: int) -> list[str]:
    begins = f"  {name:{_COLUMN - 4}}  "
    return textwrap.wrap(summary, width, initial_indent=begins, subsequent_indent=" " * _COLUMN)
