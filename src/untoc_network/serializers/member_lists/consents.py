"""What a list says of consents: to which purpose, and before whom, how and when it was given."""

from __future__ import annotations

from collections.abc import Iterable

from untoc_network.serializers.member_lists.member import Member
from untoc_network.values.consent import Consent, Purpose

__all__ = ["keep_consent_details", "make_consents"]

_DETAILS = ("audience", "basis", "given", "expires")


def make_consents(member: Member, whose: str = "") -> tuple[Consent, ...]:
    """The consents that a member gave; with `person.` or `person2.` before their fields, those of a contact person.

    A consent holds before an audience and was given in some way. Where the list does not say which, none is made up:
    its cells go to the notes. So does a no, for which a record has no place.
    """
    audience, basis = member.first_value(f"{whose}consent.audience"), member.first_value(f"{whose}consent.basis")
    agreed = []
    for purpose in Purpose:
        for given in tuple(member.values_of(f"{whose}consent.{purpose}")):
            if not given.value:
                member.move_to_notes(given, "consent", "nothing-to-do")
            elif audience is None or basis is None:
                member.move_to_notes(given, "consent-in-full", "add-audience-and-basis")
            else:
                agreed.append(purpose)
    if not agreed:
        keep_consent_details(member, whose)
        return ()
    dates = {name: member.first_value(f"{whose}consent.{name}") for name in ("given", "expires")}
    return tuple(Consent(purpose=purpose, audience=audience, basis=basis, **dates) for purpose in agreed)


def keep_consent_details(member: Member, whose: str, fields: Iterable[str] = _DETAILS) -> None:
    """What is said of consents, where there is none that it could be said of, goes to the notes."""
    for field in fields:
        for given in tuple(member.values_of(f"{whose}consent.{field}")):
            member.move_to_notes(given, "part-of-consent", "add-purpose")
