"""The plot of fairness as SVG: probabilities of a small draw on the left, loads of the real parties on the right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

__all__ = ["plot"]

INK, FAINT, MAIN, OTHER, THIRD = "#333", "#ccc", "#0b6e99", "#c4622d", "#8a8a8a"
DARK = "<style>@media (prefers-color-scheme: dark) { svg { filter: invert(0.92) hue-rotate(180deg); } }</style>"
LEFT, TOP, SIDE = 70, 70, 300


def plot(figures: dict[str, Any]) -> str:
    """The whole picture."""
    body = "\n".join((*_scatter(figures["exact"]), *_bars(figures)))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 450" width="860" height="450" role="img" '
        f'font-family="system-ui, sans-serif" font-size="13" fill="{INK}">\n'
        f'{DARK}\n<rect width="860" height="450" fill="#fff"/>\n{body}\n</svg>\n'
    )


def _text(x: float, y: float, text: str, *, anchor: str = "middle", more: str = "") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" {more}>{text}</text>'


def _line(x: float, y: float, to_x: float, to_y: float, colour: str = FAINT) -> str:
    return f'<line x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}" stroke="{colour}"/>'


def _dot(x: float, y: float, colour: str, radius: float) -> str:
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{colour}" fill-opacity="0.75"/>'


def _scatter(exact: dict[str, Any]) -> Iterator[str]:
    yield _text(LEFT, 30, "Six invented States: how often each is drawn", anchor="start", more='font-weight="600"')
    low, high = _span(exact["points"])
    scale = SIDE / (high - low)
    for step in range(round(low * 10), round(high * 10) + 1):
        at = (step / 10 - low) * scale
        yield _line(LEFT, TOP + SIDE - at, LEFT + SIDE, TOP + SIDE - at)
        yield _text(LEFT - 8, TOP + SIDE - at + 4, f"{step * 10}%", anchor="end")
        yield _text(LEFT + at, TOP + SIDE + 18, f"{step * 10}%")
    yield _line(LEFT, TOP + SIDE, LEFT + SIDE, TOP, INK)
    for even, chance, observed, solved in exact["points"]:
        x = LEFT + (chance - low) * scale
        yield _dot(x, TOP + SIDE - (even - low) * scale, THIRD, 3)
        if solved is not None:
            yield _dot(x, TOP + SIDE - (solved - low) * scale, OTHER, 4)
        yield _dot(x, TOP + SIDE - (observed - low) * scale, MAIN, 4)
    yield _text(LEFT + SIDE / 2, TOP + SIDE + 38, "exact probability in this draw")
    yield from _legend(
        LEFT, TOP + SIDE + 60, ((MAIN, "drawn"), (OTHER, "solver"), (THIRD, "if all outcomes were even"))
    )


def _span(points: list[list[float | None]]) -> tuple[float, float]:
    values = [value for point in points for value in point if value is not None]
    return int(min(values) * 10) / 10, -(int(-max(values) * 10) - 1) / 10


def _legend(x: float, y: float, entries: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for colour, words in entries:
        yield _dot(x + 5, y - 4, colour, 5)
        yield _text(x + 15, y, words, anchor="start")
        x += 30 + 7 * len(words)


def _loads(figures: dict[str, Any], name: str) -> dict[str, float]:
    return (figures.get(name) or {}).get("load_shares") or {}


def _bars(figures: dict[str, Any]) -> Iterator[str]:
    left = LEFT + SIDE + 120
    yield _text(left, 30, "The real parties: reviews by one State", anchor="start", more='font-weight="600"')
    kinds = [("seeds", MAIN, "drawn"), ("solver", OTHER, "solver"), ("naive", THIRD, "without look-ahead")]
    known = [(figures[name]["load_shares"], colour, words) for name, colour, words in kinds if _loads(figures, name)]
    most = max(max(shares.values()) for shares, _, _ in known)
    top = -(int(-most * 10) - 1) / 10
    for step in range(round(top * 10) + 1):
        y = TOP + SIDE - step / 10 / top * SIDE
        yield _line(left, y, left + SIDE, y)
        yield _text(left - 8, y + 4, f"{step * 10}%", anchor="end")
    for load in range(4):
        start = left + load * SIDE / 4
        for at, (shares, colour, _) in enumerate(known):
            height = shares.get(str(load), 0) / top * SIDE
            x, y = start + 8 + at * 20, TOP + SIDE - height
            yield f'<rect x="{x:g}" y="{y:g}" width="18" height="{height:g}" fill="{colour}"/>'
        yield _text(start + SIDE / 8, TOP + SIDE + 18, str(load))
    yield _text(left + SIDE / 2, TOP + SIDE + 38, "States that a State reviews")
    yield from _legend(left, TOP + SIDE + 60, tuple((colour, words) for _, colour, words in known))
