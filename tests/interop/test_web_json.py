"""JSON-LD, Popolo and GeoJSON, each read back by somebody else."""

import json

import jsonschema
import pytest
import rdflib
from hypothesis import given, strategies as st
from rdflib import RDF, XSD, Literal, URIRef
from tests.profiles import tries

import untoc_network as un
from untoc_network.interop.web_json import encode_json
from untoc_network.serializers.source.text_bytes import escape_marks
from untoc_network.testing import model_strategies

from .conftest import HOSTILE, ON

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own

SCHEMA = rdflib.Namespace("https://schema.org/")
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")


def exported(register, form, **wished):
    return un.exchange.export(register, form, on=ON, **wished).data


LETTERS = st.text(st.characters(exclude_categories=["Cs"]))
ONE = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | LETTERS
MANY = st.recursive(ONE, lambda part: st.lists(part, max_size=3) | st.dictionaries(LETTERS, part, max_size=3))


@tries(100)
@given(MANY)
def test_a_document_is_written_as_python_does_but_for_signs_of_pages(document):
    told = encode_json(document).decode()
    assert json.loads(told) == document
    assert not {*"<>&"} & {*told}
    plain = json.dumps(document, ensure_ascii=False, indent=2)
    assert told == escape_marks(f"{plain}\n".translate(IN_A_PAGE).encode()).decode()


IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


def triples(register, **wished):
    return rdflib.Graph().parse(data=exported(register, "jsonld", **wished), format="json-ld")


def at(name):
    return URIRef(f"urn:untoc-network:{name}")


# -- JSON-LD ---------------------------------------------------------------------------------------------------------


def test_organizations_networks_and_memberships_are_linked(register):
    graph = triples(register)
    assert {*graph.objects(at("xa-ngo"), RDF.type)} == {SCHEMA.NGO, ORG.Organization}
    assert {*graph.objects(at("xa-ngo"), SCHEMA.name)} == {Literal(HOSTILE, lang="en"), Literal("شبكة", lang="ar")}
    assert graph.value(at("xa-ngo"), SCHEMA.foundingDate) == Literal(
        "1999-05", datatype=XSD.gYearMonth, normalize=False
    )
    assert graph.value(at("xa-ngo"), SCHEMA.sameAs) == URIRef("https://ror.org/04assc746")
    assert {*graph.objects(at("xa-ngo"), SCHEMA.memberOf)} == {at("xa-net")}
    assert {*graph.objects(at("xa-body"), SCHEMA.memberOf)} == set()
    assert graph.value(at("m-1"), ORG.member) == at("xa-ngo")
    assert graph.value(at("m-1"), ORG.organization) == at("xa-net")
    assert str(graph.value(graph.value(at("m-1"), ORG.role), SKOS.notation)) == "member"
    assert graph.value(at("xa-net"), ORG.linkedTo) == at("xb-net")


def test_events_say_when_where_and_who(register):
    graph = triples(register)
    event = at("timed")
    assert graph.value(event, SCHEMA.startDate) == Literal("2026-05-06T10:00:00+02:00", datatype=XSD.dateTime)
    assert graph.value(event, SCHEMA.eventAttendanceMode) == SCHEMA.MixedEventAttendanceMode
    assert graph.value(event, SCHEMA.organizer) == at("xa-ngo")
    assert graph.value(event, SCHEMA.performer) == at("agreed")
    assert graph.value(event, SCHEMA.funder) == at("xa-body")
    assert graph.value(event, SCHEMA.superEvent) == at("days")
    assert graph.value(at("days"), SCHEMA.eventStatus) == SCHEMA.EventCancelled
    assert graph.value(at("month"), SCHEMA.startDate).datatype == XSD.gYearMonth
    place = graph.value(graph.value(event, SCHEMA.location), SCHEMA.address)
    assert str(graph.value(place, SCHEMA.addressCountry)) == "PA"


def test_seconds_and_undetermined_languages_are_written_as_they_are():
    event = un.Event(
        id="e",
        name=un.Text(und="N"),
        kind=un.EventKind.OTHER,
        starts_at=un.Instant("2026-05-06T10:00:30Z"),
        place=un.Place(address="x"),
    )
    graph = triples(un.Register(events=(event,)), base="https://example.org/id/")
    assert graph.value(URIRef("https://example.org/id/e"), SCHEMA.name) == Literal("N")
    assert str(graph.value(URIRef("https://example.org/id/e"), SCHEMA.startDate)) == "2026-05-06T10:00:30+00:00"
    assert graph.value(URIRef("https://example.org/id/e"), SCHEMA.location) is None


def test_it_can_stand_in_a_page(register):
    for form in ("jsonld", "popolo", "geojson"):
        data = exported(register, form)
        assert b"<" not in data
        assert b"]]>" not in data


# -- Popolo ----------------------------------------------------------------------------------------------------------

TEXT = {"type": "string", "minLength": 1}
DATE = {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"}
TIME = {
    "type": "string",
    "pattern": r"^[0-9]{4}((-[0-9]{2}){0,2}|(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){0,2}(Z|[+-][0-9]{2}(:[0-9]{2})?))$",
}
LINKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["url"],
        "properties": {"url": TEXT, "note": TEXT},
        "additionalProperties": False,
    },
}


def listed(required, **properties):
    item = {
        "type": "object",
        "required": required,
        "properties": {**properties, "sources": LINKS},
        "additionalProperties": False,
    }
    return {"type": "array", "items": item}


POPOLO = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "organizations": listed(
            ["id", "name"],
            **dict.fromkeys(("id", "name", "classification", "parent_id", "area_id", "description"), TEXT),
            **dict.fromkeys(("founding_date", "dissolution_date"), DATE),
            other_names=listed(["name"], name=TEXT, note=TEXT),
            identifiers=listed(["identifier"], scheme=TEXT, identifier=TEXT),
            links=LINKS,
        ),
        "persons": listed(["id", "name"], id=TEXT, name=TEXT),
        "memberships": listed(
            ["id", "organization_id"],
            **dict.fromkeys(("id", "role", "person_id", "organization_id", "post_id"), TEXT),
            member={"type": "object"},
            start_date=DATE,
            end_date=DATE,
        ),
        "posts": listed(["id", "label", "organization_id"], id=TEXT, label=TEXT, organization_id=TEXT),
        "areas": listed(["id"], **dict.fromkeys(("id", "identifier", "name", "classification"), TEXT)),
        "events": listed(
            ["id", "name"],
            **dict.fromkeys(
                ("id", "name", "classification", "location", "status", "organization_id", "parent_id"), TEXT
            ),
            start_date=TIME,
            end_date=TIME,
        ),
    },
}
"""The parts of Popolo that are written, from its specification: members, required ones, the patterns of dates."""


def test_popolo_has_the_form_of_its_specification(register):
    document = json.loads(exported(register, "popolo", language="es"))
    jsonschema.Draft202012Validator(POPOLO).validate(document)
    by_id = {item["id"]: item for name in document for item in document[name]}
    assert by_id["xa-ngo"]["name"] == HOSTILE
    assert by_id["xa-net"] == {
        "id": "xa-net",
        "name": "Red de XA",
        "other_names": [{"name": "Network of XA", "note": "en"}],
        "classification": "regional",
        "description": "Exchange",
    }
    assert by_id["m-1"] == {
        "id": "m-1",
        "role": "member",
        "organization_id": "xa-net",
        "member": {"@type": "Organization", "id": "xa-ngo"},
        "start_date": "2022-03",
    }
    assert by_id["agreed.post.membership"]["post_id"] == "agreed.post"
    assert by_id["agreed.voice.membership"] == {
        "id": "agreed.voice.membership",
        "person_id": "agreed",
        "organization_id": "xa-body",
        "start_date": "2021",
    }
    assert by_id["timed"]["location"] == "Hall; 1, east, Panama City, Panamá"
    assert by_id["timed"]["organization_id"] == "xa-ngo"
    assert by_id["timed"]["start_date"] == "2026-05-06T10:00+02:00"


@tries(5)
@given(model_strategies.registers())
def test_every_register_gives_sound_popolo_linked_data_and_geojson(register):
    jsonschema.Draft202012Validator(POPOLO).validate(json.loads(exported(register, "popolo")))
    again, report = un.exchange.read_data(exported(register, "popolo"), "popolo", language="en")
    assert report.ok
    part, _ = un.exchange.filter_public(register, un.PartialDate(ON))
    assert [one.id for one in again.organizations] == [one.id for one in part.organizations]
    assert [one.id for one in again.networks] == [one.id for one in part.networks]
    assert len(triples(register)) >= len(register.organizations)
    assert well_formed(json.loads(exported(register, "geojson")))


# -- GeoJSON ---------------------------------------------------------------------------------------------------------


def well_formed(document):
    """What RFC 7946 asks of a collection of features, and of each feature."""
    features = document["features"]
    return set(document) == {"type", "features", "points"} and all(
        one["type"] == "Feature" and is_place(one["geometry"]) and isinstance(one["properties"], dict)
        for one in features
    )


def is_place(geometry):
    """A point of longitude and latitude, or nothing."""
    if geometry is None:
        return True
    longitude, latitude = geometry["coordinates"]
    return set(geometry) == {"type", "coordinates"} and abs(longitude) <= 180 and abs(latitude) <= 90


@pytest.mark.parametrize(("language", "name"), [("en", "Colombia"), ("fr", "Colombie"), ("ar", "Colombia")])
def test_a_feature_for_each_country(register, language, name):
    document = json.loads(exported(register, "geojson", language=language))
    assert well_formed(document)
    found = {one["id"]: one["properties"] for one in document["features"]}
    assert list(found) == ["CO", "PA", "XA"]
    assert found["CO"] == {
        "name": name,
        "iso_a2": "CO",
        "iso_a3": "COL",
        "m49": "170",
        "organizations": 0,
        "organizations_ids": [],
        "working_here": 1,
        "working_here_ids": ["xa-ngo"],
        "events": 0,
        "events_ids": [],
    }
    assert found["XA"]["organizations_ids"] == ["xa-ngo"]
    assert (found["XA"]["name"], found["XA"]["iso_a3"]) == ("XA", None)
    places = {one["id"]: one["geometry"] for one in document["features"]}
    row = un.reference.packaged().country_point("PA")
    assert places["PA"] == {"type": "Point", "coordinates": [row.longitude, row.latitude]}
    assert places["XA"] is None


def test_the_points_of_a_map_say_what_they_are_and_what_is_missing(register):
    told = json.loads(exported(register, "geojson"))["points"]
    assert "largest part" in told["sources"][0]
    assert (told["as_of"]["latest"], told["certainties"], told["missing"]) == (
        "2026",
        {"derived": 196},
        ["Tuvalu has no point"],
    )
