"""A report for machines."""

import json

import pytest

from untoc_network.findings import Finding, Location, Report, Severity
from untoc_network.render.json import render_json


def report(text):
    return Report(
        (
            Finding(
                code="IO003",
                slug="x",
                severity=Severity.ERROR,
                message="no",
                subject=text,
                location=Location(pointer=f"/{text}", file=text),
                params=(("value", text),),
            ),
        )
    )


@pytest.mark.parametrize("text", ["plain", "ñ😀", "a\nb", 'a"b\\', "\x1b\x85", "a\u2028b\u2029c", "\x0b\x0c\x1c\x1d\x1e"])
def test_the_lines_together_are_json_that_says_what_the_report_says(text):
    lines = list(render_json(report(text), {"on": "2022-03-28"}))
    assert json.loads("\n".join(lines)) == report(text).to_dict() | {"checked": {"on": "2022-03-28"}}


def test_what_was_checked_may_be_left_out():
    assert list(render_json(Report())) == [
        "{",
        '  "ok": true,',
        '  "counts": {',
        '    "error": 0,',
        '    "warning": 0,',
        '    "info": 0',
        "  },",
        '  "findings": []',
        "}",
    ]
