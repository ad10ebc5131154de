"""The codes of draws are explained, and the examples of those that look at an outcome do what they say."""

import json

import pytest

import untoc_network_lots as lots
from untoc_network.cli.main import main
from untoc_network_lots.codes import SLUGS, explained
from untoc_network_lots.draw_record import Review
from untoc_network_lots.record_reader import from_plain
from untoc_network_lots.verification import to_finding

from .conftest import party

OF_OUTCOMES = [code for code in explained() if code.code < "LT020"]
PARTIES = [party(code, "south" if code in ("XC", "XD") else "north", ("UNTOC",)) for code in
           ("XA", "XB", "XC", "XD", "XE", "XF")]  # fmt: skip


def read(cls, items, problems):
    return tuple(from_plain(cls, item, (), problems) for item in items)


def told(text):
    """The codes told of an example among the parties that it names, but that some of them are not reviewed."""
    document, problems = json.loads(text), []
    reviews = read(Review, document.pop("reviews"), problems)
    stated = {one.code: one for one in read(lots.Participant, document.pop("participants", ()), problems)}
    kinds = {"redraws": lots.Redraw, "deferrals": lots.Deferral, "exclusions": lots.Exclusion,
             "kept": lots.KeptReviewers}  # fmt: skip
    more = {name: read(kinds[name], items, problems) for name, items in document.items()}
    assert problems == []
    inputs = lots.Inputs(
        participants=tuple(stated.get(one.code, one) for one in PARTIES if one.code in text),
        terms=lots.Terms.usual(with_analogies=True), **more,
    )  # fmt: skip
    found = lots.violations(inputs, reviews)
    return {to_finding(one).code for one in found if one.rule != "L1" or len(one.place) > 1}


@pytest.mark.parametrize("code", OF_OUTCOMES, ids=lambda code: code.code)
def test_the_examples_pass_and_fail(code):
    assert code.code not in told(code.passes)
    assert code.code in told(code.fails)


def test_every_code_is_explained_and_those_of_the_table_say_what_they_rest_on():
    assert [(code.code, code.slug) for code in explained()] == list(SLUGS.items())
    without = [code.code for code in explained() if code.basis is None]
    assert without == ["LT013", "LT014", "LT020", "LT021", "LT022", "LT023", "LT024", "LT025", "LT026", "LT027"]


@pytest.mark.parametrize("named", ["LT002", "lt002", "mutual-reviews-drawn"])
def test_a_code_is_explained_on_the_command_line(named, capsys):
    assert main(["explain", named]) == 0
    out = capsys.readouterr().out
    assert out.startswith("LT002 mutual-reviews-drawn (error, since 0.1)\n\nNo two States review each other.\n")
    assert main(["explain", named, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["basis"]["provision"] == "rule L2"
