"""What goes to other tools and comes from them: calendars, JSON-LD, Popolo, GraphML, DOT, Mermaid, SVG, GeoJSON.

import untoc_network as un

un.exchange.write(register, "network.ics", on="2026-11-25")

Only what is public leaves, whoever asks.
"""

from __future__ import annotations

from untoc_network.interop.entry_points_ics import entry_points_calendar
from untoc_network.interop.export_options import Exported, GraphView, Intake, Wishes
from untoc_network.interop.public_filter import public
from untoc_network.interop.registry import FORMS, Brought, Form, export, import_data, read_data, read_file, write

__all__ = [
    "FORMS",
    "Brought",
    "Exported",
    "Form",
    "GraphView",
    "Intake",
    "Wishes",
    "entry_points_calendar",
    "export",
    "import_data",
    "public",
    "read_data",
    "read_file",
    "write",
]
