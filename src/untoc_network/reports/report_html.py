"""A report as one web page: a list that reads without scripts, and a filter where they run.

The page loads nothing. Its policy lets the browser run only the style and the script that it holds, known by their
hashes, so that nothing from a register can ever run, even if an escape were missing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from importlib import resources

from untoc_network import __version__
from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.i18n.language_words import Words, english
from untoc_network.i18n.told_texts import format_basis
from untoc_network.reports.finding_groups import FindingGroup, list_first_steps, split_groups
from untoc_network.reports.html_head import render_page_head, to_html
from untoc_network.reports.report_text import Checked, format_pointer, locate_record, name_position, summarize_counts
from untoc_network.reports.rule_pages import capitalize_first, translate_explanation
from untoc_network.reports.stylesheet import load_stylesheet
from untoc_network.rules.catalogue import AREAS, catalogue

__all__ = ["render_html"]

_LETTERS = re.compile(r"[A-Za-z]+")


def render_html(
    report: Report,
    *,
    checked: Checked | None = None,
    words: Words | None = None,
    all: bool = False,  # noqa: A002 - as in `render_report`
) -> Iterator[str]:
    """The page with every finding, many of one kind folded up unless `all`, and at its end why the rules exist."""
    words = words or english()
    broken = {(finding.code, finding.slug) for finding in report}
    rules = {rule.code: rule for rule in catalogue() if (rule.code, rule.slug) in broken}
    script = resources.files(__package__).joinpath("page.js").read_text("utf-8")
    summary = summarize_counts(report, words=words)
    title, style = f"untoc-network: {to_html(summary)}", load_stylesheet("page.css")
    yield render_page_head(title, style, language=words.language, script=script)
    yield f"<header>\n<h1>{to_html(summary)}</h1>\n"
    yield f'<p class="muted">{to_html(checked.said(words))}</p>\n</header>\n' if checked else "</header>\n"
    yield "<main>\n"
    if len(report):
        yield from _render_first_steps(report, words)
        yield f"<div>\n{_render_filter_form(report, words)}<div>\n"
        yield from _render_files(report, rules, words, all=all)
        yield "</div>\n</div>\n"
    yield from _render_reasons_of_rules(rules.values(), words)
    made = capitalize_first(words.ui("made-by", version=__version__))
    yield f'</main>\n<footer class="muted">{to_html(made)}.</footer>\n'
    yield f"<script>{script}</script>\n</body>\n</html>\n" if len(report) else "</body>\n</html>\n"


def _render_filter_form(report: Report, words: Words) -> str:
    """Hidden until the script runs, since without it the fields would do nothing."""

    def said(key: str) -> str:
        return to_html(capitalize_first(words.ui(key)))

    boxes = "".join(
        f'<label class="{severity.value}"><input type="checkbox" name="severity" value="{severity.value}" checked>'
        f'<span class="severity">{to_html(words.label(severity))}</span> '
        f'<span class="muted">{words.number(number)}</span></label>\n'
        for severity, number in report.counts().items()
    )
    areas = "".join(
        f'<option value="{to_html(area)}">{to_html(_find_area_title(area, words))}</option>\n'
        for area in sorted({_find_rule_area(finding) for finding in report})
    )
    counted = words.ui("shown", shown="{shown}", all="{all}")
    parted = next(number for number in (1_000, 10_000) if len(words.number(number)) > len(str(number)))
    return (
        f'<form class="filter" id="filter" hidden role="search" aria-label="{said("filter")}">\n'
        f"<fieldset><legend>{said('severity')}</legend>\n{boxes}</fieldset>\n"
        f'<label class="field"><span class="name">{said("area")}</span>'
        f'<select name="area"><option value="">{to_html(words.ui("all-areas"))}</option>\n{areas}</select></label>\n'
        f'<label class="field"><span class="name">{said("search")}</span>'
        '<input type="search" name="text" autocomplete="off" spellcheck="false"></label>\n'
        f'<div class="state"><span id="state" role="status" data-shown="{to_html(counted)}" '
        f'data-from="{parted}" data-sign="{words.number(parted)[-4]}"></span>'
        f'<button type="reset">{said("show-all")}</button></div>\n</form>\n'
    )


def _render_first_steps(report: Report, words: Words) -> Iterator[str]:
    steps = [*list_first_steps(report, words)]
    if steps:
        title = to_html(capitalize_first(words.ui("first-steps")))
        items = "".join(f"<li><bdi>{to_html(step)}</bdi></li>\n" for step in steps)
        yield f'<section class="steps">\n<h2>{title}</h2>\n<ol>\n{items}</ol>\n</section>\n'


def _render_files(
    report: Report,
    rules: dict[str, CatalogueEntry],
    words: Words,
    *,
    all: bool,  # noqa: A002 - as in `render_report`
) -> Iterator[str]:
    for file, findings in itertools.groupby(report, key=lambda finding: finding.location.file):
        yield f'<section class="file">\n<h2><bdi>{to_html(file or capitalize_first(words.ui("findings")))}</bdi></h2>\n'
        groups, others = split_groups(findings, all=all)
        for kind in groups:
            yield from _render_group(kind, words, linked=kind.findings[0].code in rules)
        for (record, subject), group in itertools.groupby(others, key=locate_record):
            name = f" <bdi>{to_html(subject)}</bdi>" if subject else ""
            place = to_html(record or words.ui("document"))
            yield f'<section class="record">\n<h3><code>{place}</code>{name}</h3>\n<ul>\n'
            for finding in group:
                yield _render_finding(finding, words, linked=finding.code in rules)
            yield "</ul>\n</section>\n"
        yield "</section>\n"


def _render_group(kind: FindingGroup, words: Words, *, linked: bool) -> Iterator[str]:
    """Findings of one kind: some that are seen at once, and the others in a part that opens without a script."""
    shown = kind.pick_examples()
    seen = {id(finding) for finding in shown}
    number = words.ui("places", number=len(kind.findings))
    yield f'<section class="record">\n<h3>{to_html(kind.findings[0].code)}: {to_html(number)}</h3>\n<ul>\n'
    for finding in shown:
        yield _render_finding(finding, words, linked=linked, named=True)
    more = to_html(words.ui("more-findings", number=len(kind.findings) - len(shown)))
    yield f"</ul>\n<details>\n<summary>{more}</summary>\n<ul>\n"
    for finding in kind.findings:
        if id(finding) not in seen:
            yield _render_finding(finding, words, linked=linked, named=True)
    yield "</ul>\n</details>\n</section>\n"


def _render_finding(finding: Finding, words: Words, *, linked: bool, named: bool = False) -> str:
    severity, code = finding.severity.value, to_html(finding.code)
    name = f'<a href="#rule-{code}">{code}</a>' if linked else code
    basis = format_basis(finding.basis, words) if finding.basis else None
    parts = {
        "where": _render_finding_place(finding, words, named=named),
        "hint": _render_labelled_text(f"{words.ui('hint')}{words.colon}", finding.hint),
        "basis": _render_labelled_text(f"{words.ui('basis')}{words.colon}", basis),
    }
    more = "".join(f'<p class="{kind}">{text}</p>\n' for kind, text in parts.items() if text)
    return (
        f'<li class="finding {severity}" data-severity="{severity}" data-area="{to_html(_find_rule_area(finding))}">\n'
        f'<p><strong class="severity">{to_html(words.label(severity))}</strong> {name} '
        f"<bdi>{to_html(finding.message)}</bdi></p>\n"
        f"{more}</li>\n"
    )


def _render_finding_place(finding: Finding, words: Words, *, named: bool) -> str:
    """Line, column and path, and where it is to be `named` without its record above it, the record's id."""
    spot = name_position(finding, words)
    place = f"<code>{to_html(format_pointer(finding.path))}</code>" if finding.path else ""
    name = f"<bdi>{to_html(finding.subject)}</bdi>" if named and finding.subject else ""
    place = " ".join(part for part in (place, name) if part)
    return ": ".join(part for part in (spot, place) if part)


def _render_labelled_text(label: str, text: str | None) -> str:
    return f"{to_html(capitalize_first(label))} <bdi>{to_html(text)}</bdi>" if text else ""


def _render_reasons_of_rules(rules: Iterable[CatalogueEntry], words: Words) -> Iterator[str]:
    opening = f"<section>\n<h2>{to_html(capitalize_first(words.ui('why-rules')))}</h2>\n<dl>\n"
    closing = ""
    for rule in rules:
        said = translate_explanation(words, rule)
        yield f'{opening}<dt id="rule-{rule.code}">{rule.code}: {to_html(said.summary)}</dt>\n'
        yield f"<dd>{to_html(capitalize_first(said.why))}</dd>\n"
        opening, closing = "", "</dl>\n</section>\n"
    yield closing


def _find_rule_area(finding: Finding) -> str:
    """The letters that open the code."""
    letters = _LETTERS.match(finding.code)
    return letters[0] if letters else finding.code


def _find_area_title(area: str, words: Words) -> str:
    title = words.areas.get(area) or (AREAS[area][1] if area in AREAS else area)
    return title.partition(":")[0]
