"""Documents of earlier schema versions: read by every reader, each change told at its place, and none ever forgotten."""

import importlib.util
import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.model.register import SCHEMA_VERSION
from untoc_network.serializers.codecs import ndjson
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.serializers.structure import migrations
from untoc_network.serializers.structure.build_register import build_register, structure_document
from untoc_network.serializers.structure.migrations import CHAIN, FieldChange, migrate
from untoc_network.values.fields import fields_of

_SPEC = importlib.util.spec_from_file_location(
    "build_version", Path(__file__).parents[3] / "tools" / "build_version.py"
)
build_version = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(build_version)
full_register = build_version.full_register

VERSIONS = Path(__file__).parents[1] / "versions"
OLD = {
    "json": '{"schema_version": 0,\n "bodies": [\n  {"id": "xa", "kind": "ngo", "name": {"en": "A"},\n   "begun": "1999"}]}',
    "yaml": "schema_version: 0\nbodies:\n- id: xa\n  kind: ngo\n  name: {en: A}\n  begun: '1999'\n",
}
NEW = un.Register(
    organizations=(
        un.Organization(
            id=un.OrganizationId("xa"),
            kind=un.OrganizationKind.NGO,
            name=un.Text({"en": "A"}),
            founded=un.PartialDate("1999"),
        ),
    )
)


def founded_was_begun(document):
    """`begun` of an organization became `founded`: a body can begin its work before it is founded."""
    changes, records = [], []
    for position, record in enumerate(document.get("organizations", ())):
        if "begun" in record:
            path = ("organizations", position)
            changes.append(FieldChange(path=(*path, "founded"), before=(*path, "begun"), was="begun", now="founded"))
            record = {{"begun": "founded"}.get(name, name): value for name, value in record.items()}  # noqa: PLW2901
        records.append(record)
    return {**document, "organizations": records}, changes


def organizations_were_bodies(document):
    """`bodies` became `organizations`: the Convention speaks of organizations."""
    if "bodies" not in document:
        return dict(document), ()
    new = {{"bodies": "organizations"}.get(name, name): value for name, value in document.items()}
    return new, (FieldChange(path=("organizations",), before=("bodies",), was="bodies", now="organizations"),)


def both(document):
    """Both steps in one, as the only one of its version."""
    renamed, first = organizations_were_bodies(document)
    done, second = founded_was_begun(renamed)
    return done, (*first, *(attrs.evolve(one, before=("bodies", *one.before[1:])) for one in second))


@pytest.fixture
def chain(monkeypatch):
    monkeypatch.setattr(migrations, "CHAIN", (founded_was_begun,))


def told(report):
    return [(one.code, one.location.file, one.line, one.column, one.pointer, one.message) for one in report]


def read_by(chain, text):
    scanned = migrate(scan_json(text.encode(), un.Limits()), chain)
    reading = structure_document(scanned.document, scanned.counter)
    return reading, scanned


# -- what is shipped -------------------------------------------------------------------------------------------------


def test_there_is_one_step_for_each_version_but_the_first():
    assert len(CHAIN) == SCHEMA_VERSION - 1
    assert sorted(path.stem for path in VERSIONS.iterdir()) == [str(one + 1) for one in range(SCHEMA_VERSION)]


@pytest.mark.parametrize("path", sorted(VERSIONS.iterdir()), ids=lambda path: path.stem)
def test_a_register_of_every_version_is_read_without_loss(path):
    register, report = un.read(path)
    assert report.ok
    assert {one.code for one in report} <= {"IO033", "IO034", "IO040"}
    assert len(register) == len(full_register())
    if path.stem == str(SCHEMA_VERSION):
        assert un.dumps(register) == path.read_bytes()


def test_the_register_of_the_newest_version_shows_every_field():
    """Where this fails since the model has grown, and the version is not released: python -m tools.build_version."""
    assert (VERSIONS / f"{SCHEMA_VERSION}.json").read_bytes() == un.dumps(full_register())
    said = (VERSIONS / f"{SCHEMA_VERSION}.json").read_text()
    for shape in fields_of(un.Organization):
        assert f'"{shape.name}"' in said


# -- one step --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_an_older_document_is_read_and_every_change_told_at_its_place(monkeypatch, form):
    monkeypatch.setattr(migrations, "CHAIN", (both,))
    register, report = REGISTER_FORMATS[form].reads(OLD[form].encode(), file="old")
    assert register == NEW
    lines = {"json": (1, 2, 4), "yaml": (1, 2, 6)}[form]
    columns = {"json": (20, 2, 4), "yaml": (17, 1, 3)}[form]
    version, bodies, begun = zip(lines, columns, strict=True)
    assert told(report) == [
        ("IO033", "old", *version, "/schema_version", "the document has schema version 0 and is read as version 1"),
        ("IO034", "old", *bodies, "/organizations", "'bodies' has been called 'organizations' since schema version 1"),
        (
            "IO034",
            "old",
            *begun,
            "/organizations/0/founded",
            "'begun' has been called 'founded' since schema version 1",
        ),
    ]
    assert report.ok


def test_what_is_wrong_in_an_older_document_is_found_where_it_stands():
    text = OLD["json"].replace('"1999"', '"1999-13"')
    scanned = scan_json(text.encode(), un.Limits())
    assert (
        build_register(scanned, None)[1].errors[0].message
        == "the document has schema version 0, but this release reads versions up to 1"
    )
    reading, moved = read_by((both,), text)
    (problem,) = reading.problems
    assert (problem.path, moved.places.find_position(moved.document, problem.path)) == (
        ("organizations", 0, "founded"),
        (4, 13),
    )


def test_steps_follow_each_other_and_places_lead_back_through_all_of_them():
    text = OLD["json"].replace('"schema_version": 0', '"schema_version": -1')
    reading, moved = read_by((organizations_were_bodies, founded_was_begun), text)
    assert reading.register == NEW
    assert moved.document["schema_version"] == SCHEMA_VERSION
    assert [(one.code, one.line) for one in moved.findings] == [("IO033", 1), ("IO034", 2), ("IO034", 4)]
    assert dict(moved.findings[1].params) == {"was": "bodies", "now": "organizations", "version": 0}
    assert moved.places.find_position(moved.document, ("organizations", 0, "founded"), key=True) == (4, 4)


def test_a_chain_begins_where_the_document_stands():
    text = OLD["json"].replace("bodies", "organizations")
    reading, moved = read_by((organizations_were_bodies, founded_was_begun), text)
    assert reading.register == NEW
    assert [one.code for one in moved.findings] == ["IO033", "IO034"]


@pytest.mark.parametrize("version", ["2", "-2", '"0"', "true", "null", "0.5"])
def test_newer_versions_and_what_is_no_version_are_left_to_be_refused(version):
    scanned = scan_json(f'{{"schema_version": {version}}}'.encode(), un.Limits())
    assert migrate(scanned, (organizations_were_bodies, founded_was_begun)) is scanned
    assert structure_document(scanned.document, scanned.counter).register is None


def test_what_is_no_object_is_left_as_it_is():
    scanned = scan_json(b"[1]", un.Limits())
    assert migrate(scanned, (both,)) is scanned


@tries(20)
@given(st.integers(1, 5), st.integers(1, 3))
def test_a_step_changes_nothing_that_it_is_given_and_tells_no_more_than_may_be_told(records, most):
    body = {"id": "xa", "kind": "ngo", "name": {"en": "A"}, "begun": "1999"}
    document = {"schema_version": 0, "organizations": [{**body, "id": f"xa-{one}"} for one in range(records)]}
    scanned = scan_json(json.dumps(document).encode(), un.Limits(max_findings=most))
    before = json.dumps(scanned.document)
    moved = migrate(scanned, (founded_was_begun,))
    assert json.dumps(scanned.document) == before
    assert [one.code for one in moved.findings if one.code != "IO014"] == ["IO033", *["IO034"] * min(records, most)]
    assert moved.counter.suppressed_count == max(records - most, 0)


# -- every reader ----------------------------------------------------------------------------------------------------


def as_old(form):
    """The register of the new form as one of version 0, in the words of a format."""
    data = b"".join(REGISTER_FORMATS[form].pieces(NEW))
    if form != "csv":
        return (
            data.replace(b"founded", b"begun")
            .replace(b'schema_version":1', b'schema_version":0')
            .replace(b'schema_version": 1', b'schema_version": 0')
            .replace(b"schema_version: 1", b"schema_version: 0")
        )
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as new, zipfile.ZipFile(content, "w") as old:
        for name in new.namelist():
            text = new.read(name).decode().replace("founded", "begun")
            old.writestr(name, re.sub('"schema_version": 1', '"schema_version": 0', text))
    return content.getvalue()


@pytest.mark.parametrize("form", ["json", "yaml", "ndjson", "csv"])
@pytest.mark.usefixtures("chain")
def test_every_reader_takes_an_older_version(form):
    register, report = REGISTER_FORMATS[form].reads(as_old(form), file="old")
    assert sorted(one.code for one in report) == ["IO033", "IO034"]
    assert register == NEW


@pytest.mark.usefixtures("chain")
def test_records_of_an_older_version_are_read_line_by_line(tmp_path):
    path = tmp_path / "old.ndjson"
    path.write_bytes(as_old("ndjson"))
    frame, line = un.bulk.iter_records(path)
    assert [one.code for one in frame.report] == ["IO033"]
    assert [(one.code, one.pointer, one.line) for one in line.report] == [("IO034", "/organizations/0/founded", 2)]
    assert line.record == NEW.organizations[0]


def test_records_of_a_newer_version_are_refused_line_by_line(tmp_path):
    path = tmp_path / "new.ndjson"
    path.write_bytes(ndjson.dumps(NEW).replace(b'"schema_version":1', b'"schema_version":2'))
    frame, line = un.bulk.iter_records(path)
    assert ([one.code for one in frame.report], frame.record) == (["IO011"], None)
    assert line.record is None


# -- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("chain")
def test_migrate_writes_the_new_form_and_tells_what_changed(folder, capsys):
    (folder / "old.json").write_bytes(as_old("json"))
    assert main(["migrate", "--check", "old.json"]) == 1
    assert capsys.readouterr().out == "not yet schema version 1, the newest that this release knows\n"
    assert main(["migrate", "old.json", "-o", "old.json"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "info IO033 the document has schema version 0 and is read as version 1" in said
    assert "info IO034 'begun' has been called 'founded' since schema version 1" in said
    assert (folder / "old.json").read_bytes() == un.dumps(NEW)
    assert main(["migrate", "--check", "old.json"]) == 0
    assert capsys.readouterr() == ("schema version 1, the newest that this release knows\n", "")


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ('{"schema_version": 2}', 1, "IO011 the document has schema version 2"),
        ("{", 2, "IO012"),
        ('{"schema_version": 1, "zzz": 1}', 1, "IO002"),
    ],
)
def test_migrate_writes_nothing_where_the_input_cannot_be_read_whole(folder, capsys, content, code, said):
    (folder / "a.json").write_text(content)
    assert main(["migrate", "a.json", "-o", "b.json"]) == code
    err = capsys.readouterr().err
    assert said in err
    assert err.endswith("untoc-network: nothing was written\n")
    assert not (folder / "b.json").exists()


def test_migrate_wants_a_target_of_a_known_form(folder, capsys):
    (folder / "a.json").write_text('{"schema_version": 1}')
    assert main(["migrate", "a.json", "-o", "b.docx"]) == 2
    assert "b.docx: the suffix is not one of" in capsys.readouterr().err
    with pytest.raises(SystemExit, match="2"):
        main(["migrate", "a.json"])


@pytest.mark.usefixtures("chain")
def test_what_is_wrong_in_a_file_of_an_older_bundle_is_found_in_that_file():
    files = {
        "datapackage.json": b'{"untoc_network": {"schema_version": 0}}',
        "organizations.csv": b"id,kind,name.en,begun\r\nxa,ngo,A,1999-13\r\nxb,none,B,\r\n",
    }
    _, report = REGISTER_FORMATS["csv-folder"].reads(files, file="b")
    assert [(one.code, one.location.file, one.line, one.column) for one in report] == [
        ("IO033", "b/datapackage.json", 1, 38),
        ("IO005", "b/organizations.csv", 2, 10),
        ("IO034", "b/organizations.csv", 2, 10),
        ("IO003", "b/organizations.csv", 3, 4),
    ]
