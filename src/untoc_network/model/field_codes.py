"""What messages call the parts of a register in English, and the codes of readers (IO) that say it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity
from untoc_network.model.register import TABLES, Register
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["DESCRIPTIONS", "OBJECTS", "list_model_classes", "missing_field", "unknown_field", "wrong_format"]


def list_model_classes() -> Iterator[type]:
    """Every class that a register is made of, each once."""
    seen: dict[type, None] = {}
    waiting: list[type] = [Register, *TABLES.values()]
    while waiting:
        cls = waiting.pop()
        if cls not in seen:
            seen[cls] = None
            waiting.extend(nested for shape in fields_of(cls) if (nested := nested_class(shape)) is not None)
    return iter(seen)


def _name_with_article(cls: type) -> str:
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _is_choice(shape: FieldShape) -> bool:
    return isinstance(shape.type, type) and issubclass(shape.type, StrEnum)


def _describe_required_fields() -> Iterator[tuple[str, str]]:
    for cls in list_model_classes():
        for shape in fields_of(cls):
            if shape.required and not _is_choice(shape):
                said = shape.description[0].lower() + shape.description[1:].rstrip(".")
                yield f"{cls.__name__}.{shape.name}", said.replace("{", "{{").replace("}", "}}")


class _Phrases(Mapping[str, str]):
    """Phrases that are gathered from the model when one is asked for, and a program that starts does not ask."""

    def __init__(self, gather: Callable[[], dict[str, str]]) -> None:
        self._gather = functools.cache(gather)

    def __getitem__(self, key: str) -> str:
        return self._gather()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._gather())

    def __len__(self) -> int:
        return len(self._gather())


DESCRIPTIONS: Mapping[str, str] = _Phrases(
    lambda: {
        "one-of": "one of {choices}",
        "version": "the version of the form, {version} in this release",
        **dict(sorted(_describe_required_fields())),
    }
)
"""What goes into each field that a record cannot do without, by `Class.field`."""

OBJECTS: Mapping[str, str] = _Phrases(
    lambda: {
        "near": "did you mean '{near}'?",
        "fields": "its fields are: {fields}",
        **{cls.__name__: _name_with_article(cls) for cls in sorted(list_model_classes(), key=lambda cls: cls.__name__)},
    }
)
"""What a message calls an object of each class, and what it advises on an unknown field."""

_code = functools.partial(Code, module=__name__)

missing_field = _code(
    code="IO001",
    slug="missing-field",
    severity=Severity.ERROR,
    message="the field '{name}' is missing",
    hint="add '{name}': {description:phrase}",
    phrases=DESCRIPTIONS,
    basis=citations.NOTHING_LOST,
    statement="Every field that a record needs is there.",
    why="a record without it cannot be understood or told from others, and defaults are never invented.",
    passes='{"networks": [{"id": "xa-network", "name": {"en": "Network of XA"}, "kind": "regional"}]}',
    fails='{"networks": [{"id": "xa-network", "name": {"en": "Network of XA"}}]}',
)

unknown_field = _code(
    code="IO002",
    slug="unknown-field",
    severity=Severity.ERROR,
    message="{object:phrase} has no field '{name}'",
    hint="{remedy:phrase}",
    phrases=OBJECTS,
    basis=citations.NOTHING_LOST,
    statement="Every field is a field of its record.",
    why="a misspelt field would otherwise be dropped silently, with its content.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "founded": "1999"}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "fonded": "1999"}]}',
)

wrong_format = _code(
    code="IO016",
    slug="wrong-format",
    severity=Severity.ERROR,
    message="the text does not have the required form: {form:phrase}",
    hint="write {form:phrase}",
    phrases={form.name: form.description for form in TEXT_FORMS.values()},
    basis=citations.FORMS,
    statement="An id, a country code, a language tag or a web address has the form of its kind.",
    why="one thing written in two forms becomes two things.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "countries": ["XA"]}]}',
    fails='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "countries": ["xa"]}]}',
)
