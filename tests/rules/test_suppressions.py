"""Findings that a record accepts: they are not told, and acceptances are checked themselves."""

import json

import attrs
import pytest

import untoc_network as un

ON = "2026-11-24"
BARE = {"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}
NOTE = {"id": "note", "title": {"en": "Note"}, "kind": "press-note"}


def judged(accepted, on=ON, rules=None, **more):
    document = {"schema_version": 1, "organizations": [BARE | {"accepted": accepted} | more], "sources": [NOTE]}
    register, report = un.reads(json.dumps(document))
    assert report.ok, list(report)
    codes = ("SR001", "XX")
    return [
        (hit.code, hit.pointer, hit.message)
        for hit in un.validate(register, on=on, rules=rules)
        if hit.code.startswith(codes) and hit.code != "XX005"
    ]


def acceptance(rule="SR001", **more):
    return {"rule": rule, "reason": "nobody wrote it down"} | more


def test_an_accepted_finding_is_not_told():
    assert judged([])[0][0] == "SR001"
    assert judged([acceptance()]) == []
    assert judged([acceptance(until="2026-11-24")]) == []
    assert judged([acceptance(until="2020")], on=None) == []


def test_an_acceptance_covers_its_own_record_and_rule_alone():
    assert [hit[0] for hit in judged([acceptance("SR003")])] == ["XX004", "SR001"]
    other = {"schema_version": 1, "organizations": [BARE | {"accepted": [acceptance()]}, BARE | {"id": "xb-ngo"}]}
    register, _ = un.reads(json.dumps(other))
    assert [hit.subject for hit in un.validate(register, on=ON) if hit.code == "SR001"] == ["xb-ngo"]


def test_an_expired_acceptance_covers_nothing_and_says_so():
    assert judged([acceptance(until="2026-11-23")]) == [
        ("XX003", "/organizations/0/accepted/0/until", "the acceptance of SR001 expired on 2026-11-23"),
        ("SR001", "/organizations/0/sources", "the record cites no source"),
    ]


def test_an_acceptance_that_nothing_needs_is_told_and_only_where_its_rule_ran():
    told = [
        (
            "XX004",
            "/organizations/0/accepted/0",
            "the acceptance of SR001 is no longer needed: the rule finds nothing here",
        )
    ]
    assert judged([acceptance()], sources=[{"source_id": "note"}]) == told
    apart = un.RuleSet.default().choosing(ignore=["SR001"])
    assert judged([acceptance()], rules=apart) == []
    assert judged([acceptance()], rules=un.RuleSet.default().choosing(select=["SR001"])) == []


def test_of_two_acceptances_of_one_finding_both_were_needed():
    assert judged([acceptance(), acceptance(until="2027-01-01")]) == []


def test_a_rule_of_ones_own_can_be_accepted():
    own = attrs.evolve(un.rules.get_rule("SR001"), code="ZZ001")
    rules = un.RuleSet.default().with_rules(own)
    hits = judged([acceptance(), acceptance("ZZ001")], rules=rules)
    assert hits == []
    assert [hit[0] for hit in judged([acceptance("ZZ001")])] == ["XX002", "SR001"]


@pytest.mark.parametrize("by", ["p1", "nobody"])
def test_who_accepted_is_a_reference_like_any(by):
    document = {
        "schema_version": 1,
        "organizations": [BARE | {"accepted": [acceptance(by_id=by)]}],
        "persons": [{"id": "p1", "name": "A. Example"}],
    }
    register, _ = un.reads(json.dumps(document))
    assert bool([hit for hit in un.validate(register, on=ON) if hit.code == "RF002"]) is (by == "nobody")
