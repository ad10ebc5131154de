"""Rules of a project that its settings name: where they may lie, when their code runs, and what is told."""

import pickle
import sys
import textwrap

import pytest

import untoc_network as un
from untoc_network.app.project_settings import find_configuration, load_configuration
from untoc_network.cli.main import main

RULES = textwrap.dedent(
    '''
    """Our rules."""
    from __future__ import annotations
    import dataclasses
    import untoc_network as un
    from untoc_network.rules import get_rule, rule, violation

    not_ours = get_rule("EV001")


    @dataclasses.dataclass
    class Fee:
        amount: int


    @rule("MY001", on=un.Organization, severity=un.Severity.WARNING, message="no country of work", looks=())
    def no_country_of_work(organizations, context):
        """An organization names a country of work.

        Why: our reports count by it.

        Passes:
            {"organizations": []}

        Fails:
            {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}
        """
        for organization in organizations:
            if not organization.countries:
                yield violation(organization, "countries")


    the_same = no_country_of_work
    '''
)
REGISTER = '{"schema_version": 1, "organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}'


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "house.py").write_text(RULES)
    (tmp_path / "untoc-network.toml").write_text('rules-from = "house.py"\n')
    (tmp_path / "register.json").write_text(REGISTER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_know_the_rules_and_tell_that_their_code_runs(project, capsys):
    told = f"untoc-network: the settings add the rules of {project / 'house.py'}, whose code runs\n"
    assert main(["validate", "--select", "MY", "register.json"]) == 0
    out, err = capsys.readouterr()
    assert "warning MY001 no country of work" in " ".join(out.split())
    assert err == told
    for name in ("my001", "no-country-of-work"):
        assert main(["explain", name]) == 0
        out, err = capsys.readouterr()
        assert out.startswith("MY001 no-country-of-work (warning, ")
        assert err == told
    assert main(["rules", "--select", "MY"]) == 0
    out, err = capsys.readouterr()
    assert out.endswith("\n\nMY\n  MY001  warning  An organization names a country of work\n")
    assert err == told


def test_the_settings_may_be_named(project, capsys, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["rules", "--select", "MY"]) == 2
    assert "no rule has a code that begins with 'MY'" in capsys.readouterr().err
    for command in (["rules", "--select", "MY"], ["explain", "MY001"]):
        assert main([*command, "--config", str(project / "untoc-network.toml")]) == 0


def test_no_code_runs_before_the_rules_are_asked_for(project, capsys):
    (project / "house.py").write_text("raise SystemExit('run')\n")
    settings = find_configuration(project)
    assert settings.rules_from == str(project / "house.py")
    assert main(["explain", "EV001"]) == 0  # a rule of the library
    assert main(["stats", "register.json"]) == 0
    assert capsys.readouterr().err == ""
    with pytest.raises(un.UnusableConfiguration) as refused:
        settings.ruleset()
    assert str(refused.value) == f"the rules of {project / 'house.py'} cannot be loaded: SystemExit: run"
    assert not [name for name in sys.modules if name.startswith("untoc_network_rules_") and "house" in name]
    assert main(["validate", "register.json"]) == 2


def test_settings_beside_a_register_elsewhere_are_not_looked_at(project, capsys, monkeypatch, tmp_path_factory):
    (project / "house.py").write_text("raise SystemExit('run')\n")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert main(["validate", str(project / "register.json")]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("../house.py", "rules-from must name a file in the folder of the settings or below it"),
        ("/etc/house.py", "rules-from must name a file in the folder of the settings or below it"),
        ("link.py", "rules-from must name a file in the folder of the settings or below it"),
        ("none.py", "rules-from names none.py, and there is no such file"),
        ("folder.py", "rules-from names folder.py, and there is no such file"),
        ("house.txt ", "rules-from must be a Python file, such as rules.py, or a module"),
        ("a/b", "rules-from must be a Python file, such as rules.py, or a module"),
        ("..house", "rules-from must be a Python file, such as rules.py, or a module"),
    ],
)
def test_a_file_elsewhere_and_what_is_none_are_refused(project, tmp_path_factory, named, said):
    outside = tmp_path_factory.mktemp("outside") / "house.py"
    outside.write_text(RULES)
    (project / "link.py").symlink_to(outside)
    (project / "folder.py").mkdir()
    path = project / "untoc-network.toml"
    path.write_text(f'rules-from = "{named}"\n')
    with pytest.raises(un.UnusableConfiguration) as refused:
        load_configuration(path)
    assert str(refused.value) == f"{path}: {said}"


def test_a_module_is_imported_by_its_name(project, monkeypatch):
    (project / "house_rules_module.py").write_text(RULES)
    monkeypatch.syspath_prepend(str(project))
    (project / "untoc-network.toml").write_text('rules-from = "house_rules_module"\n')
    (rule,) = [one for one in find_configuration(project).known_rules().rules if one.area == "MY"]
    assert rule is sys.modules["house_rules_module"].no_country_of_work
    (project / "untoc-network.toml").write_text('rules-from = "untoc_network.rules.areas.events"\n')
    with pytest.raises(un.UnusableConfiguration, match=r"^untoc_network\.rules\.areas\.events holds no rule$"):
        find_configuration(project).known_rules()


def test_a_rule_of_a_file_reaches_another_process(project):
    (rule,) = [one for one in find_configuration(project).known_rules().rules if one.area == "MY"]
    again = pickle.loads(pickle.dumps(rule))
    assert (again.code, again.slug, again.looks, again.file) == (
        "MY001",
        "no-country-of-work",
        (),
        str(project / "house.py"),
    )
    assert again is pickle.loads(pickle.dumps(rule))
    assert again.explanation == rule.explanation


@pytest.mark.parametrize(("settings", "runs"), [('rules = "privacy"', True), ('select = ["EV"]', False)])
def test_the_rules_run_beside_those_that_a_rule_set_selects(project, settings, runs):
    with (project / "untoc-network.toml").open("a") as file:
        file.write(settings)
    ruleset = find_configuration(project).ruleset()
    assert ruleset.runs("MY001") is runs
    assert not ruleset.runs("SR001")


def test_a_code_that_is_taken_is_refused(project):
    (project / "house.py").write_text(RULES.replace("MY001", "EV001"))
    with pytest.raises(un.UnknownRule, match="^two rules have the code EV001; choose another for your own$"):
        find_configuration(project).ruleset()
