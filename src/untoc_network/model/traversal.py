"""The one way through a record and all that it holds: to find what is of a type in it, and to write it anew.

For each class a plan is made once of the fields that hold what is looked for, or lead to it; a walk touches no other
field. `collect_values` has its way written as code, so that a look at a whole register costs about as much as a loop
over these fields: it tells no places. Where something is found, `locate_values` tells them.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import attrs

from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.function_compiler import compile_functions

__all__ = [
    "GONE",
    "Located",
    "Path",
    "Rewriter",
    "can_hold",
    "collect_all_wanted",
    "collect_by_type",
    "collect_values",
    "collect_wanted",
    "collect_with_ends",
    "find_wanted",
    "locate_values",
    "walk_values",
]


def _select_fields(cls: Any, only: tuple[str, ...]) -> Iterator[FieldShape]:
    return (shape for shape in fields_of(cls) if not only or shape.name in only)


# -- what a record holds -----------------------------------------------------------------------------------------------


class Located(NamedTuple):
    """A value in a record: the names and positions that lead to it, itself, what holds it, and in which field."""

    path: tuple[str | int, ...]
    value: Any
    holder: Any
    shape: FieldShape


Wanted = Callable[[Any, FieldShape], bool]
"""Whether the values of a field of a class are wanted. Plans are kept by it: it must be a function of a module."""


def walk_values(held: Any, is_wanted: Wanted, *, only: tuple[str, ...] = ()) -> Iterator[Located]:
    """Every value in an object, or in some of its fields, that stands in a wanted field, in the order of the fields."""
    return _iterate_located(held, _plan_walk(held.__class__, is_wanted, only), ())


def locate_values(held: Any, wanted: Any) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every value of the type in an object and in what it holds, with its path; the object's own id aside."""
    return ((found.path, found.value) for found in walk_values(held, _make_type_predicate(wanted)))


@functools.cache
def _make_type_predicate(wanted: Any) -> Wanted:
    return lambda _, shape: shape.type is wanted and shape.name != "id"


def _iterate_located(held: Any, plan: tuple[Any, ...], path: tuple[str | int, ...]) -> Iterator[Located]:
    for shape, is_wanted, nested in plan:
        value = getattr(held, shape.name)
        if value is None or value == ():
            continue
        here = (*path, shape.name)
        items = (((*here, position), one) for position, one in enumerate(value)) if shape.many else ((here, value),)
        for place, item in items:
            if is_wanted:
                yield Located(place, item, held, shape)
            if nested:
                yield from _iterate_located(item, nested, place)


@functools.cache
def _plan_walk(cls: Any, is_wanted: Wanted, only: tuple[str, ...] = ()) -> tuple[Any, ...]:
    """Each field that is wanted or leads to one: its shape, whether it is wanted, and the plan of what it holds."""
    plan = []
    for shape in _select_fields(cls, only):
        nested = () if (inner := nested_class(shape)) is None else _plan_walk(inner, is_wanted)
        if (wanted := is_wanted(cls, shape)) or nested:
            plan.append((shape, wanted, nested))
    return tuple(plan)


def collect_values(objects: Sequence[Any], cls: Any, wanted: Any) -> list[Any]:
    """Every value of the type in objects of a class and in what they hold; the ids of records themselves aside."""
    found: list[Any] = []
    if objects and can_hold(cls, wanted):
        _compile_collector(cls, wanted)(objects, found)
    return found


def collect_by_type(objects: Sequence[Any], cls: Any, types: tuple[Any, ...]) -> list[list[Any]]:
    """For each of several types what `collect_values` gives, in one go through the objects."""
    found: list[list[Any]] = [[] for _ in types]
    if objects:
        _compile_type_collector(cls, types)(objects, found)
    return found


def collect_wanted(held: Any, is_wanted: Wanted) -> list[Any]:
    """Every value in an object that stands in a wanted field, without its place: as `walk_values`, and much quicker."""
    return collect_all_wanted((held,), held.__class__, is_wanted)


def collect_all_wanted(objects: Iterable[Any], cls: Any, is_wanted: Wanted) -> list[Any]:
    """The same in many objects of a class."""
    found: list[Any] = []
    _compile_wanted_collector(cls, is_wanted)(objects, found)
    return found


def find_wanted(objects: Iterable[Any], cls: Any, is_wanted: Wanted, is_sought: Callable[[Any], bool]) -> Iterator[int]:
    """The places of those objects of a class in which one of the values in wanted fields is sought."""
    found, ends = collect_with_ends(objects, cls, is_wanted)
    return (bisect.bisect(ends, place) for place, value in enumerate(found) if is_sought(value))


def collect_with_ends(objects: Iterable[Any], cls: Any, is_wanted: Wanted) -> tuple[list[Any], list[int]]:
    """Every value that stands in a wanted field in objects of a class, and how many there are with those of each."""
    found, ends = list[Any](), list[int]()
    _compile_marking_collector(cls, is_wanted)(objects, found, ends)
    return found, ends


def can_hold(cls: Any, wanted: Any) -> bool:
    """Whether an object of the class can hold such a value."""
    return wanted in _list_types_within(cls)


@functools.cache
def _list_types_within(cls: Any) -> frozenset[Any]:
    """The types of all values that an object of the class can hold, and what these hold in turn."""
    shapes = [shape for shape in fields_of(cls) if shape.name != "id"]
    nested = (_list_types_within(inner) for shape in fields_of(cls) if (inner := nested_class(shape)) is not None)
    return frozenset(shape.type for shape in shapes).union(*nested)


@functools.cache
def _compile_collector(cls: Any, wanted: Any) -> Callable[[Iterable[Any], list[Any]], None]:
    title = f"collecting {getattr(wanted, '__name__', wanted)} in {cls.__name__}"
    return _compile_collector_of_plan(_plan_walk(cls, _make_type_predicate(wanted)), title)


@functools.cache
def _compile_type_collector(cls: Any, types: tuple[Any, ...]) -> Callable[[Iterable[Any], list[list[Any]]], None]:
    plan = _plan_walk(cls, lambda _, shape: shape.type in types and shape.name != "id")
    return _compile_collector_of_plan(plan, f"collecting by type in {cls.__name__}", types=types)


@functools.cache
def _compile_wanted_collector(cls: Any, is_wanted: Wanted) -> Callable[[Iterable[Any], list[Any]], None]:
    title = f"collecting by {is_wanted.__name__} in {cls.__name__}"
    return _compile_collector_of_plan(_plan_walk(cls, is_wanted), title)


@functools.cache
def _compile_marking_collector(cls: Any, is_wanted: Wanted) -> Callable[[Iterable[Any], list[Any], list[int]], None]:
    title = f"collecting by {is_wanted.__name__} in {cls.__name__}, object by object"
    return _compile_collector_of_plan(_plan_walk(cls, is_wanted), title, ends=True)


def _compile_collector_of_plan(
    plan: tuple[Any, ...], title: str, *, ends: bool = False, types: tuple[Any, ...] = ()
) -> Callable[..., None]:
    numbers: Mapping[Any, Any] = {kind: number for number, kind in enumerate(types)}
    body = [*_write_collector_lines(plan, numbers, depth=1), f"  {'ends.append(len(found))' if ends else 'pass'}"]
    calls = "".join(body)
    lists = {str(to): f"found[{to}]" for to in numbers.values()} or {"": "found"}
    methods = ((f"{verb}{to}", f"{held}.{how}") for to, held in lists.items() for verb, how in _VERBS.items())
    lines = [
        f"def collector(objects, found{', ends' * ends}):",
        *(f" {name} = {method}" for name, method in methods if f"{name}(" in calls),
        " for x1 in objects:",
        *body,
    ]
    return compile_functions(lines, {}, title)["collector"]  # type: ignore[no-any-return]


_VERBS = {"add": "append", "extend": "extend"}


def _write_collector_lines(plan: tuple[Any, ...], numbers: Mapping[Any, Any], depth: int) -> Iterator[str]:
    """The lines that collect from `x1`, `x2`..., a loop within a loop for each class within a class.

    What is of a type with a number goes to the list of that number.
    """
    indent = " " * (2 * depth)
    one, part = f"x{depth}", f"x{depth + 1}"
    for shape, is_wanted, nested in plan:
        value, to = f"{one}.{shape.name}", numbers.get(shape.type, "")
        if is_wanted and shape.many:
            yield f"{indent}if v := {value}: extend{to}(v)"
        elif is_wanted and shape.required:
            yield f"{indent}add{to}({value})"
        elif is_wanted:
            yield f"{indent}if (v := {value}) is not None: add{to}(v)"
        else:
            yield f"{indent}for {part} in {value}:" if shape.many else f"{indent}if ({part} := {value}) is not None:"
            yield from _write_collector_lines(nested, numbers, depth + 1)


# -- a record written anew ---------------------------------------------------------------------------------------------

GONE: Any = object()
"""What a change gives where a value is to go."""

Path = tuple[str, ...]
"""The names of the fields that lead to a value, that of its own field last."""

Change = Callable[[Any, Any], Any]
"""Gives the new value for its holder and the value, or `GONE`."""


class Rewriter:
    """Writes objects anew, value by value: what every view, every erasure and every renaming is made with.

    `choose` is asked once for each field of a class and each path to it: what changes its values, or None. What holds
    others is changed first, then what is held. Where a value goes that its holder cannot be without, the holder goes;
    so does one that has nothing left to say.
    """

    def __init__(self, choose: Callable[[Any, FieldShape, Path], Change | None]) -> None:
        self._choose = choose
        self._plans: dict[tuple[Any, tuple[str, ...]], tuple[Any, ...]] = {}

    def rewrite(self, held: Any, *, only: tuple[str, ...] = ()) -> Any:
        """The object with its values changed, or those in some of its fields; itself where none of them did."""
        key = held.__class__, only
        if key not in self._plans:
            self._plans[key] = self._plan(held.__class__, (), only)
        return _rewrite(held, self._plans[key])

    def _plan(self, cls: Any, path: Path, only: tuple[str, ...] = ()) -> tuple[Any, ...]:
        """Each field with values that change or lead to such: name, form, the change, and the plan of what it holds."""
        plan = []
        for shape in _select_fields(cls, only):
            here = (*path, shape.name)
            nested = () if (inner := nested_class(shape)) is None else self._plan(inner, here)
            change = self._choose(cls, shape, here)
            if change is not None or nested:
                plan.append((shape.name, shape.many, shape.required, change, nested))
        return tuple(plan)


def _rewrite(held: Any, plan: tuple[Any, ...]) -> Any:
    changes: dict[str, Any] = {}
    for name, many, required, change, nested in plan:
        value = getattr(held, name)
        if value is None or value == ():
            continue
        if many:
            new = _keep_tuple_if_unchanged([_rewrite_value(held, item, change, nested) for item in value], value)
        else:
            new = _rewrite_value(held, value, change, nested)
            if new is GONE and required:
                return GONE
        if new is not value:
            changes[name] = attrs.NOTHING if new is GONE else new
    return _evolve_or_drop(held, changes) if changes else held


def _rewrite_value(held: Any, value: Any, change: Change | None, nested: tuple[Any, ...]) -> Any:
    new = value if change is None else change(held, value)
    return _rewrite(new, nested) if nested and new is not GONE else new


def _keep_tuple_if_unchanged(new: list[Any], old: tuple[Any, ...]) -> tuple[Any, ...]:
    if all(after is before for after, before in zip(new, old, strict=True)):
        return old
    return tuple(value for value in new if value is not GONE)


def _evolve_or_drop(held: Any, changes: dict[str, Any]) -> Any:
    values = {field.name: getattr(held, field.name) for field in attrs.fields(held.__class__)} | changes
    new = held.__class__(**{name: value for name, value in values.items() if value is not attrs.NOTHING})
    return GONE if all(getattr(new, name) in (None, ()) for name in values) else new
