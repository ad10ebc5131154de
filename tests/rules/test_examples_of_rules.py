"""Every rule's own examples: the passing one passes, the failing one fails, and nothing else is wrong with it."""

import json

import pytest

import untoc_network as un
from untoc_network.rules.acceptances import RULE_HELD
from untoc_network.rules.catalogue import AREAS, catalogue

ON = "2026-11-24"
MADE_ELSEWHERE = {
    *("IO010", "IO013", "IO018", "IO019", "IO020", "IO021", "IO030", "IO031", "IO032", "IO033", "IO034"),
    *("IM001", "IM002", "IM013", "IM014", "IM015", "IM030", "IM031", RULE_HELD.code),
}
"""What no text of a few lines can break: tested beside the readers and the engine."""

RULES = [pytest.param(rule, id=f"{rule.code}-{rule.slug}") for rule in catalogue()]


def findings(rule):
    """What is found on each example, as the rule's area reads it: lists as CSV, registers and versions as JSON."""
    run = {"IM": of_a_list, "MG": of_a_merge}.get(rule.area, of_a_register)
    return run(rule.explanation.passes), run(rule.explanation.fails)


def of_a_list(example):
    return un.import_bytes(example.encode()).report


def of_a_merge(example):
    versions = (un.loads(json.dumps({"schema_version": 1, **one})) for one in json.loads(example).values())
    return un.matching.merge(*versions).report


def of_a_register(example):
    text = example if "schema_version" in example else example.replace("{", '{"schema_version": 1, ', 1)
    register, report = un.reads(text)
    return report if register is None else report.merge(un.validate(register, on=ON))


@pytest.mark.parametrize("rule", RULES)
def test_the_passing_example_passes(rule):
    report, _ = findings(rule)
    assert [finding for finding in report if finding.code == rule.code or finding.severity == "error"] == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.values[0].code not in MADE_ELSEWHERE])
def test_the_failing_example_breaks_this_rule_alone(rule):
    _, report = findings(rule)
    broken = [finding for finding in report if finding.code == rule.code]
    assert len(broken) == 1
    assert broken[0].severity == rule.severity
    assert broken[0].line == 1 or rule.area in ("IM", "MG")
    assert broken[0].column or rule.area == "MG"
    assert [finding.code for finding in report.errors if finding.code != rule.code] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_explains_itself(rule):
    explained = rule.explanation
    assert all((explained.summary, explained.why, explained.passes, explained.fails))
    assert explained.statement.endswith(".")
    assert rule.area in AREAS
    assert rule.code[2:].isdigit()
    assert rule.hint


def test_codes_and_slugs_are_each_used_once():
    assert len({rule.code for rule in catalogue()}) == len({rule.slug for rule in catalogue()}) == len(catalogue())


def test_there_are_rules_in_every_area():
    assert {rule.area for rule in catalogue()} == set(AREAS)
    assert len(catalogue()) >= 90
