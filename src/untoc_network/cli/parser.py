"""The parser of all commands: what is wrong first and alone, and help that is as wide as there is room."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn, TextIO

from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.language_choice import find_spoken_words, say
from untoc_network.diagnostics.templates import NO_PHRASES

__all__ = ["Parser", "did_you_mean", "print_note", "split_help", "wrap_help"]

_NARROWEST = 40
_NEAR = 0.78
"""How much alike two words are of which the one is asked about instead of the other."""
_REWORDED = (
    (re.compile(r"^argument (?:-\w/)?(.+?): not allowed with argument (?:-\w/)?(.+)$"), r"\1 does not go with \2"),
    (re.compile(r"^argument (?:-\w/)?"), ""),
    (re.compile(r"^the following arguments are required: "), "missing: "),
    (re.compile(r"expected (one|at least one) argument$"), "a value is missing"),
    (re.compile(r"expected (\d+) arguments$"), r"\1 values are due"),
    (re.compile(r"ignored explicit argument .*$"), "it takes no value"),
)
"""What argparse says, and how it is said here."""
_NEEDED = re.compile(r"^one of the arguments (.+) is required$")


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """The question whether the nearest of the known words was meant, or the only one that begins so; else nothing."""
    names = [*known]
    longer = [name for name in names if len(wanted) > 2 and name.startswith(wanted)]
    near = longer if len(longer) == 1 else difflib.get_close_matches(wanted, names, n=1, cutoff=_NEAR)
    return f"; did you mean {near[0]!r}?" if near else ""


def measure_width(stream: TextIO | None = None) -> int | None:
    """The columns to fill, as many as there are; None where the stream is no terminal and none are asked for."""
    out = stream or sys.stdout
    if "COLUMNS" in os.environ:
        return shutil.get_terminal_size((80, 24)).columns
    if not out.isatty():
        return None
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def print_note(line: str) -> None:
    """Say a line on standard error, in the language of the call; a terminal gets whole words.

    Standard output holds the result alone.
    """
    line = f"untoc-network: {say(line)}"
    columns = measure_width(sys.stderr) if sys.stderr.isatty() else None
    if columns:
        line = textwrap.fill(line, columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
    print(line, file=sys.stderr)


def wrap_help(text: str, width: int, told: Mapping[str, str] = NO_PHRASES) -> Iterable[str]:
    """Paragraphs, examples and tables within a width: nothing is cut, and an example can still be copied.

    Prose, and what stands in a table beside a name, is said as `told` has it.
    """
    for block in text.strip("\n").split("\n\n"):
        lines = block.split("\n")
        while lines:
            flowing = [*_take_prose_lines(lines)]
            if flowing:
                prose = " ".join(flowing)
                yield from textwrap.wrap(told.get(prose, prose), width, break_on_hyphens=False)
            else:
                yield from _format_fixed_line(_translate_row(lines.pop(0), told), width)
        yield ""


def split_help(text: str) -> Iterable[str]:
    """The paragraphs of prose of a help, and what stands in its tables beside a name: what there is to translate."""
    for block in text.strip("\n").split("\n\n"):
        lines = block.split("\n")
        while lines:
            flowing = [*_take_prose_lines(lines)]
            if flowing:
                yield " ".join(flowing)
            elif (row := _split_row(lines.pop(0))[1]) and not row.startswith(("untoc-network ", "-", "python ")):
                yield row


def _take_prose_lines(lines: list[str]) -> Iterable[str]:
    """The lines of prose that come next, taken out; a title such as `examples:` stays alone."""
    while lines and not lines[0].startswith(" "):
        line = lines.pop(0)
        yield line
        if line.endswith(":"):
            return


def _translate_row(line: str, told: Mapping[str, str]) -> str:
    """A row of a table, with what stands beside the name as `told` has it; an example has nothing to translate."""
    begins, row = _split_row(line)
    return begins + told.get(row, row)


def _split_row(line: str) -> tuple[str, str]:
    """A row of a table: its name, and what stands beside it."""
    row = line.rsplit("  ", maxsplit=1)[-1].lstrip()
    return line[: len(line) - len(row)], row


def _format_fixed_line(line: str, width: int) -> list[str]:
    """A line that is not to flow; one that is too long goes on after a backslash where it is an example."""
    if len(line) <= width:
        return [line]
    example = line.startswith("  untoc-network ")
    indent = " " * (len(line) - len(line.lstrip()) + 4)
    parts = textwrap.wrap(
        line,
        width - 2 * example,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
        drop_whitespace=True,
    )
    return [f"{part} \\" for part in parts[:-1]] + parts[-1:] if example else parts


def _format_many_choices(action: argparse.Action) -> str:
    """The choices in a row, where they are too many to stand for the value; else nothing."""
    listed = ", ".join(map(str, action.choices or ()))
    return listed if action.metavar is None and len(listed) > _NARROWEST / 2 else ""


class _HelpFormatter(argparse.HelpFormatter):
    """Help within the columns that there are."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=max(shutil.get_terminal_size().columns, _NARROWEST))
        words = find_spoken_words()
        self._told = words.told if words else NO_PHRASES
        self._colon = words.colon if words else ":"

    def _say(self, text: str) -> str:
        return self._told.get(text, text)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """How the command is called, begun by the word for that."""
        super().add_usage(usage, actions, groups, self._say("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        """A group of arguments, with its title."""
        super().start_section(heading and f"{self._say(heading)}{self._colon[:-1]}")

    def _metavar_formatter(self, action: argparse.Action, default_metavar: str) -> Any:
        """Few choices stand where the value stands; many stand with the help, where they can be wrapped."""
        many = _format_many_choices(action)
        if not many:
            name = super()._metavar_formatter(action, default_metavar)
            return lambda size: tuple(map(self._say, name(size)))
        return lambda size: (self._say(action.dest.rpartition("_")[2].upper()),) * size

    def _get_help_string(self, action: argparse.Action) -> str | None:
        many = _format_many_choices(action)
        told = action.help and self._say(action.help)
        return f"{told}{self._colon} {many}" if many else told

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}".rstrip() for line in wrap_help(text, width - len(indent), self._told))


class Parser(argparse.ArgumentParser):
    """A parser of a command. What is wrong is told in a line, with the nearest that is known, and ends with 2."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "formatter_class": _HelpFormatter})
        self.register("type", int, _parse_whole_number)

    def format_help(self) -> str:
        """The help, with what the command is for as the catalogue of the language says it."""
        name = self.prog.rpartition(" ")[2]
        if self.description is None and name in COMMANDS:
            from untoc_network.cli.help_overview import get_help_words

            about = get_help_words().commands[name]
            self.description = about[0].upper() + about[1:] + ("" if about.endswith("…") else ".")
        return super().format_help()

    def print_help(self, file: Any = None) -> None:
        """Print the help; argparse itself is silent where it cannot be printed."""
        print(self.format_help(), end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where the help is unless there is a question already."""
        for said, here in _REWORDED:
            message = said.sub(here, message)
        message = _NEEDED.sub(lambda found: f"missing: {_format_alternatives(found[1])}", message)
        print_note(message)
        if "; did you mean " not in message:
            print(say(f"see: {self.prog} --help"), file=sys.stderr)
        raise SystemExit(2)

    def parse_all(self, words: Sequence[str]) -> argparse.Namespace:
        """All words parsed; unknown options are told before anything else, since other mistakes follow from them."""
        self._check_options(words)
        chosen, rest = self.parse_known_args(words)
        if rest:
            parser = self._find_called_parser(words)
            parser.error(f"{rest[0]!r} is one word too many" if len(rest) == 1 else f"too many words: {' '.join(rest)}")
        return chosen

    def options_of(self, command: str) -> tuple[str, ...]:
        """The long options of a command."""
        options = self._find_called_parser([command])._option_string_actions  # noqa: SLF001
        return tuple(option for option in options if option.startswith("--"))

    def _find_called_parser(self, words: Sequence[str]) -> Parser:
        """The parser of the command, or of its own command, that these words call."""
        for word in words:
            inner = self._map_subcommand_parsers().get(word)
            if inner is not None:
                return inner._find_called_parser(words[words.index(word) + 1 :])  # noqa: SLF001
        return self

    def _map_subcommand_parsers(self) -> dict[str, Parser]:
        found = (action.choices for action in self._actions if isinstance(action, argparse._SubParsersAction))  # noqa: SLF001
        return next(found, {})

    def _check_options(self, words: Sequence[str]) -> None:
        parser = self._find_called_parser(words)
        options = parser._option_string_actions  # noqa: SLF001
        for word in words[: words.index("--")] if "--" in words else words:
            name = word.partition("=")[0]
            if not name.startswith("--") or " " in name or any(option.startswith(name) for option in options):
                continue
            parser.error(f"there is no option {name}{did_you_mean(name, (o for o in options if o[:2] == '--'))}")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            near = did_you_mean(str(value), known)
            instead = f"there is no {value!r}{near}" if near else f"{value!r} is none of {', '.join(known)}"
            raise argparse.ArgumentError(action, instead)


def _parse_whole_number(text: str) -> int:
    """A whole number, as `type=int` makes it."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number") from None


def _format_alternatives(names: str) -> str:
    """The arguments of which one is due: `PATH or --example`."""
    return " or ".join(names.split())
