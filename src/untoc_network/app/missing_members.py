"""Why nobody is shown as a member of a network, and so what to do about it."""

from __future__ import annotations

from collections.abc import Container

from untoc_network.model.register import Register
from untoc_network.values.dates import PartialDate

__all__ = ["explain_missing_members"]


def explain_missing_members(
    register: Register, on: PartialDate, *, withheld: Container[str] = (), network_id: str | None = None
) -> str | None:
    """The key of the reason, as the interface words it; None where a network has members on a day who are shown.

    `withheld` are the ids of what is left out for those who look; `network_id` is the network that is asked about.
    """
    if not register.organizations:
        return "nobody-no-organizations"
    networks = [one for one in register.networks if network_id in (None, one.id)]
    if not networks:
        return "nobody-no-network"
    if not any(register.memberships_by_network.get(network.id) for network in networks):
        return "nobody-no-memberships"
    current = [member.id for network in networks for member in register.members(network.id, on=on)]
    if not current:
        return "nobody-left"
    return "nobody-shown" if all(record_id in withheld for record_id in current) else None
