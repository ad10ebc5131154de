"""`reference`: the facts on the command line."""

import json

import pytest

from untoc_network.cli.main import main


@pytest.fixture
def told(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments):
        code = main(["reference", *arguments])
        return code, capsys.readouterr()

    return run


def test_the_parties_on_a_day_are_a_list_with_sources(told):
    code, out = told("parties", "--instrument", "UNTOC", "--on", "2022-10-31", "--format", "json")
    rows = json.loads(out.out)
    assert (code, len(rows)) == (0, 190)
    assert all(row["source"] and row["as_of"] and row["certainty"] for row in rows)


def test_in_force_counts_from_the_day_the_treaty_binds(told):
    on = ("--instrument", "TIP", "--on", "2003-12-24", "--format", "json")
    assert len(json.loads(told("parties", *on)[1].out)) > 40
    assert json.loads(told("parties", *on, "--in-force")[1].out) == []


def test_a_table_shows_its_own_columns_and_how_sure_each_row_is(told):
    _, out = told("cluster_names")
    lines = out.out.splitlines()
    assert lines[0].split() == ["cluster", "name", "certainty"]
    assert lines[1] == "1        Criminalization and jurisdiction                                          seen"
    assert lines[-1] == "4 rows; --format json gives the source of each"


def test_lines_are_cut_to_the_terminal(told, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    _, out = told("lot_rules")
    assert 30 < max(map(len, out.out.splitlines()[:-1])) <= 40


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (("treaty_actions", "--country", "Haití", "--instrument", "SOM"), {"HT"}),
        (("parties", "--group", "weog", "--country", "Canadá"), {"CA"}),
        (("parties", "--group", "grulac", "--country", "Canada"), set()),
        (("group_assignments", "--country", "EU"), {"EU"}),
    ],
)
def test_rows_are_chosen_by_country_group_and_instrument(told, arguments, codes):
    rows = json.loads(told(*arguments, "--format", "json")[1].out)
    assert {row.get("party", row.get("code")) for row in rows} == codes
    if "--instrument" in arguments:
        assert {row["treaty"] for row in rows} == {"SOM"}


def test_nothing_found_is_said(told):
    assert told("parties", "--group", "grulac", "--country", "Canada")[1].out == (
        "0 rows; --format json gives the source of each\n"
    )


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("parties", "--country", "Narnia"), "no country, or more than one, is called 'Narnia'"),
        (
            ("parties", "--instrument", "UNCAC"),
            "there is no instrument 'UNCAC'; the instruments are: UNTOC, TIP, SOM, FIREARMS",
        ),
    ],
)
def test_what_is_not_known_ends_with_two_and_says_why(told, arguments, problem):
    code, out = told(*arguments)
    assert (code, out.out, out.err) == (2, "", f"untoc-network: {problem}\n")
