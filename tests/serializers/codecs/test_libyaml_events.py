"""YAML by libyaml: what is read, told and placed is what the parser in Python gives, and nothing doubtful is left to it."""

import sys

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.serializers.codecs import libyaml_events, yaml, yaml_folder, yaml_scanner
from untoc_network.serializers.codecs.libyaml_events import read_by_libyaml
from untoc_network.testing import invented_register

BY_HAND = """\
schema_version: 1
title: {en: House, fr: 'Maison !', "es": "Casa"}
# a comment
organizations:
- id: xa-refuge
  kind: ngo # another
  name:
    en: Refuge of
      XA
  founded: 2022-03
  countries: [XA, XB]
  expertise:
  - en: |
      One
        two

      three
    es: >-
      uno
      dos
- id: xb-house
  kind: ngo
  at_risk: true
  name: {en: House}
memberships:
  - id: m
    network_id: no
    organization_id: xb-house
"""
STARTS = [
    BY_HAND,
    BY_HAND.replace("\n", "\r\n"),
    yaml.dumps(invented_register(1)).decode(),
    "a: {b: [c, 'd', {e: f}], g: , \"h\" : i}\nj:\n- k\n- - l\n  - m: n\n    o: p\n",
    "- a: |2-\n     b\n    c\n  d: 'e\n\n    f'\n- \"g \\\n  h\\u00e9\"\n- ? i\n  : j\n",
]
INSERTED = [
    *" \n:-?,[]{}#&*!|>'\"%\\~.1xé",
    "\n  ",
    ": ",
    "- ",
    " #",
    "\\n",
    "\n\n",
    "...\n",
    "---\n",
    "null",
    "0o7",
    "! ",
]
EXOTIC = ["\t", "\r", "\x85", "\u2028", "\ufeff", "\xa0", "\x00", "\U0001f600"]
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from([*INSERTED, *INSERTED, *EXOTIC, ""])), max_size=4
)
LIMITS = st.builds(
    un.Limits,
    max_values=st.sampled_from([600_000, 600_000, 60, 20]),
    max_depth=st.sampled_from([64, 64, 3]),
    max_findings=st.sampled_from([10_000, 10_000, 1]),
)


@pytest.fixture
def alone(monkeypatch):
    """Calls something as if libyaml were not there."""

    def call(function, *given, **named):
        with monkeypatch.context() as patched:
            patched.setitem(sys.modules, libyaml_events.__name__, None)
            return function(*given, **named)

    return call


def seen(read):
    """All that is to be seen of a reading: the register, what was told, and the place of every value."""
    register, report = read
    places = report.origin and report.origin.without_text()
    return register, tuple(report), places and (places.positions, places.kept, places.unreadable, places.lost)


def scanned(text, limits):
    found = yaml_scanner.scan_yaml(text.encode(), limits)
    return found.readable, found.document, found.findings, vars(found.counter)


@pytest.mark.unmeasured
@tries(600)
@given(start=st.sampled_from(STARTS), edits=EDITS, limits=LIMITS)
def test_whatever_is_changed_it_is_read_as_by_the_parser_in_python(start, edits, limits):
    text = start
    for at, removed, inserted in edits:
        here = int(at * len(text))
        text = text[:here] + inserted + text[here + removed :]
    if read_by_libyaml(text, limits, limits.max_values) is None:
        return  # the parser in Python reads it in either case
    by_libyaml = seen(yaml.reads(text, limits=limits)), scanned(text, limits)
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(sys.modules, libyaml_events.__name__, None)
        assert by_libyaml == (seen(yaml.reads(text, limits=limits)), scanned(text, limits))


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n\x85c: d\n",
        "a: b\n\u2028c: d\n",
        "a: b\u2029\n",
        "a:\tb\n",
        "a: b\t\n",
        "\ufeff\ufeffa: b\n",
        "a: b\n\ufeff",
        "%YAML 1.2\n---\na: b\n",
        "%TAG ! x:\n---\na: b\n",
        "a: b\n...\n",
        "a: b\n---\na: b\n",
        "a: |# c\n  b\n",
        "a: |\n \n  b\n",
        "a: |\r\n \r\n  b\r\n",
        "a: ['b':c]\n",
        "a: [[b]:c]\n",
        "a: [b: c]\n",
        "a: ! b\n",
        "a: !\n",
        "- ! b\n",
        "a: [! b]\n",
        "a: !b c\n",
        "a: ! [b]\n",
        "a: &b c\n",
        "a: &b [c]\n",
        "a: &b\n",
        "a: *b\n",
        "- *b\n",
        "? [a]\n: b\n",
        "? *a\n: b\n",
        ": b\n",
        "- a\n-\n",
        "{a: b",
        "a",
        "",
        "# a\n",
    ],
)
def test_where_the_two_parsers_may_differ_the_one_in_python_is_asked(text):
    assert read_by_libyaml(text, un.Limits(), 100) is None


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("a: no\nb: 2022-03-01\nc: 12:30\nd: 1_000\ne: 0b1\nf: 'null'\n",
         {"a": "no", "b": "2022-03-01", "c": "12:30", "d": "1_000", "e": "0b1", "f": "null"}),
        ("a: 7\nb: -0.5\nc: True\nd: FALSE\n", {"a": 7, "b": -0.5, "c": True, "d": False}),
        ('{"a":["b",{"c":1}],"d":"e"}', {"a": ["b", {"c": 1}], "d": "e"}),
        ("- Salut ! Oui\n- a&b *c\n- {d: [e]}\n", ["Salut ! Oui", "a&b *c", {"d": ["e"]}]),
    ],
)  # fmt: skip
def test_what_a_scalar_means_is_decided_as_for_the_other_parser(text, document, alone):
    reading = read_by_libyaml(text, un.Limits(), 100)
    assert (reading.document, reading.is_sound) == (document, True)
    assert alone(yaml_scanner.scan_yaml, text.encode(), un.Limits()).document == document


@pytest.mark.parametrize(
    "text", ["a: 0o7\n", "a: 017\n", "a: .inf\n", "a: ~\n", "a:\n", "a: []\n", "a: 1\na: 2\n", "<<: {a: b}\n", "1: a\n"]
)
def test_what_deserves_a_finding_is_not_sound(text):
    assert not read_by_libyaml(text, un.Limits(), 100).is_sound


# -- what has to be done -----------------------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch):
    """The texts that the parser in Python was asked for."""
    texts = []
    parse = yaml_scanner._parse_in_python
    monkeypatch.setattr(yaml_scanner, "_parse_in_python", lambda text: (texts.append(text), parse(text))[1])
    return texts


def test_the_parser_in_python_is_not_asked_for_a_text_without_a_fault_in_its_yaml(asked):
    register, report = yaml.reads(BY_HAND.replace("organization_id: xb-house", "organization_id: xb-hous"))
    assert list(report) == []
    placed = report.merge(un.validate(register))
    assert ("RF002", 28) in [(one.code, one.line) for one in placed]
    faulty = yaml.reads(BY_HAND.replace("kind: ngo\n", "knd: ngo\n").replace("title:", "title: {}\ntitle:"))[1]
    assert [(one.code, one.line, one.column) for one in faulty] == [("IO015", 2, 8), ("IO007", 3, 1), ("IO002", 23, 3)]
    assert asked == []
    assert [one.code for one in yaml.reads(f"{BY_HAND}as_of: &a 2022\n")[1]] == ["IO019"]
    assert len(asked) == 1


def test_a_document_beyond_the_limits_is_left_before_it_is_read_to_its_end(monkeypatch, asked):
    taken = []

    class Loader(libyaml_events.CSafeLoader):
        def get_event(self):
            taken.append(1)
            return super().get_event()

    monkeypatch.setattr(libyaml_events, "CSafeLoader", Loader)
    limits = un.Limits(max_values=100, max_depth=50)
    for text in ("- a\n" * 10_000, "a: b\n" * 10_000, "- " * 10_000, "[" * 10_000, "[" * 40 + "]" * 40 + " 1" * 90):
        assert read_by_libyaml(text, limits, limits.max_values) is None
        assert len(taken) <= 2 * limits.max_values + 4
        taken.clear()


def test_as_many_values_as_the_limit_allows_are_read(alone):
    text = "schema_version: 1\ntitle: {en: a}\n"
    for most in range(4, 8):
        limits = un.Limits(max_values=most)
        assert seen(yaml.reads(text, limits=limits)) == alone(lambda: seen(yaml.reads(text, limits=limits)))  # noqa: B023
    assert read_by_libyaml(text, un.Limits(), 6).weight == 6
    assert read_by_libyaml(text, un.Limits(), 5) is None


@pytest.mark.parametrize(("data", "code"), [(b"a: \xff\n", "IO013"), (b"a: " + b"b" * 100, "IO010")])
def test_what_is_no_text_or_too_large_is_parsed_by_neither(data, code, asked):
    register, report = yaml.reads(data, limits=un.Limits(max_bytes=50))
    assert (register, [one.code for one in report]) == (None, [code])
    assert asked == []


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"persons.yaml": b"- id: p\n  nam: A\n"},
        {"persons.yaml": b"a: b\n"},
        {"persons.yaml": b"- &a b\n"},
        {"register.yaml": b"- 1\n"},
        {"register.yaml": b"schema_version: 1\nevents: [{id: a}]\n"},
        {"strange.yaml": b"a: b\n"},
        {"events.yaml": None},
    ],
)
@pytest.mark.parametrize("most", [600_000, 12])
def test_a_folder_is_read_as_by_the_parser_in_python(alone, changed, most):
    register = un.Register(
        title=un.Text(en="House"), persons=(un.Person(id="b", name="B"), un.Person(id="a", name="A"))
    )
    files = dict(yaml_folder.to_files(register)) | changed

    def read():
        return seen(yaml_folder.read_files(files, file="r.d", limits=un.Limits(max_values=most)))

    assert read() == alone(read)


def test_a_folder_without_a_fault_in_its_yaml_does_not_ask_the_parser_in_python(asked):
    register = invented_register(2)
    assert yaml_folder.read_files(dict(yaml_folder.to_files(register))) == (register, un.Report(()))
    assert asked == []
