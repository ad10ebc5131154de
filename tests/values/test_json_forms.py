"""Constructors take the JSON form of a field as well as its value, exactly or not at all."""

import ast
import datetime as dt
import doctest
import enum
import inspect
import json
from types import MappingProxyType

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.builders import nested_classes
from tests.profiles import tries

import untoc_network as un
from untoc_network.model import organization_and_person
from untoc_network.testing import objects
from untoc_network.values import time_limit
from untoc_network.values.fields import fields_of
from untoc_network.values.self_checked_classes import is_self_checked

CLASSES = sorted(set(nested_classes(un.Register)), key=lambda cls: cls.__name__)
RECORDS = [cls for cls in CLASSES if issubclass(cls, un.Record)]
ORGANIZATION = {"id": "xa-refuge", "name": {"en": "Refuge"}, "kind": "ngo"}


def refused(cls, **fields) -> str:
    with pytest.raises(un.ImpossibleValue) as caught:
        cls(**fields)
    return str(caught.value)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@given(data=st.data())
@tries(10)
def test_an_object_of_its_own_json_is_the_same_object(cls, data):
    held = un.example() if cls is un.Register else data.draw(objects(cls))
    plain = json.loads(json.dumps(un.to_dict(held)))
    again = cls(**plain)
    assert again == held
    assert repr(again) == repr(held)  # also where a text equals the member that it names


JSON_VALUES = (
    None, True, 3, 2.0, 0.5, "", "x", "ngo", "en", "XA", "2019", "2019-02-30", "2019-02-03", "2022-05-06T10:00Z", "\ud800",
    [], ["x"], ["es", 3], [{}], [[]], {}, {"en": "x"}, {"en": 3}, {"": "x"}, {"en": "x", "x": {}}, {"country": "XA"},
    {"kind": "short", "name": "x"}, [{"en": "x"}], [{"kind": "short", "name": "x"}], ["ngo", "academia"],
)  # fmt: skip


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
@given(data=st.data())
@tries(40)
def test_a_constructor_takes_what_reading_takes_without_a_word_and_nothing_else(cls, data):
    plain = un.to_dict(data.draw(objects(cls)))
    field = data.draw(st.sampled_from(fields_of(cls))).name
    plain[field] = data.draw(st.sampled_from(JSON_VALUES))
    record, report = un.read_record(plain, cls)
    try:
        built = cls(**plain)
    except un.ImpossibleValue as problem:
        built = None
        assert str(problem).startswith(cls.__name__)
    if built is None:
        assert not report.ok or len(report), "what was read without a word was refused"
    elif plain[field] not in (None, []):  # what reading takes for a field that is not there, with a word
        assert report.ok
        assert built == record


@pytest.mark.parametrize("module", [organization_and_person, time_limit], ids=lambda module: module.__name__)
def test_what_docstrings_show_is_so(module):
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed


def test_the_object_holds_values_whatever_it_was_given():
    day = dt.date(1999, 3, 1)
    built = un.Organization(
        **ORGANIZATION,
        founded="1999",
        dissolved=day,
        languages=["es"],
        seat={"country": "PA"},
        expertise=(MappingProxyType({"es": "Refugio"}), un.Text(en="Shelter")),
        aliases=[{"name": "RXA", "kind": "acronym"}, un.Alias(name="R", kind=un.AliasKind.SHORT)],
        themes=["gender", un.Theme.YOUTH],
    )
    assert built == un.Organization(
        id="xa-refuge",
        name=un.Text(en="Refuge"),
        kind=un.OrganizationKind.NGO,
        founded=un.PartialDate("1999"),
        dissolved=un.PartialDate("1999-03-01"),
        languages=("es",),
        seat=un.Place(country="PA"),
        expertise=(un.Text(es="Refugio"), un.Text(en="Shelter")),
        aliases=(
            un.Alias(name="RXA", kind=un.AliasKind.ACRONYM),
            un.Alias(name="R", kind=un.AliasKind.SHORT),
        ),
        themes=(un.Theme.GENDER, un.Theme.YOUTH),
    )
    assert type(built.kind) is un.OrganizationKind
    assert type(built.dissolved) is un.PartialDate
    assert attrs.evolve(built, kind="media", seat=None).kind is un.OrganizationKind.MEDIA
    assert un.Register(organizations=[ORGANIZATION])["xa-refuge"] == un.Organization(**ORGANIZATION)
    moment = "2024-05-06T10:00Z"
    assert type(un.Segment(key="talk", kind="panel", starts_at=moment).starts_at) is un.Instant


def test_what_does_not_fit_is_told_by_class_and_field_and_never_shown():
    for message, fields in {
        "Organization.kind: expected an OrganizationKind (ngo, ngo-network, community-group …)": {"kind": "secret"},
        "Organization.founded: there is no such day in the calendar": {"founded": "1999-13"},
        "Organization.founded: expected a PartialDate, got a value of type datetime": {
            "founded": dt.datetime(1999, 1, 1)
        },
        "Organization.founded: expected a PartialDate, got a value of type int": {"founded": 1999},
        "Organization.name: a text needs a wording in at least one language": {"name": {}},
        "Organization.name: expected a Text, got a value of type str": {"name": "secret"},
        "Organization.expertise[1]: the wording in each language must be text": {"expertise": [{"en": "x"}, {"en": 3}]},
        "Organization.seat: Place.country: expected two capital letters (ISO 3166-1 alpha-2)": {
            "seat": {"country": "secret"}
        },
        "Organization.seat: Place has no field 'cuntry'": {"seat": {"cuntry": "PA"}},
        "Organization.seat: Place has no field of one of the names given": {"seat": {"Ana Secret": "PA"}},
        "Organization.aliases[0]: Alias.kind: expected an AliasKind (acronym, former, short …), "
        "but nothing was ever set": {"aliases": [{"name": "secret"}]},
        "Organization.claims[0]: Claim.source: Citation.certainty: expected a Certainty (seen, derived, partial …)": {
            "claims": [{"field": "kind", "value": "ngo", "source": {"source_id": "a", "certainty": "secret"}}]
        },
    }.items():
        assert refused(un.Organization, **ORGANIZATION | fields) == message
    several = "expected a tuple in which each item is a language tag such as es or pt-BR, got a value of type"
    for given_value in ("es", {"es"}, iter(["es"]), {"es": 1}):
        name = type(given_value).__name__
        assert refused(un.Organization, **ORGANIZATION, languages=given_value) == (
            f"Organization.languages: {several} {name}"
        )


def _expected_converter(shape, hint: str) -> str | None:
    """What the declaration of a field says to type checkers, as its type asks for."""
    inner = hint.removeprefix("tuple[").removesuffix(", ...]") if shape.many else hint
    of_a_choice = isinstance(shape.type, type) and issubclass(shape.type, enum.StrEnum)
    if shape.many:
        name = "FromMappings" if is_self_checked(shape.type) or shape.type is un.Text else "FromTexts"
    elif shape.type is un.PartialDate:
        assert shape.optional, "FromDate takes None"
        return "FromDate"
    elif of_a_choice or shape.type is un.Instant:
        name = "FromText"
    elif shape.type is un.Text:
        name = "FromWordings"
    elif is_self_checked(shape.type):
        name = "FromMapping"
    else:
        return None
    return f"{name}[{inner}]"


def test_type_checkers_are_told_what_each_field_takes(subtests):
    """At run time the converters are None, so that only the source can be asked."""
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            (body,) = ast.parse(inspect.getsource(cls)).body
            shapes = {shape.name: shape for shape in fields_of(cls)}
            for line in body.body:
                if isinstance(line, ast.AnnAssign) and line.target.id in shapes:
                    told = {one.arg: ast.unparse(one.value) for one in line.value.keywords}.get("converter")
                    hint = ast.unparse(line.annotation).replace("PlaceIfKnown", "Place | None")
                    expected = _expected_converter(shapes[line.target.id], hint)
                    if cls is un.Register and expected and expected.startswith("FromMappings"):
                        expected = expected.replace("FromMappings", "FromRecords")
                    assert told == expected, f"{cls.__name__}.{line.target.id}"
            assert all(one.converter is None for one in attrs.fields(cls))
