"""`explain` and `rules`."""

import json
import re
import types

import pytest
from tests.profiles import some

import untoc_network as un
from untoc_network.cli.main import main

LEAD = "A rule says what must hold; before it stands how grave a breach is."


@pytest.mark.unmeasured
def test_every_rule_is_explained_in_both_forms(capsys, subtests):
    for name in some(rule.code for rule in un.rules.catalogue()):
        with subtests.test(name):
            rule = un.rules.get_rule(name)
            assert main(["explain", name.lower()]) == 0
            assert capsys.readouterr().out.startswith(f"{name} {rule.slug} ({rule.severity}, since {rule.since})\n\n")
            assert main(["explain", rule.slug, "--format", "json"]) == 0
            facts = json.loads(capsys.readouterr().out)
            assert (facts["code"], facts["slug"], facts["severity"]) == (name, rule.slug, rule.severity)
            assert facts["statement"] == rule.explanation.summary
            assert facts["basis"] == {
                "document": rule.basis.document,
                "provision": rule.basis.provision,
                "source": rule.basis.source,
                "certainty": rule.basis.certainty,
            }


def test_an_unknown_rule_ends_with_two_and_the_nearest(capsys):
    assert main(["explain", "EV9999"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("untoc-network: there is no rule 'EV9999'")


def test_all_rules_are_listed_in_both_forms(capsys):
    assert main(["rules"]) == 0
    listed = [line.split()[0] for line in capsys.readouterr().out.splitlines() if re.match("  [A-Z]", line)]
    assert main(["rules", "--format", "json"]) == 0
    told = [facts["code"] for facts in json.loads(capsys.readouterr().out)]
    assert listed == told == [rule.code for rule in un.rules.catalogue()]


def test_rules_are_chosen_by_code_and_area(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["rules", "--select", "xx, rf001"]) == 0
    out = capsys.readouterr().out
    assert [line.split()[0] for line in out.splitlines() if re.match("  [A-Z]", line)] == [
        "RF001",
        "XX001",
        "XX002",
        "XX003",
        "XX004",
        "XX005",
        "XX006",
    ]
    assert "RF  References: ids and what they name" in out
    assert max(map(len, out.splitlines())) <= 60
    assert main(["rules", "--select", "QQ"]) == 2
    assert "no rule has a code that begins with 'QQ'" in capsys.readouterr().err


def test_rules_are_listed_by_provision_and_by_severity(capsys):
    assert main(["rules", "--select", "CR001,EV001,IO008", "--by", "provision"]) == 0
    assert [line for line in capsys.readouterr().out.splitlines() if line and not line.startswith("  ")] == [
        LEAD,
        "RFC 8259, section 6, numbers",
        "resolution 9/1, annex: Procedures and rules, drawing of lots",
        "the laws of this library: time runs forward",
    ]
    assert main(["rules", "--select", "SR001,EV001", "--by", "severity"]) == 0
    assert capsys.readouterr().out.splitlines()[2::3] == ["error", "warning"]


def test_rules_of_installed_packages_are_known_where_the_settings_ask_for_them(capsys, monkeypatch, tmp_path):
    offered = un.rules.rule("CO001", on=un.Organization, severity=un.Severity.INFO, message="m")(no_seat)
    entry = types.SimpleNamespace(name="house", value="house:rules", load=lambda: [offered])
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda *, group: [entry] if group == "untoc_network.rules" else [],
    )
    monkeypatch.chdir(tmp_path)
    assert main(["explain", "CO001"]) == 2
    assert "there is no rule 'CO001'" in capsys.readouterr().err
    (tmp_path / "untoc-network.toml").write_text("installed-rules = true\n")
    assert main(["explain", "co001"]) == 0
    assert capsys.readouterr().out.startswith("CO001 no-seat (info, ")
    assert main(["rules", "--select", "CO"]) == 0
    assert capsys.readouterr().out == f"{LEAD}\n\nCO\n  CO001  info     An organization has a seat\n"


def no_seat(organizations, context):
    """An organization has a seat."""
