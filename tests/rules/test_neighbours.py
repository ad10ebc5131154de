"""Every rule beside its own examples: what it finds there, what it reacts to, and that nothing makes it crash."""

import importlib.util
import re
from pathlib import Path

from tests.profiles import some

from untoc_network.rules.catalogue import catalogue

ROOT = Path(__file__).parent.parent.parent
_SPEC = importlib.util.spec_from_file_location("build_neighbours", ROOT / "tools/build_neighbours.py")
SCRIPT = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(SCRIPT)
KNOWN = {
    entry[:5]: entry.removesuffix("\n")
    for entry in re.split(r"^(?=\S)", SCRIPT.NEIGHBOURS.read_text("utf-8"), flags=re.MULTILINE)[1:]
}


def test_a_rule_reacts_to_one_change_beside_its_examples_as_is_written_down(subtests):
    for rule in some(catalogue()):
        with subtests.test(rule.code):
            assert SCRIPT.summary(rule) == KNOWN[rule.code]


def test_no_other_rules_are_written_down():
    assert list(KNOWN) == [rule.code for rule in catalogue()]


def test_a_reaction_that_changes_alone_changes_what_is_written_down():
    finds, reacts = [{"at": "/a/0"}], {"/a/0/b": {"absent": [], "twice": ["/a/0", "/a/1"]}}
    line = SCRIPT._line("fails", finds, reacts)
    assert line.startswith("  fails: finds /a/0 | fewer at a.b | more at a.b | 2 reactions ")
    moved = {"/a/0/b": {"absent": [], "twice": ["/a/0", "/a/2"]}}
    assert SCRIPT._line("fails", finds, moved)[:-12] == line[:-12]
    assert SCRIPT._line("fails", finds, moved) != line
