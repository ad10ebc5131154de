"""Procedures as text, made from their tables: a Mermaid diagram, and lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.engagement.translatable_message import MessageFormatter, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.process.procedure import Procedure
from untoc_network.process.transition import Transition
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.reference.table_rows import TableRows
from untoc_network.reports.fact_table import describe_scope
from untoc_network.reports.text_wrapping import wrap

__all__ = [
    "describe_time_limit",
    "get_title",
    "is_end",
    "list_moves",
    "procedure_to_dict",
    "render_mermaid",
    "render_procedure",
    "tell_time_limit",
    "to_words",
]


def to_words(name: str) -> str:
    """`focal-point` as people write it: focal point."""
    return name.replace("-", " ")


def list_moves(procedure: Procedure) -> tuple[tuple[StrEnum, StrEnum, Transition], ...]:
    """Each step from each of its states, and where it leads; what several States take leads there by way of a part."""
    return tuple(
        (source, _find_next_state(transition, source), transition)
        for transition in procedure.transitions
        for source in transition.sources
    )


def _find_next_state(transition: Transition, source: StrEnum) -> StrEnum:
    is_first = transition.partial is not None and source is not transition.partial
    return (transition.partial if is_first else transition.target) or source


def describe_time_limit(transition: Transition, reference: Reference | None = None) -> str | None:
    """The time limit of a step in words, with how sure it is where it is not seen; None where it has none."""
    facts = reference or packaged()
    terms = transition.limit.terms(facts) if transition.limit else None
    if transition.limit is None or terms is None:
        return None
    time, basis = terms
    anchor = to_words(transition.limit.counted_from)
    if isinstance(transition.limit.counted_from, StrEnum):
        anchor = f"'{anchor}'"
    doubt = "" if basis.certainty is Certainty.SEEN else f" ({basis.certainty})"
    if time.number == 0:
        return f"by the {anchor}{doubt}"
    way = "at least {} before {}" if transition.limit.before else "within {} of {}"
    return f"{way.format(time, anchor)}{doubt}"


def get_title(procedure: Procedure, teller: MessageFormatter) -> str:
    """What a procedure is called in a language; one without a wording has its own title."""
    return teller.words.engagement.get(f"procedure.title-{procedure.name}", procedure.title)


def tell_time_limit(transition: Transition, facts: Reference, teller: MessageFormatter) -> str | None:
    """The time limit of a step in a language, with how sure it is where it is not seen; None where it has none."""
    terms = transition.limit.terms(facts) if transition.limit else None
    if transition.limit is None or terms is None:
        return None
    time, basis = terms
    counted_from = transition.limit.counted_from
    is_step = isinstance(counted_from, StrEnum)
    anchor = (
        teller.of(make_message("procedure.step", step=counted_from))
        if is_step
        else teller.of(f"procedure.from-{counted_from}")
    )
    doubt = "" if basis.certainty is Certainty.SEEN else f" ({teller.label(basis.certainty)})"
    if time.number == 0:
        return f"{teller.of(make_message('procedure.by-then', anchor=anchor))}{doubt}"
    told = teller.of(make_message(f"procedure.{time.unit}", number=time.number))
    way = "procedure.before" if transition.limit.before else "procedure.within"
    return f"{teller.of(make_message(way, time=told, anchor=anchor))}{doubt}"


def render_mermaid(procedure: Procedure, *, languages: Sequence[str | Words] = ("en",)) -> str:
    """The procedure as a Mermaid state diagram."""
    teller = MessageFormatter(languages)
    lines = ["stateDiagram-v2", f"    [*] --> {_make_mermaid_name(procedure.initial)}"]
    lines += [f'    state "{teller.label(state)}" as {_make_mermaid_name(state)}' for state in procedure.states]
    for source, target, transition in list_moves(procedure):
        label = f"{teller.label(transition.step)} ({teller.label(transition.actor)})"
        lines.append(f"    {_make_mermaid_name(source)} --> {_make_mermaid_name(target)}: {label}")
    ends = [state for state in procedure.states if is_end(procedure, state)]
    return "\n".join([*lines, *(f"    {_make_mermaid_name(state)} --> [*]" for state in ends), ""])


def is_end(procedure: Procedure, state: StrEnum) -> bool:
    """Whether no step leads on from a state."""
    return all(target is source for source, target, _ in list_moves(procedure) if source is state)


def _make_mermaid_name(state: StrEnum) -> str:
    return state.value.replace("-", "_")


def render_procedure(
    procedure: Procedure,
    *,
    width: int | None = 80,
    reference: Reference | None = None,
    languages: Sequence[str | Words] = ("en",),
) -> Iterator[str]:
    """The procedure line by line: each state, and the steps that lead on from it, by whom, until when.

    A step that leaves the state as it is stands where it may be taken first, with the last state that allows it.
    """
    facts, teller = reference or packaged(), MessageFormatter(languages)
    yield get_title(procedure, teller)
    for state in procedure.states:
        yield ""
        yield teller.label(state)
        for source, target, transition in list_moves(procedure):
            if source is not state or (transition.target is None and source is not transition.sources[0]):
                continue
            way = "↻" if target is source else f"→ {teller.label(target)}"
            yield f"  {teller.label(transition.step)} {way}"
            notes = _list_notes(transition, source, facts, teller)
            yield from wrap(teller.words.chain(notes), width, "    ", "      ")
            basis = teller.basis(transition.rests_on(facts))
            yield from wrap(teller.of(make_message("procedure.basis", basis=basis)), width, "    ", "      ")
    rows = _find_rows(procedure, facts)
    if rows.rows:
        yield ""
        for line in describe_scope(rows, teller.words):
            yield from wrap(line, width)


def _list_notes(transition: Transition, source: StrEnum, facts: Reference, teller: MessageFormatter) -> Iterator[str]:
    """By whom, until when, whether it may be left out, and until which state it may be taken."""
    yield teller.of(make_message("procedure.by-actor", actor=transition.actor))
    limit = tell_time_limit(transition, facts, teller)
    if limit is not None:
        yield limit
    if not transition.required:
        yield teller.of("procedure.optional" if transition.expected else "procedure.may-happen")
    if transition.target is None and transition.sources[-1] is not source:
        yield teller.of(make_message("procedure.until", state=transition.sources[-1]))


def _find_rows(procedure: Procedure, facts: Reference) -> TableRows:
    """The steps in the tables of facts that the procedure rests on, and what is known to be missing of them."""
    limits = (transition.limit.row for transition in procedure.transitions if transition.limit is not None)
    named = dict.fromkeys((*(transition.row for transition in procedure.transitions), *limits))
    rows = tuple(facts.review_step(order) for order in named if order is not None)
    return TableRows(table="review_steps", rows=rows, missing=facts.list_missing("review_steps") if rows else ())


def procedure_to_dict(procedure: Procedure, *, reference: Reference | None = None) -> dict[str, object]:
    """The procedure as plain JSON types: its states, its steps with what each rests on, and how those facts stand."""
    facts = reference or packaged()
    rows = _find_rows(procedure, facts)
    told = rows.to_dict() if rows.rows else {}
    return {
        "name": procedure.name,
        "title": procedure.title,
        "states": [state.value for state in procedure.states],
        "steps": [
            {
                "step": transition.step.value,
                "from": [state.value for state in transition.sources],
                "to": None if transition.target is None else transition.target.value,
                "actor": transition.actor.value,
                "limit": describe_time_limit(transition, facts),
                "required": transition.required,
                "basis": to_dict(transition.rests_on(facts)),
            }
            for transition in procedure.transitions
        ],
        **{name: told[name] for name in ("as_of", "certainties", "missing") if name in told},
    }
