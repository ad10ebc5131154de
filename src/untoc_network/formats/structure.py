"""Plain values to records and back: strictly, with every problem in one pass and as much kept as can be.

cattrs structures; this file tells it to convert nothing silently, turns what it refuses into findings, and prunes the
refused parts so that the rest can be read and checked further.
"""

from __future__ import annotations

import copy
import functools
import types
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NewType, get_args, get_origin

import attrs
from cattrs import BaseValidationError, Converter, ForbiddenExtraKeysError, IterableValidationError
from cattrs.errors import ClassValidationError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from untoc_network.errors import ImpossibleValue
from untoc_network.model.register import COLLECTIONS, SCHEMA_VERSION, Redirect, Register
from untoc_network.rules import shape
from untoc_network.rules.near import Nearest
from untoc_network.rules.rule import Rule
from untoc_network.values.dates import Instant, PartialDate
from untoc_network.values.fields import FieldShape, Sensitivity, fields_of
from untoc_network.values.ids import FORMS
from untoc_network.values.text import Text

__all__ = ["Problem", "Reading", "converter", "plain", "structure"]

Path = tuple[str | int, ...]


@attrs.frozen
class Problem:
    """Something in the plain values that no record can hold: which rule, where, with which parameters.

    `drop` is the path of what has to go so that the rest can be read; `at_key` tells that the key is to blame, not
    its value; `follows` that it merely follows from another one, as a missing field does from its misspelt name.
    """

    rule: Rule
    path: Path
    drop: Path
    params: dict[str, str | int]
    at_key: bool = False
    follows: bool = False


@attrs.frozen(kw_only=True)
class Reading:
    """What became of a document.

    `kept` tells, for each list that lost or reordered items, the original position of each item that is left.
    `lost_ids` are the ids of records that could not be read.
    """

    register: Register | None
    problems: tuple[Problem, ...]
    kept: Mapping[Path, tuple[int, ...]]
    lost_ids: frozenset[str]


class Refusal(Exception):
    """A value that a hook does not accept."""

    def __init__(self, rule: Rule, **params: str | int) -> None:
        super().__init__(rule.code)
        self.rule, self.params = rule, params


# -- the converter ---------------------------------------------------------------------------------------------------


@functools.cache
def converter() -> Converter:
    """The converter that all formats share: no coercion, no unknown field, nothing empty written."""
    made = Converter(forbid_extra_keys=True, detailed_validation=True)
    for cls, hook in _HOOKS.items():
        made.register_structure_hook(cls, hook)
    made.register_structure_hook_func(lambda hint: isinstance(hint, NewType), _structure_form)
    made.register_structure_hook_factory(_is_tuple, functools.partial(_tuple_hook, made))
    made.register_structure_hook_factory(attrs.has, functools.partial(_class_hook, made))
    made.register_unstructure_hook(str, str.__str__)
    made.register_unstructure_hook(StrEnum, lambda choice: choice.value)
    made.register_unstructure_hook(Text, dict)
    made.register_unstructure_hook_factory(_is_tuple, functools.partial(_list_hook, made))
    made.register_unstructure_hook_factory(
        attrs.has, lambda cls: make_dict_unstructure_fn(cls, made, _cattrs_omit_if_default=True)
    )
    return made


def plain(value: Any) -> Any:
    """A record or register as plain JSON types; fields that say nothing are left out."""
    return converter().unstructure(value)


_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def _is_tuple(hint: Any) -> bool:
    return get_origin(hint) is tuple


def _given(value: Any) -> str:
    return _KINDS.get(type(value), "null")


def _refuse_type(value: Any, expected: str) -> Refusal:
    return Refusal(shape.value_has_the_right_type, expected=expected, given=_given(value))


def _structure_scalar(value: Any, hint: Any) -> Any:
    if type(value) is not hint:
        raise _refuse_type(value, _KINDS[hint])
    return value


def _text_of(value: Any) -> str:
    if type(value) is not str:
        raise _refuse_type(value, "text")
    return value


def _structure_form(value: Any, hint: Any) -> str:
    if not FORMS[hint].fits(_text_of(value)):
        raise Refusal(shape.text_has_its_form, form=FORMS[hint].described)
    return _text_of(value)


def _structure_choice(value: Any, hint: Any) -> Any:
    try:
        return hint(_text_of(value))
    except ValueError:
        near = Nearest(hint).to(value.strip().lower().replace("_", "-").replace(" ", "-"))
        remedy = f"did you mean '{near}'?" if near else f"write one of: {', '.join(hint)}"
        few = [*hint][:3]
        allowed = ", ".join(few) + (" …" if len(hint) > len(few) else "")
        raise Refusal(shape.value_is_one_of_those_allowed, value=value, allowed=allowed, remedy=remedy) from None


def _structure_date(value: Any, _: Any) -> PartialDate:
    try:
        return PartialDate(_text_of(value))
    except ImpossibleValue as problem:
        raise Refusal(shape.date_is_in_the_calendar, value=value, problem=str(problem)) from None


def _structure_instant(value: Any, _: Any) -> Instant:
    try:
        return Instant(_text_of(value))
    except ImpossibleValue as problem:
        raise Refusal(shape.moment_has_its_offset, value=value, problem=str(problem)) from None


def _structure_text(value: Any, _: Any) -> Text:
    if type(value) is not dict:
        raise _refuse_type(value, 'an object such as {"en": "…", "es": "…"}')
    return Text(value)


_HOOKS: dict[type, Callable[[Any, Any], Any]] = {
    str: _structure_scalar,
    bool: _structure_scalar,
    int: _structure_scalar,
    StrEnum: _structure_choice,
    PartialDate: _structure_date,
    Instant: _structure_instant,
    Text: _structure_text,
}


def _list_hook(made: Converter, hint: Any) -> Callable[[Any], Any]:
    item = made.get_unstructure_hook(get_args(hint)[0])
    return lambda values: [item(value) for value in values]


def _tuple_hook(made: Converter, hint: Any) -> Callable[[Any, Any], Any]:
    items: Any = types.GenericAlias(list, get_args(hint))

    def structured(value: Any, _: Any) -> Any:
        if type(value) is not list:
            raise _refuse_type(value, "a list")
        return tuple(made.structure(value, items))

    return structured


def _class_hook(made: Converter, cls: Any) -> Callable[[Any, Any], Any]:
    generated: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, made)

    def structured(value: Any, hint: Any) -> Any:
        if type(value) is not dict:
            raise _refuse_type(value, "an object")
        return generated(value, hint)

    return structured


# -- from refusals to problems ---------------------------------------------------------------------------------------


def _problems(error: Exception, value: Any, path: Path) -> Iterator[Problem]:
    """Every problem in an exception of cattrs, with the path of each."""
    if isinstance(error, IterableValidationError):
        for inner, note in error.group_exceptions()[0]:
            yield from _problems(inner, value[note.index], (*path, note.index))
    elif isinstance(error, ClassValidationError):
        yield from _problems_of_class(error, value, path)
    elif isinstance(error, Refusal):
        yield Problem(error.rule, path, path, error.params)
    elif isinstance(error, ImpossibleValue):
        yield Problem(shape.value_is_possible, path, path, {"problem": str(error)})
    else:
        raise error


def _problems_of_class(error: ClassValidationError, value: Any, path: Path) -> Iterator[Problem]:
    noted, bare = error.group_exceptions()
    unknown = {name for inner in bare if isinstance(inner, ForbiddenExtraKeysError) for name in inner.extra_fields}
    missing = [note.name for inner, note in noted if isinstance(inner, KeyError)]
    shapes = {field.name: field for field in fields_of(error.cl)}
    free = Nearest(name for name in shapes if name not in value)
    meant = {name: near for name in sorted(unknown) if (near := free.to(name.strip().lower().replace(" ", "_")))}
    for name in sorted(unknown):
        yield _unknown_field(error.cl, name, meant.get(name), path)
    for name in missing:
        params: dict[str, str | int] = {"name": name, "description": _wanted(shapes[name])}
        yield Problem(shape.required_field_is_there, (*path, name), path, params, follows=name in meant.values())
    for inner, note in noted:
        if not isinstance(inner, KeyError):
            for problem in _problems(inner, value[note.name], (*path, note.name)):
                yield _discreet(problem, shapes[note.name])
    for inner in bare:
        if not isinstance(inner, ForbiddenExtraKeysError):
            yield from _problems(inner, value, path)


def _unknown_field(cls: type, name: str, near: str | None, path: Path) -> Problem:
    remedy = (
        f"did you mean '{near}'?" if near else f"its fields are: {', '.join(field.name for field in fields_of(cls))}"
    )
    params: dict[str, str | int] = {"object": _article(cls), "name": _as_name(name), "remedy": remedy}
    return Problem(shape.field_is_known, (*path, name), (*path, name), params, at_key=True)


def _as_name(name: str) -> str:
    """A key as a message may show it: what does not look like a name could be somebody's data."""
    return (
        name if name.replace("_", "").isalnum() and name.isascii() and len(name) <= 40 else f"[{len(name)} characters]"
    )


def _article(cls: type) -> str:
    name = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).strip()
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _wanted(field: FieldShape) -> str:
    if isinstance(field.type, type) and issubclass(field.type, StrEnum):
        return f"one of {', '.join(field.type)}"
    return field.description[0].lower() + field.description[1:].rstrip(".")


def _discreet(problem: Problem, field: FieldShape) -> Problem:
    """The problem without the value where the field is not public."""
    if field.sensitivity is Sensitivity.PUBLIC or "value" not in problem.params:
        return problem
    return attrs.evolve(problem, params={**problem.params, "value": "[not shown]"})


# -- reading as much as can be read ----------------------------------------------------------------------------------


def structure(document: Any) -> Reading:
    """Read a register from plain values, record by record.

    All problems are found in one pass. Where a record has some, its refused parts are pruned and the rest is kept; a
    record that cannot do without them is lost. `register` is None where the document is no object of a known version.
    """
    problem = _refused_document(document)
    if problem is not None:
        return Reading(register=None, problems=(problem,), kept={}, lost_ids=frozenset())
    return _Reader(document).read()


def _refused_document(document: Any) -> Problem | None:
    if type(document) is not dict:
        params: dict[str, str | int] = {"expected": "an object", "given": _given(document)}
        return Problem(shape.value_has_the_right_type, (), (), params)
    version = document.get("schema_version")
    if "schema_version" not in document:
        params = {"name": "schema_version", "description": f"the version of the form, {SCHEMA_VERSION} in this release"}
        return Problem(shape.required_field_is_there, ("schema_version",), (), params)
    if type(version) is not int:
        params = {"expected": "a whole number", "given": _given(version)}
        return Problem(shape.value_has_the_right_type, ("schema_version",), (), params)
    if version != SCHEMA_VERSION:
        newer = version > SCHEMA_VERSION
        remedy = (
            "install a newer release: pip install -U untoc-network" if newer else "there has never been such a version"
        )
        params = {"version": version, "known": SCHEMA_VERSION, "remedy": remedy}
        return Problem(shape.schema_version_is_known, ("schema_version",), (), params)
    return None


_LISTS: Mapping[str, Any] = {**COLLECTIONS, "redirects": Redirect}


class _Reader:
    """Reads the collections of a document one record at a time."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.dropped: defaultdict[Path, set[int]] = defaultdict(set)
        self.kept: dict[Path, tuple[int, ...]] = {}
        self.lost_ids: set[str] = set()

    def read(self) -> Reading:
        lists = {name: self._list(name, cls) for name, cls in _LISTS.items()}
        rest = {name: value for name, value in self.document.items() if name not in lists}
        frame = self._salvaged(Register, rest, ())
        register = attrs.evolve(frame, **lists)
        return Reading(
            register=register, problems=tuple(self.problems), kept=self.kept, lost_ids=frozenset(self.lost_ids)
        )

    def _list(self, name: str, cls: type) -> tuple[Any, ...]:
        raw = self.document.get(name, [])
        if type(raw) is not list:
            params: dict[str, str | int] = {"expected": "a list", "given": _given(raw)}
            self.problems.append(Problem(shape.value_has_the_right_type, (name,), (name,), params))
            return ()
        read = [(position, self._salvaged(cls, item, (name, position))) for position, item in enumerate(raw)]
        there = [(position, record) for position, record in read if record is not None]
        if name in COLLECTIONS:
            there.sort(key=lambda pair: pair[1].id)
        positions = tuple(position for position, _ in there)
        if positions != tuple(range(len(raw))):
            self.kept[(name,)] = positions
        return tuple(record for _, record in there)

    def _salvaged(self, cls: type, raw: Any, path: Path) -> Any:
        """The object read from raw values, without the parts that are refused; None where it cannot do without them."""
        try:
            return converter().structure(raw, cls)
        except (BaseValidationError, Refusal, ImpossibleValue) as error:
            problems = [*_problems(error, raw, path)]
        self.problems.extend(problem for problem in problems if not problem.follows)
        pruned = copy.deepcopy(raw)
        while all(len(problem.drop) > len(path) for problem in problems):
            self._prune(pruned, problems, path)
            try:
                return converter().structure(pruned, cls)
            except BaseValidationError as error:
                problems = [*_problems(error, pruned, path)]
        self._lose(raw)
        return None

    def _prune(self, pruned: Any, problems: list[Problem], path: Path) -> None:
        """Take the refused parts out, the last items of lists first, and note the original positions of the others."""
        for drop in sorted({problem.drop for problem in problems}, key=_backwards, reverse=True):
            *way, last = drop[len(path) :]
            holder = functools.reduce(lambda here, token: here[token], way, pruned)
            if isinstance(last, int):
                self._note_dropped(drop, path, len(holder))
            del holder[last]

    def _note_dropped(self, drop: Path, path: Path, length: int) -> None:
        where = self._original(drop[:-1], len(path))
        before = self.kept.get(where, tuple(range(length)))
        position = drop[-1]
        assert isinstance(position, int)
        self.kept[where] = before[:position] + before[position + 1 :]

    def _original(self, path: Path, certain: int) -> Path:
        """A path in the pruned values as a path in the document."""
        original: Path = path[:certain]
        for token in path[certain:]:
            positions = self.kept.get(original)
            original = (*original, positions[token] if positions is not None and isinstance(token, int) else token)
        return original

    def _lose(self, raw: Any) -> None:
        lost = raw.get("id") if isinstance(raw, dict) else None
        if isinstance(lost, str):
            self.lost_ids.add(lost)


def _backwards(path: Path) -> tuple[tuple[int, str], ...]:
    return tuple((token, "") if isinstance(token, int) else (0, token) for token in path)
