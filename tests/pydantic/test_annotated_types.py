"""The types for pydantic: what they read, what they tell at which place, how they are written and described."""

import json
import sys
import typing

import pydantic
import pytest
from hypothesis import given, strategies as st
from pydantic import BaseModel, TypeAdapter
from tests.profiles import tries

import untoc_network as un
import untoc_network.pydantic as types
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.model.register import COLLECTIONS
from untoc_network.testing import objects

REFUGE = {"id": "xa-refuge", "name": {"en": "Refuge of XA"}, "kind": "ngo"}
OF_RECORDS = {cls: TypeAdapter(getattr(types, cls.__name__)) for cls in COLLECTIONS.values()}
ORGANIZATIONS = OF_RECORDS[un.Organization]


class Application(BaseModel):
    body: types.Organization
    partners: list[types.Organization] = []
    kind: types.OrganizationKind | None = None
    since: types.PartialDate | None = None
    at: types.Instant | None = None
    seat: types.Place | None = None
    words: types.Text | None = None
    asked_by: types.PersonId | None = None


def refused(adapter, value):
    with pytest.raises(pydantic.ValidationError) as error:
        adapter.validate_python(value)
    return error.value


def told(error):
    return [(one["type"], one["loc"], one["msg"], one.get("ctx", {}).get("hint")) for one in error.errors()]


@given(st.sampled_from(list(COLLECTIONS.values())).flatmap(objects))
@tries(60)
def test_what_is_written_is_read_and_an_object_is_taken_as_it_is(record):
    adapter = OF_RECORDS[type(record)]
    assert adapter.validate_python(record) is record
    plain = adapter.dump_python(record)
    assert plain == adapter.dump_python(record, mode="json") == un.to_dict(record)
    assert adapter.validate_python(plain) == adapter.validate_json(adapter.dump_json(record)) == record


def test_a_model_holds_and_writes_records_lists_of_them_and_values():
    partner = un.from_dict(REFUGE, un.Organization)
    given = {
        "body": REFUGE,
        "partners": [partner, REFUGE],
        "kind": "ngo",
        "since": "1999",
        "at": "2022-05-06T10:00+02:00[Europe/Vienna]",
        "seat": {"country": "XA"},
        "words": {"es": "Refugio"},
        "asked_by": "someone",
    }
    made = Application.model_validate(given)
    assert made.body == partner
    assert made.partners[0] is partner
    assert isinstance(made.kind, un.OrganizationKind)
    assert isinstance(made.since, un.PartialDate)
    assert isinstance(made.at, un.Instant)
    assert made.seat == un.Place(country="XA")
    assert made.words == un.Text(es="Refugio")
    assert made.model_dump() == json.loads(made.model_dump_json()) == given | {"partners": [REFUGE, REFUGE]}
    assert Application(body=partner, seat=made.seat, words=made.words).words is made.words


BROKEN = [
    {},
    REFUGE | {"fonded": "1999"},
    REFUGE | {"kind": "zoo", "founded": 1999, "countries": ["XA", "xb"]},
    REFUGE | {"name": {"en": 5}, "links": [{"kind": "website"}]},
    REFUGE | {"id": "{hint}", "name": {"{message}": "x"}},
    REFUGE | {"seat": None, "countries": [], "kind": "zoo"},
    REFUGE | {"themes": ["{hint}"]},
]


@pytest.mark.parametrize("value", BROKEN)
def test_what_is_wrong_is_an_error_at_its_place_with_code_message_and_hint(value):
    errors = un.read_record(value, un.Organization)[1].errors
    expected = [(one.code, one.path, one.message, one.hint) for one in errors]
    assert expected
    assert told(refused(ORGANIZATIONS, value)) == expected
    below = refused(TypeAdapter(Application), {"body": REFUGE, "partners": [REFUGE, value]})
    assert told(below) == [(code, ("partners", 1, *path), *rest) for code, path, *rest in expected]


@pytest.mark.parametrize(
    ("name", "value", "code", "loc"),
    [
        ("Organization", "{}", "IO004", ()),
        ("Organization", None, "IO004", ()),
        ("Organization", un.Place(), "IO004", ()),
        ("Place", {"city": 5}, "IO004", ("city",)),
        ("Period", {"start": "2020", "end": "2019"}, "IO015", ()),
        ("Text", {}, "IO015", ()),
        ("Text", {"en": 5}, "IO004", ("en",)),
        ("PartialDate", "2022-13", "IO005", ()),
        ("Count", float("nan"), "IO008", ()),
        ("OrganizationKind", "zoo", "IO003", ()),
        ("CountryCode", "xa", "IO016", ()),
        ("Url", 5, "IO004", ()),
    ],
)
def test_values_and_parts_of_records_are_refused_alike(name, value, code, loc):
    assert [one[:2] for one in told(refused(TypeAdapter(getattr(types, name)), value))] == [(code, loc)]


@pytest.mark.parametrize("value", [{"id": "xa-one", "name": 5}, {"id": "xa-one", "nmae": "Zoraida Planted"}])
def test_an_error_repeats_nothing_that_was_given(value):
    adapter = TypeAdapter(types.Person)
    error = refused(adapter, value | {"gender": ["planted words"], "contacts": [{"kind": "Zoraida Planted"}]})
    for text in (str(error), repr(error), error.json(), str(error.errors())):
        assert "lanted" not in text


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_description_has_the_names_and_the_schemas_of_the_library(mode):
    described = Application.model_json_schema(mode=mode, ref_template="#/components/schemas/{model}")
    assert described["properties"]["partners"]["items"] == {"$ref": "#/components/schemas/Organization"}
    schemas = un.openapi_schemas()
    assert {"Organization", "OrganizationKind", "CountryCode", "PersonId", "Instant", "Text"} <= described[
        "$defs"
    ].keys()
    assert {name: schemas[name] for name in described["$defs"]} == described["$defs"]


def test_a_class_of_ones_own_may_have_the_same_name():
    class Place(BaseModel):
        seat: types.Place

    described = Place.model_json_schema()
    assert {one["$ref"] for one in described["properties"].values()} <= {
        f"#/$defs/{name}" for name in described["$defs"]
    }


def test_an_object_is_no_text_to_programs_that_ask_what_can_stand_in_a_query():
    for one in (types.Organization, types.Place, types.Text, types.Extra):
        assert hasattr(typing.get_origin(typing.get_args(one)[0]), "__get_pydantic_core_schema__")
    for one in (types.OrganizationKind, types.PartialDate, types.OrganizationId):
        assert typing.get_args(one)[0] is str
    assert repr(typing.get_args(types.Organization)[1]) == "ReadAs(Organization)"


def test_a_type_is_made_of_any_class_of_the_library():
    assert TypeAdapter(typing.Annotated[un.Link, types.ReadAs(un.Link)]).validate_python(
        {"kind": "website", "url": "https://example.org/"}
    ) == un.Link(kind="website", url="https://example.org/")


FEES = un.Extension("coalition", un.Organization, {"fee": int})


class Member(BaseModel):
    body: typing.Annotated[un.Organization, types.ReadAs(un.Organization, extensions=[FEES])]


def test_own_fields_that_are_declared_are_read_by_type_and_described():
    made = Member.model_validate({"body": REFUGE | {"extra": {"coalition": {"fee": 100}}}})
    assert made.body.extra["coalition"]["fee"] == 100
    wrong = refused(TypeAdapter(Member), {"body": REFUGE | {"extra": {"coalition": {"fee": "much"}}}})
    assert [one[:2] for one in told(wrong)] == [("IO004", ("body", "extra", "coalition", "fee"))]
    described = Member.model_json_schema(ref_template="#/components/schemas/{model}")["$defs"]
    assert described["Organization"] == un.openapi_schemas(extensions=[FEES])["Organization"]
    assert described["Organization"] != un.openapi_schemas()["Organization"]

    class Both(Member):
        partner: types.Organization

    described = Both.model_json_schema()
    both = [described["$defs"][one["$ref"].rpartition("/")[2]] for one in described["properties"].values()]
    assert [one["properties"]["extra"].get("properties") is not None for one in both] == [True, False]


def test_every_class_has_its_type_and_no_other_name_has_one():
    assert set(types.list_type_names()) == set(un.openapi_schemas()) - {"Register"}
    assert set(types.list_type_names()) <= set(dir(types))
    for name in types.list_type_names():
        TypeAdapter(getattr(types, name))
    for name in ("Register", "Organisation", "__path_of_nothing__"):
        with pytest.raises(AttributeError, match=f"^module 'untoc_network.pydantic' has no attribute '{name}'$"):
            getattr(types, name)


def test_without_pydantic_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydantic", None)
    monkeypatch.delitem(sys.modules, "untoc_network.pydantic.annotated_types")
    monkeypatch.delattr(types, "annotated_types")
    monkeypatch.delitem(vars(types), "Organization", raising=False)
    with pytest.raises(MissingExtra) as missing:
        _ = types.Organization
    assert str(missing.value) == 'for types of pydantic, pydantic is needed: pip install "untoc-network[pydantic]"'


def test_an_object_that_was_made_past_its_constructor_is_refused():
    record = un.Organization(id="a", kind="ngo", name={"en": "A"})
    object.__setattr__(record, "founded", 5)
    with pytest.raises(pydantic.ValidationError) as refused:
        TypeAdapter(types.Organization).validate_python(record)
    assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [("IO004", ("founded",))]
    assert TypeAdapter(types.OrganizationKind).validate_python(un.OrganizationKind.NGO) is un.OrganizationKind.NGO
