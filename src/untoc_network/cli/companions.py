"""Commands of other distributions, found by the entry points that they declare in the group `untoc_network.commands`.

The name of an entry point is the command, and its value a function that is given the subparsers of the command line and
adds that command, as `add_to` of the modules here does.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import EntryPoint, entry_points

from untoc_network.diagnostics.companions import COMPANIONS, how_to_get

__all__ = ["GROUP", "add_companions"]

GROUP = "untoc_network.commands"

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add_companions(commands: Commands[argparse.ArgumentParser], called: str) -> None:
    """Add the command that is called, or all where it is none of them.

    One that cannot be added is told in a line on standard error, and the others work. Raises `MissingExtra` where the
    command of a companion is called that is not installed.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value))
    wanted = [entry for entry in found if entry.name == called]
    if called in COMPANIONS and not wanted:
        raise how_to_get(called)
    for entry in wanted or found:
        try:
            _add(entry, commands)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - code of anybody, which may do anything
            words = " ".join(f"{type(error).__name__}: {error}".split())
            print(f"untoc-network: the command {entry.name!r} ({entry.value}) cannot be used: {words}", file=sys.stderr)


def _add(entry: EntryPoint, commands: Commands[argparse.ArgumentParser]) -> None:
    if entry.name in commands.choices:
        raise ValueError("another command has this name")
    add_to = entry.load()
    rehearsal = argparse.ArgumentParser().add_subparsers()  # so that what fails halfway leaves nothing behind
    add_to(rehearsal)
    if list(rehearsal.choices) != [entry.name]:
        raise ValueError(f"it adds {', '.join(map(repr, rehearsal.choices)) or 'no command'}")
    add_to(commands)
