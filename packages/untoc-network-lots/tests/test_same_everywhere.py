"""The same seed gives the same bytes under any hash seed; the digest is known, so that any Python can be held to it."""

import os
import subprocess
import sys

import pytest

SCRIPT = """
import untoc_network_lots as lots
held = [("A", "B", "C", "D"), ("A", "B", "C"), ("A", "D"), ("A", "B", "C", "D"), ("A", "B")]
participants = tuple(
    lots.Participant(code=f"X{n:02}", instruments=held[n % 5], regional_group=None if n == 7 else "nsew"[n % 4])
    for n in range(40)
)
record = lots.draw(lots.Inputs(participants=participants, terms=lots.Terms.usual()), seed="the same everywhere")
report = lots.verify(record)
import hashlib
print(record.digest, hashlib.sha256(record.to_json()).hexdigest(), report.ok)
"""
KNOWN = (
    "5ceebbe7494294fce272cb19c2601deb836629dbf416adff69449500858c0c36 "
    "d1beac5c13640261816a5f20978acbbcf884fc7824f4ab3a37d0df044a568430 True\n"
)


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_hash_seed_changes_nothing(seed):
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    assert ran.stdout == KNOWN
