"""What is wanted of the figures, and the table that shows it: in Markdown, ready for the page on speed."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

__all__ = ["TARGETS", "Target", "show", "table"]


class Target(NamedTuple):
    """A figure by its key, what it is of, and its bound: the least that is wanted, or the most."""

    key: str
    title: str
    bound: float
    most: bool = False

    def is_reached(self, value: float) -> bool:
        """Whether the bound is kept."""
        return bool((operator.le if self.most else operator.ge)(value, self.bound))


def _most(key: str, title: str, bound: float) -> Target:
    return Target(key, title, bound, most=True)


TARGETS = (
    _most("cold_version_over_ms", "`--version`, cold, CPU ms over Python with attrs and cattrs", 60),
    _most("cold_help_over_ms", "`--help`", 120),
    _most("cold_validate_over_ms", "`validate` of a small file", 250),
    _most("cold_read_and_validate_over_ms", "`read` and `validate` in a program", 130),
    _most("small_read_vs_json_loads", "one record, times `json.loads` of the same bytes", 40),
    _most("one_fault_vs_clean", "one misspelt key, times the sound document", 2),
    _most("tenth_faulty_vs_clean", "each tenth record faulty, times the sound document", 4),
    _most("ndjson_vs_json", "NDJSON, times JSON of the same register", 2),
    _most("yaml_vs_json", "YAML", 10),
    _most("csv_vs_json", "CSV tables", 3),
    _most("view_vs_dump", "public view, times writing the same register", 2.5),
    _most("view_with_withheld_vs_dump", "public view with 1,000 persons withheld", 4),
    _most("live_change_share", "one change through `Live`, share of a validation", 0.01),
    _most("live_change_growth", "the same at 100,000 organizations, times that at 10,000", 2),
    Target("load_vs_pydantic", "reading, times as fast as pydantic's models", 2.5),
    Target("load_vs_pydantic_collector_held_back", "the same, garbage collector held back on both sides", 0),
    Target("load_vs_checked_struct", "reading, times as fast as msgspec structs that check the same forms", 0.8),
    Target("dump_vs_pydantic", "writing, times as fast as pydantic", 1),
    Target("validate_records_per_second", "records a second, all rules", 150_000),
    _most("memory_vs_pydantic", "memory, share of pydantic's", 0.5),
    _most("load_exponent", "reading grows with the power", 1.05),
    _most("load_exponent_collector_held_back", "the same, garbage collector held back", 0),
    _most("load_exponent_of_pydantic", "the same, pydantic's models", 0),
    _most("load_exponent_of_checked_struct", "the same, msgspec structs that check the same forms", 0),
    _most("validate_exponent", "rules", 1.05),
    _most("view_exponent", "view", 1.05),
    _most("edit_growth", "one edit at 100,000 organizations, times that at 1,000", 2),
    _most("import_exponent", "import", 1.05),
    _most("duplicates_exponent", "duplicates", 1.05),
)
"""What is wanted: at 10,000 stakeholders, or at the largest size that peers run at where more is wanted there."""

AT_LARGE = {"load_vs_pydantic": 4.0, "load_vs_pydantic_collector_held_back": 0, "load_vs_checked_struct": 0.8}
"""What is wanted of figures at 100,000 stakeholders."""


def table(figures: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[str]:
    """The lines of the table; a figure that was not measured is left out."""
    yield "| | before | now | wanted | |"
    yield "|---|---|---|---|---|"
    at_sizes = {int(size): at for size, at in figures["compared"].items()}
    small, large = at_sizes.get(10_000, figures), at_sizes.get(100_000, {})
    for target in TARGETS:
        value = small.get(target.key, figures.get(target.key))
        if value is not None:
            yield _write_row(target, target.title, before.get(target.key), value)
        if target.key in AT_LARGE and target.key in large:
            wanted = target._replace(bound=AT_LARGE[target.key])
            yield _write_row(wanted, "the same at 100,000 stakeholders", None, large[target.key])


def _write_row(wanted: Target, title: str, was: float | None, value: float) -> str:
    words = f"{'at most' if wanted.most else 'at least'} {show(wanted.bound)}" if wanted.bound else ""
    verdict = ("met" if wanted.is_reached(value) else "**not met**") if wanted.bound else ""
    return f"| {title} | {'' if was is None else show(was)} | {show(value)} | {words} | {verdict} |"


def show(value: float) -> str:
    """A figure with as many digits as say something."""
    if abs(value) >= 1_000:
        return f"{value:,.0f}"
    if 0 < abs(value) < 0.05:
        return f"1/{1 / value:,.0f}"
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"
