"""Text to bytes and back, as all forms have it: no half of a surrogate pair, no mark that nobody sees."""

from __future__ import annotations

import re

from untoc_network.diagnostics.errors import ImpossibleValue

__all__ = ["encode_utf8", "escape_marks", "to_bytes"]


def to_bytes(data: bytes | bytearray | memoryview | str) -> bytes:
    """The bytes of an input that was given as text; half a surrogate pair stays, for the reader to find."""
    if isinstance(data, str):
        return data.encode("utf-8", "surrogatepass")
    return bytes(data)


_MARKS = {
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xd8": re.compile(rb"\xd8\x9c"),
    b"\xe2": re.compile(rb"\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])"),
    b"\xef": re.compile(rb"\xef\xbb\xbf"),
}
"""Controls and what turns the order of reading, in UTF-8, by the byte that each begins with, which most texts lack."""


def escape_marks(data: bytes) -> bytes:
    """JSON in which controls and marks that turn the order of reading are escaped: the same values, seen by all."""
    for first, pattern in _MARKS.items():
        if first in data:
            data = pattern.sub(lambda found: b"\\u%04x" % ord(found[0].decode()), data)
    return data


def encode_utf8(text: str) -> bytes:
    """A text as it is written to files. Raises `ImpossibleValue` where it holds half a surrogate pair."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise ImpossibleValue("a text holds half of a surrogate pair, which no file can carry") from None
