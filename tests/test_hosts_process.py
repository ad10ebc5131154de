"""What the library leaves alone: the process is the host's, with its collector, and others live in it too."""

import decimal
import gc
import json
import locale
import os
import random
import signal
import subprocess
import sys
import tomllib
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import untoc_network as un
from tests.measuring import untraced
from tests.profiles import portion
from untoc_network.cli.main import main, script
from untoc_network.serializers.fast import fast_json as compiled
from untoc_network.testing import invented_register
from untoc_network.values.garbage_collection import pause_gc

ROOT = Path(__file__).parent.parent
ON = "2026-11-24"
SMALL = b'{"schema_version": 1, "organizations": [{"id": "x", "kind": "ngo", "name": {"en": "X"}}]}'
FAULTY = SMALL.replace(b"ngo", b"nothing")

# -- the collector ----------------------------------------------------------------------------------------------------

TOUCHING = ("disable", "enable", "freeze", "unfreeze", "set_threshold", "collect", "set_debug")
CALLS = {
    "reads": lambda folder: un.reads(SMALL),
    "reads what is faulty": lambda folder: un.reads(FAULTY),
    "loads": lambda folder: un.loads(SMALL),
    "load": lambda folder: un.load(folder / "r.json"),
    "load NDJSON": lambda folder: un.load(folder / "r.ndjson"),
    "load YAML": lambda folder: un.load(folder / "r.yaml"),
    "load a bundle": lambda folder: un.load(folder / "r.zip"),
    "read a sheet": lambda folder: un.import_bytes(b"Name,Country\nExample Union,XA\n"),
    "dumps": lambda folder: un.dumps(invented_register(3)),
    "validate": lambda folder: un.validate(invented_register(3), on=ON),
    "check": lambda folder: un.bulk.check(folder / "r.ndjson", on=ON),
    "view": lambda folder: un.privacy.view(invented_register(3), "public", ON),
    "main validates": lambda folder: main(["validate", "--on", ON, str(folder / "r.json")]),
    "main exports": lambda folder: main(["export", str(folder / "r.json"), "-o", str(folder / "network.ics")]),
    "main converts": lambda folder: main(["convert", str(folder / "r.json"), str(folder / "again.yaml")]),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    kept = tmp_path_factory.mktemp("registers")
    for name in ("r.json", "r.ndjson", "r.yaml", "r.zip"):
        un.dump(invented_register(3), kept / name)
    return kept


@pytest.fixture
def touched(monkeypatch):
    """What is done to the collector while the test runs."""
    found = []
    for name in TOUCHING:
        real = getattr(gc, name)
        monkeypatch.setattr(
            gc, name, lambda *given, name=name, real=real: (found.append((name, *given)), real(*given))[1]
        )
    return found


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_call_touches_the_collector(call, folder, touched, capsys):
    call(folder)
    assert touched == []


@pytest.fixture
def unfrozen():
    """The collector as a host has it; what the run found of tests is passed over by it again afterwards."""
    gc.unfreeze()
    yield
    gc.freeze()


def state():
    return gc.isenabled(), gc.get_threshold(), gc.get_freeze_count(), gc.get_debug(), len(gc.callbacks)


@pytest.mark.parametrize("enabled", [True, False])
def test_another_thread_sees_the_collector_as_it_was_while_rules_run(enabled, unfrozen):
    register, seen = invented_register(3), []
    if not enabled:
        gc.disable()
    try:
        before = state()
        with ThreadPoolExecutor(1) as other:
            un.validate(register, on=ON, progress=lambda _done, _of: seen.append(other.submit(state).result()))
        assert set(seen) == {before} == {state()}
        assert before[0] is enabled
    finally:
        gc.enable()


@pytest.mark.parametrize("frozen", [False, True])
def test_who_asks_has_it_held_back_and_as_it_was_afterwards(frozen, unfrozen, touched):
    if frozen:
        gc.freeze()
    touched.clear()
    un.loads(SMALL, limits=un.Limits(hold_back_gc=True))
    un.validate(un.Register(), hold_back_gc=True)
    assert touched == [("disable",), ("enable",)] * 2
    assert gc.isenabled()
    assert bool(gc.get_freeze_count()) is frozen


def test_it_is_let_go_again_whatever_happens_and_stays_off_where_it_was_off():
    with pytest.raises(ZeroDivisionError), pause_gc():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
    gc.disable()
    try:
        with pause_gc():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_program_holds_it_back_for_itself(monkeypatch, touched):
    seen = []
    monkeypatch.setattr("untoc_network.cli.main._run_command_line", lambda words: seen.append(gc.isenabled()) or 3)
    assert script() == 3
    assert (seen, gc.isenabled(), touched) == ([False], True, [("disable",), ("enable",)])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"untoc-network": "untoc_network.cli.main:script"}
    assert "script()" in (ROOT / "src/untoc_network/__main__.py").read_text(encoding="utf-8")


SERVICE = """
import gc, json, sys
import untoc_network as un

small, rounds = sys.argv[1].encode(), int(sys.argv[2])
alive, most, runs, sizes, resident = 0, 0, [0, 0, 0], [], []

class Request:  # any host makes cycles like this one: a frame, an exception with its traceback
    def __init__(self):
        global alive, most
        alive += 1
        most = max(most, alive)
        self.me = self
        self.body = bytearray(20_000)
    def __del__(self):
        global alive
        alive -= 1

def count(phase, info):
    if phase == "start":
        runs[info["generation"]] += 1

def rss():
    try:
        return int(open("/proc/self/statm").read().split()[1])
    except OSError:
        return 1

gc.set_threshold(*json.loads(sys.argv[3]))
usual = gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()
register = un.reads(small)[0]
un.validate(register)
gc.callbacks.append(count)
for number in range(rounds):
    Request()
    register, report = un.reads(small)
    assert report.ok
    un.validate(register)
    if number % (rounds // 10) == rounds // 20:
        gc.callbacks.remove(count)
        gc.collect(1)  # how much of the young waits to be looked at hangs on the moment
        gc.callbacks.append(count)
        sizes.append(len(gc.get_objects()))
        resident.append(rss())
assert (gc.isenabled(), gc.get_threshold(), gc.get_freeze_count()) == usual
print(json.dumps({"most": most, "runs": runs, "sizes": sizes, "resident": resident}))
"""


@pytest.mark.parametrize("thresholds", [(700, 10, 10), (100, 5, 5)], ids=str)
def test_a_service_that_reads_small_records_stays_as_large_as_it_is(thresholds):
    rounds = portion(10_000 if thresholds[0] > 100 else 5_000)
    given = [sys.executable, "-c", SERVICE, SMALL, str(rounds), json.dumps(thresholds)]
    told = json.loads(subprocess.run(given, env=untraced(), capture_output=True, text=True, check=True).stdout)
    first, middle, _ = thresholds
    assert told["most"] <= first  # as many as the first generation may hold
    # The oldest generation waits, by the interpreter's own rule, until a quarter as much is new as was old: here never.
    for often, between in zip(told["runs"][:2], (first, first * middle), strict=True):
        assert often >= rounds // between
    for measured in (told["sizes"], told["resident"]):
        assert max(measured[1:]) <= 1.1 * measured[1]  # an object kept in each round would be more


# -- what is generated ------------------------------------------------------------------------------------------------

GENERATING = ("compile", "exec", "eval", "__build_class__")


def generated_by(call):
    """What makes code while a call runs."""
    found = []

    def look(_frame, event, argument):
        if event == "c_call" and argument.__name__ in GENERATING and argument.__module__ == "builtins":
            found.append(argument.__name__)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        call()
    finally:
        sys.setprofile(before)
    return found


def test_generating_is_noticed():
    assert generated_by(lambda: exec("class X: pass")) == ["exec", "__build_class__"]


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_second_call_makes_no_code(call, folder, capsys):
    call(folder)
    assert generated_by(lambda: call(folder)) == []


def test_a_second_reading_makes_no_function_and_no_class_and_keeps_nothing():
    lines = compiled.encode_json(invented_register(1).organizations[0]).decode()
    line = f'{{"collection":"organizations","record":{lines}}}'.encode()

    def read():
        un.reads(SMALL)
        un.reads(FAULTY)
        compiled.LineDecoder(un.Limits()).read(line)

    def kept():
        gc.collect()
        return sum(isinstance(one, (type(read), type, dict)) for one in gc.get_objects())

    read()
    before = kept()
    read()
    assert kept() == before


# -- everything else --------------------------------------------------------------------------------------------------


def surroundings():
    mask = os.umask(0)
    os.umask(mask)
    return {
        "umask": mask,
        "folder": Path.cwd(),
        "environment": dict(os.environ),
        "locale": locale.setlocale(locale.LC_ALL),
        "warnings": list(warnings.filters),
        "depth": sys.getrecursionlimit(),
        "digits": sys.get_int_max_str_digits(),
        "chance": random.getstate(),
        "decimals": str(decimal.getcontext()),
        "signals": [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)],
        "path": list(sys.path),
        "hooks": (sys.excepthook, sys.displayhook, sys.gettrace()),
    }


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_call_leaves_the_process_otherwise(call, folder, capsys):
    before = surroundings()
    call(folder)
    assert surroundings() == before
