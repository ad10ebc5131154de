"""MG: what two versions of one register must be like to be merged. The three-way merge holds these rules."""

from __future__ import annotations

from untoc_network.rules import bases
from untoc_network.rules.rule import reader_rule

__all__ = ["field_is_changed_on_one_side", "what_is_referred_to_is_kept", "what_is_taken_out_is_unchanged"]


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
