"""The list of mutants that no test notices, held together with the code; `tools/mutate_rules.py` makes the mutants."""

import importlib.util
import sys
from pathlib import Path

_SPEC = importlib.util.spec_from_file_location(
    "mutate_rules", Path(__file__).parent.parent.parent / "tools/mutate_rules.py"
)
SCRIPT = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = SCRIPT  # its dataclass looks up its own module
_SPEC.loader.exec_module(SCRIPT)


def test_every_survivor_that_is_listed_can_still_be_made_and_has_its_reason():
    listed = SCRIPT.survivors()
    made = {mutant.key for module in {key[0] for key in listed} for mutant in SCRIPT.mutants(module)}
    assert listed.keys() - made == set()
    assert [key for key, reason in listed.items() if len(reason) < 20] == []


def test_no_survivor_is_listed_twice_and_all_stand_as_the_script_writes_them():
    text = SCRIPT.SURVIVORS.read_text(encoding="utf-8")
    entries = "\n".join(SCRIPT.entry(key, reason) for key, reason in SCRIPT.survivors().items())
    assert text.partition("\n\n")[2] == entries


def test_all_rules_are_mutated():
    assert {key[1] for key in (mutant.key for mutant in SCRIPT.mutants("areas/reviewers"))} >= {
        "self_review",
        "_compare_regional_groups",
        "MOST_REVIEWERS",
    }
    assert sum(1 for module in SCRIPT.modules() for _ in SCRIPT.mutants(module)) > 1500
