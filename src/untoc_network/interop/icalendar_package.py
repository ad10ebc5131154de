"""The package that calendars are written and parsed with, which is an extra."""

from __future__ import annotations

import types

from untoc_network.diagnostics.errors import MissingExtra

__all__ = ["import_icalendar"]


def import_icalendar() -> types.ModuleType:
    """The package `icalendar`. Raises `MissingExtra` where it is not installed."""
    try:
        import icalendar
    except ImportError:
        raise MissingExtra('for calendars, icalendar is needed: pip install "untoc-network[ics]"') from None
    return icalendar
