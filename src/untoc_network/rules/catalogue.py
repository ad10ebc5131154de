"""All rules of the library, gathered from their modules when first asked for."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Mapping

import attrs

from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.errors import UnknownRule
from untoc_network.diagnostics.findings import Severity
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.text.nearest_names import NearestNames
from untoc_network.values.argument_checks import check_arguments

__all__ = ["AREAS", "ON_REQUEST", "PRESETS", "Preset", "catalogue", "get_rule"]

AREAS = {
    "IO": (("diagnostics.codes.reading", "model.field_codes"), "Shape: what a document must look like to be read"),
    "IM": (
        ("diagnostics.codes.member_lists", "diagnostics.codes.member_list_reimport"),
        "Import: what a member list must be like to be imported",
    ),
    "IC": (("diagnostics.codes.calendars",), "Calendars: what a calendar must be like to be read"),
    "PO": (("diagnostics.codes.popolo",), "Popolo: what a Popolo document must be like to be read"),
    "EX": (("diagnostics.codes.exports",), "Export: what cannot be given to other tools as it stands"),
    "MG": (
        ("diagnostics.codes.version_merging",),
        "Merging: what two versions of one register must be like to be put together",
    ),
    "RF": (("rules.areas.references",), "References: ids and what they name"),
    "SH": (
        ("rules.areas.stakeholders", "rules.areas.wordings_and_addresses"),
        "Stakeholders: organizations and persons",
    ),
    "NW": (("rules.areas.networks", "rules.areas.memberships"), "Networks: memberships, links and plans"),
    "EV": (
        ("rules.areas.events", "rules.areas.event_relations", "rules.areas.statements"),
        "Events: dates, roles, links, numbers, results, statements",
    ),
    "PT": (("rules.areas.parties",), "Parties: treaty acts and regional groups"),
    "CR": (
        (
            "rules.areas.reviewers",
            "rules.areas.review_scope",
            "rules.areas.review_course",
            "rules.areas.review_outputs",
        ),
        "Country reviews: who reviews whom, steps, outputs",
    ),
    "GR": (("rules.areas.general_reviews",), "The general review in the Conference"),
    "CD": (
        ("rules.areas.dialogues", "rules.areas.countries_named_in_dialogue"),
        "Constructive dialogues and applications to them",
    ),
    "AC": (("rules.areas.accreditations",), "Accreditation: status for each forum"),
    "CT": (("rules.areas.contributions", "rules.areas.countries_named_in_dialogue"), "Contributions of stakeholders"),
    "SR": (("rules.areas.sources",), "Sources: where content comes from"),
    "PR": (("rules.areas.privacy",), "Privacy: what could expose people"),
    "XX": (("diagnostics.codes.checks", "rules.areas.suppressions"), "The checks themselves"),
}
"""Each area of codes with the modules that hold its rules and what it is about."""


@attrs.frozen(kw_only=True)
class Preset(SharedMethods):
    """What a rule set is for: the codes that run, those that do not, and rules that are graver or milder there.

    `lowered` rules are warnings at most; `raised` ones are errors. Codes may be given by their beginning.
    """

    about: str
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    lowered: tuple[str, ...] = ()

    def get_severity(self, rule: CatalogueEntry) -> Severity | None:
        """The severity that a rule has in this preset, where it is not its own."""
        if rule.code.startswith(self.raised) and rule.severity is not Severity.ERROR:
            return Severity.ERROR
        if rule.code.startswith(self.lowered) and rule.severity is Severity.ERROR:
            return Severity.WARNING
        return None


ON_REQUEST = ("CR032",)
"""The rules that rest on an analogy with another mechanism: they run only where their whole code is selected."""


PRESETS: Mapping[str, Preset] = {
    "default": Preset(about="every rule of the Mechanism and of registers with its own severity"),
    "strict": Preset(
        about="before publishing: what could expose people, or lacks a source, is an error",
        raised=("PR", "SR001", "SR003", "SR004", "SH001", "EV012", "XX003"),
    ),
    "lenient": Preset(
        about="on the first import: what people mend over time is a warning",
        lowered=("SH", "NW", "EV", "PT", "CR", "GR", "CD", "AC", "CT", "SR"),
    ),
    "privacy": Preset(about="only what could expose people", select=("PR", "CT003", "CR020")),
    "mechanism": Preset(
        about="only the Review Mechanism: parties, reviews, dialogues, accreditation, contributions",
        select=("PT", "CR", "GR", "CD", "AC", "CT"),
    ),
}
"""The rule sets that come with the library."""


@functools.cache
def catalogue() -> tuple[CatalogueEntry, ...]:
    """Every rule of the library in the order of the codes."""
    modules = (importlib.import_module(f"untoc_network.{name}") for names, _ in AREAS.values() for name in names)
    return tuple(
        sorted(
            {
                value.code: value
                for module in modules
                for value in vars(module).values()
                if isinstance(value, CatalogueEntry)
            }.values(),
            key=lambda rule: rule.code,
        )
    )


@check_arguments
def get_rule(code: str) -> CatalogueEntry:
    """The rule of that code or slug, in any case. Raises `UnknownRule` with the nearest code."""
    wanted = code.strip().lower()
    for candidate in catalogue():
        if wanted in (candidate.code.lower(), candidate.slug):
            return candidate
    known = [name for candidate in catalogue() for name in (candidate.code.lower(), candidate.slug)]
    near = NearestNames(known).to(wanted)
    hint = f"; did you mean {near.upper() if len(near) < 6 else near}?" if near else ""
    raise UnknownRule(f"there is no rule {code!r}{hint}")
