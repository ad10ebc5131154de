"""Text and the bytes that it is written as."""

from __future__ import annotations

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.type_checks import describe_type

__all__ = ["encode_utf8", "to_bytes"]


def to_bytes(data: bytes | str) -> bytes:
    """The bytes of an input that was given as text; half a surrogate pair stays, for the reader to find.

    Raises `ImpossibleValue` for what is neither.
    """
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise ImpossibleValue(f"data: bytes or text is due here, not {describe_type(data)}")
    return bytes(data)


def encode_utf8(text: str) -> bytes:
    """A text as it is written to files. Raises `ImpossibleValue` where it holds half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ImpossibleValue("a text holds half of a surrogate pair, which no file can carry") from None
