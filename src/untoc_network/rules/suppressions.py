"""XX: the checks themselves: rules that crash, and findings that are accepted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.rule import Found, found, reader_rule, rule

if TYPE_CHECKING:
    from untoc_network.rules.context import Context


@reader_rule(
    "XX001",
    says="the rule {code} ({slug}) could not be run to its end: {error}",
    hint="the rule has a fault, or a value made in Python has another type than its field; --ignore {code} runs the others",
    basis=bases.TOLD,
)
def every_rule_runs_to_its_end() -> None:
    """Every rule runs to its end.

    Why: a rule that crashes must not hide what the others found, nor pass for a clean result.

    Passes:
        {"title": {"en": "A register on which no rule crashes"}}

    Fails:
        {"title": {"en": "Only a faulty rule can break this one"}}
    """


@rule(
    "XX002",
    on=object,
    severity=Severity.ERROR,
    says="no rule has the code '{code}'",
    hint="write a code such as EV012; untoc-network rules lists them",
    basis=bases.TOLD,
    holding=("accepted",),
)
def accepted_rule_exists(records: Iterable[Any], context: Context) -> Iterator[Found]:
    """An acceptance names a rule that there is.

    Why: a misspelt code accepts nothing, and the finding comes back.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR001", "reason": "known to all"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR999", "reason": "known to all"}]}]}
    """
    for record in records:
        for position, acceptance in enumerate(getattr(record, "accepted", ())):
            if acceptance.rule not in context.codes:
                yield found(record, "accepted", position, "rule", code=acceptance.rule)


@rule(
    "XX003",
    on=object,
    severity=Severity.WARNING,
    says="the acceptance of {code} expired on {until}",
    hint="mend what was accepted, or accept it anew with a later day",
    needs_day=True,
    basis=bases.TOLD,
    holding=("accepted",),
)
def acceptance_has_not_expired(records: Iterable[Any], context: Context) -> Iterator[Found]:
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
                yield found(record, "accepted", position, "until", code=acceptance.rule, until=acceptance.until or "")


@reader_rule(
    "XX004",
    severity=Severity.INFO,
    says="{code} finds nothing here that would need to be accepted",
    hint="delete the acceptance",
    basis=bases.TOLD,
)
def acceptance_is_needed() -> None:
    """An acceptance is of something that its rule would find.

    Why: one that is no longer needed would hide the next finding of the same rule.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "accepted": [{"rule": "SR001", "reason": "known to all"}]}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "sources": [{"source_id": "note"}], "accepted": [{"rule": "SR001", "reason": "known to all"}]}]}
    """


@reader_rule(
    "XX005",
    severity=Severity.INFO,
    says="no day was given, and without one these rules did not run: {rules}",
    hint="give the day that the register is judged on; what has expired or is late is not looked for without it",
    basis=bases.TOLD,
)
def register_is_judged_on_a_day() -> None:
    """A register is judged on a day wherever rules need one.

    Why: without a day a consent that expired years ago passes for one in force, and nothing is late. The library reads
    no clock, so whoever asks for the check says the day.

    Passes:
        {"title": {"en": "A register that is judged on a day"}}

    Fails:
        {"title": {"en": "An example would have to be judged on no day; the tests do so"}}
    """


RULE_HELD, ACCEPTANCE_NEEDED, DAY_GIVEN = every_rule_runs_to_its_end, acceptance_is_needed, register_is_judged_on_a_day
