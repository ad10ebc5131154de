"""The parts of the page on speed that are figures: made of the JSON of a run, and written between their marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.peers import OURS, RULES
from benchmarks.targets import show, table

__all__ = ["BLOCKS", "render_block", "write_page"]

Figures = Mapping[str, Any]


def _describe_run(figures: Figures, before: Figures) -> Iterator[str]:
    yield "Figures are CPU time, the least of several rounds in turn, the collector as Python sets it on all sides."
    yield "Where no size is named they are of 10,000 stakeholders (16,002 records, 5.4 MB)."
    where = f"Python {figures['python']} on {figures['machine']}, {figures['versions']}"
    yield f"*Now*: commit {figures['commit']}, {where};"
    minutes = max(1, round(figures["seconds"] / 60))
    yield f"`{figures['how']}`, {figures['rounds']} rounds up to 10,000, one run of {minutes} minutes on one machine."
    yield f"*Before*: commit {before.get('commit')}, `{before.get('how')}`."


def _list_targets(figures: Figures, before: Figures) -> Iterator[str]:
    yield from table(figures, before)


def _list_peers(figures: Figures, _before: Figures) -> Iterator[str]:
    compared: Mapping[str, Figures] = {str(size): at for size, at in figures["compared"].items()}
    rows = (
        ("load_vs_pydantic", "reading, times as fast as pydantic's models"),
        ("load_by_hand_vs_pydantic", "the same, laid out by hand"),
        ("load_vs_pydantic_collector_held_back", "the same, garbage collector held back on both sides"),
        ("load_vs_checked_struct", "reading, times as fast as structs that check forms"),
        ("load_vs_msgspec_struct_collecting", "reading, times as fast as bare structs"),
        ("dump_vs_pydantic", "writing, times as fast as pydantic"),
        ("validate_vs_pydantic_shape", "all rules, times as fast as the shape alone in pydantic"),
        ("validate_vs_jsonschema", "the same in jsonschema"),
        ("validate_vs_fastjsonschema", "the same in fastjsonschema"),
        ("validate_vs_jsonschema-rs", "the same in jsonschema-rs, which says yes or no"),
        ("load_megabytes_per_second", "reading, megabytes a second"),
        ("dump_megabytes_per_second", "writing, megabytes a second"),
        ("validate_records_per_second", "rules, records a second"),
    )
    yield f"| at stakeholders | {' | '.join(f'{int(size):,}' for size in compared)} |"
    yield f"|---|{'---|' * len(compared)}"
    for key, title in rows:
        values = [at.get(key) for at in compared.values()]
        if any(value is not None for value in values):
            yield f"| {title} | {' | '.join('' if value is None else show(value) for value in values)} |"


def _list_sizes(figures: Figures, _before: Figures) -> Iterator[str]:
    yield "| stakeholders | records | MB | reading, s | rules, s | public view, s |"
    yield "|---|---|---|---|---|---|"
    for run in figures["runs"]:
        seconds = (run["load"][OURS], run["validate"][RULES], run["view"][OURS])
        cells = " | ".join(f"{taken:.2f}" for taken in seconds)
        yield f"| {run['stakeholders']:,} | {run['records']:,} | {run['megabytes']:.1f} | {cells} |"


def _list_shapes(figures: Figures, _before: Figures) -> Iterator[str]:
    shapes = figures.get("same_shape_objects_per_second", {})
    if shapes:
        told = ", ".join(
            f"{name.replace('untoc_network', 'this library')} {rate:,.0f}" for name, rate in shapes.items()
        )
        yield f"Objects a second: {told}."


def _list_changes(figures: Figures, _before: Figures) -> Iterator[str]:
    measured: Mapping[str, Mapping[str, float]] = figures.get("live_milliseconds", {})
    if measured:
        yield f"| CPU milliseconds | {' | '.join(f'at {int(size):,}' for size in measured)} |"
        yield f"|---|{'---|' * len(measured)}"
        for name in next(iter(measured.values())):
            yield f"| {name} | {' | '.join(show(at[name]) for at in measured.values())} |"


BLOCKS: Mapping[str, Callable[[Figures, Figures], Iterator[str]]] = {
    "run": _describe_run,
    "targets": _list_targets,
    "peers": _list_peers,
    "sizes": _list_sizes,
    "shapes": _list_shapes,
    "changes": _list_changes,
}
"""What makes each part, by the name in its marks."""


def render_block(name: str, figures: Figures, before: Figures) -> str:
    """A part of the page, without its marks."""
    return "\n".join(BLOCKS[name](figures, before))


def write_page(path: Path, figures: Figures, before: Figures) -> None:
    """Put the figures into the page, each part between its marks."""

    def fill(found: re.Match[str]) -> str:
        return f"{found[1]}\n{render_block(found[2], figures, before)}\n{found[3]}"

    text = path.read_text(encoding="utf-8")
    marks = re.compile(r"(<!-- figures: (\w+) -->)\n.*?(<!-- end of figures -->)", re.DOTALL)
    path.write_text(marks.sub(fill, text), encoding="utf-8")
