"""`stats` and `report` as a user runs them."""

import json
from pathlib import Path

import pytest
from tests.builders import run

MECHANISM = str(Path(__file__).parents[2] / "examples" / "mechanism-2024.json")


def test_stats_in_text_json_and_csv(capsys, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    code, text, told = run(capsys, "stats", MECHANISM, "--on", "2024-12-31", "--lang", "es")
    assert (code, told) == (0, "")
    assert text.splitlines()[0] == (
        "The Review Mechanism as public sources have it, to the end of 2024 en cifras. Al 31 de diciembre de 2024"
    )
    code, text, _ = run(capsys, "stats", MECHANISM, "--on", "2024-12-31", "--format", "json", "--audience", "internal")
    document = json.loads(text)
    assert (code, document["audience"], document["minimum"]) == (0, "internal", None)
    assert [table["key"] for table in document["tables"]][:2] == ["events-by-kind", "attendance-people"]
    code, text, _ = run(capsys, "stats", MECHANISM, "--format", "csv")
    assert text.splitlines()[:2] == [
        "table,row,column,value,qualifier,hidden",
        "events-by-kind,constructive-dialogue,planned,2,exact,",
    ]


def test_report_to_a_file_and_to_standard_output(capsys, tmp_path):
    page = tmp_path / "page.html"
    assert run(capsys, "report", MECHANISM, "--on", "2024-12-31", "-o", str(page)) == (0, "", "")
    code, text, _ = run(capsys, "report", MECHANISM, "--on", "2024-12-31")
    assert (code, text) == (0, page.read_text(encoding="utf-8"))
    assert text.startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("stats", MECHANISM, "--minimum", "0"), "untoc-network: the smallest count to be shown is at least 1"),
        (("report", "nowhere.json"), "nowhere.json"),
    ],
)
def test_a_bad_call_is_one_line(capsys, arguments, said):
    code, out, told = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert said in told
    assert "Traceback" not in told
