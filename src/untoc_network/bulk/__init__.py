"""Registers of more records than one wants in memory: NDJSON checked in one stream, on all cores, and written.

    import untoc_network as un
    report = un.bulk.check("members.ndjson", on="2026-11-24", jobs=2)

The findings are those of reading the whole file and validating it, in the same order.
"""

from untoc_network.bulk.part_check import CheckedPart, check_part, split_file
from untoc_network.bulk.record_stream import stream_records
from untoc_network.bulk.record_writer import write_records
from untoc_network.bulk.runner import check, iterate_findings
from untoc_network.serializers.codecs.ndjson import RecordLine, iter_records

__all__ = [
    "CheckedPart",
    "RecordLine",
    "check",
    "check_part",
    "iter_records",
    "iterate_findings",
    "split_file",
    "stream_records",
    "write_records",
]
