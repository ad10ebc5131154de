"""All rules of the library, gathered from their modules when first asked for."""

from __future__ import annotations

import functools
import importlib

from untoc_network.errors import UnknownRule
from untoc_network.rules.near import Nearest
from untoc_network.rules.rule import Rule
from untoc_network.values.calls import refuses_by_name

__all__ = ["AREAS", "catalogue", "rule_of"]

AREAS = {
    "IO": (("shape",), "Shape: what a document must look like to be read"),
    "IM": (("importing", "reimporting"), "Import: what a member list must be like to be imported"),
    "IC": (("calendars",), "Calendars: what a calendar must be like to be read"),
    "PO": (("popolo",), "Popolo: what a Popolo document must be like to be read"),
    "EX": (("exporting",), "Export: what cannot be given to other tools as it stands"),
    "MG": (("merging",), "Merging: what two versions of one register must be like to be put together"),
    "RF": (("references",), "References: ids and what they name"),
    "SH": (("stakeholders", "names"), "Stakeholders: organizations and persons"),
    "NW": (("networks", "memberships"), "Networks: memberships, links and plans"),
    "EV": (("events", "event_links", "statements"), "Events: dates, roles, links, numbers, results, statements"),
    "PT": (("parties",), "Parties: treaty acts and regional groups"),
    "CR": (
        ("reviewers", "review_frame", "review_course", "review_outputs"),
        "Country reviews: who reviews whom, steps, outputs",
    ),
    "GR": (("general_reviews",), "The general review in the Conference"),
    "CD": (("dialogues", "naming"), "Constructive dialogues and applications to them"),
    "AC": (("accreditations",), "Accreditation: status for each forum"),
    "CT": (("contributions", "naming"), "Contributions of stakeholders"),
    "SR": (("sources",), "Sources: where content comes from"),
    "PR": (("privacy",), "Privacy: what could expose people"),
    "XX": (("acceptances",), "The checks themselves"),
}
"""Each area of codes with the modules that hold its rules and what it is about."""


@functools.cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule of the library in the order of the codes."""
    modules = (importlib.import_module(f"untoc_network.rules.{name}") for names, _ in AREAS.values() for name in names)
    return tuple(
        sorted(
            {
                value.code: value for module in modules for value in vars(module).values() if isinstance(value, Rule)
            }.values(),
            key=lambda rule: rule.code,
        )
    )


@refuses_by_name
def rule_of(code: str) -> Rule:
    """The rule of that code or slug, in any case. Raises `UnknownRule` with the nearest code."""
    wanted = code.strip().lower()
    for candidate in catalogue():
        if wanted in (candidate.code.lower(), candidate.slug):
            return candidate
    known = [name for candidate in catalogue() for name in (candidate.code.lower(), candidate.slug)]
    near = Nearest(known).to(wanted)
    hint = (
        f"; did you mean {near.upper() if len(near) < 6 else near}?"
        if near
        else "; list them with: untoc-network rules"
    )
    raise UnknownRule(f"there is no rule {code!r}{hint}")
