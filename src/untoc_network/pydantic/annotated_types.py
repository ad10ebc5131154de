"""How pydantic reads, writes and describes what the library has classes for."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Generic, TypeVar

import untoc_network
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.model.extension import Extension, require_extensions
from untoc_network.model.form_check import checked
from untoc_network.model.register import Register
from untoc_network.serializers.schema import make_definitions
from untoc_network.serializers.single_record import read_value
from untoc_network.values.self_checked_classes import TEXT_FORMS, is_self_checked

try:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError, core_schema
except ModuleNotFoundError:
    raise MissingExtra('for types of pydantic, pydantic is needed: pip install "untoc-network[pydantic]"') from None

__all__ = ["ReadAs", "list_type_names", "make_type"]

T = TypeVar("T")
_REFS = "#/$defs/"
_MASK = "…"
"""Stands for what was given: it may be personal, and errors of pydantic end up in logs and answers."""


class InBody(Generic[T]):
    """Stands for a class where programs look at annotations: FastAPI takes what is no generic class for a query."""

    __get_pydantic_core_schema__ = None  # `ReadAs` beside it comes first; that there is one is all that is asked


@functools.cache
def list_type_names() -> tuple[str, ...]:
    """The names of all types: what a register is made of."""
    return tuple(name for name in make_definitions(Register) if name != Register.__name__)


def make_type(name: str) -> Any:
    """The type of that name.

    Beside `ReadAs` stands what FastAPI is to take it for: a text can be in a query, an object is a body.
    """
    kind = getattr(untoc_network, name)
    is_text = kind in TEXT_FORMS or issubclass(kind, str)
    return Annotated[str if is_text else InBody[kind], ReadAs(kind)]  # type: ignore[valid-type]


class ReadAs:
    """Makes a type for pydantic of a class of the library: `Annotated[un.Organization, ReadAs(un.Organization)]`.

    `extensions` declare own fields of the class, which are then read by type and described.
    """

    def __init__(self, kind: Any, *, extensions: Iterable[Extension] = ()) -> None:
        self.kind, self.extensions = kind, require_extensions(extensions)

    def __repr__(self) -> str:
        return f"ReadAs({self.kind.__name__})"

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Called by pydantic: how a value is read and written."""
        return core_schema.no_info_plain_validator_function(
            self._read, serialization=core_schema.plain_serializer_function_ser_schema(to_dict)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Called by pydantic: a reference to the definition of the class, beside all that it refers to."""
        schemas = make_definitions(self.kind, extensions=self.extensions)
        own = f"{self.kind.__name__}:{id(self)}" if self.extensions else self.kind.__name__
        schemas[own] = schemas.pop(self.kind.__name__)  # the same class without them may be described too
        definitions = [_describe(name, one) for name, one in schemas.items()]
        named = core_schema.definition_reference_schema(_name_definition(own))
        return handler(core_schema.definitions_schema(named, definitions))

    def _read(self, value: Any) -> Any:
        if isinstance(self.kind, type) and type(value) is self.kind:
            held, report = value, checked(value) if is_self_checked(self.kind) else Report()
            held = held if report.ok else None
        else:
            held, report = read_value(value, self.kind, extensions=self.extensions)
        if held is None:
            raise ValidationError.from_exception_data(self.kind.__name__, list(map(_to_error, report.errors)))
        return held


def _to_error(finding: Finding) -> InitErrorDetails:
    hint = {"hint": finding.hint} if finding.hint else {}
    message = finding.message
    template, more = ("{message}", {"message": message}) if "{" in message else (message, {})
    told = PydanticCustomError(finding.code, template, {**hint, **more})
    return InitErrorDetails(type=told, loc=finding.path, input=_MASK)


# -- the definitions ---------------------------------------------------------------------------------------------------


def _name_definition(name: str) -> str:
    return f"{untoc_network.__name__}.{name}"


def _describe(name: str, schema: Mapping[str, Any]) -> CoreSchema:
    """What gives the definition of that name, and refers to others in the way that the description of an API wants."""

    def get_core_schema(_class: Any, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.any_schema(ref=_name_definition(name))

    def get_json_schema(_class: Any, _core: CoreSchema, handler: GetJsonSchemaHandler) -> Any:
        return _refer(schema, handler)

    described = type(
        name,
        (),
        {
            "__get_pydantic_core_schema__": classmethod(get_core_schema),
            "__get_pydantic_json_schema__": classmethod(get_json_schema),
        },
    )
    return TypeAdapter(described).core_schema


def _refer(schema: Any, handler: GetJsonSchemaHandler) -> Any:
    if isinstance(schema, list):
        return [_refer(one, handler) for one in schema]
    if not isinstance(schema, dict):
        return schema
    told = {key: _refer(value, handler) for key, value in schema.items() if key != "$ref"}
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFS)
        told |= handler(core_schema.definition_reference_schema(_name_definition(name)))
    return told
