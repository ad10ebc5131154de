"""A report, and the catalogue of rules, for people."""

from untoc_network.reports.report_json import report_schema
from untoc_network.reports.report_text import Checked, render_report

__all__ = ["Checked", "render_report", "report_schema"]
