import json
from pathlib import Path

import pytest
from tests.builders import run

import untoc_network as un

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "mechanism-2024.json")


NEWS = "unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/news/1stnovember.html"
ROUND = "lastradainternational.org/news/second-round-un-review-mechanism-started-but-process-not-very-transparent/"


def test_reviews_of_one_state_on_a_past_day(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run(capsys, "reviews", EXAMPLE, "--country", "México", "--on", "2022-06-30")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "1 country review on 2022-06-30: 1 not started, 0 consultation held, 0 in",
        "  progress, 0 completed",
        "in 1 review a step is due and nothing tells whether it was taken",
        "",
        "State   group  1  2  3  4  5  6  7  8  9  10  11  late",
        "Mexico  2/1    R  D  D  D  .  .  .  .  .  .   .   no record  [1][2][3]",
        "",
        " 1 start                       7 hold dialogue",
        " 2 nominate focal point        8 draft observations",
        " 3 nominate experts            9 agree on observations",
        " 4 hold initial consultation  10 prepare summary",
        " 5 submit questionnaire       11 share with working groups",
        " 6 submit feedback",
        "R=recorded; D=due, nothing recorded; .=not due",
        "2/1: group 2, phase 1",
        "",
        "Mexico: group 2, phase 1, cluster 1; launched; nominate focal point: due, no",
        "  record",
        "",
        "[1] gaatw.org/2-uncategorised/1155-review-mechanism-of-untoc-update; as of",
        "    2024-12-31",
        "    http://www.gaatw.org/2-uncategorised/1155-review-mechanism-of-untoc-update",
        f"[2] {NEWS};",
        "    as of 2024-12-31",
        f"    https://{NEWS}",
        f"[3] {ROUND};",
        "    as of 2024-12-31",
        f"    https://www.{ROUND}",
    ]


def test_reviews_of_which_nothing_is_recorded_are_named_together_beside_what_is_published(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run(capsys, "reviews", EXAMPLE, "--on", "2024-04-10")
    assert (code, err) == (0, "")
    before, _, after = out.partition(
        "\n\npublished on all reviews of the Mechanism, beside what this register tells:\n"
    )
    assert before.startswith("37 country reviews on 2024-04-10: 37 not started")
    summary, _, told = before.partition("\n\nno record")
    assert "22 States  1/1    R  D  D  D  D  .  .  .  .  .   D " in summary
    lines = f"no record{told}".splitlines()
    assert lines[0] == "no record: of 37 reviews no step after the start is recorded, so that nothing"
    assert lines[2].startswith("  group 1, phase 1, cluster 1: Argentina, Armenia, Belarus")
    assert "late" not in summary
    assert " late" not in told.replace("is late", "")
    lines = after.splitlines()
    assert lines[0].split() == ["day", "number", "of", "what", "source"]
    assert lines[1].split()[:2] == ["2024-04-05", "73"]
    assert "2023 (derived)" in after
    assert "(disputed)" in after
    assert lines[-1] == f"[9] https://www.{ROUND}"
    assert all(len(line) <= 80 for line in lines if "/" not in line)


def test_reviews_as_json(capsys):
    code, out, _ = run(capsys, "reviews", EXAMPLE, "--on", "2024-12-31", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert {row["metric"] for row in told["aggregates"]} == {row.metric for row in un.reference.table("snapshots")}
    assert all(row["source"] and row["as_of"] and row["certainty"] for row in told["aggregates"])
    assert told["reviews"][0]["recorded"][0] == {"step": "start", "on": "2020-12", "actor": "secretariat"} or told
    assert len(told["reviews"]) == 37
    assert told["totals"]["not-started"] == 37


def test_reviews_run_on_today_where_no_day_is_given(capsys):
    code, out, _ = run(capsys, "reviews", EXAMPLE, "--format", "json")
    assert code == 0
    assert un.PartialDate(json.loads(out)["on"]).is_exact


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reviews", "nowhere.json"), "untoc-network: nowhere.json: no such file or directory\n"),
        (("reviews", EXAMPLE, "--country", "Atlantis"), "no country, or more than one, is called 'Atlantis'"),
    ],
)
def test_what_cannot_be_read_ends_with_two(capsys, arguments, said):
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in err


def test_a_broken_register_ends_with_two_and_its_first_error(capsys):
    broken = Path(EXAMPLE).parent / "broken" / "misspelt-field.json"
    code, out, err = run(capsys, "reviews", str(broken))
    assert (code, out) == (2, "")
    assert err.startswith("untoc-network: line ")


@pytest.mark.parametrize(
    ("form", "begins"),
    [("text", "Observer status under rules 14 to 17"), ("mermaid", "stateDiagram-v2"), ("svg", "<svg "), ("json", "{")],
)
def test_a_procedure_in_every_form(capsys, form, begins):
    code, out, err = run(capsys, "process", "accreditation", "--format", form)
    assert (code, err) == (0, "")
    assert out.startswith(begins)


def test_a_country_on_the_terminal_in_json_and_as_a_page(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("COLUMNS", "80")
    code, out, err = run(capsys, "country", "MEX", EXAMPLE, "--on", "2024-10-20")
    assert (code, err) == (0, "")
    assert out.startswith("Mexico in the Review Mechanism\nAs of 2024-10-20.")
    code, out, _ = run(capsys, "country", "México", EXAMPLE, "--on", "2024-10-20", "--format", "json", "--lang", "fr")
    told = json.loads(out)
    assert (code, told["country"], told["audience"]) == (0, "MX", "public")
    assert told["letter"]["subject"]["text"].startswith("Mexique\u00a0: examen (groupe thématique 1) ")
    page = tmp_path / "mx.html"
    code, out, _ = run(capsys, "country", "MX", EXAMPLE, "--on", "2024-10-20", "--lang", "es", "-o", str(page))
    assert (code, out) == (0, "")
    assert "México en el Mecanismo de Examen" in page.read_text(encoding="utf-8")


def test_a_country_without_a_register_has_the_facts(capsys):
    code, out, err = run(capsys, "country", "Panamá", "--on", "2024-10-20", "--lang", "es")
    assert (code, err) == (0, "")
    assert "El registro no contiene este examen" in out
    code, out, err = run(capsys, "country", "Atlantis")
    assert (code, out) == (2, "")
    assert "no country, or more than one, is called 'Atlantis'" in err
