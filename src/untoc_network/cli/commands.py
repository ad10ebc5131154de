"""The table of commands: where each is, and in which group the help shows it. What each is for says `i18n`.

None is loaded before it is called. Those of other packages are found by entry points, as `companions` tells.
"""

from __future__ import annotations

import importlib
from typing import Any, NamedTuple

__all__ = ["COMMANDS", "GROUPS", "Command", "add"]


class Command(NamedTuple):
    """Where a command is shown, and the module of this room in which it is; none where it is a companion's."""

    group: str
    module: str = ""


GROUPS = ("start", "look", "share", "keep", "mechanism", "rules")
"""The groups of the help, in its order."""

COMMANDS = {
    "validate": Command("start", "validate"),
    "import": Command("start", "importing"),
    "convert": Command("start", "convert"),
    "migrate": Command("start", "migrate"),
    "schema": Command("start", "schema"),
    "completion": Command("start", "completion"),
    "stats": Command("look", "statistics"),
    "report": Command("look", "statistics"),
    "find": Command("look", "finding"),
    "diff": Command("look", "matching"),
    "publish": Command("share", "publishing"),
    "view": Command("share", "privacy"),
    "export": Command("share", "exporting"),
    "calendar": Command("share", "exporting"),
    "graph": Command("share", "exporting"),
    "pseudonyms": Command("share", "privacy"),
    "duplicates": Command("keep", "matching"),
    "merge-records": Command("keep", "matching"),
    "undo-merge": Command("keep", "matching"),
    "merge": Command("keep", "matching"),
    "holdings": Command("keep", "privacy"),
    "erase": Command("keep", "privacy"),
    "retention": Command("keep", "privacy"),
    "reviews": Command("mechanism", "reviews"),
    "next": Command("mechanism", "entry_points"),
    "accreditations": Command("mechanism", "admission"),
    "coverage": Command("mechanism", "contributions"),
    "submission": Command("mechanism", "contributions"),
    "process": Command("mechanism", "process"),
    "reference": Command("mechanism", "reference"),
    "lots": Command("mechanism"),
    "rules": Command("rules", "catalogue"),
    "explain": Command("rules", "catalogue"),
}
"""Every command by its name."""


def add(name: str, commands: Any) -> bool:
    """Add one command to the command line, loading it; False where there is none of that name.

    Raises `MissingExtra` for a companion that is not installed, `UnusableConfiguration` for one that does not work.
    """
    command = COMMANDS.get(name)
    if command is not None and command.module:
        importlib.import_module(f"untoc_network.cli.{command.module}").add_to(commands)
        return True
    from untoc_network.cli.companions import add_companion

    return add_companion(name, commands)
