"""What one must write in an annotation has a public name: whatever public functions and classes take, give or hold."""

import inspect
import types
import typing

import untoc_network as un
from untoc_network.reference import row_types

ROOMS = {"un": un, **{f"un.{room}": getattr(un, room) for room in un._ROOMS}}
LOADING_ROWS = {"untoc_network.reference.facts", "untoc_network.process.review_tracker"}
"""The modules that load the classes of rows with the first table."""
NOT_WRITTEN = {
    "FindingLocator",  # how a report finds the lines of its findings
    "FindingSpool", "RetainedPart", "SpooledFinding",  # what a checked part carries to the one that joins the parts
    "PlainForm",  # how a class says what it is in JSON
    "Ambiguity", "TrieNode",  # how names of countries are looked for
    "Row",  # what tables of facts are lists of; a table of statistics has the name
    "Reference",  # of the register: a place where a record names another; the facts have the name
}  # fmt: skip
"""Classes that public ones hold, and that nobody builds or hands on."""


def _classes(hint) -> set[type]:
    found = {hint} if isinstance(hint, type) and hint.__module__.startswith("untoc_network") else set()
    for part in typing.get_args(hint):
        for one in part if isinstance(part, list) else (part,):
            found |= _classes(one)
    return found


def _functions(value):
    """The functions behind a public name: itself, or the methods and properties of a class, with its fields."""
    if inspect.isfunction(value):
        yield value
    elif isinstance(value, type) and value.__module__.startswith("untoc_network"):
        yield value
        for name, held in vars(value).items():
            behind = [getattr(held, one, None) for one in ("__func__", "fget", "func")]
            if not name.startswith("_"):
                yield from (one for one in (held, *behind) if inspect.isfunction(one))


def test_every_class_in_a_public_annotation_is_public():
    public = {getattr(room, name) for room in ROOMS.values() for name in room.__all__ if _is_class(room, name)}
    missing = {}
    for place, room in ROOMS.items():
        for name in room.__all__:
            for function in _functions(getattr(room, name)):
                for part, hint in _hints(function).items():
                    for cls in _classes(hint) - public if not part.startswith("_") else ():
                        missing.setdefault(cls.__name__, f"{place}.{name}: {part}")
    assert {name: where for name, where in missing.items() if name not in NOT_WRITTEN} == {}
    assert set(missing) == NOT_WRITTEN


def _is_class(room, name) -> bool:
    return isinstance(getattr(room, name), type)


def _hints(function) -> dict:
    import pendulum

    later = {"pendulum": pendulum}
    if function.__module__ in LOADING_ROWS:
        later |= {name: getattr(un.reference, name) for name in un.reference.__all__} | {"Row": row_types.Row}
    return typing.get_type_hints(function, localns=later)


def test_the_names_that_rules_views_exports_and_differences_need_are_at_hand():
    assert isinstance(un.AnyRecord, types.UnionType)
    assert [un.View, un.Exported, un.Edit] == [un.privacy.View, un.interop.Exported, un.matching.Edit]
    assert typing.get_type_hints(un.interop.export)["return"] is un.Exported


def test_an_export_spells_what_it_takes():
    for function in (un.interop.export, un.interop.write, un.interop.read_data, un.interop.import_data):
        kinds = {one.kind for one in inspect.signature(function).parameters.values()}
        assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}


def test_options_are_explained_where_they_are_the_defaults_of_the_calls():
    for options, function in (
        (un.interop.ExportOptions, un.interop.export),
        (un.interop.ImportOptions, un.interop.read_data),
    ):
        told = inspect.signature(function).parameters
        for name, own in inspect.signature(options).parameters.items():
            assert name in told
            if own.default is not own.empty and name != "held":
                assert told[name].default == own.default
