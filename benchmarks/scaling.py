"""`python -m benchmarks.scaling`: a large register with planted faults, checked by one process, by several and by Dask.

Every way runs in a process of its own and must find what one process finds, in the same order. Seconds are those of the
check, without starting the pool or cluster; CPU seconds are of all processes, starting included. Not on Windows.

The model: what is done part by part is shared; the rest, joining and comparing, falls to the process that asks. So `n`
workers take `rest + shared / n`. Both are measured as CPU seconds of one process that does them in turn, and that puts
every result into bytes and back, as processes do.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import hashlib
import itertools
import json
import math
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import untoc_network as un
from untoc_network.testing import invented_register

ON = "2026-11-24"
RECORDS_EACH = 3.2
"""Records of an invented register for each of its organizations."""
FAULTS = (
    '{"x%d',
    '{"collection":"organizations","record":{"id":"alone-%d","kind":"ngo","name":{"en":"Alone %d"}}}',
    '{"collection":"organizations","record":{"id":"red-%d","kind":"ngo","name":{"en":"Red %d"},"colour":"red"}}',
    '{"collection":"organizations","record":{"id":"organization-%d","kind":"ngo","name":{"en":"Twice %d"}}}',
    '{"collection":"organizations","record":{"id":"other-%d","kind":"ngo","name":{"en":"Organization %d"}}}',
    '{"collection":"organizations","record":{"id":"unit-%d","kind":"unit","name":{"en":"Unit"},"parent_id":"body-%d"}}',
)
"""Lines that are wrong by themselves or beside others; each is given a number for every `%d`."""
WORKERS = (1, 2, 4, 8, 16)

Check = Callable[..., un.Report]


# -- ways to check -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def alone(_workers: int) -> Iterator[Check]:
    """In this process."""
    yield un.bulk.check


@contextlib.contextmanager
def processes(workers: int) -> Iterator[Check]:
    """On a pool of so many processes."""
    with ProcessPoolExecutor(workers) as pool:
        yield functools.partial(un.bulk.check, run=pool.map)


@contextlib.contextmanager
def dask(workers: int) -> Iterator[Check]:
    """On so many Dask workers, each a process."""
    from distributed import Client

    with Client(n_workers=workers, threads_per_worker=1, dashboard_address=None) as client:
        yield functools.partial(
            un.bulk.check, run=lambda work, parts: map(client.gather, client.map(work, parts, pure=False))
        )


WAYS: Mapping[str, Callable[[int], contextlib.AbstractContextManager[Check]]] = {
    "alone": alone,
    "processes": processes,
    "dask": dask,
}


# -- measuring ---------------------------------------------------------------------------------------------------------


def spoilt(path: Path, records: int, faults: int) -> int:
    """Write an invented register of about so many records, with faults spread over it; gives how many lines it has."""
    sound = path.with_suffix(".sound.ndjson")
    un.dump(invented_register(round(records / RECORDS_EACH)), sound)
    every = records // faults if faults else sys.maxsize
    with sound.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as file:
        planted = 0
        for number, line in enumerate(lines, start=1):
            file.write(line)
            if number % every == 0:
                file.write(FAULTS[planted % len(FAULTS)].replace("%d", str(planted)) + "\n")
                planted += 1
    sound.unlink()
    return number + planted


def measured(way: str, workers: int, path: str) -> dict[str, Any]:
    """Check once; what it took, and a digest of the findings."""
    with WAYS[way](workers) as check:
        cpu, started = time.process_time(), time.perf_counter()
        report = check(path, on=ON, jobs=workers)
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "cpu_seconds_here": cpu,
        "cpu_seconds": time.process_time() + used.ru_utime + used.ru_stime,
        "findings": len(report),
        "digest": hashlib.sha256(repr(report.findings).encode()).hexdigest(),
    }


def in_turn(path: str) -> dict[str, float]:
    """CPU seconds of what workers would share, and of the rest."""
    shared = 0.0

    def run(work: Callable[[Any], Any], parts: Sequence[Any]) -> Iterator[Any]:
        nonlocal shared
        for part in parts:
            started = time.process_time()
            result = pickle.dumps(work(part))
            shared += time.process_time() - started
            yield pickle.loads(result)  # noqa: S301 - made here

    started = time.process_time()
    un.bulk.check(path, on=ON, run=run)
    return {"shared": shared, "rest": time.process_time() - started - shared}


def apart(call: str) -> dict[str, Any]:
    """What a call of a function of this module gives in a fresh interpreter."""
    code = f"import json\nfrom benchmarks.scaling import in_turn, measured\nprint(json.dumps({call}))"
    ran = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(ran.stdout))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000, help="about so many (%(default)s)")
    parser.add_argument("--faults", type=int, default=200, help="so many are planted (%(default)s)")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers of workers (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    chosen = parser.parse_args()
    ways = [("alone", 1), *itertools.product(("processes", "dask"), chosen.workers)]
    runs: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "members.ndjson")
        lines = spoilt(path, chosen.records, chosen.faults)
        print(f"{lines:,} lines, {path.stat().st_size / 1e6:.0f} MB, {os.cpu_count()} cores")
        print("way        workers  seconds  lines/s  speed-up  CPU seconds  load before  findings")
        for way, workers in ways:
            load = os.getloadavg()[0]
            run = apart(f"measured({way!r}, {workers}, {str(path)!r})")
            runs.append({"way": way, "workers": workers, "load_before": load, **run})
            same = "" if run["digest"] == runs[0]["digest"] else ", not those of one process"
            print(
                f"{way:<9}  {workers:>7}  {run['seconds']:>7.1f}  {lines / run['seconds']:>7,.0f}"
                f"  {runs[0]['seconds'] / run['seconds']:>8.2f}  {run['cpu_seconds']:>11.1f}"
                f"  {load:>11.2f}  {run['findings']:>8}{same}"
            )
        parts = apart(f"in_turn({str(path)!r})")
    alone = runs[0]["cpu_seconds_here"]
    told = ", ".join(f"{name} {seconds:.1f}" for name, seconds in parts.items())
    print(f"CPU seconds: {told}; {alone:.1f} where one process does all at once")
    for workers in (*WORKERS, math.inf):
        seconds = parts["rest"] + parts["shared"] / workers
        print(f"model, {workers:>3} workers: {seconds:.1f} seconds, speed-up {alone / seconds:.2f}")
    if chosen.json is not None:
        figures = {"lines": lines, "runs": runs, "in_turn": parts}
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
