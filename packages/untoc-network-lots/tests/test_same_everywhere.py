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
    "5c4d24ca986ebf56707c92fce94b78b606000253a86816b9fd2ee1bd6c60feb4 "
    "5f836e5d632e4cfa512376718fada32510a4f9e19e96beff513f6d4226225fa5 True\n"
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
