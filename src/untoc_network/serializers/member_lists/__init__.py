"""Member lists: cells of CSV files and workbooks, what their columns mean, and the register made of them."""

from untoc_network.serializers.member_lists.column_mapping import (
    ColumnTarget,
    SheetMapping,
    load_mapping,
    write_mapping,
)
from untoc_network.serializers.member_lists.list_kind import ListKind
from untoc_network.serializers.member_lists.sheet_reading import CellFate, CellPlace

__all__ = ["CellFate", "CellPlace", "ColumnTarget", "ListKind", "SheetMapping", "load_mapping", "write_mapping"]
