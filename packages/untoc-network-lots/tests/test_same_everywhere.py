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
    "89dea45bebc6e98db34b695fe65a0cf02df1e820d815a66f40efc2337387ec59 "
    "657f2b794a0aeefaf85c484c9c7747bf476e132894199d260af07563db2d6540 True\n"
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
