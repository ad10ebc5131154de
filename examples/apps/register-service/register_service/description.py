"""What the description of the API (OpenAPI) has besides the addresses: the library's schemas, problems, findings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import untoc_network as un
from register_service.problems import MEDIA_TYPE

JSON, PATCH, CALENDAR = "application/json", "application/merge-patch+json", "text/calendar"
SHEETS = (
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/octet-stream",
)


def refer(name: str) -> dict[str, Any]:
    """A reference to a schema by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def describe_object(**properties: Any) -> dict[str, Any]:
    """The schema of an object that has all of these."""
    return {"type": "object", "required": list(properties), "properties": properties}


def describe_list(items: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a list."""
    return {"type": "array", "items": items}


def describe_answers(schema: Mapping[str, Any], media_type: str = JSON, *, status: int = 200) -> dict[int | str, Any]:
    """What an address answers: content of a schema, or a problem."""
    answer = {"description": "As asked.", "content": {media_type: {"schema": schema}}}
    problem = {"description": "A problem (RFC 9457).", "content": {MEDIA_TYPE: {"schema": refer("Problem")}}}
    return {status: answer, "default": problem}


def describe_change(schema: Mapping[str, Any], *media_types: str) -> dict[str, Any]:
    """That an address takes a token, and a body of a schema in some media types, or none."""
    content = {media_type: {"schema": schema} for media_type in media_types}
    return {"security": [{"token": []}], **({"requestBody": {"required": True, "content": content}} if content else {})}


FOR_ANYBODY: dict[str, Any] = {"security": [{}, {"token": []}]}
"""That an address takes a token, and answers without one too."""

_TEXT = {"type": "string"}
FINDINGS = describe_list(refer("Finding"))
IMPORT = describe_object(
    applied={"type": "boolean"},
    edits=describe_list({"type": "object"}),
    edits_not_shown={"type": "integer"},
    missing_from_list=describe_list(_TEXT),
    acceptable={"type": "boolean", "description": "Whether the register stays without new errors; else it is refused."},
    findings=FINDINGS,
    introduced=FINDINGS,
)
_OWN_SCHEMAS: dict[str, Any] = {
    "Finding": {
        "type": "object",
        "description": "What a check has to say of one place.",
        "required": ["code", "slug", "severity", "message", "pointer"],
        "properties": dict.fromkeys(("code", "slug", "message", "hint", "basis", "pointer", "subject"), _TEXT)
        | {"severity": {"enum": [one.value for one in un.Severity]}},
    },
    "Problem": {
        "type": "object",
        "description": "What is wrong with a request (RFC 9457); `title` is in a language of the caller.",
        "required": ["type", "title", "status"],
        "properties": dict.fromkeys(("type", "title"), _TEXT)
        | {
            "status": {"type": "integer"},
            "findings": FINDINGS,
            "parameters": describe_list(_TEXT),
            "takes": describe_list(_TEXT),
        }
        | {"findings_not_shown": {"type": "integer", "description": "How many name what the caller may not see."}},
    },
}


def describe_components(made: Mapping[str, Any]) -> dict[str, Any]:
    """What FastAPI made of the parameters, and the schemas of the library under the names that it has for them."""
    return {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "schemas": {**made.get("schemas", {}), **un.openapi_schemas(), **_OWN_SCHEMAS},
    }
