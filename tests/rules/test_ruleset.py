"""Which rules run, and how grave each is."""

import pytest

from untoc_network.errors import UnknownRule
from untoc_network.findings import Severity
from untoc_network.rules.rule import reader_rule
from untoc_network.rules.ruleset import RuleSet


def rule(code):
    return reader_rule(code, says=code)(lambda: None)


RULES = RuleSet(rules=tuple(map(rule, ("SH002", "PR001", "RF001", "SH001", "SR001"))))


def codes(ruleset):
    return [one.code for one in ruleset.active]


def test_rules_run_in_the_order_of_their_codes():
    assert codes(RULES) == ["PR001", "RF001", "SH001", "SH002", "SR001"]
    assert codes(RuleSet(rules=())) == []


@pytest.mark.parametrize(
    ("select", "ignore", "run"),
    [
        (["SH"], [], ["SH001", "SH002"]),
        (["S"], ["SH002"], ["SH001", "SR001"]),
        (["SH001", "PR"], [], ["PR001", "SH001"]),
        ([], ["SH", "RF001"], ["PR001", "SR001"]),
        (["SH"], ["SH"], []),
        ((code for code in ["RF"]), (), ["RF001"]),
    ],
)
def test_codes_and_their_beginnings_choose(select, ignore, run):
    chosen = RULES.choosing(select=select, ignore=ignore)
    assert codes(chosen) == run
    assert [one.code for one in RULES.rules if chosen.runs(one.code)] == run
    assert len(codes(RULES)) == 5


@pytest.mark.parametrize("where", ["select", "ignore"])
def test_one_text_is_not_taken_for_several_letters(where):
    assert codes(RULES.choosing(**{where: "PR"})) == codes(RULES.choosing(**{where: ["PR"]}))


@pytest.mark.parametrize("name", ["XY", "SH003", "sh", "", "SH0011"])
@pytest.mark.parametrize("where", ["select", "ignore"])
def test_a_name_that_no_rule_has_is_refused(where, name):
    with pytest.raises(UnknownRule) as unknown:
        RULES.choosing(**{where: [name]})
    assert str(unknown.value) == f"no rule has a code that begins with {name!r}; the areas are PR, RF, SH, SR"


def test_own_rules_are_added_unless_the_code_is_taken():
    assert codes(RULES.with_rules(rule("AA001"), rule("ZZ001")))[::6] == ["AA001", "ZZ001"]
    with pytest.raises(UnknownRule, match=r"^two rules have the code SH001; choose another for your own$"):
        RULES.with_rules(rule("SH001"))


def test_severities_are_set_by_code_and_kept_through_other_choices():
    first = RULES.with_severities({"SH001": "info"})
    second = first.with_severities({"PR001": Severity.ERROR}).choosing(select=["SH"])
    assert second.severities == {"SH001": "info", "PR001": "error"}
    assert first.severities == {"SH001": "info"}
    assert RULES.severities == {}


def test_an_unknown_severity_or_code_is_refused():
    with pytest.raises(ValueError, match="'grave' is not a valid Severity"):
        RULES.with_severities({"SH001": "grave"})
    with pytest.raises(UnknownRule, match="^no rule has the code 'XY001', whose severity is to be another$"):
        RULES.with_severities({"XY001": "info"})


def test_a_severity_for_a_whole_area_is_not_taken_and_forgotten():
    with pytest.raises(UnknownRule, match=r"^no rule has the code 'SH', whose severity is to be another$"):
        RULES.with_severities({"SH": "info"})


def test_rulesets_are_values():
    assert RuleSet(rules=RULES.rules) == RULES
    assert hash(RuleSet(rules=RULES.rules)) == hash(RULES)


def test_the_default_is_the_whole_catalogue():
    assert len(RuleSet.default().active) >= 90
