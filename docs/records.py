"""How autodoc shows the library's classes: records by their fields, lists of values by their values."""

import inspect
from enum import StrEnum

import attrs
import generated
from sphinx.util import logging

import untoc_network
from untoc_network.model.register import Register
from untoc_network.values.fields import Sensitivity, fields_of

ROOMS = tuple(getattr(untoc_network, room) for room in untoc_network._ROOMS)
REGISTER_FIELDS = frozenset(shape.name for shape in fields_of(Register))
PUBLIC = frozenset(untoc_network.__all__).union(*(room.__all__ for room in ROOMS))


def setup(app):
    """Connect what is below to autodoc."""
    app.connect("autodoc-skip-member", skip)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", docstring)
    app.connect("env-check-consistency", every_public_name_is_documented)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def skip(_app, what, name, thing, _skip, _options):
    """Of a module only what the package makes public; of a class only what its page does not say already."""
    if what == "module":
        return True if name not in PUBLIC else None
    return True if name in REGISTER_FIELDS and not callable(thing) and not isinstance(thing, property) else None


def signature(_app, _what, _name, thing, _options, arguments, returns):
    """Records are made by field names, and the values of a list are its members: neither needs a signature."""
    if is_record(thing) or is_choice(thing):
        return "", None
    return arguments and arguments.replace("=NOTHING", "={}"), returns


def docstring(_app, _what, _name, thing, _options, lines):
    """Add the fields of a record, or the values of a list."""
    if is_record(thing):
        lines += ["", *(line for shape in own_first(thing) for line in field_lines(shape)), ""]
    elif is_choice(thing):
        lines += ["", f"Values: {', '.join(f'`{value}`' for value in thing)}.", ""]


def own_first(cls):
    """The fields of a record, those that every record has at the end."""
    shared = generated.shared_fields(cls)
    return sorted(fields_of(cls), key=lambda shape: shape.name in shared)


def field_lines(shape):
    note = "" if shape.sensitivity is Sensitivity.PUBLIC else f" *({shape.sensitivity.value.replace('_', ' ')})*"
    yield f":param {shape.name}: {shape.description}{note}"


def is_record(thing):
    return (
        inspect.isclass(thing)
        and attrs.has(thing)
        and all("untoc_network.label" in field.metadata for field in attrs.fields(thing) if field.eq)
    )


def is_choice(thing):
    return inspect.isclass(thing) and issubclass(thing, StrEnum)


def every_public_name_is_documented(_app, env):
    """Warn of public names that the API page leaves out."""
    documented = {name.rpartition(".")[2] for name in env.get_domain("py").objects}
    other_names = {room for room, place in untoc_network._ROOMS.items() if place.rpartition(".")[2] != room}
    for name in sorted(frozenset(untoc_network.__all__) - documented - {"__version__"} - other_names):
        logging.getLogger(__name__).warning("the public name %s is not on the API page", name)
