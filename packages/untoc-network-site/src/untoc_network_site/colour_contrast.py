"""Colours that can be read: an accent is made darker or lighter until it stands out, as WCAG 2.2 AA asks of text."""

from __future__ import annotations

import re

from untoc_network.diagnostics.errors import ImpossibleValue

__all__ = ["compute_contrast", "fit_contrast", "parse_colour"]

_READABLE = 4.5
"""The least contrast of text of usual size with what is behind it."""
_STEPS = 100

Colour = tuple[int, int, int]


def parse_colour(text: str) -> Colour:
    """A colour as `#0b57a4` or `#05a`. Raises `ImpossibleValue` for another text."""
    found = re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", text)
    if found is None:
        raise ImpossibleValue("accent: a colour is written as # with three or six digits from 0 to f, such as #0b57a4")
    digits = found[1] if len(found[1]) == 6 else "".join(2 * digit for digit in found[1])
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue


def compute_contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, from 1 to 21."""
    dark, light = sorted((_compute_luminance(one), _compute_luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _compute_luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (one / 255 for one in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def fit_contrast(colour: Colour, behind: Colour) -> str:
    """The colour, mixed with as little black or white as makes text of it readable on what is behind."""
    towards = 0 if _compute_luminance(behind) > 0.18 else 255
    mixed = (_mix(colour, towards, step / _STEPS) for step in range(_STEPS + 1))
    readable = next(one for one in mixed if compute_contrast(one, behind) >= _READABLE)
    return "#{:02x}{:02x}{:02x}".format(*readable)


def _mix(colour: Colour, towards: int, part: float) -> Colour:
    red, green, blue = (round(one + (towards - one) * part) for one in colour)
    return red, green, blue
