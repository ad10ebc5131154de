"""Commands and codes of other distributions, found by the entry points that they declare.

In the group `untoc_network.commands` the name of an entry point is the command, and its value a function that is given
the subparsers of the command line and adds that command, as `add_to` of the modules here does. In `untoc_network.codes`
the name is the letters that its codes begin with, and its value a function that gives them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points

from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.companions import AREAS_OF_CODES, COMPANIONS, how_to_get

__all__ = ["CODES", "GROUP", "add_companions", "code_elsewhere"]

GROUP = "untoc_network.commands"
CODES = "untoc_network.codes"

Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def add_companions(commands: Commands[argparse.ArgumentParser], called: str) -> None:
    """Add the command that is called, or all where it is none of them.

    One that cannot be added is told in a line on standard error, and the others work. Raises `MissingExtra` where the
    command of a companion is called that is not installed.
    """
    found = _declared(GROUP)
    wanted = [entry for entry in found if entry.name == called]
    if called in COMPANIONS and not wanted:
        raise how_to_get(called)
    for entry in wanted or found:
        try:
            _add(entry, commands)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - code of anybody, which may do anything
            _tell("command", entry, error)


def code_elsewhere(named: str) -> Code | None:
    """The code of that name or slug, in any case, among those of other distributions; None where there is none.

    Raises `MissingExtra` where it is one of a companion that is not installed.
    """
    wanted, companion = named.strip().lower(), AREAS_OF_CODES.get(named.strip()[:2].upper())
    found = _declared(CODES)
    if companion and not any(entry.name == named.strip()[:2].upper() for entry in found):
        raise how_to_get(companion)
    codes = (code for entry in found for code in _codes(entry))
    return next((code for code in codes if wanted in (code.code.lower(), code.slug)), None)


def _codes(entry: EntryPoint) -> Iterator[Code]:
    try:
        yield from entry.load()()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of anybody
        _tell("codes", entry, error)


def _declared(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value))


def _tell(what: str, entry: EntryPoint, error: BaseException) -> None:
    words = " ".join(f"{type(error).__name__}: {error}".split())
    print(f"untoc-network: the {what} {entry.name!r} ({entry.value}) cannot be used: {words}", file=sys.stderr)


def _add(entry: EntryPoint, commands: Commands[argparse.ArgumentParser]) -> None:
    if entry.name in commands.choices:
        raise ValueError("another command has this name")
    add_to = entry.load()
    rehearsal = argparse.ArgumentParser().add_subparsers()  # so that what fails halfway leaves nothing behind
    add_to(rehearsal)
    if list(rehearsal.choices) != [entry.name]:
        raise ValueError(f"it adds {', '.join(map(repr, rehearsal.choices)) or 'no command'}")
    add_to(commands)
