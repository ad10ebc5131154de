"""The same check on a cluster of Dask workers: parts where there is room, and one report."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from untoc_network.bulk.part_check import CheckedPart, Span
from untoc_network.bulk.runner import check
from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.errors import MissingExtra
from untoc_network.diagnostics.findings import Report
from untoc_network.rules.engine import Progress, RuleSet
from untoc_network.serializers.source.limits import Limits

__all__ = ["check_on", "write_findings"]


def check_on(  # noqa: PLR0913
    client: Any,
    path: str | os.PathLike[str],
    *,
    on: dt.date | str | None = None,
    rules: RuleSet | Iterable[Explained] | None = None,
    limits: Limits = Limits(),
    progress: Progress | None = None,
    jobs: int = 4,
) -> Report:
    """Check an NDJSON file on the workers of a `distributed.Client`; the report is that of `check`.

    Every worker must be able to open the path and to import your own rules by name. A part whose worker is lost is
    checked again by another. The rules that compare records run here.
    """

    def run(work: Callable[[Span], CheckedPart], spans: Sequence[Span]) -> Iterator[CheckedPart]:
        return map(client.gather, client.map(work, spans, pure=False))

    return check(path, on=on, rules=rules, jobs=jobs, limits=limits, progress=progress, run=run)


def write_findings(report: Report, path: str | os.PathLike[str]) -> None:
    """Write findings as a Parquet table, one row each. Raises `MissingExtra` without polars."""
    try:
        import polars as pl
    except ImportError:
        raise MissingExtra('Parquet needs polars: pip install "untoc-network[cluster]"') from None
    names = ("file", "line", "column", "pointer", "code", "severity", "subject", "message", "hint", "basis")
    numbers = {"line", "column"}
    rows = [finding.to_dict() for finding in report]
    columns = {name: [row.get(name) for row in rows] for name in names}
    schema = {name: pl.Int64 if name in numbers else pl.String for name in names}
    pl.DataFrame(columns, schema=schema).write_parquet(os.fspath(path))
