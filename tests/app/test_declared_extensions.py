"""Own fields that the settings declare, and the commands that then know them."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from tests.builders import run

import untoc_network as un
from untoc_network.app.project_settings import load_configuration

SETTINGS = """
[[extensions]]
namespace = "coalition"
of = "organizations"

[extensions.fields]
fee = "whole-number"
tags = ["text"]
standing = { one-of = ["active", "lapsed"] }
roles = { many-of = ["chair", "host"] }
share = "decimal"
joined = "day"
since = "date"
seen = "moment"
paid = "boolean"

[extensions.labels.fee]
en = "Membership fee"
es = "Cuota"

[[extensions]]
namespace = "coalition"
of = "Person"
sensitivity = "personal"
fields = { passport = "text" }
"""
REGISTER = {
    "schema_version": 1,
    "organizations": [
        {"id": "ngo", "name": {"en": "NGO"}, "kind": "ngo", "extra": {"coalition": {"fee": 100}}},
        {"id": "old", "name": {"en": "Old"}, "kind": "ngo", "extra": {"coalition": {"fee": 90}}},
    ],
}


def write_settings(folder, text):
    path = folder / "untoc-network.toml"
    path.write_text(text)
    return path


def test_the_settings_declare_what_python_does(tmp_path):
    assert load_configuration(write_settings(tmp_path, SETTINGS)).extensions == (
        un.Extension(
            "coalition",
            un.Organization,
            {
                "fee": int,
                "tags": tuple[str, ...],
                "standing": ("active", "lapsed"),
                "roles": tuple[("chair", "host"), ...],  # noqa: F821 - texts, not names
                "share": Decimal,
                "joined": dt.date,
                "since": un.PartialDate,
                "seen": un.Instant,
                "paid": bool,
            },
            labels={"fee": {"en": "Membership fee", "es": "Cuota"}},
        ),
        un.Extension("coalition", un.Person, {"passport": str}, sensitivity="personal"),
    )
    project = tmp_path / "pyproject.toml"
    project.write_text(
        SETTINGS.replace("[[extensions", "[[tool.untoc-network.extensions").replace(
            "\n[ext", "\n[tool.untoc-network.ext"
        )
    )
    assert load_configuration(project).extensions == load_configuration(tmp_path / "untoc-network.toml").extensions


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extensions = 5", "extensions must be tables, each begun with [[extensions]]"),
        ("extensions = [5]", "extensions must be tables, each begun with [[extensions]]"),
        ("[[extensions]]\nnamespce = 1", "extensions[0]: there is no key 'namespce'; did you mean 'namespace'?"),
        ("[[extensions]]\nxyz = 1", "extensions[0]: there is no key 'xyz'; there are: namespace, of, fields, "),
        ("[[extensions]]\nof = 5", "extensions[0]: of must be a kind of records; there are: organizations, persons, "),
        ("[[extensions]]\nof = 'organisations'", "extensions[0]: of must be a kind of records; did you mean 'organizations'?"),
        ("[[extensions]]\nof = 'events'", "extensions[0]: fields must be a table from names to types"),
        ("[[extensions]]\nof = 'events'\nfields = {}", "extensions[0]: a namespace or field is called by 1 to 100 "),
        (
            "[[extensions]]\nof = 'events'\nnamespace = 'a'\nfields = {}",
            "extensions[0]: Extension.fields: expected a mapping from at least one name to its type",
        ),
        ("[[extensions]]\nof = 'events'\nfields = {a = 'float'}", "extensions[0]: fields.a must be one of text, whole-number, "),
        ("[[extensions]]\nof = 'events'\nfields = {a = {one-of = [1]}}", "extensions[0]: fields.a must be one of text, "),
        ("[[extensions]]\nof = 'events'\nfields = {a = {some = ['a']}}", "extensions[0]: fields.a must be one of text, "),
        (
            "[[extensions]]\nof = 'events'\nnamespace = 'a'\nfields = {a = 'text'}\nlabels = 5",
            "extensions[0]: Extension.labels: expected a mapping, got a value of type int",
        ),
        ("extension = 1", "there is no key 'extension'; did you mean 'extensions'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_declared_is_refused_by_its_place(tmp_path, text, said):
    with pytest.raises(un.UnusableConfiguration) as refused:
        load_configuration(path := write_settings(tmp_path, text))
    assert str(refused.value).startswith(f"{path}: {said}")


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_settings(tmp_path, SETTINGS)
    (tmp_path / "register.json").write_text(json.dumps(REGISTER))
    return tmp_path


def test_every_command_knows_the_fields(capsys, project):
    code, out, _ = run(capsys, "validate", "register.json", "--format", "json", "--select", "IO")
    assert (code, json.loads(out)["findings"]) == (0, [])
    broken = json.dumps(REGISTER).replace("100", '"100"')
    (project / "broken.ndjson").write_bytes(un.dumps(un.loads(broken), form="ndjson"))
    code, out, _ = run(capsys, "validate", "broken.ndjson", "--format", "json", "--stream", "--on", "2026-11-24")
    assert code == 1
    assert [one["code"] for one in json.loads(out)["findings"] if one["severity"] == "error"] == ["IO004"]
    assert run(capsys, "convert", "broken.ndjson", "out.json")[0] == 1
    assert run(capsys, "convert", "register.json", "out.yaml")[0] == 0
    assert un.read("out.yaml", extensions=())[0] == un.load("register.json")
    assert run(capsys, "merge-records", "broken.ndjson", "ngo", "old", "-o", "x.json")[0] == 2
    assert '"Membership fee"' in run(capsys, "schema")[1]
