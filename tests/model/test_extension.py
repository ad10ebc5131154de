"""Declarations of own fields: what they take, what they say together, and what each type allows."""

import datetime as dt
import pickle
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Literal

import pytest
from tests.builders import organization

import untoc_network as un
from untoc_network.model.extension import declare, require_extensions
from untoc_network.model.form_check import checked


class Standing(StrEnum):
    ACTIVE = "active"
    LAPSED = "lapsed"


class Grade(Enum):
    FIRST = "first"


class Rank(Enum):
    FIRST = 1


TYPES = {
    "text": str,
    "whole": int,
    "truth": bool,
    "sum": Decimal,
    "day": dt.date,
    "date": un.PartialDate,
    "moment": un.Instant,
    "standing": Standing,
    "grade": Grade,
    "word": ("a", "b"),
    "list": tuple[str, ...],
    "days": tuple[dt.date, ...],
    "words": tuple[Literal["a", "b"], ...],
}
ALL = un.Extension("own", un.Organization, TYPES)
VALUES = {
    "text": ("x", "x"),
    "whole": (5, 5),
    "truth": (True, True),
    "sum": ("12.50", Decimal("12.50")),
    "day": ("2026-01-02", dt.date(2026, 1, 2)),
    "date": ("2026-01", un.PartialDate("2026-01")),
    "moment": ("2024-05-06T10:00Z", un.Instant("2024-05-06T10:00Z")),
    "standing": ("lapsed", Standing.LAPSED),
    "grade": ("first", Grade.FIRST),
    "word": ("b", "b"),
    "list": (("x", "y"), ("x", "y")),
    "days": (("2026-01-02",), (dt.date(2026, 1, 2),)),
    "words": (("a",), ("a",)),
}


def holder(name, value):
    return organization(extra={"own": {name: value}})


def test_a_declaration_is_a_value():
    again = un.Extension("own", un.Organization, dict(TYPES))
    assert (again, hash(again), pickle.loads(pickle.dumps(again))) == (ALL, hash(ALL), ALL)
    assert again != un.Extension("own", un.Organization, TYPES, sensitivity="public")
    with pytest.raises(AttributeError):
        again.namespace = "other"
    assert un.Register(extensions=[ALL]) == un.Register()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"namespace": "a.b"}, "a namespace or field is called by"),
        ({"namespace": 5}, "a namespace or field is called by"),
        ({"cls": un.Place}, "Extension.cls: expected a class of records, got a value of type type"),
        ({"cls": un.Record}, "Extension.cls: expected a class of records, got a value of type type"),
        ({"cls": "Organization"}, "Extension.cls: expected a class of records, got a value of type str"),
        ({"fields": {}}, "Extension.fields: expected a mapping from at least one name to its type"),
        ({"fields": ["fee"]}, "Extension.fields: expected a mapping from at least one name to its type"),
        ({"fields": {"a b": int}}, "a namespace or field is called by"),
        ({"fields": {"fee": float}}, "Extension.fields['fee']: expected str, int, bool, Decimal, datetime.date,"),
        ({"fields": {"fee": list[int]}}, "Extension.fields['fee']: expected str"),
        ({"fields": {"fee": tuple[int]}}, "Extension.fields['fee']: expected str"),
        ({"fields": {"fee": Rank}}, "Extension.fields['fee']: expected str"),
        ({"fields": {"fee": ()}}, "Extension.fields['fee']: expected str"),
        ({"sensitivity": "secret"}, "Extension.sensitivity: expected one of public, internal, personal, at_risk"),
        ({"labels": {"other": {"en": "Other"}}}, "Extension.labels: expected labels of the fields that are declared"),
        ({"labels": {"fee": {}}}, "a text needs a wording in at least one language"),
    ],
)
def test_what_cannot_be_declared_is_refused(change, problem):
    given = {"namespace": "own", "cls": un.Organization, "fields": {"fee": int}} | change
    with pytest.raises(un.ImpossibleValue) as refused:
        un.Extension(given.pop("namespace"), given.pop("cls"), given.pop("fields"), **given)
    assert str(refused.value).startswith(problem)


@pytest.mark.parametrize("given", [5, ["x"], [un.Organization]])
def test_only_extensions_are_extensions(given):
    with pytest.raises(un.ImpossibleValue, match=r"extensions\[0\]: expected an Extension, got a value of type"):
        require_extensions(given)
    with pytest.raises(un.ImpossibleValue):
        un.reads("{}", extensions=given)
    assert require_extensions([ALL, ALL]) == (ALL,)


@pytest.mark.parametrize("name", TYPES)
def test_each_type_takes_the_form_of_documents_and_its_own(name):
    plain, typed = VALUES[name]
    declared = declare((ALL,))
    made = declared.to_typed(holder(name, plain))
    (value,) = made.extra["own"].values()
    assert (value, type(value)) == (typed, type(typed))
    assert made == holder(name, plain)
    assert declared.to_typed(made) is made
    assert [*declared.find_faults(made)] == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", 5, [("IO004", "", "expected text, got a whole number")]),
        ("whole", True, [("IO004", "", "expected a whole number, got true or false")]),
        ("whole", "5", [("IO004", "", "expected a whole number, got text")]),
        ("truth", 1, [("IO004", "", "expected true or false, got a whole number")]),
        ("sum", 12, [("IO004", "", 'expected a decimal number as text, such as "12.50", got a whole number')]),
        ("sum", "1e5", [("IO004", "", 'expected a decimal number as text, such as "12.50", got text')]),
        ("day", "2026-01", [("IO005", "", "'…' is not a date: a date is written 2022, 2022-03 or 2022-03-28")]),
        ("day", "2026-02-30", [("IO005", "", "'…' is not a date: there is no such day in the calendar")]),
        ("date", 2026, [("IO004", "", "expected a partial date, got a whole number")]),
        ("moment", "2024", [("IO006", "", None)]),
        ("standing", "activ", [("IO003", "", "'…' is not one of active, lapsed")]),
        ("standing", 5, [("IO004", "", "expected a value of its enumeration, got a whole number")]),
        ("word", "c", [("IO003", "", "'…' is not one of a, b")]),
        ("list", "x", [("IO004", "", "expected a list, got text")]),
        ("list", {"x": 1}, [("IO004", "", "expected a list, got an object")]),
        ("list", ["x", 5, True], [("IO004", "/1", None), ("IO004", "/2", None)]),
        ("text", ["x"], [("IO004", "", "expected text, got a list")]),
    ],
)  # fmt: skip
def test_what_its_type_does_not_allow_is_told_at_its_place_and_left_out(name, value, told):
    register = un.Register(organizations=[holder(name, value)], extensions=[ALL])
    report = checked(register)
    place = f"/organizations/0/extra/own/{name}"
    assert [(one.code, one.pointer.removeprefix(place)) for one in report] == [(code, at) for code, at, _ in told]
    assert all(words in (None, one.message) for one, (_, _, words) in zip(report, told, strict=True))
    assert all(one.subject == "ngo" for one in report)
    assert un.validate(register, on="2026-11-24").errors == report.errors
    with pytest.raises(un.InvalidDocument) as refused:
        un.dumps(register)
    assert refused.value.report == report
    assert declare((ALL,)).to_typed(holder(name, value)).extra is None


def test_a_value_is_told_where_anyone_may_see_it():
    public = un.Extension("own", un.Organization, {"word": ("a", "b")}, sensitivity=un.Sensitivity.PUBLIC)
    (finding,) = checked(un.Register(organizations=[holder("word", "c")], extensions=[public]))
    assert finding.message == "'c' is not one of a, b"


def test_of_two_declarations_the_first_type_and_the_narrower_circle_hold():
    wide = un.Extension("own", un.Organization, {"fee": int, "same": str}, sensitivity="public")
    narrow = un.Extension("own", un.Organization, {"fee": str}, sensitivity="at_risk")
    narrowest = un.Extension("own", un.Organization, {"fee": int}, sensitivity="personal")
    for order in ((wide, narrow, narrowest), (wide, narrowest, narrow)):
        declared = declare(order)
        assert declared.get_sensitivity(un.Organization, "own", "fee") is un.Sensitivity.PERSONAL
        assert declared.find(un.Organization, "own", "fee").type is int
        assert [*declared.declared_twice] == [("Organization", "own", "fee")]
    assert [*declare((wide, wide)).declared_twice] == []
    _, report = un.reads('{"schema_version": 1}', extensions=[wide, narrow])
    assert [(one.code, one.severity, one.message) for one in report] == [
        ("IO041", "warning", "the own field 'Organization.extra.own.fee' is declared in two ways")
    ]


def test_what_is_declared_of_one_class_is_not_of_another():
    declared = declare((ALL,))
    event = un.Event(id="e", name={"en": "E"}, kind="workshop", extra={"own": {"whole": "x"}})
    assert declared.to_typed(event) is event
    assert [*declared.find_faults(event)] == []
    assert [*declared.list_undeclared(event)] == [("own", "whole")]
    assert declared.get_sensitivity(un.Event, "own", "whole") is un.Sensitivity.INTERNAL


# -- the schema --------------------------------------------------------------------------------------------------------


def test_the_schema_says_what_is_declared():
    told = un.Extension("own", un.Organization, {"fee": int}, sensitivity="public", labels={"fee": {"en": "Fee"}})
    schema = un.record_schema(un.Organization, extensions=[ALL, told])
    extra = schema["properties"]["extra"]
    assert (extra["title"], extra["x-sensitivity"]) == ("Own fields", "internal")
    fields = extra["properties"]["own"]["properties"]
    assert fields["fee"] == {"title": "Fee", "x-sensitivity": "public", "type": "integer"}
    assert fields["standing"]["enum"] == ["active", "lapsed"]
    assert fields["days"]["items"] == {"type": "string", "format": "date"}
    assert fields.keys() == {*TYPES, "fee"}
    whole = un.register_schema(extensions=[ALL])
    assert whole["$defs"]["Organization"]["properties"]["extra"]["properties"]["own"]["properties"].keys() == {*TYPES}
    assert whole["$defs"]["Person"] == un.register_schema()["$defs"]["Person"]
    assert un.record_schema(un.Person, extensions=[ALL]) == un.record_schema(un.Person)


def test_labels_that_are_no_mapping_are_refused_by_name():
    with pytest.raises(un.ImpossibleValue, match=r"^Extension.labels: expected a mapping, got a value of type int$"):
        un.Extension("c", un.Organization, {"fee": int}, labels=5)
