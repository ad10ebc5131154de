"""XX: what the checks say of themselves."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

rule_crashed = _code(
    code="XX001",
    slug="rule-crashed",
    severity=Severity.ERROR,
    message="the rule {code} ({slug}) stopped with an error: {error}",
    hint=(
        "the rule has a fault, or a value made in Python has another type than its field; leave {code} out "
        "to run the other rules"
    ),
    basis=citations.TOLD,
    statement="Every rule runs to its end.",
    why="a rule that crashes must not hide what the others found, nor pass for a clean result.",
    passes='{"title": {"en": "A register on which no rule crashes"}}',
    fails='{"title": {"en": "Only a faulty rule can break this one"}}',
)

unused_suppression = _code(
    code="XX004",
    slug="unused-suppression",
    severity=Severity.INFO,
    message="the acceptance of {code} is no longer needed: the rule finds nothing here",
    hint="delete the acceptance",
    basis=citations.TOLD,
    statement="An acceptance covers a finding that its rule still has.",
    why="an acceptance that is no longer needed would hide the next finding of the same rule.",
    passes='{"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR001", "reason": "known to all"}]}]}',
    fails='{"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "sources": [{"source_id": "note"}], "accepted": [{"rule": "SR001", "reason": "known to all"}]}]}',
)

missing_day = _code(
    code="XX005",
    slug="missing-day",
    severity=Severity.INFO,
    message="these rules did not run, because no day was given: {rules}",
    hint=(
        "give the day for which the register is to be checked; without it, nothing that has expired or is late is found"
    ),
    basis=citations.TOLD,
    statement="A register is checked for a given day wherever rules need one.",
    why=(
        "without a day, a consent that expired years ago passes for one in force, and nothing is late. The "
        "library reads no clock, so that whoever asks for the check gives the day."
    ),
    passes='{"title": {"en": "A register that is judged on a day"}}',
    fails='{"title": {"en": "An example would have to be judged on no day; the tests do so"}}',
)

findings_left_out = _code(
    code="XX006",
    slug="findings-left-out",
    severity=Severity.INFO,
    message="{number:more finding|more findings} of rule {rule} left out here",
    hint=(
        "correct those that are shown; many of one kind often come from one mistake in the program that wrote the file"
    ),
    basis=citations.TOLD,
    statement="The findings of each rule are few enough to be told one by one.",
    why="of a fault in every record the first thousand tell enough, and all of them would fill the memory.",
    passes='{"title": {"en": "A register with few findings"}}',
    fails='{"title": {"en": "An example would have to have a thousand faults of one kind; the tests make one"}}',
)
