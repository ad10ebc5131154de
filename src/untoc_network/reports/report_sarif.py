"""A report as SARIF 2.1.0, for code scanning and for editors.

The form is that of the OASIS standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from urllib.parse import quote

from untoc_network import __version__
from untoc_network.diagnostics.code import CatalogueEntry, flow
from untoc_network.diagnostics.codes.reading import unreadable_input
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.i18n.language_words import Words, english
from untoc_network.reports.json_streaming import encode_array, encode_value
from untoc_network.reports.report_text import Checked
from untoc_network.reports.rule_pages import (
    capitalize_first,
    render_explanation,
    render_rule_page,
    translate_explanation,
)
from untoc_network.rules.catalogue import catalogue

__all__ = ["render_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"(\\*)\]\(")


def render_sarif(report: Report, *, checked: Checked | None = None, words: Words | None = None) -> Iterator[str]:
    """The report as one run, each result on a line; `results` is there, and empty, where nothing was found."""
    words = words or english()
    slugs = {finding.code: finding.slug for finding in report}
    codes = {code: index for index, code in enumerate(sorted(slugs))}
    rules = {rule.code: rule for rule in catalogue()}
    driver = {
        "name": "untoc-network",
        "semanticVersion": __version__,
        "rules": [_make_rule_descriptor(code, slugs[code], rules.get(code), words) for code in codes],
    }
    yield f'{{\n  "$schema": {encode_value(_SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {{\n'
    yield f'      "tool": {encode_value({"driver": driver}, 3)},\n      "language": {encode_value(words.language)},\n'
    yield '      "columnKind": "unicodeCodePoints",\n'
    if checked is not None:
        yield f'      "properties": {encode_value({"checked": checked.to_dict()}, 3)},\n'
    not_read = [finding for finding in report if finding.code == unreadable_input.code]
    if not_read:
        yield f'      "invocations": {encode_value([_make_failed_invocation(not_read, words)], 3)},\n'
    yield '      "results": '
    yield from encode_array(
        (_make_result(finding, codes[finding.code], words) for finding in report), 3, a_line_each=True
    )
    yield "\n    }\n  ]\n}\n"


def _make_failed_invocation(not_read: list[Finding], words: Words) -> dict[str, object]:
    """That the run did not look at every input; dashboards read it where they do not look at single results."""
    notifications = [
        {"level": "error", "message": {"text": _format_message(finding, words)}, "locations": [_make_location(finding)]}
        for finding in not_read
    ]
    return {"executionSuccessful": False, "toolExecutionNotifications": notifications}


def _make_rule_descriptor(code: str, slug: str, rule: CatalogueEntry | None, words: Words) -> dict[str, object]:
    """What the log says of a rule. Of a rule that is not the library's own, only its code and name are known."""
    if rule is None or rule.slug != slug:
        known = {"text": _end_with_full_stop(slug.replace("-", " "))}
        return {"id": code, "name": slug, "shortDescription": known, "fullDescription": known, "help": known}
    said = translate_explanation(words, rule)
    return {
        "id": code,
        "name": slug,
        "shortDescription": {"text": _end_with_full_stop(said.summary)},
        "fullDescription": {
            "text": _end_with_full_stop(f"{said.summary}. {capitalize_first(words.ui('why'))}{words.colon} {said.why}")
        },
        "help": {
            "text": "\n".join(render_explanation(rule, width=None, words=words)),
            "markdown": render_rule_page(rule, words=words),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _make_result(finding: Finding, index: int, words: Words) -> dict[str, object]:
    known = finding.to_dict()
    kept = ["subject", "hint", "basis", "params"]
    if finding.location.file is None:  # a region stands in a file only
        kept += ["line", "column"]
    extra = {name: known[name] for name in kept if name in known}
    place = _make_location(finding)
    return {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _format_message(finding, words)},
        **({"locations": [place]} if place else {}),
        "partialFingerprints": {"untocNetwork/v1": finding.fingerprint},
        **({"properties": extra} if extra else {}),
    }


def _format_message(finding: Finding, words: Words) -> str:
    """Message and hint, with what SARIF gives a meaning escaped: braces hold arguments, `[…](…)` is a link."""
    hint = (
        f" {capitalize_first(words.ui('hint'))}{words.colon} {_end_with_full_stop(finding.hint)}"
        if finding.hint
        else ""
    )
    text = f"{_end_with_full_stop(finding.message)}{hint}".replace("{", "{{").replace("}", "}}")
    return _LINK.sub(r"\1\1\\](", text)


def _end_with_full_stop(text: str) -> str:
    flowing = flow(text)
    return flowing if flowing.endswith((".", "?", "!", "…")) else f"{flowing}."


def _make_location(finding: Finding) -> dict[str, object]:
    place: dict[str, object] = {}
    if finding.location.file is not None:
        spot = {"startLine": finding.line, "startColumn": finding.column}
        region = {name: number for name, number in spot.items() if number is not None}
        place["physicalLocation"] = {
            "artifactLocation": {"uri": _make_uri(PurePath(finding.location.file))},
            **({"region": region} if finding.line is not None else {}),
        }
    if finding.path:
        place["logicalLocations"] = [{"name": str(finding.path[-1]), "fullyQualifiedName": finding.pointer}]
    return place


def _make_uri(path: PurePath) -> str:
    """A path as a URI reference: a relative one stays relative, so that the log fits every copy of the files."""
    text = path.as_posix()
    try:
        encoded = text.encode("utf-8", "surrogateescape")  # as file systems name files that are not UTF-8
    except UnicodeEncodeError:
        encoded = text.encode("utf-8", "surrogatepass")
    quoted = quote(encoded, safe="/")
    if not path.is_absolute():
        return quoted
    if path.drive.startswith("\\\\"):  # a share in a Windows network: its host is the authority
        return f"file:{quoted}"
    return f"file://{quoted}" if quoted.startswith("/") else f"file:///{quoted.replace('%3A', ':', 1)}"
