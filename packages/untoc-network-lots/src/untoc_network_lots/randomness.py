"""Public randomness: a seed that nobody could choose, and lots that anybody can compute again from it.

Everything is SHA-256 over bytes whose layout is written down here, so that the same seed gives the same lots in any
language, on any machine. Texts are UTF-8, each preceded by its length in four bytes; numbers have eight bytes; the
most significant byte comes first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.argument_checks import check_arguments
from untoc_network_lots.record_reader import PartOfRecord

__all__ = ["Seed", "SeedContribution", "commitment", "draw_order", "lot", "seed_of"]

_COMMIT = b"untoc-network/lots/1/commitment"
_SEED = b"untoc-network/lots/1/seed"
_LOT = b"untoc-network/lots/1/lot"


@attrs.frozen(kw_only=True)
class SeedContribution(PartOfRecord):
    """What one participant puts into the seed: first only the commitment is published, after all of them the secret."""

    name: str
    commitment: str
    secret: str


@attrs.frozen(kw_only=True)
class Seed(PartOfRecord):
    """The seed of a draw, as 64 hexadecimal digits, and the contributions that it is made of."""

    value: str
    contributions: tuple[SeedContribution, ...]


def _encode_text(text: str) -> bytes:
    coded = text.encode()
    return len(coded).to_bytes(4) + coded


@check_arguments
def commitment(name: str, secret: str) -> str:
    """What a participant publishes before the draw: it binds to the secret and does not tell it.

    The secret must be hard to guess: 32 random bytes, written as hexadecimal digits, are.

    >>> commitment("chair", "one")[:16]
    'ea801bdce4803dd9'
    """
    return hashlib.sha256(_COMMIT + _encode_text(name) + _encode_text(secret)).hexdigest()


@check_arguments
def seed_of(secrets: Mapping[str, str]) -> Seed:
    """The seed made of the secrets of all participants, by name, in the order of the names.

    Raises `ImpossibleValue` where there is none.

    >>> seed_of({"chair": "one", "observer": "two"}).value[:16]
    '36dab65a4d296e63'
    """
    if not secrets:
        raise ImpossibleValue("a seed needs at least one contribution")
    parts = sorted(secrets.items())
    value = hashlib.sha256(
        _SEED + b"".join(_encode_text(name) + _encode_text(secret) for name, secret in parts)
    ).hexdigest()
    made = (SeedContribution(name=name, commitment=commitment(name, secret), secret=secret) for name, secret in parts)
    return Seed(value=value, contributions=tuple(made))


def lot(seed: str, number: int, candidate: str) -> str:
    """The lot of one candidate in the drawing of that number, as 64 hexadecimal digits; the smallest lot is drawn.

    >>> lot("00" * 32, 1, "XA")[:16]
    'bdc3d60b74967a21'
    """
    return hashlib.sha256(_LOT + bytes.fromhex(seed) + number.to_bytes(8) + _encode_text(candidate)).hexdigest()


def draw_order(seed: str, number: int, candidates: Iterable[str]) -> list[str]:
    """The candidates in the order of their lots, the one that is drawn first."""
    start = hashlib.sha256(_LOT + bytes.fromhex(seed) + number.to_bytes(8))

    def drawn(candidate: str) -> bytes:
        own = start.copy()
        own.update(_encode_text(candidate))
        return own.digest()

    return sorted(candidates, key=drawn)
