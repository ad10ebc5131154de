"""The table of commands: where each is, what it takes, and in which group the help shows it.

None is loaded before it is called; what each is for stands in the catalogues of `i18n`. The options are those of
`options`, so that a name means the same everywhere; every command takes `--lang` and `--no-color` too. What only one
command takes is added by its own module. Commands of other packages are found by entry points, as `companions` tells.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import argparse

    from untoc_network.cli.parser import Parser

__all__ = ["COMMANDS", "GROUPS", "Command", "Definition", "add"]


class Command(NamedTuple):
    """Where a command is shown, the module of this room in which it is, and what it takes; a companion's has neither.

    `formats` are those of `--format`, the usual one first.
    """

    group: str
    module: str = ""
    options: str = ""
    formats: str = ""


class Definition(NamedTuple):
    """What a module says of its command: what runs it, the examples below its help, and what adds its own options."""

    run: Callable[[argparse.Namespace], int]
    examples: str
    add_own: Callable[[Parser], None] = lambda _: None


GROUPS = ("start", "look", "share", "keep", "mechanism", "rules")
"""The groups of the help, in its order."""
_REPORT = "text json sarif junit github markdown html"

COMMANDS = {
    "validate": Command("start", "validate", "output on all large", _REPORT),
    "import": Command("start", "imports", "output report all large", _REPORT),
    "start": Command("start", "start", "output report all large", _REPORT),
    "convert": Command("start", "conversion", "from to all large"),
    "migrate": Command("start", "conversion", "from to all large"),
    "schema": Command("start", "conversion", "output"),
    "completion": Command("start", "completion", "output"),
    "stats": Command("look", "statistics", "register output on large", "text json csv"),
    "report": Command("look", "statistics", "register output on large"),
    "find": Command("look", "participation", "register output on large", "text json markdown"),
    "diff": Command("look", "matching", "output from on large", "text json markdown"),
    "publish": Command("share", "audiences", "register redactions on all large"),
    "view": Command("share", "audiences", "register output redactions on large"),
    "export": Command("share", "exports", "register output on all large"),
    "calendar": Command("share", "exports", "register output on all large"),
    "graph": Command("share", "exports", "register output on all large"),
    "pseudonyms": Command("share", "persons", "register output large"),
    "duplicates": Command("keep", "matching", "register output large", "text json"),
    "merge-records": Command("keep", "matching", "register output large"),
    "undo-merge": Command("keep", "matching", "register output all large"),
    "merge": Command("keep", "matching", "output from to report all large", _REPORT),
    "holdings": Command("keep", "persons", "register output large", "text json html"),
    "erase": Command("keep", "persons", "register output on large"),
    "retention": Command("keep", "persons", "register output on large", "text json"),
    "store": Command("keep"),
    "country": Command("mechanism", "reviews", "output on large"),
    "reviews": Command("mechanism", "reviews", "register country output on large", "text json html svg"),
    "next": Command("mechanism", "participation", "register output on large", "text json markdown calendar"),
    "accreditations": Command("mechanism", "participation", "register output on large", "text json"),
    "coverage": Command("mechanism", "reviews", "register output on large", "text json markdown"),
    "submission": Command("mechanism", "reviews", "register output on large"),
    "process": Command("mechanism", "facts", "output", "text json mermaid svg"),
    "reference": Command("mechanism", "facts", "country output", "text json html"),
    "lots": Command("mechanism"),
    "rules": Command("rules", "rules", "output", "text json"),
    "explain": Command("rules", "rules", "output", "text json"),
}
"""Every command by its name."""


def add(name: str, commands: Any) -> bool:
    """Add one command to the command line, loading it; False where there is none of that name.

    Raises `MissingExtra` for a companion that is not installed, `UnusableConfiguration` for one that does not work.
    """
    command = COMMANDS.get(name, Command(""))
    if not command.module:
        from untoc_network.cli.companions import add_companion

        return add_companion(name, commands)
    from untoc_network.cli.options import add_options

    definition: Definition = importlib.import_module(f"untoc_network.cli.{command.module}").DEFINITIONS[name]
    parser: Parser = commands.add_parser(name, epilog=definition.examples)
    parser.set_defaults(run=definition.run)
    first, options = ("register", command.options[9:]) if command.options[:9] == "register " else ("", command.options)
    add_options(parser, first)
    definition.add_own(parser)
    add_options(parser, options)
    if command.formats:
        formats = tuple(command.formats.split())
        add_options(parser, "format", choices=formats, default=formats[0])
    add_options(parser, "lang no-color")
    return True
