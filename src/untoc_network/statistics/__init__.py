"""Numbers about a register on a day: members, events, reviews, contributions, with what is not known always told.

import untoc_network as un

for table in un.statistics.stats(register, on="2024-12-31").tables:
    print(table.key, table.total)
"""

from untoc_network.statistics.register_statistics import stats
from untoc_network.statistics.small_count_hiding import MINIMUM, hide_small_counts
from untoc_network.statistics.table import (
    Chart,
    ListedMember,
    Row,
    RowSubject,
    StatedNumber,
    Statistics,
    Table,
    TableNote,
)

hidden_in = hide_small_counts  # the name of before, which scripts call

__all__ = [
    "MINIMUM",
    "Chart",
    "ListedMember",
    "Row",
    "RowSubject",
    "StatedNumber",
    "Statistics",
    "Table",
    "TableNote",
    "hidden_in",
    "hide_small_counts",
    "stats",
]
