"""`next`, `coverage`, `submission`, `find`, `accreditations` as a user runs them."""

import json
from pathlib import Path

import pytest
from tests.builders import run

import untoc_network as un
from untoc_network.cli.main import main

EXAMPLES = Path(__file__).parents[2] / "examples"
MECHANISM, AMERICAS = str(EXAMPLES / "mechanism-2024.json"), str(EXAMPLES / "americas-2022.json")


@pytest.fixture
def register(tmp_path):
    agreed = un.Consent(purpose=un.Purpose.PUBLICATION, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM)

    def contribution(name, **more):
        return un.Contribution(
            id=name,
            title=un.Text(en=f"Study {name}"),
            kind=un.ContributionKind.RESEARCH,
            audience=un.Audience.PUBLIC,
            consents=(agreed,),
            author_ids=("ngo",),
            **more,
        )

    made = un.Register(
        organizations=(un.Organization(id="ngo", name=un.Text(en="NGO"), kind=un.OrganizationKind.NGO),),
        events=(un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.CONSTRUCTIVE_DIALOGUE),),
        constructive_dialogues=(un.ConstructiveDialogue(id="cd", event_id="talk"),),
        country_reviews=(
            un.CountryReview(id="pa-1", country="PA", cluster=1, instruments=(un.TreatyCode.UNTOC,)),
            un.CountryReview(id="mx-1", country="MX", cluster=1),
        ),
        contributions=(
            contribution("a", country="PA", instrument=un.TreatyCode.UNTOC, articles=("5",), cluster=1),
            contribution("b", target_id="cd", text=un.Text(en="It began in Papua New Guinea.")),
        ),
    )
    un.dump(made, tmp_path / "register.json")
    return str(tmp_path / "register.json")


def test_next_on_a_past_day(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run(capsys, "next", AMERICAS, "--member", "asj-honduras", "--on", "2022-03-20")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "until 2022-05-08: Constructive dialogue on smuggling of migrants"
    assert "until 2022-03-29: Regional Consultation that launched the SE4U Regional Network" in lines
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("until ") and " (closed): " in line for line in lines)


def test_next_leaves_out_what_is_closed(capsys):
    code, out, _ = run(capsys, "next", AMERICAS, "--stakeholder", "asj-honduras", "--on", "2022-03-20", "--open")
    assert (code, "\nx " in out) == (0, False)


def test_next_of_all_tells_of_one_after_the_other(capsys):
    asked = ("next", AMERICAS, "--on", "2022-03-20", "--open")
    alone = run(capsys, *asked, "--member", "asj-honduras")[1]
    out = run(capsys, *asked)[1]
    assert out.startswith(f"asj-honduras\n{alone.rstrip()}\n")
    markdown = run(capsys, *asked, "--format", "markdown")[1]
    assert "# asj-honduras\n\n" in markdown
    told = json.loads(run(capsys, *asked, "--format", "json")[1])
    assert {one["stakeholder"] for one in told} <= {line for line in out.splitlines() if line}
    few = json.loads(run(capsys, *asked, "--network", "americas-network", "--format", "json")[1])
    assert 0 < len(few) < len(told)


def test_next_as_json_has_keys_values_and_words(capsys):
    code, out, _ = run(capsys, "next", MECHANISM, "--member", "gi-toc", "--on", "2023-02-01", "--format", "json")
    first = json.loads(out)[0]
    assert (code, first["uid"]) == (0, "dialogue/cd-2023-fa/gi-toc")
    assert first["closes"]["latest"] == "2023-02-12"
    assert first["title"]["text"] == "Constructive dialogue on firearms, 2023"
    assert first["reasons"][0] == {
        "condition": "exists",
        "verdict": "met",
        "required": True,
        "said": {"key": "condition.exists.met", "values": {}, "text": "there on the day"},
        "basis": None,
    }


def test_next_as_markdown(capsys):
    code, out, _ = run(capsys, "next", MECHANISM, "--member", "gi-toc", "--on", "2023-02-01", "--format", "markdown")
    assert code == 0
    assert out.startswith(
        "## Still to take part in\n\n### Constructive dialogue on firearms, 2023\n\n- **until 2023\\-02\\-12**\n".replace(
            "\\-", "-"
        )
    )
    assert "\n## Closed, or closed to it\n" in out


def test_next_today_of_one_who_acts_for_nobody(capsys, tmp_path):
    un.dump(un.Register(persons=(un.Person(id="p1", name="A. Example"),)), tmp_path / "r.json")
    assert run(capsys, "next", str(tmp_path / "r.json"), "--member", "p1")[1] == (
        "nothing is recorded that it could take part in\n"
    )
    out = run(capsys, "next", str(tmp_path / "r.json"), "--member", "p1", "--format", "markdown")[1]
    assert out == "nothing is recorded that it could take part in\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("next", MECHANISM, "--member", "nobody"), "no record has the id 'nobody'"),
        (("coverage", MECHANISM, "--review", "gi-toc"), "'gi-toc' is not a country review"),
        (("submission", MECHANISM, "--country", "Atlantis"), "no country, or more than one, is called 'Atlantis'"),
        (("find", MECHANISM, "--network", "gi-toc"), "'gi-toc' is not a network"),
        (("accreditations", MECHANISM, "--organization", "nobody"), "no record has the id 'nobody'"),
    ],
)
def test_a_bad_call_ends_with_two(capsys, arguments, said):
    assert run(capsys, *arguments) == (2, "", f"untoc-network: {said}\n")


def test_coverage_of_all_reviews_with_contributions_of_one_state_and_of_one_review(capsys, register):
    code, out, _ = run(capsys, "coverage", register, "--on", "2024-01-01")
    assert (code, out.splitlines()[0]) == (0, "Review of Panama, cluster 1: contributions to 1 of 8 articles")
    assert "Mexico" not in out
    assert run(capsys, "coverage", register, "--country", "México")[1].startswith("Review of Mexico")
    out = run(capsys, "coverage", register, "--review", "pa-1", "--audience", "public", "--format", "markdown")[1]
    assert "| UNTOC 5 |" in out
    assert "1 not named" in out
    assert json.loads(run(capsys, "coverage", register, "--format", "json")[1])[0]["covered"] == 1


def test_a_submission_to_a_file_and_to_the_output(capsys, register, tmp_path):
    page = tmp_path / "pa.html"
    code, out, err = run(capsys, "submission", register, "--country", "Panama", "--cluster", "1", "-o", str(page))
    assert (code, out, err) == (0, "", "")
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    code, out, _ = run(capsys, "submission", register, "--country", "PA", "--instrument", "UNTOC")
    assert (code, out.splitlines()[0]) == (0, "# Submission on the review of Panama, UNTOC")
    out = run(capsys, "submission", register, "--country", "PA", "--format", "html")[1]
    assert out.startswith("<!DOCTYPE html>")


def test_what_is_held_back_is_told_and_ends_with_one(capsys, register):
    code, out, err = run(capsys, "submission", register, "--dialogue", "cd", "--on", "2024-01-01")
    assert code == 1
    assert "Papua" not in out
    assert err == "untoc-network: b is left out: it names Papua New Guinea, and in a dialogue no country is named\n"


@pytest.mark.parametrize(("form", "begins"), [("text", "id "), ("json", "{"), ("markdown", "| id |")])
def test_find_in_every_form(capsys, form, begins):
    arguments = ("--theme", "organized-crime", "--on", "2022-12-31", "--format", form)
    code, out, err = run(capsys, "find", AMERICAS, *arguments)
    assert (code, err) == (0, "")
    assert out.startswith(begins)
    assert "gi-toc" in out


def test_find_by_country_and_sector(capsys):
    code, out, _ = run(capsys, "find", AMERICAS, "--country", "Honduras", "--sector", "civil-society")
    assert (code, "asj-honduras" in out, "corporacion" in out) == (0, True, False)


def test_accreditations_and_what_may_be_done_at_a_session(capsys):
    code, out, _ = run(capsys, "accreditations", MECHANISM, "--on", "2022-10-18")
    assert (code, out.splitlines()[-1]) == (0, "8 applications")
    at = ("--organization", "gi-toc", "--at", "conference-session-12", "--on", "2024-12-31")
    code, out, _ = run(capsys, "accreditations", MECHANISM, *at)
    assert (code, "+ attend: it may attend the plenary as an observer" in out) == (0, True)
    told = json.loads(run(capsys, "accreditations", MECHANISM, *at, "--format", "json")[1])
    assert [right["verdict"] for right in told["rights"]] == ["met", "met", "met", "not-met", "not-met"]
    assert "rights" not in json.loads(run(capsys, "accreditations", MECHANISM, "--format", "json")[1])


def test_a_session_without_an_organization_is_a_bad_call(capsys):
    assert main(["accreditations", MECHANISM, "--at", "conference-session-12"]) == 2
    assert "--at needs --organization" in capsys.readouterr().err
