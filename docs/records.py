"""How autodoc shows the library's classes: records by their fields, lists of values by their values."""

import importlib
import inspect
import re
import sys
from enum import Enum, StrEnum
from functools import reduce

import attrs
import generated
from sphinx.util import logging

import untoc_network
from untoc_network.model.register import Register
from untoc_network.values.fields import Sensitivity, fields_of

ROOMS = tuple(getattr(untoc_network, room) for room in untoc_network._ROOMS)
REGISTER_FIELDS = frozenset(shape.name for shape in fields_of(Register))
COMPANIONS = tuple(importlib.import_module(f"untoc_network_{name}") for name in untoc_network._COMPANIONS)
_DEFAULT = re.compile(r"( ?= ?)(?:attr_dict\['(\w+)'\]\.default|NOTHING)")
TOP = ("class", "exception", "function", "data")
PUBLIC = frozenset(untoc_network.__all__).union(*(room.__all__ for room in (*ROOMS, *COMPANIONS)))


def setup(app):
    """Connect what is below to autodoc."""
    app.connect("builder-inited", free_cached_properties)
    app.add_autodoc_attrgetter(type, cached_property_or_other)
    app.connect("autodoc-skip-member", skip)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", docstring)
    app.connect("env-check-consistency", every_public_name_is_documented)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def free_cached_properties(_app):
    """Take the cached properties from the slots, of which autodoc knows the names alone."""
    for thing in (getattr(room, name) for room in (untoc_network, *ROOMS, *COMPANIONS) for name in room.__all__):
        if inspect.isclass(thing) and cached_functions(thing):
            thing.__slots__ = tuple(name for name in thing.__slots__ if name not in cached_functions(thing))


def cached_property_or_other(cls, name, *default):
    """A cached property as the property that it was: in a class with slots attrs leaves a slot of its name alone."""
    return property(cached_functions(cls)[name]) if name in cached_functions(cls) else getattr(cls, name, *default)


def cached_functions(cls):
    """The functions of the cached properties that attrs made slots of."""
    kept = getattr(vars(cls).get("__getattr__"), "__defaults__", None) or ()
    return next((value for value in kept if attrs.has(cls) and isinstance(value, dict)), {})


def skip(_app, what, name, thing, _skip, _options):
    """Of a module only what the package makes public; of a class only what its page does not say already."""
    if what == "module":
        return True if name not in PUBLIC else None
    return True if name in REGISTER_FIELDS and not callable(thing) and not isinstance(thing, property) else None


def signature(_app, _what, _name, thing, _options, arguments, returns):
    """Records are made by field names, and the values of a list are its members: neither needs a signature."""
    if is_record(thing) or is_choice(thing):
        return "", None
    return arguments and _DEFAULT.sub(lambda found: f"{found[1]}{say_default(thing, found[2])}", arguments), returns


def say_default(cls, name):
    """The default of a field as a reader would write it, for what the constructor that attrs wrote has in its place."""
    default = next((field.default for field in attrs.fields(cls) if field.name == name), ...) if name else ...
    if isinstance(default, Enum):
        return f"{type(default).__name__}.{default.name}"
    return repr(default) if isinstance(default, (str, int, bool, tuple, type(None))) else "..."


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
    """Warn of what the API pages leave out: a public name, or a public method or property of a public class.

    That nothing stands there twice is told by Sphinx itself.
    """
    if "reference/api" not in env.found_docs:
        return  # in another language, where the API is that in English
    told = env.get_domain("py").objects
    for name in [name for name, entry in told.items() if entry.objtype == "module"]:
        importlib.import_module(name)
    homes = {id(locate(name)): name for name, entry in told.items() if entry.objtype in TOP and not entry.aliased}
    short = {name.rpartition(".")[2] for name in told}
    for room in (untoc_network, *ROOMS, *COMPANIONS):
        for name in sorted(frozenset(room.__all__) - {"__version__", *untoc_network._ROOMS}):
            thing = getattr(room, name)
            if inspect.ismethod(thing):
                continue  # of the packaged facts, whose class is told
            home = homes.get(id(thing), "")
            if not home and (callable(thing) or name not in short):
                warn("the public name %s of %s is on no API page", name, room.__name__)
            for member in public_members(thing) if home and inspect.isclass(thing) else ():
                if f"{home}.{member}" not in told:
                    warn("the public member %s of %s is on no API page", member, home)


def locate(name):
    """What a documented name names; modules that have the name of what they hold are never taken for it."""
    parts = name.split(".")
    home = next(place for place in range(len(parts) - 1, 0, -1) if ".".join(parts[:place]) in sys.modules)
    return reduce(lambda thing, part: getattr(thing, part, None), parts[home:], sys.modules[".".join(parts[:home])])


def public_members(cls):
    """The methods and properties that a class has of its own, and its slots that are not fields."""
    fields = {field.name for field in attrs.fields(cls)} if attrs.has(cls) else set()
    for name, value in vars(cls).items():
        kind = callable(value) or isinstance(value, (property, classmethod, staticmethod))
        if not name.startswith("_") and name not in fields and (kind or inspect.ismemberdescriptor(value)):
            yield name


def warn(message, *names):
    logging.getLogger(__name__).warning(message, *names)
