"""Small faults that a reader told badly or not at all: numbers where text is due, parts of folders, editors' schemas."""

import copy
import json
import pickle

import pytest

import untoc_network as un
from untoc_network.serializers.codecs import ndjson, yaml
from untoc_network.serializers.schema import register_schema

YEARS = """schema_version: 1
organizations:
- {id: b, kind: ngo, name: {en: B}, founded: 2022}
- {id: c, kind: ngo, name: {en: 2012, es: true, fr: 1.5}}
persons:
- {id: p, name: 5551234}
"""


def told(report):
    return [(found.code, found.pointer, found.line, found.column, found.hint) for found in report]


def test_a_number_where_text_is_due_is_told_at_its_place_with_what_to_type():
    quoted = 'write "{}", in quotes; nothing is converted silently'.format
    assert told(yaml.reads(YEARS)[1]) == [
        ("IO004", "/organizations/0/founded", 3, 46, quoted(2022)),
        ("IO004", "/organizations/1/name/en", 4, 33, quoted(2012)),
        ("IO004", "/organizations/1/name/es", 4, 43, quoted("true")),
        ("IO004", "/organizations/1/name/fr", 4, 53, quoted("…")),
        ("IO004", "/persons/0/name", 6, 17, quoted("…")),
    ]
    _, report = un.reads('{"schema_version": 1, "title": {"en": true}, "as_of": 2022.5}')
    assert [(found.pointer, found.hint) for found in report] == [
        ("/title/en", quoted("true")),
        ("/as_of", quoted(2022.5)),
    ]
    _, report = un.reads('{"schema_version": 1, "title": {"en": ["x"]}}')
    assert [(found.pointer, found.hint) for found in report] == [
        ("/title/en", "write text; nothing is converted silently")
    ]


@pytest.mark.parametrize("thorough", [False, True])
def test_the_schema_that_editors_are_told_of_is_taken_and_not_kept(thorough):
    document = {"$schema": "./register.schema.json", "schema_version": 1, "title": {"en": "R"}}
    text = json.dumps(document, ensure_ascii=True).replace("R", "\\u0052") if thorough else json.dumps(document)
    register, report = un.reads(text)
    assert report == un.Report()
    assert register == un.Register(title=un.Text(en="R"))
    assert b"$schema" not in un.dumps(register)
    assert yaml.reads("$schema: ./x.json\nschema_version: 1\n") == (un.Register(), un.Report())
    assert ndjson.reads('{"$schema":"x","schema_version":1}\n')[1] == un.Report()
    assert register_schema()["properties"]["$schema"]["type"] == "string"


def test_elsewhere_or_as_another_value_it_is_an_unknown_field_that_is_named():
    _, report = un.reads('{"schema_version": 1, "$schema": 4, "$ref": "x", "_note": 1, "somebody@example.org": 1}')
    assert sorted((found.pointer, found.message) for found in report) == [
        ("/$ref", "a register has no field '$ref'"),
        ("/$schema", "a register has no field '$schema'"),
        ("/[20 characters]", "a register has no field '[20 characters]'"),
        ("/_note", "a register has no field '_note'"),
    ]


NO_PART = "no part of the register has the name of this file, which was not read"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("organizations.yml", "another file is the same part of the register; this one was not read"),
        ("Register.YAML", "no collection has the name of this file"),
        ("notes.txt", NO_PART),
        ("organizations.json", NO_PART),
        ("folder", NO_PART),
        ("erasures.yaml", "expected a file, but something else has the name of this part of the register"),
    ],
)
def test_what_is_no_part_of_a_yaml_folder_is_told(tmp_path, name, problem):
    un.dump(un.example(), tmp_path / "r.d")
    other = tmp_path / "r.d" / name
    other.mkdir() if name in ("folder", "erasures.yaml") else other.write_text("- id: extra\n")
    (tmp_path / "r.d" / ".hidden").write_text("")
    register, report = un.read(tmp_path / "r.d")
    assert register == un.example()
    (found,) = report
    assert (found.code, found.line, found.location.file) == ("IO021", 1, str(other))
    assert found.message == f"the files do not form a register: {problem}"


@pytest.mark.parametrize("name", ["organizations.txt", "organizations.CSV", "folder.csv"])
def test_what_is_no_table_of_a_folder_of_tables_is_told(tmp_path, name):
    un.dump(un.example(), tmp_path / "r.datapackage")
    other = tmp_path / "r.datapackage" / name
    other.mkdir() if name == "folder.csv" else other.write_text("id\r\n")
    register, report = un.read(tmp_path / "r.datapackage")
    assert register == un.example()
    assert [(found.code, found.location.file) for found in report] == [("IO021", str(other))]


BROKEN = """{"schema_version": 1,
 "organizations": [{"id": "x", "name": {"en": "X"}, "kind": "ngos"}],
 "memberships": [{"id": "n", "network_id": "net", "organization_id": "x"},
  {"id": "m", "network_id": "net", "organization_id": "o", "end_reason": null}]}"""
SOUND = """{"schema_version": 1, "title": {"en": "T"},
 "memberships": [
  {"id": "n", "network_id": "net", "organization_id": "o"},
  {"id": "m", "network_id": "net", "organization_id": "o"}]}"""


@pytest.mark.parametrize("text", [BROKEN, SOUND])
def test_a_pickled_report_gives_later_findings_the_same_places(text):
    register, report = un.reads(text, file="r.json")
    later = un.validate(register, on="2026-11-24")
    expected = [finding.to_dict() for finding in report.merge(later)]
    pickled = pickle.dumps(report)
    for twin in (pickle.loads(pickled), pickle.loads(pickle.dumps(pickle.loads(pickled))), copy.deepcopy(report)):
        assert [finding.to_dict() for finding in twin.merge(later)] == expected
    assert any(finding["line"] > 1 for finding in expected)


def test_a_pickled_report_holds_nothing_of_the_text():
    _, report = un.reads('{"schema_version": 1, "persons": [{"id": "p", "name": "Somebody of XA"}]}')
    assert b"Somebody" not in pickle.dumps(report)


def test_a_finding_on_what_was_not_read_has_the_place_where_that_would_stand():
    register, report = un.reads('{"schema_version":1,"organizations":[{"id":"body","name":{"en":"x"}},{"kind":5}]}')
    assert register.organizations == ()
    found = un.Finding(
        code="MY001",
        slug="mine",
        severity=un.Severity.ERROR,
        message="mine",
        location=un.Location(pointer="/organizations/0/name/en"),
    )
    assert report.origin.locate(found).pointer == "/organizations/0/name/en"
