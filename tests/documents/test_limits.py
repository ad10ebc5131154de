"""Bounds that hold whatever the embedding program does."""

import attrs
import pytest

from untoc_network.documents.limits import Limits
from untoc_network.errors import ImpossibleValue


@pytest.mark.parametrize("depth", [0, -1, 201])
def test_a_depth_that_python_could_not_bear_is_refused_even_with_validators_switched_off(depth):
    with attrs.validators.disabled(), pytest.raises(ImpossibleValue, match=r"^max_depth lies between 1 and 200$"):
        Limits(max_depth=depth)


def test_the_ends_of_the_range_are_allowed():
    assert (Limits(max_depth=1).max_depth, Limits(max_depth=200).max_depth, Limits().max_depth) == (1, 200, 64)
