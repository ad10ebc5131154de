"""SARIF 2.1.0: the places, the rules, and what stays the same from run to run."""

import json
from pathlib import PurePosixPath, PureWindowsPath

import attrs
import pytest

from untoc_network import __version__
from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_sarif import _make_uri, render_sarif

FOUND = Finding(
    code="RF002",
    slug="dangling-reference",
    severity=Severity.ERROR,
    message="no record has the id 'lost'",
    hint="add the record, or correct the id",
    subject="xa-ngo",
    params=(("id", "lost"),),
    location=Location(pointer="/organizations/0/parent_id", line=10, column=17, file="./my registers/r.json"),
)


def run_of(*findings):
    (run,) = json.loads("".join(render_sarif(Report(findings))))["runs"]
    return run


def result_of(**changes):
    (result,) = run_of(attrs.evolve(FOUND, **changes))["results"]
    return result


def test_a_finding_is_a_result():
    result = result_of()
    fingerprints = result.pop("partialFingerprints")
    assert result == {
        "ruleId": "RF002",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "no record has the id 'lost'. Hint: add the record, or correct the id."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "my%20registers/r.json"},
                    "region": {"startLine": 10, "startColumn": 17},
                },
                "logicalLocations": [{"name": "parent_id", "fullyQualifiedName": "/organizations/0/parent_id"}],
            }
        ],
        "properties": {
            "subject": "xa-ngo",
            "hint": "add the record, or correct the id",
            "params": {"id": "lost"},
        },
    }
    assert list(fingerprints) == ["untocNetwork/v1"]


def test_the_run_says_which_tool_and_how_columns_count():
    run = run_of()
    assert run == {
        "tool": {"driver": {"name": "untoc-network", "semanticVersion": __version__, "rules": []}},
        "language": "en",
        "columnKind": "unicodeCodePoints",
        "results": [],
    }


def test_each_result_stands_on_one_line():
    text = "".join(render_sarif(Report((FOUND, attrs.evolve(FOUND, subject="xb-ngo")))))
    assert len([line for line in text.split("\n") if '"ruleIndex"' in line]) == 2


@pytest.mark.parametrize(
    ("severity", "level"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note")]
)
def test_severities_have_their_levels(severity, level):
    assert result_of(severity=severity)["level"] == level


def test_rules_are_explained_from_the_catalogue():
    later = attrs.evolve(FOUND.location, line=99)
    run = run_of(FOUND, attrs.evolve(FOUND, code="IO002", slug="unknown-field", location=later), FOUND)
    first, second = run["tool"]["driver"]["rules"]
    assert (first["id"], second["id"]) == ("IO002", "RF002")
    assert [result["ruleIndex"] for result in run["results"]] == [1, 1, 0]
    assert second["name"] == "dangling-reference"
    assert second["shortDescription"]["text"].startswith("Every reference names a record that exists")
    assert " Why: a reference to nothing cannot be followed" in second["fullDescription"]["text"]
    assert second["help"]["text"].startswith("RF002 dangling-reference (error, since ")
    assert second["help"]["markdown"].startswith("# RF002: Every reference names a record")
    assert second["defaultConfiguration"] == {"level": "error"}
    assert not {"helpUri"} & set(second)


@pytest.mark.parametrize("changes", [{"code": "ACME1"}, {"slug": "our-own"}])
def test_of_a_rule_that_is_not_ours_only_the_name_is_known(changes):
    (rule,) = run_of(attrs.evolve(FOUND, **changes))["tool"]["driver"]["rules"]
    words = {"text": f"{rule['name'].replace('-', ' ')}."}
    assert rule == {"id": rule["id"], "name": rule["name"]} | dict.fromkeys(
        ("shortDescription", "fullDescription", "help"), words
    )


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            Location(file="r.json", line=3),
            {"physicalLocation": {"artifactLocation": {"uri": "r.json"}, "region": {"startLine": 3}}},
        ),
        (Location(file="r.json"), {"physicalLocation": {"artifactLocation": {"uri": "r.json"}}}),
        (
            Location(pointer="/a~1b/0"),
            {"logicalLocations": [{"name": "0", "fullyQualifiedName": "/a~1b/0"}]},
        ),
    ],
)
def test_a_place_is_told_as_far_as_it_is_known(place, expected):
    assert result_of(location=place)["locations"] == [expected]


def test_without_a_file_the_line_is_told_beside():
    result = result_of(location=Location(line=3, column=2))
    assert "locations" not in result
    assert (result["properties"]["line"], result["properties"]["column"]) == (3, 2)


def test_what_is_not_known_is_left_out():
    bare = Finding(code="A1", slug="a", severity=Severity.INFO, message="done.")
    (result,) = run_of(bare)["results"]
    assert set(result) == {"ruleId", "ruleIndex", "level", "message", "partialFingerprints"}
    assert result["message"] == {"text": "done."}


def test_the_basis_is_told():
    assert result_of(basis=Basis(document="rules", provision="rule 2"))["properties"]["basis"] == "rules, rule 2"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("has {0} and {", "has {{0}} and {{."),
        ("see [here](1)", r"see [here\](1)."),
        ("see [here\\](1)", r"see [here\\\](1)."),
        ("counts[0] (first)", "counts[0] (first)."),
        ("what\n  now?", "what now?"),
    ],
)
def test_what_has_a_meaning_in_messages_is_escaped(message, text):
    assert result_of(message=message, hint=None)["message"]["text"] == text


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("a b/ñ.json"), "a%20b/%C3%B1.json"),
        (PurePosixPath("./r.json"), "r.json"),
        (PurePosixPath("../r.json"), "../r.json"),
        (PurePosixPath("a:b?c#d%.json"), "a%3Ab%3Fc%23d%25.json"),
        (PurePosixPath("/data/r 1.json"), "file:///data/r%201.json"),
        (PurePosixPath("//data/r.json"), "file:////data/r.json"),
        (PurePosixPath("<stdin>"), "%3Cstdin%3E"),
        (PurePosixPath("\udcff\n"), "%FF%0A"),
        (PurePosixPath("\ud800"), "%ED%A0%80"),
        (PureWindowsPath(r"data\r.json"), "data/r.json"),
        (PureWindowsPath(r"C:\data\r.json"), "file:///C:/data/r.json"),
        (PureWindowsPath(r"\\host\share\r.json"), "file://host/share/r.json"),
    ],
)
def test_a_path_is_a_uri(path, uri):
    assert _make_uri(path) == uri


def fingerprint(**changes):
    return result_of(**changes)["partialFingerprints"]["untocNetwork/v1"]


@pytest.mark.parametrize(
    "changes",
    [
        {"location": Location(pointer="/organizations/0/parent_id", line=99, column=1, file="r.json")},
        {"location": Location(pointer="/organizations/7/parent_id", line=10, column=17, file="r.json")},
        {"message": "en otra lengua", "hint": None, "severity": Severity.WARNING},
        {"params": (("id", "lost"), ("line", 3))},
    ],
)
def test_a_fingerprint_stays_when_lines_and_records_move(changes):
    assert fingerprint(**changes) == fingerprint()


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "RF003"},
        {"subject": "xb-ngo"},
        {"params": (("id", "other"),)},
        {"location": Location(pointer="/organizations/0/founder_id")},
        {"location": Location(pointer="/networks/0/parent_id")},
        {"location": Location(pointer="/organizations/0/parent_id/0")},
    ],
)
def test_another_finding_has_another_fingerprint(changes):
    assert fingerprint(**changes) != fingerprint()


def test_without_an_id_a_record_is_known_by_its_position():
    places = [Location(pointer=f"/organizations/{index}/name") for index in (0, 1)]
    first, second = (fingerprint(subject=None, location=place) for place in places)
    assert first != second


def test_a_fingerprint_is_the_same_for_ever():
    assert fingerprint() == "357ed9153f782b1387c12794506027bad29103dbdb4d7c97c46642cbd8c27271"
