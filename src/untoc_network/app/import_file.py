"""Whatever comes from elsewhere to a register: a member list, or what another tool wrote, by the suffix of its file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import attrs

from untoc_network.app.import_list import Imported, Progress, import_sheet
from untoc_network.diagnostics.code import escape_unprintable
from untoc_network.diagnostics.codes.member_lists import UNIMPORTABLE
from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.interop.registry import FORMS, ToolImport, import_data
from untoc_network.model.extension import Extension
from untoc_network.model.register import Register
from untoc_network.serializers.member_lists.column_mapping import SheetMapping
from untoc_network.serializers.source.file_access import read_limited
from untoc_network.serializers.source.limits import Limits
from untoc_network.values.argument_checks import check_arguments

__all__ = ["READABLE_FORMS", "choose_import_exit_code", "detect_import_form", "import_file"]

READABLE_FORMS = tuple(form.name for form in FORMS.values() if form.reads)
"""The forms of other tools that can be imported."""
_BY_SUFFIX = {suffix: name for name in READABLE_FORMS for suffix in FORMS[name].suffixes}
_OF_REGISTERS = (".json", ".ndjson", ".jsonl", ".yaml", ".yml")
_BEGINNING = 2**20
"""Bytes within which a register says that it is one."""


def detect_import_form(path: str | os.PathLike[str]) -> str | None:
    """The form of another tool that the suffix names; None for a member list."""
    return _BY_SUFFIX.get(Path(path).suffix.lower())


@check_arguments
def import_file(  # noqa: PLR0913
    path: str | os.PathLike[str],
    *,
    form: str | None = None,
    mapping: SheetMapping = SheetMapping(),
    existing: Register | None = None,
    accept_consents: bool = False,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    extensions: Iterable[Extension] = (),
) -> Imported | ToolImport:
    """Import a member list, or a file of another tool where its suffix or `form` says so; `-` is standard input.

    Of the mapping, only `list` and `language` count for what is no member list. Never raises on content. Raises
    `UnsupportedFormat` for what is a register already, and what `import_sheet` and `interop.import_bytes` raise.
    """
    name = os.fspath(path)
    if form is None:
        _refuse_register(name)
    form = form or detect_import_form(name)
    if form is None:
        return import_sheet(
            name,
            mapping=mapping,
            existing=existing,
            accept_consents=accept_consents,
            limits=limits,
            progress=progress,
            extensions=extensions,
        )
    unsaid = attrs.fields(SheetMapping).language.default
    return import_data(
        read_limited(name, limits),
        form,
        existing=existing,
        file="<stdin>" if name == "-" else name,
        list=mapping.list,
        accept_consents=accept_consents,
        limits=limits,
        **({} if mapping.language == unsaid else {"language": mapping.language}),
    )


def choose_import_exit_code(imported: Imported | ToolImport) -> int:
    """0 without an error, 1 where some rows have errors, 2 where nothing of the file could be imported."""
    if imported.register is None or any(finding.code in UNIMPORTABLE for finding in imported.report):
        return 2
    return int(not imported.report.ok)


def _refuse_register(name: str) -> None:
    """A register is no list: it is read as it is."""
    if name == "-" or Path(name).suffix.lower() not in _OF_REGISTERS:
        return
    if b"schema_version" in read_limited(name, Limits(max_bytes=_BEGINNING)):
        raise UnsupportedFormat(f"{escape_unprintable(name)}: this file is a register already, and no list")
