"""A report for machines, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from untoc_network.findings import Report

__all__ = ["render_json"]


def render_json(report: Report, checked: Mapping[str, object] | None = None) -> Iterator[str]:
    """The report as one JSON object, line by line; `checked` says what was checked, on which day, by how many rules."""
    document = report.to_dict() | ({"checked": dict(checked)} if checked else {})
    return iter(json.dumps(document, ensure_ascii=False, indent=2).splitlines())
