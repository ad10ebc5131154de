"""Which records are one, what differs between registers, and how to bring both together.

import untoc_network as un

pairs = un.matching.duplicates(register)
register = un.matching.not_duplicates(register, "xa-refuge", "xb-refuge")
merged = un.matching.merge_records(register, "xa-refuge", "xa-refuge-2")
edits = un.matching.diff(register, merged.register)
both = un.matching.merge(base, ours, theirs)
"""

from __future__ import annotations

from untoc_network.matching.distinct_pairs import not_duplicates
from untoc_network.matching.duplicate_evidence import Evidence, EvidenceKind, Pair
from untoc_network.matching.duplicate_search import duplicates
from untoc_network.matching.record_merge import RecordMerge, Undo, merge_records
from untoc_network.matching.record_merge_undo import undo_merge
from untoc_network.matching.register_difference import Edit, EditKind, diff
from untoc_network.matching.reimport_log import ListEdit
from untoc_network.matching.three_way_conflicts import MergeConflict
from untoc_network.matching.three_way_merge import Merge, merge

__all__ = [
    "Edit",
    "EditKind",
    "Evidence",
    "EvidenceKind",
    "ListEdit",
    "Merge",
    "MergeConflict",
    "Pair",
    "RecordMerge",
    "Undo",
    "diff",
    "duplicates",
    "merge",
    "merge_records",
    "not_duplicates",
    "undo_merge",
]
