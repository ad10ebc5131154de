"""JSON: what it always was, and as its schema says."""

import json

import jsonschema
import pytest

import untoc_network as un
from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_json import render_json, report_schema
from untoc_network.reports.report_text import Checked

FULL = Finding(
    code="RF002",
    slug="dangling-reference",
    severity=Severity.WARNING,
    message="no record has the id 'peña'",
    hint="add it",
    basis=Basis(document="rules"),
    subject="xa",
    params=(("id", "peña"), ("number", 2)),
    location=Location(pointer="/events/0/project_id", line=7, column=3, file="r.json"),
)
BARE = Finding(code="IO004", slug="whole", severity=Severity.ERROR, message="expected an object")
CHECKED = Checked(on="2022-03-28", records=2, rules=70, inputs=3)


@pytest.mark.parametrize("report", [Report(), Report((BARE,)), Report((BARE, FULL)), Report((BARE,), None, ("XX003",))])
def test_it_is_to_dict_laid_out_by_two(report):
    def laid_out(document):
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    assert "".join(render_json(report)) == laid_out(report.to_dict())
    checked = {"checked": {"on": "2022-03-28", "records": 2, "rules": 70, "inputs": 3}}
    assert "".join(render_json(report, checked=CHECKED)) == laid_out(report.to_dict() | checked)


def test_half_a_character_is_written_as_its_escape():
    report = Report((Finding(code="A1", slug="a", severity=Severity.INFO, message="\ud800 \U0001f600"),))
    text = "".join(render_json(report))
    assert '"message": "\\ud800 \U0001f600"' in text
    assert json.loads(text)["findings"][0]["message"] == "\ud800 \U0001f600"


def test_the_schema_is_a_schema_and_every_field_in_it_is_described():
    schema = report_schema()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema.Draft202012Validator.check_schema(schema)
    fields = schema["properties"] | schema["properties"]["checked"]["properties"]
    fields |= schema["$defs"]["finding"]["properties"]
    assert all(field.get("description", "").endswith(".") for field in fields.values())
    assert set(FULL.to_dict()) == set(schema["$defs"]["finding"]["properties"])
    assert set(BARE.to_dict()) == set(schema["$defs"]["finding"]["required"])


def test_each_caller_gets_a_schema_of_its_own():
    report_schema().clear()
    assert un.reports.report_schema()["title"] == "Report of a check"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"severity": "fatal"}, "'fatal' is not one of ['error', 'warning', 'info']"),
        ({"line": 0}, "0 is less than the minimum of 1"),
        ({"pointer": "events/0"}, "'events/0' does not match '^(/([^~/]|~[01])*)*$'"),
        ({"params": {"id": None}}, "None is not of type 'string', 'integer'"),
    ],
)
def test_the_schema_refuses_what_is_no_report(changes, problem):
    document = Report((FULL,)).to_dict()
    validator = jsonschema.Draft202012Validator(report_schema())
    validator.validate(document)
    document["findings"][0] |= changes
    assert [error.message for error in validator.iter_errors(document)] == [problem]


def test_the_schema_has_room_for_what_later_versions_add():
    jsonschema.validate(Report().to_dict() | {"later": 1}, report_schema())
