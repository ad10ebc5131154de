"""What coverage measures: tests and their fixtures, and of the generated examples a tenth.

What is measured takes three to five times as long. Nine tenths of the examples go where the first tenth went: a line that
only they reach is told as missing, and asks for a test of its own.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import pytest

from tests.profiles import measured_portion

__all__ = ["count_example", "untraced"]


class _Measuring:
    """The trace function of coverage, where one runs, and how many examples the test that runs has had."""

    tracer: Any = None
    examples = 0


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol() -> Iterator[None]:
    """Measure nothing that pytest does between tests."""
    tracer = sys.gettrace()
    if not type(tracer).__module__.startswith("coverage"):  # nothing measures, or a debugger looks
        return (yield)
    _Measuring.tracer = tracer
    sys.settrace(None)
    try:
        return (yield)
    finally:
        _Measuring.tracer = None
        sys.settrace(tracer)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Iterator[None]:
    """Measure fixtures."""
    return (yield from _measured())


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Measure a test, of a property the first examples."""
    if item.get_closest_marker("unmeasured"):
        return (yield)
    _Measuring.examples = 0
    handle = getattr(getattr(item, "obj", None), "hypothesis", None)
    if handle is None or _Measuring.tracer is None:
        return (yield from _measured())
    inner, most = handle.inner_test, item.obj._hypothesis_internal_use_settings.max_examples
    handle.inner_test = _counting(inner, most)
    try:
        return (yield from _measured())
    finally:
        handle.inner_test = inner


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Measure what fixtures do in the end."""
    return (yield from _measured())


def _measured() -> Iterator[None]:
    if _Measuring.tracer is not None:
        sys.settrace(_Measuring.tracer)
    try:
        return (yield)
    finally:
        if _Measuring.tracer is not None:
            sys.settrace(None)


def count_example(most: int) -> None:
    """Note that one of so many examples begins, and measure no more of them than a tenth."""
    _Measuring.examples += 1
    if _Measuring.tracer is not None and _Measuring.examples > measured_portion(most):
        sys.settrace(None)


def untraced() -> dict[str, str]:
    """The environment for a process that coverage does not follow: what that holds is not the program's, and slow."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def _counting(inner: Callable[..., Any], most: int) -> Callable[..., Any]:
    @wraps(inner)
    def counted(*arguments: Any, **named: Any) -> Any:
        count_example(most)
        return inner(*arguments, **named)

    return counted
