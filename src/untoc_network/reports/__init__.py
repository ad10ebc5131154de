"""A report, and the catalogue of rules, for people."""

from untoc_network.reports.findings_text import Checked, render_report
from untoc_network.reports.report_json import report_schema

__all__ = ["Checked", "render_report", "report_schema"]
