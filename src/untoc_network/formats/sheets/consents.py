"""What a list says of consents: to which purpose, and before whom, how and when it was given."""

from __future__ import annotations

from untoc_network.formats.sheets.member import Member
from untoc_network.values.consent import Consent, Purpose

__all__ = ["consents_of"]

_DETAILS = ("consent.audience", "consent.basis", "consent.given", "consent.expires")


def consents_of(member: Member) -> tuple[Consent, ...]:
    """The consents that a member gave.

    A consent holds before an audience and was given in some way. Where the list does not say which, none is made up:
    its cells go to the notes. So does a no, for which a record has no place.
    """
    audience, basis = member.one("consent.audience"), member.one("consent.basis")
    agreed = []
    for purpose in Purpose:
        for given in member.given(f"consent.{purpose}"):
            if not given.value:
                member.refuse(given, "consent", "nothing-to-do")
            elif audience is None or basis is None:
                member.refuse(given, "consent-in-full", "add-audience-and-basis")
            else:
                agreed.append(purpose)
    if not agreed:
        _keep_details(member)
        return ()
    dates = {name: member.one(f"consent.{name}") for name in ("given", "expires")}
    return tuple(Consent(purpose=purpose, audience=audience, basis=basis, **dates) for purpose in agreed)


def _keep_details(member: Member) -> None:
    """What is said of consents, where there is none that it could be said of, goes to the notes."""
    for field in _DETAILS:
        for given in tuple(member.given(field)):
            member.refuse(given, "part-of-consent", "add-purpose")
