"""What the command line adds to the hints of findings: the option or command that does what a hint asks for.

Messages and hints of the library name neither, since programs that embed it have none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import attrs

from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.i18n.language_words import Words, choose_interface_words, translated
from untoc_network.reports.report_text import name_country

__all__ = ["translate_with_options"]

_OPTIONS: Mapping[str, str] = {
    "EX005": "--most N",
    "IM001 name-form": "--from FORM",
    "IM001 say-encoding": "--encoding NAME",
    "IM003": "--name-column HEADER, --header-row ROW, --mapping FILE",
    "IM007": "--mapping FILE",
    "IM008 write-date": "--dates dmy, mdy, ymd",
    "IM009": "--dates dmy, mdy, ymd",
    "IM010": "--mapping FILE",
    "IM015": "--sheet NAME",
    "IM016": "--network ID",
    "IM028": "--event ID, --event-name NAME, --event-date DATE",
    "IM017": "--mapping FILE",
    "IM019": "--mapping FILE",
    "IM020": "--list-of",
    "IM021": "--encoding NAME",
    "IM023": "--header-row ROW",
    "IM034": "--accept-consents",
    "IM041": "--list NAME",
    "IO010": "--large",
    "IO021": "untoc-network convert",
    "IO030": "--large",
    "IO033": "untoc-network migrate",
    "IO034": "untoc-network migrate",
    "MG001": "untoc-network diff BASE THEIRS",
    "MG009": "untoc-network validate",
    "XX001": "--ignore CODE",
    "XX002": "untoc-network rules",
}
"""By code, or by code and remedy where only one remedy of several is meant."""
_PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b")


def translate_with_options(report: Report, *languages: str | Words) -> Report:
    """The report in the first of these languages that has its words, each hint with what the command line has for it.

    Raises `UnknownLanguage` where the library does not speak one of them.
    """
    said = translated(report, *languages, country_name=name_country)
    words = choose_interface_words(*languages)
    return Report(tuple(_add_option_to_hint(finding, words) for finding in said), report.origin)


def _add_option_to_hint(finding: Finding, words: Words) -> Finding:
    remedy = dict(finding.params).get("remedy")
    option = _OPTIONS.get(f"{finding.code} {remedy}") or _OPTIONS.get(finding.code)
    if option is None or not finding.hint:
        return finding
    named = _PLACEHOLDER.sub(lambda name: words.told.get(name[0], name[0]), option)
    return attrs.evolve(finding, hint=f"{finding.hint} ({named})")
