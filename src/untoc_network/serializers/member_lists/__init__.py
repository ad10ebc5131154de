"""Member lists: cells of CSV files and workbooks, what their columns mean, and the register made of them."""

from untoc_network.serializers.member_lists.cells import CellFate, CellPlace
from untoc_network.serializers.member_lists.column_mapping import SheetMapping, load_mapping, write_mapping

__all__ = ["CellFate", "CellPlace", "SheetMapping", "load_mapping", "write_mapping"]
