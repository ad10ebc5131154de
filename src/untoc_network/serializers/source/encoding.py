"""Text and the bytes that it is written as."""

from __future__ import annotations

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.type_checks import called

__all__ = ["given_bytes", "in_utf8"]


def given_bytes(data: bytes | str) -> bytes:
    """The bytes of an input that was given as text; half a surrogate pair stays, for the reader to find.

    Raises `ImpossibleValue` for what is neither.
    """
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise ImpossibleValue(f"data: bytes or text is due here, not {called(data)}")
    return bytes(data)


def in_utf8(text: str) -> bytes:
    """A text as it is written to files. Raises `ImpossibleValue` where it holds half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ImpossibleValue("a text holds half of a surrogate pair, which no file can carry") from None
