"""Where commands write: results to a file or standard output, what is to be told on the way to standard error."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from untoc_network.cli.language_choice import find_spoken_words, say
from untoc_network.cli.options_in_hints import translate_with_options
from untoc_network.cli.parser import measure_width, print_note
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.errors import UnwritableOutput
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.diagnostics.templates import format_number, with_count
from untoc_network.i18n.language_words import choose_interface_words
from untoc_network.model.register import Register
from untoc_network.reports.finding_groups import MOST_PLACES, group_findings, split_groups
from untoc_network.reports.report_text import (
    Palette,
    render_findings,
    render_first_steps,
    render_text,
    summarize_counts,
)
from untoc_network.serializers import files
from untoc_network.serializers.registry import find_format
from untoc_network.serializers.source.file_replacement import write_atomically

__all__ = [
    "MOST_SHOWN",
    "ProgressLine",
    "is_coloured",
    "list_given_words",
    "measure_width",
    "print_findings",
    "print_gravest",
    "refuse_to_replace",
    "write_json",
    "write_lines",
    "write_narrower",
    "write_out",
    "write_register",
    "write_result",
]

MOST_SHOWN = 20
"""Findings that are told where standard error is not asked for all."""
_BAR = 24

# -- results -----------------------------------------------------------------------------------------------------------


def write_result(chosen: argparse.Namespace, **forms: Callable[..., Any]) -> None:
    """Write what a command found, in the form and to the place that were asked for.

    `forms` make the result in each form of `--format`: `text` its lines, given the width that there is or None, `json`
    what it is, any other its pieces. A file that the command line names for something else is never written over.
    """
    refuse_to_replace(list_given_words(chosen), chosen.output)
    make = forms[chosen.format]
    if chosen.format == "text":
        write_lines(make, chosen.output)
    elif chosen.format == "json":
        write_json(make(), chosen.output)
    else:
        write_out(make(), chosen.output)


def write_lines(make: Callable[[int | None], Iterable[str]], output: str | None) -> None:
    """Write lines for people, made for the width that there is: to a file in UTF-8, else as the terminal encodes."""
    if output not in (None, "-"):
        write_out((f"{line}\n" for line in make(None)), output)
        return
    for line in make(measure_width()):
        print(line)


def write_register(
    register: Register, output: str | None, form: str | None = None, *, keep_comments: bool | None = None
) -> None:
    """Write a register to a file, in the format of its suffix, or to standard output as JSON; `form` names another.

    Tells how many comments of the file that was there are left out, if any.
    """
    if output is None or output == "-":
        write_out(find_format("-", form).pieces(register), None)
        return
    print_left_out_comments(files.write_register(register, output, form=form, keep_comments=keep_comments))


def write_narrower(register: Register, chosen: argparse.Namespace) -> None:
    """Write what is made of a register for fewer eyes, without a comment; tells how many are left out, if any.

    Comments of the register that was read count too, for they are not in what is written.
    """
    read, output = chosen.register, chosen.output
    apart = output in (None, "-") or not _is_same_file(read, output)
    print_left_out_comments(files.count_comments(read) if read != "-" and apart else 0)
    write_register(register, output, keep_comments=False)


def print_left_out_comments(number: int) -> None:
    """Tell how many comments are not in what was written, if any: never what they say."""
    if number:
        print_note(f"{with_count(number, 'comment was|comments were')} left out")


def write_json(document: object, output: str | None) -> None:
    """Write a result as JSON, in ASCII alone where it goes to a standard output that is not UTF-8."""
    encoding = getattr(sys.stdout, "encoding", None) if output in (None, "-") else "utf-8"
    plain = (encoding or "").lower().replace("-", "") != "utf8"
    write_out((json.dumps(to_dict(document), ensure_ascii=plain, indent=2), "\n"), output)


def write_out(pieces: Iterable[str | bytes], output: str | None) -> None:
    """Write what programs read to a file, whole or not at all, or to standard output: UTF-8, line feeds as they are."""
    content = (piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    if output not in (None, "-"):
        write_atomically(output, content)
        return
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # a stream of a host, which takes text alone
        for piece in content:
            sys.stdout.write(piece.decode())
        return
    sys.stdout.flush()
    for piece in content:
        binary.write(piece)
    binary.flush()


def refuse_to_replace(inputs: Iterable[str], *outputs: str | None) -> None:
    """Raise `UnwritableOutput` where one of the outputs is one of the files that are read."""
    read = [*inputs]
    for output in outputs:
        if output not in (None, "-") and any(_is_same_file(name, output) for name in read):
            raise UnwritableOutput(f"{escape_unprintable(output)}: this file is read, and is not to be written over")


def list_given_words(chosen: argparse.Namespace) -> Iterator[str]:
    """All words that were given as values but for the output: whichever of them are paths."""
    for name, value in vars(chosen).items():
        if name != "output":
            yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def _is_same_file(first: str, second: str) -> bool:
    try:
        return Path(first).samefile(second)
    except (OSError, ValueError):
        return False


# -- what is told ------------------------------------------------------------------------------------------------------


def print_findings(
    report: Report,
    languages: Iterable[str] = (),
    *,
    all: bool,  # noqa: A002 - as the option is called
) -> None:
    """Tell what was found on standard error, with `all` each finding; nothing where nothing was."""
    if not len(report):
        return
    said, words = translate_with_options(report, *languages), choose_interface_words(*languages)
    for line in render_text(said, width=measure_width(sys.stderr), words=words, all=all):
        print(line, file=sys.stderr)


def print_gravest(
    report: Report,
    languages: Iterable[str],
    *,
    least: Severity = Severity.INFO,
    all: bool,  # noqa: A002 - as the option is called
) -> tuple[str, int]:
    """Tell the gravest findings, with `all` each, on standard error, and what to do first.

    Gives the summary of all, and how many were told one by one.
    """
    words, width = choose_interface_words(*languages), measure_width(sys.stderr)
    said = translate_with_options(report, *languages)
    shown = said if all else Report(tuple(_choose_gravest(said, least)))
    plain = Palette(coloured=False)
    for line in render_findings(shown, width=width, palette=plain, words=words, all=all):
        print(line, file=sys.stderr)
    for line in () if all else render_first_steps(said, width=width, palette=plain, words=words):
        print(line, file=sys.stderr)
    kinds, others = split_groups(shown, all=all)
    return summarize_counts(report, words=words), MOST_PLACES * len(kinds) + sum(1 for _ in others)


def _choose_gravest(report: Report, least: Severity) -> Iterator[Finding]:
    """So many findings as are told, the gravest; of a kind that is told together, all, counted as one."""
    room = MOST_SHOWN
    groups = group_findings(finding for finding in report if finding.severity.reaches(least))
    for group in sorted(groups, key=lambda group: group.severity.rank):
        findings = group.findings if len(group.findings) > MOST_PLACES else group.findings[:room]
        if not room:
            return
        yield from findings
        room -= 1 if findings is group.findings and len(findings) > MOST_PLACES else len(findings)


class ProgressLine:
    """How far long work has come: a line that is written over; nothing where standard error is no terminal."""

    def __init__(self, label: str) -> None:
        self.label, words = say(label), find_spoken_words()
        self.language = words.language if words else "en"
        self.shown = sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        """Show that so many steps of so many are done."""
        if self.shown:
            full = _BAR * done // max(of, 1)
            numbers = "/".join(format_number(number, self.language) for number in (done, of))
            bar = f"\r{self.label} [{'#' * full}{'.' * (_BAR - full)}] {numbers}"
            print(bar, end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)


# -- what the terminal shows -------------------------------------------------------------------------------------------


def is_coloured(*, refused: bool) -> bool:
    """Whether to colour: on a terminal that can, unless `NO_COLOR` is set or it was refused."""
    able = sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    return able and not refused and not os.environ.get("NO_COLOR")
