"""What forms call the fields of a class and the values of an enumeration, in the languages of the library."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, cast

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.i18n.language_words import Words, words_in
from untoc_network.model.extension import Extension
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.fields import fields_of
from untoc_network.values.self_checked_classes import is_self_checked

__all__ = ["Label", "labels"]


@attrs.frozen(kw_only=True)
class Label(HasPlainForm):
    """What a field or a value is called, and what is said of it; of a value nothing is said besides its label."""

    label: str
    description: str = ""

    plain_form = PlainForm("label description", left_out=("",))


@check_arguments
def labels(kind: type[Any] | Extension, *, lang: str | Words = "en") -> dict[str, Label]:
    """The labels of the fields of a class, or of the values of an enumeration, in their order: what a form shows.

    `un.labels(un.Organization, lang="es")["founded"].label` is `Fundada`; those of `un.Register` are the
    collections, those of an `Extension` the own fields that it declares. `lang` is one of the languages of the library,
    such as `pt-BR`, or words of your own.
    Raises `UnknownLanguage`, and `ImpossibleValue` for what is neither a class of the model nor an enumeration.
    """
    words, cls = next(words_in(lang)), cast("Any", kind)
    if isinstance(kind, Extension):
        told = ((name, kind.labels.get(name)) for name in kind.fields)
        return {name: Label(label=name if label is None else label.best(words.language)) for name, label in told}
    if issubclass(kind, StrEnum):
        return {choice.value: Label(label=words.label(choice.value, kind.__name__)) for choice in kind}
    if not is_self_checked(kind):
        raise ImpossibleValue(f"kind: expected a class of the model or an enumeration, got {kind.__name__}")
    return {
        shape.name: Label(
            label=words.fields.get(f"{kind.__name__}.{shape.name}", shape.label),
            description=words.descriptions.get(shape.description, shape.description),
        )
        for shape in fields_of(cls)
    }
