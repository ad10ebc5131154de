"""JUnit XML: what the test pages of CI systems make of it."""

import junitparser

from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.reports.report_junit import render_junit
from untoc_network.reports.report_text import Checked

ERROR = Finding(
    code="RF002",
    slug="dangling-reference",
    severity=Severity.ERROR,
    message="no record has the id 'a<b'",
    hint="add it",
    basis=Basis(document="rules"),
    subject="xa-ngo",
    location=Location(pointer="/organizations/0/parent_id", line=10, column=17, file="a.json"),
)
INFO = Finding(
    code="SR009", slug="s", severity=Severity.INFO, message="it rests on memory", location=Location(file="b.json")
)


def text_of(*findings, checked=None):
    return "".join(render_junit(Report(findings), checked=checked))


def test_an_input_is_a_suite_and_a_finding_a_test():
    assert text_of(ERROR, INFO, checked=Checked(on="2022-03-28", records=3, rules=7, inputs=2)) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="untoc-network" tests="2" failures="1" errors="0" skipped="1">\n'
        '  <testsuite name="a.json" tests="1" failures="1" errors="0" skipped="0">\n'
        "    <properties>\n"
        '      <property name="on" value="2022-03-28"/>\n'
        '      <property name="records" value="3"/>\n'
        '      <property name="rules" value="7"/>\n'
        '      <property name="inputs" value="2"/>\n'
        "    </properties>\n"
        '    <testcase classname="a.json" name="RF002 xa-ngo organizations[0].parent_id" file="a.json" line="10">\n'
        '      <failure type="RF002" message="error: no record has the id &#x27;a&lt;b&#x27;">'
        "no record has the id 'a&lt;b'\n"
        "at a.json:10:17 organizations[0].parent_id\n"
        "rule: dangling-reference\n"
        "hint: add it\n"
        "basis: rules</failure>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="b.json" tests="1" failures="0" errors="0" skipped="1">\n'
        "    <properties>\n"
        '      <property name="on" value="2022-03-28"/>\n'
        '      <property name="records" value="3"/>\n'
        '      <property name="rules" value="7"/>\n'
        '      <property name="inputs" value="2"/>\n'
        "    </properties>\n"
        '    <testcase classname="b.json" name="SR009" file="b.json">\n'
        '      <skipped type="SR009" message="info: it rests on memory">it rests on memory\n'
        "at b.json\n"
        "rule: s</skipped>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_a_clean_report_is_one_test_that_passed():
    assert text_of() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="untoc-network" tests="1" failures="0" errors="0" skipped="0">\n'
        '  <testsuite name="register" tests="1" failures="0" errors="0" skipped="0">\n'
        '    <testcase classname="register" name="no findings"/>\n'
        "  </testsuite>\n"
        "</testsuites>\n"
    )
    (suite,) = junitparser.JUnitXml.fromstring(text_of().encode())
    (case,) = suite
    assert case.is_passed


def test_what_stands_in_no_file_is_in_the_suite_of_the_register():
    place = Location(pointer="/a", line=2)
    bare = Finding(code="A1", slug="a", severity=Severity.WARNING, message="m", location=place)
    assert '  <testsuite name="register" tests="1" failures="0" errors="0" skipped="1">\n' in text_of(bare)
    assert '<testcase classname="register" name="A1 a" line="2">' in text_of(bare)
    assert "at 2 a\n" in text_of(bare)


def test_what_xml_cannot_hold_is_written_out():
    wild = Finding(code="A1", slug="a", severity=Severity.ERROR, message='\x00 ]]> \ufffe "\n')
    (suite,) = junitparser.JUnitXml.fromstring(text_of(wild).encode())
    (case,) = suite
    assert case.result[0].message == 'error: \\u{0} ]]> \\u{fffe} "\\u{a}'
    assert case.result[0].text.startswith('\\u{0} ]]> \\u{fffe} "\\u{a}\n')
