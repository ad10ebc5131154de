"""Registers of more records than one wants in memory: NDJSON checked in one stream, on all cores, and written.

    import untoc_network as un
    report = un.bulk.check("members.ndjson", on="2026-11-24", jobs=2)

The findings are those of reading the whole file and validating it, in the same order.
"""

from untoc_network.bulk.chunks import PartChecked, check_part, parts_of
from untoc_network.bulk.runner import check
from untoc_network.bulk.streaming import records_from
from untoc_network.bulk.writing import write_records

__all__ = ["PartChecked", "check", "check_part", "parts_of", "records_from", "write_records"]
