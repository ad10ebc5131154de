"""Text and the bytes that it is written as."""

from __future__ import annotations

from untoc_network.errors import ImpossibleValue

__all__ = ["given_bytes", "in_utf8"]


def given_bytes(data: bytes | str) -> bytes:
    """The bytes of an input that was given as text; half a surrogate pair stays, for the reader to find."""
    return data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data


def in_utf8(text: str) -> bytes:
    """A text as it is written to files. Raises `ImpossibleValue` where it holds half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ImpossibleValue("a text holds half of a surrogate pair, which no file can carry") from None
