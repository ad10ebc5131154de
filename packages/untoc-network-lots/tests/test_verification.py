"""Verification: every record passes, and every change of a single field is found and placed."""

import copy
import json

import attrs
import pytest
from tests.profiles import some

import untoc_network_lots as lots
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network_lots.draw_record import mark_input_parts

from .conftest import eight


@pytest.fixture(scope="module")
def tiny():
    """Six States with everything that can be asked for, so that every field of a record has a value."""
    inputs = attrs.evolve(
        eight(),
        participants=tuple(one for one in eight().participants if one.code not in ("XD", "XH")),
        preferences=(lots.Preference(name="language", traits=(lots.Trait(state="XA", values=("pt",)),) * 1),),
        own_limits=(lots.OwnLimit(state="XA", max_reviewers=3),),
        own_loads=(lots.OwnLoad(state="XB", least=0, most=4),),
        exclusions=(lots.Exclusion(state="XA", reviewer="XE"),),
        deferrals=(lots.Deferral(reviewer="XF", review_group=1),),
    )
    return json.loads(lots.draw(inputs, seed="tiny").to_json())


@pytest.fixture(scope="module")
def plain(small):
    return json.loads(small.to_json())


def leaves(value, path=()):
    if isinstance(value, dict):
        for name in value:
            yield from leaves(value[name], (*path, name))
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield from leaves(item, (*path, at))
    else:
        yield path, value


def at(document, path):
    for token in path:
        document = document[token]
    return document


def changed(document, path, value):
    copied = copy.deepcopy(document)
    at(copied, path[:-1])[path[-1]] = value
    return copied


def other_than(value):
    if isinstance(value, int):
        return value + 1
    if len(value) in (16, 64) and set(value) <= set("0123456789abcdef"):
        return ("0" if value[0] != "0" else "1") + value[1:]
    return {"XA": "XB", "TIP": "UNTOC", "UNTOC": "TIP", "north": "south", "same-group": "other-group"}.get(value, "XA")


def pointers(report):
    return [finding.pointer for finding in report]


def test_records_verify(small, real, plain):
    assert lots.verify(small).ok
    assert lots.verify(plain).ok
    report = lots.verify(json.loads(real.to_json()), digest=real.digest)
    assert [(finding.code, finding.severity) for finding in report] == [("LT025", "warning")], "one drew alone"


def test_every_change_of_a_single_field_is_found(tiny):
    fields = list(leaves(tiny))
    missed = [path for path, value in some(fields) if lots.verify(changed(tiny, path, other_than(value))).ok]
    assert (missed, len(fields) > 300) == ([], True)


def test_every_part_that_is_taken_away_or_doubled_is_found(plain):
    containers = [(), ("seed",), ("inputs",), ("tickets",), ("tickets", 12), ("reviews",), ("reviews", 3), ("marks",)]
    for path in containers:
        container = at(plain, path)
        for key in list(container) if isinstance(container, dict) else range(len(container)):
            copied = copy.deepcopy(plain)
            del at(copied, path)[key]
            assert not lots.verify(copied).ok, (*path, key)
        if isinstance(container, list):
            copied = copy.deepcopy(plain)
            at(copied, path).append(copied and container[0])
            assert not lots.verify(copied).ok, path
        else:
            assert not lots.verify(changed(plain, (*path, "more"), "x")).ok


def test_an_empty_part_that_the_record_does_not_have_is_found(plain):
    report = lots.verify(changed(plain, ("inputs", "kept"), []))
    assert "/inputs/kept" in pointers(report)


def test_a_change_in_a_ticket_is_placed(plain):
    number = next(n for n, ticket in enumerate(plain["tickets"]) if ticket["purpose"] == "reviewer")
    drawn = plain["tickets"][number]["drawn"][0]
    report = lots.verify(changed(plain, ("tickets", number, "drawn", 0), "XZ"))
    (finding,) = report
    assert (finding.code, finding.pointer) == ("LT023", f"/tickets/{number}/drawn/0")
    assert finding.message == f'the record states "XZ", but seed and inputs give "{drawn}"'


def test_a_change_of_the_inputs_is_placed(plain):
    report = lots.verify(changed(plain, ("inputs", "participants", 2, "regional_group"), "east"))
    assert report.findings[0].code == "LT022"
    assert "/inputs/participants/2" in pointers(report)
    report = lots.verify(changed(plain, ("inputs", "terms", "max_reviewers", "source"), "nowhere"))
    assert pointers(report) == ["/inputs/terms/max_reviewers"]


def test_a_changed_secret_is_placed_by_its_commitment(plain):
    report = lots.verify(changed(plain, ("seed", "contributions", 0, "secret"), "other"))
    assert [(one.code, one.pointer) for one in report] == [("LT021", "/seed"), ("LT021", "/seed/contributions/0")]


def test_a_record_made_anew_as_a_whole_is_sound_and_has_another_digest(small):
    forged = lots.draw(small.inputs, seed="chosen")
    assert lots.verify(forged).ok
    (finding,) = lots.verify(forged, digest=small.digest)
    assert (finding.code, finding.pointer) == ("LT024", "/digest")


def test_a_reviewer_that_was_swapped_breaks_rules_too(plain):
    review = plain["reviews"][0]
    report = lots.verify(changed(plain, ("reviews", 0, "reviewers", 0, "state"), review["state"]))
    assert {"LT001", "LT023"} <= {finding.code for finding in report}
    rule = next(finding for finding in report if finding.code == "LT001")
    assert str(rule.basis) == "drawing of lots, rule L1"
    assert rule.subject == review["state"]


def test_no_more_than_25_differences_are_listed_and_the_rest_is_counted(small):
    other = lots.draw(small.inputs, seed="other")
    mixed = to_dict(small) | {"tickets": to_dict(other.tickets), "reviews": to_dict(other.reviews)}
    report = lots.verify(mixed)
    listed = [finding for finding in report if finding.code == "LT023"]
    assert len(listed) == 26
    assert listed[0].message.startswith("the record differs in ")


def test_inputs_that_cannot_be_drawn_are_said_so(small):
    inputs = to_dict(attrs.evolve(small.inputs, terms=small.inputs.terms.with_number("max_reviewers", 1, source="x")))
    report = lots.verify(to_dict(small) | {"inputs": inputs, "marks": list(mark_input_parts(inputs))})
    assert [finding for finding in report if finding.message.startswith("seed and inputs give no draw: no draw can")]


@pytest.mark.parametrize("document", [[], "x", None, 3, {}, {"format": "other"}])
def test_what_is_no_record_is_said_so(document):
    report = lots.verify(document)
    assert {finding.code for finding in report} == {"LT020"}


def test_what_has_not_the_form_is_placed(plain):
    broken = changed(plain, ("tickets", 0, "number"), True)
    broken = changed(broken, ("tickets", 1, "purpose"), "other")
    broken = changed(broken, ("tickets", 2, "candidates"), "XA")
    broken = changed(broken, ("reviews", 0), None)
    broken = changed(broken, ("seed", "value"), "\ud800")
    broken["colour\x1b[31m"] = "red"
    report = lots.verify(broken)
    assert {finding.message for finding in report} >= {
        "expected a whole number",
        "expected one of order-of-groups, review-group, turn, reviewer",
        "expected a list",
        "expected an object",
        "expected a text",
        "no such field is known",
    }


def test_another_format_is_refused(plain):
    (finding,) = lots.verify(plain | {"format": "untoc-network/draw/9"})
    assert (finding.code, finding.pointer, finding.message) == (
        "LT020",
        "/format",
        "expected the format untoc-network/draw/1",
    )


def test_words_from_a_record_cannot_steer_a_terminal(plain):
    report = lots.verify(changed(plain, ("seed", "contributions", 0, "name"), "\x1b[31m"))
    assert any("\\u{1b}[31m" in finding.message for finding in report)
    assert not any("\x1b" in finding.message for finding in report)


def test_inputs_that_cannot_be_are_findings(plain):
    report = lots.verify(changed(plain, ("inputs", "participants", 0, "code"), "XB"))
    assert [(one.code, one.message) for one in report] == [("LT020", "two participants have the same code")]


def test_progress_is_told_while_computing_again(small):
    told = []
    lots.verify(small, progress=lambda done, of: told.append(done))
    assert told[-1] == len(eight().participants)
