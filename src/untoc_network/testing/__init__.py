"""For tests: strategies that draw values, records and whole registers. Needs the extra `testing`."""

from __future__ import annotations

try:
    import hypothesis  # noqa: F401
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(
        'untoc_network.testing draws examples with hypothesis: pip install "untoc-network[testing]"', name=missing.name
    ) from None

from untoc_network.testing.canaries import plant_canaries
from untoc_network.testing.invented_registers import invented_register
from untoc_network.testing.model_strategies import objects, registers, values
from untoc_network.testing.register_strategies import sound_registers, violating

__all__ = ["invented_register", "objects", "plant_canaries", "registers", "sound_registers", "values", "violating"]
