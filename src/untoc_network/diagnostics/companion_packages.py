"""The companions: distributions beside this one, each with a purpose of its own, which the library works without."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from untoc_network.diagnostics.errors import MissingExtra

__all__ = ["COMPANIONS", "COMPANION_BY_AREA", "COMPANION_COMMANDS", "missing_companion"]

COMPANIONS: Mapping[str, str] = MappingProxyType(
    {
        "lots": "the drawing of lots",
        "store": "a register in a database",
        "site": "the website, the report and the pictures of a network",
    }
)
"""What each is for, by the name of its attribute of the package."""
COMPANION_COMMANDS = frozenset({"lots", "store"})
"""Those that bring a command of their own name; the website and the pages are forms of commands of the library."""
COMPANION_BY_AREA: Mapping[str, str] = MappingProxyType({"LT": "lots"})
"""The companion whose codes begin with these letters."""


def missing_companion(name: str) -> MissingExtra:
    """The exception where a companion is used that is not installed."""
    distribution = f"untoc-network-{name}"
    where = f"pip install ./packages/{distribution}"  # no index has it
    return MissingExtra(f"for {COMPANIONS[name]}, {distribution} is needed; in a copy of the library: {where}")
