"""MG: what two versions of one register must be like to be merged. The three-way merge holds these rules."""

from __future__ import annotations

import functools

from untoc_network.diagnostics import citations
from untoc_network.diagnostics.code import Code
from untoc_network.diagnostics.findings import Severity

_code = functools.partial(Code, module=__name__)

merge_conflict = _code(
    code="MG001",
    slug="merge-conflict",
    severity=Severity.ERROR,
    message="both sides changed '{field:field}': '{ours}' is kept, '{theirs}' is not",
    hint="choose one of the two; the common version shows what was there before",
    basis=citations.NOTHING_LOST,
    statement=(
        "Where two people change a register at the same time, only one of them changes a field, or both change "
        "it in the same way."
    ),
    why="only these two people can tell which of the two values is right.",
    passes='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown", "founded": "1999"}]}}',
    fails='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "foundation"}]}}',
)

removal_conflict = _code(
    code="MG002",
    slug="removal-conflict",
    severity=Severity.ERROR,
    message="one side ({side:phrase}) removed '{field:field}', and the other changed it; it is kept",
    hint="remove it again if it is to go",
    phrases={"ours": "ours", "theirs": "theirs"},
    basis=citations.NOTHING_LOST,
    statement="A record or an item of a list that one side removes is left unchanged by the other.",
    why="whoever changed it still needed it.",
    passes='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}}',
    fails='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "foundation"}]}}',
)

reference_to_removed_record = _code(
    code="MG003",
    slug="reference-to-removed-record",
    severity=Severity.ERROR,
    message="the record refers to '{target}', which one side removed",
    hint="restore the removed record, or refer to another one",
    basis=citations.NOTHING_LOST,
    statement="A record to which one side refers is not removed by the other.",
    why="each side was whole by itself, but together they have a reference that leads nowhere.",
    passes='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}}',
    fails='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}}',
)

opposite_merges = _code(
    code="MG004",
    slug="opposite-merges",
    severity=Severity.ERROR,
    message=(
        "both sides merged the same records in opposite directions: '{kept}' is kept, and '{merged}' redirects to it"
    ),
    hint="check whether the right record was kept; the id that sorts first was chosen",
    basis=citations.IDENTITY,
    statement="Where both sides merge the same records, both merge them into the same one.",
    why="each id would lead to the other, and no record would be left.",
    passes='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}}',
    fails='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo", "new_id": "xa-ngo-2"}]}}',
)

change_to_erased_person = _code(
    code="MG005",
    slug="change-to-erased-person",
    severity=Severity.ERROR,
    message="one side ({side:phrase}) erased '{id}', and the other changed it; the person stays erased",
    hint="tell whoever changed the record that the person was erased",
    phrases={"ours": "ours", "theirs": "theirs"},
    basis=citations.PEOPLE_FIRST,
    statement="A person whom one side erases is left unchanged by the other.",
    why="whoever worked on the record does not know yet that it is gone.",
    passes='{"base": {"persons": [{"id": "p-1", "name": "Ana Example"}]}, "ours": {"persons": [{"id": "p-1", "name": "[…]", "notes": [{"heading": "erased", "text": "2026-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example"}]}}',
    fails='{"base": {"persons": [{"id": "p-1", "name": "Ana Example"}]}, "ours": {"persons": [{"id": "p-1", "name": "[…]", "notes": [{"heading": "erased", "text": "2026-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example", "gender": "woman"}]}}',
)

protection_conflict = _code(
    code="MG006",
    slug="protection-conflict",
    severity=Severity.ERROR,
    message="the two sides disagree on '{field:field}'; the version that shows less is kept",
    hint="find out which version is right, and record it",
    basis=citations.PEOPLE_FIRST,
    statement=(
        "What protects somebody (a consent, or that a body is at risk) is changed by one side only, or by both "
        "in the same way."
    ),
    why="somebody who is shown although they withdrew can be put at risk, and nobody can undo that.",
    passes='{"base": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01"}]}]}, "ours": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "members", "basis": "form", "given": "2020-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01"}]}]}}',
    fails='{"base": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01"}]}]}, "ours": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "members", "basis": "form", "given": "2020-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01", "withdrawn": "2025-06-01"}]}]}}',
)

merge_of_distinct_records = _code(
    code="MG007",
    slug="merge-of-distinct-records",
    severity=Severity.ERROR,
    message="one side merged '{one}' and '{other}', but they are recorded as not being duplicates; they stay merged",
    hint="ask who recorded that; undo the merge if these are two bodies",
    basis=citations.IDENTITY,
    statement="Records that one side marks as distinct are not merged by the other.",
    why="one of the two is wrong, and the records of two bodies can hardly be told apart again.",
    passes='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}}',
    fails='{"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}}',
)

rule_broken_by_joint_change = _code(
    code="MG008",
    slug="rule-broken-by-joint-change",
    severity=Severity.ERROR,
    message="the changes of both sides to '{id}' and to related records together break {rule}; {kept:phrase}",
    hint="compare with the version of the other side, and record what is right",
    phrases={
        "ours": "our version is kept",
        "out": "the record is left out, as in our version",
        "in": "the record is kept, as in our version",
    },
    basis=citations.NOTHING_LOST,
    statement="The changes of both sides together break no rule that neither breaks alone.",
    why="a register that was sound on both sides would no longer be sound, and nobody would have done it.",
    passes='{"base": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-03"}]}, "ours": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-02", "ends": "2024-05-03"}]}, "theirs": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-04"}]}}',
    fails='{"base": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-10"}]}, "ours": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-08", "ends": "2024-05-10"}]}, "theirs": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-04"}]}}',
)

rule_broken_by_joint_addition = _code(
    code="MG009",
    slug="rule-broken-by-joint-addition",
    severity=Severity.WARNING,
    message="the two sides together break {rule} here, although neither does so alone",
    hint="check the merged register to see what is wrong; two records of one body can be merged",
    basis=citations.NOTHING_LOST,
    statement=(
        "The additions of both sides together break no rule, where leaving out those of the other side would "
        "lose content."
    ),
    why="neither side could see it; whoever merges is the first who can.",
    passes='{"base": {}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XA"}}]}, "theirs": {"organizations": [{"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XB"}}]}}',
    fails='{"base": {}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XA"}}]}, "theirs": {"organizations": [{"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XA"}}]}}',
)

__all__ = [
    "change_to_erased_person",
    "merge_conflict",
    "merge_of_distinct_records",
    "opposite_merges",
    "protection_conflict",
    "reference_to_removed_record",
    "removal_conflict",
    "rule_broken_by_joint_addition",
    "rule_broken_by_joint_change",
]
