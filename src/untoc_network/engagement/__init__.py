"""Taking part: what a stakeholder can do, until when, under which provision; who brings what; who fits a task.

import untoc_network as un

for point in un.engagement.entry_points(register, "xa-ngo", on="2023-02-01"):
    print(point.closes, un.engagement.format_message(point.title))
"""

from __future__ import annotations

from untoc_network.engagement.applicant import Applicant
from untoc_network.engagement.applications_and_rights import (
    RIGHTS,
    Act,
    Decision,
    Objection,
    Right,
    TrackedApplication,
    applications,
    rights,
)
from untoc_network.engagement.assessed_entry_point import (
    Access,
    AssessedEntryPoint,
    Blocker,
    Duty,
    KnownDay,
    Reason,
    Verdict,
)
from untoc_network.engagement.consolidated_submission import (
    HeldBackContribution,
    HoldBackReason,
    Submission,
    SubmissionItem,
    SubmissionSection,
    dialogue_submission,
    submission,
)
from untoc_network.engagement.country_overview import (
    AssistanceNeed,
    CalendarPhase,
    ContributionOverview,
    CountryOverview,
    EntryPointOverview,
    FactSource,
    FocalPointLetter,
    FocalPointOverview,
    GroupStatement,
    MemberOverview,
    PublishedArtefact,
    RegionalGroupStatement,
    ReviewerOverview,
    ReviewOfAnotherState,
    ReviewOverview,
    StepOverview,
    TreatyStanding,
)
from untoc_network.engagement.day_agenda import DayAgenda
from untoc_network.engagement.entry_point_assessment import all_entry_points, entry_points
from untoc_network.engagement.entry_point_kinds import ENTRY_POINT_SPECS, EntryPointSpec
from untoc_network.engagement.membership_status import Member, MembershipStatus, members
from untoc_network.engagement.nameable_authors import NamedAuthors
from untoc_network.engagement.opportunity import Opportunity
from untoc_network.engagement.organization_search import (
    Balance,
    FittingOrganization,
    SearchResult,
    Sector,
    find_organizations,
)
from untoc_network.engagement.participation_conditions import Condition
from untoc_network.engagement.review_article_coverage import ArticleCoverage, Coverage, CoveringContribution, coverage
from untoc_network.engagement.translatable_message import Message, format_message
from untoc_network.process.step_standings import StepStanding

__all__ = [
    "ENTRY_POINT_SPECS",
    "RIGHTS",
    "Access",
    "Act",
    "Applicant",
    "ArticleCoverage",
    "AssessedEntryPoint",
    "AssistanceNeed",
    "Balance",
    "Blocker",
    "CalendarPhase",
    "Condition",
    "ContributionOverview",
    "CountryOverview",
    "Coverage",
    "CoveringContribution",
    "DayAgenda",
    "Decision",
    "Duty",
    "EntryPointOverview",
    "EntryPointSpec",
    "FactSource",
    "FittingOrganization",
    "FocalPointLetter",
    "FocalPointOverview",
    "GroupStatement",
    "HeldBackContribution",
    "HoldBackReason",
    "KnownDay",
    "Member",
    "MemberOverview",
    "MembershipStatus",
    "Message",
    "NamedAuthors",
    "Objection",
    "Opportunity",
    "PublishedArtefact",
    "Reason",
    "RegionalGroupStatement",
    "ReviewOfAnotherState",
    "ReviewOverview",
    "ReviewerOverview",
    "Right",
    "SearchResult",
    "Sector",
    "StepOverview",
    "StepStanding",
    "Submission",
    "SubmissionItem",
    "SubmissionSection",
    "TrackedApplication",
    "TreatyStanding",
    "Verdict",
    "all_entry_points",
    "applications",
    "coverage",
    "dialogue_submission",
    "entry_points",
    "find_organizations",
    "format_message",
    "members",
    "rights",
    "submission",
]
