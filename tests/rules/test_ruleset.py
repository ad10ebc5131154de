"""Which rules run, and how grave each is."""

from importlib.metadata import EntryPoint

import pytest

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRule
from untoc_network.diagnostics.findings import Severity
from untoc_network.rules.catalogue import PRESETS
from untoc_network.rules.engine import RuleSet


def rule(code):
    return un.rules.rule(code, on=un.Organization, severity=Severity.ERROR, message=code)(lambda *_: None)


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
    with pytest.raises(ImpossibleValue, match=r"^severities\['SH001'\]: expected one of error, warning, info$"):
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


# -- rule sets for purposes --------------------------------------------------------------------------------------------


def named(purpose):
    return RuleSet.named(purpose)


def test_the_rule_sets_are_a_table_and_each_names_rules_that_there_are():
    assert list(PRESETS) == ["default", "strict", "lenient", "privacy", "mechanism"]
    for name, purpose in PRESETS.items():
        every = {rule.code for rule in named(name).rules}
        for code in (*purpose.select, *purpose.ignore, *purpose.raised, *purpose.lowered):
            assert any(known.startswith(code) for known in every), code
    with pytest.raises(
        UnknownRule, match=r"^there is no rule set 'harsh'; the rule sets are: default, strict, lenient, "
    ):
        named("harsh")


@pytest.mark.parametrize("purpose", PRESETS)
def test_a_purpose_changes_severities_only_where_they_differ_and_lowers_errors_only(purpose):
    ruleset = named(purpose)
    own = {rule.code: rule.severity for rule in ruleset.rules}
    changed = {(own[code].value, severity.value) for code, severity in ruleset.severities.items()}
    assert changed <= {("error", "warning"), ("warning", "error"), ("info", "error")}


def test_strict_makes_errors_of_what_must_not_be_published():
    severities = {
        rule.code: named("strict").severities.get(rule.code, rule.severity) for rule in named("strict").active
    }
    assert {code for code, severity in severities.items() if code.startswith("PR") and severity != "error"} == set()
    assert severities["SR001"] == "error"
    assert severities["EV014"] == "info"


def test_lenient_has_errors_only_of_what_cannot_be_read_or_found():
    ruleset = named("lenient")
    severe = {rule.code[:2] for rule in ruleset.active if ruleset.severities.get(rule.code, rule.severity) == "error"}
    assert severe == {"EX", "IC", "IM", "IO", "MG", "PO", "RF", "PR", "XX"}


def test_privacy_and_mechanism_run_their_own_areas():
    assert {rule.area for rule in named("privacy").active} == {"PR", "CT", "CR"}
    assert {rule.area for rule in named("mechanism").active} == {"PT", "CR", "GR", "CD", "AC", "CT"}


def test_a_choice_narrows_a_rule_set_and_what_it_ignores_adds_up():
    chosen = named("privacy").choosing(ignore=["PR001"]).choosing(ignore=["CT003"])
    assert chosen.ignore == ("PR001", "CT003")
    assert chosen.select == named("privacy").select
    assert chosen.choosing(select=["EV"]).select == ("EV",)


class Offered:
    def __init__(self, offer):
        self.load = lambda: offer


@pytest.mark.parametrize("offer", [rule("ZZ001"), [rule("ZZ001")], (rule("ZZ001"),)])
def test_installed_packages_offer_rules(monkeypatch, offer):
    asked = []
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **group: asked.append(group) or [Offered(offer)])
    assert codes(RULES) == codes(RuleSet(rules=RULES.rules))
    assert asked == []
    assert "ZZ001" in codes(RULES.with_installed())
    assert asked == [{"group": "untoc_network.rules"}]


def test_what_is_no_rule_is_refused(monkeypatch):
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: [Offered([print, 1])])
    with pytest.raises(UnknownRule, match="must offer a rule, not a builtin_function_or_method"):
        RULES.with_installed()


@pytest.mark.parametrize("offer", [3, None])
def test_an_entry_point_that_cannot_be_loaded_is_told_by_its_name(monkeypatch, offer):
    entry = EntryPoint("house", f"untoc_network.values.fields:{'about' if offer else 'nothing'}", "untoc_network.rules")
    monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: [entry])
    with pytest.raises(UnknownRule, match=r"^the rules 'house' \(untoc_network.values.fields:.*\) cannot be loaded: "):
        RULES.with_installed()


@pytest.mark.parametrize("preset", PRESETS)
def test_what_is_but_an_analogy_runs_only_where_its_whole_code_is_selected(preset):
    assert not RuleSet.named(preset).runs("CR032")
    assert not RuleSet.named(preset).choosing(select="CR03").runs("CR032")
    assert RuleSet.named(preset).choosing(select=("RF", "CR032")).runs("CR032")
    assert not RuleSet.named(preset).choosing(select="CR032", ignore="CR").runs("CR032")
