"""CSV bundles: cells and what spreadsheets would make of them, descriptors, folders, hostile zip files."""

import io
import json
import os
import warnings
import zipfile
from pathlib import Path

import frictionless
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.serializers.codecs.csv_bundle import DESCRIPTOR, dumps, read_files, reads, to_files
from untoc_network.serializers.codecs.csv_table import Cell, escape_formula, format_row, scan_rows, unescape_formula

FRAME = {DESCRIPTOR: b'{"untoc_network": {"schema_version": 1}}'}
HEADER = "id,kind,name.en,name.es,founded,countries\r\n"


def bundle(**tables):
    return FRAME | {f"{name}.csv": text.encode() for name, text in tables.items()}


def told(files):
    return [
        (one.code, one.location.file, one.line, one.column, one.pointer, one.message)
        for one in read_files(files, file="b.zip")[1]
    ]


def zipped(files, **options):
    content = io.BytesIO()
    with warnings.catch_warnings(action="ignore"), zipfile.ZipFile(content, "w", **options) as made:
        for name, data in files:
            made.writestr(name, data)
    return content.getvalue()


# -- cells -------------------------------------------------------------------------------------------------------------


@given(st.lists(st.lists(st.text(max_size=8), min_size=2, max_size=4), max_size=4))
@tries(200)
def test_rows_come_back_as_they_were_written(table):
    text = "".join(map(format_row, table))
    assert [[cell.text for cell in row] for row in scan_rows(text, 100)] == table


@given(st.text(max_size=5))
def test_disarmed_cells_come_back_and_start_no_formula(text):
    assert unescape_formula(escape_formula(text)) == text
    assert escape_formula(text)
    assert escape_formula(text)[0] not in "=+-@\t\r"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'x", "\uff1d1", ""])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert escape_formula(text) == f"'{text}"
    register = un.Register(persons=(un.Person(id="a", name=text),))
    assert reads(dumps(register))[0] == register


def test_cells_have_their_offsets_and_line_ends_of_every_kind():
    assert list(scan_rows('a,"b""\nc"\r\n\rd\n', 100)) == [
        [Cell("a", 0), Cell('b"\nc', 2)],
        [Cell("", 11)],
        [Cell("d", 12)],
    ]
    assert list(scan_rows("a,", 100)) == [[Cell("a", 0), Cell("", 2)]]


# -- what is written ---------------------------------------------------------------------------------------------------


def test_a_bundle_has_a_table_for_each_collection_with_records():
    organization = un.Organization(
        id="xa-ngo",
        name=un.Text(en="=NGO", es='A "b", c'),
        kind=un.OrganizationKind.NGO,
        countries=("XA", "XB"),
    )
    files = dict(to_files(un.Register(language="es", organizations=(organization,))))
    assert list(files) == ["organizations.csv", DESCRIPTOR]
    assert files["organizations.csv"].decode() == (
        'id,name.en,name.es,kind,countries\r\nxa-ngo,\'=NGO,"A ""b"", c",ngo,"[""XA"",""XB""]"\r\n'
    )
    to_descriptor = json.loads(files[DESCRIPTOR])
    assert to_descriptor["untoc_network"] == {"language": "es", "schema_version": 1}
    (resource,) = to_descriptor["resources"]
    assert (resource["name"], resource["path"]) == ("organizations", "organizations.csv")
    assert resource["schema"]["primaryKey"] == ["id"]
    assert [(field["name"], field["type"]) for field in resource["schema"]["fields"]] == [
        ("id", "string"),
        ("name.en", "string"),
        ("name.es", "string"),
        ("kind", "string"),
        ("countries", "array"),
    ]
    assert "ngo" in resource["schema"]["fields"][3]["constraints"]["enum"]


@pytest.mark.parametrize("example", ["americas-2022", "mechanism-2024"])
def test_an_independent_reader_finds_the_bundle_valid(example, tmp_path, request):
    register = un.load(request.config.rootpath / "examples" / f"{example}.json")
    un.dump(register, tmp_path / "b.datapackage")
    report = frictionless.validate(str(tmp_path / "b.datapackage" / DESCRIPTOR))
    assert report.flatten(["type", "note"]) == []
    assert sum(task.stats["rows"] for task in report.tasks) == len(register) + len(register.redirects)


# -- what is read ------------------------------------------------------------------------------------------------------


def test_findings_have_the_line_and_column_of_the_cell_in_its_table():
    text = HEADER + 'xa-ngo,ngos,"N\nGO",,2019-13,"[""XA"", 5, null]"\r\nxb-ngo,ngo,"",Red,,\r\n'
    assert told(bundle(organizations=text)) == [
        ("IO003", "b.zip/organizations.csv", 2, 8, "/organizations/0/kind", "'ngos' is not one of ngo, ngo-network, community-group …"),
        ("IO005", "b.zip/organizations.csv", 3, 6, "/organizations/0/founded", "'2019-13' is not a date: there is no such day in the calendar"),
        ("IO004", "b.zip/organizations.csv", 3, 14, "/organizations/0/countries/1", "expected text, got a whole number"),
        ("IO004", "b.zip/organizations.csv", 3, 14, "/organizations/0/countries/2", "expected text, got null"),
    ]  # fmt: skip


def test_findings_of_rules_stand_at_their_cells():
    register, report = read_files(bundle(memberships="id,network_id,organization_id\r\nm,n,o\r\n"), file="b")
    placed = report.merge(un.validate(register))
    assert [(one.location.file, one.line, one.column) for one in placed if one.code == "RF002"] == [
        ("b/memberships.csv", 2, 3),
        ("b/memberships.csv", 2, 5),
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "problem"),
    [
        (HEADER + "\r\n", 2, 1, "the row is blank"),
        (HEADER + ",,,,,\r\n", 2, 1, "the row is blank"),
        (HEADER + "a,ngo,A\r\n", 2, 1, "the row has 3 cells, but the header has 6 columns"),
        (HEADER + "a,ngo,A,,,,surplus\r\n", 2, 1, "the row has 7 cells, but the header has 6 columns"),
        (HEADER + 'a,ngo,A"B",,,\r\n', 2, 7, "a quote is not closed, or is in a cell without quotes"),
        (HEADER + 'a,ngo,"A,,,\r\n', 2, 7, "a quote is not closed, or is in a cell without quotes"),
    ],
)
def test_a_row_that_does_not_fit_is_a_finding_in_its_line(text, line, column, problem):
    assert told(bundle(organizations=text)) == [
        (
            "IO021",
            "b.zip/organizations.csv",
            line,
            column,
            "",
            f"the files do not form a register: {problem}",
        )
    ]


def test_columns_that_no_field_has_or_that_stand_twice_are_findings():
    text = "id,kind,name.en,id,zzz,founded.en,name\r\na,ngo,A,b,x,y,\r\n"
    assert [(code, column, message) for code, _, _, column, _, message in told(bundle(organizations=text))] == [
        ("IO007", 17, "the key 'id' appears twice in one object"),
        ("IO002", 11, "an organization has no field 'zzz'"),
        ("IO002", 13, "an organization has no field '[10 characters]'"),
    ]


@pytest.mark.parametrize(
    ("cell", "code", "message"),
    [
        ("null", "IO014", "the field holds null, which says nothing"),
        ("[]", "IO014", "the field holds an empty list, which says nothing"),
        ("[", "IO012", "the document is not JSON: the document ends too early"),
        ("XA", "IO012", "the document is not JSON: only true, false and null are written without quotes"),
        ("5", "IO004", "expected a list, got a whole number"),
        ("[" * 70, "IO009", "the document is nested more than 64 levels deep"),
    ],
)
def test_what_a_cell_of_json_holds_is_checked_as_json(cell, code, message):
    text = f"{HEADER}a,ngo,A,,,{cell}\r\n"
    assert told(bundle(organizations=text)) == [
        (code, "b.zip/organizations.csv", 2, 11, "/organizations/0/countries", message)
    ]


def test_a_table_in_another_encoding_is_a_finding_in_it():
    files = bundle() | {"organizations.csv": HEADER.encode() + "a,ngo,Ñ,,,\r\n".encode("cp1252")}
    assert told(files) == [
        (
            "IO013",
            "b.zip/organizations.csv",
            2,
            7,
            "",
            f"byte {len(HEADER) + 6} of the document is not UTF-8",
        )
    ]


def test_an_empty_table_and_a_byte_order_mark_are_no_matter():
    files = {
        name: b"\xef\xbb\xbf" + data for name, data in bundle(organizations="", persons="id,name\r\na,A\r\n").items()
    }
    register, report = read_files(files)
    assert list(report) == []
    assert [person.id for person in register.persons] == ["a"]


@pytest.mark.parametrize(
    ("descriptor", "code"),
    [(b"", "IO012"), (b"[]", "IO001"), (b"{}", "IO001"), (b'{"untoc_network": 5}', "IO001")]
    + [
        (b'{"untoc_network": {"schema_version": 2}}', "IO011"),
        (b'{"untoc_network": {"schema_version": NaN}}', "IO008"),
    ],
)
def test_a_descriptor_without_a_frame_ends_the_reading(descriptor, code):
    register, report = read_files({DESCRIPTOR: descriptor}, file="b")
    assert register is None
    assert [(found.code, found.location.file) for found in report.errors] == [(code, f"b/{DESCRIPTOR}")]


def test_records_in_the_descriptor_and_tables_of_no_collection_are_findings():
    frame = {DESCRIPTOR: b'{"untoc_network": {"schema_version": 1, "events": [{"id": "a"}]}}'}
    assert [(file, message) for _, file, _, _, _, message in told(frame | {"ngos.csv": b"", "notes.txt": b""})] == [
        (
            f"b.zip/{DESCRIPTOR}",
            "the files do not form a register: there are records that are not in tables",
        ),
        ("b.zip/ngos.csv", "the files do not form a register: no collection has the name of this file"),
    ]


# -- zip files and folders ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK", "the files do not form a register: the file is not a readable zip file"),
        (
            zipped([(DESCRIPTOR, b"{}")])[:-30],
            "the files do not form a register: the file is not a readable zip file",
        ),
        (
            zipped([(DESCRIPTOR, b"{}")]).replace(b"{}", b"[]", 1),
            "the files do not form a register: the file is not a readable zip file",
        ),
        (zipped([("a.csv", b"")]), f"the files do not form a register: the file {DESCRIPTOR} is missing"),
        (
            zipped([("a.csv", b""), ("a.csv", b"")]),
            "the files do not form a register: a file appears twice",
        ),
    ],
)
def test_a_damaged_zip_is_one_finding(data, message):
    register, report = reads(data)
    assert register is None
    assert [(found.code, found.line, found.message) for found in report] == [("IO021", 1, message)]


def test_a_zip_bomb_is_refused_by_its_declared_size(monkeypatch):
    def fail(*_, **__):
        raise AssertionError("it was inflated")

    bomb = zipped([(DESCRIPTOR, b" " * 10**7)], compression=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 20_000
    monkeypatch.setattr(zipfile.ZipFile, "open", fail)
    _register, report = reads(bomb, limits=un.Limits(max_bytes=20_000))
    assert [found.message for found in report] == ["the document has more than 20000 bytes"]


def test_a_zip_that_lies_about_its_sizes_is_inflated_no_further():
    size = 10**6 + 7
    honest = zipped([(DESCRIPTOR, b" " * size)], compression=zipfile.ZIP_DEFLATED)
    lying = honest.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    (found,) = reads(lying, limits=un.Limits(max_bytes=20_000))[1]
    assert found.message == "the files do not form a register: the file is not a readable zip file"


def test_a_folder_larger_than_the_limit_is_refused(tmp_path):
    folder = tmp_path / "b.datapackage"
    folder.mkdir()
    for name in ("a.csv", "b.csv", "c.csv", DESCRIPTOR):
        (folder / name).write_bytes(b" " * 60)
    _register, report = un.read(folder, limits=un.Limits(max_bytes=100))
    assert [found.message for found in report] == ["the document has more than 100 bytes"]


def test_a_folder_is_written_read_and_replaced(tmp_path):
    folder = tmp_path / "b.datapackage"
    un.dump(un.example(), folder)
    assert un.load(folder) == un.example()
    un.dump(un.Register(), folder)
    assert [path.name for path in folder.iterdir()] == [DESCRIPTOR]
    assert [path.name for path in tmp_path.iterdir()] == ["b.datapackage"]


def test_a_folder_that_holds_other_files_is_left_alone(tmp_path):
    folder = tmp_path / "b.datapackage"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(un.UnwritableOutput, match=r"the folder holds other files, which would be lost: notes\.txt$"):
        un.dump(un.Register(), folder)
    (tmp_path / "c.datapackage").write_text("a file")
    with pytest.raises(un.UnwritableOutput, match=r"expected a folder, but a file has that name$"):
        un.dump(un.Register(), tmp_path / "c.datapackage")
    with pytest.raises(un.UnwritableOutput, match=r"none: no such file or directory$"):
        un.dump(un.Register(), tmp_path / "none" / "d.datapackage")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.datapackage", "c.datapackage"]


@pytest.mark.parametrize("there", [True, False])
def test_where_exchanging_folders_fails_the_old_one_stays(tmp_path, monkeypatch, there):
    folder = tmp_path / "b.datapackage"
    if there:
        un.dump(un.example(), folder)
    rename = os.rename

    def fail(source, target):
        if Path(source).name == "new":
            raise OSError("disk full")
        rename(source, target)

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(OSError, match="disk full"):
        un.dump(un.Register(), folder)
    assert [path.name for path in tmp_path.iterdir()] == (["b.datapackage"] if there else [])
    assert not there or un.load(folder) == un.example()


@pytest.mark.parametrize(
    ("name", "reason"), [("none.datapackage", "no such file or directory"), ("a\x00.datapackage", "cannot be read")]
)
def test_a_folder_that_cannot_be_opened_is_unreadable(name, reason):
    with pytest.raises(un.UnreadableInput, match=f"{reason}$"):
        un.read(name)


def test_a_folder_cannot_be_one_file():
    from untoc_network.serializers.registry import REGISTER_FORMATS

    with pytest.raises(
        un.UnsupportedFormat, match=r"^a folder cannot be written as one file; name the form yaml or csv"
    ):
        REGISTER_FORMATS["csv-folder"].pieces(un.Register())
