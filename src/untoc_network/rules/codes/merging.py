"""MG: what two versions of one register must be like to be merged. The three-way merge holds these rules."""

from __future__ import annotations

from untoc_network.diagnostics.findings import Severity
from untoc_network.rules import citations as bases
from untoc_network.rules.rule import reader_rule

__all__ = [
    "field_is_changed_on_one_side",
    "records_are_merged_one_way",
    "records_told_apart_are_not_merged",
    "what_both_bring_breaks_no_rule",
    "what_both_change_breaks_no_rule",
    "what_is_referred_to_is_kept",
    "what_is_taken_out_is_unchanged",
    "what_shows_less_holds",
    "who_is_erased_is_left_alone",
]


@reader_rule(
    "MG001",
    says="'{field}' was changed on both sides: '{ours}' is kept, '{theirs}' is not",
    hint="choose one; what was there before, and what else changed, tells: untoc-network diff BASE THEIRS",
    basis=bases.NOTHING_LOST,
)
def field_is_changed_on_one_side() -> None:
    """Where two people change a register at once, a field is changed by one of them, or by both to the same.

    Why: which of two values is right, nobody but they can tell.

    Passes:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown", "founded": "1999"}]}}

    Fails:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "unknown"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "foundation"}]}}
    """


@reader_rule(
    "MG002",
    says="'{field}' was taken out on one side ({side:phrase}) and changed on the other; it is kept",
    hint="take it out again if it is to go",
    basis=bases.NOTHING_LOST,
    phrases={"ours": "ours", "theirs": "theirs"},
)
def what_is_taken_out_is_unchanged() -> None:
    """What one side takes out, a record or an item of a list, the other side leaves as it was.

    Why: who changed it still needed it.

    Passes:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}}

    Fails:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "foundation"}]}}
    """


@reader_rule(
    "MG003",
    says="it refers to '{target}', which was taken out on one side",
    hint="put the record in again, or refer to another",
    basis=bases.NOTHING_LOST,
)
def what_is_referred_to_is_kept() -> None:
    """What one side refers to, the other side does not take out.

    Why: each side alone was whole, and together they lead nowhere.

    Passes:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}}

    Fails:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-unit", "name": {"en": "Unit"}, "kind": "unit", "parent_id": "xa-ngo"}]}}
    """


@reader_rule(
    "MG004",
    says="both sides merged the same records, each into another one: '{kept}' is left, '{merged}' leads to it",
    hint="look whether the right one is left; its id is that which sorts first",
    basis=bases.IDENTITY,
)
def records_are_merged_one_way() -> None:
    """Where both sides merge the same records, both merge them into the same one.

    Why: each id would lead to the other, and no record would be left.

    Passes:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}}

    Fails:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo", "new_id": "xa-ngo-2"}]}}
    """


@reader_rule(
    "MG005",
    says="'{id}' was erased on one side ({side:phrase}) and changed on the other; the person stays erased",
    hint="tell whoever changed the record that the person was erased",
    basis=bases.PEOPLE_FIRST,
    phrases={"ours": "ours", "theirs": "theirs"},
)
def who_is_erased_is_left_alone() -> None:
    """Whom one side erases, the other side leaves as they were.

    Why: who worked on the record does not know yet that it is gone.

    Passes:
        {"base": {"persons": [{"id": "p-1", "name": "Ana Example"}]}, "ours": {"persons": [{"id": "p-1", "name": "[…]", "notes": [{"heading": "erased", "text": "2026-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example"}]}}

    Fails:
        {"base": {"persons": [{"id": "p-1", "name": "Ana Example"}]}, "ours": {"persons": [{"id": "p-1", "name": "[…]", "notes": [{"heading": "erased", "text": "2026-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example", "gender": "woman"}]}}
    """


@reader_rule(
    "MG006",
    says="the two sides disagree on '{field}'; what shows less is kept",
    hint="ask what is right, and write it",
    basis=bases.PEOPLE_FIRST,
)
def what_shows_less_holds() -> None:
    """What protects somebody, a consent or that a body is at risk, is changed by one side, or by both to the same.

    Why: whoever is shown although they withdrew can be put at risk, and nobody can take that back.

    Passes:
        {"base": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01"}]}]}, "ours": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "members", "basis": "form", "given": "2020-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01"}]}]}}

    Fails:
        {"base": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01"}]}]}, "ours": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "members", "basis": "form", "given": "2020-01-01"}]}]}, "theirs": {"persons": [{"id": "p-1", "name": "Ana Example", "consents": [{"purpose": "publication", "audience": "public", "basis": "form", "given": "2020-01-01", "withdrawn": "2025-06-01"}]}]}}
    """


@reader_rule(
    "MG007",
    says="'{one}' and '{other}' were merged on one side, and somebody decided that they are not one; they stay merged",
    hint="ask who decided; undo the merge if they are two",
    basis=bases.IDENTITY,
)
def records_told_apart_are_not_merged() -> None:
    """Records of which one side says that they are not one are not merged on the other.

    Why: one of the two is wrong, and the records of two bodies can hardly be told apart again.

    Passes:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}}

    Fails:
        {"base": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "redirects": [{"old_id": "xa-ngo-2", "new_id": "xa-ngo"}]}, "theirs": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}, {"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo"}], "distinct": [{"one_id": "xa-ngo", "other_id": "xa-ngo-2"}]}}
    """


@reader_rule(
    "MG008",
    says="what the two sides did to '{id}' and around it breaks {rule} together; {kept:phrase}",
    hint="look at what theirs has there, and write what is right",
    basis=bases.NOTHING_LOST,
    phrases={
        "ours": "it is as ours has it",
        "out": "it is left out, as ours does not have it",
        "in": "it is kept, as ours has it",
    },
)
def what_both_change_breaks_no_rule() -> None:
    """What both sides change breaks no rule together that neither breaks alone.

    Why: a register that was sound on both sides would not be sound any more, and nobody would have done it.

    Passes:
        {"base": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-03"}]}, "ours": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-02", "ends": "2024-05-03"}]}, "theirs": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-04"}]}}

    Fails:
        {"base": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-10"}]}, "ours": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-08", "ends": "2024-05-10"}]}, "theirs": {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "other", "starts": "2024-05-01", "ends": "2024-05-04"}]}}
    """


@reader_rule(
    "MG009",
    severity=Severity.WARNING,
    says="together the two sides break {rule} here, and neither does alone",
    hint="validate tells what it is; two records of one body can be merged",
    basis=bases.NOTHING_LOST,
)
def what_both_bring_breaks_no_rule() -> None:
    """What both sides bring breaks no rule together, where leaving out what theirs brought would lose it.

    Why: neither side could see it, and whoever merges is the first who can.

    Passes:
        {"base": {}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XA"}}]}, "theirs": {"organizations": [{"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XB"}}]}}

    Fails:
        {"base": {}, "ours": {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XA"}}]}, "theirs": {"organizations": [{"id": "xa-ngo-2", "name": {"en": "NGO of XA"}, "kind": "ngo", "seat": {"country": "XA"}}]}}
    """
