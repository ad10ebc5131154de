"""What readers, importers, exports and merges can say is data, and each code is found under its slug."""

import importlib

import pytest

from untoc_network.diagnostics.code import Code, Explanation
from untoc_network.diagnostics.findings import Severity
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.rule import Rule


@pytest.mark.parametrize("code", [each for each in catalogue() if isinstance(each, Code)], ids=lambda each: each.code)
def test_a_code_stands_in_its_module_under_its_slug(code):
    module, name = code.home
    assert getattr(importlib.import_module(module), name) is code
    assert name.replace("_", "-") == code.slug


def test_a_code_looks_at_no_record_and_needs_no_day():
    code = Code(
        module="m",
        code="ZZ001",
        slug="it-is-so",
        severity=Severity.INFO,
        message="{value} is odd",
        statement="It is so.",
        why="it must be.",
        passes="a",
        fails="b",
    )
    assert (code.on, code.needs_day, code.area, code.home) == (None, False, "ZZ", ("m", "it_is_so"))
    assert code.explanation == Explanation(statement="It is so.", why="it must be.", passes="a", fails="b")
    assert code.finding((), {"value": 1}).message == "1 is odd"
    assert "must" not in repr(code)


def test_what_runs_is_a_rule_and_all_else_is_a_code():
    assert {type(each) for each in catalogue()} == {Code, Rule}
    assert {each.code for each in catalogue() if each.on is None} == {
        each.code for each in catalogue() if isinstance(each, Code)
    }
