"""`convert`: by suffix, by name, through pipes; nothing is written where the input is not whole."""

import io
import sys

import pytest

import untoc_network as un
from untoc_network.cli.main import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_register_goes_through_every_form_and_comes_back_the_same(folder):
    un.dump(un.example(), "a.json")
    for source, target in (("a.json", "b.yaml"), ("b.yaml", "c.ndjson"), ("c.ndjson", "c.datapackage/")):
        assert main(["convert", source, target]) == 0
    for source, target in (("c.datapackage", "c.zip"), ("c.zip", "d.json")):
        assert main(["convert", source, target]) == 0
    assert (folder / "d.json").read_bytes() == (folder / "a.json").read_bytes()


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ('{"schema_version": 1, "zzz": 1}', 1, "error IO002 a register has no field 'zzz'"),
        ("{", 2, "IO012"),
    ],
)
def test_nothing_is_written_where_the_input_has_an_error(folder, capsys, content, code, said):
    (folder / "a.json").write_text(content)
    (folder / "b.yaml").write_text("before")
    assert main(["convert", "a.json", "b.yaml"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.endswith("untoc-network: nothing was written\n")
    assert (folder / "b.yaml").read_text() == "before"


def test_a_warning_is_told_and_the_register_written(folder, capsys):
    (folder / "a.json").write_text('{"schema_version": 1, "title": null}')
    assert main(["convert", "a.json", "b.yaml"]) == 0
    assert "warning IO014 the field holds null, which says nothing" in capsys.readouterr().err
    assert (folder / "b.yaml").read_text() == "schema_version: 1\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["a.json", "b.docx"],
            "b.docx: the suffix is not one of .d, .datapackage, .json, .jsonl, .ndjson, .yaml, .yml, .zip",
        ),
        (["none.json", "b.yaml"], "none.json: no such file or directory"),
        (["a.json", "--to", "csv-folder", "-"], "name the form yaml or csv"),
        (["a.json", "none/b.yaml"], "none: no such file or directory"),
    ],
)
def test_what_cannot_be_opened_is_named(folder, capsys, arguments, line):
    un.dump(un.Register(), "a.json")
    assert main(["convert", *arguments]) == 2
    assert capsys.readouterr().err.endswith(f"{line}\n")


def test_pipes_are_read_and_written_in_the_named_forms(folder, capsysbinary, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"schema_version: 1\nlanguage: es\n")))
    assert main(["convert", "--from", "yaml", "--to", "ndjson", "-", "-"]) == 0
    assert capsysbinary.readouterr().out == b'{"language":"es","schema_version":1}\n'


def test_a_file_may_be_written_anew_in_place(folder):
    (folder / "a.yaml").write_text("{language: es, schema_version: 1}")
    assert main(["convert", "a.yaml", "a.yaml"]) == 0
    assert (folder / "a.yaml").read_text() == "schema_version: 1\nlanguage: es\n"


def test_validate_reads_every_form(folder, capsys):
    (folder / "a.yaml").write_text(
        "schema_version: 1\nmemberships:\n  - id: m\n    network_id: n\n    organization_id: o\n"
    )
    assert main(["validate", "a.yaml"]) == 1
    assert "  4:17 memberships[0].network_id: error RF002 no record has the id 'n'\n" in capsys.readouterr().out


def test_what_a_missing_package_is_for_is_one_line(folder, capsys, monkeypatch):
    (folder / "a.yaml").write_text("schema_version: 1\n")
    monkeypatch.setitem(sys.modules, "ruamel.yaml", None)
    assert main(["convert", "a.yaml", "a.json"]) == 2
    assert capsys.readouterr().err == (
        'untoc-network: reading YAML needs ruamel.yaml, which is not installed; run: pip install "untoc-network[yaml]"\n'
    )


def test_text_only_streams_take_the_register_too(folder, monkeypatch):
    un.dump(un.Register(), "a.json")
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    assert main(["convert", "--to", "yaml", "a.json", "-"]) == 0
    assert shown.getvalue() == "schema_version: 1\n"


def test_a_disk_that_is_full_is_one_line_and_what_was_there_stays(folder, capsys, monkeypatch):
    un.dump(un.Register(), "a.json")
    (folder / "b.ndjson").write_text("before")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", fail)
    assert main(["convert", "a.json", "b.ndjson"]) == 2
    assert capsys.readouterr().err == "untoc-network: b.ndjson: no space left on device\n"
    assert (folder / "b.ndjson").read_text() == "before"


def test_a_bundle_with_a_mistake_is_not_converted(folder, capsys):
    un.dump(un.example(), "a.datapackage")
    table = folder / "a.datapackage" / "networks.csv"
    table.write_bytes(table.read_bytes().replace(b",regional", b",regionall"))
    assert main(["convert", "a.datapackage", "b.json"]) == 1
    assert "a.datapackage/networks.csv" in capsys.readouterr().err
    assert not (folder / "b.json").exists()
