"""What a value or record must be in itself: each field of its type and form, as if it had been read from a document.

One plan for each class, made of the types of its fields when the first object is built, serves three questions: the
constructor asks whether its own fields are sound, `is_sound` whether all that an object holds is, wherever it came
from, and `fault_of` what is wrong with one value. Both ways through the classes are written as code once, so that the
constructor of a record takes a microsecond or two more.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Iterator
from enum import Enum, StrEnum
from typing import Any

import attrs

from untoc_network.diagnostics.errors import IMPOSSIBLE, ImpossibleValue
from untoc_network.diagnostics.findings import format_path
from untoc_network.diagnostics.plain_form import PlainForm
from untoc_network.values.fields import unwrap_type
from untoc_network.values.generated import compile_functions

__all__ = [
    "_LARGEST",
    "_MISSING",
    "Fault",
    "FaultKind",
    "FieldPlan",
    "SelfChecked",
    "describe_type",
    "faults_in",
    "field_faults",
    "is_sound",
    "is_text",
]

_LARGEST = 10**15 - 1
"""The largest whole number that every program keeps exactly and a document may hold."""

_MISSING: Any = object()
"""Stands for a field that was never set, in an object that no constructor made."""

_SURROGATE = re.compile("[\ud800-\udfff]")


class SelfChecked:
    """A class of the model: its constructor refuses what no document could hold, and nobody subclasses it.

    The constructor raises `ImpossibleValue` that names class and field, and never the value, which may be personal.
    A subclass would be taken by some calls and lose its fields in others, so its definition raises `ImpossibleValue`.
    """

    __slots__ = ()
    plain_form = PlainForm(defaults_left_out=True)

    def __attrs_post_init__(self) -> None:
        cls: Any = self.__class__
        _check_of(cls)(self)
        self._refuse_impossible()

    def __init_subclass__(cls) -> None:
        if cls.__module__.partition(".")[0] != _HOUSE:
            kind = next(base.__name__ for base in cls.__mro__ if base.__module__.partition(".")[0] == _HOUSE)
            raise ImpossibleValue(
                f"{cls.__name__}: {kind} cannot be subclassed, since files would lose what a subclass adds; "
                "keep fields of your own beside the record, by its id"
            )

    def _refuse_impossible(self) -> None:
        """Raise `ImpossibleValue` where the fields, each sound, cannot all be true of one thing."""


_HOUSE = __name__.partition(".")[0]


@attrs.frozen
class FieldPlan:
    """One field as its plan has it: name, type of one value, whether it holds many, whether it may hold None."""

    name: str
    type: Any
    many: bool
    optional: bool
    required: bool


@functools.cache
def field_plans(cls: Any) -> tuple[FieldPlan, ...]:
    """The fields of any attrs class, in their order."""
    hints = typing.get_type_hints(cls)
    return tuple(
        FieldPlan(one.name, *unwrap_type(hints[one.name]), required=one.default is attrs.NOTHING)
        for one in attrs.fields(cls)
    )


class FaultKind(Enum):
    """In what way a value is none that its field can hold."""

    MISSING = "missing"
    TYPE = "type"
    FORM = "form"
    NUMBER = "number"
    SURROGATE = "surrogate"
    IMPOSSIBLE = "impossible"
    """The constructor of its class would refuse it."""


@attrs.frozen
class Fault:
    """A value that its field cannot hold: of which class, which field and position in it, which value, what is wrong.

    Where a field that holds many holds something else, `position` is None. `reason` is the key of `IMPOSSIBLE` where
    the value's own constructor would refuse it; without `part` it is the object as a whole that cannot be so.
    """

    cls: Any
    part: FieldPlan | None
    position: int | None
    value: Any = attrs.field(repr=False)
    kind: FaultKind
    reason: str | None = None

    @property
    def path(self) -> tuple[str | int, ...]:
        """The way from the object to the value."""
        field = () if self.part is None else (self.part.name,)
        return field if self.position is None else (*field, self.position)

    def __str__(self) -> str:
        """Class, field and what is due there, for those who write Python; never the value."""
        return f"{format_path((self.cls.__name__, *self.path))}: {self._said()}"

    def _said(self) -> str:
        if self.part is None or self.reason is not None:
            return IMPOSSIBLE.get(self.reason or "", self.reason or "")
        if self.kind is FaultKind.SURROGATE:
            return IMPOSSIBLE["text-surrogate"]
        wanted = _describe_wanted(self.part)
        if self.part.many and self.position is None:
            wanted = f"a tuple, and in it {wanted},"
        given = {FaultKind.TYPE: f", not {describe_type(self.value)}", FaultKind.MISSING: ", and nothing was ever set"}
        return f"{wanted} is due here{given.get(self.kind, '')}"


def field_faults(held: Any) -> Iterator[Fault]:
    """Every fault in the fields of an object themselves; what sound fields hold is not looked into."""
    cls = held.__class__
    for part in field_plans(cls):
        value = getattr(held, part.name, _MISSING)
        if value is _MISSING:
            yield Fault(cls, part, None, None, FaultKind.MISSING)
        elif part.many and type(value) is not tuple:
            yield Fault(cls, part, None, value, FaultKind.TYPE)
        elif not (value is None and part.optional):
            for position, one in enumerate(value) if part.many else ((None, value),):
                kind = _find_fault(part.type, one)
                if kind is not None:
                    yield Fault(
                        cls, part, position, one, kind, _reason_against(one) if kind is FaultKind.IMPOSSIBLE else None
                    )


def faults_in(held: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Fault]]:
    """Every fault in an object and in all that it holds, each with its path."""
    own = tuple(field_faults(held))
    yield from (((*path, *fault.path), fault) for fault in own)
    at_fault = {fault.path for fault in own}
    for part in field_plans(held.__class__):
        if _is_checked(part.type) and (part.name,) not in at_fault:
            value = getattr(held, part.name)
            for place, one in enumerate(value) if part.many else ((None, value),):
                within = (part.name,) if place is None else (part.name, place)
                if one is not None and within not in at_fault:
                    yield from faults_in(one, (*path, *within))
    if not own:
        try:
            held._refuse_impossible()  # noqa: SLF001 - of a class of this kind
        except ImpossibleValue as problem:
            yield path, Fault(held.__class__, None, None, None, FaultKind.IMPOSSIBLE, problem.key)


def is_sound(held: Any) -> bool:
    """Whether an object of the model, and all that it holds, is such as a document could hold. Never raises."""
    try:
        return bool(_deep_check_of(held.__class__)(held, *_new_memos()))
    except Exception:  # noqa: BLE001 - what was made past a constructor may do anything
        return False


def _describe_wanted(part: FieldPlan) -> str:
    """What one value of a field must be, for those who write Python."""
    form, kind = _forms().get(part.type), _class_of(part.type)
    if form is not None:
        return str(form.described)
    if kind in _WORDS:
        return _WORDS[kind]
    name = f"{'an' if kind.__name__[0] in 'AEIO' else 'a'} {kind.__name__}"
    if not issubclass(kind, StrEnum):
        return name
    first, *more = [choice.value for choice in kind]
    return f"{name} ({', '.join([first, *more[:2]])}{' …' if len(more) > 2 else ''})"


_WORDS: dict[Any, str] = {str: "text", bool: "True or False", int: "a whole number of at most 15 digits"}


class _Memo(dict[Any, Any]):
    """What is found out of values that occur again and again, once each."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Any) -> Any:
        self[value] = found = self._find(value)
        return found


def _new_memos() -> Iterator[set[int] | _Memo]:
    """The further arguments of a deep check, as `_arguments` names them."""
    yield set()
    for find in (_days_of, _is_moment, _are_tags, *_fits_by_name().values()):
        yield _Memo(find)


def _days_of(date: Any) -> tuple[int, int]:
    again = date.__class__(str.__str__(date))
    return again.first, again.last


def _is_moment(moment: Any) -> bool:
    moment.__class__(str.__str__(moment))
    return True


def _are_tags(tags: tuple[Any, ...]) -> bool:
    return bool(tags) and all(map(_fits_by_name()["language"], tags))


def is_text(value: object) -> bool:
    """Whether a value is text that a file can carry: none holds half of a surrogate pair."""
    return isinstance(value, str) and (value.isascii() or _SURROGATE.search(value) is None)


def _class_of(hint: Any) -> Any:
    """The class that a value of a type must have; that of a form is `str`."""
    return getattr(hint, "__supertype__", hint)


@functools.cache
def _forms() -> dict[Any, Any]:
    from untoc_network.values.ids import TEXT_FORMS

    return TEXT_FORMS


@functools.cache
def _fits_by_name() -> dict[str, Callable[[Any], bool]]:
    def whole(form: Any) -> Callable[[Any], bool]:
        return lambda text: is_text(text) and form.fits(text)

    return {form.name: whole(form) for form in _forms().values()}


def _find_fault(hint: Any, value: Any) -> FaultKind | None:
    """What is wrong with one value of a type; what it holds in turn is not looked into."""
    cls = _class_of(hint)
    if not (isinstance(value, str) if cls is str else type(value) is cls):
        return FaultKind.TYPE
    if cls is int and not -_LARGEST <= value <= _LARGEST:
        return FaultKind.NUMBER
    if cls is str and not is_text(value):
        return FaultKind.SURROGATE
    if cls is not str and _reason_against(value):
        return FaultKind.IMPOSSIBLE
    form = _forms().get(hint)
    return None if form is None or form.fits(value) else FaultKind.FORM


def _reason_against(value: Any) -> str | None:
    """The key of `IMPOSSIBLE` by which a text in languages, date or moment is none, whose constructor was gone past."""
    cls = value.__class__
    if cls.__name__ not in _DEEP_EXPRESSIONS:
        return None
    try:
        if cls.__name__ == "Text":
            cls(value._wordings)  # noqa: SLF001 - what the constructor is given, once more
        elif cls.__name__ == "Instant" or (value.first, value.last) == _days_of(value):
            cls(str.__str__(value))
        else:
            return "date-form"
    except ImpossibleValue as problem:
        return problem.key
    except Exception:  # noqa: BLE001 - what was made past a constructor may do anything
        return {"Text": "text-empty", "PartialDate": "date-form"}.get(cls.__name__)
    return None


def _refuse(held: Any) -> None:
    raise ImpossibleValue(str(next(field_faults(held))))


def describe_type(value: Any) -> str:
    """What a value is, for those who write Python; never what it says."""
    return "None" if value is None else f"a value of type {type(value).__name__}"


@functools.cache
def _check_of(cls: Any) -> Callable[[Any], None]:
    """What the constructor of a class calls."""
    names: dict[str, Any] = {"refuse": _refuse, "is_text": is_text, "EMPTY": ()}
    sound = " and ".join(_soundness_expression(part, names, deep=False) for part in field_plans(cls))
    lines = ["def check(x):", f" if not ({sound}): refuse(x)"]
    return compile_functions(lines, names, f"the check of {cls.__name__}")["check"]  # type: ignore[no-any-return]


@functools.cache
def _deep_check_of(cls: Any) -> Callable[..., Any]:
    """What tells whether an object of a class, with all that it holds, is sound; it may raise where it is not."""
    names: dict[str, Any] = {"is_text": is_text, "EMPTY": (), "noted": _note_seen, "keep_ids": _keep_ids}
    lines: list[str] = []
    for one in _list_model_classes(cls):
        sound = " and ".join(_soundness_expression(part, names, deep=True) for part in field_plans(one))
        lines.append(f"def sound_{one.__name__}(x, {_arguments()}):")
        if one._refuse_impossible is not SelfChecked._refuse_impossible:  # noqa: SLF001 - of a class of this kind
            lines.append(" x._refuse_impossible()")
        lines += [f" keep_ids({form!r}, {form}, x.{name})" for name, form in _parts_with_ids(one)]
        lines.append(f" return {sound}")
    name = f"sound_{cls.__name__}"
    return compile_functions(lines, names, f"the deep check of {cls.__name__}")[name]  # type: ignore[no-any-return]


def _parts_with_ids(cls: Any) -> Iterator[tuple[str, str]]:
    """The fields of a class that hold many objects with an id, and the name of the form of that."""
    for part in field_plans(cls):
        if part.many and _is_checked(part.type):
            yield from ((part.name, _forms()[one.type].name) for one in field_plans(part.type) if one.name == "id")


def _keep_ids(name: str, known: _Memo, objects: Any) -> None:
    """Check the ids of many objects at once, which is quicker; where one does not fit, each is looked at later."""
    form = next(form for form in _forms().values() if form.name == name)
    ids = [one.id for one in objects]
    if form.fit_all(ids):
        known.update(dict.fromkeys(ids, True))


def _note_seen(seen: set[int], objects: Any) -> bool:
    seen.add(id(objects))
    return True


@functools.cache
def _arguments() -> str:
    return ", ".join(("seen", "dates", "moments", "tags", *_fits_by_name()))


def _list_model_classes(cls: Any) -> tuple[Any, ...]:
    """A class and every class of the model that its objects can hold."""
    found: dict[Any, None] = {}
    waiting = [cls]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            waiting.extend(part.type for part in field_plans(one) if _is_checked(part.type))
    return tuple(found)


def _is_checked(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, SelfChecked)


def _soundness_expression(part: FieldPlan, names: dict[str, Any], *, deep: bool) -> str:
    """An expression that is true where a field of `x` is sound; `names` takes what it calls."""
    value = f"(v := x.{part.name})"
    one = _value_expression(part.type, names, "i" if part.many else "v", deep=deep)
    if part.many and deep and _is_checked(part.type):
        # Readers give equal small values as one tuple, which need be looked into only once.
        return f"({value} is EMPTY or id(v) in seen or type(v) is tuple and all([{one} for i in v]) and noted(seen, v))"
    if part.many:
        return f"({value} is EMPTY or type(v) is tuple and all([{one} for i in v]))"
    return f"({value} is None or {one})" if part.optional else f"{value} is not None and {one}"


def _value_expression(hint: Any, names: dict[str, Any], v: str, *, deep: bool) -> str:
    """The same for the one value in the variable `v`."""
    cls, form = _class_of(hint), _forms().get(hint)
    if form is not None and deep:
        return f"{form.name}[{v}]"
    if form is not None:
        names[f"fits_{form.name}"] = form.pattern.fullmatch
        return f"is_text({v}) and len({v}) <= {form.longest} and fits_{form.name}({v}) is not None"
    if cls is str:
        return f"(type({v}) is str and {v}.isascii() or is_text({v}))"
    names[f"T_{cls.__name__}"] = cls
    exactly = f"type({v}) is T_{cls.__name__}"
    if cls is int:
        return f"{exactly} and -{_LARGEST} <= {v} <= {_LARGEST}"
    if deep and cls.__name__ in _DEEP_EXPRESSIONS:
        return f"{exactly} and {_DEEP_EXPRESSIONS[cls.__name__].format(v)}"
    return f"{exactly} and sound_{cls.__name__}({v}, {_arguments()})" if deep and _is_checked(cls) else exactly


_DEEP_EXPRESSIONS = {
    "Text": "type(w := {0}._wordings) is dict and tags[(*w,)] and is_text(''.join(w.values()))",
    "PartialDate": "dates[{0}] == ({0}.first, {0}.last)",
    "Instant": "moments[{0}]",
}
"""What is asked besides of values whose constructor can be gone past, by the names of their classes."""
