"""What a rule is: its name, its docstring, and the findings made of it."""

import pickle
import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, strategies as st
from tests.measuring import untraced

from untoc_network.diagnostics.code import Explanation, escape_unprintable, mask_key, to_message_text
from untoc_network.diagnostics.findings import Basis, Certainty, Severity
from untoc_network.model.organization_and_person import Organization
from untoc_network.rules import citations
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.rule import rule, violation
from untoc_network.serializers import schema


@rule(
    "ZZ001",
    on=Organization,
    severity=Severity.WARNING,
    message="'{value}' is odd",
    hint="not '{value}'",
    requires_complete=True,
)
def value_is_even(organizations, context):
    r"""A value is even,
    not odd.

    Why: odd ones
    fall over.

    Passes:
        {"a": 2}

    Fails:
        {"a": 1}
    """


def test_a_rule_is_named_by_its_function_and_code():
    assert (value_is_even.slug, value_is_even.area, value_is_even.since) == ("value-is-even", "ZZ", "0.1")
    assert "function" not in repr(value_is_even)


def test_a_docstring_has_four_parts():
    assert value_is_even.explanation == Explanation(
        statement="A value is even,\nnot odd.", why="odd ones\nfall over.", passes='{"a": 2}', fails='{"a": 1}'
    )
    assert value_is_even.explanation.summary == "A value is even, not odd"


def test_a_part_that_a_docstring_lacks_is_empty():
    @rule("ZZ002", on=Organization, severity=Severity.ERROR, message="no")
    def truth():
        """Just this."""

    @rule("ZZ003", on=Organization, severity=Severity.ERROR, message="no")
    def bare():
        pass

    assert truth.explanation == Explanation(statement="Just this.", why="", passes="", fails="")
    assert bare.explanation == Explanation(statement="", why="", passes="", fails="")
    assert (truth.on, truth.severity, truth.hint) == (Organization, "error", None)
    assert truth.finding((), {}).hint is None


def test_a_docstring_that_python_left_out_is_read_in_the_source():
    def documented(organizations, context):
        """It is so.

        Why: it must be.
        """

    def bare(organizations, context):
        pass

    told = rule("ZZ002", on=Organization, severity=Severity.ERROR, message="no")
    documented.__doc__ = None
    assert told(documented).explanation == Explanation(statement="It is so.", why="it must be.", passes="", fails="")
    nothing = Explanation(statement="", why="", passes="", fails="")
    scope = {}
    exec("def without_source(organizations, context): pass", scope)
    a_lambda = lambda *_: None  # noqa: E731
    assert [told(one).explanation for one in (bare, a_lambda, scope["without_source"])] == [nothing] * 3


def test_no_explanation_is_lost_where_python_leaves_docstrings_out():
    told = (
        "import sys; from untoc_network.rules.catalogue import catalogue; from untoc_network.serializers import schema\n"
        "sys.stdout.buffer.write(repr([[one.explanation for one in catalogue()], schema.register_schema()]).encode())"
    )
    without = subprocess.run([sys.executable, "-OO", "-c", told], env=untraced(), capture_output=True, check=True)
    assert without.stdout.decode() == repr([[one.explanation for one in catalogue()], schema.register_schema()])


@pytest.mark.parametrize(
    ("example", "laid_out"),
    [
        ('{"a": [1]}', '{\n  "a": [\n    1\n  ]\n}'),
        ('{"a": 1,}', '{"a": 1,}'),
        ('{"a": 1, "a": 2}', '{"a": 1, "a": 2}'),
        ('{"a": NaN}', '{\n  "a": NaN\n}'),
        ('{"a": "é"}', '{\n  "a": "é"\n}'),
    ],
)
def test_an_example_is_laid_out_unless_it_would_change(example, laid_out):
    explained = Explanation(statement="", why="", passes=example, fails="x")
    assert explained.examples == (("passes", laid_out), ("fails", "x"))


def test_a_finding_is_the_rule_at_a_place():
    made = value_is_even.finding(("a", 0), {"value": "x{y}"}, line=1, column=2, subject="s", severity=Severity.INFO)
    assert made.to_dict() == {
        "code": "ZZ001",
        "slug": "value-is-even",
        "severity": "info",
        "message": "'…' is odd",
        "hint": "not '…'",
        "pointer": "/a/0",
        "line": 1,
        "column": 2,
        "subject": "s",
        "params": {"value": "…"},
    }
    assert made.from_absence
    assert value_is_even.finding((), {"value": 3}).severity == "warning"


@pytest.mark.parametrize(
    ("own", "certainty", "told"),
    [
        ("error", "seen", "error"),
        ("error", "recalled", "warning"),
        ("warning", "recalled", "warning"),
        ("info", "recalled", "info"),
    ],
)
def test_what_rests_on_what_is_only_recalled_is_a_warning_at_most(own, certainty, told):
    basis = Basis(document="resolution 9/1", certainty=Certainty(certainty))
    by_its_rule = rule("ZZ002", on=Organization, severity=Severity(own), message="odd", basis=basis)(lambda *_: None)
    assert (by_its_rule.finding((), {}).severity, by_its_rule.finding((), {}).basis) == (told, basis)
    by_itself = rule("ZZ002", on=Organization, severity=Severity(own), message="odd")(lambda *_: None)
    assert (by_itself.finding((), {}, basis=basis).severity, by_itself.finding((), {}).severity) == (told, own)


def test_a_finding_does_not_cite_the_laws_of_the_library():
    lawful = rule("ZZ002", on=Organization, severity=Severity.ERROR, message="odd", basis=citations.TIME)(
        lambda *_: None
    )
    assert (lawful.cited, lawful.finding((), {}).basis) == (None, None)


def test_a_key_that_is_no_name_is_told_by_its_length_only():
    assert [mask_key(key) for key in ("kind", "a b", "é", "x" * 41)] == [
        "kind",
        "[3 characters]",
        "[1 characters]",
        "[41 characters]",
    ]
    assert escape_unprintable("a\u2029b") == "a\\u{2029}b"


def test_a_rule_is_pickled_as_its_name():
    for each in catalogue():
        assert pickle.loads(pickle.dumps(each)) is each


def test_what_a_rule_found_is_a_place_and_parameters():
    one = violation("record", "links", 0, value=1)
    assert (one.record, one.path, one.params) == ("record", ("links", 0), {"value": 1})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain ñ 漢 😀", "plain ñ 漢 😀"),
        (-5, "-5"),
        ("a\nb\tc\x1b[31m", "a\\u{a}b\\u{9}c\\u{1b}[31m"),
        ("a\u202eb\u2028\u200b\ufeff\ud800\ue000", "a\\u{202e}b\\u{2028}\\u{200b}\\u{feff}\\u{d800}\\u{e000}"),
        ("x" * 120, "x" * 120),
        ("x" * 121, "x" * 120 + "…"),
    ],
)
def test_a_value_is_shown_on_one_line_without_what_could_steer_a_terminal(value, text):
    assert to_message_text(value) == text


@given(st.text(st.characters(), max_size=200))
def test_whatever_is_shown_can_be_printed_on_one_line(value):
    assert all(letter.isprintable() or unicodedata.category(letter) == "Zs" for letter in to_message_text(value))
    assert len(f"[{to_message_text(value)}]".splitlines()) == 1
    to_message_text(value).encode()
