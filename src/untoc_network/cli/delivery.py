"""What commands that write a register have in common: telling what was found, and writing in the wanted format."""

from __future__ import annotations

import sys

from untoc_network.cli import terminal
from untoc_network.errors import UnwritableOutput
from untoc_network.findings import Report
from untoc_network.formats import files
from untoc_network.formats.forms import form_of
from untoc_network.model.register import Register
from untoc_network.render.text import Palette, render_text
from untoc_network.rules.rule import printable
from untoc_network.rules.shape import UNREADABLE

__all__ = ["deliver", "exit_code", "tell"]


def tell(report: Report) -> None:
    """What was found, on standard error, so that standard output holds the register alone."""
    if not len(report):
        return
    for line in render_text(report, width=terminal.width(), palette=Palette(coloured=False)):
        print(line, file=sys.stderr)


def deliver(register: Register, output: str, form: str | None) -> None:
    """Write the register, whole or not at all; to standard output where it is `-`."""
    if output == "-":
        terminal.print_bytes(form_of(output, form).pieces(register))
        return
    try:
        files.dump(register, output, form=form)
    except OSError as error:
        raise UnwritableOutput(f"{printable(output)}: {(error.strerror or 'cannot be written').lower()}") from None


def exit_code(report: Report) -> int:
    """0 without errors, 1 with some, 2 where nothing could be read at all."""
    if any(finding.code in UNREADABLE for finding in report):
        return 2
    return int(not report.ok)
