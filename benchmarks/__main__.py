r"""`python -m benchmarks`: where people wait, and reading, writing, checking and memory, beside other libraries.

All run in one process and in turn; figures are the least CPU time of nine rounds, or ratios of such, with the garbage
collector as Python sets it and, where the name says so, held back on both sides. Needs the extra `bench`; what is not
installed is left out. `--quick` takes less than a minute: fewer rounds, no slow peers, no large sizes.

    python -m benchmarks --most 100000 --before benchmarks/before.json --json docs/_static/benchmarks.json \
        --svg docs/_static/benchmarks.svg --page docs/explanation/how-fast-it-is.md

measures all that the page on speed shows in about a quarter of an hour, prints a table with what is wanted, and beside
it the figures of an earlier `--json`, and writes the figures into the page. `--figures FILE` takes those of an earlier
`--json` instead of measuring.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import attrs

import untoc_network as un
from benchmarks import changes, duplicates, shapes, waits
from benchmarks.page import write_page
from benchmarks.peers import ON, OURS, RULES, Sample, importable, in_turn, least
from benchmarks.plot import plot
from benchmarks.targets import table
from untoc_network.testing import invented_register

QUICK = (1_000, 10_000)
FULL = (1_000, 10_000, 100_000, 1_000_000)
EDITED = (1_000, 100_000)
IMPORTED = (1_000, 10_000, 100_000)
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


def edits(sizes: tuple[int, ...], rounds: int) -> dict[str, float]:
    """Microseconds of one organization replaced, in registers of few and of many, in turn; the least of all.

    The register has been edited before: the first edit prepares what all later ones take over.
    """
    calls = {f"edit_at_{size}_us": edit_of(size) for size in sizes}
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
    held = {name: loads[name] for name in (OURS, "pydantic", "msgspec struct, checked") if name in loads}
    run: dict[str, Any] = {
        "organizations": organizations,
        "stakeholders": 2 * organizations,
        "megabytes": len(sample.data) / 1e6,
        "load": least(in_turn(loads, rounds)),
        "load, collector held back": least(in_turn(held, rounds, collecting=False)),
    }
    run["records"] = len(sample.register)
    dumps = sample.dumps(all_peers=all_peers) if beside else sample.own_dumps()
    run["dump"] = least(in_turn(dumps, rounds))
    del dumps
    checks = sample.checks(all_peers=all_peers) if beside else sample.own_checks()
    run["validate"] = least(in_turn(checks, rounds, before=sample.fresh))
    view = {OURS: lambda: un.privacy.view(sample.register, "public", ON)}
    return run | {"view": least(in_turn(view, rounds, before=sample.fresh))}


def ratios(one: Mapping[str, Any]) -> dict[str, float]:
    """Above 1 this library is faster."""
    load, held, dump, check = one["load"], one["load, collector held back"], one["dump"], one["validate"]
    rules = check[RULES]
    found = {
        "load_vs_pydantic": load["pydantic"] / load[OURS],
        "load_by_hand_vs_pydantic": load["pydantic, by hand"] / load["untoc_network, by hand"],
        "load_vs_pydantic_collector_held_back": held["pydantic"] / held[OURS],
        "load_vs_msgspec_struct_collecting": load["msgspec struct, bare"] / load[OURS],
        "load_vs_msgspec_struct_strict": load["msgspec struct, checked"] / load[OURS],
        "load_vs_checked_struct": load["msgspec struct, checked"] / load[OURS],
        "load_vs_checked_struct_collector_held_back": held["msgspec struct, checked"] / held[OURS],
        "dump_vs_pydantic": dump["pydantic"] / dump[OURS],
        "validate_vs_pydantic_shape": check["pydantic, shape"] / rules,
        "load_megabytes_per_second": one["megabytes"] / load[OURS],
        "dump_megabytes_per_second": one["megabytes"] / dump[OURS],
        "validate_records_per_second": one["records"] / rules,
    }
    return found | {
        f"validate_vs_{name.partition(',')[0]}": taken / rules for name, taken in check.items() if "json" in name
    }


def first_waits(rounds: int, *, quick: bool, most: int) -> dict[str, Any]:
    """A cold start, one record, one fault, one change, one view, one import; and the other forms."""
    found: dict[str, Any] = {**waits.cold_starts(rounds), **waits.one_record(rounds)}
    found |= waits.faults(5_000, rounds) | waits.forms(500 if quick else 5_000, rounds, all_peers=not quick)
    found |= changes.figures(10_000, min(rounds, 5), large=None if quick or most < MOST_FOR_PEERS else 100_000)
    found |= waits.views(10_000, min(rounds, 5), withheld=1_000)
    found |= waits.imports(300 if quick else 1_000, min(rounds, 3))
    found |= edits(EDITED, rounds)
    few, many = (found[f"edit_at_{size}_us"] for size in EDITED)
    return found | {"edit_growth": many / few}


BESIDE = (
    ("load_exponent_collector_held_back", "load, collector held back", OURS),
    ("load_exponent_of_pydantic", "load", "pydantic"),
    ("load_exponent_of_checked_struct", "load", "msgspec struct, checked"),
)
"""What says how much of the growth is the machine's and the collector's."""


def growth(runs: list[dict[str, Any]], found: Mapping[str, float], *, quick: bool, most: int) -> dict[str, float]:
    """The powers with which works grow: 1 for what grows as the register does, 0 for what does not."""
    grown = runs[1:] if len(runs) > 2 else runs  # fixed costs tell on the smallest
    of = {"load": OURS, "validate": RULES, "view": OURS}
    powers = {
        f"{work}_exponent": exponent({run["records"]: run[work][name] for run in grown}) for work, name in of.items()
    }
    for key, work, name in BESIDE:
        if all(name in run[work] for run in grown):
            powers[key] = exponent({run["records"]: run[work][name] for run in grown})
    powers["edit_exponent"] = exponent({size: found[f"edit_at_{size}_us"] for size in EDITED})
    if quick:
        return powers
    sizes = [size for size in IMPORTED[1:] if size <= most]
    few = [IMPORTED[0], *sizes][-2:]
    imported = {rows: waits.first_import(rows) for rows in few}
    compared = {size: duplicates.invented_cost(size) for size in few}
    return powers | {"import_exponent": exponent(imported), "duplicates_exponent": exponent(compared)}


def main() -> None:
    """Measure, print and, where asked, write JSON and a plot."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and the fast peers only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    parser.add_argument("--svg", type=Path, metavar="FILE", help="draw the figures here")
    parser.add_argument("--before", type=Path, metavar="FILE", help="show these figures beside, of an earlier --json")
    parser.add_argument("--rounds", type=int, help="rounds of each work (9, with --quick 3)")
    parser.add_argument(
        "--most", type=int, default=FULL[-1], help="stakeholders of the largest register, 10000 at least"
    )
    parser.add_argument("--page", type=Path, metavar="FILE", help="put the figures into this page")
    parser.add_argument(
        "--figures", type=Path, metavar="FILE", help="take these of an earlier --json, and measure nothing"
    )
    chosen = parser.parse_args()
    before = json.loads(chosen.before.read_text(encoding="utf-8")) if chosen.before else {}
    figures = json.loads(chosen.figures.read_text(encoding="utf-8")) if chosen.figures else measure_all(chosen)
    print("", *table(figures, before), sep="\n")
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if chosen.svg is not None:
        plot(figures, chosen.svg)
    if chosen.page is not None:
        write_page(chosen.page, figures, before)


def measure_all(chosen: argparse.Namespace) -> dict[str, Any]:
    """Every figure, each by its name."""
    started = time.monotonic()
    rounds = chosen.rounds or (3 if chosen.quick else 9)
    sizes = QUICK if chosen.quick else tuple(size for size in FULL if size <= chosen.most)
    found = first_waits(rounds, quick=chosen.quick, most=chosen.most)
    runs = []
    for size in sizes:
        few = size > MOST_FOR_SLOW_PEERS
        some = rounds if size < MOST_FOR_PEERS else min(rounds, 5 if size == MOST_FOR_PEERS else 3)
        runs.append(measured(size // 2, some, all_peers=not chosen.quick and not few))
        print(f"{size} stakeholders: {json.dumps(runs[-1], indent=2)}", file=sys.stderr)
    compared = {run["stakeholders"]: ratios(run) for run in runs if "pydantic" in run["load"]}
    figures: dict[str, Any] = {"compared_at_stakeholders": max(compared), **compared[max(compared)], **found}
    figures |= import_costs(min(rounds, 5))
    figures["import_vs_pydantic"] = figures["import_face_ms"] / figures["import_pydantic_ms"]
    figures["import_with_model_vs_pydantic"] = figures["import_model_ms"] / figures["import_pydantic_ms"]
    figures |= memory(1_000 if chosen.quick else 10_000)
    figures["memory_vs_pydantic"] = figures["memory_untoc_network_bytes"] / figures["memory_pydantic_bytes"]
    figures |= growth(runs, found, quick=chosen.quick, most=chosen.most)
    if not chosen.quick:
        figures["same_shape_objects_per_second"] = shapes.objects_per_second()
    figures |= {"compared": compared, "runs": runs, **describe_run(chosen, rounds, time.monotonic() - started)}
    print(f"{'stakeholders':<45}", *(f"{size:>12,}" for size in compared))
    for name in compared[max(compared)]:
        print(f"{name:<45}", *(f"{at.get(name, math.nan):>12,.2f}" for at in compared.values()))
    for name, value in figures.items():
        if isinstance(value, float) and name not in compared[max(compared)]:
            print(f"{name:<45} {value:>12,.3f}")
    return figures


def describe_run(chosen: argparse.Namespace, rounds: int, seconds: float) -> dict[str, Any]:
    """Of what and where the figures are."""
    git = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=8", "HEAD"]
    commit = subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in ("msgspec", "pydantic", "attrs"))
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()} with {os.cpu_count()} cores",
        "versions": versions,
        "commit": commit or un.__version__,
        "how": f"python -m benchmarks {'--quick' if chosen.quick else f'--most {chosen.most}'}",
        "rounds": rounds,
        "seconds": round(seconds),
    }


if __name__ == "__main__":
    if not (importable("msgspec") and importable("pydantic")):
        sys.exit('benchmarks need their extra: pip install "untoc-network[bench]"')
    main()
