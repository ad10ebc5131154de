"""Strange files of our own, of the kinds that public corpora hold: each gives the findings that it should, and at once.

`tools/strange_files.py` runs the corpora themselves; they are not part of this project.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.measuring import untraced

import untoc_network as un
from untoc_network.serializers.registry import REGISTER_FORMATS

ROOT = Path(__file__).parent.parent.parent
_SPEC = importlib.util.spec_from_file_location("strange_files", ROOT / "tools" / "strange_files.py")
strange_files = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(strange_files)

FRAME = b'{"schema_version":1,"title":{"en":%s}}'
JSON = {
    # values that parsers differ on: what they take in silence is refused here, or kept exactly
    b'"\\u0000"': "",
    b'"\\uD83D\\uDE00"': "",
    b'"\\uDE00\\uD83D"': "IO017",
    b'"\\ud83d\\u0061"': "IO017",
    b'"\\x41"': "IO012",
    b'"\\a"': "IO012",
    b'"\\u00"': "IO012",
    b'"a\tb"': "IO012",
    b'"a\nb"': "IO012",
    b'"\x7f"': "",
    b"'a'": "IO012",
    b"a": "IO012",
    b"+1": "IO012",
    b"01": "IO012",
    b".5": "IO012",
    b"5.": "IO012",
    b"1e": "IO012",
    b"0x1F": "IO012",
    b"-": "IO012",
    b"1e400": "IO008",
    b"1e-400": "IO004",
    b"-0": "IO004",
    b"123456789012345678": "IO008",
    b"NaN": "IO008",
    b"-Infinity": "IO008",
    b"nul": "IO012",
    b"True": "IO012",
    b'"a",': "IO012",
    b'"a" // b': "IO012",
    b'"a" /* b */': "IO012",
    b'"a"}{': "IO012",
    b'"a"\xc2\xa0': "IO012",
    b"\xef\xbb\xbf1": "IO012",
    b"\xff": "IO013",
    b'"\xed\xa0\x80"': "IO013",
    b'"\xc0\xaf"': "IO013",
    b'"\xf4\x90\x80\x80"': "IO013",
    b"[1,,2]": "IO012",
    b"[1 2]": "IO012",
    b"{1:2}": "IO012",
    b'{"a" "b"}': "IO012",
    b"[": "IO012",
    b"[" * 100: "IO009",
    b'{"a":' * 100: "IO009",
    b'"' + b"a" * 100_000 + b'"': "",
    '"\u202e\u2066"'.encode(): "",
}
YAML = {
    b"a: &a [*a]": "IO019",
    b"a: &a [x]\nb: *a": "IO019",
    b"a: &b [&c [*c, *c], *b]": "IO019",
    b"<<: {a: 1}": "IO019",
    b"a: !!python/object/apply:os.system [x]": "IO019",
    b"a: !!binary aGk=": "IO019",
    b"a: 0o17": "IO019",
    b"a: 017": "IO019",
    b"a: 1_000": "IO002",
    b"a: 190:20:30": "IO002",
    b"a: .inf": "IO008",
    b"a: .NaN": "IO008",
    b"a: NO": "IO002",
    b"a: 2022-03-28": "IO002",
    b"? [a, b]\n: c": "IO019",
    b"1: a": "IO019",
    b"true: a": "IO019",
    b"a: 1\na: 2": "IO007",
    b"a:\n\t- b": "IO018",
    b"a: b: c": "IO018",
    b"a: [b": "IO018",
    b'a: "\\q"': "IO018",
    b"a: 'b": "IO018",
    b"a: @b": "IO018",
    b"a: `b": "IO018",
    b"a: \x00": "IO018",
    b"--- a\n--- b": "IO018",
    b"a: |9\n b": "IO018",
    b"%YAML 1.1\n---\na: yes": "IO018",
    b"a: " + b"[" * 100: "IO009",
    b"a: \xff": "IO013",
}
TABLES = {
    b"": "",
    b"\n": "",
    b"id": "",
    b"id,id\na,b": "IO007",
    b"id\na,b": "IO021",
    b"id,kind\na": "IO021",
    b'id\n"a': "IO021",
    b'id\na"b': "IO021",
    b'id\n"a"b': "IO021",
    b"id\r\r\na": "IO036",
    b"\xef\xbb\xbfid\na": "IO001",
    b"\xff\xfei\x00d\x00": "IO013",
    b"id\n\x00": "IO016",
    b"id\n=cmd|' /C calc'!A0": "IO016",
    b"id,aliases\na,[": "IO012",
    b"id,aliases\na,[[[[[[[[[[": "IO012",
    b"id;kind\na;ngo": "IO036",
    b"," * 2_000: "IO021",
}


def codes(report):
    return {one.code for one in report}


@pytest.mark.parametrize(("value", "code"), JSON.items(), ids=lambda value: ascii(value[:16]))
def test_json(value, code):
    register, report = REGISTER_FORMATS["json"].reads(FRAME.replace(b"%s", value))
    assert codes(report) >= ({code} if code else set())
    assert report.ok is not bool(code)
    if not code:
        assert register.title["en"] == json.loads(value)


@pytest.mark.parametrize(("text", "code"), YAML.items(), ids=lambda value: ascii(value[:16]))
def test_yaml(text, code):
    content = text if text.startswith((b"%", b"---")) else b"schema_version: 1\n" + text
    _, report = REGISTER_FORMATS["yaml"].reads(content)
    assert code in codes(report) or (code == "IO018" and "IO019" in codes(report))
    assert not report.ok


@pytest.mark.parametrize(("table", "code"), TABLES.items(), ids=lambda value: ascii(value[:16]))
def test_tables(table, code):
    _, report = strange_files.READERS["table"](table)
    assert code in codes(report) if code else report.ok
    assert all(one.line for one in report)


def test_every_reader_takes_every_strange_file(subtests):
    for value in [*JSON, *YAML, *TABLES]:
        with subtests.test(ascii(value[:16])):
            for reads in strange_files.READERS.values():
                register, report = reads(value)
                assert register is not None or len(report)


def test_a_folder_of_them_breaks_nothing_in_a_process_with_little_memory(tmp_path):
    for number, content in enumerate([*JSON, *YAML, *TABLES]):
        (tmp_path / str(number)).write_bytes(content)
    (tmp_path / "texts.json").write_text(json.dumps({"a": ["[", "- a", {"b": 5}]}))
    ran = subprocess.run(
        [sys.executable, "-m", "tools.strange_files", str(tmp_path)],
        cwd=ROOT,
        env=untraced(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"{len([*JSON, *YAML, *TABLES]) + 3:5} files" in ran.stdout
    assert " 0 broken; " in ran.stdout


def test_the_names_of_naughty_files_do_not_reach_messages():
    _, report = un.reads(FRAME.replace(b"%s", b'"\x1b[31m'), file="a\x1b[31m.json")
    assert all("\x1b" not in one.message for one in report)
