"""Numbers as sources give them."""

import pytest

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.stated_count import Count, CountBasis, CountUnit, Qualifier


def count(value, qualifier):
    return Count(value=value, qualifier=Qualifier(qualifier), unit=CountUnit.STAKEHOLDERS, basis=CountBasis.ATTENDED)


@pytest.mark.parametrize(
    ("qualifier", "bounds"),
    [
        ("exact", (20, 20)),
        ("about", (0, float("inf"))),
        ("more-than", (21, float("inf"))),
        ("at-least", (20, float("inf"))),
        ("at-most", (0, 20)),
    ],
)
def test_a_qualifier_bounds_the_true_number(qualifier, bounds):
    assert count(20, qualifier).bounds == bounds


def test_a_count_cannot_be_negative():
    with pytest.raises(ImpossibleValue, match=r"^a count cannot be negative$"):
        count(-1, "exact")
    assert count(0, "exact").bounds == (0, 0)
