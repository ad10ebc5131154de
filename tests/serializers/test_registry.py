"""Every form holds the same register: round trips byte for byte, and the same findings for the same mistakes."""

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from tests.profiles import some, tries

import untoc_network as un
from untoc_network.serializers.codecs.yaml import format_document
from untoc_network.serializers.registry import REGISTER_FORMATS, find_format
from untoc_network.testing import registers

EXAMPLES = sorted(Path(__file__).parents[2].glob("examples/*.json"))
MANY_TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "NO",
        "no",
        "yes",
        "1e3",
        "017",
        "0x1F",
        "2022-03-28",
        "~",
        "null",
        "",
        " a",
        "a ",
        "a: b",
        "a #b",
        "- a",
        "=1",
        "<<",
    ]
    + [
        "\x00",
        "\x7f",
        "\x85",
        "\u2028",
        "\ufeff",
        "\ufffe",
        "\t",
        "a\r\nb",
        "\U0001f600",
        "'",
        '"',
        "\\",
        "{}",
        "%",
        "@",
        "?",
    ]
    + ["x" * 2000, "12:30:45", "1_000", ".inf", ".nan", "a:", "a,", "y", "a:b", "https://example.org/#x", "\u202eabc"]
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**16), 10**16) | MANY_TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(MANY_TEXTS.map(lambda key: key[:500]), inner, max_size=3)
    ),
    max_leaves=8,
)


ONE_FILE = [name for name, form in REGISTER_FORMATS.items() if not form.files]


def written(register, form):
    return (
        dict(REGISTER_FORMATS[form].files(register))
        if REGISTER_FORMATS[form].files
        else b"".join(REGISTER_FORMATS[form].pieces(register))
    )


def read_whole(data, form):
    register, report = REGISTER_FORMATS[form].reads(data)
    assert [found.to_dict() for found in report if found.code != "IO014"] == []
    return register


def round_trip(register):
    first = un.dumps(register)
    for form in REGISTER_FORMATS:
        data = written(register, form)
        register = read_whole(data, form)
        assert written(register, form) == data
    assert un.dumps(register) == first


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_go_through_every_form_and_come_back_the_same(path):
    round_trip(un.load(path))


@pytest.mark.unmeasured
@given(registers())
@tries(30)
def test_every_register_goes_through_every_form_and_comes_back_the_same(register):
    round_trip(register)


@given(st.dictionaries(st.sampled_from(["en", "es", "no", "on", "und"]), MANY_TEXTS, min_size=1), MANY_TEXTS)
@tries(200)
def test_every_text_goes_through_every_form(title, name):
    person = un.Person(id="a", name=name)
    round_trip(un.Register(title=un.Text(title), persons=(person,)))


# -- the same mistakes -------------------------------------------------------------------------------------------------


def as_ndjson(document):
    frame = {name: value for name, value in document.items() if not isinstance(value, list)}
    records = [
        {"collection": name, "record": record}
        for name, value in document.items()
        if isinstance(value, list)
        for record in value
    ]
    return "\n".join(json.dumps(line) for line in (frame, *records))


def as_yaml(document):
    return format_document(document).decode().removesuffix("\n")


def told(form, text):
    register, report = REGISTER_FORMATS[form].reads(text)
    placed = report if register is None else report.merge(un.validate(register, on="2026-11-24"))
    return sorted((found.code, found.pointer, found.subject or "", found.message) for found in placed)


@given(st.sampled_from(EXAMPLES), st.data())
@tries(30)
def test_one_mistake_is_the_same_finding_in_every_form(path, data):
    document = json.loads(path.read_bytes())
    document = {
        name: value[:1] if isinstance(value, list) else value for name, value in document.items()
    }  # a few records are enough
    collections = [name for name, value in document.items() if isinstance(value, list)]
    record = data.draw(st.sampled_from(document[data.draw(st.sampled_from(collections))]))
    record[data.draw(st.sampled_from([*record, "zzz"]))] = data.draw(ANYTHING)
    as_json = told("json", json.dumps(document))
    assert told("yaml", as_yaml(document)) == as_json
    assert told("yaml", json.dumps(document).replace("\x7f", "\\u007f")) == as_json
    assert told("ndjson", as_ndjson(document)) == as_json


def test_a_long_key_is_written_so_that_it_can_be_read():
    document = {"schema_version": 1, "k" * 3000: {"k" * 3000: 1}, "organizations": [{"k" * 3000: [1]}]}
    assert told("yaml", as_yaml(document)) == told("json", json.dumps(document))


# -- which form --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("r.json", "json"),
        ("r.yaml", "yaml"),
        ("r.YML", "yaml"),
        ("r.ndjson", "ndjson"),
        ("r.jsonl", "ndjson"),
        ("r.zip", "csv"),
        ("r.datapackage/", "csv-folder"),
        ("-", "json"),
    ],
)
def test_the_suffix_names_the_form(name, form):
    assert find_format(name) is REGISTER_FORMATS[form]
    assert find_format(name, "yaml") is REGISTER_FORMATS["yaml"]


def test_a_form_that_is_none_is_refused():
    with pytest.raises(
        un.UnsupportedFormat, match=r"^toml: the form is not one of json, yaml, ndjson, csv, csv-folder, yaml-folder$"
    ):
        find_format("r.json", "toml")


@pytest.mark.parametrize("form", REGISTER_FORMATS)
def test_half_a_surrogate_pair_cannot_be_written(form):
    title = un.Text(en="Title")
    title._wordings["en"] = "\ud83d"
    with pytest.raises(un.InvalidDocument, match=r"^title: IO015 the text holds half of a surrogate pair"):
        written(un.Register(title=title), form)


@pytest.mark.parametrize("suffix", [".json", ".yaml", ".ndjson"])
def test_files_of_every_form_are_dumped_and_loaded(tmp_path, suffix):
    register = un.example()
    un.dump(register, tmp_path / f"r{suffix}")
    assert un.load(tmp_path / f"r{suffix}") == register
    (tmp_path / f"r{suffix}").rename(tmp_path / "r.txt")
    assert un.load(tmp_path / "r.txt", form=suffix[1:]) == register


HOSTILE = [
    b"", b" ", b"\n\n", b"\x00", b"\xff\xfe{\x00", "{}".encode("utf-16"), b"\xef\xbb\xbf", b"\xef\xbb\xbf{}", b"\r\n{}\r\n",
    b"[" * 100_000, b"{" * 5_000, b"- " * 5_000, b"[\n" * 5_000, b'{"a":' * 5_000, b"? " * 5_000, b"'", b'"', b"\xed\xa0\xbd",
    b'"\\ud83d"', b"&a [*a]", b"!!python/object:os.system x", b"<<: 1", b"a: 1\na: 2", b"\t", b"a:\tb\n\tc", b"...", b"---\n---\n",
    b"%YAML 9.9\n---\n", b"%TAG ! tag:x,2022:\n---\n!a b", b"| \n x", b"*x", b"{}\n[]\n1\n", b'"\\U00110000"', b"\x85", b"&", b"*", b"!",
    b"a" * 100_000, b"1" * 10_000, b"-" * 10_000, b"{" + b'"a":1,' * 10_000, b"@", b"`", b"!<", b"? a\n? b\n: c", b"- - - a\n -b",
]  # fmt: skip


def test_what_is_hostile_is_a_finding_in_every_form(subtests):
    for form, data in some(itertools.product(ONE_FILE, HOSTILE)):
        with subtests.test(form, data=data[:20]):
            _register, report = REGISTER_FORMATS[form].reads(data)
            assert not report.ok
            assert all(found.line for found in report)


@pytest.mark.parametrize("form", ONE_FILE)
@given(data=st.binary(max_size=60) | st.text(max_size=60) | st.text("-?:,[]{}#&*!|>'\"%@` \n\ta1.~<", max_size=40))
@tries(300)
def test_anything_at_all_is_a_report_in_every_form(form, data):
    register, report = REGISTER_FORMATS[form].reads(data)
    assert not report.ok or un.loads(un.dumps(register)) == register
    if register is not None:
        report.merge(un.validate(register, on="2026-11-24"))


@pytest.mark.parametrize("form", ONE_FILE)
def test_an_input_larger_than_the_limit_is_refused_in_every_form(form):
    register, report = REGISTER_FORMATS[form].reads(b"x" * 101, limits=un.Limits(max_bytes=100))
    assert register is None
    assert [found.message for found in report] == ["the document has more than 100 bytes"]
