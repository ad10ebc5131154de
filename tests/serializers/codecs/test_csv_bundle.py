"""CSV bundles: cells and what spreadsheets would make of them, descriptors, folders, hostile zip files."""

import io
import itertools
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
from untoc_network.model.register import TABLES
from untoc_network.serializers.codecs.csv_bundle import DESCRIPTOR, dumps, read_files, reads, to_files
from untoc_network.serializers.codecs.csv_table import (
    Cell,
    escape_formula,
    escape_unseen,
    format_row,
    restore_unseen,
    scan_rows,
    unescape_formula,
)
from untoc_network.serializers.source import file_replacement

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
        (
            "IO021",
            35,
            "the files do not form a register: the column 'name' needs a language in its header, as another column of the field has it",
        ),
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
        (
            "b.zip/notes.txt",
            "the files do not form a register: no part of the register has the name of this file, which was not read",
        ),
    ]


# -- what a spreadsheet makes of a table --------------------------------------------------------------------------------

_ROW = {"id": "a", "name.es": "Casa", "kind": "ngo", "founded": "2001-05-28", "at_risk": "true", "languages": '["es"]'}


def saved(cells, separator=",", end=""):
    quoted = [
        '"' + cell.replace('"', '""') + '"' if separator in cell or '"' in cell else cell for cell in cells.values()
    ]
    return f"{separator.join(cells)}\r\n{separator.join(quoted)}\r\n{end}"


@pytest.mark.parametrize(
    ("changed", "separator", "habits"),
    [
        ({}, ",", ()),
        ({}, ";", ("semicolons",)),
        ({}, "\t", ("tabs",)),
        ({"founded": "28/05/2001"}, ";", ("semicolons", "days")),
        ({"founded": "28/5/2001"}, ";", ("semicolons", "days")),
        ({"founded": "28-05-2001"}, ";", ("semicolons", "days")),
        ({"at_risk": "TRUE"}, ",", ("truths",)),
        ({"at_risk": "VERDADERO"}, ";", ("semicolons", "truths")),
        ({"at_risk": "VERDADEIRO"}, ";", ("semicolons", "truths")),
        ({"at_risk": "VRAI"}, ";", ("semicolons", "truths")),
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_table_as_a_spreadsheet_saves_it_is_read_and_its_habits_are_told(changed, separator, habits, mark):
    plain = read_files(bundle(organizations=saved(_ROW)))[0]
    register, report = read_files(bundle(organizations=mark + saved(_ROW | changed, separator)))
    assert register == plain
    assert [(one.code, dict(one.params)["habit"]) for one in report] == [("IO036", habit) for habit in habits]
    assert report.ok


def test_habits_beyond_the_limit_on_warnings_are_counted():
    _, report = read_files(bundle(organizations=saved(_ROW, ";")), limits=un.Limits(max_findings=0))
    assert [one.code for one in report] == ["IO032"]


@pytest.mark.parametrize("blank", ["\r\n", ",,,,,\r\n", ",,,,,\r\n" * 9])
def test_blank_rows_are_told_once_and_nothing_is_lost(blank):
    register, report = read_files(bundle(organizations=saved(_ROW, end=blank + "b,B,ngo,,,\r\n" + blank)))
    assert [one.id for one in register.organizations] == ["a", "b"]
    assert [(one.code, one.line, dict(one.params)["habit"]) for one in report] == [("IO036", 3, "blank-rows")]


@pytest.mark.parametrize(
    ("cell", "read"), [("3", 3), ("3,0", 3), ("3,00", 3), ("3.0", 3), ("3,5", None), ("1.000", None), ("1,000", None)]
)
def test_decimals_that_say_nothing_are_read_and_thousands_never_guessed(cell, read):
    row = {"id": "e", "name.es": "Taller", "kind": "workshop", "stated_days": cell}
    register, report = read_files(bundle(events=saved(row, ";")))
    assert [one.stated_days for one in register.events] == [read]
    assert report.ok is bool(read)


@pytest.mark.parametrize("day", ["05/28/2001", "32/05/2001", "28/05/01", "mai-01", "28 de mayo de 2001", "2001.5"])
def test_a_day_in_a_form_that_nobody_can_be_sure_of_is_an_error(day):
    _, report = read_files(bundle(organizations=saved(_ROW | {"founded": day}, ";")))
    assert [one.code for one in report.errors] == ["IO005"]


def test_where_commas_separate_the_cells_a_local_day_may_be_of_any_country():
    _, report = read_files(bundle(organizations=saved(_ROW | {"founded": "03/05/2001"})))
    assert [one.code for one in report] == ["IO005"]


# -- apostrophes, and what spreadsheets strip ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["'Ndrangheta", "'s-Hertogenbosch", "'t Huis", "'Abd", "O'Neill", "'90s Club", "Casa'"]
)
def test_an_apostrophe_that_belongs_to_a_name_stays(name):
    text = f"id,name\r\na,{name}\r\n"
    register, report = read_files(bundle(persons=text))
    assert (register.persons[0].name, list(report)) == (name, [])
    assert reads(dumps(register))[0] == register


_STRIPPED = (
    "",
    " ",
    "   ",
    "\u00a0",
    "\ufeff",
    "\t",
    "\u200b",
    "\u2003",
    "\u3000",
    '"',
    "' ",
    "\u202e",
    "\u2066",
    "\x00",
)


def test_what_a_spreadsheet_strips_does_not_arm_a_cell(subtests):
    for before, mark in itertools.product(_STRIPPED, ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"]):
        with subtests.test(before=before, mark=mark):
            text = f"{before}{mark}1+1"
            assert escape_formula(text) == f"'{text}"
            assert unescape_formula(f"'{text}") == text


@given(st.text(alphabet=st.sampled_from("'\"=+-@ \t\r\n\ufeff\u00a0\uff1dab"), max_size=6))
@tries(300)
def test_apostrophes_and_marks_in_any_order_come_back(text):
    assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize("mark", ["\x00", "\x07", "\x1b[2J", "\x7f", "\x85", "\u061c", "\u200e", "\u200f", "\u2028", "\u202a", "\u202e", "\u2066", "\u2069", "\ufeff"])  # fmt: skip
def test_nothing_in_a_cell_acts_unseen_and_all_comes_back(mark):
    text = f"Casa{mark}Roja \\u{{202e}} \\u{{41}} \\u"
    register = un.Register(
        organizations=(
            un.Organization(
                id="a",
                name=un.Text(en=text),
                kind=un.OrganizationKind.NGO,
                aliases=(un.Alias(name=text, kind=un.AliasKind.SHORT),),
            ),
        )
    )
    (data,) = [data for name, data in to_files(register) if name == "organizations.csv"]
    assert mark not in data.decode()
    assert reads(dumps(register)) == (register, un.Report())


@given(st.text(st.sampled_from("\\u{}2e0a\u202e\x1b'=\ufeff "), max_size=12))
@tries(300)
def test_what_looks_like_an_escape_comes_back_too(text):
    assert restore_unseen(unescape_formula(escape_formula(escape_unseen(text)))) == text


@pytest.mark.parametrize("cell", ["\\u{41}", "\\u{d800}", "\\u{ffff}", "\\u{}", "\\u{202E}", "\\u202e", "u{202e}"])
def test_what_could_be_seen_or_be_nothing_is_no_escape(cell):
    assert restore_unseen(cell) == cell


# -- the same field twice ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("id,name,name.en,kind", "xa,Casa,House,ngo"),
        ("id,name.en,name,kind", "xa,House,Casa,ngo"),
        ("name,id,name.en,name.es,kind", "Casa,xa,House,Casa,ngo"),
        ("name.en,name.es,name,id,kind", "House,Casa,Casa,xa,ngo"),
        ("id,name,name.en,kind", "xa,,House,ngo"),
        ("name.en,name,name,id,kind", "House,Casa,Casa,xa,ngo"),
        ("id,mission,mission.en,name.en,kind", "xa,Casa,House,House,ngo"),
        ("id,name.en,name.EN,kind", "xa,House,Casa,ngo"),
        ("id,aliases,aliases.en,name.en,kind", "xa,,House,House,ngo"),
        ("id,place,place.city,name.en,kind", "xa,,House,House,ngo"),
        ("id,name.en,name.,kind", "xa,House,Casa,ngo"),
        ("id,name.en,name.en.x,kind", "xa,House,Casa,ngo"),
    ],
)
def test_a_field_with_and_without_a_language_is_told_and_brings_nothing_down(header, row):
    register, report = read_files(bundle(organizations=f"{header}\r\n{row}\r\n"))
    assert not report.ok
    assert register is not None


@given(st.data())
@tries(100)
def test_no_header_brings_the_reader_down(data):
    collection = data.draw(st.sampled_from(sorted(TABLES)))
    fields = (
        "id",
        "name",
        "name.en",
        "name.",
        ".en",
        "title",
        "title.es",
        "kind",
        "place",
        "place.en",
        "countries",
        "",
    )
    header = data.draw(st.lists(st.sampled_from(fields), min_size=1, max_size=6))
    row = data.draw(st.lists(st.sampled_from(("", "a", "{}", "[]", "1", "true", '"")')), min_size=1, max_size=7))
    read_files(bundle(**{collection: format_row(header) + format_row(row)}))


@pytest.mark.parametrize(
    "resources", ['[{"path": "events.csv"}, {"path": "events.csv"}]', '[5, {"path": 5}]', "5", "[]"]
)
def test_a_table_that_the_descriptor_names_and_nobody_finds_is_told(resources):
    frame = {DESCRIPTOR: f'{{"untoc_network": {{"schema_version": 1}}, "resources": {resources}}}'.encode()}
    expected = [(f"b.zip/{DESCRIPTOR}", "the files do not form a register: the file events.csv is missing")]
    assert [(file, message) for _, file, _, _, _, message in told(frame)] == (expected if "events" in resources else [])


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
    assert [found.message for found in report] == ["the document has more than 20,000 bytes"]


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


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("organizations.csv", []),
        ("organizations.CSV", []),
        ("organizations.Csv", []),
        ("ORGANIZATIONS.CSV", ["IO021"]),
        ("Organizations.csv", ["IO021"]),
        ("organizations.csv.bak", ["IO021"]),
        ("organizations.tsv", ["IO021"]),
        ("organizations", ["IO021"]),
        ("organizations.json", ["IO021"]),
        ("sub/organizations.csv", ["IO021"]),
        ("._organizations.csv", None),
        ("__MACOSX/._organizations.csv", None),
    ],
)
def test_a_file_that_is_no_part_of_a_bundle_is_told_and_none_is_lost(tmp_path, name, codes):
    table = saved(_ROW).encode()
    register, report = reads(zipped([*FRAME.items(), (name, table)]), file="b.zip")
    assert [(one.code, one.location.file) for one in report] == [(code, f"b.zip/{name}") for code in codes or ()]
    assert len(register.organizations) == (codes == [])
    if "/" in name:
        return
    (tmp_path / "b.datapackage").mkdir()
    for file, data in (*FRAME.items(), (name, table)):
        (tmp_path / "b.datapackage" / file).write_bytes(data)
    register, report = un.read(tmp_path / "b.datapackage")
    assert [one.code for one in report] == (codes or [])
    assert len(register.organizations) == (codes == [])


def test_of_two_files_of_one_part_the_one_with_the_stranger_name_is_told():
    files = [*FRAME.items(), ("events.CSV", b""), ("events.csv", b"")]
    (found,) = reads(zipped(files), file="b")[1]
    assert (found.location.file, dict(found.params)["problem"]) == ("b/events.CSV", "part-twice")


def test_folders_in_a_zip_are_no_files():
    assert list(reads(zipped([*FRAME.items(), ("sub/", b"")]))[1]) == []


def test_the_descriptor_may_have_its_suffix_in_capitals():
    register, report = reads(zipped([("datapackage.JSON", FRAME[DESCRIPTOR])]))
    assert (register, list(report)) == (un.Register(), [])


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
    monkeypatch.setattr(file_replacement, "_exchange", lambda *_: False)
    with pytest.raises(un.UnwritableOutput, match=r"b\.datapackage: disk full$"):
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
