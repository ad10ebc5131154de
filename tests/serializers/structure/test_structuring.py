"""Plain values to records: nothing converted in silence, as much kept as can be."""

import pytest

import untoc_network as un
from untoc_network.model.form_check import make_wrong_type_params
from untoc_network.serializers.source.scan_result import LimitCounter
from untoc_network.serializers.structure import structuring
from untoc_network.serializers.structure.build_register import structure_document
from untoc_network.serializers.structure.structuring import MeantNames, converter, iter_problems, kind_name, to_plain

NGO = {"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}
TALK = {"id": "talk", "name": {"en": "Talk"}, "kind": "workshop"}


def read(**collections):
    return structure_document({"schema_version": 1, **collections}, LimitCounter(un.Limits()))


def told(reading):
    return [(one.rule.code, one.path, one.params) for one in reading.problems]


@pytest.mark.parametrize(
    ("field", "value", "code", "params"),
    [
        ("stated_days", "2", "IO004", {"expected": "whole-number", "given": "text"}),
        ("stated_days", 2.0, "IO004", {"expected": "whole-number", "given": "number"}),
        ("stated_days", True, "IO004", {"expected": "whole-number", "given": "boolean"}),
        ("starts", 2022, "IO004", {"expected": "text", "given": "whole-number"}),
        (
            "starts",
            "28.3.2022",
            "IO005",
            {"value": "28.3.2022", "problem": "date-form"},
        ),
        ("starts_at", [], "IO004", {"expected": "text", "given": "list"}),
        (
            "starts_at",
            "2022-05-06T10:00",
            "IO006",
            {"value": "2022-05-06T10:00", "problem": "moment-no-offset"},
        ),
        ("name", "Talk", "IO004", {"expected": "wordings", "given": "text"}),
        ("name", {"EN": "Talk"}, "IO015", {"problem": "text-no-language"}),
        ("place", ["x"], "IO004", {"expected": "object", "given": "list"}),
        ("regions", "africa", "IO004", {"expected": "list", "given": "text"}),
        ("regions", {}, "IO004", {"expected": "list", "given": "object"}),
        ("modality", False, "IO004", {"expected": "text", "given": "boolean"}),
        (
            "modality",
            "In Person",
            "IO003",
            {"value": "In Person", "allowed": "in-person, online, hybrid", "remedy": "near", "near": "in-person"},
        ),
        (
            "modality",
            "by letter",
            "IO003",
            {
                "value": "by letter",
                "allowed": "in-person, online, hybrid",
                "remedy": "choose",
                "choices": "in-person, online, hybrid",
            },
        ),
        ("page", "a b", "IO016", {"form": "address"}),
        (
            "project_id",
            "Project",
            "IO016",
            {"form": "slug"},
        ),
        ("project_id", 5, "IO004", {"expected": "text", "given": "whole-number"}),
    ],
)
def test_a_value_of_another_type_or_form_is_refused_and_not_converted(field, value, code, params):
    reading = read(events=[TALK | {field: value}])
    if code == "IO004":
        params |= make_wrong_type_params(params["expected"], params["given"], value)
    assert told(reading) == [(code, ("events", 0, field), params)]
    assert len(reading.register.events) == (field != "name")


@pytest.mark.parametrize("value", ["true", 1, 0, "no", 1.0])
def test_yes_and_no_are_true_and_false_only(value):
    reading = read(organizations=[NGO | {"at_risk": value}])
    assert [code for code, _, _ in told(reading)] == ["IO004"]
    assert reading.register["xa-ngo"].at_risk is False


def test_a_missing_field_is_described_and_its_choices_are_named():
    assert told(read(networks=[{"id": "n"}])) == [
        ("IO001", ("networks", 0, "name"), {"name": "name", "description": "Network.name"}),
        (
            "IO001",
            ("networks", 0, "kind"),
            {
                "name": "kind",
                "description": "one-of",
                "choices": "regional, national-alliance, umbrella, network-of-networks",
            },
        ),
    ]


def test_an_unknown_field_without_a_neighbour_lists_the_fields_there_are():
    (problem,) = read(redirects=[{"old_id": "a", "new_id": "b", "zzz": 1}]).problems
    assert problem.params == {
        "object": "Redirect",
        "name": "zzz",
        "remedy": "fields",
        "fields": "old_id, new_id, since",
    }
    assert problem.at_key


@pytest.mark.parametrize(("value", "kind"), [(None, "null"), ("", "text"), (True, "boolean"), (1, "whole-number")])
def test_a_kind_of_value_is_named_in_words(value, kind):
    assert kind_name(value) == kind


def test_a_record_that_cannot_be_read_is_lost_with_its_id():
    reading = read(organizations=[NGO | {"name": 1}, {"id": 5}, 5, NGO | {"id": "xb-ngo"}])
    assert reading.unread_ids == {"xa-ngo"}
    assert [one.id for one in reading.register.organizations] == ["xb-ngo"]
    assert reading.kept == {("organizations",): (3,)}


def test_records_are_sorted_and_their_old_positions_kept_but_redirects_stay():
    pairs = [{"old_id": "z", "new_id": "a"}, {"old_id": "b", "new_id": "a"}]
    reading = read(organizations=[NGO | {"id": "b"}, NGO | {"id": "a"}], redirects=pairs)
    assert reading.kept == {("organizations",): (1, 0)}
    assert [one.old_id for one in reading.register.redirects] == ["z", "b"]


def test_a_list_without_its_broken_items_knows_where_the_others_stood():
    reading = read(organizations=[NGO | {"countries": ["xa", "XA", 5, "XB", ""], "links": [{}, {"kind": "video"}]}])
    assert reading.register["xa-ngo"].countries == ("XA", "XB")
    assert reading.register["xa-ngo"].links == ()
    assert reading.kept[("organizations", 0, "countries")] == (1, 3)
    assert reading.kept[("organizations", 0, "links")] == ()


def test_reading_leaves_the_document_as_it_was():
    record = NGO | {"countries": ["xa"], "x": 1}
    read(organizations=[record])
    assert record == NGO | {"countries": ["xa"], "x": 1}


def test_the_frame_is_pruned_like_a_record():
    reading = structure_document(
        {"schema_version": 1, "title": 5, "as_of": "2022", "zzz": 1, "events": {}}, LimitCounter(un.Limits())
    )
    assert [(code, path) for code, path, _ in told(reading)] == [
        ("IO004", ("events",)),
        ("IO002", ("zzz",)),
        ("IO004", ("title",)),
    ]
    assert reading.register == un.Register(as_of=un.PartialDate("2022"))


def test_what_is_no_fault_of_the_values_is_not_swallowed():
    with pytest.raises(ZeroDivisionError):
        [*iter_problems(ZeroDivisionError(), None, (), MeantNames())]


def test_there_is_one_converter_and_it_writes_nothing_that_says_nothing():
    assert converter() is converter()
    organization = un.Organization(id="xa-ngo", name=un.Text(en="NGO of XA"), kind=un.OrganizationKind.NGO)
    assert to_plain(organization) == NGO
    assert type(to_plain(organization)["kind"]) is str


def test_the_names_that_are_remembered_are_bounded(monkeypatch):
    monkeypatch.setattr(structuring, "_MOST_MEANT", 5)
    names = MeantNames()
    for number in range(20):
        assert names.find([f"knid{number % 7}x"], ["kind", "name"]) == {}
        assert names.find(["knid"], ["kind", "name"]) == {"knid": "kind"}
        assert len(names._found) <= 5
