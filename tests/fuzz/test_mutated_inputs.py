"""Documents that are nearly what readers know: none breaks a reader, and none of what was read is lost.

    python -m pytest tests/fuzz --fuzz 60 --fuzz-seed 1

goes on for a minute with each reader, and keeps what broke one in `tests/fuzz/found/`; every run of the tests replays that.
Without the option a few documents are tried, always the same ones.
"""

import hashlib
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.mutator import mutate
from tests.fuzz.readers import READERS, ROOT, Reader
from tests.measuring import count_example, untraced
from tests.profiles import portion

FOUND = Path(__file__).parent / "found"
SECONDS_FOR_ONE = 10
"""What takes longer is told as a hang, where there is a clock at all: where the fuzzer runs by time."""


def documents(name, seed):
    """One after the other, without end: mutants of what the reader knows, and mutants of mutants."""
    dice = random.Random(f"{seed} {name}")
    pool = list(READERS[name].seeds())
    known = len(pool)
    while True:
        made = mutate(dice.choice(pool), tuple(pool), dice)
        if len(made) < 200_000:
            if len(pool) < known + 40:
                pool.append(made)
            elif dice.random() < 0.1:
                pool[dice.randrange(known, len(pool))] = made
            yield made


def keep(name, data):
    """Write what broke a reader beside the others of its kind."""
    path = FOUND / name.replace(" ", "-") / f"{hashlib.sha256(data).hexdigest()[:12]}.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", READERS)
def test_what_a_reader_knows_is_read(name):
    for seed in READERS[name].seeds():
        READERS[name].reads(seed)


def hunt(name, seed, *, seconds=0, most=0):
    """How many documents were tried with a reader, for so many seconds or so many of them, and what broke it."""
    reads, broken, started = READERS[name].reads, {}, time.monotonic()
    for tried, data in enumerate(documents(name, seed)):
        begun = time.monotonic()
        if begun - started > seconds if seconds else tried >= most:
            return tried, broken
        count_example(80)
        try:
            reads(data)
            assert not seconds or time.monotonic() - begun < SECONDS_FOR_ONE, f"{len(data)} bytes took too long"
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            said = str(error).partition("\n")[0]
            broken.setdefault(f"{type(error).__name__}: {said[:200]}", data)
    return None


@pytest.mark.parametrize("name", READERS)
def test_a_mutated_input_breaks_nothing(name, request, record_property):
    seconds, seed = request.config.getoption("fuzz"), request.config.getoption("fuzz_seed")
    tried, broken = hunt(name, seed, seconds=seconds, most=portion(80))
    record_property("inputs", tried)
    assert [f"{keep(name, data)}: {error}" if seconds else error for error, data in broken.items()] == []


def test_a_reader_that_breaks_is_found_out_and_what_broke_it_is_kept(monkeypatch, tmp_path):
    def reads(data):
        assert b"\x1b" not in data, "steered"

    monkeypatch.setitem(READERS, "planted", Reader(reads, READERS["json"].seeds))
    monkeypatch.setattr("tests.fuzz.test_mutated_inputs.FOUND", tmp_path)
    tried, broken = hunt("planted", 0, most=400)
    assert (tried, [*broken]) == (400, ["AssertionError: steered"])
    assert broken == hunt("planted", 0, most=400)[1], "the same for the same seed"
    path = keep("planted", broken["AssertionError: steered"])
    assert path.parent == tmp_path / "planted"
    assert b"\x1b" in path.read_bytes()


REFUSED = re.compile(
    r"socket\.|urllib\.|subprocess\.|os\.(system|exec|fork|posix_spawn|startfile)|http\.|ftplib\.|smtplib\."
)
_AUDIT = """
import sys
from tests.fuzz.test_mutated_inputs import documents, READERS, REFUSED
from itertools import islice
heard = []
sys.addaudithook(lambda event, _: heard.append(event) if REFUSED.match(event) else None)
for name, reader in READERS.items():
    for data in islice(documents(name, 1), int(sys.argv[1])):
        reader.reads(data)
print(sorted(set(heard)))
"""


def test_reading_opens_no_socket_and_starts_no_program(record_property):
    each = portion(20)
    ran = subprocess.run(
        [sys.executable, "-c", _AUDIT, str(each)],
        cwd=ROOT,
        env={**untraced(), "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == "[]\n"
    record_property("inputs", each * len(READERS))


def test_what_was_found_once_breaks_nothing_again():
    names = {name.replace(" ", "-"): name for name in READERS}
    for path in sorted(FOUND.glob("*/*.bin")):
        READERS[names[path.parent.name]].reads(path.read_bytes())
