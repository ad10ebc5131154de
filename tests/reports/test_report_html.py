"""The page as text: what it holds. How it behaves is tested in a browser."""

import re
from importlib import resources

from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_html import render_html
from untoc_network.reports.report_text import Checked


def finding(code="RF002", slug="dangling-reference", severity=Severity.ERROR, message="it's <lost>", **more):
    return Finding(code=code, slug=slug, severity=severity, message=message, **more)


FULL = finding(
    hint="add it",
    basis=Basis(document="rules"),
    subject="xa-ngo",
    location=Location(pointer="/organizations/0/parent_id", line=10, column=17, file="r.json"),
)


def page_of(*findings, checked=None):
    return "".join(render_html(Report(findings), checked=checked))


def test_a_finding_stands_under_its_record_and_file():
    assert (
        '<section class="file">\n<h2><bdi>r.json</bdi></h2>\n'
        '<section class="record">\n<h3><code>organizations[0]</code> <bdi>xa-ngo</bdi></h3>\n<ul>\n'
        '<li class="finding error" data-severity="error" data-area="RF">\n'
        '<p><strong class="severity">error</strong> <a href="#rule-RF002">RF002</a>'
        " <bdi>it&#x27;s &lt;lost&gt;</bdi></p>\n"
        '<p class="where">line 10, column 17: <code>organizations[0].parent_id</code></p>\n'
        '<p class="hint">Hint: <bdi>add it</bdi></p>\n'
        '<p class="basis">Basis: <bdi>rules</bdi></p>\n'
        "</li>\n</ul>\n</section>\n</section>\n"
    ) in page_of(FULL)


def test_what_is_not_known_is_left_out():
    assert (
        '<section class="file">\n<h2><bdi>Findings</bdi></h2>\n'
        '<section class="record">\n<h3><code>the document</code></h3>\n<ul>\n'
        '<li class="finding info" data-severity="info" data-area="ACME">\n'
        '<p><strong class="severity">info</strong> ACME1 <bdi>m</bdi></p>\n'
        "</li>\n</ul>\n</section>\n</section>\n"
    ) in page_of(finding("ACME1", "our-own", Severity.INFO, "m"))


def test_a_line_without_column_and_a_place_without_line_are_told():
    assert '<p class="where">line 3</p>' in page_of(finding(location=Location(line=3)))
    assert '<p class="where"><code>title</code></p>' in page_of(finding(location=Location(pointer="/title")))


def test_each_area_can_be_chosen_by_its_name():
    page = page_of(finding(), finding("ACME1", "our-own"), finding("RF001", "x"), finding("1", "x"))
    assert re.findall(r'<option value="(.*?)">(.*?)</option>', page) == [
        ("", "all areas"),
        ("1", "1"),
        ("ACME", "ACME"),
        ("RF", "References"),
    ]


def test_the_filter_says_how_many_findings_of_each_severity_there_are():
    page = page_of(finding(), finding(), finding(severity=Severity.INFO))
    assert re.findall(r'<span class="severity">(\w+)</span> <span class="muted">(\d+)</span>', page) == [
        ("error", "2"),
        ("warning", "0"),
        ("info", "1"),
    ]


def test_rules_of_the_library_that_were_broken_are_explained_once():
    page = page_of(finding(), finding(), finding("ACME1", "our-own"), finding("RF001", "not-ours"))
    assert re.findall(r'<dt id="rule-(\w+)">', page) == ["RF002"]
    assert "<dd>A reference to nothing cannot be followed, counted or shown.</dd>" in page
    assert re.findall(r'href="#rule-(\w+)"', page) == ["RF002", "RF002"]
    assert "<dt" not in page_of(finding("ACME1", "our-own"))


def test_the_head_sums_up_what_was_checked():
    page = page_of(FULL, checked=Checked(on="2022-03-28", records=1, rules=7))
    assert "<title>untoc-network: 1 error, 0 warnings, 0 infos</title>" in page
    assert (
        "<header>\n<h1>1 error, 0 warnings, 0 infos</h1>\n"
        '<p class="muted">1 record checked by 7 rules on 2022-03-28</p>\n</header>\n'
    ) in page


def test_nothing_in_the_page_ends_its_own_script_or_style():
    for name in (
        "page.js",
        *(path.name for path in resources.files("untoc_network.reports").iterdir() if path.suffix == ".css"),
    ):
        text = (resources.files("untoc_network.reports") / name).read_text("utf-8")
        assert "</" not in text
        assert "<!--" not in text
        assert "http" not in text
        assert "url(" not in text.replace("url(#hatch)", "")
