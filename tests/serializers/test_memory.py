"""What the worst documents cost, at a small part of the limits: the same part of the promise, and no more."""

import importlib.util
import sys
import tracemalloc
from pathlib import Path

import pytest

import untoc_network as un
from untoc_network.serializers.registry import REGISTER_FORMATS

_SPEC = importlib.util.spec_from_file_location(
    "memory_benchmark", Path(__file__).parent.parent.parent / "benchmarks" / "memory.py"
)
memory = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = memory
_SPEC.loader.exec_module(memory)

pytestmark = pytest.mark.unmeasured
PART = 500
"""So many times smaller than the defaults are the limits here."""
USUAL = un.Limits()
SMALL = un.Limits(
    max_bytes=USUAL.max_bytes // PART, max_values=USUAL.max_values // PART, max_findings=USUAL.max_findings // PART
)
OVERHEAD = 100_000
"""Bytes that reading any document takes."""
CASES = [(form, case) for form in ("json", "ndjson", "yaml", "csv") for case in memory.cases(form) if case != "sound"]


@pytest.fixture(scope="module", autouse=True)
def _warm():
    for form, case in CASES:  # so that no module is loaded while memory is measured
        REGISTER_FORMATS[form].reads(memory.document(form, case, 1_000))


def peak_of(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("form", "case"), CASES, ids=lambda value: value)
def test_a_part_of_the_limits_takes_the_same_part_of_the_promise(form, case):
    data = memory.document(form, case, SMALL.max_bytes)
    assert len(data) <= SMALL.max_bytes
    assert (
        peak_of(lambda: REGISTER_FORMATS[form].reads(data, limits=SMALL))
        < memory.PROMISED * 1_000_000 // PART + OVERHEAD
    )
