"""Gather what the program tells in English where it stands in the code: help, errors and notes, with where each stands.

    python -m tools.gather_told

Help is what the parsers hold: every option of every command, and the paragraphs below. Errors and notes are read from
the source: what is raised as an exception of ours, and what `print_note`, `say` and their like are given; the values
that are put in get the names that they have in the code.
"""

from __future__ import annotations

import argparse
import ast
import functools
import importlib.util
import pkgutil
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs

import untoc_network
from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import build_parser
from untoc_network.cli.parser import Parser, split_help
from untoc_network.diagnostics.companion_packages import COMPANION_COMMANDS
from untoc_network.diagnostics.errors import IMPOSSIBLE
from untoc_network.diagnostics.findings import Basis
from untoc_network.matching.duplicate_evidence import EvidenceKind
from untoc_network.privacy.overdue_data import OverdueReason
from untoc_network.process import PROCEDURES
from untoc_network.reference import packaged
from untoc_network.reference.packaged_tables import TABLES
from untoc_network.reference.row_types import PartyStatus, Row
from untoc_network.reports.fact_table import AS_PRINTED, NAMES
from untoc_network.rules.catalogue import catalogue

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (ROOT / "src/untoc_network", *sorted((ROOT / "packages").glob("*/src/*")))
TELLING = {"print_note", "say", "error", "_exit_with_problem", "ProgressLine"}
"""Functions of the command line whose first argument is told."""
TEMPLATE = "tell"
"""The method of words whose first argument is a template."""
TOLD = {
    "ArgumentTypeError", "InfeasibleDraw", "MissingExtra", "UnknownLanguage", "UnknownRecord", "UnknownRule",
    "UnreadableInput", "UnsupportedFormat", "UnusableConfiguration", "UnusableStore", "UnwritableOutput",
}  # fmt: skip
"""Exceptions that end a call of the command line with what they say."""
CALLED_WRONGLY = "ImpossibleValue"
"""What a program is told that calls the library with what cannot be; of these rooms the command line too."""
ROOMS_OF_VALUES = (
    "matching/",
    "privacy/",
    "interop/",
    "statistics/",
    "untoc_network_lots/",
    "untoc_network_site/",
    "untoc_network_store/",
)
MAKING = {
    "error_explanations": ("_explain", "_explain_other_kind_of_input", "_suggest_registers"),
    "companions": ("_describe_unusable_entry_point",),
    "companion_packages": ("missing_companion", "COMPANIONS"),
    "declared_extensions": ("_suggest", "_read_type"),
    "column_mapping": ("_suggest_name", "_SETTINGS", "_ABOUT", "_FIELDS_TOLD", "_A_DATE"),
    "project_settings": ("_KEYS", "_convert_setting"),
    "catalogue": ("get_rule",),
    "register_difference": ("_SENTENCES", "_COUNTED", "_LISTS"),
    "constraints": ("_SENTENCES",),
    "draw_inputs": ("_WORDS",),
    "outcome_rules": (
        "_find_unknown_states",
        "_check_review",
        "_check_side",
        "_check_reviewer",
        "_describe_wrong_side",
        "_join_names",
        "_check_served_instruments",
        "_check_kept_reviewers",
        "_check_each_state_once",
        "_check_mutual_reviews",
        "_check_loads",
        "_check_balance_of_groups",
        "_check_redraws",
    ),
    "record_reader": ("from_plain", "_read_collection", "_read_value", "_EXPECTED"),
    "site_options": ("_EXPECTED",),
    "publication_forms": ("_TITLES",),
    "verification": ("verify", "_check_seed", "_check_commitments", "_warn_of_seed", "_check_inputs", "_check_lots"),
    "holdings": ("_TITLES",),
    "import_edits": ("_REASONS", "_WITH_VALUE"),
    "fact_table": ("_STATED", "_ROWS", "_WITH", "_ALL_WITH", "_IN_ENGLISH"),
}
"""Functions and tables by their module of which every text is one that is told, or a part of one."""
CITING = {"basis", "Basis"}
"""Calls that name a document and its provision."""
COMPARING = {"startswith", "endswith"}
"""Methods that look for a text and do not tell it."""
COMPOSED = (
    "usage: ",
    "positional arguments",
    "options",
    "show this help message and exit",
    "COMMAND",
    "see: {program} --help",
    "missing: {names}",
    "{first} does not go with {second}",
    "missing: {first} or {second}",
    "{argument}: a value is missing",
    "{argument}: {number} values are due",
    "{argument}: it takes no value",
    "{problem}; did you mean '{name}'?",
    "'{value}' is none of {known}",
    "there is no '{value}'{near}",
    "{place}: {problem}",
    "{first}; {second}",
    "{problem} (and {number:number} more)",
    "line {number}: {problem}",
    "{place} of '{record}'",
    "rule L{number}",
    "the command line",
    "nothing was handed out, because it holds what its audience may not see: {places}",
    "somebody else has changed since: {ids}",
    "the register does not know of erasures; erase there too: {ids}",
    "no draw was found, and none was proven impossible, within the steps that the search may take",
    "no draw can keep all of these at once: {conflict}",
    "standard input",
    "standard output",
)
"""What is put together out of several texts, or comes from the parser of Python."""
_LEFT_OUT = re.compile(r"step \d.*|[a-z]+\.[a-z{}-]+|en|es|fr|pt")
"""What is one of several with a number, which stands among the composed; keys of other tables; languages."""
OF_THE_SYSTEM = (
    "no such file or directory",
    "permission denied",
    "is a directory",
    "not a directory",
    "file exists",
    "no space left on device",
    "read-only file system",
    "file name too long",
    "too many levels of symbolic links",
    "input/output error",
    "directory not empty",
    "operation not permitted",
    "too many open files",
    "disk quota exceeded",
    "cannot be read",
    "cannot be written",
    "cannot be written to",
    "is closed, or holds no bytes",
    "no file can have this name",
)
"""What operating systems say of files."""
OF_SQLITE = (
    "file is not a database",
    "database is locked",
    "database disk image is malformed",
    "attempt to write a readonly database",
    "unable to open database file",
    "disk I/O error",
    "database or disk is full",
)
"""What SQLite says of a file that is no store, or cannot be used as one."""


def gather_told() -> dict[str, list[str]]:
    """Every English text, with where it stands."""
    found: dict[str, list[str]] = {}
    composed = ((text, "") for text in (*COMPOSED, *OF_THE_SYSTEM, *OF_SQLITE))
    for text, place in (*_list_help(), *_list_source_texts(), *_list_facts(), *_list_companion_codes(), *composed):
        has_words = re.search("[A-Za-z]{2}", re.sub(r"\{\w+(?::number)?|[:}]", "", text)) and not _LEFT_OUT.fullmatch(
            text
        )
        if text in COMPOSED or has_words:
            found.setdefault(text, [])
            if place and place not in found[text]:
                found[text].append(place)
    found |= {text: ["diagnostics/errors.py"] for text in IMPOSSIBLE.values() if text not in found}
    return found


# -- help --------------------------------------------------------------------------------------------------------------


def list_parsers() -> Iterator[tuple[str, Parser]]:
    """The parser of every command, and of the commands of companions, by what calls it."""
    for name in (name for name, command in COMMANDS.items() if command.module):
        parser = build_parser(name)
        assert parser is not None
        yield from _list_inner_parsers(name, parser._map_subcommand_parsers()[name])
    for name in sorted(COMPANION_COMMANDS):
        outer = Parser(prog="untoc-network")
        importlib.import_module(f"untoc_network_{name}.commands").add_to(outer.add_subparsers(metavar="COMMAND"))
        yield from _list_inner_parsers(name, outer._map_subcommand_parsers()[name])


def _list_inner_parsers(name: str, parser: Parser) -> Iterator[tuple[str, Parser]]:
    yield name, parser
    for inner, found in parser._map_subcommand_parsers().items():
        yield from _list_inner_parsers(f"{name} {inner}", found)


def _list_help() -> Iterator[tuple[str, str]]:
    for name, parser in list_parsers():
        place = f"untoc-network {name} --help"
        for text in (parser.description or "", parser.epilog or ""):
            yield from ((part, place) for part in split_help(text))
        for group in parser._action_groups:
            yield group.title or "", place
        for action in parser._actions:
            for choice in getattr(action, "_choices_actions", ()):
                yield choice.help or "", place
            if action.help and action.help != ", ".join(map(str, action.choices or ())):
                yield action.help, place
            yield from ((shown, place) for shown in _list_metavars(parser, action) if shown.isupper())


def _list_metavars(parser: Parser, action: argparse.Action) -> Iterator[str]:
    shown = parser._get_formatter()._metavar_formatter(action, action.dest.upper())(2)
    takes = action.nargs != 0
    yield from (set(shown) if takes and shown else ())


# -- facts -------------------------------------------------------------------------------------------------------------


def _list_companion_codes() -> Iterator[tuple[str, str]]:
    """What explains the codes of companions, which are no rules of the library."""
    for name in sorted(COMPANION_COMMANDS):
        if importlib.util.find_spec(f"untoc_network_{name}.codes"):
            for code in importlib.import_module(f"untoc_network_{name}.codes").explained():
                yield from ((text, f"untoc-network explain {code.code}") for text in (code.statement, code.why))


def _list_facts() -> Iterator[tuple[str, str]]:
    """What facts are called: documents and provisions, articles, columns of tables, and kinds of what is compared."""
    for name in TABLES:
        yield from ((said, "what a table of facts lacks") for said in packaged().list_missing(name))
    for basis in _list_bases():
        yield from ((text, "a basis") for text in (basis.document, basis.provision) if text)
    for source in (each.basis.source or "" for each in catalogue() if each.basis and each.basis.source != "recalled"):
        if source and not source.startswith(("http", "docs/")):
            yield source, "where a basis was read"
    facts = packaged()
    yield from ((said, "what a fact says") for said in list_fact_texts())
    for name in TABLES:
        yield name.replace("_", " "), "the name of a table"
        for field in attrs.fields(type(facts.table(name)[0])):
            yield field.name.replace("_", " "), "a column of a table"
    for field in attrs.fields(PartyStatus):
        yield field.name.replace("_", " "), "a column of a table"
    for kind in EvidenceKind:
        yield kind.replace("-", " "), "a kind of evidence"
    yield from ((reason, "a reason why something is overdue") for reason in OverdueReason)
    yield from ((what, "what an import does") for what in ("added", "changed", "removed"))
    yield from ((head, "a column of a table") for head in ("id", "field", "reason", "since", "note", "source"))
    yield from (
        (head, "the log of a store")
        for head in ("replaced", "erased", "revision", "at", "by", "action", "collection", "fields")
    )
    yield from (("yes", "a cell of a table"), ("no", "a cell of a table"), ("parties", "the name of a table"))


_OWN_WORDS = {
    **AS_PRINTED,
    **NAMES,
    "former_names": ("name",),
    "demonyms": ("word",),
    "questionnaire_topics": ("topic", "says"),
}
"""Columns that are no wording of ours: names, what was printed, and what stands in a table of its own."""


def list_fact_texts() -> Iterator[str]:
    """What facts say in words of ours: places, topics, steps, rules, subjects, and what there is to remark."""
    provenance = {field.name for field in attrs.fields(Row)} - {"note"}
    for name in TABLES:
        rows = packaged().table(name)
        kept = {*provenance, *_OWN_WORDS.get(name, ())}
        for column in (field.name for field in attrs.fields(type(rows[0])) if field.name not in kept):
            for value in dict.fromkeys(getattr(row, column) for row in rows):
                if isinstance(value, str) and not isinstance(value, StrEnum) and re.search("[a-z]{3}", value):
                    yield value


def _list_bases() -> Iterator[Basis]:
    """What procedures, rules and rights rest on, as far as it does not hang on a register."""
    yield from (each.basis for each in catalogue() if each.basis)
    facts = packaged()
    for procedure in PROCEDURES:
        for transition in procedure.transitions:
            basis = transition.rests_on(facts)
            yield basis
            terms = transition.limit.terms(facts) if transition.limit else None
            if terms:
                yield terms[1]
    for found in pkgutil.walk_packages(untoc_network.__path__, "untoc_network."):
        if found.name.split(".")[1] in ("engagement", "process", "reference", "rules") and not found.ispkg:
            for value in vars(importlib.import_module(found.name)).values():
                if isinstance(value, Basis):
                    yield value


# -- source ------------------------------------------------------------------------------------------------------------


def _list_source_texts() -> Iterator[tuple[str, str]]:
    for folder in SOURCES:
        for path in sorted(folder.rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if path.stem in MAKING or any(
                f"{name}(" in source for name in (*TELLING, *TOLD, CALLED_WRONGLY, TEMPLATE, *CITING)
            ):
                within = path.relative_to(folder.parent).as_posix().removeprefix("untoc_network/")
                yield from ((text, within) for text in _list_texts_of_module(ast.parse(source), within, path.stem))


def _list_texts_of_module(tree: ast.Module, within: str, stem: str) -> Iterator[str]:
    telling = TELLING if within.startswith("cli/") or within.endswith("/commands.py") else set()
    functions = {*telling, TEMPLATE, *TOLD, *((CALLED_WRONGLY,) if within.startswith(ROOMS_OF_VALUES) else ())}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _get_name(node.func) in CITING:
            parts = (*node.args, *(one.value for one in node.keywords if one.arg in ("document", "provision")))
            yield from (text for part in parts for text in _list_texts_of(part))
        if isinstance(node, ast.Call) and node.args and _get_name(node.func) in functions:
            yield from _list_texts_of(node.args[0])
    for node in tree.body:
        names = {getattr(node, "name", "")} | {
            _get_name(one) for one in (getattr(node, "targets", None) or [getattr(node, "target", None)]) if one
        }
        if names & set(MAKING.get(stem, ())):
            yield from _list_all_texts(node)


def _list_texts_of(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can be: both of a choice, and what stands on both sides of a sum."""
    if isinstance(node, ast.Call) and _get_name(node.func) == "escape_unprintable":
        yield from _list_texts_of(node.args[0])
    elif isinstance(node, ast.IfExp):
        yield from _list_texts_of(node.body)
        yield from _list_texts_of(node.orelse)
    elif isinstance(node, ast.JoinedStr | ast.Constant) and (text := _write_template(node)):
        yield text


def _list_all_texts(node: ast.AST) -> Iterator[str]:
    """Every text in a function or a table that is more than a word, but for what documents it."""
    documents = {id(one.value) for one in ast.walk(node) if isinstance(one, ast.Expr)}
    compared = {
        id(part)
        for one in ast.walk(node)
        if isinstance(one, ast.Compare) or (isinstance(one, ast.Call) and _get_name(one.func) in COMPARING)
        for part in ast.walk(one)
    }
    inner = {id(part) for one in ast.walk(node) if isinstance(one, ast.JoinedStr) for part in one.values}
    for one in ast.walk(node):
        if isinstance(one, ast.JoinedStr | ast.Constant) and id(one) not in documents | inner | compared:
            text = _write_template(one)
            if text and " " in text and not text.startswith("pip install "):
                yield text


def _write_template(node: ast.expr) -> str:
    """The text with a name for each value, as the code calls it; nothing for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    assert isinstance(node, ast.JoinedStr)
    parts, names = [], set[str]()
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            counted = _read_count(value.value)
            name = counted[0] if counted else _choose_value_name(value.value)
            number = 2
            while name in names:
                name, number = f"{name.rstrip('0123456789')}{number}", number + 1
            names.add(name)
            spec = counted[1] if counted else "number" if _is_number(value) else ""
            put = f"{{{name}:{spec}}}" if spec else f"{{{name}}}"
            parts.append(f"'{put}'" if value.conversion == ord("r") else put)
        else:
            parts.append(_write_template(value).replace("{", "{{").replace("}", "}}"))
    return "".join(parts)


def _read_count(node: ast.expr) -> tuple[str, str] | None:
    """The number and the forms of a count that is put in."""
    if isinstance(node, ast.Call) and _get_name(node.func) == "with_count":
        return "number", str(getattr(node.args[1], "value", ""))
    return None


def _is_number(value: ast.FormattedValue) -> bool:
    """Whether a value is put in as a number that counts or measures, with a comma between thousands."""
    return value.format_spec is not None and ast.unparse(value.format_spec) == "f','"


def _choose_value_name(node: ast.expr) -> str:
    """What the value is called in the code: the innermost name that is no function."""
    names = [_get_name(one) for one in ast.walk(node) if isinstance(one, ast.Name | ast.Attribute)]
    functions = {_get_name(one.func) for one in ast.walk(node) if isinstance(one, ast.Call)}
    named = [name.strip("_").lower() for name in names if name not in functions | {"self", "os", "join"}]
    return named[0] if named else "value"


def _get_name(node: Any) -> str:
    return getattr(node, "attr", None) or getattr(node, "id", "")


@functools.cache
def told_texts() -> Mapping[str, str]:
    """Every English text by itself, as the table of a language has it."""
    return {text: text for text in sorted(gather_told())}


if __name__ == "__main__":
    for text, places in sorted(gather_told().items()):
        print(f"{text!r}  {', '.join(places)}")
