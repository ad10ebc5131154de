"""Commands and codes of other distributions, found by the entry points that they declare.

In the group `untoc_network.commands` the name of an entry point is the command, and its value a function that is given
the subparsers of the command line and adds that command, as `add_to` of the modules here does. In `untoc_network.codes`
the name is the letters that its codes begin with, and its value a function that gives them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.parser import print_note
from untoc_network.diagnostics.errors import UnusableConfiguration

if TYPE_CHECKING:
    from untoc_network.diagnostics.code import Code

__all__ = ["CODES", "GROUP", "add_companion", "find_announced", "find_companion_code"]

GROUP = "untoc_network.commands"
CODES = "untoc_network.codes"


def find_announced() -> dict[str, EntryPoint]:
    """The commands that are announced, by name; none takes the place of one of the library. Nothing is loaded."""
    own = {name for name, command in COMMANDS.items() if command.module}
    return {entry.name: entry for entry in reversed(_list_declared_entry_points(GROUP)) if entry.name not in own}


def add_companion(called: str, commands: Any) -> bool:
    """Add the command that is called; False where nobody announces it.

    Raises `MissingExtra` where it is that of a companion that is not installed, `UnusableConfiguration` where it is
    one that cannot be used.
    """
    entry = find_announced().get(called)
    if entry is None:
        from untoc_network.diagnostics.companion_packages import COMPANION_COMMANDS, missing_companion

        if called in COMPANION_COMMANDS:
            raise missing_companion(called)
        return False
    try:
        _add_commands_of_entry_point(entry, commands)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of anybody, which may do anything
        raise UnusableConfiguration(_describe_unusable_entry_point("command", entry, error)) from None
    return True


def find_companion_code(named: str) -> Code | None:
    """The code of that name or slug, in any case, among those of other distributions; None where there is none.

    Raises `MissingExtra` where it is one of a companion that is not installed.
    """
    from untoc_network.diagnostics.companion_packages import COMPANION_BY_AREA, missing_companion

    wanted, companion = named.strip().lower(), COMPANION_BY_AREA.get(named.strip()[:2].upper())
    found = _list_declared_entry_points(CODES)
    if companion and not any(entry.name == named.strip()[:2].upper() for entry in found):
        raise missing_companion(companion)
    codes = (code for entry in found for code in _load_codes(entry))
    return next((code for code in codes if wanted in (code.code.lower(), code.slug)), None)


def _load_codes(entry: EntryPoint) -> Iterator[Code]:
    try:
        yield from entry.load()()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - code of anybody
        print_note(_describe_unusable_entry_point("codes", entry, error))


def _list_declared_entry_points(group: str) -> list[EntryPoint]:
    return sorted(entry_points(group=group), key=lambda entry: (entry.name, entry.value))


def _describe_unusable_entry_point(what: str, entry: EntryPoint, error: BaseException) -> str:
    words = " ".join(f"{type(error).__name__}: {error}".split())
    return f"the {what} {entry.name!r} ({entry.value}) cannot be used: {words}"


def _add_commands_of_entry_point(entry: EntryPoint, commands: Any) -> None:
    add_to = entry.load()
    rehearsal = argparse.ArgumentParser().add_subparsers()  # so that what fails halfway leaves nothing behind
    add_to(rehearsal)
    if list(rehearsal.choices) != [entry.name]:
        raise ValueError(f"it adds {', '.join(map(repr, rehearsal.choices)) or 'no command'}")
    add_to(commands)
