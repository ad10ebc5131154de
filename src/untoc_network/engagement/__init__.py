"""Taking part: what a stakeholder can do, until when, under which provision; who brings what; who fits a task.

import untoc_network as un

for point in un.engagement.entry_points(register, "xa-ngo", on="2023-02-01"):
    print(point.closes, un.engagement.words_of(point.title))
"""

from __future__ import annotations

from untoc_network.engagement.admission import RIGHTS, Act, Right, TrackedApplication, applications, rights
from untoc_network.engagement.assessment import entry_points
from untoc_network.engagement.attribution import Attribution
from untoc_network.engagement.coverage import ArticleCoverage, Coverage, coverage
from untoc_network.engagement.entry_point import Access, Blocker, Bound, EntryPoint, Reason, Verdict
from untoc_network.engagement.entry_point_kinds import KINDS, Kind
from untoc_network.engagement.member_search import Balance, Fit, Found, Sector, find
from untoc_network.engagement.membership_status import Belonging, Member, members
from untoc_network.engagement.message import Said
from untoc_network.engagement.message_format import words_of
from untoc_network.engagement.submission import HeldBack, Submission, dialogue_submission, submission

__all__ = [
    "KINDS",
    "RIGHTS",
    "Access",
    "Act",
    "ArticleCoverage",
    "Attribution",
    "Balance",
    "Belonging",
    "Blocker",
    "Bound",
    "Coverage",
    "EntryPoint",
    "Fit",
    "Found",
    "HeldBack",
    "Kind",
    "Member",
    "Reason",
    "Right",
    "Said",
    "Sector",
    "Submission",
    "TrackedApplication",
    "Verdict",
    "applications",
    "coverage",
    "dialogue_submission",
    "entry_points",
    "find",
    "members",
    "rights",
    "submission",
    "words_of",
]
