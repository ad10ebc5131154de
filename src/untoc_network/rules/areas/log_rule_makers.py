"""Families of rules on logs: each is made of a function that gives the logs in one record.

The name of that function is the rule's, and its docstring explains the rule.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from untoc_network.diagnostics.findings import Basis, Severity
from untoc_network.rules import citations
from untoc_network.rules.rule import Context, Rule, Violation, rule, violation

if TYPE_CHECKING:
    from untoc_network.process import Deadline, Procedure

__all__ = ["Log", "find_late_steps", "make_log_out_of_order_rule", "make_step_not_allowed_rule"]

Log = tuple[tuple[str | int, ...], Any, "Procedure"]
"""The path to a part of a record that has a log, that part, and the procedure that it goes through."""

LogsIn = Callable[[Any], Iterable[Log]]


def make_step_not_allowed_rule(code: str, *, on: type[Any], basis: Basis) -> Callable[[LogsIn], Rule]:
    """A rule that finds every step that cannot come after what stands before it in its log."""

    def decorate(logs_in: LogsIn) -> Rule:
        @rule(
            code,
            on=on,
            severity=Severity.ERROR,
            message="the step '{step:label}' is not allowed in the state '{state:label}'; allowed steps: {allowed:label}",
            hint="put the log in the order in which the steps were taken, or delete the step",
            basis=basis,
        )
        @functools.wraps(logs_in)
        def check(records: Iterable[Any], context: Context) -> Iterator[Violation]:
            for record, (path, part, procedure) in _list_logs(records, logs_in):
                for position, state in procedure.course(part).unexpected.items() if part.log else ():
                    allowed = dict.fromkeys(one.step.value for one in procedure.allowed(state) if one.expected)
                    yield violation(
                        record,
                        *(*path, "log", position, "step"),
                        step=part.log[position].step,
                        state=state.value,
                        allowed=", ".join(allowed) or "none",
                    )

        return check

    return decorate


def make_log_out_of_order_rule(code: str, *, on: type[Any]) -> Callable[[LogsIn], Rule]:
    """A rule that finds every step that is dated before the one that stands before it in its log."""

    def decorate(logs_in: LogsIn) -> Rule:
        @rule(
            code,
            on=on,
            severity=Severity.ERROR,
            message=(
                "the step '{step:label}' ({on:day}) is dated earlier than the step before it in the log, '{before:label}' ({before_on:day})"
            ),
            hint="check both dates, or put the log in the order in which the steps were taken",
            basis=citations.TIME,
        )
        @functools.wraps(logs_in)
        def check(records: Iterable[Any], context: Context) -> Iterator[Violation]:
            for record, (path, part, _) in _list_logs(records, logs_in):
                latest = None
                for position, entry in enumerate(part.log):
                    if entry.on is None:
                        continue
                    if latest is not None and entry.on.certainly_before(latest.on):
                        told = {"before": latest.step, "before_on": latest.on}
                        yield violation(record, *path, "log", position, "on", step=entry.step, on=entry.on, **told)
                    else:
                        latest = entry

        return check

    return decorate


def _list_logs(records: Iterable[Any], logs_in: LogsIn) -> Iterator[tuple[Any, Log]]:
    return ((record, log) for record in records for log in logs_in(record))


def find_late_steps(log: Sequence[Any], deadlines: Iterable[Deadline]) -> Iterator[tuple[int, Deadline, int]]:
    """Every step in a log that was certainly taken after its time limit, as position, deadline, and days of lateness.

    What is not recorded is not known, and so it is not late.
    """
    for deadline in deadlines:
        days = 0 if deadline.taken is None else deadline.days_late(deadline.taken)[0]
        if days:
            on = deadline.taken
            taken = (
                place for place, one in enumerate(log) if one.on == on and _is_taken_by(one, deadline.step, deadline.by)
            )
            yield next(taken), deadline, days


def _is_taken_by(entry: Any, step: str, by: str | None) -> bool:
    """Of a step that each State takes, whether it is that of the State, or names none."""
    return entry.step == step and (by is None or entry.may_be_by(by))
