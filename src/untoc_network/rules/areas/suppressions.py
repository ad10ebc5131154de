"""XX: the checks themselves: rules that crash, and findings that are accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations
from untoc_network.rules.rule import Context, Violation, rule, violation


@rule(
    "XX002",
    on=object,
    severity=Severity.ERROR,
    message="no rule has the code '{code}'",
    hint="write the code of a rule, such as EV012",
    basis=citations.TOLD,
    fields=("accepted",),
)
def unknown_suppression(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """An acceptance names a rule that exists.

    Why: a misspelt code accepts nothing, and the finding comes back.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR001", "reason": "known to all"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR999", "reason": "known to all"}]}]}
    """
    for record in records:
        for position, acceptance in enumerate(getattr(record, "accepted", ())):
            if acceptance.rule not in context.codes:
                yield violation(record, "accepted", position, "rule", code=acceptance.rule)


@rule(
    "XX003",
    on=object,
    severity=Severity.WARNING,
    message="the acceptance of {code} expired on {until:day}",
    hint="correct what was accepted, or accept it again until a later day",
    needs_day=True,
    basis=citations.TOLD,
    fields=("accepted",),
)
def expired_suppression(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """An acceptance has not expired on the day.

    Why: what was accepted for a while should be looked at again.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR001", "reason": "known to all", "until": "2027-12-31"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR001", "reason": "known to all", "until": "2024-12-31"}]}]}
    """
    for record in records:
        for position, acceptance in enumerate(getattr(record, "accepted", ())):
            if not acceptance.holds(context.day):
                yield violation(
                    record, "accepted", position, "until", code=acceptance.rule, until=acceptance.until or ""
                )
