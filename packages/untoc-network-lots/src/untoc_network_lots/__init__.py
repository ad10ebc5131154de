"""The drawing of lots: who reviews whom, drawn so that anyone can verify it.

import untoc_network as un

inputs = un.lots.packaged_inputs(on="2022-10-31")
record = un.lots.draw(inputs, seed=un.lots.seed_of({"chair": "…", "observer": "…"}))
un.lots.verify(record).ok
"""

from __future__ import annotations

from untoc_network_lots.constraints import Constraint, ConstraintKind
from untoc_network_lots.draw_difference import ReviewChange, diff_draws
from untoc_network_lots.draw_inputs import (
    Deferral,
    Exclusion,
    Inputs,
    KeptReviewers,
    OwnLimit,
    OwnLoad,
    Participant,
    Preference,
    Redraw,
    ReviewerSide,
    Trait,
    packaged_inputs,
)
from untoc_network_lots.draw_log import LotPurpose, Ticket
from untoc_network_lots.draw_procedure import draw
from untoc_network_lots.draw_record import DrawRecord, Review, Reviewer
from untoc_network_lots.draw_terms import Number, Terms, Ungrouped, UngroupedPolicy
from untoc_network_lots.outcome_rules import DrawViolation, violations
from untoc_network_lots.randomness import Seed, SeedContribution, commitment, lot, seed_of
from untoc_network_lots.redraw_procedure import redraw
from untoc_network_lots.unsat_core import find_conflict
from untoc_network_lots.verification import to_finding, verify

__all__ = [
    "Constraint",
    "ConstraintKind",
    "Deferral",
    "DrawRecord",
    "DrawViolation",
    "Exclusion",
    "Inputs",
    "KeptReviewers",
    "LotPurpose",
    "Number",
    "OwnLimit",
    "OwnLoad",
    "Participant",
    "Preference",
    "Redraw",
    "Review",
    "ReviewChange",
    "Reviewer",
    "ReviewerSide",
    "Seed",
    "SeedContribution",
    "Terms",
    "Ticket",
    "Trait",
    "Ungrouped",
    "UngroupedPolicy",
    "commitment",
    "diff_draws",
    "draw",
    "find_conflict",
    "lot",
    "packaged_inputs",
    "redraw",
    "seed_of",
    "to_finding",
    "verify",
    "violations",
]
