"""Findings of one kind are told together, none is lost, and what to do first is said."""

import re

import pytest
from hypothesis import given, strategies as st
from tests.builders import finding

from untoc_network.diagnostics.findings import Report, Severity
from untoc_network.i18n.language_words import english
from untoc_network.reports.finding_groups import MOST_PLACES, group_findings, list_first_steps, split_groups
from untoc_network.reports.report_html import render_html
from untoc_network.reports.report_markdown import render_markdown
from untoc_network.reports.report_text import Palette, render_report, render_text
from untoc_network.rules.catalogue import catalogue

ALIKE = Report(
    tuple(
        finding("SR001", f"/events/{n}", n + 1, 5, subject=f"talk-{n}", severity=Severity.WARNING, message="no source", hint="cite")
        for n in range(20)
    )
)  # fmt: skip
UNLIKE = Report(
    tuple(
        finding(
            "RF002", f"/events/{n}/project_id", n + 1, 5, subject=f"t{n}", message=f"no {n // 5}", hint="add", params=(("target", f"{n // 5}"),)
        )
        for n in range(12)
    )
)  # fmt: skip


def cell(row, header="Land", **params):
    return finding(
        "IM008", line=row, column=2, severity=Severity.WARNING, message=f"not B{row}", hint="correct",
        params=tuple(sorted({"cell": f"B{row}", "header": header, **params}.items())),
    )  # fmt: skip


reports = st.lists(
    st.tuples(st.sampled_from(Severity), st.sampled_from("AB"), st.integers(1, 40), st.sampled_from("XY"), st.booleans()),
    max_size=30,
).map(
    lambda drawn: Report(
        tuple(
            finding(code, line=line, column=1, severity=severity, params=(("cell", "A1"), ("header", header)) if many else ())
            for severity, code, line, header, many in drawn
        )
    )
)  # fmt: skip


@given(reports)
def test_every_finding_is_in_one_group_or_told_by_itself(report):
    groups, others = split_groups(report)
    told = [one for group in groups for one in group.findings] + [*others]
    assert Report(tuple(told)) == report
    assert all(len(group.findings) > MOST_PLACES for group in groups)
    assert [group.severity.rank for group in groups] == sorted(group.severity.rank for group in groups)
    assert split_groups(report, all=True)[0] == []
    assert [*split_groups(report, all=True)[1]] == [*report]


@given(reports)
def test_the_numbers_in_the_text_are_those_of_the_findings(report):
    lines = [*render_text(report, width=None)]
    single = sum(bool(re.match(r"  \d+:1 \w+ [AB] ", line)) for line in lines)
    also = sum(line.count(":1") for line in lines if line.startswith("      also at"))
    more = sum(int(number) for line in lines for number in re.findall(r" (\d+) more; --all shows each$", line))
    repeated = sum(
        MOST_PLACES - 1 - line.count(":1") for line in lines if line.startswith("      also at")
    )  # two findings of one place
    assert single + also + more + repeated == len(report)
    each = [*render_text(report, width=None, all=True)]
    assert sum(bool(re.match(r"  \d+:1 \w+ [AB] ", line)) for line in each) == len(report)


def test_twenty_equal_warnings_are_one_finding_with_its_places():
    assert list(render_text(ALIKE, width=None)) == [
        "20 places",
        "  1:5 events[0] (talk-0): warning SR001 no source",
        "      hint: cite",
        "      also at 2:5 events[1] (talk-1), 3:5 events[2] (talk-2), 4:5 events[3] (talk-3), "
        "5:5 events[4] (talk-4) and 15 more; --all shows each",
        "",
        "what to do first",
        "  1. warning (20 places): cite [SR001]",
        "",
        "0 errors, 20 warnings, 0 infos",
    ]


def test_where_each_says_something_else_all_that_is_said_comes_before_more_of_the_same():
    assert list(render_text(UNLIKE, width=None)) == [
        "12 places",
        "  1:5 events[0].project_id (t0): error RF002 no 0",
        "      hint: add",
        "  2:5 events[1].project_id (t1): error RF002 no 0",
        "  3:5 events[2].project_id (t2): error RF002 no 0",
        "  6:5 events[5].project_id (t5): error RF002 no 1",
        "  11:5 events[10].project_id (t10): error RF002 no 2",
        "      and 7 more; --all shows each",
        "",
        "what to do first",
        "  1. error (12 places): add [RF002]",
        "",
        "12 errors, 0 warnings, 0 infos",
    ]


def test_many_words_of_one_kind_are_looked_through_no_further_than_needed():
    (group,) = group_findings(finding("A", line=n + 1, column=1, message=f"m{n}") for n in range(9))
    assert [one.message for one in group.pick_examples()] == ["m0", "m1", "m2", "m3", "m4"]


def test_what_stands_nowhere_is_of_the_document():
    lines = [*render_text(Report((finding("A"),) * 7), width=None)]
    assert lines[1:3] == ["  error A no", "      also at the document and 2 more; --all shows each"]


def test_findings_of_two_columns_are_of_two_kinds():
    report = Report(tuple(cell(row, header) for row in range(2, 9) for header in ("Land", "Ort")))
    lines = [*render_text(report, width=None)]
    assert lines.count("7 places") == 2
    assert "      also at 3:2, 4:2, 5:2, 6:2 and 2 more; --all shows each" in lines


def test_errors_come_first_then_what_one_step_mends_most():
    whole = finding(
        "IM007",
        line=1,
        column=3,
        severity=Severity.INFO,
        hint="name a field",
        params=(("cells", 230), ("header", "Tür")),
    )
    row = finding("IM004", line=9, column=1, message="no name", params=(("cells", 4), ("row", 9)))
    words = finding("XX", line=3, column=1, severity=Severity.INFO)
    unlike = [finding("YY", line=n, column=1, severity=Severity.WARNING, message=f"m{n}") for n in (1, 2)]
    report = Report((whole, row, words, *unlike, *(cell(n) for n in range(2, 9))))
    assert [*list_first_steps(report, english())] == [
        "error (1 place): no name [IM004]",
        "the column 'Tür' (230 cells): name a field [IM007]",
        "the column 'Land' (7 places): correct [IM008]",
        "warning (2 places): m1 … [YY]",
    ]  # fmt: skip


def test_where_a_glance_shows_all_nothing_is_to_be_done_first():
    assert [*list_first_steps(Report((finding("A"),) * 5), english())] == []
    column = finding("IM007", line=1, column=3, hint="name a field", params=(("cells", 230), ("header", "Tür")))
    assert len([*list_first_steps(Report((column,)), english())]) == 1
    assert len([*list_first_steps(Report(tuple(finding(f"A{n}") for n in range(9))), english())]) == 5


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("report", [ALIKE, UNLIKE])
def test_groups_keep_to_the_width_and_colours_change_nothing_else(report, width):
    lines = [*render_text(report, width=width)]
    assert max(map(len, lines)) <= width
    coloured = "\n".join(render_text(report, width=width, palette=Palette(coloured=True)))
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured).split("\n") == lines


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", ["20 lugares", "y 15 más; --all los muestra todos", "qué hacer primero"]),
        ("pt", ["20 lugares", "e mais 15; --all mostra todos", "o que fazer primeiro"]),
        ("fr", ["20 emplacements", "et 15 de plus\u00a0; --all les affiche tous", "par quoi commencer"]),
    ],
)
def test_they_are_told_in_four_languages(language, said):
    text = "".join(render_report(ALIKE, "text", languages=[language]))
    assert all(one in text for one in said)


def test_markdown_tells_five_and_counts_the_others():
    text = "".join(render_markdown(ALIKE))
    assert "\n### What to do first\n\n1. warning (20 places): cite \\[SR001\\]\n" in text
    assert "\n**20 places**\n\n- warning SR001 (line 1, column 5, `events[0]`, `talk-0`)\\\n  no source\\\n" in text
    assert text.endswith("- and 15 more; --all shows each\n")
    assert text.count("- warning SR001") == 5
    assert "".join(render_markdown(ALIKE, all=True)).count("- warning SR001") == 20


def test_a_page_folds_all_but_five_and_holds_each():
    page = "".join(render_html(ALIKE))
    assert (
        '<section class="steps">\n<h2>What to do first</h2>\n<ol>\n<li><bdi>warning (20 places): cite [SR001]' in page
    )
    assert '<section class="record">\n<h3>SR001: 20 places</h3>\n' in page
    before, _, after = page.partition("<details>\n<summary>15 more findings</summary>\n<ul>\n")
    assert (before.count('<li class="finding'), after.count('<li class="finding')) == (5, 15)
    assert '<p class="where">line 1, column 5: <code>events[0]</code> <bdi>talk-0</bdi></p>' in before
    whole = "".join(render_html(ALIKE, all=True))
    assert "<details" not in whole
    assert whole.count('<li class="finding') == 20


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_what_programs_read_has_each_whether_asked_or_not(form):
    told, whole = ("".join(render_report(ALIKE, form, all=each)) for each in (False, True))
    assert told == whole
    assert told.count("SR001") >= 20


def test_what_tells_one_kind_from_another_is_known_in_the_catalogue():
    from untoc_network.diagnostics.templates import list_parameters
    from untoc_network.reports.finding_groups import _OF_KIND

    texts = [text for rule in catalogue() for text in (rule.message, rule.hint or "", *rule.phrases.values())]
    known = {name for text in texts for name, _ in list_parameters(text)}
    assert known >= _OF_KIND
