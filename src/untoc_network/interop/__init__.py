"""What goes to other tools and comes from them: calendars, JSON-LD, Popolo, GraphML, DOT, Mermaid, SVG, GeoJSON.

import untoc_network as un

un.exchange.write(register, "network.ics", on="2026-11-25")

Only what is public leaves, whoever asks.
"""

from __future__ import annotations

from untoc_network.interop.calendar_of_entry_points import entry_points_calendar
from untoc_network.interop.export_import_options import Exported, ExportOptions, GraphGrouping, GraphView, ImportOptions
from untoc_network.interop.public_filter import filter_public
from untoc_network.interop.registry import FORMS, Form, ToolImport, export, import_data, read_data, read_file, write
from untoc_network.model.listed_record import ListedRecord, ListPlace

__all__ = [
    "FORMS",
    "ExportOptions",
    "Exported",
    "Form",
    "GraphGrouping",
    "GraphView",
    "ImportOptions",
    "ListPlace",
    "ListedRecord",
    "ToolImport",
    "entry_points_calendar",
    "export",
    "filter_public",
    "import_data",
    "read_data",
    "read_file",
    "write",
]
