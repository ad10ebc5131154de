"""Every rule's own examples: the passing one passes, the failing one fails, and nothing else is wrong with it."""

import functools
import json
import re
from pathlib import Path

import untoc_network as un
from untoc_network.diagnostics.codes.checks import rule_crashed
from untoc_network.diagnostics.findings import Basis, Certainty, Severity
from untoc_network.rules import citations
from untoc_network.rules.catalogue import AREAS, catalogue

ROOT = Path(__file__).parent.parent.parent
ON = "2026-11-24"
MADE_ELSEWHERE = {
    *(
        "IO010",
        "IO013",
        "IO018",
        "IO019",
        "IO020",
        "IO021",
        "IO030",
        "IO031",
        "IO032",
        "IO033",
        "IO034",
        "IO035",
        "IO036",
        "IO037",
        "IO038",
        "IO039",
        "IO041",
    ),
    *("IM001", "IM002", "IM013", "IM014", "IM015", "IM018", "IM024", "IM029", "IM030", "IM031", rule_crashed.code),
    *(f"IM0{number}" for number in range(32, 44) if number not in (35, 37)),
    *("IC002", "EX005", "EX006", "XX005", "XX006"),
}
"""What no text of a few lines can break: tested beside the readers and the engine."""

RULES = catalogue()


@functools.cache
def findings(rule):
    """What is found on each example, as the rule's area reads it: lists as CSV, registers and versions as JSON."""
    run = READERS.get(rule.area, of_a_register)
    return run(rule.explanation.passes), run(rule.explanation.fails)


def of_a_list(example):
    return un.import_bytes(example.encode()).report


def of_a_merge(example):
    versions = (un.loads(json.dumps({"schema_version": 1, **one})) for one in json.loads(example).values())
    return un.matching.merge(*versions).report


def of_a_register(example):
    text = example if "schema_version" in example else example.replace("{", '{"schema_version": 1, ', 1)
    register, report = un.reads(text)
    return report if register is None else report.merge(un.validate(register, on=ON, rules=catalogue()))


def of_an_export(example):
    register, report = un.reads(example.replace("{", '{"schema_version": 1, ', 1))
    return report.merge(un.exchange.export(register, "calendar", on=ON).report)


READERS = {
    "IM": of_a_list,
    "IC": lambda example: un.exchange.read_data(example.encode(), "calendar")[1],
    "PO": lambda example: un.exchange.read_data(example.encode(), "popolo")[1],
    "EX": of_an_export,
    "MG": of_a_merge,
}
"""What reads the examples of an area, where they are no registers to be checked."""


def test_the_passing_example_passes(subtests):
    for rule in RULES:
        with subtests.test(rule.code):
            report, _ = findings(rule)
            assert [finding for finding in report if finding.code == rule.code or finding.severity == "error"] == []


def test_the_failing_example_breaks_this_rule_alone(subtests):
    for rule in [rule for rule in RULES if rule.code not in MADE_ELSEWHERE]:
        with subtests.test(rule.code):
            _, report = findings(rule)
            broken = [finding for finding in report if finding.code == rule.code]
            assert len(broken) == 1
            assert broken[0].severity == rule.severity
            assert broken[0].line == 1 or rule.area in ("IM", "IC", "MG")
            assert broken[0].column or rule.area == "MG"
            assert [finding.code for finding in report.errors if finding.code != rule.code] == []


def test_a_rule_explains_itself(subtests):
    for rule in RULES:
        with subtests.test(rule.code):
            explained = rule.explanation
            assert all((explained.summary, explained.why, explained.passes, explained.fails))
            assert explained.statement.endswith(".")
            assert rule.area in AREAS
            assert rule.code[2:].isdigit()
            assert rule.hint


def test_a_rule_says_what_it_rests_on_where_that_was_read_and_how_sure_it_is(subtests):
    for rule in RULES:
        with subtests.test(rule.code):
            assert rule.basis.document
            assert rule.basis.provision
            assert rule.basis.source
            assert rule.basis.certainty is not Certainty.RECALLED or rule.severity is not Severity.ERROR
            assert (rule.cited is None) == (rule.basis.document in citations.OWN)


def test_the_laws_of_this_library_are_written_out_on_the_page_that_is_their_source():
    for basis in {rule.basis for rule in catalogue() if rule.basis.document in citations.OWN}:
        path, _, anchor = basis.source.partition("#")
        headings = re.findall(r"^## (.*)$", (ROOT / path).read_text(encoding="utf-8"), flags=re.MULTILINE)
        anchors = [heading.lower().replace(",", "").replace(" ", "-") for heading in headings]
        assert anchor in anchors, basis
        assert basis.document != citations.LAWS or basis.provision == headings[anchors.index(anchor)].lower()


def test_every_basis_of_the_table_is_some_rules():
    table = {name: value for name, value in vars(citations).items() if isinstance(value, Basis) and name != "APPROVAL"}
    assert {name for name, value in table.items() if value not in {rule.basis for rule in catalogue()}} == set()


def test_codes_and_slugs_are_each_used_once():
    assert len({rule.code for rule in catalogue()}) == len({rule.slug for rule in catalogue()}) == len(catalogue())


def test_there_are_rules_in_every_area():
    assert {rule.area for rule in catalogue()} == set(AREAS)
    assert len(catalogue()) >= 90
