"""Text and the bytes that it is written as."""

import pytest
from hypothesis import given, strategies as st

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.serializers.source.text_bytes import encode_utf8, to_bytes


@given(st.text())
def test_what_is_written_is_what_is_read(text):
    assert encode_utf8(text) == to_bytes(text) == text.encode()
    assert to_bytes(bytearray(encode_utf8(text))) == to_bytes(memoryview(encode_utf8(text))) == encode_utf8(text)


@pytest.mark.parametrize("text", ["\ud800", "secret \udfff"])
def test_half_a_pair_is_never_written_but_reaches_the_reader_who_finds_it(text):
    assert to_bytes(text).decode("utf-8", "surrogatepass") == text
    with pytest.raises(ImpossibleValue) as refused:
        encode_utf8(text)
    assert str(refused.value) == "a text holds half of a surrogate pair, which no file can carry"
