"""Every rule beside its own examples: what it finds there, what it reacts to, and that nothing makes it crash."""

import importlib.util
import json
from pathlib import Path

import pytest

from untoc_network.rules.catalogue import catalogue

ROOT = Path(__file__).parent.parent.parent
_SPEC = importlib.util.spec_from_file_location("build_neighbours", ROOT / "tools/build_neighbours.py")
SCRIPT = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(SCRIPT)
KNOWN = json.loads(SCRIPT.NEIGHBOURS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", [pytest.param(rule, id=f"{rule.code}-{rule.slug}") for rule in catalogue()])
def test_a_rule_reacts_to_one_change_beside_its_examples_as_is_written_down(rule):
    assert SCRIPT.of_rule(rule) == KNOWN[rule.code]


def test_no_other_rules_are_written_down():
    assert list(KNOWN) == [rule.code for rule in catalogue()]
