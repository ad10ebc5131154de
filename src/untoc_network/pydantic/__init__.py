"""The classes of the library as types for pydantic, and so for FastAPI. Needs the extra `pydantic`.

    from untoc_network.pydantic import Organization

    class Application(pydantic.BaseModel):
        body: Organization
        partners: list[Organization] = []

Each class of record, what records are made of, each enumeration and each form of text is here under its own name. To a
type checker it is that class: `application.body` is a `un.Organization`.

What comes in is read as `read_record` reads it, and an object of the class is taken as it is. What is wrong is an error
of pydantic at its place (`loc`), whose type is our code, with the hint in its context; it repeats no value that was
given. Warnings of reading are not told. What goes out is the plain form that files have. In JSON Schema, and in the
description of an API, everything has the name of the library.
"""

from __future__ import annotations

from typing import Any

__all__ = ["ReadAs", "list_type_names"]


def __getattr__(name: str) -> Any:
    """Make the type of that name when it is first used. Raises `MissingExtra` where pydantic is not installed."""
    if name in __all__:
        from untoc_network.pydantic import annotated_types

        return getattr(annotated_types, name)
    if not name.startswith("_"):
        from untoc_network.pydantic.annotated_types import list_type_names, make_type

        if name in list_type_names():
            globals()[name] = made = make_type(name)
            return made
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from untoc_network.pydantic.annotated_types import list_type_names

    return sorted({*globals(), *__all__, *list_type_names()})
