"""YAML: what stays text, what is refused, in which line, and how it is written."""

import sys

import pytest

import untoc_network as un
from untoc_network.serializers.codecs.yaml import dumps, reads
from untoc_network.serializers.codecs.yaml_folder import read_files

REGISTER = "schema_version: 1\n"


def told(text):
    return [(found.code, found.line, found.column, found.pointer, found.message) for found in reads(text)[1]]


def title_of(scalar):
    register, report = reads(f"{REGISTER}title: {{en: {scalar}}}\n")
    return str(register.title) if report.ok else [found.message for found in report]


@pytest.mark.parametrize(
    "scalar",
    [
        "NO",
        "no",
        "yes",
        "off",
        "2022-03-28",
        "2022-03-28T10:00:00Z",
        "12:30:45",
        "1_000",
        "1,5",
        "0b1",
        "=",
        "e3",
        "0o8",
    ],
)
def test_what_only_yaml_1_1_reads_as_something_else_is_text(scalar):
    register, report = reads(f"{REGISTER}title:\n  en: {scalar}\n")
    assert list(report) == []
    assert str(register.title) == scalar


@pytest.mark.parametrize("scalar", ["017", "+1", "0x1F", "0o17", ".5", "1.", "1.e3"])
def test_a_number_that_readers_differ_on_is_refused(scalar):
    assert title_of(scalar) == ["a number in this form is not allowed in a register"]


@pytest.mark.parametrize(
    ("scalar", "message"),
    [
        ("1", "expected text, got a whole number"),
        ("1e3", "expected text, got a number"),
        ("-0.5", "expected text, got a number"),
        ("True", "expected text, got true or false"),
        ("FALSE", "expected text, got true or false"),
        (".inf", ".inf is not a number that can be kept exactly"),
        ("-.INF", "-.INF is not a number that can be kept exactly"),
        (".NaN", ".NaN is not a number that can be kept exactly"),
        ("1234567890123456", "this value is not a number that can be kept exactly"),
        ("&a x", "an anchor is not allowed in a register"),
        ("*a", "an alias is not allowed in a register"),
        ("!!str x", "a tag is not allowed in a register"),
        ("!!python/object:os.system [x]", "a tag is not allowed in a register"),
        ('"\\ud83d"', "the text holds half of a surrogate pair, which no file can carry"),
    ],
)
def test_nothing_is_converted_and_nothing_obeyed(scalar, message):
    assert title_of(scalar) == [message]


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_null_says_nothing(scalar):
    assert told(f"{REGISTER}as_of: {scalar}\n") == [
        ("IO014", 2, 8 if scalar else 1, "/as_of", "the field holds null, which says nothing")
    ]


def test_quoted_texts_stay_texts_and_escaped_pairs_are_one_character():
    assert title_of("'1'") == "1"
    assert title_of('"null"') == "null"
    assert title_of('"\\ud83d\\ude00"') == "\U0001f600"
    register, _ = reads(f"{REGISTER}title:\n  en: |\n    one\n    two\n")
    assert str(register.title) == "one\ntwo\n"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("", ("IO018", 1, 1, "", "the document is not YAML: the document is empty")),
        ("# a comment\n", ("IO018", 2, 1, "", "the document is not YAML: the document is empty")),
        ("a: 1\nb: c: d\n", ("IO018", 2, 5, "", "the document is not YAML: a name with ':' stands where none can begin")),
        (
            "a: 1\n\tb: 2\n",
            ("IO018", 2, 1, "", "the document is not YAML: a tab indents or begins something, and only spaces can"),
        ),
        (
            "a: 1\nb: \x00\n",
            ("IO018", 2, 4, "", "the document is not YAML: the text holds a control character; write it as an escape in double quotes"),
        ),
        ('a: "\\U00110000"', ("IO018", 1, 1, "", "the document is not YAML: an escape names no character")),
        ("%YAML 9.1\n---\n", ("IO018", 1, 1, "", "the document is not YAML: something stands here that cannot stand at this place")),
        ("[" * 100, ("IO009", 1, 65, "", "the document is nested more than 64 levels deep")),
        ("a:\n  - " + "- " * 100, ("IO009", 2, 129, "", "the document is nested more than 64 levels deep")),
    ],
)  # fmt: skip
def test_what_cannot_be_parsed_is_one_finding_in_its_place(text, finding):
    assert told(text) == [finding]
    assert reads(text)[0] is None


@pytest.mark.parametrize(
    ("text", "line", "column", "given"),
    [
        (f"{REGISTER}1: x\n", 2, 1, "a key that is not text"),
        (f"{REGISTER}true: x\n", 2, 1, "a key that is not text"),
        (f"{REGISTER}? [a, b]\n: x\n", 2, 3, "a key that is not text"),
        (f"{REGISTER}? {{a: b}}\n: x\n", 2, 3, "a key that is not text"),
        (f"{REGISTER}*a : x\n", 2, 1, "a key that is not text"),
        (f"{REGISTER}<<: {{title: {{en: x}}}}\n", 2, 1, "a merge key"),
        (f"{REGISTER}---\n{REGISTER}", 2, 1, "a second document"),
        (f"%YAML 1.1\n---\n{REGISTER}", 1, 1, "a directive for another version of YAML"),
    ],
)
def test_what_json_cannot_say_has_no_place(text, line, column, given):
    register, report = reads(text)
    assert [(found.code, found.line, found.column, found.message) for found in report] == [
        ("IO019", line, column, f"{given} is not allowed in a register")
    ]
    assert report.findings[0].hint
    assert register == un.Register()


def test_a_tagged_key_is_refused_with_what_it_names():
    assert [code for code, *_ in told(f"{REGISTER}!!str title: {{en: x}}\n")] == ["IO019", "IO002"]


def test_an_alias_bomb_is_refused_where_it_begins():
    bomb = "a: &a [x]\n" + "".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    found = told(REGISTER + bomb)
    assert {code for code, *_ in found} == {"IO019"}
    assert len(found) < 120


def test_a_version_of_yaml_that_is_ours_may_be_named():
    assert reads(f"%YAML 1.2\n---\n{REGISTER}...\n") == (un.Register(), un.Report(()))


def test_a_key_that_stands_twice_is_found_in_its_line():
    assert told(f"{REGISTER}as_of: '2022'\nas_of: '2023'\n") == [
        ("IO007", 3, 1, "/as_of", "the key 'as_of' appears twice in one object")
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_findings_of_rules_stand_in_their_lines(ends):
    text = REGISTER + "memberships:\n  - id: m\n    network_id: n\n    # a comment\n    organization_id: lost\n"
    register, report = reads("\ufeff" + text.replace("\n", ends), file="r.yaml")
    placed = report.merge(un.validate(register))
    assert [(one.location.file, one.line, one.column, one.pointer) for one in placed if one.code == "RF002"] == [
        ("r.yaml", 4, 17, "/memberships/0/network_id"),
        ("r.yaml", 6, 22, "/memberships/0/organization_id"),
    ]


@pytest.mark.parametrize("name", ["ruamel", "ruamel.yaml"])
def test_without_ruamel_there_is_one_clear_line(monkeypatch, name):
    monkeypatch.delitem(sys.modules, "ruamel.yaml", raising=False)
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(un.MissingExtra) as missing:
        reads(REGISTER)
    assert str(missing.value) == (
        'reading YAML needs ruamel.yaml, which is not installed; run: pip install "untoc-network[yaml]"'
    )
    assert dumps(un.Register()) == b"schema_version: 1\n"


def test_yaml_is_written_in_one_form():
    register = un.Register(
        as_of=un.PartialDate("2022-03-28"),
        title=un.Text({"no": "Nettverk: XA", "en": "Network of XA", "es": "sí", "fr": "a\nb\u2028"}),
        organizations=(
            un.Organization(
                id="xa-refuge",
                name=un.Text(en="Refuge, of 'XA'"),
                kind=un.OrganizationKind.NGO,
                countries=("NO", "XA"),
                links=(un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org/a"),),
            ),
            un.Organization(id="yes", name=un.Text(en="1e3"), kind=un.OrganizationKind.NGO),
        ),
    )
    assert (
        dumps(register).decode()
        == """\
schema_version: 1
title:
  en: Network of XA
  es: sí
  fr: "a\\nb\\u2028"
  "no": "Nettverk: XA"
as_of: "2022-03-28"
organizations:
  - id: xa-refuge
    countries:
      - "NO"
      - XA
    kind: ngo
    links:
      - kind: website
        url: https://example.org/a
    name:
      en: "Refuge, of 'XA'"
  - id: "yes"
    kind: ngo
    name:
      en: "1e3"
"""
    )
    assert reads(dumps(register)) == (register, un.Report(()))


# -- folders -----------------------------------------------------------------------------------------------------------


def test_a_folder_has_a_file_for_the_whole_and_one_for_each_collection(tmp_path):
    folder = tmp_path / "r.d"
    register = un.Register(
        language="es", organizations=(un.Organization(id="a", name=un.Text(en="A"), kind=un.OrganizationKind.NGO),)
    )
    un.dump(register, folder)
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "register.yaml": "schema_version: 1\nlanguage: es\n",
        "organizations.yaml": "- id: a\n  kind: ngo\n  name:\n    en: A\n",
    }
    assert un.read(folder) == (register, un.Report(()))
    un.dump(un.Register(), folder)
    assert [path.name for path in folder.iterdir()] == ["register.yaml"]


def test_findings_name_the_file_of_the_folder():
    files = {
        "register.yaml": b"schema_version: 1\nzzz: 1\n",
        "memberships.yaml": b"- id: m\n  network_id: n\n  organization_id: o\n  since: []\n",
        "events.yaml": b"{",
        "persons.yaml": b"a: 1\n",
        "ngos.yaml": b"[]\n",
    }
    register, report = read_files(files, file="r.d")
    placed = report.merge(un.validate(register))
    assert [(one.code, one.location.file, one.line, one.column, one.pointer) for one in placed.errors] == [
        ("IO018", "r.d/events.yaml", 1, 2, "/events"),
        ("RF002", "r.d/memberships.yaml", 2, 15, "/memberships/0/network_id"),
        ("RF002", "r.d/memberships.yaml", 3, 20, "/memberships/0/organization_id"),
        ("IO002", "r.d/memberships.yaml", 4, 3, "/memberships/0/since"),
        ("IO021", "r.d/ngos.yaml", 1, 1, ""),
        ("IO004", "r.d/persons.yaml", 1, 1, "/persons"),
        ("IO002", "r.d/register.yaml", 2, 1, "/zzz"),
    ]


@pytest.mark.parametrize(
    ("frame", "codes"),
    [
        ({}, ["IO001"]),
        ({"register.yaml": b""}, ["IO001", "IO018"]),
        ({"register.yaml": b"- 1\n"}, ["IO001", "IO021"]),
        ({"register.yaml": b"schema_version: 1\nevents: [{id: a}]\n"}, ["IO001", "IO021"]),
    ],
)
def test_a_folder_without_a_frame_is_no_register(frame, codes):
    register, report = read_files(frame)
    assert register is None
    assert sorted(found.code for found in report) == codes


def test_a_folder_larger_than_the_limit_is_refused():
    register, report = read_files(
        {"register.yaml": b" " * 60, "events.yaml": b" " * 60}, limits=un.Limits(max_bytes=100)
    )
    assert register is None
    assert [found.message for found in report] == ["the document has more than 100 bytes"]


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("organizations.yaml", []),
        ("organizations.yml", []),
        ("organizations.YAML", []),
        ("organizations.YML", []),
        ("organizations.Yml", []),
        ("Organizations.yaml", ["IO021"]),
        ("ORGANIZATIONS.YML", ["IO021"]),
        ("organisations.yml", ["IO021"]),
        ("organizations.yaml.bak", ["IO021"]),
        ("organizations.json", ["IO021"]),
        ("organizations", ["IO021"]),
        ("organizations.txt", ["IO021"]),
    ],
)
@pytest.mark.parametrize("frame", ["register.yaml", "register.yml", "register.YAML"])
def test_a_file_of_a_folder_is_read_or_told_whatever_its_suffix(tmp_path, name, codes, frame):
    folder = tmp_path / "r.d"
    folder.mkdir()
    (folder / frame).write_text(REGISTER)
    (folder / name).write_text("- id: xa\n  name: {en: House}\n  kind: ngo\n")
    register, report = un.read(folder)
    assert [(one.code, one.location.file) for one in report] == [(code, str(folder / name)) for code in codes]
    assert len(register.organizations) == (not codes)


def test_of_two_files_of_one_collection_the_second_is_told():
    files = {"register.yaml": REGISTER.encode(), "events.yaml": b"[]", "events.yml": b"[]"}
    assert [(one.code, one.location.file) for one in read_files(files, file="r")[1]] == [
        ("IO014", "r/events.yaml"),
        ("IO021", "r/events.yml"),
    ]
