"""The catalogue, and finding a rule in it."""

import pytest

from untoc_network.diagnostics.codes.checks import rule_crashed
from untoc_network.diagnostics.errors import UnknownRule
from untoc_network.rules.catalogue import AREAS, catalogue, get_rule


def test_the_catalogue_is_one_and_in_the_order_of_codes():
    assert catalogue() is catalogue()
    codes = [rule.code for rule in catalogue()]
    assert codes == sorted(set(codes))
    assert {code[:2] for code in codes} == set(AREAS)
    assert rule_crashed in catalogue()


@pytest.mark.parametrize("name", ["IO001", "io001", " IO001 ", "missing-field", "Missing-Field"])
def test_a_rule_is_found_by_code_or_slug_in_any_case(name):
    assert get_rule(name).code == "IO001"


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("IO0001", "there is no rule 'IO0001'; did you mean IO001?"),
        (
            "mising-field",
            "there is no rule 'mising-field'; did you mean missing-field?",
        ),
        ("qqqqqqqq", "there is no rule 'qqqqqqqq'"),
        ("", "there is no rule ''"),
    ],
)
def test_a_name_without_a_rule_is_refused_with_the_nearest(name, problem):
    with pytest.raises(UnknownRule) as unknown:
        get_rule(name)
    assert str(unknown.value) == problem
