"""Templates and how parameters fill them: as they are, as a phrase that a key chooses, or as the label of a value.

    fill("{problem:phrase}", {"problem": "comments"}, phrases={"comments": "JSON has no comments"})
    fill("the {kind:label} is published", {"kind": "research-paper"})

Parameters are values, the same in every language: ids, codes, days, numbers. All wording is in the templates.
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

__all__ = ["fill_template", "list_parameters", "to_label"]

NO_PHRASES: Mapping[str, str] = MappingProxyType({})


def fill_template(
    template: str,
    params: Mapping[str, str | int],
    *,
    phrases: Mapping[str, str] = NO_PHRASES,
    labels: Mapping[str, str] = NO_PHRASES,
) -> str:
    """The template with its parameters put in; a phrase may hold parameters of its own, out of the same ones.

    A key that no phrase has stands for itself. Raises `KeyError` where a parameter is missing.
    """
    return _Filler(params, phrases, labels).vformat(template, (), params)


def to_label(value: str, labels: Mapping[str, str] = NO_PHRASES) -> str:
    """The label of a value of an enumeration; in English it is the value without hyphens."""
    return labels.get(value) or value.replace("-", " ")


def list_parameters(template: str) -> frozenset[tuple[str, str]]:
    """The parameters of a template, each with how it is put in; what a translation must have too."""
    return frozenset((name, spec or "") for _, name, spec, _ in string.Formatter().parse(template) if name is not None)


class _Filler(string.Formatter):
    """Fills one template."""

    def __init__(self, params: Mapping[str, str | int], phrases: Mapping[str, str], labels: Mapping[str, str]) -> None:
        self.params, self.phrases, self.labels = params, phrases, labels

    def format_field(self, value: Any, format_spec: str) -> str:
        text = str(value)
        if format_spec == "phrase":
            phrase = self.phrases.get(text)
            return text if phrase is None else self.vformat(phrase, (), self.params)
        return to_label(text, self.labels) if format_spec == "label" else text

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002
        return kwargs[field_name], field_name
