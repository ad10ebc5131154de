"""Known findings, so that only new ones are told."""

import json

import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.app.baseline import Baseline, load_baseline, write_baseline
from untoc_network.diagnostics.findings import Finding, Location, Report, Severity


def finding(code="SR001", pointer="/organizations/0/sources", subject="xa-ngo", **more):
    place = Location(pointer=pointer, line=more.pop("line", None))
    return Finding(code=code, slug="s", severity=Severity.WARNING, message="m", location=place, subject=subject, **more)


def test_a_finding_keeps_its_fingerprint_when_lines_and_records_move():
    here = finding()
    assert len(here.fingerprint) == 64
    assert finding(pointer="/organizations/7/sources", line=99).fingerprint == here.fingerprint
    assert finding(params=(("count", 3),)).fingerprint == here.fingerprint
    others = (
        finding("SR002"),
        finding(subject="xb-ngo"),
        finding(pointer="/organizations/0/name"),
        finding(params=(("field", "x"),)),
    )
    assert len({here.fingerprint, *(other.fingerprint for other in others)}) == 5
    assert finding(subject=None).fingerprint != finding(subject=None, pointer="/organizations/1/sources").fingerprint


@given(st.lists(st.sampled_from([finding(code) for code in ("SR001", "SR002", "EV012")]), max_size=8), st.data())
def test_what_is_known_is_left_out_and_a_surplus_is_new(findings, data):
    known = data.draw(st.lists(st.sampled_from(findings), max_size=8)) if findings else []
    new = Baseline.of(known).new_in(Report(tuple(findings)))
    for one in findings:
        surplus = max(findings.count(one) - known.count(one), 0)
        assert list(new).count(one) == surplus


def test_a_baseline_is_written_sorted_and_read_again(tmp_path):
    report = Report((finding(), finding("EV012"), finding("EV012")))
    write_baseline(report, tmp_path / "known.json")
    document = json.loads((tmp_path / "known.json").read_text())
    assert list(document["known"]) == sorted(document["known"])
    assert load_baseline(tmp_path / "known.json") == Baseline.of(report)
    assert list(load_baseline(tmp_path / "known.json").new_in(report)) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"baseline": 2, "known": {}}', '{"baseline": 1}', '{"baseline": 1, "known": {"x": 0}}']
    + ['{"baseline": 1, "known": {"x": true}}', '{"baseline": 1, "known": {"x": 1, "x": 2}}', "[" * 500],
)
def test_what_is_no_baseline_says_so(tmp_path, text):
    path = tmp_path / "known.json"
    path.write_text(text)
    with pytest.raises(un.UnreadableInput) as refused:
        load_baseline(path)
    assert str(refused.value) == f"{path}: the file is not a baseline"
