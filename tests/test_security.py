"""The limits in SECURITY.md are those that hold: what is just within is read, and what is just beyond gives the finding."""

import io
import json
import re
import zipfile

import openpyxl
import pytest
from tools.build_hazards import SECURITY

import untoc_network as un
from untoc_network.app.project_settings import load_configuration
from untoc_network.cli.main import main
from untoc_network.rules.rule import rule
from untoc_network.serializers.codecs import csv_bundle
from untoc_network.testing import invented_register

FRAME = b'{"schema_version":1%s}'
DESCRIPTOR = json.dumps({"untoc_network": {"schema_version": 1}}).encode()


def read(text):
    return un.reads(text)[1]


def document(*members):
    return read(FRAME % b"".join(b"," + member for member in members))


def table(columns):
    names = ",".join(["id", *(f"c{number}" for number in range(columns - 1))])
    return csv_bundle.read_files({"datapackage.json": DESCRIPTOR, "organizations.csv": f"{names}\n".encode()})[1]


def listed(text):
    return un.import_bytes(text.encode(), file="l.csv").report


def body(**more):
    told = {"id": "a", "kind": "ngo", "name": {"en": "A"}} | more
    return document(b'"organizations":[%s]' % json.dumps(told).encode())


def cited(url):
    told = {"id": "s", "kind": "document", "title": {"en": "S"}, "url": url}
    return document(b'"sources":[%s]' % json.dumps(told).encode())


def inflated(size):
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Name"])
    book.save(content)
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("docProps/x.bin", b"\0" * size)
    return un.import_bytes(content.getvalue(), file="l.xlsx").report


def settled(tmp_path, size):
    (tmp_path / "untoc-network.toml").write_bytes(b"#" * size)
    load_configuration(tmp_path / "untoc-network.toml")
    return un.Report()


ROWS = {
    "size of an input, and": (12_000_000, "IO010", lambda n: read(b" " * n)),
    "columns of a table, files": (1_000, "IO021", table),
    "characters in a cell": (100_000, "IM002", lambda n: listed(f"Name\n{'a' * n}\n")),
    "what a workbook unpacks to": (2**26, "IM002", lambda n: inflated(n - (0 if n > 2**26 else 2**20))),
    "nesting": (64, "IO009", lambda n: document(b'"x":' + b"[" * (n - 1) + b"]" * (n - 1))),
    "whole numbers": (15, "IO008", lambda n: document(b'"x":' + b"9" * n)),
    "ids and keys": (100, "IO016", lambda n: body(id="a" * n)),
    "web addresses": (2_048, "IO016", lambda n: cited(f"https://example.org/{'a' * (n - 20)}")),
}  # fmt: skip
"""By the beginning of its row: the number, the finding beyond it, and what makes a document of that size."""


def row_of(beginning):
    (found,) = [line for line in SECURITY.read_text("utf-8").splitlines() if line.startswith(f"| {beginning}")]
    return found


@pytest.mark.parametrize("beginning", ROWS)
def test_a_limit_is_the_number_in_the_table(beginning):
    number, code, made = ROWS[beginning]
    said = row_of(beginning)
    assert code in said
    assert f"{number:,}" in said or f"{number / 2**20:g} MiB" in said
    assert code not in {one.code for one in made(number)}
    assert code in {one.code for one in made(number + 1)}


USUAL = un.Limits()
SET = {
    "texts, numbers, lists, objects, cells": (USUAL.max_values,),
    "errors that a reader tells": (USUAL.max_findings,),
    "warnings that a reader tells": (USUAL.max_findings,),
    "rows, columns, cells": (USUAL.max_rows, USUAL.max_columns, USUAL.max_cells),
    "findings that an import tells": (USUAL.max_findings,),
}
"""What takes too long to try here: the numbers are those of `Limits`, and tests of the readers try smaller ones."""


@pytest.mark.parametrize("beginning", SET)
def test_a_number_in_the_table_is_that_of_the_limits(beginning):
    assert all(f"{number:,}" in row_of(beginning) for number in SET[beginning])


def test_settings_have_a_limit_too(tmp_path):
    assert "1 MiB" in row_of("settings of a project")
    settled(tmp_path, 2**20)
    with pytest.raises(un.UnusableConfiguration, match="larger than 1,048,576 bytes"):
        settled(tmp_path, 2**20 + 1)


def test_values_and_keys_in_messages_are_cut_short():
    assert "120 characters" in row_of("a value in a message")
    assert "40 characters" in row_of("a key in a message")
    messages = [one.message for one in body(kind="x" * 5_000, **{"k" * 41: 1, "k" * 39: 1})]
    assert max((len(run) for message in messages for run in re.findall("x+", message)), default=0) <= 120
    assert max(map(len, messages)) < 400
    assert max((len(run) for message in messages for run in re.findall("k+", message)), default=0) <= 40


def test_what_only_people_understand_stays_in_a_text():
    ana = un.Person(id="p-1", name="Ana Ejemplo")
    told = "Talk of Ana Ejemplo, the tall woman who keeps the bakery"
    talk = un.Event(id="talk", name=un.Text(en=told), kind=un.EventKind.WORKSHOP)
    shown = un.privacy.view(un.Register(events=(talk,), persons=(ana,)), "public", "2024-06-30").register
    text = shown["talk"].name["en"]
    assert "Ejemplo" not in text
    assert "the tall woman who keeps the bakery" in text


def test_a_rule_of_ones_own_may_do_what_the_program_may(tmp_path):
    (tmp_path / "secret").write_text("x")
    read = []

    @rule("ZZ001", on=un.Organization, severity=un.Severity.INFO, message="x")
    def own(_records, _context):
        read.append((tmp_path / "secret").read_text())

    body = un.Organization(id="casa", name=un.Text(en="Casa"), kind=un.OrganizationKind.NGO)
    un.validate(un.Register(organizations=(body,)), rules=un.RuleSet(rules=(own,)))
    assert read == ["x"]


def test_an_erasure_changes_no_other_file(tmp_path, monkeypatch):
    register = invented_register(2)
    monkeypatch.chdir(tmp_path)
    un.dump(register, "r.json")
    un.dump(register, "copy.json")
    assert main(["merge-records", "r.json", "person-0", "person-1", "--undo", "undo.json", "-o", "r.json"]) == 0
    before = {name: (tmp_path / name).read_bytes() for name in ("copy.json", "undo.json")}
    assert main(["erase", "r.json", "person-0", "-o", "r.json", "--on", "2024-06-30"]) in {0, 1}
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    assert all(b"A. Example 0" in content for content in before.values())
    assert b"A. Example 0" not in (tmp_path / "r.json").read_bytes()


def test_a_copy_under_pseudonyms_keeps_no_digest_of_who_was_erased():
    erased = un.privacy.erase(invented_register(2), "person-0", on="2024-06-30").register
    assert b"salt" in un.dumps(erased)
    copy = un.dumps(un.privacy.pseudonymise(erased, b"k" * 32))
    assert b"salt" not in copy
