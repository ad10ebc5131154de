"""Strategies for sound registers, in which no rule finds anything, and for documents that break one rule alone."""

from __future__ import annotations

import functools
import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

from untoc_network.diagnostics.errors import IllegalTransition, ImpossibleValue
from untoc_network.model.accreditation import Accreditation, AccreditationPath, Forum
from untoc_network.model.country_review import CountryReview, ReviewingState
from untoc_network.model.event import Event, EventKind, EventRole, EventRoleKind
from untoc_network.model.organization_and_person import Organization, OrganizationFlag, OrganizationKind, Theme
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.process import ACCREDITATION, COUNTRY_REVIEW
from untoc_network.process.procedure import Procedure
from untoc_network.rules.catalogue import get_rule
from untoc_network.rules.engine import validate
from untoc_network.serializers.register_bytes import dumps, reads
from untoc_network.testing.invented_registers import invented_register
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import Citation

__all__ = ["sound_registers", "violating"]

_CITED = (Citation(source_id=ids.SourceId("minutes")),)
_SESSION = ids.EventId("sound-session")
_KINDS = (OrganizationKind.NGO, OrganizationKind.ACADEMIA, OrganizationKind.FOUNDATION, OrganizationKind.MEDIA)
_MOST_STEPS = 12
_SOUND, _ORDERS = 6, 60
"""How many sound registers there are to stand beside an example, and in how many orders their lists come."""
_LATE = "2026-11-24"
"""A day on which the examples of rules that need one are broken."""


_Pick = Callable[[Sequence[Any]], Any]
"""Chooses one of several: by a draw of Hypothesis, or by a number alone, which costs nothing."""


@st.composite
def sound_registers(draw: st.DrawFn, *, most: int = 8) -> Register:
    """Registers in which no rule of the catalogue finds anything, whatever the day.

    They hold up to `most` invented organizations of several kinds, and a country review and an accreditation that went
    some steps through their procedures.
    """
    return _build_sound_register(lambda choices: draw(st.sampled_from(choices)), most)


def _build_sound_register(pick: _Pick, most: int) -> Register:
    base = invented_register(pick(range(1, most + 1)))
    session = Event(
        id=_SESSION,
        name=Text(en="Session of the Conference"),
        kind=EventKind.CONFERENCE_SESSION,
        starts=PartialDate("2024-10-14"),
        ends=PartialDate("2024-10-18"),
        roles=(EventRole(kind=EventRoleKind.ORGANIZER, stakeholder_id=ids.StakeholderId("organization-0")),),
        sources=_CITED,
    )
    return attrs.evolve(
        base,
        organizations=tuple(_vary_organization(pick, organization) for organization in base.organizations),
        events=(*base.events, session),
        country_reviews=(_take_allowed_steps(pick, COUNTRY_REVIEW, _pick_review(pick)),),
        accreditations=(_take_allowed_steps(pick, ACCREDITATION, _pick_accreditation(pick)),),
    )


def _vary_organization(pick: _Pick, organization: Organization) -> Organization:
    return attrs.evolve(
        organization,
        kind=pick(_KINDS),
        flags=_pick_some(pick, tuple(OrganizationFlag), 2),
        themes=_pick_some(pick, tuple(Theme), 3),
        founded=pick((None, *map(PartialDate, map(str, range(1900, 2021))))),
    )


def _pick_some(pick: _Pick, choices: Sequence[Any], most: int) -> tuple[Any, ...]:
    return tuple(dict.fromkeys(pick(choices) for _ in range(pick(range(most + 1)))))


def _pick_review(pick: _Pick) -> CountryReview:
    return CountryReview(
        id=ids.CountryReviewId("sound-review"),
        country=ids.CountryCode("XA"),
        phase=pick((None, 1, 2, 3, 4)),
        reviewers=tuple(ReviewingState(country=ids.CountryCode(code)) for code in pick([(), ("XB",), ("XB", "XC")])),
        sources=_CITED,
    )


def _pick_accreditation(pick: _Pick) -> Accreditation:
    return Accreditation(
        id=ids.AccreditationId("sound-accreditation"),
        organization_id=ids.OrganizationId("organization-0"),
        forum=Forum.CONFERENCE,
        path=pick((AccreditationPath.RULE_17_1, AccreditationPath.RULE_17_2)),
        event_id=_SESSION,
        sources=_CITED,
    )


def _take_allowed_steps(pick: _Pick, procedure: Procedure, thing: Any) -> Any:
    """The thing after some steps that its procedure allows, all on one day long before every deadline."""
    for _ in range(pick(range(_MOST_STEPS + 1))):
        transition = pick(procedure.allowed(procedure.state_of(thing)) or (None,))
        if transition is None:
            break
        by = pick(thing.states) if transition.each else "XA" if transition.step == "object" else None
        reason = Text(en="Given in the meeting") if transition.step == "object" else None
        try:
            thing = procedure.advance(thing, transition.step, "2024-01-10", by=by, reason=reason)
        except IllegalTransition:
            continue
    return thing


def violating(code: str) -> st.SearchStrategy[str]:
    """Documents as JSON text that break one rule of the catalogue and have no other error.

    Each is the rule's failing example, laid out in some way and, where it can be read, with sound records beside it.
    What stands beside it is one of a few sound registers, each built once, so that an example costs next to nothing.
    Raises `UnknownRule`, and `ImpossibleValue` for rules that no short JSON text can break: those on the size and the
    encoding of the input, on other formats, and on rules that crash.
    """
    broken = get_rule(code)
    text = broken.explanation.fails
    text = text if "schema_version" in text else text.replace("{", '{"schema_version": 1, ', 1)
    register, report = reads(text)
    found = {finding.code for finding in report}
    if broken.code not in found and register is not None:
        rules = None if broken.area == "XX" else (broken,)  # what judges acceptances knows the other rules
        found = {finding.code for finding in validate(register, on=_LATE, rules=rules)}
    if broken.code not in found:
        raise ImpossibleValue(f"no short JSON text breaks {broken.code}")
    if register is None or not report.ok:
        return st.sampled_from(["", " ", "\n"]).map(lambda blank: f"{blank}{text}")
    example = json.loads(text)
    return st.integers(0, _SOUND * _ORDERS - 1).map(lambda number: _put_among_sound_records(example, number))


def _put_among_sound_records(example: Mapping[str, Any], number: int) -> str:
    """The example beside the sound records of that number, its lists and its layout in an order of that number."""
    order, beside = divmod(number, _SOUND)
    document = dict(example)
    for name, records in _list_sound_records(beside).items():
        document[name] = [*document.get(name, []), *records]
    names = sorted(document)
    order_of_names = random.Random(order)  # noqa: S311 - no secret: one number is one order
    order_of_names.shuffle(names)
    return json.dumps({name: document[name] for name in names}, indent=(None, 1, 4)[order % 3])


@functools.cache
def _list_sound_records(number: int) -> Mapping[str, list[Any]]:
    register = _build_sound_register(random.Random(number).choice, most=3)  # noqa: S311 - as above
    return {name: records for name, records in json.loads(dumps(register)).items() if name in COLLECTIONS}
