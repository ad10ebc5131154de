"""How far long work has come: one line on standard error, where that is a terminal."""

from __future__ import annotations

import sys

__all__ = ["ProgressLine"]

_BAR = 24


class ProgressLine:
    """A line that is written over; nothing at all where standard error is no terminal."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.shown = sys.stderr.isatty()

    def __call__(self, done: int, of: int) -> None:
        """Show that so many steps of so many are done."""
        if self.shown:
            full = _BAR * done // max(of, 1)
            print(
                f"\r{self.label} [{'#' * full}{'.' * (_BAR - full)}] {done}/{of}", end="", file=sys.stderr, flush=True
            )

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            print("\r\x1b[2K", end="", file=sys.stderr, flush=True)
