"""The forms that a publication can have, as a table. A further form is a further line."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from untoc_network.model.register import Register
from untoc_network.serializers.registry import REGISTER_FORMATS, RegisterFormat

__all__ = ["PUBLICATION_FORMS", "PublicationForm"]

Files = Iterable[tuple[str, bytes]]


@attrs.frozen(kw_only=True)
class PublicationForm:
    """One form: its name, what it is in words for the index, and the files that it makes of a register."""

    name: str
    title: str
    files: Callable[[Register], Files]


def _write_files_of_form(form: RegisterFormat, register: Register) -> Iterator[tuple[str, bytes]]:
    """What a form of the register makes: one file, or the files of a folder."""
    made = f"register{form.suffixes[0]}"
    if form.files is None:
        yield made, b"".join(form.pieces(register))
    else:
        yield from ((f"{made}/{name}", data) for name, data in form.files(register))


_TITLES = {
    "json": "JSON, for programs",
    "yaml": "YAML, to read and write by hand",
    "ndjson": "NDJSON, a record a line",
    "csv": "CSV tables in one file",
    "csv-folder": "CSV tables, for spreadsheets and data tools",
    "yaml-folder": "YAML, a file for each collection",
}

PUBLICATION_FORMS: Mapping[str, PublicationForm] = {
    form.name: PublicationForm(
        name=form.name, title=_TITLES.get(form.name, form.name), files=functools.partial(_write_files_of_form, form)
    )
    for form in REGISTER_FORMATS.values()
}
"""Every form by its name."""
