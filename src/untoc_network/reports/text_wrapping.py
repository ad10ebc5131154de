"""Text in lines for people: between words, at the width that there is."""

from __future__ import annotations

import textwrap

__all__ = ["wrap"]


def wrap(text: str, width: int | None, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of that many columns; one line where it is None, as a pipe wants it.

    `first` begins the first line, `rest` the others. No word is broken, not at a hyphen either, so that an address or
    an id can be copied.
    """
    if width is None:
        return [first + text]
    lines = textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False, break_long_words=False
    )
    return lines or [first]
