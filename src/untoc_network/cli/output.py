"""Where commands write: registers to files or standard output, what is to be told to standard error."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator

from untoc_network.cli import terminal
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.reading import UNREADABLE
from untoc_network.diagnostics.errors import UnwritableOutput
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language import interface_in, translated
from untoc_network.model.register import Register
from untoc_network.reports.text import Palette, render_text
from untoc_network.serializers import files
from untoc_network.serializers.registry import find_format
from untoc_network.serializers.source.atomic_write import write_atomically

__all__ = ["deliver", "exit_code", "tell", "told_in_a_line", "write_out"]


def deliver(register: Register, output: str | None, form: str | None = None) -> None:
    """Write a register to a file, in the format of its suffix, or to standard output as JSON; `form` names another."""
    if output is None or output == "-":
        terminal.print_bytes(find_format("-", form).pieces(register))
        return
    with told_in_a_line(output):
        files.dump(register, output, form=form)


def write_out(pieces: Iterable[str | bytes], output: str | None) -> None:
    """Write what a command made to a file, whole or not at all, or to standard output; text in UTF-8."""
    content = (piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    if output is None or output == "-":
        terminal.print_bytes(content)
        return
    with told_in_a_line(output):
        write_atomically(output, content)


def tell(report: Report, languages: Iterable[str] = ()) -> None:
    """What was found, on standard error, so that standard output holds the register alone."""
    if not len(report):
        return
    said, words = translated(report, *languages), interface_in(*languages)
    for line in render_text(said, width=terminal.width(), palette=Palette(coloured=False), words=words):
        print(line, file=sys.stderr)


def exit_code(report: Report) -> int:
    """0 without errors, 1 with some, 2 where nothing could be read at all."""
    if any(finding.code in UNREADABLE for finding in report):
        return 2
    return int(not report.ok)


@contextlib.contextmanager
def told_in_a_line(output: str) -> Iterator[None]:
    """What the system refuses, as `UnwritableOutput`."""
    try:
        yield
    except OSError as error:
        raise UnwritableOutput(
            f"{escape_unprintable(output)}: {(error.strerror or 'cannot be written').lower()}"
        ) from None
