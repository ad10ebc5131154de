"""By which rules of procedure an organization may be an observer at the Conference, and as what it may be invited.

Of rules 14 to 17 each is for others. Parties to the Convention take part as such; no rule on observers is for them.
"""

from __future__ import annotations

from untoc_network.engagement.applicant import Applicant
from untoc_network.model.accreditation import AccreditationPath
from untoc_network.model.convention import TreatyCode
from untoc_network.model.dialogue import InviteeKind
from untoc_network.model.organization_and_person import GOVERNMENTAL, OrganizationKind
from untoc_network.values.ids_and_codes import CountryCode

__all__ = ["INTERGOVERNMENTAL_PATHS", "STATE_PATHS", "list_invitee_kinds", "list_open_paths"]

STATE_PATHS = (AccreditationPath.RULE_14, AccreditationPath.RULE_15)
INTERGOVERNMENTAL_PATHS = (AccreditationPath.RULE_16_1, AccreditationPath.RULE_16_2)
_NON_GOVERNMENTAL_PATHS = (AccreditationPath.RULE_17_1, AccreditationPath.RULE_17_2)
_INTERGOVERNMENTAL = frozenset({OrganizationKind.INTERGOVERNMENTAL, OrganizationKind.PROGRAMME})


def list_open_paths(applicant: Applicant) -> tuple[AccreditationPath, ...]:
    """The rules that its kind, and of a body of a State that State, leave open; none for a party.

    Of two that are left, an application that is recorded tells which.
    """
    paths = _list_paths_for_kind(applicant)
    recorded = tuple(path for path in paths if any(one.path is path for one in applicant.accreditations))
    return recorded or paths


def _list_paths_for_kind(applicant: Applicant) -> tuple[AccreditationPath, ...]:
    kind, seat = applicant.organization.kind, applicant.organization.seat
    if kind in _INTERGOVERNMENTAL:
        return INTERGOVERNMENTAL_PATHS
    if kind not in GOVERNMENTAL:
        return _NON_GOVERNMENTAL_PATHS
    country = None if seat is None else seat.country
    return STATE_PATHS if country is None else _list_paths_for_state(applicant, country)


def _list_paths_for_state(applicant: Applicant, country: CountryCode) -> tuple[AccreditationPath, ...]:
    facts = applicant.facts
    if facts.is_party(country, TreatyCode.UNTOC, on=applicant.on):
        return ()
    if facts.has_signed(country, TreatyCode.UNTOC, on=applicant.on):
        return (AccreditationPath.RULE_14,)
    return (AccreditationPath.RULE_15,) if facts.is_known(country) else STATE_PATHS


_INVITED_AS = {
    AccreditationPath.RULE_14: InviteeKind.SIGNATORIES,
    AccreditationPath.RULE_15: InviteeKind.NON_SIGNATORIES,
    AccreditationPath.RULE_16_1: InviteeKind.ENTITIES,
    AccreditationPath.RULE_16_2: InviteeKind.INTERGOVERNMENTAL_ORGANIZATIONS,
}


def list_invitee_kinds(applicant: Applicant) -> tuple[InviteeKind, ...]:
    """As what it may be invited to a dialogue; nothing of a non-governmental stakeholder, which applies."""
    paths = list_open_paths(applicant)
    if not paths:
        return (InviteeKind.STATES_PARTIES,)
    return tuple(_INVITED_AS[path] for path in paths if path in _INVITED_AS)
