"""What is said of something: the key of a wording and its values; each language has the words under `engagement`."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from untoc_network.diagnostics.plain_form import HasPlainForm, PlainForm
from untoc_network.values.text import Text

__all__ = ["Message", "Value", "make_message"]

Value = str | int | Text | tuple[str, ...]
"""An id, a code, a date, a number, a value of a list, or the name of something in several languages; never a phrase."""


@attrs.frozen(kw_only=True)
class Message(HasPlainForm):
    """A key of a wording, and the values that fill its template."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    plain_form = PlainForm("key values", values=lambda said: dict(said.values))


def make_message(key: str, values: Mapping[str, Value] | None = None, /, **more: Value) -> Message:
    """A wording with its values in one stable order."""
    return Message(key=key, values=tuple(sorted({**(values or {}), **more}.items())))
