"""What was built in Python is held to the form that readers hold documents to."""

import copy
import datetime as dt
import json
import pickle

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.model.field_codes import DESCRIPTIONS, OBJECTS, list_model_classes
from untoc_network.model.register import COLLECTIONS
from untoc_network.rules.rule import rule, violation
from untoc_network.testing import objects
from untoc_network.values.fields import fields_of, nested_class

ORGANIZATION = {"id": "xa-refuge", "name": un.Text(en="Refuge"), "kind": un.OrganizationKind.NGO}
FOREIGN = (
    None, True, 0, 10**15, 0.5, "", "ngo", "2019", "2019-13", "\ud800", "Not A Slug!", b"", (), ("x",), (None,), [],
    {"en": "X"}, un.PartialDate("2019"), un.Text(en="X"), un.Place(), object(), str.__new__(un.PartialDate, "x"),
    object.__new__(un.Text), str.__new__(un.Instant, "noon"), un.OrganizationKind.NGO,
)  # fmt: skip


def spoilt(held, **fields):
    """A copy with fields set past the constructor."""
    twin = copy.copy(held)
    for name, value in fields.items():
        object.__setattr__(twin, name, value)
    return twin


def said(report):
    return [(found.code, found.pointer, found.message) for found in report]


def test_what_is_sound_has_no_findings():
    assert un.checked(un.example()) == un.Report()
    for record in un.example():
        assert un.checked(record) == un.Report()
    assert un.checked(un.Period(start=un.PartialDate("2020"))) == un.Report()


def test_every_fault_is_told_in_the_words_of_the_reader_with_its_place():
    held = spoilt(
        un.Organization(**ORGANIZATION),
        id="Not A Slug!",
        kind="ngos",
        founded="2019-13",
        dissolved=dt.date(2020, 1, 1),
        languages=("es", "english"),
        countries=["XA"],
        seat={"country": "XA"},
        name="Refuge",
    )
    assert said(un.checked(held)) == [
        ("IO004", "/countries", "expected a tuple, got a list"),
        ("IO004", "/dissolved", "expected a partial date, got a value of another class"),
        ("IO005", "/founded", "'2019-13' is not a date: there is no such day in the calendar"),
        ("IO016", "/id", "the text does not have the required form: lower-case letters a-z and digits in groups joined by "
         "single hyphens"),
        ("IO003", "/kind", "'ngos' is not one of ngo, ngo-network, community-group …"),
        ("IO016", "/languages/1", "the text does not have the required form: a language tag such as es or pt-BR"),
        ("IO004", "/name", "expected a text in languages, got text"),
        ("IO004", "/seat", "expected an object of the class of this field, got an object"),
    ]  # fmt: skip
    assert un.checked(held).findings[4].hint == "did you mean 'ngo'?"
    assert {found.subject for found in un.checked(held)} == {None}
    assert {found.subject for found in un.checked(spoilt(held, id="xa-refuge"))} == {"xa-refuge"}


def test_what_reading_takes_as_another_class_is_told_too():
    held = spoilt(un.Organization(**ORGANIZATION), kind="ngo", founded="2019", name=None)
    assert said(un.checked(held)) == [
        ("IO004", "/founded", "expected a partial date, got text"),
        ("IO004", "/kind", "expected a value of its enumeration, got text"),
        ("IO004", "/name", "expected a text in languages, got null"),
    ]
    event = un.Event(id="talk", kind=un.EventKind.WORKSHOP, name=un.Text(en="Talk"))
    moments = spoilt(event, starts_at="noon", ends_at="2022-05-06T10:00Z", stated_days=10**15)
    assert said(un.checked(moments)) == [
        ("IO004", "/ends_at", "expected a moment with its offset, got text"),
        (
            "IO006",
            "/starts_at",
            "'noon' is not a moment: a moment is written 2022-05-06T10:00+02:00 or "
            "2022-05-06T10:00+02:00[Europe/Vienna]",
        ),
        ("IO008", "/stated_days", "this value is not a number that can be kept exactly"),
    ]
    assert [found.code for found in un.checked(spoilt(un.Place(), city="\ud800"))] == ["IO017"]


def test_nothing_personal_is_shown():
    person = un.Person(id="xa-person", name="Somebody of XA")
    for name in ("name", "contacts", "consents"):
        report = un.checked(spoilt(person, **{name: "secret of somebody"}))
        assert "secret" not in json.dumps(report.to_dict())


def test_an_object_that_no_constructor_made_is_told_field_by_field():
    report = un.checked(object.__new__(un.Alias))
    assert said(report) == [
        ("IO001", "/kind", "the field 'kind' is missing"),
        ("IO004", "/language", "expected text, got nothing"),
        ("IO001", "/name", "the field 'name' is missing"),
    ]
    assert (report.errors[0].hint or "").startswith("add 'kind': one of acronym, former")
    assert not un.checked(object.__new__(un.Register)).ok


def test_what_is_impossible_as_a_whole_is_told():
    period = spoilt(un.Period(start=un.PartialDate("2020")), end=un.PartialDate("2019"))
    assert said(un.checked(period)) == [("IO015", "", "a period cannot end before it starts")]
    assert said(un.checked(spoilt(un.Register(), schema_version=2))) == [
        ("IO015", "", "a register has schema version 1 in this release")
    ]
    named = spoilt(un.Organization(**ORGANIZATION), name=spoilt(un.Text(en="X"), _wordings={"Not a tag": "x"}))
    assert said(un.checked(named)) == [("IO015", "/name", "each key must be a language tag such as es or pt-BR")]
    dated = spoilt(un.Organization(**ORGANIZATION), founded=str.__new__(un.PartialDate, "2019-13"))
    assert [found.code for found in un.checked(dated)] == ["IO005"]
    odd = str.__new__(un.PartialDate, "2019")
    object.__setattr__(odd, "first", 1)
    object.__setattr__(odd, "last", 2)
    assert [found.code for found in un.checked(spoilt(un.Organization(**ORGANIZATION), founded=odd))] == ["IO005"]


def test_what_says_nothing_is_a_warning_as_in_a_file():
    held = un.Organization(**ORGANIZATION, seat=un.Place())
    assert said(un.checked(held)) == [("IO014", "/seat", "the field holds an empty object, which says nothing")]
    assert un.checked(held).ok
    assert "IO014" not in [found.code for found in un.validate(un.Register(organizations=[held]))]
    assert un.checked(un.Place()) == un.Report()


@pytest.mark.parametrize("held", [None, 3, "text", {}, [], object(), un.Finding, un.Organization, un.Report()])
def test_what_is_no_part_of_a_register_is_told(held):
    assert [found.code for found in un.checked(held)] == ["IO004"]


def test_validate_tells_what_is_wrong_with_the_form_whatever_the_rules():
    sound = un.Organization(**ORGANIZATION)
    member = un.Membership(id="seat", network_id="net", organization_id="broken")
    register = un.Register(
        organizations=(sound, un.Organization(**ORGANIZATION | {"id": "broken"}), attrs.evolve(sound, id="xz")),
        memberships=(member,),
    )
    object.__setattr__(register["broken"], "kind", "ngos")
    for rules in (None, un.RuleSet.named("strict"), [un.rules.get_rule("CR031")]):
        report = un.validate(register, on="2026-01-01", rules=rules)
        assert said(found for found in report.errors if found.code == "IO003") == [
            ("IO003", "/organizations/0/kind", "'ngos' is not one of ngo, ngo-network, community-group …")
        ]
    report = un.validate(register, on="2026-01-01")
    dangling = [found.pointer for found in report if found.code == "RF002"]
    assert dangling == ["/memberships/0/network_id"]
    assert {found.pointer.split("/")[2] for found in report if found.subject == "xz"} <= {"2"}
    assert not any(found.code == "XX001" for found in report)


def test_a_register_whose_own_fields_are_wrong_is_still_judged():
    register = spoilt(un.example(), title="The register", events=None, schema_version="1")
    report = un.validate(register, on="2026-01-01")
    assert [found.pointer for found in report if found.code == "IO004"] == ["/events", "/schema_version", "/title"]
    assert un.validate(spoilt(un.example(), persons=({"id": 3}, 4)), on="2026-01-01").errors


def test_what_a_rule_finds_on_a_register_with_a_fault_stands_beside_the_fault():
    @rule("ZZ001", on=un.Register, severity=un.Severity.INFO, message="looked at")
    def looked_at(registers, _context):
        yield from map(violation, registers)

    broken = un.Register(organizations=[un.Organization(**ORGANIZATION)])
    object.__setattr__(broken["xa-refuge"], "kind", "ngos")
    report = un.validate(broken, rules=[looked_at])
    assert {(one.code, one.pointer) for one in report} == {("ZZ001", ""), ("IO003", "/organizations/0/kind")}


def test_one_bad_id_among_good_ones_is_found_in_its_place():
    several = un.Register(organizations=[un.Organization(**ORGANIZATION | {"id": f"xa-{one}"}) for one in "abc"])
    object.__setattr__(several["xa-b"], "id", "Not A Slug!")
    assert [(one.code, one.pointer) for one in un.validate(several).errors] == [("IO016", "/organizations/1/id")]


def test_writing_refuses_by_record_and_field():
    register = un.Register(organizations=[un.Organization(**ORGANIZATION)])
    object.__setattr__(register["xa-refuge"], "kind", "ngos")
    with pytest.raises(un.InvalidDocument) as caught:
        un.dumps(register)
    message = "organizations[0].kind of 'xa-refuge': IO003 'ngos' is not one of ngo, ngo-network, community-group …"
    assert str(caught.value) == message
    assert [found.code for found in caught.value.report] == ["IO003"]
    assert str(pickle.loads(pickle.dumps(caught.value))) == message


@pytest.mark.parametrize("name", ["r.json", "r.yaml", "r.ndjson", "r.zip", "r.d", "r.datapackage"])
def test_no_format_writes_what_could_not_be_read(tmp_path, name):
    register = un.Register(organizations=[un.Organization(**ORGANIZATION)], title=un.Text(en="Whole"))
    un.dump(register, tmp_path / name)
    object.__setattr__(register["xa-refuge"], "name", "Refuge")
    with pytest.raises(un.InvalidDocument):
        un.dump(register, tmp_path / name)
    assert un.load(tmp_path / name).title == un.Text(en="Whole")
    with pytest.raises(un.InvalidDocument, match="^name of 'xa-refuge': IO004"):
        un.bulk.write_records(tmp_path / "r.ndjson", [register["xa-refuge"]])


@given(data=st.data())
@tries(150)
def test_where_validate_gives_no_error_of_form_the_file_gives_the_register_back(data):
    """Whatever was set past the constructors: either it is told, or it is read back as it was."""
    name, cls = data.draw(st.sampled_from([*COLLECTIONS.items()]))
    record = data.draw(objects(cls))
    holder = record
    while True:
        inner = [value for shape in fields_of(type(holder)) if nested_class(shape)
                 for value in ((getattr(holder, shape.name) or ()) if shape.many else (getattr(holder, shape.name),))
                 if value is not None]  # fmt: skip
        if not inner or data.draw(st.booleans()):
            break
        holder = data.draw(st.sampled_from(inner))
    shape = data.draw(st.sampled_from(fields_of(type(holder))))
    object.__setattr__(holder, shape.name, FOREIGN[data.draw(st.integers(0, len(FOREIGN) - 1))])
    register = un.Register()
    object.__setattr__(register, name, (record,))
    report = un.checked(register)
    errors = [found for found in un.validate(register).errors if found.code.startswith("IO")]
    assert errors == list(report.errors)
    if report.ok:
        assert un.loads(un.dumps(register)) == register
    else:
        with pytest.raises(un.InvalidDocument):
            un.dumps(register)
        assert all(found.pointer.startswith(f"/{name}/0") for found in report.errors)


def test_every_class_and_every_field_that_it_needs_has_its_phrase():
    assert len(DESCRIPTIONS) == len({*DESCRIPTIONS}) > len(OBJECTS) - 2 == len({*list_model_classes()})
    assert {name for name in DESCRIPTIONS if name.startswith("Person.")} == {"Person.id", "Person.name"}
    assert OBJECTS["Organization"] == "an organization"
