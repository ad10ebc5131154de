"""What rules cite and what the tables of facts state is equally sure, and was read in the same place."""

import pytest

import untoc_network as un
from untoc_network import reference
from untoc_network.process import PROCEDURES
from untoc_network.reference import provisions
from untoc_network.rules import citations
from untoc_network.rules.areas.party_status import get_status_basis
from untoc_network.rules.rule import Context

ROWS = {
    "TWO_REVIEWERS": ("lot_rules", "rule", "L1"),
    "DRAWING_OF_LOTS": ("lot_rules", "rule", "L2"),
    "MOST_REVIEWS": ("lot_rules", "rule", "L10"),
    "FOCAL_POINT_IN_TIME": ("review_steps", "order", "3"),
    "EXPERTS_IN_TIME": ("review_steps", "order", "4"),
    "QUESTIONNAIRE_IN_TIME": ("review_steps", "order", "8"),
    "FEEDBACK_IN_TIME": ("review_steps", "order", "9"),
    "FOCAL_POINTS": ("review_steps", "order", "14"),
    "BLUEPRINT": ("review_steps", "order", "11"),
    "PUBLICATION": ("review_steps", "order", "16"),
    "RULE_17": ("observer_rules", "rule", "17(1)"),
    "RULE_17_3": ("observer_rules", "rule", "17(1)"),
    "ADOPTION": ("treaties", "code", "UNTOC"),
    "ARTICLES": ("articles", "number", "10"),
    "REGIONAL_GROUPS": ("regional_groups", "country", "PA"),
}


def row_of(table, column, value):
    return next(row for row in reference.table(table) if getattr(row, column) == value)


@pytest.mark.parametrize("name", ROWS)
def test_a_rule_and_its_table_state_one_certainty(name):
    basis, row = getattr(citations, name), row_of(*ROWS[name])
    assert basis.certainty == row.certainty
    assert basis.source.partition(" (")[0].partition(",")[0] in row.source


def test_an_entry_into_force_is_derived_in_the_rules_and_in_the_table():
    table = [row for row in reference.table("treaty_actions") if row.kind == "entry-into-force"]
    assert {row.certainty for row in table} == {citations.DEPOSITS.certainty, un.Certainty.DISPUTED}


@pytest.mark.parametrize("rule", [row.rule for row in reference.table("observer_rules")])
def test_an_entry_point_to_observer_status_cites_what_its_table_does(rule):
    name = f"RULE_{rule.replace('(', '_').replace(')', '')}"
    basis, row = getattr(provisions, name), row_of("observer_rules", "rule", rule)
    assert (basis.certainty, basis.provision) == (row.certainty, f"rule {rule}")
    assert basis.source in row.source


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.name)
def test_a_step_and_its_time_limit_are_as_sure_as_their_rows(procedure):
    facts = reference.packaged()
    for transition in procedure.transitions:
        if transition.row is not None:
            assert transition.rests_on(facts).certainty == facts.review_step(transition.row).certainty
        if transition.limit is not None and transition.limit.row is not None:
            assert transition.limit.terms(facts)[1].certainty == facts.review_step(transition.limit.row).certainty


def test_an_absence_from_a_record_that_lacks_a_party_is_no_proof():
    known = Context(register=un.Register())
    assert str(get_status_basis(known, un.TreatyCode.SOM)) == (
        "record of the parties to SOM, as of 2025-05, which lacks one party (partial)"
    )
    assert get_status_basis(known, un.TreatyCode.TIP).certainty == "seen"
