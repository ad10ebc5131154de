"""JSON text to plain values: every place exact, nothing raised, nothing repaired in silence."""

import json
import re

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

from untoc_network.diagnostics.findings import to_pointer
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.source.limits import Limits

WRITABLE = st.text(st.characters(codec="utf-8"), max_size=8)
LEAVES = (
    st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(allow_nan=False, allow_infinity=False) | WRITABLE
)
DOCUMENTS = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner | st.none(), max_size=4) | st.dictionaries(WRITABLE, inner, max_size=4),
    max_leaves=25,
)
BLANKS = st.text(" \t\r\n", max_size=3)


def scanned(data, **limits):
    return scan_json(data.encode() if isinstance(data, str) else data, Limits(**limits))


def only(data, **limits):
    """The one finding in a text: code, pointer, line, column, message."""
    (found,) = scanned(data, **limits).findings
    return found.code, found.pointer, found.line, found.column, found.message


def written(value, draw, path=(), at=""):
    """The value as JSON text with blanks anywhere, and the offset of every key and value in it."""
    text, places = at + draw(BLANKS), {}
    start = len(text)
    if isinstance(value, (dict, list)):
        text += "{" if isinstance(value, dict) else "["
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for number, (name, inner) in enumerate(items):
            text += "," * bool(number)
            if isinstance(value, dict):
                text += draw(BLANKS)
                places[(*path, name), True] = len(text)
                text += json.dumps(name, ensure_ascii=draw(st.booleans())) + draw(BLANKS) + ":"
            text, inside = written(inner, draw, (*path, name), text)
            places |= inside
        text += draw(BLANKS) + ("}" if isinstance(value, dict) else "]")
    else:
        text += json.dumps(value, ensure_ascii=draw(st.booleans()))
    places[path, False] = start
    return text + draw(BLANKS), places


@given(DOCUMENTS, st.data())
def test_a_document_comes_back_with_the_line_and_column_of_every_key_and_value(document, data):
    text, places = written(document, data.draw)
    result = scanned(text)
    assert result.readable
    assert result.document == document
    assert json.dumps(result.document) == json.dumps(document)
    assert {found.code for found in result.findings} <= {"IO014"}
    for (path, key), offset in places.items():
        before = text[:offset]
        expected = before.count("\n") + 1, offset - before.rfind("\n")
        assert result.places.find_position(result.document, path, key=key) == expected, to_pointer(path)


@given(DOCUMENTS, st.sampled_from([None, 1]))
def test_what_the_standard_library_writes_is_read(document, indent):
    assert scanned(json.dumps(document, indent=indent)).document == document


@given(st.binary() | st.text(alphabet='{}[]:,"\\u0123abdnrtf-.eE+ \n\ufeff').map(str.encode))
@tries(500)
def test_any_bytes_give_a_finding_or_what_the_standard_library_reads(data):
    result = scan_json(data, Limits())
    assert result.readable or result.findings
    if not result.findings:
        assert json.loads(data.decode("utf-8-sig")) == result.document


@given(DOCUMENTS, st.data())
def test_cutting_changing_or_adding_bytes_never_raises(document, data):
    whole = b"\xef\xbb\xbf" * data.draw(st.booleans()) + json.dumps(document, ensure_ascii=False).encode()
    at, gone = data.draw(st.integers(0, len(whole))), data.draw(st.integers(0, 3))
    result = scan_json(whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + gone :], Limits())
    assert result.readable or result.findings


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        ("", 1, 1, "the document ends too early"),
        ("\n  ", 2, 3, "the document ends too early"),
        ("{", 1, 2, "the document ends too early"),
        ('{"a"', 1, 5, "the document ends too early"),
        ('{"a":', 1, 6, "the document ends too early"),
        ('{"a":1', 1, 7, "the document ends too early"),
        ("[1,", 1, 4, "the document ends too early"),
        ("{'a': 1}", 1, 2, "text must be in double quotes"),
        ('{"a": "x\ny"}', 1, 7, "the text is not closed, or holds a line break or an unknown escape"),
        ('["\\x"]', 1, 2, "the text is not closed, or holds a line break or an unknown escape"),
        ('["\\u12"]', 1, 2, "the text is not closed, or holds a line break or an unknown escape"),
        ('["\x00"]', 1, 2, "the text is not closed, or holds a line break or an unknown escape"),
        ("[1, // no\n2]", 1, 5, "JSON has no comments"),
        ("# no", 1, 1, "JSON has no comments"),
        ('{"a": 1,}', 1, 9, "there is a comma before the closing brace, or a value is missing"),
        ('{"a":}', 1, 6, "there is a comma before the closing brace, or a value is missing"),
        ("[1,\n ]", 2, 2, "there is a comma before the closing bracket, or a value is missing"),
        ("[,]", 1, 2, "this character is not allowed here"),
        ("{,}", 1, 2, "this character is not allowed here"),
        ("{1: 2}", 1, 2, "this character is not allowed here"),
        ("{true: 2}", 1, 2, "this character is not allowed here"),
        ("{[]: 2}", 1, 2, "this character is not allowed here"),
        ("\x00", 1, 1, "this character is not allowed here"),
        ("[\u00a01]", 1, 2, "this character is not allowed here"),
        ("[+1]", 1, 2, "this character is not allowed here"),
        ("[.5]", 1, 2, "this character is not allowed here"),
        ("[٣]", 1, 2, "this character is not allowed here"),
        ("[True]", 1, 2, "only true, false and null are written without quotes"),
        ("[-nan]", 1, 2, "only true, false and null are written without quotes"),
        ("[trueish]", 1, 2, "only true, false and null are written without quotes"),
        ("[01]", 1, 3, "expected a comma or the closing bracket"),
        ("[1 2]", 1, 4, "expected a comma or the closing bracket"),
        ("[1}", 1, 3, "expected a comma or the closing bracket"),
        ('{"a" 1}', 1, 6, "expected a colon"),
        ('{"a": 1 "b": 2}', 1, 9, "expected a comma or the closing brace"),
        ("{} {}", 1, 4, "there is more text after the end of the document"),
        ("1\n}", 2, 1, "there is more text after the end of the document"),
        ("[1]\x00", 1, 4, "there is more text after the end of the document"),
    ],
)
def test_what_is_not_json_is_refused_at_its_place(text, line, column, problem):
    result = scanned(text)
    assert not result.readable
    assert result.document is None
    found = result.findings[-1]
    assert (found.code, found.pointer) == ("IO012", "")
    assert (found.line, found.column, found.message) == (line, column, f"the document is not JSON: {problem}")


def test_a_column_counts_characters_not_bytes():
    assert only('{"é😀": x}')[2:4] == (1, 8)


@pytest.mark.parametrize(
    ("data", "offset", "line", "column"),
    [
        (b'{"a": "\xff"}', 7, 1, 8),
        (b'{\n"\xc3\xa9\xff": 1}', 5, 2, 3),
        (b'"\xed\xa0\xbd"', 1, 1, 2),
        (b'\xef\xbb\xbf{\n"\xc3\xa9\xff": 1}', 8, 2, 3),
        (b"\xef\xbb\xbf" + b"\xc3\xa9" * 5 + b"\xff", 13, 1, 6),
        (b"\xef\xbb\xbfa\xff", 4, 1, 2),
        ('{"a": 1}'.encode("utf-16"), 0, 1, 1),
    ],
)
def test_what_is_not_utf8_is_refused_at_its_place(data, offset, line, column):
    assert only(data) == ("IO013", "", line, column, f"byte {offset} of the document is not UTF-8")
    assert not scan_json(data, Limits()).readable


def test_a_byte_order_mark_takes_no_column():
    assert only(b"\xef\xbb\xbf[x]")[2:4] == (1, 2)
    assert scanned(b"\xef\xbb\xbf[1]").document == [1]


@pytest.mark.parametrize(
    ("text", "document", "expected"),
    [
        ('{"a": null}', {}, ("IO014", "/a", 1, 7, "the field holds null, which says nothing")),
        ('{"a": {}}', {"a": {}}, ("IO014", "/a", 1, 7, "the field holds an empty object, which says nothing")),
        ("[[ \n ]]", [[]], ("IO014", "/0", 1, 2, "the field holds an empty list, which says nothing")),
        ("{ }", {}, ("IO014", "", 1, 1, "the field holds an empty object, which says nothing")),
        ('{"a": 1,\n "a": 2}', {"a": 1}, ("IO007", "/a", 2, 2, "the key 'a' appears twice in one object")),
        ('{"": 1, "": 2}', {"": 1}, ("IO007", "/", 1, 9, "the key '' appears twice in one object")),
        ('{"a": 1, "\\u0061": 2}', {"a": 1}, ("IO007", "/a", 1, 10, "the key 'a' appears twice in one object")),
        ("[NaN]", [None], ("IO008", "/0", 1, 2, "NaN is not a number that can be kept exactly")),
        ("-Infinity", None, ("IO008", "", 1, 1, "-Infinity is not a number that can be kept exactly")),
        ("[1e999]", [None], ("IO008", "/0", 1, 2, "this value is not a number that can be kept exactly")),
        (
            '{"a":1000000000000000}',
            {},
            ("IO008", "/a", 1, 6, "this value is not a number that can be kept exactly"),
        ),
        (
            '["\\ud83d"]',
            [None],
            ("IO017", "/0", 1, 2, "the text holds half of a surrogate pair, which no file can carry"),
        ),
        (
            '{"\\ud83d": 1}',
            {"\ufffd": 1},
            ("IO017", "", 1, 2, "the text holds half of a surrogate pair, which no file can carry"),
        ),
    ],
)
def test_what_json_allows_and_this_library_does_not_is_a_finding_and_the_rest_is_read(text, document, expected):
    assert scanned(text).readable
    assert scanned(text).document == document
    assert only(text) == expected


def test_a_null_that_is_repeated_counts_as_the_first():
    result = scanned('{"a": null, "a": 1}')
    assert result.document == {}
    assert [found.code for found in result.findings] == ["IO014", "IO007"]


@pytest.mark.parametrize("number", ["0", "-0", "999999999999999", "-999999999999999", "1.5", "-0.0", "1e2", "1E-400"])
def test_a_number_that_can_be_kept_is_kept_as_it_is(number):
    read = scanned(number).document
    assert type(read) is type(json.loads(number))
    assert repr(read) == repr(json.loads(number))


@pytest.mark.parametrize(("depth", "readable"), [(1, True), (5, True), (6, False)])
@pytest.mark.parametrize("level", ["[", '{"a":'])
def test_nesting_ends_at_the_limit(depth, readable, level):
    text = level * depth + "1" + {"[": "]", '{"a":': "}"}[level] * depth
    result = scanned(text, max_depth=5)
    assert result.readable is readable
    if not readable:
        assert only(text, max_depth=5) == (
            "IO009",
            "",
            1,
            5 * len(level) + 1,
            "the document is nested more than 5 levels deep",
        )


def test_the_deepest_limit_and_endless_nesting_are_no_recursion_too_deep():
    assert scanned("[" * 200 + "]" * 200, max_depth=200).readable
    for level in ("[", '{"a":', '[{"":'):
        assert only(level * 500_000, max_depth=200)[0] == "IO009"


def test_a_text_beyond_the_limit_is_not_read():
    assert scanned("[1]", max_bytes=3).document == [1]
    assert only("[10]", max_bytes=3) == ("IO010", "", None, None, "the document has more than 3 bytes")


@pytest.mark.parametrize(
    "data",
    ['"' + "\\n" * 300_000, " " * 1_000_000 + "%", "1" * 1_000_000, '{"a":1.' + "0" * 1_000_000, '"' + "\\u" * 300_000],
    ids=["escapes", "blanks", "digits", "decimals", "broken-escapes"],
)
def test_long_texts_that_go_on_without_end_are_soon_refused(data):
    assert not scanned(data).readable or scanned(data).findings


def test_places_of_what_is_not_there_are_of_what_is():
    result = scanned('{\n "a": [1, {"b": 2}]\n}')
    places = [
        ((), (1, 1)),
        (("x",), (1, 1)),
        (("a", 5, "b"), (2, 7)),
        (("a", "0"), (2, 7)),
        (("a", 1, "b", "c"), (2, 17)),
        ((0,), (1, 1)),
    ]
    assert [(path, result.places.find_position(result.document, path)) for path, _ in places] == places


def test_an_empty_object_has_no_places_left_over_from_a_repeated_key():
    text = '{"a": 1,\n "a": {"x": 1},\n "b": {},\n "a": [1],\n "c": []}'
    result = scanned(text)
    assert result.places.find_position(result.document, ("b", "x")) == (3, 7)
    assert result.places.find_position(result.document, ("c", 0)) == (5, 7)


def test_findings_say_nothing_longer_than_a_line():
    for text in ('{"%s": 1, "%s": 2}' % (("k" * 10_000,) * 2), "1" * 10_000):
        assert len(only(text)[4]) < 200
        assert re.fullmatch("[^\n]*", only(text)[4])
