"""`python -m benchmarks`: what importing costs, and how the work grows with the register."""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import untoc_network as un
from untoc_network.testing import invented_register

ROUNDS = 7
SIZES = (1_000, 4_000, 16_000)
ON = "2026-11-24"
CORE = "import attrs, cattrs, pendulum"


def import_seconds(statement: str) -> float:
    """CPU seconds that one statement takes in a fresh interpreter."""
    code = f"import time; start = time.process_time()\n{statement}\nprint(time.process_time() - start)"
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def import_costs() -> dict[str, float]:
    """Milliseconds over the three core packages, medians of runs in turn."""
    statements = {
        "core": CORE,
        "import_untoc_network": f"{CORE}; import untoc_network",
        "public_model": f"{CORE}; import untoc_network as un; un.Register",
        "load_and_validate": f"{CORE}; import untoc_network as un; un.loads; un.validate",
    }
    runs = [{name: import_seconds(statement) for name, statement in statements.items()} for _ in range(ROUNDS)]
    return {
        f"{name}_over_core_ms": 1000 * statistics.median(run[name] - run["core"] for run in runs)
        for name in statements
        if name != "core"
    }


def seconds(work: Callable[[], object], fresh: Callable[[], object] | None = None) -> float:
    """The median wall time of some runs; `fresh` makes what each run needs anew, outside the measure."""
    times = []
    for _ in range(3):
        if fresh is not None:
            fresh()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def growth() -> Iterable[tuple[int, dict[str, float]]]:
    """Seconds for reading, checking and writing registers of growing size."""
    for size in SIZES:
        register = invented_register(size)
        data = un.dumps(register)
        held = {}

        def renew(data: bytes = data, held: dict[str, un.Register] = held) -> None:
            held["register"] = un.loads(data)  # with no index built yet

        yield (
            len(register),
            {
                "dumps": seconds(lambda register=register: un.dumps(register)),
                "reads": seconds(lambda data=data: un.reads(data)),
                "validate": seconds(lambda held=held: un.validate(held["register"], on=ON), renew),
            },
        )


def main() -> None:
    """Measure, print and, where asked, write JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args()
    figures: dict[str, object] = dict(import_costs())
    measured = dict(growth())
    (small, first), *_, (large, last) = measured.items()
    for work in first:
        figures[f"{work}_records_per_second"] = large / last[work]
        figures[f"{work}_exponent"] = math.log(last[work] / first[work]) / math.log(large / small)
        figures[f"{work}_times_for_4_times_the_records"] = (last[work] / first[work]) ** (
            math.log(4) / math.log(large / small)
        )
    for name, value in figures.items():
        print(f"{name:<45} {value:>12,.2f}")
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
