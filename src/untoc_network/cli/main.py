"""`untoc-network`, also `python -m untoc_network`. A command is loaded when it is called, and nothing before."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

TYPE_CHECKING = False  # as `typing` has it, which is not loaded for that
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import NoReturn

    from untoc_network.cli.parser import Parser

__all__ = ["build_parser", "main", "script"]

_PROGRAM = "untoc-network"
_OPTIONS = ("--help", "--version", "--lang")


def script() -> int:
    """The program itself, as the shell calls it: the process is its own, and so are its streams and signals."""
    before = signal.signal(signal.SIGINT, _exit_at_once)
    try:
        _replace_closed_streams()
        try:
            if sys.argv[1:] == ["--version"]:  # before anything is loaded
                _run_program_option("--version")
            from untoc_network.values.garbage_collection import pause_gc

            for stream in (sys.stdout, sys.stderr):
                if hasattr(stream, "reconfigure"):
                    stream.reconfigure(errors="backslashreplace")
            with pause_gc():
                return _run_command_line(sys.argv[1:])
        finally:
            sys.stdout.flush()
    except OSError as error:
        code = _report_unwritable_stream(error, sys.argv[1:])
        _drop_what_was_not_written()
        return code
    except KeyboardInterrupt:
        return 130
    finally:
        signal.signal(signal.SIGINT, before)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0 clean, 1 findings, 2 usage or unreadable input, 130 on Ctrl-C.

    Raises `SystemExit` where help is asked for, or what is asked cannot be understood. Nothing of the process is
    changed: not its streams, not their descriptors.
    """
    words = sys.argv[1:] if arguments is None else arguments
    try:
        return _run_command_line(words)
    except OSError as error:
        return _report_unwritable_stream(error, words)
    except KeyboardInterrupt:
        return 130


def build_parser(name: str) -> Parser | None:
    """The whole parser with one command in it, which is loaded for that; None where there is no such command."""
    from untoc_network.cli.commands import add
    from untoc_network.cli.parser import Parser

    parser = Parser(prog=_PROGRAM)
    commands = parser.add_subparsers(metavar="COMMAND")
    return parser if add(name, commands) else None


def _run_command_line(words: Sequence[str]) -> int:
    if [*words] == ["--version"]:  # which is the same in all languages
        return _run_program_option("--version")
    from untoc_network.cli.language_choice import find_language_option, speaking

    with speaking(find_language_option(words)):
        return _run_called_command(words)


def _run_called_command(words: Sequence[str]) -> int:
    command, *rest = _turn_help_into_option(words)
    if command.startswith("-"):
        return _run_program_option(command)
    from untoc_network.diagnostics.errors import UntocNetworkError

    chosen: argparse.Namespace | None = None
    try:
        parser = build_parser(command)
        if parser is None:
            _refuse_unknown_command(command)
        chosen = parser.parse_all([command, *rest])
        _let_interrupts_raise()
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except UntocNetworkError as error:
        from untoc_network.cli.error_explanations import explain_error
        from untoc_network.cli.parser import print_note

        print_note("; ".join((explain_error(error, chosen), *getattr(error, "__notes__", ()))))
        return 2
    return code


def _replace_closed_streams() -> None:
    """Put something in the place of closed streams: a file that is opened would be taken for one, or a stream for it.

    Standard output is then one that cannot be written to; what is told beside may be lost.
    """
    if None not in (sys.stdin, sys.stdout, sys.stderr):
        return
    while os.open(os.devnull, os.O_RDWR) < 3:
        pass
    sys.stdout = sys.stdout or open(os.devnull, encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _report_unwritable_stream(error: OSError, words: Sequence[str]) -> int:
    """Tell in a line that a stream cannot be written to; whoever closed a pipe wants to hear no more."""
    if isinstance(error, BrokenPipeError):
        return 0
    from untoc_network.cli.language_choice import find_language_option, speaking
    from untoc_network.cli.parser import print_note

    with contextlib.suppress(OSError), speaking(find_language_option(words)):  # standard error may be full as well
        print_note(f"{error.filename or 'standard output'}: {(error.strerror or 'cannot be written to').lower()}")
    return 2


def _drop_what_was_not_written() -> None:
    """Let nothing try once more at the end of the program what failed."""
    failed = [sys.stdout]
    try:
        sys.stderr.flush()
    except OSError:
        failed.append(sys.stderr)
    for stream in failed:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _exit_at_once(*_: object) -> None:
    """Leave at once: where Python loads modules it may swallow a `KeyboardInterrupt`, and go on."""
    os._exit(130)


def _let_interrupts_raise() -> None:
    """From here on files are written, and what is half done has to be taken away."""
    if signal.getsignal(signal.SIGINT) is _exit_at_once:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _turn_help_into_option(words: Sequence[str]) -> Sequence[str]:
    """The words with `help` as the option that it stands for: `help validate` is `validate --help`."""
    if not words:
        _exit_with_problem("a command is missing", see=True)
    if words[0] == "help":
        return [*words[1:2], "--help"]
    return words


def _run_program_option(option: str) -> int:
    """What is asked of the program as a whole."""
    if len(option) > 2 and "--version".startswith(option):
        from untoc_network import __version__

        print(f"{_PROGRAM} {__version__}")
        raise SystemExit(0)
    if option == "-h" or (len(option) > 2 and option.partition("=")[0] in ("--lang", "--help"[: len(option)])):
        from untoc_network.cli.help_overview import overview

        print("\n".join(overview()))
        raise SystemExit(0)
    from untoc_network.cli.parser import did_you_mean

    _exit_with_problem(f"there is no option {option} before a command{did_you_mean(option, _OPTIONS)}")


def _refuse_unknown_command(name: str) -> NoReturn:
    from untoc_network.cli.commands import COMMANDS
    from untoc_network.cli.companions import find_announced
    from untoc_network.cli.parser import did_you_mean

    near = did_you_mean(name, [*COMMANDS, *find_announced()])
    _exit_with_problem(f"there is no command {name!r}{near}", see=not near)


def _exit_with_problem(problem: str, *, see: bool = False) -> NoReturn:
    from untoc_network.cli.parser import print_note

    print_note(problem)
    if see:
        from untoc_network.cli.language_choice import say

        print(say(f"see: {_PROGRAM} --help"), file=sys.stderr)
    raise SystemExit(2)
