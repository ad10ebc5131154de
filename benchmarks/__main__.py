"""`python -m benchmarks`: reading, writing, checking, importing and memory, beside other libraries.

All run in one process and in turn; figures are medians of CPU seconds, or ratios of such. Needs the extra `bench`;
what is not installed is left out. `--quick` takes less than a minute and leaves out the slow peers and large sizes.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import platform
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs

import untoc_network as un
from benchmarks import changes, shapes
from benchmarks.peers import OURS, RULES, Sample, importable, in_turn, medians
from benchmarks.plot import plot
from untoc_network.testing import invented_register

QUICK = (1_000, 10_000)
FULL = (1_000, 10_000, 100_000, 1_000_000)
EDITED = (1_000, 100_000)
MOST_FOR_SLOW_PEERS = 10_000
MOST_FOR_PEERS = 100_000


def process_of(code: str) -> float:
    """The number that a piece of code prints in a fresh interpreter."""
    return float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)


def import_costs(rounds: int) -> dict[str, float]:
    """CPU milliseconds of importing: the public face and model, and the same schema in pydantic; runs in turn.

    What both need to generate the schema is imported before the clock starts for pydantic, so that it pays for its own
    import and classes alone.
    """
    clock = "import time; start = time.process_time()\n{}\nprint(1000 * (time.process_time() - start))"
    shared = "from benchmarks import twins"
    statements = {
        "import_face_ms": clock.format("import untoc_network"),
        "import_model_ms": clock.format("import untoc_network as un; un.Register"),
        "import_load_and_validate_ms": clock.format("import untoc_network as un; un.loads; un.validate"),
        "import_pydantic_ms": f"{shared}\n" + clock.format("import pydantic; twins.pydantic_model()"),
    }
    runs = [{name: process_of(code) for name, code in statements.items()} for _ in range(rounds)]
    return {name: statistics.median(run[name] for run in runs) for name in statements}


def memory(organizations: int) -> dict[str, float]:
    """Bytes that a register takes once it is read, in a process of its own, ours and in pydantic's models."""
    measure = (
        "import gc, tracemalloc\nimport untoc_network as un\nfrom benchmarks import twins\n"
        "from untoc_network.testing import invented_register\n{}\n"
        f"data = un.dumps(invented_register({organizations}))\nload(un.dumps(invented_register(1)))\n"
        "tracemalloc.start()\nkept = load(data)\ngc.collect()\nprint(tracemalloc.get_traced_memory()[0])"
    )
    loads = {"untoc_network": "load = un.loads", "pydantic": "load = twins.pydantic_model().model_validate_json"}
    return {f"memory_{name}_bytes": process_of(measure.replace("{}", load)) for name, load in loads.items()}


def small_read(rounds: int) -> dict[str, float]:
    """Microseconds that a document of one record takes to read, here and with `json.loads`, in turn; the least of all.

    A service reads one a request, so that what has to be set up for each reading weighs more than the reading.
    """
    data = b'{"schema_version": 1, "organizations": [{"id": "x", "kind": "ngo", "name": {"en": "X"}}]}'
    readers = {"small_read_us": un.reads, "small_json_loads_us": json.loads}
    runs = [
        {name: timeit.timeit(lambda read=read: read(data), number=2_000) * 500 for name, read in readers.items()}
        for _ in range(rounds)
    ]
    return {name: min(run[name] for run in runs) for name in readers}


def edits(rounds: int) -> dict[str, float]:
    """Microseconds of one organization replaced, in a register of few and of many, in turn; the least of all.

    The register has been edited before: the first edit prepares what all later ones take over.
    """
    calls = {f"edit_at_{size}_us": edit_of(size) for size in EDITED}
    clock = functools.partial(timeit.timeit, timer=time.process_time, number=200)
    runs = [{name: clock(call) * 5_000 for name, call in calls.items()} for _ in range(rounds)]
    return {name: min(run[name] for run in runs) for name in calls}


def edit_of(organizations: int) -> Callable[[], object]:
    """A call that replaces an organization in the middle of a register."""
    register = invented_register(organizations)
    one = attrs.evolve(register.organizations[organizations // 2], founded="1999")
    edited, _ = register.with_replaced(one)
    return lambda: edited.with_replaced(one)


def exponent(sizes: Mapping[int, float]) -> float:
    """The power of the size with which the seconds grow, from the smallest to the largest."""
    (small, first), (large, last) = min(sizes.items()), max(sizes.items())
    return math.log(last / first) / math.log(large / small)


def measured(organizations: int, rounds: int, *, all_peers: bool) -> dict[str, Any]:
    """Everything on a register of one size: stakeholders are its organizations and persons."""
    sample = Sample(invented_register(organizations))
    beside = 2 * organizations <= MOST_FOR_PEERS
    loads = sample.loads(all_peers=all_peers) if beside else sample.own_loads()
    held = {name: loads[name] for name in (OURS, "pydantic", "msgspec struct, bare") if name in loads}
    run: dict[str, Any] = {
        "organizations": organizations,
        "stakeholders": 2 * organizations,
        "megabytes": len(sample.data) / 1e6,
        "load": medians(in_turn(loads, rounds)),
        "load, collector held back": medians(in_turn(held, rounds, collecting=False)),
    }
    run["records"] = len(sample.register)
    dumps = sample.dumps(all_peers=all_peers) if beside else sample.own_dumps()
    run["dump"] = medians(in_turn(dumps, rounds))
    del dumps
    checks = sample.checks(all_peers=all_peers) if beside else sample.own_checks()
    return run | {"validate": medians(in_turn(checks, rounds, before=sample.fresh))}


def ratios(one: Mapping[str, Any]) -> dict[str, float]:
    """Above 1 this library is faster."""
    load, held, dump, check = one["load"], one["load, collector held back"], one["dump"], one["validate"]
    rules = check[RULES]
    found = {
        "load_vs_pydantic": load["pydantic"] / load[OURS],
        "load_by_hand_vs_pydantic": load["pydantic, by hand"] / load["untoc_network, by hand"],
        "load_vs_pydantic_collector_held_back": held["pydantic"] / held[OURS],
        "load_vs_msgspec_struct": held["msgspec struct, bare"] / held[OURS],
        "load_vs_msgspec_struct_collecting": load["msgspec struct, bare"] / load[OURS],
        "load_vs_msgspec_struct_strict": load["msgspec struct, strict"] / load[OURS],
        "dump_vs_pydantic": dump["pydantic"] / dump[OURS],
        "validate_vs_pydantic_shape": check["pydantic, shape"] / rules,
        "load_megabytes_per_second": one["megabytes"] / load[OURS],
        "dump_megabytes_per_second": one["megabytes"] / dump[OURS],
        "validate_records_per_second": one["records"] / rules,
    }
    return found | {
        f"validate_vs_{name.partition(',')[0]}": taken / rules for name, taken in check.items() if "json" in name
    }


def main() -> None:
    """Measure, print and, where asked, write JSON and a plot."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and the fast peers only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the figures here")
    parser.add_argument(
        "--most", type=int, default=FULL[-1], help="stakeholders of the largest register, 10000 at least"
    )
    chosen = parser.parse_args()
    sizes = QUICK if chosen.quick else tuple(size for size in FULL if size <= chosen.most)
    rounds = 5
    runs = []
    for size in sizes:
        few = size > MOST_FOR_SLOW_PEERS
        runs.append(measured(size // 2, rounds, all_peers=not chosen.quick and not few))
        print(f"{size} stakeholders: {json.dumps(runs[-1], indent=2)}", file=sys.stderr)
    compared = {run["stakeholders"]: ratios(run) for run in runs if "pydantic" in run["load"]}
    figures: dict[str, Any] = {"compared_at_stakeholders": max(compared), **compared[max(compared)]}
    figures |= import_costs(rounds)
    figures["import_vs_pydantic"] = figures["import_face_ms"] / figures["import_pydantic_ms"]
    figures["import_with_model_vs_pydantic"] = figures["import_model_ms"] / figures["import_pydantic_ms"]
    figures |= small_read(9)
    figures["small_read_vs_json_loads"] = figures["small_read_us"] / figures["small_json_loads_us"]
    figures |= changes.figures(10_000)
    figures |= edits(9)
    fewest, most = (figures[f"edit_at_{size}_us"] for size in EDITED)
    figures["edit_growth"] = most / fewest
    figures |= memory(1_000 if chosen.quick else 10_000)
    figures["memory_vs_pydantic"] = figures["memory_untoc_network_bytes"] / figures["memory_pydantic_bytes"]
    grown = runs[1:] if len(runs) > 2 else runs  # fixed costs tell on the smallest
    figures["load_exponent"] = exponent({run["records"]: run["load"][OURS] for run in grown})
    figures["validate_exponent"] = exponent({run["records"]: run["validate"][RULES] for run in grown})
    if not chosen.quick:
        figures["same_shape_objects_per_second"] = shapes.objects_per_second()
    figures["python"], figures["machine"] = platform.python_version(), platform.machine()
    figures |= {"compared": compared, "runs": runs}
    print(f"{'stakeholders':<45}", *(f"{size:>12,}" for size in compared))
    for name in compared[max(compared)]:
        print(f"{name:<45}", *(f"{at.get(name, math.nan):>12,.2f}" for at in compared.values()))
    for name, value in figures.items():
        if isinstance(value, float) and name not in compared[max(compared)]:
            print(f"{name:<45} {value:>12,.2f}")
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if chosen.svg is not None:
        plot(figures, chosen.svg)


if __name__ == "__main__":
    if not (importable("msgspec") and importable("pydantic")):
        sys.exit('benchmarks need their extra: pip install "untoc-network[bench]"')
    main()
