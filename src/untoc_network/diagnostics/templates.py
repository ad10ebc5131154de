"""Templates, which all words of messages are: parameters fill them as they are, as a phrase, a label, or with a count.

    fill_template("{problem:phrase}", {"problem": "comments"}, phrases={"comments": "JSON has no comments"})
    fill_template("the {kind:label} is published", {"kind": "research-paper"})
    fill_template("{number:record is|records are} left out", {"number": 2})

Parameters are values, the same in every language: ids, codes, days, numbers. All wording is in the templates.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["NO_PHRASES", "fill_template", "list_parameters", "to_label", "with_count"]

NO_PHRASES: Mapping[str, str] = MappingProxyType({})


def fill_template(
    template: str,
    params: Mapping[str, str | int],
    *,
    phrases: Mapping[str, str] = NO_PHRASES,
    labels: Mapping[str, str] = NO_PHRASES,
    language: str = "en",
) -> str:
    """The template with its parameters put in; a phrase may hold parameters of its own, out of the same ones.

    `language` decides which form of a count is taken. A key that no phrase has stands for itself. Raises `KeyError`
    where a parameter is missing.
    """

    def fill(template: str) -> str:
        parts = []
        for before, name, spec in _parse_template(template):
            parts += [before, "" if name is None else put_in(params[name], spec)]
        return "".join(parts)

    def put_in(value: Any, spec: str) -> str:
        text = str(value)
        if "|" in spec:
            return with_count(value, spec, language)
        if spec == "phrase":
            phrase = phrases.get(text)
            return text if phrase is None else fill(phrase)
        return to_label(text, labels) if spec == "label" else text

    return fill(template)


def to_label(value: str, labels: Mapping[str, str] = NO_PHRASES, enumeration: str = "") -> str:
    """The label of a value of an enumeration; in English it is the value without hyphens.

    A language can say one value differently for each enumeration, under `ApplicationState.submitted`; the class is that
    of the value, or named where the value is plain text.
    """
    own = labels.get(f"{enumeration or type(value).__name__}.{value}")
    return own or labels.get(value) or value.replace("-", " ")


def with_count(number: int, forms: str, language: str = "en") -> str:
    """A number with its word, of the forms `place|places`: `1 place`, `2 places`. French counts 0 as one."""
    one, more = forms.split("|")
    return f"{number} {one if (number < 2 if language == 'fr' else number == 1) else more}"


@functools.lru_cache(maxsize=2_000)  # templates are the library's own, and those of the rules that a program adds
def _parse_template(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """What stands before each parameter of a template, its name, and how it is put in; no name at the end."""
    import string  # which a program whose registers are sound need not load

    parts = [*string.Formatter().parse(template)]
    if any(conversion for *_, conversion in parts):
        raise ValueError(f"{template}: a parameter is put in as it is")
    return tuple((before, name, spec or "") for before, name, spec, _ in parts)


def list_parameters(template: str) -> frozenset[tuple[str, str]]:
    """The parameters of a template, each with how it is put in; what a translation must have too."""
    fields = [(name, spec) for _, name, spec in _parse_template(template) if name is not None]
    return frozenset((name, "count" if "|" in spec else spec) for name, spec in fields)
