"""The one scale of colours: it can be read on every ground, and told apart by those who see colours otherwise."""

import itertools
import re

import pytest

from untoc_network.reports.stylesheet import load_picture_colours, load_stylesheet

GROUNDS = ("page", "card")
NO_TEXT = {"line"}
"""What only separates."""
SEEN = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""What becomes of linear colours, after Machado, Oliveira and Fernandes (2009)."""
FILLED = ("s0", "s1", "s2", "s3", "s5")
"""Those that fill bars; s4 is hollow, s6 and s7 stand only with a shape or a dash."""


def schemes():
    light, dark, printed = re.findall(r":root \{(.*?)\}", load_picture_colours(":root"), re.DOTALL)
    found = {}
    for name, block in (("light", light), ("dark", dark), ("print", printed)):
        found[name] = dict(re.findall(r"--([a-z0-9]+): #([0-9a-f]{6});", block))
    return found


def linear(digits):
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one, other):
    dark, bright = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(linear, (one, other)))
    return (bright + 0.05) / (dark + 0.05)


def lab(parts):
    x, y, z = (
        sum(weight * part for weight, part in zip(row, parts, strict=True)) / white
        for row, white in (
            ((0.4124, 0.3576, 0.1805), 0.95047),
            ((0.2126, 0.7152, 0.0722), 1),
            ((0.0193, 0.1192, 0.9505), 1.08883),
        )
    )
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(digits, way):
    parts = linear(digits)
    return lab([min(1, max(0, sum(a * b for a, b in zip(row, parts, strict=True)))) for row in SEEN[way]])


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_every_colour_can_be_read_on_every_ground(scheme):
    colours = schemes()[scheme]
    assert set(colours) == set(schemes()["light"])
    told = {
        (name, ground): round(contrast(colour, colours[ground]), 2)
        for name, colour in colours.items()
        for ground in GROUNDS
        if name not in NO_TEXT and name not in GROUNDS
    }
    assert [pair for pair, ratio in told.items() if ratio < 4.5] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_fills_bars_is_told_apart_however_colours_are_seen(scheme):
    colours = schemes()[scheme]
    apart = {
        (way, one, other): sum(
            (a - b) ** 2 for a, b in zip(seen(colours[one], way), seen(colours[other], way), strict=True)
        )
        ** 0.5
        for way in SEEN
        for one, other in itertools.combinations(FILLED, 2)
    }
    assert [pair for pair, distance in apart.items() if distance < 15] == []


def test_every_page_has_the_colours_once_and_names_none_itself():
    for own in ("page.css", "country_page.css", "facts.css", "publication.css"):
        style = load_stylesheet(own)
        assert style.count("color-scheme: light dark") == 1
        body = style.removeprefix(load_picture_colours(":root"))
        assert set(re.findall(r"#[0-9a-f]{3,6}\b", body)) <= {"#000"}
        assert set(re.findall(r"var\(--([a-z0-9]+)\)", style)) <= {*schemes()["light"], "tint"}


def test_a_picture_has_the_colours_as_its_own():
    assert ".graph {\n  color-scheme: light dark;" in load_picture_colours(".graph")
    assert ":root" not in load_picture_colours(".graph")
