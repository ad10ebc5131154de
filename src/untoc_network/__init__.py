"""The register of a network of non-governmental stakeholders in the UNTOC Review Mechanism: model, checks, exchange.

    import untoc_network as un

    register, report = un.read("register.json")
    if register is not None:
        report = report.merge(un.validate(register, on="2026-11-24"))
    for finding in report:
        print(finding.line, finding.code, finding.message)

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib

TYPE_CHECKING = False  # as `typing` has it, which is not loaded for that
if TYPE_CHECKING:
    from typing import Any

_HOMES = {
    "diagnostics.findings": ("Basis", "Certainty", "Finding", "Location", "Report", "Severity"),
    "diagnostics.errors": (
        "IllegalTransition",
        "ImpossibleValue",
        "InfeasibleDraw",
        "InvalidDocument",
        "MissingExtra",
        "UnknownLanguage",
        "UnknownRecord",
        "UnknownRule",
        "UnreadableInput",
        "UnsupportedFormat",
        "UntocNetworkError",
        "UnusableConfiguration",
        "UnwritableOutput",
        "WouldExpose",
    ),
    "diagnostics.object_to_dict": ("to_dict",),
    "values.consent_and_contact": ("Audience", "Consent", "ConsentBasis", "Contact", "ContactKind", "Purpose"),
    "values.stated_count": ("Count", "CountBasis", "CountUnit", "Qualifier"),
    "values.dates": ("Ending", "Instant", "PartialDate", "Period"),
    "values.extra": ("Extra",),
    "values.fields": ("Sensitivity",),
    "values.identifier": ("Identifier", "IdentifierScheme"),
    "values.ids_and_codes": (
        "AccreditationId",
        "ActionPlanId",
        "ContributionId",
        "CountryReviewId",
        "DialogueId",
        "GeneralReviewId",
        "PartyId",
        "CountryCode",
        "EventId",
        "FundingId",
        "InstrumentId",
        "Key",
        "LanguageTag",
        "MembershipId",
        "NetworkId",
        "OrganizationId",
        "PersonId",
        "ProjectId",
        "RecordId",
        "SourceId",
        "StakeholderId",
        "StatementId",
        "Url",
    ),
    "values.place_and_link": ("Link", "LinkKind", "Place", "Region"),
    "values.sources_and_claims": ("Blank", "BlankReason", "Citation", "Claim"),
    "values.time_limit": ("TimeLimit", "TimeUnit"),
    "values.multilingual_text": ("Alias", "AliasKind", "Note", "Text"),
    "model.accreditation": (
        "Accreditation",
        "AccreditationEntry",
        "AccreditationPath",
        "AccreditationStep",
        "EcosocStatus",
        "Forum",
        "Vote",
    ),
    "model.contribution": ("Contribution", "ContributionKind", "ContributionStage", "ContributionStatus"),
    "model.convention": (
        "EntryPoint",
        "EntryPointKind",
        "GroupMembership",
        "Instrument",
        "InstrumentKind",
        "Level",
        "Party",
        "RegionalGroup",
        "Side",
        "TreatyAct",
        "TreatyActionKind",
        "TreatyCode",
        "WorkingGroup",
    ),
    "model.country_review": (
        "Answer",
        "AnswerChoice",
        "Artefact",
        "ArtefactKind",
        "CountryReview",
        "CountryReviewStep",
        "FeedbackKind",
        "NationalConsultation",
        "Nomination",
        "NominationRole",
        "Observation",
        "ObservationKind",
        "Questionnaire",
        "QuestionnaireEntry",
        "QuestionnaireStep",
        "ReviewEntry",
        "ReviewingState",
        "Visibility",
        "WrittenFeedback",
    ),
    "model.dialogue": (
        "ApplicationEntry",
        "ApplicationStep",
        "ConstructiveDialogue",
        "DialogueApplication",
        "DialogueChair",
        "DialogueEntry",
        "DialogueStep",
        "Invitation",
        "InviteeKind",
    ),
    "model.general_review": (
        "ConferenceResolution",
        "FollowUp",
        "GeneralReview",
        "GeneralReviewEntry",
        "GeneralReviewStep",
        "Recommendation",
    ),
    "model.extension": ("Extension",),
    "model.log_entry": ("Actor", "Entry"),
    "model.event": (
        "Activity",
        "Attribution",
        "Event",
        "EventKind",
        "EventLink",
        "EventLinkKind",
        "EventRole",
        "EventRoleKind",
        "EventStatus",
        "Modality",
        "Order",
        "Output",
        "OutputKind",
        "OutputStatus",
        "Segment",
        "SegmentKind",
        "Statement",
    ),
    "model.network": (
        "Action",
        "ActionPlan",
        "ActionStatus",
        "Membership",
        "MembershipClass",
        "MembershipEnd",
        "MembershipRole",
        "Network",
        "NetworkFunction",
        "NetworkKind",
        "NetworkLink",
        "NetworkLinkKind",
        "PlanStatus",
    ),
    "model.project_and_funding": ("Funding", "Project"),
    "model.record": ("Acceptance", "Record", "SourcedRecord"),
    "model.source": ("Source", "SourceKind"),
    "model.remembered_lists_and_erasures": ("DistinctPair", "Erasure", "RememberedList", "RememberedRow"),
    "model.register": ("AnyRecord", "Change", "ChangeKind", "Redirect", "Register"),
    "model.organization_and_person": (
        "Affiliation",
        "Capacity",
        "CapacityKind",
        "EngagementTool",
        "Organization",
        "OrganizationFlag",
        "OrganizationKind",
        "Person",
        "Post",
        "Theme",
    ),
    "engagement.country_description": ("describe_country",),
    "engagement.country_overview": ("CountryOverview",),
    "interop.export_import_options": ("Exported",),
    "matching.register_difference": ("Edit",),
    "privacy.redactions": ("View",),
    "app.check_files": ("FilesChecked", "check_files"),
    "app.import_file": ("import_file",),
    "serializers.files": ("dump", "example", "load", "read"),
    "serializers.register_bytes": ("dumps", "loads", "reads"),
    "serializers.single_record": ("digest", "from_dict", "patched", "read_record"),
    "serializers.schema": ("openapi_schemas", "record_schema", "register_schema"),
    "serializers.source.limits": ("Limits",),
    "app.project_settings": ("find_configuration", "load_configuration"),
    "app.import_list": ("Imported", "import_bytes", "import_sheet"),
    "process.review_tracker": ("track",),
    "reports.report_text": ("render_report",),
    "interop.frames": ("frames",),
    "model.field_labels": ("Label", "labels"),
    "model.form_check": ("checked",),
    "rules.engine": ("RuleSet", "validate"),
    "rules.live": ("Live", "Step"),
    "rules.rule": ("Context", "Rule", "Violation", "rule", "violation"),
    "serializers.codecs.ndjson": ("RecordLine", "iter_records"),
    "values.consent_evaluation": ("may",),
}
_ROOMS = {
    "baseline": "app.baseline",
    "bulk": "bulk",
    "engagement": "engagement",
    "exchange": "interop",
    "i18n": "i18n",
    "interop": "interop",
    "matching": "matching",
    "member_lists": "serializers.member_lists",
    "privacy": "privacy",
    "process": "process",
    "publishing": "app.publishing",
    "queries": "app.queries",
    "reference": "reference",
    "reports": "reports",
    "rules": "rules",
    "settings": "app.project_settings",
    "statistics": "statistics",
    "values": "values",
}
"""The rooms of which one uses what they hold by their name, and where they are."""
_COMPANIONS = ("lots", "site", "store")
"""Distributions of their own, as `untoc-network-lots` is; not in `__all__`, since they may be absent."""
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__version__ = "0.2.0"
__all__ = ["__version__", *sorted((*_HOME_OF, *_ROOMS))]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first used."""
    if name in _ROOMS:
        return importlib.import_module(f"{__name__}.{_ROOMS[name]}")
    if name in _COMPANIONS:
        return _companion(name)
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def _companion(name: str) -> Any:
    package = f"{__name__}_{name}"
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        raise importlib.import_module(f"{__name__}.diagnostics.companion_packages").missing_companion(name) from None


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
