"""Bounds that hold whatever the embedding program does."""

import io
import zipfile

import attrs
import pytest
from cattrs import BaseValidationError

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.serializers.codecs import csv_bundle, yaml_folder
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.serializers.source.limits import Limits
from untoc_network.serializers.structure.structuring import converter


@pytest.mark.parametrize("depth", [0, -1, 201])
def test_a_depth_that_python_could_not_bear_is_refused_even_with_validators_switched_off(depth):
    with attrs.validators.disabled(), pytest.raises(ImpossibleValue, match=r"^max_depth must be between 1 and 200$"):
        Limits(max_depth=depth)


def test_the_ends_of_the_range_are_allowed():
    assert (Limits(max_depth=1).max_depth, Limits(max_depth=200).max_depth, Limits().max_depth) == (1, 200, 64)


# -- too many values, too many findings ------------------------------------------------------------------------------

NDJSON = '{"schema_version":1}\n' + '{"collection":"redirects","record":{"old_id":"a","new_id":"b"}}\n' * 3
YAML = "schema_version: 1\nredirects:\n" + "- {old_id: a, new_id: b}\n" * 3
JSON = '{"schema_version":1,\n"redirects":[' + ",\n".join(['{"old_id":"a","new_id":"b"}'] * 3) + "]}"


def bundle(table):
    return {"datapackage.json": b'{"untoc_network": {"schema_version": 1}}', "redirects.csv": table.encode()}


def told(report):
    return [(one.code, one.location.file, one.line, one.pointer) for one in report]


@pytest.mark.parametrize(
    ("form", "text", "enough", "place"),
    [("json", JSON, 17, (4, "")), ("yaml", YAML, 17, (5, "")), ("ndjson", NDJSON, 24, (4, ""))],
)
def test_a_document_with_more_values_than_the_limit_is_not_read_on(form, text, enough, place):
    reads = REGISTER_FORMATS[form].reads
    register, report = reads(text, limits=Limits(max_values=enough))
    assert (len(register.redirects), len(report)) == (3, 0)
    register, report = reads(text, limits=Limits(max_values=enough - 1))
    assert told(report) == [("IO030", None, *place)]
    assert report.findings[0].message == f"the document holds more than {enough - 1} values"
    assert len(register.redirects if register else ()) == (2 if form == "ndjson" else 0)


def test_a_table_with_more_values_than_the_limit_is_read_up_to_there():
    table = "old_id,new_id\n" + "a,b\n" * 3
    assert len(csv_bundle.read_files(bundle(table), limits=Limits(max_values=20))[0].redirects) == 3
    register, report = csv_bundle.read_files(bundle(table), file="b", limits=Limits(max_values=19))
    assert len(register.redirects) == 2
    assert told(report) == [("IO030", "b/redirects.csv", 4, "")]


def test_values_in_the_cells_of_a_table_count_too():
    files = bundle("old_id,new_id\na,b\n") | {"events.csv": b'id,aliases\na,"[1,1,1,1,1,1,1,1,1,1]"\n'}
    register, report = csv_bundle.read_files(files, file="b", limits=Limits(max_values=12))
    assert [(one.code, one.location.file, one.line) for one in report] == [("IO030", "b/events.csv", 2)]
    assert register.redirects == ()


def test_a_wide_row_a_bundle_of_many_files_and_a_folder_of_many_values_are_refused():
    wide = csv_bundle.read_files(bundle("a," * 1_001))[1]
    assert [one.message.split(": ")[1] for one in wide] == ["a row has more than 1,000 cells"]
    many = {f"{number}.csv": b"" for number in range(1_001)}
    assert [one.message.split(": ")[1] for one in csv_bundle.read_files(many)[1]] == ["there are more than 1,000 files"]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name in many:
            zipped.writestr(name, b"")
    assert [one.code for one in REGISTER_FORMATS["csv"].reads(content.getvalue())[1]] == ["IO021"]
    files = {"events.yaml": b"[1, 1, 1]", "register.yaml": b"schema_version: 1\n"}
    assert [one.code for one in yaml_folder.read_files(files, limits=Limits(max_values=4))[1]][-1:] == ["IO030"]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("json", '{"schema_version":1,"events":[%s]}' % ",".join("1" * 9)),
        ("yaml", "schema_version: 1\nevents:\n" + "- 1\n" * 9),
        ("ndjson", '{"schema_version":1}\n' + '{"collection":"events","record":1}\n' * 9),
        ("ndjson", '{"schema_version":1}\n' + "1\n" * 9),
        ("ndjson", '{"schema_version":1}\n' + "x\n" * 9),
        (
            "ndjson",
            '{"schema_version":1}\n{"collection":"events","record":{}%s}' % "".join(f',"{n}":1' for n in range(9)),
        ),
        ("json", '{"schema_version":1%s}' % (',"a":1' * 10)),
        ("json", '{"schema_version":1%s}' % "".join(f',"key_{letter}":1' for letter in "abcdefghi")),
        ("json", '{"schema_version":1,"events":[%s]}' % ",".join(["NaN"] * 9)),
    ],
)
def test_after_the_limit_on_errors_nothing_more_is_read(form, text):
    _, report = REGISTER_FORMATS[form].reads(text, limits=Limits(max_findings=4))
    codes = [one.code for one in report if one.code != "IO014"]
    assert codes.count("IO031") == 1
    assert 1 <= len(codes) - 1 <= 4
    (last,) = (one for one in report if one.code == "IO031")
    assert last.message == "the document has more than 4 errors; nothing is read from here on"
    assert not report.ok


def test_records_before_the_last_error_are_kept_and_those_after_it_are_told_as_not_read():
    good = '{"id":"%s","kind":"ngo","name":{"en":"A"}}'
    records = [good % "a", "1", "1", "1", good % "z"]
    register, report = REGISTER_FORMATS["json"].reads(
        '{"schema_version":1,"organizations":[%s]}' % ",".join(records), limits=Limits(max_findings=2)
    )
    assert [one.id for one in register.organizations] == ["a"]
    assert [(one.code, one.pointer) for one in report] == [
        ("IO004", "/organizations/1"),
        ("IO004", "/organizations/2"),
        ("IO031", "/organizations/3"),
    ]


@pytest.mark.parametrize("inner", ["1", "{}", '{"name":1}'])
def test_errors_within_one_record_are_not_gathered_without_end(inner):
    text = '{"schema_version":1,"organizations":[{"id":"a","kind":"ngo","name":{"en":"A"},"aliases":[%s]}]}'
    register, report = REGISTER_FORMATS["json"].reads(text % ",".join([inner] * 50), limits=Limits(max_findings=3))
    assert register.organizations == ()
    assert "IO031" in {one.code for one in report}
    assert len([one for one in report if one.severity is un.Severity.ERROR]) <= 4


def test_without_a_reader_refusals_are_not_counted():
    with pytest.raises(BaseValidationError):
        converter().structure({"id": "a", "kind": "ngo", "name": 1}, un.Organization)


def test_warnings_beyond_the_limit_are_counted():
    text = '{"schema_version":1,"organizations":[%s]}'
    one = '{"id":"%s","kind":"ngo","name":{"en":"A"},"founded":null}'
    register, report = REGISTER_FORMATS["json"].reads(
        text % ",".join(one % letter for letter in "abcdefg"), limits=Limits(max_findings=2)
    )
    assert len(register.organizations) == 7
    assert report.ok
    assert [(found.code, found.message) for found in report if found.code != "IO014"] == [
        ("IO032", "5 more warnings are not shown")
    ]
    assert len(report) == 3


def test_untold_warnings_are_told_also_where_the_text_breaks_off():
    _, report = REGISTER_FORMATS["json"].reads('{"a":null,"b":null,"c":null', limits=Limits(max_findings=1))
    assert [one.code for one in report] == ["IO032", "IO014", "IO012"]


def test_a_large_register_is_read_with_the_limits_for_one():
    large = Limits.large()
    assert (large.max_bytes, large.max_values, large.max_findings) == (2**34, 10**9, Limits().max_findings)
    assert REGISTER_FORMATS["json"].reads(JSON, limits=large)[1].ok


@pytest.mark.parametrize("command", [["validate"], ["convert", "--to", "yaml"], ["migrate", "--check"], ["reviews"]])
def test_the_command_line_raises_the_limits_on_demand(tmp_path, monkeypatch, capsys, command):
    monkeypatch.setattr(Limits.__init__, "__kwdefaults__", {**Limits.__init__.__kwdefaults__, "max_values": 5})
    (tmp_path / "r.json").write_text(JSON)
    target = ["-"] if command[0] == "convert" else []
    assert main([*command, str(tmp_path / "r.json"), *target]) == 2
    out = capsys.readouterr()
    assert "holds more than 5 values" in out.out + out.err
    assert main([*command, "--large", str(tmp_path / "r.json"), *target]) in (0, 1)
    out = capsys.readouterr()
    assert "holds more than" not in out.out + out.err
