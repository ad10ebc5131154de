"""LT: what a draw and its record must be like, as `explain` tells it."""

from __future__ import annotations

import json
from typing import Any

import attrs

from untoc_network import reference
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

__all__ = ["SLUGS", "explained"]


@attrs.frozen
class _LotRuleRow:
    slug: str
    statement: str
    why: str
    passes: dict[str, Any]
    fails: dict[str, Any]


def _make_example_reviewer(state: str, side: str, *instruments: str) -> dict[str, Any]:
    return {"state": state, "side": f"{side}-group", "instruments": instruments or ("UNTOC",)}


def _make_example_reviews(*reviews: tuple[str, list[dict[str, Any]]], group: int = 1) -> dict[str, Any]:
    return {"reviews": [{"state": state, "review_group": group, "reviewers": by} for state, by in reviews]}


def _make_example_kept_reviewers(*reviewers: str) -> dict[str, Any]:
    return {"kept": [{"state": "XA", "side": "same-group", "reviewers": reviewers}]}


_OF_XA = _make_example_reviews(("XA", [_make_example_reviewer("XB", "same"), _make_example_reviewer("XC", "other")]))
_IN_A_RING = _make_example_reviews(
    ("XA", [_make_example_reviewer("XB", "same")]),
    ("XB", [_make_example_reviewer("XC", "other")]),
    ("XC", [_make_example_reviewer("XA", "other")]),
)
_MUTUAL = _make_example_reviews(
    ("XA", [_make_example_reviewer("XB", "same")]), ("XB", [_make_example_reviewer("XA", "same")])
)
_GROUPED = {"participants": [{"code": "XA", "instruments": ["UNTOC"], "regional_group": "north", "review_group": 1}]}
_TWO_INSTRUMENTS = {
    "participants": [
        {"code": "XA", "instruments": ["TIP", "UNTOC"], "regional_group": "north"},
        {"code": "XB", "instruments": ["UNTOC"], "regional_group": "north"},
        {"code": "XE", "instruments": ["TIP", "UNTOC"], "regional_group": "north"},
    ]
}
_ROWS = {
    "LT001": _LotRuleRow(
        "instrument-without-two-reviewers",
        "For every instrument that it is party to, a State is reviewed by one State of its regional group and one of another.",
        "so the rules for drawing lots say; a State without a reviewer is not reviewed.",
        _OF_XA,
        _make_example_reviews(("XA", [_make_example_reviewer("XB", "same")])),
    ),
    "LT002": _LotRuleRow(
        "mutual-reviews-drawn",
        "No two States review each other.",
        "so the rules for drawing lots say: who is reviewed by a State could not review it without regard to that.",
        _IN_A_RING,
        _MUTUAL,
    ),
    "LT003": _LotRuleRow(
        "drawn-reviewer-not-party",
        "A reviewing State is party to every instrument that it reviews for.",
        "so the rules for drawing lots say: for each instrument, only parties to it may review.",
        {**_TWO_INSTRUMENTS, **_make_example_reviews(("XA", [_make_example_reviewer("XE", "same", "TIP", "UNTOC")]))},
        {**_TWO_INSTRUMENTS, **_make_example_reviews(("XA", [_make_example_reviewer("XB", "same", "TIP", "UNTOC")]))},
    ),
    "LT004": _LotRuleRow(
        "wrong-instruments-for-reviewer",
        "A reviewing State serves every instrument that nobody drawn before it serves, and no other.",
        "an additional State is drawn only for what the first one lacks.",
        {
            **_TWO_INSTRUMENTS,
            **_make_example_reviews(
                ("XA", [_make_example_reviewer("XB", "same"), _make_example_reviewer("XE", "same", "TIP")])
            ),
        },
        {
            **_TWO_INSTRUMENTS,
            **_make_example_reviews(
                ("XA", [_make_example_reviewer("XB", "same"), _make_example_reviewer("XE", "same", "TIP", "UNTOC")])
            ),
        },
    ),
    "LT005": _LotRuleRow(
        "too-many-reviewers-drawn",
        "At most four States review one State over all instruments, unless it decided otherwise.",
        "each reviewer is one more delegation that asks, is met and is answered.",
        _OF_XA,
        _make_example_reviews(
            ("XA", [_make_example_reviewer(code, "other") for code in ("XB", "XC", "XD", "XE", "XF")])
        ),
    ),
    "LT006": _LotRuleRow(
        "unbalanced-review-groups",
        "A State is in the review group that is settled for it, and the groups are as even as can be.",
        "the reviews start in three consecutive years, and no year shall carry most of them.",
        {**_GROUPED, **_OF_XA},
        {**_GROUPED, **_make_example_reviews(("XA", [_make_example_reviewer("XB", "same")]), group=2)},
    ),
    "LT008": _LotRuleRow(
        "too-many-redraws",
        "The reviewers of one State are drawn anew no more often than the terms of the draw allow.",
        "who may draw as often as they like choose their reviewers.",
        {"redraws": [{"state": "XA", "replaced": ["XB"], "draw": "0a"}], **_OF_XA},
        {"redraws": [{"state": "XA", "replaced": ["XB"], "draw": draw} for draw in ("0a", "0b", "0c")], **_OF_XA},
    ),
    "LT009": _LotRuleRow(
        "deferral-ignored",
        "A State that deferred reviewing in a review group reviews nobody in it.",
        "it said that it cannot, and the review would wait for it.",
        {"deferrals": [{"reviewer": "XB", "review_group": 2}], **_OF_XA},
        {"deferrals": [{"reviewer": "XB", "review_group": 1}], **_OF_XA},
    ),
    "LT010": _LotRuleRow(
        "reviewer-load-out-of-bounds",
        "Each State reviews as many States as the terms of the draw ask for, where they do.",
        "the work is shared, and nobody has more of it than can be done well.",
        _IN_A_RING,
        _make_example_reviews(
            ("XA", [_make_example_reviewer("XB", "same")]), ("XC", [_make_example_reviewer("XB", "other")])
        ),
    ),
    "LT013": _LotRuleRow(
        "exclusion-ignored",
        "A State that is excluded from reviewing another does not review it.",
        "the exclusion was settled before the draw, for a reason that the draw does not know.",
        {"exclusions": [{"state": "XA", "reviewer": "XD"}], **_OF_XA},
        {"exclusions": [{"state": "XA", "reviewer": "XB"}], **_OF_XA},
    ),
    "LT014": _LotRuleRow(
        "kept-reviewer-changed",
        "Reviewers that are kept from an earlier draw are those of this one.",
        "a redraw for one State, or one side of it, leaves all others as they were.",
        {**_make_example_kept_reviewers("XB"), **_OF_XA},
        {**_make_example_kept_reviewers("XE"), **_OF_XA},
    ),
    "LT020": _LotRuleRow(
        "invalid-draw-record",
        "A record of a draw has all its fields, each of its form, and names its format.",
        "what is no record cannot be computed again.",
        {"format": "untoc-network/draw/1", "seed": "…", "inputs": "…", "marks": "…", "tickets": "…", "reviews": "…"},
        {"format": "untoc-network/draw/0"},
    ),
    "LT021": _LotRuleRow(
        "seed-mismatch",
        "Each secret is the one that was committed to, and the seed is what they give.",
        "whoever could change a secret after the others were told could choose the draw.",
        {"name": "chair", "secret": "one", "commitment": "that of chair and one"},
        {"name": "chair", "secret": "two", "commitment": "that of chair and one"},
    ),
    "LT022": _LotRuleRow(
        "inputs-mismatch",
        "Every part of the inputs has the mark that was made of it at the draw.",
        "with other parties or limits the same seed gives another draw.",
        {"inputs": "as drawn with", "marks": "of these inputs"},
        {"inputs": "changed since", "marks": "of the inputs before"},
    ),
    "LT023": _LotRuleRow(
        "draw-mismatch",
        "Every lot, computed again from seed and inputs, is the one in the record.",
        "that is how anyone can tell that nobody interfered with a draw.",
        {"drawn": ["XB"], "computed again": ["XB"]},
        {"drawn": ["XC"], "computed again": ["XB"]},
    ),
    "LT024": _LotRuleRow(
        "digest-mismatch",
        "The digest of the record is the one that was published with the draw.",
        "a record that was made anew as a whole is sound in itself; only the published digest tells it from the true one.",
        {"digest": "5c4d…", "published": "5c4d…"},
        {"digest": "5c4d…", "published": "9e12…"},
    ),
    "LT025": _LotRuleRow(
        "weak-seed",
        "Two contribute to the seed at least, and each has a secret.",
        "who contributes alone can try secrets until the draw is as wanted, and an empty secret is known from its commitment.",
        {"contributions": {"chair": "32 random bytes", "observer": "32 random bytes"}},
        {"contributions": {"chair": ""}},
    ),
    "LT026": _LotRuleRow(
        "look-alike-contributors",
        "No two contributors have names that look alike.",
        "names that differ in case, accents, blanks or letters of another script can be one person who contributes twice.",
        {"contributors": ["chair", "observer"]},
        {"contributors": ["chair", "Chair"]},
    ),
    "LT027": _LotRuleRow(
        "commitment-mismatch",
        "The commitments in the record are those that were published before the draw.",
        "commitments that were made after the secrets were known bind nobody.",
        {"published": {"chair": "ea80…"}, "record": {"chair": "ea80…"}},
        {"published": {"chair": "ea80…"}, "record": {"chair": "77c1…"}},
    ),
}
SLUGS = {code: row.slug for code, row in _ROWS.items()}
"""The slug of each code."""


def explained() -> tuple[Code, ...]:
    """Every code with what explains it; those of the rules for drawing lots rest on their row of `lot_rules`.

    In the examples `XA`, `XB` and `XE` are of one regional group, `XC` and `XD` of another, unless they say otherwise.
    """
    return tuple(_make_code(code, row) for code, row in _ROWS.items())


def _make_code(code: str, row: _LotRuleRow) -> Code:
    rule = next((one for one in reference.table("lot_rules") if f"LT{int(one.rule[1:]):03}" == code), None)
    return Code(
        code=code,
        module=__name__,
        slug=row.slug,
        severity=Severity.ERROR,
        message="{words}",
        basis=rule and rule.basis("drawing of lots", f"rule {rule.rule}"),
        statement=row.statement,
        why=row.why,
        passes=json.dumps(row.passes, ensure_ascii=False),
        fails=json.dumps(row.fails, ensure_ascii=False),
    )
