"""`convert`, `migrate`, `schema`: one register in another format or of another version, and the form of any."""

from __future__ import annotations

import argparse

from untoc_network.app.check_files import choose_exit_code
from untoc_network.cli.commands import Definition
from untoc_network.cli.language_choice import say
from untoc_network.cli.options import add_options, get_extensions, get_languages, get_limits
from untoc_network.cli.output import print_findings, write_lines, write_out, write_register
from untoc_network.cli.parser import Parser, print_note
from untoc_network.diagnostics.codes.reading import older_schema_version
from untoc_network.diagnostics.findings import Report
from untoc_network.model.register import SCHEMA_VERSION, Register
from untoc_network.reports.text_wrapping import wrap
from untoc_network.serializers import files
from untoc_network.serializers.registry import find_format
from untoc_network.serializers.schema import schema_text

__all__ = ["DEFINITIONS", "read_sound_register"]

_CONVERT = """\
examples:
  untoc-network convert register.json register.yaml
  untoc-network convert register.yaml register.ndjson
  untoc-network convert register.ndjson register.datapackage/
  untoc-network convert --from yaml --to json - - < register.yaml

Nothing is lost: converted back, the bytes are the same. The suffix names the
format: .json, .yaml or .yml, .ndjson or .jsonl, and for CSV tables .datapackage
for a folder or .zip for one file. Where the input has an error nothing is
written and the exit code is 1, or 2 where it cannot be read at all; warnings
are told, and the register is written.
"""
_MIGRATE = """\
examples:
  untoc-network migrate register.json -o register.json
  untoc-network migrate --check register.json

Every command reads registers of all earlier versions; this one writes them
anew and tells what is called otherwise now. A register of the newest version
is written as it is.

exit codes: 0 done, or with --check: it is of the newest version; 1 it has
errors, such as a version newer than this release, and nothing is written, or
with --check: it is of an earlier version; 2 usage, or no register at all
"""
_SCHEMA = """\
examples:
  untoc-network schema -o register.schema.json

It is JSON Schema 2020-12, with labels, descriptions and choices.
"""


def _add_convert_options(parser: Parser) -> None:
    parser.add_argument("register", metavar="IN", help="a register; - is standard input")
    parser.add_argument("output", metavar="OUT", help="the file to write; - is standard output")


def _add_migrate_options(parser: Parser) -> None:
    parser.add_argument("register", metavar="FILE", help="a register; - is standard input")
    target = parser.add_mutually_exclusive_group(required=True)
    add_options(target, "output")
    target.add_argument("--check", action="store_true", help="write nothing, only tell whether it is of the newest")


def read_sound_register(chosen: argparse.Namespace, form: str | None = None) -> tuple[Register | None, Report]:
    """The register that is asked for, None unless it is without errors, which are told; and all that was found."""
    register, report = files.read(
        chosen.register, form=form, limits=get_limits(chosen), extensions=get_extensions(chosen)
    )
    if register is not None and report.ok:
        return register, report
    print_findings(report, get_languages(chosen), all=chosen.all)
    print_note("nothing was written")
    return None, report


def _run_convert(chosen: argparse.Namespace) -> int:
    if chosen.output is not None:  # a suffix of no format is told before anything is read
        find_format(chosen.output, chosen.to_form)
    register, report = read_sound_register(chosen, chosen.from_form)
    if register is None:
        return choose_exit_code(report)
    print_findings(report, get_languages(chosen), all=chosen.all)
    if chosen.output is None:
        older = any(finding.code == older_schema_version.code for finding in report)
        if older:
            told = say(f"not yet schema version {SCHEMA_VERSION}, the newest that this release knows")
        else:
            told = say(f"schema version {SCHEMA_VERSION}, the newest that this release knows")
        write_lines(lambda width: wrap(told, width), None)
        return int(older)
    write_register(register, chosen.output, chosen.to_form)
    return 0


def _run_schema(chosen: argparse.Namespace) -> int:
    write_out([schema_text(extensions=get_extensions(chosen))], chosen.output)
    return 0


DEFINITIONS = {
    "convert": Definition(_run_convert, _CONVERT, _add_convert_options),
    "migrate": Definition(_run_convert, _MIGRATE, _add_migrate_options),
    "schema": Definition(_run_schema, _SCHEMA),
}
