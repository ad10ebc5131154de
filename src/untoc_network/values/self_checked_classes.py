"""What a value or record must be in itself: each field of its type and form, as if it had been read from a document.

One plan for each class, made of the types of its fields when the first object is built, serves three questions: the
constructor asks whether its own fields are sound, `is_sound` whether all that an object holds is, wherever it came
from, and `faults` what is wrong with each. Both ways through the classes are written as code once, so that the
constructor of a record takes a microsecond or two more.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.object_to_dict import PlainForm
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.fields import FieldShape, all_fields_of
from untoc_network.values.function_compiler import FunctionsByClass, compile_functions

__all__ = [
    "LARGEST_NUMBER",
    "TEXT_FORMS",
    "SelfChecked",
    "TextForm",
    "describe_type",
    "is_encodable_text",
    "is_self_checked",
    "is_sound",
    "reread_first_and_last_day",
    "to_runtime_class",
]

LARGEST_NUMBER = 10**15 - 1
"""The largest whole number that every program keeps exactly and a document may hold."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@attrs.frozen
class TextForm(SharedMethods):
    """The one form that a kind of text has, and how to say so."""

    name: str
    pattern: re.Pattern[str]
    longest: int
    description: str
    fit_lines: Callable[[str], bool] | None = None
    """Whether each line of a text has this form, where that can be told without going from letter to letter."""

    def fits(self, text: str) -> bool:
        """Whether the text has this form."""
        return len(text) <= self.longest and self.pattern.fullmatch(text) is not None

    def fit_all(self, texts: list[str]) -> bool:
        """Whether each of the texts has this form; asked of many at once, which is quicker than one by one."""
        lines = "\n".join([*texts, ""])
        of_one_line = lines.count("\n") == len(texts) and max(map(len, texts), default=0) <= self.longest
        if self.fit_lines is not None:
            return of_one_line and self.fit_lines(lines)
        return of_one_line and re.fullmatch(rf"(?:{self.pattern.pattern}\n)*+", lines) is not None


_IN_SLUGS = b"abcdefghijklmnopqrstuvwxyz0123456789-\n"
_KINDS = bytes(45 if one in b"-\n" else 97 if one in _IN_SLUGS else 33 for one in range(256))


def _are_slugs(lines: str) -> bool:
    """Whether each line is groups of letters and digits with single hyphens between."""
    # Hyphens and ends of lines are one kind of letter here, of which no two follow each other.
    kinds = f"\n{lines}".encode(errors="replace").translate(_KINDS)
    return b"--" not in kinds and b"!" not in kinds


_SLUG = TextForm(
    "slug",
    re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*"),
    100,
    "lower-case letters a-z and digits in groups joined by single hyphens",
    _are_slugs,
)
_COUNTRY = TextForm("country", re.compile(r"[A-Z]{2}"), 2, "two capital letters (ISO 3166-1 alpha-2)")
_LANGUAGE = TextForm(
    "language",
    re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?"),
    11,
    "a language tag such as es or pt-BR",
)
_URL = TextForm("address", re.compile(r"[^\x00-\x20\x7f]+"), 2048, "an address without blanks or control characters")

TEXT_FORMS: Mapping[Any, TextForm] = MappingProxyType(
    {kind: _SLUG for kind in vars(ids).values() if isinstance(kind, typing.NewType)}
    | {ids.CountryCode: _COUNTRY, ids.LanguageTag: _LANGUAGE, ids.Url: _URL}
)
"""The form of each kind of text; whatever `ids` names besides is a slug."""


class SelfChecked(SharedMethods):
    """A class of the model: its constructor refuses what no document could hold, and nobody subclasses it.

    It takes the JSON form of a field as well as its value: see `json_forms`.
    The constructor raises `ImpossibleValue` that names class and field, and never the value, which may be personal.
    A subclass would be taken by some calls and lose its fields in others, so its definition raises `ImpossibleValue`.
    """

    __slots__ = ()
    plain_form: ClassVar[PlainForm] = PlainForm(defaults_left_out=True)

    def __attrs_post_init__(self) -> None:
        cls: Any = self.__class__
        _compile_check(cls)(self)
        self._refuse_impossible()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.__module__.partition(".")[0] != _HOUSE:
            kind = next(base.__name__ for base in cls.__mro__ if base.__module__.partition(".")[0] == _HOUSE)
            raise ImpossibleValue(
                f"{cls.__name__}: {kind} cannot be subclassed, since files would lose what a subclass adds; "
                "declare fields of your own as an Extension"
            )

    def _refuse_impossible(self) -> None:
        """Raise `ImpossibleValue` where the fields, each sound, cannot all be true of one thing."""


_HOUSE = __name__.partition(".")[0]


def is_sound(held: Any) -> bool:
    """Whether an object of the model, and all that it holds, is such as a document could hold. Never raises."""
    try:
        return bool(_compile_deep_checks()[held.__class__]((held,), tuple(_make_memos())))
    except Exception:  # noqa: BLE001 - what was made past a constructor may do anything
        return False


class _MemoizedFunction(dict[Any, Any]):
    """What is found out of values that occur again and again, once each."""

    def __init__(self, find: Callable[[Any], Any]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: Any) -> Any:
        self[value] = found = self._find(value)
        return found


def _make_memos() -> Iterator[Any]:
    """What a deep check knows already, in the order of `_memo_names`: first what it went through, by its identity."""
    yield set()
    for find in (reread_first_and_last_day, _rereads_as_moment, _are_language_tags, *_make_form_checks().values()):
        yield _MemoizedFunction(find)


def reread_first_and_last_day(date: Any) -> tuple[int, int]:
    """The first and last day of a date, as its text says them anew."""
    again = date.__class__(str.__str__(date))
    return again.first, again.last


def _rereads_as_moment(moment: Any) -> bool:
    moment.__class__(str.__str__(moment))
    return True


def _are_language_tags(tags: tuple[Any, ...]) -> bool:
    return bool(tags) and all(map(_make_form_checks()["language"], tags))


def is_encodable_text(value: object) -> bool:
    """Whether a value is text that a file can carry: none holds half of a surrogate pair."""
    return isinstance(value, str) and (value.isascii() or _SURROGATE.search(value) is None)


def to_runtime_class(hint: Any) -> Any:
    """The class that a value of a type must have; that of a form is `str`."""
    return getattr(hint, "__supertype__", hint)


@functools.cache
def _make_form_checks() -> dict[str, Callable[[Any], bool]]:
    def whole(form: Any) -> Callable[[Any], bool]:
        return lambda text: is_encodable_text(text) and form.fits(text)

    return {form.name: whole(form) for form in TEXT_FORMS.values()}


def _replace_json_forms_or_raise(held: Any) -> None:
    """Put values in the place of JSON forms; raise `ImpossibleValue` where a field is still not sound."""
    from untoc_network.values.json_forms import replace_json_forms  # which looks at the same plans, where it must

    replace_json_forms(held)
    cls: Any = held.__class__
    _compile_check(cls)(held, _raise_first_fault)


def _raise_first_fault(held: Any) -> None:
    from untoc_network.values.field_faults import iter_field_faults

    raise ImpossibleValue(str(next(iter_field_faults(held))))


def describe_type(value: Any) -> str:
    """What a value is, for those who write Python; never what it says."""
    return "None" if value is None else f"a value of type {type(value).__name__}"


@functools.cache
def _compile_check(cls: Any) -> Callable[..., None]:
    """What the constructor of a class calls; an object that is not sound is handed on."""
    names: dict[str, Any] = {
        "mend": _replace_json_forms_or_raise,
        "is_text": is_encodable_text,
        "hold": _hold_only,
        "EMPTY": (),
    }
    sound = " and ".join(_soundness_expression(part, names, deep=False) for part in all_fields_of(cls))
    lines = ["def check(x, otherwise=mend):", f" if not ({sound}): otherwise(x)"]
    return compile_functions(lines, names, f"the check of {cls.__name__}")["check"]  # type: ignore[no-any-return]


@functools.cache
def _compile_deep_checks() -> FunctionsByClass:
    """What tells whether objects of a class, with all that they hold, are sound; it may raise where one is not."""
    names: dict[str, Any] = {
        "is_text": is_encodable_text,
        "hold": _hold_only,
        "once": _is_one_sound,
        "EMPTY": (),
        "keep_ids": _memorize_fitting_ids,
    }
    return FunctionsByClass("sound", lambda cls: _write_deep_check(cls, names), names)


def _write_deep_check(cls: Any, names: dict[str, Any]) -> Iterator[str]:
    names[f"T_{cls.__name__}"] = cls
    # Readers give equal small values as one object, and equal rows of them as one tuple: each is looked into once.
    yield f"def sound_{cls.__name__}(objects, k, kept=True):"
    yield " if id(objects) in k[0]: return True"
    yield " if type(objects) is not tuple: return False"
    sound = " and ".join(_soundness_expression(part, names, deep=True) for part in all_fields_of(cls))
    with_ids = [f"  keep_ids({form!r}, {form}, ({fields}))" for form, fields in _fields_with_ids(cls).items()]
    asked = " ".join((sound, *with_ids))
    yield from (f" {name} = k[{place}]" for place, name in enumerate(_memo_names()) if name in asked)
    yield " for x in objects:"
    yield f"  if type(x) is not T_{cls.__name__}: return False"
    if cls._refuse_impossible is not SelfChecked._refuse_impossible:  # noqa: SLF001 - of a class of this kind
        yield "  x._refuse_impossible()"
    yield from with_ids
    yield f"  if not ({sound}): return False"
    yield from (" if kept: k[0].add(id(objects))", " return True")


def _is_one_sound(held: Any, check: Callable[[Any, Any, bool], bool], memos: tuple[Any, ...]) -> bool:
    """The same of a single object, in a tuple that is not kept, so that another can have its identity."""
    if id(held) not in memos[0]:
        if not check((held,), memos, False):
            return False
        memos[0].add(id(held))
    return True


def _fields_with_ids(cls: Any) -> dict[str, str]:
    """The fields of a class that hold many objects with an id, as code, by the name of the form of that."""
    fields: dict[str, str] = {}
    for part in all_fields_of(cls):
        for one in all_fields_of(part.type) if part.many and is_self_checked(part.type) else ():
            if one.name == "id":
                form = TEXT_FORMS[one.type].name
                fields[form] = f"{fields.get(form, '')}x.{part.name}, "
    return fields


def _memorize_fitting_ids(name: str, known: _MemoizedFunction, rows: tuple[Any, ...]) -> None:
    """Check the ids of many objects at once, which is quicker; where one does not fit, each is looked at later."""
    form = next(form for form in TEXT_FORMS.values() if form.name == name)
    for objects in filter(None, rows):
        ids = [one.id for one in objects]
        if form.fit_all(ids):
            known.update(dict.fromkeys(ids, True))


def _memo_names() -> tuple[str, ...]:
    return ("seen", "dates", "moments", "tags", *_make_form_checks())


def _hold_only(held: Any, cls: Any) -> bool:
    return type(held) is tuple and all(map(operator.is_, map(type, held), itertools.repeat(cls)))


def is_self_checked(hint: Any) -> bool:
    """Whether a type is a class of the model."""
    return isinstance(hint, type) and issubclass(hint, SelfChecked)


def _soundness_expression(part: FieldShape, names: dict[str, Any], *, deep: bool) -> str:
    """An expression that is true where a field of `x` is sound; `names` takes what it calls."""
    field = f"x.{part.name}"
    value = f"(v := {field})"
    if deep and is_self_checked(part.type):
        check = _compile_deep_checks().refer(part.type)
        within = f"{check}({field}, k)" if part.many else f"once({field}, {check}, k)"
        return within if part.required else f"({field} is {'EMPTY' if part.many else None} or {within})"
    one = _value_expression(part.type, names, "v", deep=deep)
    of_class, memo = one.removeprefix("type(v) is "), one.removesuffix("[v]")
    if part.many and of_class.isidentifier():
        return f"({field} is EMPTY or hold({field}, {of_class}))"
    if part.many:
        each = f"map({memo}.__getitem__, {field})" if memo.isidentifier() else f"[{one} for v in {field}]"
        return f"({field} is EMPTY or type({field}) is tuple and all({each}))"
    if part.optional:
        return f"({value} is None or {one})"
    if of_class.isidentifier():
        return f"type({field}) is {of_class}"
    return f"{memo}[{field}]" if memo.isidentifier() else f"{value} is not None and {one}"


def _value_expression(hint: Any, names: dict[str, Any], v: str, *, deep: bool) -> str:
    """The same for the one value in the variable `v`."""
    cls, form = to_runtime_class(hint), TEXT_FORMS.get(hint)
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
        return f"{exactly} and -{LARGEST_NUMBER} <= {v} <= {LARGEST_NUMBER}"
    if deep and cls.__name__ in _DEEP_EXPRESSIONS:
        return f"{exactly} and {_DEEP_EXPRESSIONS[cls.__name__].format(v)}"
    return exactly


_DEEP_EXPRESSIONS = {
    "Text": "type(w := {0}._wordings) is dict and tags[(*w,)] and ((t := ''.join(w.values())).isascii() or is_text(t))",
    "PartialDate": "dates[{0}] == ({0}.first, {0}.last)",
    "Instant": "moments[{0}]",
    "Extra": "{0}.find_fault() is None",
}
"""What is asked besides of values whose constructor can be gone past, by the names of their classes."""
