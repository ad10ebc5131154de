"""A report as JSON, in the form that `report.schema.json` describes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from untoc_network.diagnostics.findings import Report, Severity
from untoc_network.i18n.language_words import Words
from untoc_network.reports.json_streaming import encode_array, encode_value
from untoc_network.reports.report_text import Checked

__all__ = ["render_json", "report_schema"]


def render_json(report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:  # noqa: ARG001
    """What `Report.to_dict` gives, and what was checked, in JSON."""
    counts = report.counts()
    ok = encode_value(not counts[Severity.ERROR])
    yield f'{{\n  "ok": {ok},\n  "counts": {encode_value(counts, 1)},\n  "findings": '
    yield from encode_array((finding.to_dict() for finding in report), 1)
    if report.not_run:
        yield f',\n  "not_run": {encode_value([*report.not_run], 1)}'
    yield f',\n  "checked": {encode_value(checked.to_dict(), 1)}\n}}\n' if checked else "\n}\n"


def report_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a report: of `Report.to_dict`, and of `validate --format json`.

    It describes every field that there is. Later versions may add fields, so it does not forbid others.
    """
    text = Path(__file__).with_name("report.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
