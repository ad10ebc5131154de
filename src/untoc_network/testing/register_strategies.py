"""Strategies for sound registers, in which no rule finds anything, and for documents that break one rule alone."""

from __future__ import annotations

import json
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
from untoc_network.serializers.codecs.json import dumps, reads
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
_LATE = "2026-11-24"
"""A day on which the examples of rules that need one are broken."""


@st.composite
def sound_registers(draw: st.DrawFn, *, most: int = 8) -> Register:
    """Registers in which no rule of the catalogue finds anything, whatever the day.

    They hold up to `most` invented organizations of several kinds, and a country review and an accreditation that went
    some steps through their procedures.
    """
    base = invented_register(draw(st.integers(1, most)))
    organizations = tuple(draw(_vary_organization(organization)) for organization in base.organizations)
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
        organizations=organizations,
        events=(*base.events, session),
        country_reviews=(_draw_allowed_steps(draw, COUNTRY_REVIEW, _draw_review(draw)),),
        accreditations=(_draw_allowed_steps(draw, ACCREDITATION, _draw_accreditation(draw)),),
    )


@st.composite
def _vary_organization(draw: st.DrawFn, organization: Organization) -> Organization:
    return attrs.evolve(
        organization,
        kind=draw(st.sampled_from(_KINDS)),
        flags=tuple(draw(st.sets(st.sampled_from(OrganizationFlag), max_size=2))),
        themes=tuple(draw(st.sets(st.sampled_from(Theme), max_size=3))),
        founded=draw(st.none() | st.integers(1900, 2020).map(lambda year: PartialDate(str(year)))),
    )


def _draw_review(draw: st.DrawFn) -> CountryReview:
    reviewers = draw(st.sampled_from([(), ("XB",), ("XB", "XC")]))
    return CountryReview(
        id=ids.CountryReviewId("sound-review"),
        country=ids.CountryCode("XA"),
        phase=draw(st.none() | st.integers(1, 4)),
        reviewers=tuple(ReviewingState(country=ids.CountryCode(code)) for code in reviewers),
        sources=_CITED,
    )


def _draw_accreditation(draw: st.DrawFn) -> Accreditation:
    paths = (AccreditationPath.RULE_17_1, AccreditationPath.RULE_17_2)
    return Accreditation(
        id=ids.AccreditationId("sound-accreditation"),
        organization_id=ids.OrganizationId("organization-0"),
        forum=Forum.CONFERENCE,
        path=draw(st.sampled_from(paths)),
        event_id=_SESSION,
        sources=_CITED,
    )


def _draw_allowed_steps(draw: st.DrawFn, procedure: Procedure, thing: Any) -> Any:
    """The thing after some steps that its procedure allows, all on one day long before every deadline."""
    for _ in range(draw(st.integers(0, _MOST_STEPS))):
        transition = draw(st.sampled_from(procedure.allowed(procedure.state_of(thing)) or (None,)))
        if transition is None:
            break
        by = draw(st.sampled_from(thing.states)) if transition.each else "XA" if transition.step == "object" else None
        reason = Text(en="Given in the meeting") if transition.step == "object" else None
        try:
            thing = procedure.advance(thing, transition.step, "2024-01-10", by=by, reason=reason)
        except IllegalTransition:
            continue
    return thing


def violating(code: str) -> st.SearchStrategy[str]:
    """Documents as JSON text that break one rule of the catalogue and have no other error.

    Each is the rule's failing example, laid out in some way and, where it can be read, with sound records beside it.
    Raises `UnknownRule`, and `ImpossibleValue` for rules that no short JSON text can break: those on the size and the
    encoding of the input, on other formats, and on rules that crash.
    """
    broken = get_rule(code)
    text = broken.explanation.fails
    text = text if "schema_version" in text else text.replace("{", '{"schema_version": 1, ', 1)
    register, report = reads(text)
    judged = () if register is None else validate(register, on=_LATE)
    if broken.code not in {finding.code for finding in (*report, *judged)}:
        raise ImpossibleValue(f"no short JSON text breaks {broken.code}")
    return _vary_layout(text) if register is None or not report.ok else _put_among_sound_records(json.loads(text))


def _vary_layout(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", " ", "\n"]).map(lambda blank: f"{blank}{text}")


@st.composite
def _put_among_sound_records(draw: st.DrawFn, example: dict[str, Any]) -> str:
    document = dict(example)
    for name, records in json.loads(dumps(draw(sound_registers(most=3)))).items():
        if name in COLLECTIONS:
            document[name] = [*document.get(name, []), *records]
    names = draw(st.permutations(sorted(document)))
    return json.dumps({name: document[name] for name in names}, indent=draw(st.sampled_from([None, 1, 4])))
