"""Fields of one's own in every form: kept, told where they cannot be, and never taken for misspelt ones."""

import json

import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
from untoc_network.serializers.codecs.json_scanner import scan_json
from untoc_network.serializers.registry import REGISTER_FORMATS
from untoc_network.serializers.structure.build_register import structure_document
from untoc_network.serializers.structure.migrations import migrate
from untoc_network.testing.model_strategies import values

FORMS = [name for name, form in REGISTER_FORMATS.items() if form.files is None]


def organization(extra):
    return un.Organization(id="xa-ngo", name=un.Text(en="NGO of XA"), kind=un.OrganizationKind.NGO, extra=extra)


def document(**more):
    return {"schema_version": 1, "organizations": [{"id": "xa-ngo", "name": {"en": "NGO"}, "kind": "ngo", **more}]}


def written(register, form):
    return b"".join(REGISTER_FORMATS[form].pieces(register))


@tries(40)
@given(values(un.Extra))
def test_every_form_keeps_what_nobody_declared(extra):
    register = un.Register(organizations=(organization(extra),))
    for form in FORMS:
        assert REGISTER_FORMATS[form].reads(written(register, form)) == (register, un.Report())
    for form in ("yaml-folder", "csv-folder"):
        assert REGISTER_FORMATS[form].reads(dict(REGISTER_FORMATS[form].files(register))) == (register, un.Report())


def test_the_thorough_way_reads_what_the_short_one_reads():
    text = json.dumps(document(extra={"coalition": {"fee": 100, "tags": ["a"], "desk": {"room": True}}}))
    quick, slow = un.reads(text), un.reads(text, limits=un.Limits(max_depth=15))
    assert quick == slow
    assert quick[0].organizations[0].extra.to_plain() == json.loads(text)["organizations"][0]["extra"]


@pytest.mark.parametrize(
    ("extra", "told", "left"),
    [
        (5, [("IO004", "", "expected an object, got a whole number")], None),
        ({"a": 5, "b": {"c": 1}}, [("IO004", "/a", "expected an object, got a whole number")], {"b": {"c": 1}}),
        ({"a": {"b": 2.5, "c": 1}}, [("IO004", "/a/b", "expected text, got a number")], {"a": {"c": 1}}),
        ({"a": {"b": 10**15, "c": 1}}, [("IO008", "/a/b", None)], {"a": {"c": 1}}),
        ({"a": {"b": None, "c": 1}}, [("IO014", "/a/b", None)], {"a": {"c": 1}}),
        ({"a": {"b": [], "c": [{}, 1]}}, [("IO014", "/a/b", None), ("IO014", "/a/c/0", None)], {"a": {"c": [1]}}),
        ({"a": {"b": [None]}}, [("IO004", "/a/b/0", "expected text, got null")], None),
        ({"a": {}}, [("IO014", "/a", None)], None),
        (
            {"a.b": {"c": 1}, "a": {"b": 1}},
            [("IO015", "/[3 characters]", "a namespace or field is called by 1 to 100 letters a-z and A-Z, digits, hyphens and underscores")],
            {"a": {"b": 1}},
        ),
        (
            {"a": {"b": [[[[[[[[[1]]]]]]]]]}},
            [("IO015", "/a/b/0/0/0/0/0/0/0/0", "a field of one's own holds at most 8 lists and objects within each other")],
            None,
        ),
    ],
)  # fmt: skip
def test_what_no_own_field_can_be_is_told_at_its_place_and_the_others_stay(extra, told, left):
    register, report = REGISTER_FORMATS["json"].reads(json.dumps(document(extra=extra)))
    assert [(one.code, one.pointer.removeprefix("/organizations/0/extra")) for one in report] == [
        (code, place) for code, place, _ in told
    ]
    assert all(words in (None, one.message) for one, (_, _, words) in zip(report, told, strict=True))
    (record,) = register.organizations
    assert (record.extra and record.extra.to_plain()) == left


def test_no_message_repeats_a_value():
    _, report = un.reads(json.dumps(document(extra={"a": {"b": 77.5}, "c": 77, "d": {"e": 77 * 10**15}})))
    assert len(report.errors) == 3
    assert "77" not in "".join(one.message + one.hint for one in report)


@tries(20)
@given(values(un.Extra))
def test_a_migration_keeps_what_nobody_declared(extra):
    def step(document):
        """The form of version 0 is that of version 1, in which organizations were bodies."""
        return {"schema_version": 1, "organizations": document["bodies"]}, ()

    old = {"schema_version": 0, "bodies": [un.to_dict(organization(extra))]}
    scanned = migrate(scan_json(json.dumps(old).encode(), un.Limits()), (step,))
    assert structure_document(scanned.document, scanned.counter).register.organizations == (organization(extra),)


def test_a_misspelt_field_is_an_error_as_before():
    _, report = un.reads(json.dumps(document(extras={"a": {"b": 1}}, coalition={"fee": 1})))
    assert [one.code for one in report] == ["IO002", "IO002"]
    _, report = un.reads(json.dumps(document(name={"en": "NGO"}, seat={"extra": {"a": {"b": 1}}})))
    assert [one.code for one in report.errors] == ["IO002"]


# -- tables ------------------------------------------------------------------------------------------------------------


def test_an_own_field_is_a_column_of_its_table_with_the_type_of_its_values():
    records = [
        organization(un.Extra({"coalition": {"fee": 100, "tags": ["a"], "since": "2019", "paid": True, "mixed": 1}})),
        un.Organization(
            id="xb", name=un.Text(en="B"), kind=un.OrganizationKind.NGO, extra=un.Extra({"coalition": {"mixed": "=1"}})
        ),
    ]
    register = un.Register(organizations=records)
    files = dict(REGISTER_FORMATS["csv-folder"].files(register))
    rows = files["organizations.csv"].decode().split("\r\n")
    assert rows[0] == (
        "id,name.en,kind,extra.coalition.fee,extra.coalition.mixed,extra.coalition.paid,extra.coalition.since,"
        "extra.coalition.tags"
    )
    assert rows[1] == 'xa-ngo,NGO of XA,ngo,100,1,true,2019,"[""a""]"'
    assert rows[2] == 'xb,B,ngo,,"""=1""",,,'
    (resource,) = json.loads(files["datapackage.json"])["resources"]
    types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
    assert [types[f"extra.coalition.{name}"] for name in ("fee", "mixed", "paid", "since", "tags")] == [
        "integer", "any", "boolean", "string", "array",
    ]  # fmt: skip
    assert REGISTER_FORMATS["csv-folder"].reads(files) == (register, un.Report())


@pytest.mark.parametrize("fields", [None, 5, [5], [{"name": 5, "type": "integer"}], [{"name": "extra.a.b"}]])
def test_a_column_that_the_descriptor_does_not_describe_is_text(fields):
    files = {
        "organizations.csv": b"id,name.en,kind,extra.a.b\r\nxa,A,ngo,007\r\n",
        "datapackage.json": json.dumps(
            {
                "untoc_network": {"schema_version": 1},
                "resources": [5, {"path": "organizations.csv"}, {"path": "organizations.csv", "schema": {"fields": fields}}],
            }
        ).encode(),
    }  # fmt: skip
    register, report = REGISTER_FORMATS["csv-folder"].reads(files)
    assert report.ok
    assert register.organizations[0].extra == un.Extra({"a": {"b": "007"}})


@pytest.mark.parametrize("column", ["extra", "extra.a", "extra.a."])
def test_a_column_of_an_own_field_names_its_namespace_and_the_field(column):
    files = {
        "organizations.csv": f"id,name.en,kind,{column}\r\nxa,A,ngo,x\r\n".encode(),
        "datapackage.json": b'{"untoc_network": {"schema_version": 1}, "resources": 5}',
    }
    _, report = REGISTER_FORMATS["csv-folder"].reads(files)
    assert not report.ok


# -- what is declared --------------------------------------------------------------------------------------------------

FEES = un.Extension("coalition", un.Organization, {"fee": int, "tags": tuple[str, ...]})
SOUND = {"coalition": {"fee": 100, "tags": ["founder"]}}
BROKEN = {"coalition": {"fee": "100", "tags": ["founder"], "feee": 1, "x": 1}, "other": {"y": 1}}


def test_every_way_of_reading_takes_declarations_and_the_register_keeps_them(tmp_path):
    path = tmp_path / "register.json"
    path.write_text(json.dumps(document(extra=SOUND)))
    registers = [
        un.reads(path.read_bytes(), extensions=[FEES])[0],
        un.loads(path.read_bytes(), extensions=[FEES]),
        un.read(path, extensions=[FEES])[0],
        un.load(path, extensions=(FEES,)),
        un.reads(un.dumps(un.load(path), form="ndjson"), form="ndjson", extensions=iter([FEES]))[0],
    ]
    assert all(one.extensions == (FEES,) and one == registers[0] for one in registers)
    assert un.reads(path.read_bytes(), extensions=[FEES])[1] == un.Report()
    record, report = un.read_record(
        json.dumps(document(extra=SOUND)["organizations"][0]), un.Organization, extensions=[FEES]
    )
    assert (record, report) == (registers[0].organizations[0], un.Report())
    assert un.from_dict(un.to_dict(record), un.Organization, extensions=[FEES]) == record
    changed, report = un.patched(record, {"extra": {"coalition": {"fee": 5}}}, extensions=[FEES])
    assert (changed.extra["coalition"]["fee"], report) == (5, un.Report())


def test_what_is_wrong_with_a_declared_field_is_told_with_its_line_whatever_the_form():
    text = json.dumps(document(extra=BROKEN), indent=1)
    register, report = un.reads(text, extensions=[FEES])
    assert [(one.code, one.pointer, one.line, one.message) for one in report] == [
        ("IO004", "/organizations/0/extra/coalition/fee", 12, "expected a whole number, got text"),
        (
            "IO040",
            "/organizations/0/extra/coalition/feee",
            16,
            "3 own fields are not declared: coalition.feee, coalition.x, other.y",
        ),
    ]
    assert register.organizations[0].extra == un.Extra(
        {"coalition": {"tags": ["founder"], "feee": 1, "x": 1}, "other": {"y": 1}}
    )
    with pytest.raises(un.InvalidDocument):
        un.loads(text, extensions=[FEES])
    lines = un.dumps(un.reads(text)[0], form="ndjson")
    assert [(one.code, one.line) for one in un.reads(lines, form="ndjson", extensions=[FEES])[1]] == [
        ("IO004", 2), ("IO040", 2),
    ]  # fmt: skip


def test_a_table_has_the_label_of_a_declared_field():
    told = un.Extension("coalition", un.Organization, {"fee": int}, labels={"fee": {"en": "Membership fee"}})
    for extensions, title in ((), "Own fields"), ([FEES], "fee"), ([told], "Membership fee"):
        register = un.loads(json.dumps(document(extra={"coalition": {"fee": 1}})), extensions=extensions)
        files = dict(REGISTER_FORMATS["csv-folder"].files(register))
        fields = json.loads(files["datapackage.json"])["resources"][0]["schema"]["fields"]
        assert [field["title"] for field in fields if field["name"].startswith("extra")] == [title]


def test_a_record_with_a_wrong_value_is_no_record():
    plain = {"id": "xa-ngo", "name": {"en": "NGO"}, "kind": "ngo", "extra": BROKEN}
    record, report = un.read_record(plain, un.Organization, extensions=[FEES])
    assert (record, [(one.code, one.pointer) for one in report]) == (None, [("IO004", "/extra/coalition/fee")])
    with pytest.raises(un.InvalidDocument):
        un.from_dict(plain, un.Organization, extensions=[FEES])
    kept, report = un.read_record(plain, un.Organization)
    assert (kept.extra.to_plain(), report) == (BROKEN, un.Report())
    assert un.patched(kept, {"founded": "1999"}, extensions=[FEES])[0] is None


def test_what_nobody_declared_is_told_once_for_a_register():
    records = [
        {"id": f"n-{number}", "name": {"en": "N"}, "kind": "ngo", "extra": {"a": {f"f{number}": 1}}}
        for number in range(9)
    ]
    _, report = un.reads(json.dumps({"schema_version": 1, "organizations": records}))
    assert [(one.severity, one.message) for one in report] == [
        ("info", "9 own fields are not declared: a.f0, a.f1, a.f2, a.f3, a.f4 …")
    ]
    assert un.reads("{")[0] is None
