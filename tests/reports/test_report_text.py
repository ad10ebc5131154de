"""A report for people: grouped by record, wrapped at a terminal, whole in a pipe."""

import pytest
from tests.builders import finding

from untoc_network.diagnostics.findings import Basis, Report, Severity, from_pointer
from untoc_network.reports.report_text import Palette, format_pointer, render_text, summarize_counts

REPORT = Report(
    (
        finding("IO004", line=1, column=1, message="expected an object"),
        finding("RF002", "/events/1/project_id", 7, 3, subject="talk", hint="add it", basis=Basis(document="rules")),
        finding("EV001", "/events/1/counts/0", 9, 5, subject="talk", severity=Severity.WARNING),
        finding("RF005", "/sources/0", 12, 5, subject="note", severity=Severity.INFO),
    )
)


def test_findings_stand_by_record_in_the_order_of_their_places():
    assert list(render_text(REPORT, width=None)) == [
        "the document",
        "  1:1 error IO004 expected an object",
        "",
        "events[1] talk",
        "  7:3 events[1].project_id: error RF002 no",
        "      hint: add it",
        "      basis: rules",
        "  9:5 events[1].counts[0]: warning EV001 no",
        "",
        "sources[0] note",
        "  12:5 sources[0]: info RF005 no",
        "",
        "2 errors, 1 warning, 1 info",
    ]


def test_each_file_has_its_heading():
    report = Report((finding("B", file="b.json"), finding("A", file="a.json"), finding("C", file="b\n.json")))
    assert list(render_text(report, width=80)) == [
        "a.json",
        "",
        "the document",
        "  error A no",
        "",
        "b\\u{a}.json",
        "",
        "the document",
        "  error C no",
        "",
        "b.json",
        "",
        "the document",
        "  error B no",
        "",
        "3 errors, 0 warnings, 0 infos",
    ]


LONG = finding("RF002", "/events/1", 7, 3, message="word " * 40, hint="word " * 40, basis=Basis(document="word " * 40))


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_lines_are_wrapped_at_the_width(width):
    lines = list(render_text(Report((LONG,)), width=width))
    assert width - 6 < max(map(len, lines)) <= width
    assert " ".join(" ".join(lines).split()).count("word") == 120


def test_no_line_is_narrower_than_forty():
    assert list(render_text(Report((LONG,)), width=1)) == list(render_text(Report((LONG,)), width=40))


def test_an_address_is_not_broken_in_two():
    address = f"https://example.org/{'x' * 100}"
    assert any(address in line for line in render_text(Report((finding(message=f"see {address}"),)), width=40))


def test_in_a_pipe_a_finding_is_one_line():
    lines = list(render_text(Report((LONG,)), width=None))
    assert len([line for line in lines if "word" in line]) == 3


def test_a_clean_report_is_its_summary():
    assert list(render_text(Report())) == ["0 errors, 0 warnings, 0 infos"]
    assert summarize_counts(Report()) == "0 errors, 0 warnings, 0 infos"


def test_colours_change_nothing_but_colours():
    plain, coloured = (list(render_text(REPORT, palette=Palette(coloured=on))) for on in (False, True))
    assert coloured[1] == "  1:1 \x1b[31;1merror\x1b[0m IO004 expected an object"
    assert coloured[-1] == "\x1b[31;1m2 errors\x1b[0m, \x1b[33m1 warning\x1b[0m, \x1b[36m1 info\x1b[0m"
    for code in ("31;1", "33", "36", "1", "2"):
        coloured = [line.replace(f"\x1b[{code}m", "").replace("\x1b[0m", "") for line in coloured]
    assert coloured == plain
    assert "\x1b[2m0 warnings\x1b[0m" in summarize_counts(Report(), Palette(coloured=True))


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("", ""),
        ("/events/1/counts/0/unit", "events[1].counts[0].unit"),
        ("/a~1b/²/01", "a/b.².01"),
        ("/events/\x1b[31m", "events.\\u{1b}[31m"),
        ("/a//b", "a..b"),
    ],
)
def test_a_path_is_written_as_people_write_it(pointer, place):
    assert format_pointer(from_pointer(pointer)) == place


def test_a_hostile_subject_or_key_cannot_steer_the_terminal():
    report = Report((finding("A", "/a/\x1b[2J\u202e", subject="x\x1b[2J\nerror"),))
    assert all(line.isprintable() for line in render_text(report, width=None))
