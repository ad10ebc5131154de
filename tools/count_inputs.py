"""A plugin of pytest that counts what each test tried, for the table of hazards.

    python -m pytest -p tools.count_inputs --inputs-to FILE ...

A case of a parametrized test or a subtest counts as one input, an example that a property drew as one, and what a test
goes through in a loop as the number that it says itself: `record_property("inputs", number)`. A test that was skipped
counts nothing, and one that fell stands under `null`.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_OPTION = "inputs_to"
_INPUTS = "inputs"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that names the file."""
    parser.addoption("--inputs-to", dest=_OPTION, metavar="FILE", help="write how many inputs each test tried, as JSON")


def pytest_configure(config: pytest.Config) -> None:
    """Gather in the process that hears of all tests, which is the one that no worker is."""
    if config.getoption(_OPTION) and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Gathering(Path(config.getoption(_OPTION))))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Count the examples of a property that it went through to the end."""
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    if handle is None:
        return (yield)
    inner, drawn = handle.inner_test, [0]
    handle.inner_test = _counting(inner, drawn)
    try:
        return (yield)
    finally:
        handle.inner_test = inner
        if _INPUTS not in dict(item.user_properties):
            item.user_properties.append((_INPUTS, drawn[0]))


def _counting(inner: Callable[..., Any], drawn: list[int]) -> Callable[..., Any]:
    @functools.wraps(inner)
    def counted(*arguments: Any, **named: Any) -> Any:
        result = inner(*arguments, **named)
        drawn[0] += 1
        return result

    return counted


class _Gathering:
    def __init__(self, target: Path) -> None:
        self.target = target
        self.counts: dict[str, int | None] = {}
        self.subtests: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if isinstance(report, pytest.SubtestReport):
            self.subtests[report.nodeid] += 1
        elif not report.passed:
            self.counts[report.nodeid] = 0 if report.skipped else None
        elif report.when == "call":
            self.counts[report.nodeid] = int(
                dict(report.user_properties).get(_INPUTS, self.subtests[report.nodeid] or 1)
            )  # type: ignore[call-overload]

    def pytest_sessionfinish(self) -> None:
        self.target.write_text(json.dumps(self.counts), encoding="utf-8")
