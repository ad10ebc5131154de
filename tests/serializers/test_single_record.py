"""One record by itself: read, made of plain values, patched, told apart by its digest; held to a register's reader."""

import copy
import datetime as dt
import enum
import hashlib
import json
import pickle
import subprocess
import sys
from types import MappingProxyType

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.builders import organization
from tests.profiles import tries

import untoc_network as un
from untoc_network.model.register import COLLECTIONS
from untoc_network.serializers import single_record
from untoc_network.serializers.fast import fast_json
from untoc_network.serializers.single_record import read_value
from untoc_network.testing import objects, registers

CLASSES = st.sampled_from(sorted(COLLECTIONS.values(), key=lambda cls: cls.__name__))
RECORDS = CLASSES.flatmap(objects)
NGO = {"id": "xa-ngo", "kind": "ngo", "name": {"en": "NGO of XA"}}


def told(report):
    return [(one.code, one.pointer, one.line, one.column, one.subject) for one in report]


@pytest.fixture(params=["compiled", "thorough"])
def way(request, monkeypatch):
    """Both ways of reading, since they must come to the same."""
    if request.param == "thorough":
        for name in ("decode_json", "convert_plain", "encode_json"):
            monkeypatch.setattr(single_record, name, lambda *_: None)
    return request.param


# -- read --------------------------------------------------------------------------------------------------------------


@given(RECORDS, st.randoms())
@tries(200)
def test_a_record_of_every_class_is_read_from_its_plain_form_and_its_json_as_it_was(record, random):
    plain = un.to_dict(record)
    mixed = shuffled(plain, random)
    for given_form in (plain, mixed, MappingProxyType(plain), json.dumps(mixed), json.dumps(plain).encode()):
        read, report = un.read_record(given_form, type(record))
        assert read == record
        assert [(one.code, one.pointer) for one in report] == [(one.code, one.pointer) for one in un.checked(record)]
    assert un.from_dict(mixed, type(record)) == record
    assert un.digest(un.from_dict(mixed, type(record))) == un.digest(record)


def shuffled(value, random):
    if isinstance(value, dict):
        items = [(key, shuffled(inner, random)) for key, inner in value.items()]
        random.shuffle(items)
        return dict(items)
    return [shuffled(inner, random) for inner in value] if isinstance(value, list) else value


@st.composite
def damaged(draw):
    """The plain form of a record in which some things are not as they should be."""
    record = draw(RECORDS)
    plain = un.to_dict(record)
    for _ in range(draw(st.integers(0, 3))):
        holder = plain
        for _ in range(draw(st.integers(0, 3))):
            inner = [one for one in (holder.values() if isinstance(holder, dict) else holder) if one and isinstance(one, dict | list)]  # fmt: skip
            if inner:
                holder = draw(st.sampled_from(inner))
        wrong = draw(st.sampled_from([None, [], {}, "odd one", 7, 10**20, 0.5, True, float("nan"), "\ud800", [None], {"x": []}]))  # fmt: skip
        if isinstance(holder, dict):
            holder[draw(st.sampled_from([*holder, "unknown", "nmae", "blanks"]))] = wrong
        else:
            holder[draw(st.integers(0, len(holder) - 1))] = wrong
    return type(record), plain


@given(damaged())
@tries(300)
def test_findings_are_those_of_a_register_with_that_one_record(case):
    cls, plain = case
    collection = next(name for name, one in COLLECTIONS.items() if one is cls)
    body = json.dumps(plain, indent=1)
    register, whole = un.reads(f'{{"schema_version": 1, "{collection}": [\n{body}\n]}}')
    place = f"/{collection}/0"
    moved = [
        (one.code, one.pointer.removeprefix(place), one.line - 1, one.column, one.subject, one.message)
        for one in whole
        if one.code != "IO040"  # which is told of registers alone
    ]
    record, report = un.read_record(body, cls)
    assert [(*one, finding.message) for one, finding in zip(told(report), report, strict=True)] == moved
    assert record == (getattr(register, collection)[0] if whole.ok else None)
    of_plain, report = un.read_record(plain, cls)
    assert of_plain == record
    assert sorted((one.code, one.pointer, one.message) for one in report) == sorted((a, b, f) for a, b, *_, f in moved)
    assert all(one.line is one.column is None for one in report)


@pytest.mark.usefixtures("way")
def test_a_double_key_is_told_of_text_with_line_and_column():
    record, report = un.read_record(
        '{"id": "xa-ngo",\n "kind": "ngo", "kind": "other", "name": {"en": "X"}}', un.Organization
    )
    assert (record, told(report)) == (None, [("IO007", "/kind", 2, 17, "xa-ngo")])


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"", [("IO012", "", 1, 1, None)]),
        (b"\xff", [("IO013", "", 1, 1, None)]),
        ("[1]", [("IO004", "", 1, 1, None)]),
        ("null", [("IO004", "", 1, 1, None)]),
        ('"text"', [("IO004", "", 1, 1, None)]),
        (None, [("IO004", "", None, None, None)]),
        (7, [("IO004", "", None, None, None)]),
        (True, [("IO004", "", None, None, None)]),
        ([NGO], [("IO004", "", None, None, None)]),
    ],
)
def test_what_is_no_object_is_a_finding(body, found):
    record, report = un.read_record(body, un.Organization)
    assert (record, told(report)) == (None, found)


@pytest.mark.usefixtures("way")
def test_a_warning_alone_leaves_the_record():
    record, report = un.read_record({**NGO, "founded": None, "languages": []}, un.Organization)
    assert record == un.from_dict(NGO, un.Organization)
    assert [one.code for one in report] == ["IO014"] * 2


class Kind(enum.StrEnum):
    NGO = "ngo"


class Fixed(enum.IntEnum):
    TWO = 2


@pytest.mark.usefixtures("way")
def test_plain_values_are_taken_as_the_json_that_is_written_of_them():
    given_form = {**NGO, "kind": Kind.NGO, "languages": ("es", "en"), "name": un.Text(en="NGO of XA")}
    expected = un.from_dict({**NGO, "languages": ["es", "en"]}, un.Organization)
    record, report = un.read_record(given_form, un.Organization)
    assert (record, told(report)) == (expected, [])
    event = un.from_dict({"id": "e", "kind": "workshop", "name": {"en": "E"}, "stated_days": Fixed.TWO}, un.Event)
    assert type(event.stated_days) is int


@pytest.mark.parametrize("odd", [dt.date(2019, 1, 1), object(), {1, 2}, b"2019", 1j])
def test_what_has_no_form_in_json_is_refused_where_it_stands(odd):
    record, report = un.read_record({**NGO, "founded": odd}, un.Organization)
    assert record is None
    assert [(one.code, one.pointer, one.message) for one in report] == [
        ("IO004", "/founded", "expected text, got a value of another class")
    ]


def test_keys_are_read_as_json_writes_them():
    record, report = un.read_record({**NGO, 3: "x", None: "y", (1, 2): "z", "\ud800": "w"}, un.Organization)
    assert record is None
    assert sorted(one.code for one in report) == ["IO002", "IO002", "IO007", "IO017"]


def test_limits_hold_for_plain_values_too_and_what_stands_in_itself_ends():
    endless = {**NGO}
    endless["seat"] = endless
    assert [one.code for one in un.read_record(endless, un.Organization)[1]] == ["IO009"]
    several = NGO
    for _ in range(40):
        several = [several] * 10
    few = un.Limits(max_values=1000)
    for body in ({**NGO, "aliases": several}, json.dumps({**NGO, "languages": ["es"] * 2000})):
        assert [one.code for one in un.read_record(body, un.Organization, limits=few)[1]] == ["IO030"]
    small = un.Limits(max_bytes=10)
    assert [one.code for one in un.read_record(json.dumps(NGO), un.Organization, limits=small)[1]] == ["IO010"]
    assert un.read_record(b"\xef\xbb\xbf" + json.dumps(NGO).encode(), un.Organization)[0] is not None


@pytest.mark.usefixtures("way")
def test_later_findings_on_the_record_get_their_lines_also_from_a_pickled_report():
    body = json.dumps({**NGO, "languages": ["es"]}, indent=1)
    _, report = un.read_record(body, un.Organization)
    later = un.Report(
        (attrs.evolve(un.read_record({}, un.Organization)[1].findings[0]).with_location(path=("languages", 0)),)
    )
    for one in (report, pickle.loads(pickle.dumps(report))):
        assert [(found.pointer, found.line, found.column) for found in one.merge(later)] == [("/languages/0", 8, 3)]
    nowhere = un.read_record(NGO, un.Organization)[1].merge(later)
    assert [(found.pointer, found.line) for found in nowhere] == [("/languages/0", None)]


@pytest.mark.parametrize("cls", [un.Place, un.Register, un.Record, un.SourcedRecord, dict, None, "Organization", []])
def test_a_class_that_is_none_of_records_is_refused(cls):
    name = cls.__name__ if isinstance(cls, type) else "None" if cls is None else f"a value of type {type(cls).__name__}"
    for call in (un.read_record, un.from_dict, lambda _, one: un.record_schema(one)):
        with pytest.raises(un.ImpossibleValue) as caught:
            call(NGO, cls)
        assert str(caught.value) == f"cls: expected a class of records, such as Organization, got {name}"


@pytest.mark.parametrize("data", [object(), {1}, un.Place(country="XA"), print])
def test_data_of_another_kind_are_refused_by_name(data):
    said = f"expected bytes, text or a mapping, got a value of type {type(data).__name__}"
    for name, call in (
        ("data", lambda: un.read_record(data, un.Organization)),
        ("data", lambda: un.from_dict(data, un.Organization)),
        ("patch", lambda: un.patched(organization(), data)),
    ):
        with pytest.raises(un.ImpossibleValue) as caught:
            call()
        assert str(caught.value) == f"{name}: {said}"


def test_from_dict_raises_with_the_report():
    with pytest.raises(un.InvalidDocument) as caught:
        un.from_dict({**NGO, "kind": "ngos"}, un.Organization)
    assert told(caught.value.report) == [("IO003", "/kind", None, None, "xa-ngo")]
    assert str(caught.value).startswith("kind of 'xa-ngo': IO003 'ngos' is not one of")


# -- patched -----------------------------------------------------------------------------------------------------------


def merged(target, patch):
    """`MergePatch`, word for word as RFC 7396 has it."""
    if isinstance(patch, dict):
        if not isinstance(target, dict):
            target = {}
        target = dict(target)
        for name, value in patch.items():
            if value is None:
                if name in target:
                    del target[name]
            else:
                target[name] = merged(target.get(name), value)
        return target
    return patch


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_the_examples_of_the_standard(target, patch, result):
    before = copy.deepcopy((target, patch))
    assert single_record._merge_patch(target, patch) == merged(target, patch) == result
    assert (target, patch) == before


@st.composite
def patches(draw):
    """A record, and a patch made of parts of another of its class, of nothing, and now and then of nonsense."""
    record = draw(RECORDS)
    other = un.to_dict(draw(objects(type(record))))
    plain = un.to_dict(record)
    other.pop("id")
    patch = {name: draw(st.sampled_from([other[name], None, [], {}, "odd one"])) if draw(st.booleans()) else other[name] for name in other}  # fmt: skip
    patch |= {name: None for name in plain if name != "id" and draw(st.integers(0, 5)) == 0}
    if draw(st.booleans()):
        patch["id"] = record.id
    return record, patch


@given(patches())
@tries(200)
def test_a_patched_record_is_that_of_the_patched_plain_form(case):
    record, patch = case
    expected, of_whole = un.read_record(merged(un.to_dict(record), patch), type(record))
    for form in (patch, json.dumps(patch), json.dumps(patch).encode()):
        changed, report = un.patched(record, form)
        assert changed == expected
        assert sorted((one.code, one.pointer, one.message) for one in report) == sorted(
            (one.code, one.pointer, one.message) for one in of_whole
        )
        assert {one.subject for one in report} <= {record.id}


@pytest.mark.usefixtures("way")
def test_a_patch_changes_removes_and_keeps():
    held = un.from_dict({**NGO, "founded": "1999", "seat": {"country": "XA", "city": "B"}}, un.Organization)
    assert un.patched(held, {}) == (held, un.Report())
    assert un.patched(held, {"id": "xa-ngo", "founded": "2019", "seat": None})[0] == attrs.evolve(
        held, founded=un.PartialDate("2019"), seat=None
    )
    assert un.patched(held, b'{"seat": {"city": null}, "name": {"es": "ONG"}}')[0] == attrs.evolve(
        held, seat=un.Place(country="XA"), name=un.Text(en="NGO of XA", es="ONG")
    )
    assert held.founded == "1999"


@pytest.mark.usefixtures("way")
def test_findings_on_a_patch_stand_in_its_text():
    held = un.from_dict(NGO, un.Organization)
    patch = (
        '{"id": "other",\n "name": null,\n "languages": [],\n "kind": "ngo", "kind": "x",\n "seat": {"country": "xa"}}'
    )
    changed, report = un.patched(held, patch)
    assert changed is None
    assert told(report) == [
        ("IO037", "/id", 1, 8, "xa-ngo"),
        ("IO001", "/name", 2, 10, "xa-ngo"),
        ("IO014", "/languages", 3, 15, "xa-ngo"),
        ("IO007", "/kind", 4, 17, "xa-ngo"),
        ("IO016", "/seat/country", 5, 22, "xa-ngo"),
    ]
    assert report.findings[0].message == "the patch has another id than the record 'xa-ngo', which keeps its own"
    assert report.findings[0].hint == "leave the id out of the patch; another id is another record"
    assert told(un.patched(held, "{")[1]) == [("IO012", "", 1, 2, "xa-ngo")]
    assert told(un.patched(held, {"id": None})[1]) == [("IO001", "/id", None, None, "xa-ngo")]
    assert told(un.patched(held, [])[1]) == [("IO004", "", None, None, "xa-ngo")]
    assert told(un.patched(held, {"name": float("nan")})[1])[0] == ("IO008", "/name", None, None, "xa-ngo")


@pytest.mark.parametrize("record", [None, NGO, "xa-ngo", un.Place(country="XA"), un.Register()])
def test_what_is_no_record_is_neither_patched_nor_digested(record):
    for call in (lambda: un.patched(record, {}), lambda: un.digest(record)):
        with pytest.raises(un.ImpossibleValue, match=r"^record: expected a record, got "):
            call()


HELD = un.from_dict(
    {
        **NGO, "founded": "1999-03-02", "languages": ["es", "en", "pt"], "name": {"en": "N", "es": "O"},
        "seat": {"country": "XA", "city": "B"},
    },
    un.Organization,
)  # fmt: skip
SEEN = attrs.evolve(
    HELD,
    id="withheld-1",
    founded=un.PartialDate("1999"),
    languages=("es",),
    name=un.Text(en="N"),
    seat=un.Place(country="XA"),
)


@pytest.mark.usefixtures("way")
def test_what_was_seen_in_part_is_kept_as_it_is_and_never_replaced():
    assert un.patched(HELD, un.to_dict(SEEN), seen=SEEN) == (HELD, un.Report())
    changed, report = un.patched(HELD, {"kind": "other", "name": {"en": "M"}, "seat": {"country": "XB"}}, seen=SEEN)
    assert not report.findings
    assert changed == attrs.evolve(
        HELD, kind=un.OrganizationKind.OTHER, name=un.Text(en="M", es="O"), seat=un.Place(country="XB", city="B")
    )
    patch = '{"languages": ["es", "fr"],\n "founded": null,\n "seat": {"city": "C"},\n "name": null, "kind": "ngo"}'
    changed, report = un.patched(HELD, patch, seen=SEEN)
    assert changed is None
    assert [(*one[:2], one[2]) for one in told(report)] == [
        ("IO039", "/languages", 1), ("IO039", "/founded", 2), ("IO039", "/seat/city", 3), ("IO039", "/name", 4)
    ]  # fmt: skip
    assert report.findings[0].message == (
        "the patch replaces what the view that it was made from does not show whole, in 'languages'"
    )
    assert told(un.patched(HELD, {"id": "another"}, seen=SEEN)[1]) == [("IO039", "/id", None, None, "xa-ngo")]
    assert told(un.patched(HELD, [], seen=SEEN)[1]) == [("IO004", "", None, None, "xa-ngo")]
    with pytest.raises(un.ImpossibleValue, match="^seen: expected an Organization or None, got a value of type Place$"):
        un.patched(HELD, {}, seen=un.Place())


@given(st.data())
@tries(40)
def test_a_patch_made_from_a_view_undoes_nothing_that_the_view_withheld(data):
    register = data.draw(registers(most=1))
    audience = data.draw(st.sampled_from([*un.Audience]))
    view = un.privacy.view(register, audience, "2026-01-01")
    for shown in view.register:
        record = register.by_id.get(view.origins.get(shown.id, shown.id))
        if type(record) is type(shown):
            assert un.patched(record, un.to_dict(shown), seen=shown)[0] == record


# -- digest ------------------------------------------------------------------------------------------------------------


@given(RECORDS)
@tries(100)
def test_a_digest_is_that_of_the_canonical_json_on_both_ways(record):
    canonical = json.dumps(un.to_dict(record), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert un.digest(record) == hashlib.sha256(canonical.encode()).hexdigest()


@pytest.mark.parametrize(("by", "written"), [("XA", "XA"), (["XA"], "XA"), (["XA", "XB"], ["XA", "XB"])])
def test_a_single_value_of_several_stands_without_a_list_in_every_plain_form(by, written):
    record = un.CountryReview(id="r", country="XA", log=({"step": "start", "by": by}, {"step": "start"}))
    plain = un.to_dict(record)
    assert plain["log"] == [{"step": "start", "by": written}, {"step": "start"}]
    assert plain == single_record.to_plain(record)
    assert un.from_dict(plain, un.CountryReview) == record


def test_a_digest_is_known_and_the_same_with_any_hash_seed(monkeypatch):
    record = un.from_dict({**NGO, "languages": ["es"], "name": {"es": "Ñ\u2028\x7f", "en": "N"}}, un.Organization)
    known = "3c38e5dd0d39750146ce1d29ca4c22641026362aa7b698d6aa95c7e145412231"
    assert un.digest(record) == known
    monkeypatch.setattr(single_record, "encode_json", lambda _: None)
    assert un.digest(record) == known
    code = "import untoc_network as un; print(un.digest(un.example().organizations[0]))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert said == {f"{un.digest(un.example().organizations[0])}\n"}


def test_a_record_that_could_not_be_written_has_no_digest():
    broken = organization()
    object.__setattr__(broken, "founded", "2019-13")
    with pytest.raises(un.InvalidDocument, match=r"^founded of 'ngo': IO005 "):
        un.digest(broken)


def test_plain_values_go_the_thorough_way_where_the_compiled_one_does_not_serve(monkeypatch):
    monkeypatch.setattr(fast_json, "is_usable", lambda: False)
    assert un.read_record(NGO, un.Organization)[0] == un.from_dict(NGO, un.Organization)


# -- what records are made of ------------------------------------------------------------------------------------------


def test_a_part_of_a_record_and_a_value_are_read_alike():
    assert read_value({"country": "XA", "city": None}, un.Place)[0] == un.Place(country="XA")
    place, report = read_value({"country": "xa", "town": "Panama"}, un.Place)
    assert place is None
    assert [(found.code, found.pointer, found.line) for found in report] == [
        ("IO016", "/country", None),
        ("IO002", "/town", None),
    ]
    assert read_value({"id": "xa", "name": {"en": "N"}, "kind": "ngo"}, un.Organization)[0].kind == "ngo"


def test_there_is_an_end_to_what_is_told_of_a_value():
    few = un.Limits(max_findings=3)
    text, report = read_value({f"{letter}a": 5 for letter in "abcdef"}, un.Text, limits=few)
    assert text is None
    assert [found.message for found in report] == ["the document has more than 3 errors; nothing is read from here on"]


@pytest.mark.parametrize("languages", [{"es", "en"}, frozenset({"es"}), {"es": 1}.keys()])
def test_a_set_is_no_list_for_its_order_is_that_of_the_process(languages):
    record, report = un.read_record(
        {"id": "a", "kind": "ngo", "name": {"en": "A"}, "languages": languages}, un.Organization
    )
    assert record is None
    assert [(finding.code, finding.pointer) for finding in report] == [("IO004", "/languages")]
