"""Findings, their places and the report that gathers them."""

import copy
import itertools
import pickle

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.builders import finding

from untoc_network.diagnostics.findings import (
    Basis,
    Certainty,
    Finding,
    Location,
    Report,
    Severity,
    escape_token,
    from_pointer,
    sort_params,
    to_pointer,
)
from untoc_network.serializers.codecs.json import reads

KEYS = st.text(max_size=6) | st.sampled_from(["", "~", "/", "~1", "~0", "~01", "0", "²", "٣", "1" * 5000])


def test_severities_reach_those_that_are_not_graver():
    reached = [(one, two) for one, two in itertools.product(Severity, repeat=2) if one.reaches(two)]
    assert reached == [
        ("error", "error"),
        ("error", "warning"),
        ("error", "info"),
        ("warning", "warning"),
        ("warning", "info"),
        ("info", "info"),
    ]


@pytest.mark.parametrize(
    ("basis", "text"),
    [
        (Basis(document="resolution 9/1"), "resolution 9/1"),
        (Basis(document="resolution 9/1", provision="para. 4"), "resolution 9/1, para. 4"),
        (Basis(document="rules", certainty=Certainty.RECALLED), "rules (recalled)"),
    ],
)
def test_a_basis_says_where_it_stands_and_how_sure_it_is_unless_it_was_seen(basis, text):
    assert str(basis) == text


@given(st.lists(st.integers(0, 10**9) | KEYS.filter(lambda key: not (key.isascii() and key.isdigit()))))
def test_a_pointer_gives_back_the_path_it_was_made_from_positions_as_numbers_and_keys_as_text(path):
    assert list(from_pointer(to_pointer(path))) == path


def test_what_only_looks_like_a_number_is_no_position():
    assert from_pointer("/0/10/01/²/٣/-1/12345678901/") == (0, 10, "01", "²", "٣", "-1", "12345678901", "")


def test_a_place_may_be_given_by_its_pointer_or_its_path():
    by_pointer, by_path = Location(pointer="/events/0/a~1b", line=2), Location(path=["events", 0, "a/b"], line=2)
    assert by_pointer == by_path
    assert (by_path.path, by_path.pointer) == (("events", 0, "a/b"), "/events/0/a~1b")
    assert pickle.loads(pickle.dumps(by_path)) == by_path


def test_a_finding_at_another_place_keeps_what_is_not_named():
    moved = finding(pointer="/events/0", line=3).with_location(path=("events", 1), file="r.json")
    assert (moved.path, moved.pointer, moved.line, moved.location.file) == (("events", 1), "/events/1", 3, "r.json")
    assert moved.with_location(path=("events", 0), file=None) == finding(pointer="/events/0", line=3)


def test_a_token_is_escaped_as_the_standard_asks():
    assert escape_token("a/b~1") == "a~1b~01"
    assert escape_token(3) == "3"
    assert to_pointer(("organizations", 0, "")) == "/organizations/0/"


def test_parameters_stand_in_one_order():
    assert sort_params({"b": 1, "a": "x"}) == (("a", "x"), ("b", 1)) == sort_params({"a": "x", "b": 1})


def test_a_finding_leaves_out_what_is_not_known():
    assert finding(message="no").to_dict() == {
        "code": "RF002",
        "slug": "x",
        "severity": "error",
        "message": "no",
        "pointer": "",
    }


def test_a_finding_says_all_it_knows_in_plain_types():
    whole = Finding(
        code="RF002",
        slug="dangling-reference",
        severity=Severity.WARNING,
        message="no record",
        location=Location(pointer="/events/0", line=3, column=5, file="r.json"),
        hint="add it",
        basis=Basis(document="rules"),
        subject="talk",
        params=(("target", "x"),),
    )
    assert whole.to_dict() == {
        "code": "RF002",
        "slug": "dangling-reference",
        "severity": "warning",
        "message": "no record",
        "hint": "add it",
        "basis": "rules",
        "file": "r.json",
        "pointer": "/events/0",
        "line": 3,
        "column": 5,
        "subject": "talk",
        "params": {"target": "x"},
    }
    assert (whole.pointer, whole.line, whole.column) == ("/events/0", 3, 5)


def test_findings_are_ordered_by_file_line_column_and_position_not_by_text():
    expected = [
        finding(pointer="/organizations/2"),
        finding(pointer="/organizations/10"),
        finding(pointer="/z", line=1, column=2),
        finding(pointer="/a", line=1, column=10),
        finding(pointer="/a", line=2, column=1, code="EV001"),
        finding(pointer="/a", line=2, column=1, code="EV002", message="a"),
        finding(pointer="/a", line=2, column=1, code="EV002", message="b"),
        attrs.evolve(finding(), location=Location(file="b.json")),
    ]
    assert [list(Report(tuple(order))) for order in itertools.permutations(expected[:6])] == [expected[:6]] * 720
    assert list(Report(tuple(reversed(expected)))) == expected


@given(st.lists(st.lists(KEYS | st.integers(0, 99), max_size=3)))
def test_findings_at_any_pointers_can_be_ordered(paths):
    findings = [finding(pointer=to_pointer(path)) for path in paths]
    assert Report(tuple(findings)) == Report(tuple(reversed(findings)))


def test_a_report_counts_every_severity_and_fails_from_a_threshold_on():
    report = Report((finding(severity=Severity.WARNING), finding(severity=Severity.INFO), finding("RF001", "/a")))
    assert report.counts() == {"error": 1, "warning": 1, "info": 1}
    assert repr(report) == "<Report: 1 error, 1 warning, 1 info>"
    assert [found.pointer for found in report.errors] == ["/a"]
    assert not report.ok
    assert len(report) == 3
    mild = Report((finding(severity=Severity.WARNING),))
    assert mild.ok
    assert (mild.reaches(Severity.ERROR), mild.reaches(Severity.WARNING), mild.reaches(Severity.INFO)) == (0, 1, 1)
    assert not Report().reaches(Severity.INFO)


def test_a_report_in_plain_types():
    report = Report((finding(severity=Severity.INFO),))
    assert report.to_dict() == {
        "ok": True,
        "counts": {"error": 0, "warning": 0, "info": 1},
        "findings": [report.findings[0].to_dict()],
    }


class FirstLine:
    """An origin that puts everything in the first line and holds one code back."""

    def locate(self, found):
        return None if found.code == "RF005" else attrs.evolve(found, location=Location(line=1, column=1))

    def without_text(self):
        return self


def test_merged_findings_are_placed_in_the_text_of_the_report_they_are_merged_into():
    read = Report((finding("IO001", "/a", line=9),), FirstLine())
    merged = read.merge(Report((finding("RF002", "/b"),)), Report((finding("RF005", "/c"),)))
    assert [(found.code, found.line) for found in merged] == [("RF002", 1), ("IO001", 9)]
    again = merged.merge(Report((finding("RF005"), finding("EV001"))))
    assert [found.code for found in again] == ["EV001", "RF002", "IO001"]


def test_without_an_origin_merging_leaves_places_as_they_are():
    held = finding("RF005", "/c")
    assert list(Report().merge(Report((held,)))) == [held]


@pytest.mark.parametrize("report", [Report(), Report((finding(),), FirstLine())])
def test_a_report_pickles_with_what_places_later_findings(report):
    twin = pickle.loads(pickle.dumps(report))
    assert twin == report
    assert hash(twin) == hash(report)
    assert type(twin.origin) is type(report.origin)
    assert list(twin) == list(report)
    assert copy.deepcopy(report) is report


def test_a_report_has_the_rules_that_did_not_run():
    merged = Report((finding(),), None, ("XX003",)).merge(Report(), Report(not_run=("EV002", "XX003")))
    assert merged.not_run == ("EV002", "XX003")
    assert pickle.loads(pickle.dumps(merged)).not_run == ("EV002", "XX003")
    assert merged.to_dict()["not_run"] == ["EV002", "XX003"]
    assert "not_run" not in Report().to_dict()


def test_a_report_equals_only_a_report():
    assert Report() != ()
    assert Report() != Report((finding(),))
    assert Report() == Report(origin=FirstLine())


def test_merging_the_reports_of_two_files_leaves_each_finding_in_its_own():
    bad = '{"schema_version": 1,\n"zzz": 1}'
    one, two = reads(bad, file="one.json")[1], reads("\n" + bad, file="two.json")[1]
    merged = [(found.location.file, found.line) for found in one.merge(two)]
    assert merged == [("one.json", 2), ("two.json", 3)]
