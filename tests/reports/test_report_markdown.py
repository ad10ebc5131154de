"""Markdown: readable as it stands and as it is shown, and nothing that a register can steer."""

import pytest
from markdown_it import MarkdownIt

from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_markdown import render_markdown
from untoc_network.reports.report_text import Checked


def finding(message="m", code="RF002", severity=Severity.ERROR, **more):
    return Finding(code=code, slug="dangling-reference", severity=severity, message=message, **more)


def text_of(*findings, checked=None):
    return "".join(render_markdown(Report(findings), checked=checked))


PLACE = Location(pointer="/organizations/0/parent_id", line=10, column=17, file="r.json")


def test_a_report_is_a_heading_a_table_and_lists():
    found = finding("no record has the id 'lost'", hint="add it", basis=Basis(document="rules"), subject="xa-ngo", location=PLACE)  # fmt: skip
    info = finding("it is so", "SR009", Severity.INFO)
    assert text_of(found, info, info, checked=Checked(on="2022-03-28", records=1, rules=7)) == (
        "## 1 error, 0 warnings, 2 infos\n\n"
        "1 record checked by 7 rules on 2022-03-28\n\n"
        "| Severity | Rule | Findings |\n|---|---|---:|\n"
        "| **error** | RF002 dangling reference | 1 |\n"
        "| info | SR009 dangling reference | 2 |\n\n"
        "**the document**\n\n"
        "- info SR009\\\n  it is so\n"
        "- info SR009\\\n  it is so\n\n"
        "### `r.json`\n\n"
        "**organizations\\[0\\]** `xa-ngo`\n\n"
        "- **error** RF002 (line 10, column 17, `organizations[0].parent_id`)\\\n"
        "  no record has the id 'lost'\\\n"
        "  *Hint:* add it\\\n"
        "  *Basis:* rules\n"
    )


def test_a_clean_report_is_its_heading():
    assert text_of() == "## 0 errors, 0 warnings, 0 infos\n"


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("a|b", "a&#124;b"),
        ("a & b &lt;", "a &amp; b &amp;lt;"),
        ("*a* _b_ ~c~ `d` $e$ <f> [g](h) \\", r"\*a\* \_b\_ \~c\~ \`d\` \$e\$ \<f\> \[g\](h) \\"),
        ("ask @team about #12", "ask `@team` about `#12`"),
        ("see 'HTTPS://example.org/a|b'", "see `'HTTPS://example.org/a`&#124;b'"),
        ("www.example.org mailto:x", "`www.example.org` `mailto:x`"),
        ("`@`` x", "``` `@`` ``` x"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("=== no heading", r"\=== no heading"),
        ("# no heading", "`#` no heading"),
        ("in 2022-03. So", "in 2022-03. So"),
        ("a\n\n  b", r"a\u{a}\u{a} b".replace("\\", "\\\\")),
    ],
)
def test_what_has_a_meaning_is_escaped(message, written):
    assert text_of(finding(message)).endswith(f"- **error** RF002\\\n  {written}\n")


def test_what_github_would_link_or_notify_stands_as_code():
    live = ["@octocat", "octo/repo#1", "#1", "https://example.org", "www.example.org", "a@example.org"]
    tokens = MarkdownIt("commonmark").parse(text_of(finding(" ".join(live))))
    code = [
        child.content for token in tokens if token.children for child in token.children if child.type == "code_inline"
    ]
    assert code == live
