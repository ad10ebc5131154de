"""Workflow commands: what GitHub makes annotations of."""

import pytest

from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_github import render_github
from untoc_network.reports.report_text import Checked

FOUND = Finding(
    code="RF002",
    slug="dangling-reference",
    severity=Severity.ERROR,
    message="100% of it: gone, lost",
    hint="add it",
    basis=Basis(document="rules"),
    location=Location(pointer="/organizations/0", line=10, column=17, file="a,b:c%.json"),
)


def lines_of(*findings, checked=None):
    text = "".join(render_github(Report(findings), checked=checked))
    assert text.endswith("\n")
    return text.split("\n")[:-1]


def test_a_finding_is_a_command():
    assert lines_of(FOUND, checked=Checked(on="2022-03-28", records=1, rules=7)) == [
        "::error file=a%2Cb%3Ac%25.json,line=10,col=17,title=RF002 dangling-reference"
        "::organizations[0]: 100%25 of it: gone, lost%0Ahint: add it%0Abasis: rules",
        "1 error, 0 warnings, 0 infos",
        "1 record checked by 7 rules on 2022-03-28",
    ]


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_severities_have_their_commands(severity, command):
    bare = Finding(code="A1", slug="a", severity=severity, message="m")
    assert lines_of(bare)[0] == f"::{command} title=A1 a::m"


def test_a_clean_report_is_its_summary():
    assert lines_of() == ["0 errors, 0 warnings, 0 infos"]


@pytest.mark.parametrize(("number", "told"), [(10, False), (11, True)])
def test_where_github_will_not_show_all_the_first_annotation_says_so(number, told):
    lines = lines_of(*(Finding(code="A1", slug="a", severity=Severity.WARNING, message="m") for _ in range(number)))
    assert lines[0].startswith("::notice title=untoc-network::") is told
    assert len(lines) == number + 1 + told
    if told:
        assert lines[0] == (
            "::notice title=untoc-network::0 errors, 11 warnings, 0 infos. "
            "GitHub shows 10 of a kind at the most; the log of this step holds all."
            "%0Awhat to do first:%0A1. warning (11 places): m [A1]"
        )
