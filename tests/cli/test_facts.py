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
    rows = json.loads(out.out)["rows"]
    assert (code, len(rows)) == (0, 190)
    assert all(row["source"] and row["as_of"] and row["certainty"] for row in rows)


def test_in_force_counts_from_the_day_the_treaty_binds(told):
    on = ("--instrument", "TIP", "--on", "2003-12-24", "--format", "json")
    assert len(json.loads(told("parties", *on)[1].out)["rows"]) > 40
    assert json.loads(told("parties", *on, "--in-force")[1].out)["rows"] == []


def test_a_table_shows_its_own_columns_and_how_sure_each_row_is(told):
    _, out = told("cluster_names")
    lines = out.out.splitlines()
    assert lines[0].split() == ["cluster", "name", "certainty"]
    assert lines[1] == "1        Criminalization and jurisdiction                                          seen"
    assert lines[4].endswith("disputed, name seen")
    assert lines[5] == "4 rows; --format json gives the source of each"


def test_a_table_ends_with_the_day_of_its_data_and_what_is_known_to_be_missing(told):
    lines = told("snapshots")[1].out.splitlines()
    assert lines[0].split() == ["metric", "value", "as_of", "certainty"]
    assert lines[14] == "13 rows; --format json gives the source of each"
    assert lines[-2:] == [
        "data of 2022 to 2024-10-16; of 13 rows 4 disputed between sources",
        "known to be missing: later numbers: none was found",
    ]
    assert told("cluster_articles")[1].out.count("of 65 rows 1 derived, 51 only recalled, not read in a source") == 1


@pytest.mark.parametrize(("instrument", "lacks"), [("SOM", True), ("UNTOC", False), (None, False)])
@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_party_that_is_missing_is_told_wherever_parties_to_that_treaty_are_printed(told, instrument, lacks, form):
    named = () if instrument is None else ("--instrument", instrument)
    printed = " ".join(told("parties", *named, "--format", form)[1].out.split())
    assert ("one party is missing, whose act was deposited between 2020-12-16 and 2024-04-26" in printed) is lacks


def test_what_there_is_to_remark_on_rows_that_are_not_plainly_seen_is_told_below(told):
    lines = told("parties", "--instrument", "SOM", "--country", "Gabon")[1].out.splitlines()
    assert any(
        line.startswith("note on GA: the Austrian Federal Law Gazette, BGBl. III 117/2010, has 2010-") for line in lines
    )
    assert "note on 12 rows: computed: three groups" in told("nominal_phases")[1].out
    assert "note on L8, L9, L10: a rule of reviews under" in told("lot_rules")[1].out
    assert "note on FIREARMS 2 9: " in told("cluster_articles")[1].out


def test_what_all_rows_have_less_sure_is_told_once(told):
    lines = told("parties", "--instrument", "TIP")[1].out.splitlines()
    assert lines[0].split()[-2:] == ["in_force", "certainty"]
    assert "184 rows, all with treaty TIP, in_force derived; --format json gives the source of each" in lines
    assert "data of 2025-04-10; of 184 rows 1 disputed between sources" in lines


def test_a_page_has_each_row_with_its_source_and_ends_as_the_text_does(told):
    page = told("resolutions", "--format", "html")[1].out
    assert page.count("<tr>") == 1 + 40
    assert "<td>CTOC/COP/2010/17, table of contents (Spanish)</td>" in page
    assert '<td><a href="https://indico.un.org/event/1020020/event.ics">https://indico.un.org/' in page
    assert page.index("</table>") < page.index("<p>data of 2026; of 40 rows 1 derived</p>")
    assert "</table>" not in told("parties", "--country", "EU", "--group", "weog", "--format", "html")[1].out


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
    rows = json.loads(told(*arguments, "--format", "json")[1].out)["rows"]
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
