"""What a project settles for itself, and what is wrong with it."""

import pytest

import untoc_network as un
from untoc_network.app.project_settings import Configuration, find_configuration, load_configuration

OWN = """
rules = "strict"
select = ["ev", "SR"]
ignore = ["EV014"]
fail-on = "warning"
baseline = "known.json"
installed-rules = true

[severities]
ev012 = "error"
"""


def write(folder, name, text):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_key_is_read(tmp_path):
    found = load_configuration(write(tmp_path, "untoc-network.toml", OWN))
    assert found == Configuration(
        rules="strict",
        select=("EV", "SR"),
        ignore=("EV014",),
        severities={"EV012": un.Severity.ERROR},
        fail_on="warning",
        baseline=str(tmp_path / "known.json"),
        installed_rules=True,
    )
    ruleset = found.ruleset()
    assert {rule.area for rule in ruleset.active} == {"EV", "SR"}
    assert ruleset.severities["EV012"] == "error"


def test_an_own_file_comes_before_the_table_of_the_project(tmp_path):
    assert find_configuration(tmp_path) == Configuration()
    write(tmp_path, "pyproject.toml", '[project]\nname = "x"\n')
    assert find_configuration(tmp_path) == Configuration()
    write(tmp_path, "pyproject.toml", '[tool.untoc-network]\nrules = "privacy"\n')
    assert find_configuration(tmp_path).rules == "privacy"
    write(tmp_path, "untoc-network.toml", 'rules = "lenient"\n')
    assert find_configuration(tmp_path).rules == "lenient"
    assert un.RuleSet.default() == Configuration().ruleset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('rule = "strict"', "there is no key 'rule'; did you mean 'rules'?"),
        (
            "colour = 1",
            "there is no key 'colour'; the keys are: rules, select, ignore, severities, fail-on, baseline, ",
        ),
        ('rules = "harsh"', "rules must be one of default, strict, lenient, privacy, mechanism"),
        ("rules = 1", "rules must be one of default, strict, lenient, privacy, mechanism"),
        ('select = "EV"', 'select must be a list of codes such as ["EV", "SR003"]'),
        ("ignore = [1]", 'ignore must be a list of codes such as ["EV", "SR003"]'),
        ("severities = []", "severities must be a table from codes to error, warning, info"),
        ('severities = {EV012 = "fatal"}', "severities must be a table from codes to error, warning, info"),
        ('fail-on = "always"', "fail-on must be one of error, warning, info, never"),
        ("baseline = 1", "baseline must be the name of a file"),
        ("installed-rules = 1", "installed-rules must be true or false"),
        ("rules = ", "the file is not TOML: "),
        ("rules = = 1", "the file is not TOML: line 1, column 9"),
        (b"\xff", "the file is not TOML: "),
        ("a" * (2**20 + 1), "the file is larger than 1,048,576 bytes"),
        ("x = " + "[" * 100_000, "the file is nested more than 16 levels deep"),
        ("x = " + "{a=" * 100_000, "the file is nested more than 16 levels deep"),
        ("[" + ".".join("a" * 100_000) + "]", "the file is nested more than 16 levels deep"),
        (".".join("a" * 100_000) + " = 1", "the file is nested more than 16 levels deep"),
        ("x.'a'.\"b\"" * 100_000, "the file is nested more than 16 levels deep"),
        ("x = " + "9" * 5_000, "the file is not TOML: "),
        ("rules = nan", "rules must be one of default"),
        ("lang = 1979-05-27", "lang must be a language"),
        ("lang = [1]", "lang must be a language"),
        ("severities = {EV001 = {a = 1}}", "severities must be a table"),
        ('select = [["a"]]', "select must be a list"),
        ("ignore = [" + '"a",' * 10_000 + "]", "the file has more than 10,000 values"),
        ('"' + "a" * 5_000 + '" = 1', f"there is no key '{'a' * 120}…'; the keys are"),
        ('"\\u001b[31m" = 1', r"there is no key '\\u{1b}[31m'; the keys are"),
        ('"\\u202e" = 1', r"there is no key '\\u{202e}'; the keys are"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, text, said):
    path = write(tmp_path, "untoc-network.toml", text)
    with pytest.raises(un.UnusableConfiguration) as refused:
        load_configuration(path)
    assert str(refused.value).startswith(f"{path}: {said}")
    assert "\n" not in str(refused.value)


def test_a_table_that_is_none_is_refused(tmp_path):
    path = write(tmp_path, "pyproject.toml", "[tool]\nuntoc-network = 1\n")
    with pytest.raises(un.UnusableConfiguration, match="is not a table"):
        find_configuration(tmp_path)
    assert load_configuration(write(tmp_path, "pyproject.toml", "")) == Configuration()
    with pytest.raises(un.UnreadableInput, match="no such file"):
        load_configuration(path.with_name("untoc.toml"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tool = 5", "[tool] is not a table"),
        ('tool = "untoc-network"', "[tool] is not a table"),
        ('tool = ["untoc-network"]', "[tool] is not a table"),
        ("[[tool]]\nx = 1", "[tool] is not a table"),
        ("tool = true", "[tool] is not a table"),
        ("tool = 1979-05-27", "[tool] is not a table"),
        ("tool = []", "[tool] is not a table"),
        ("[tool]\nuntoc-network = []", "[tool.untoc-network] is not a table"),
        ("[[tool.untoc-network]]\nrules = 1", "[tool.untoc-network] is not a table"),
        ('tool.untoc-network = "strict"', "[tool.untoc-network] is not a table"),
        ("tool.untoc-network.a.b.c = 1", "there is no key 'a'"),
        (b"\xff\xfe", "the file is not TOML: "),
    ],
)
@pytest.mark.parametrize("ask", [find_configuration, lambda folder: load_configuration(folder / "pyproject.toml")])
def test_a_file_of_a_project_that_is_none_is_refused_by_an_exception_of_ours(tmp_path, text, said, ask):
    path = write(tmp_path, "pyproject.toml", text)
    with pytest.raises(un.UnusableConfiguration) as refused:
        ask(tmp_path)
    assert str(refused.value).startswith(f"{path}: {said}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[project]",
        "[tool.ruff]",
        "[tool]",
        "\ufeff[tool.untoc-network]",
        "[tool.ruff]\nx = 'a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s'",
        "[tool.ruff]\nx = '[[[[[[[[[[[[[[[[[[[[['  # [[[[[[[[[[[[[[[[[[[[[[[",
        "[tool.ruff]\nx = [" + "1.5, " * 50 + "]",
        '[tool.ruff]\nx = """' + "[." * 50 + '"""',
        "[tool.ruff]\nx = [" + "1, " * 20_000 + "]",
    ],
)
def test_what_a_project_settles_for_other_tools_is_no_matter(tmp_path, text):
    write(tmp_path, "pyproject.toml", text)
    assert find_configuration(tmp_path) == Configuration()


def test_a_code_that_no_rule_has_is_told_when_the_rules_are_made():
    with pytest.raises(un.UnknownRule, match="begins with 'QQ'"):
        Configuration(select=("QQ",)).ruleset()
