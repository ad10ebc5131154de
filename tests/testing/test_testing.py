"""What is offered for users' tests."""

import importlib
import sys

import pytest

import untoc_network.testing


def test_without_hypothesis_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    with pytest.raises(ModuleNotFoundError) as missing:
        importlib.reload(untoc_network.testing)
    assert str(missing.value) == (
        'untoc_network.testing draws examples with hypothesis: pip install "untoc-network[testing]"'
    )
