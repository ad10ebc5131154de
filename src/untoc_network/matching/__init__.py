"""Which records are one, and what differs between registers.

import untoc_network as un

for pair in un.matching.duplicates(register):
    print(pair.score, pair.first, pair.second)
"""

from __future__ import annotations

from untoc_network.matching.candidates import duplicates
from untoc_network.matching.evidence import Evidence, EvidenceKind, Pair

__all__ = ["Evidence", "EvidenceKind", "Pair", "duplicates"]
