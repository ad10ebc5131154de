"""A register as JSON: findings in their places, hostile documents, canonical bytes."""

import itertools
import json

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import portion, some, tries

import untoc_network as un
from untoc_network.serializers.codecs.json import dumps, reads
from untoc_network.serializers.register_bytes import loads

ON = "2026-11-24"
NGO = {"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}


def text_of(indent=None, **collections):
    return json.dumps({"schema_version": 1, **collections}, indent=indent, ensure_ascii=False)


def judged(data):
    register, report = reads(data)
    if register is not None:
        report = report.merge(un.validate(register, on=ON))
    assert "XX001" not in {found.code for found in report}
    return register, report


def errors(data):
    return [(found.code, found.pointer) for found in judged(data)[1].errors]


def spot(text, fragment):
    """Line and column where a fragment of the text stands; it must stand there once."""
    before, found, after = text.partition(fragment)
    assert found
    assert fragment not in after
    return before.count("\n") + 1, len(before) - before.rfind("\n")


# -- what is read ----------------------------------------------------------------------------------------------------


def test_a_finding_names_file_place_and_record():
    text = text_of(1, organizations=[NGO, NGO | {"id": "xb-ngo", "kind": "ngos"}])
    register, report = reads(text, file="r.json")
    (found,) = report
    assert found.to_dict() == {
        "code": "IO003",
        "slug": "value-not-allowed",
        "severity": "error",
        "message": "'ngos' is not one of ngo, ngo-network, community-group …",
        "hint": "did you mean 'ngo'?",
        "file": "r.json",
        "pointer": "/organizations/1/kind",
        "line": spot(text, '"ngos"')[0],
        "column": spot(text, '"ngos"')[1],
        "subject": "xb-ngo",
        "params": {
            "allowed": "ngo, ngo-network, community-group …",
            "near": "ngo",
            "remedy": "near",
            "value": "ngos",
        },
    }
    assert [one.id for one in register.organizations] == ["xa-ngo"]


def test_text_and_bytes_are_read_alike():
    text = text_of(organizations=[NGO])
    assert reads(text)[0] == reads(text.encode())[0] == reads("\ufeff" + text)[0]


def test_half_a_surrogate_pair_in_text_given_is_a_finding():
    register, report = reads('{"schema_version": 1, "title": {"en": "\ud83d"}}')
    assert register is None
    assert [(found.code, found.column) for found in report] == [("IO013", 40)]


def test_loading_raises_with_the_whole_report():
    with pytest.raises(un.InvalidDocument) as invalid:
        loads(text_of(organizations=[NGO | {"kind": "ngos", "x": 1}]))
    assert [found.code for found in invalid.value.report] == ["IO003", "IO002"]
    assert str(invalid.value) == ("line 1: IO003 'ngos' is not one of ngo, ngo-network, community-group … (and 1 more)")
    with pytest.raises(un.InvalidDocument, match=r"^line 1: IO004 expected an object, got null$"):
        loads("null")
    assert loads(text_of(organizations=[NGO])).organizations[0].id == "xa-ngo"


@pytest.mark.parametrize(
    ("document", "code", "column", "message"),
    [
        ("[]", "IO004", 1, "expected an object, got a list"),
        ("1.5", "IO004", 1, "expected an object, got a number"),
        ('"x"', "IO004", 1, "expected an object, got text"),
        ("true", "IO004", 1, "expected an object, got true or false"),
        ("null", "IO004", 1, "expected an object, got null"),
        ("{}", "IO001", 1, "the field 'schema_version' is missing"),
        ('{"schema_version": null}', "IO001", 20, "the field 'schema_version' is missing"),
        ('{"schema_version": true}', "IO004", 20, "expected a whole number, got true or false"),
        ('{"schema_version": "1"}', "IO004", 20, "expected a whole number, got text"),
        ('{"schema_version": 1.0}', "IO004", 20, "expected a whole number, got a number"),
        ('{"schema_version": [1]}', "IO004", 20, "expected a whole number, got a list"),
        (
            '{"schema_version": 2}',
            "IO011",
            20,
            "the document has schema version 2, but this release reads versions up to 1",
        ),
        (
            '{"schema_version": -1}',
            "IO011",
            20,
            "the document has schema version -1, but this release reads versions up to 1",
        ),
        ('{"schema_version": NaN}', "IO008", 20, "NaN is not a number that can be kept exactly"),
        ("NaN", "IO008", 1, "NaN is not a number that can be kept exactly"),
    ],
)
def test_a_document_of_no_known_form_is_refused(document, code, column, message):
    register, report = reads(document)
    assert register is None
    (found,) = report.errors
    assert (found.code, found.line, found.column, found.message) == (code, 1, column, message)


def test_a_version_that_never_was_is_told_from_one_that_is_newer():
    hints = [reads(f'{{"schema_version": {version}}}')[1].errors[0].hint for version in (0, 2)]
    assert hints == ["there has never been such a version", "install a newer release of untoc-network"]


def test_a_misspelt_field_is_one_finding_though_it_was_due():
    text = text_of(organizations=[{"id": "xa-ngo", "nmae": {"en": "A"}, "Kind ": "ngo"}])
    found = [(one.code, one.message, one.hint, one.column) for one in reads(text)[1]]
    assert found == [
        ("IO002", "an organization has no field 'nmae'", "did you mean 'name'?", text.index('"nmae"') + 1),
        ("IO002", "an organization has no field '[5 characters]'", "did you mean 'kind'?", text.index('"Kind "') + 1),
    ]


def test_an_unknown_field_beside_a_missing_one_are_two_findings():
    text = text_of(organizations=[{"id": "xa-ngo", "name": {"en": "A"}, "zzz": 1}])
    assert errors(text) == [("IO001", "/organizations/0/kind"), ("IO002", "/organizations/0/zzz")]


def test_an_impossible_value_beside_an_unknown_field_is_found_in_the_same_pass():
    project = {"id": "p", "name": {"en": "P"}, "period": {"start": "2020", "end": "2019", "zzz": 1}}
    assert sorted(errors(text_of(projects=[project]))) == [
        ("IO002", "/projects/0/period/zzz"),
        ("IO015", "/projects/0/period"),
    ]


def test_a_wrong_value_under_a_key_that_stands_twice_is_found_too():
    text = (
        '{"schema_version": 1, "organizations": [{"id": "xa-ngo", "name": {"en": "A"}, "kind": "ngos", "kind": "ngo"}]}'
    )
    assert sorted(code for code, _ in errors(text)) == ["IO003", "IO007"]


def test_a_key_that_stands_three_times_is_two_findings():
    found = reads('{"schema_version": 1,\n"as_of": "2022",\n"as_of": "2023",\n"as_of": "2024"}')[1]
    assert [(one.code, one.line) for one in found] == [("IO007", 3), ("IO007", 4)]


def test_what_follows_from_an_earlier_finding_is_held_back():
    text = text_of(
        organizations=[NGO | {"kind": "ngos"}],
        memberships=[{"id": "m", "network_id": "n", "organization_id": "xa-ngo"}],
    )
    assert errors(text) == [("IO003", "/organizations/0/kind"), ("RF002", "/memberships/0/network_id")]


def test_a_text_of_which_no_wording_could_be_read_is_one_finding():
    text = '{"schema_version": 1, "title": {"en": "\\ud83d"}}'
    assert errors(text) == [("IO017", "/title/en")]


def test_the_language_tag_id_is_nobodys_id():
    text = '{"schema_version": 1, "title": {"id": "Jaringan", "EN": "Network"}, "x": 1}'
    assert [found.subject for found in reads(text)[1]] == [None, None]


def test_a_field_of_the_document_has_no_subject():
    assert [found.subject for found in reads('{"schema_version": 1, "id": "x", "zzz": 1}')[1]] == [None, None]


# -- places after pruning and sorting --------------------------------------------------------------------------------


def test_findings_on_what_is_left_stand_on_their_own_lines():
    good = {"key": "good", "organization_id": "lost-1"}
    text = text_of(
        1,
        persons=[
            {"name": "A. Example"},
            {
                "id": "z",
                "name": "A. Example",
                "affiliations": [
                    {"key": "Bad Key", "organization_id": "xa-ngo"},
                    good,
                    {"organization_id": "xa-ngo"},
                    {"key": "last", "organization_id": "lost-2", "sources": [{"x": 1}, {"source_id": "lost-3"}, 5]},
                ],
            },
            {"id": "a", "name": "A. Example", "affiliations": [{"key": "k", "organization_id": "lost-4"}]},
        ],
        organizations=[NGO],
    )
    register, report = judged(text)
    dangling = [found for found in report if found.code == "RF002"]
    assert [(one.pointer, one.subject) for one in dangling] == [
        ("/persons/1/affiliations/1/organization_id", "z"),
        ("/persons/1/affiliations/3/organization_id", "z"),
        ("/persons/1/affiliations/3/sources/1/source_id", "z"),
        ("/persons/2/affiliations/0/organization_id", "a"),
    ]
    for number, found in enumerate(dangling):
        target = f'"lost-{(1, 2, 3, 4)[number]}"'
        assert (found.line, found.column) == spot(text, target)
    assert [one.id for one in register.persons] == ["a", "z"]
    assert [one.key for one in register["z"].affiliations] == ["good", "last"]


def test_pruning_goes_on_until_what_is_left_can_be_read():
    roles = [{"kind": "chair"}, {"kind": "nobody", "stakeholder_id": "x"}, {"kind": "chair", "stakeholder_id": "lost"}]
    segment = {"key": "a", "kind": "opening", "name": {"en": 5}}
    talk = {"id": "talk", "name": {"en": "T"}, "kind": "workshop", "roles": roles, "segments": [segment], "place": []}
    text = text_of(1, events=[talk])
    register, report = judged(text)
    assert [(found.code, found.pointer) for found in report.errors] == [
        ("IO001", "/events/0/roles/0/stakeholder_id"),
        ("IO003", "/events/0/roles/1/kind"),
        ("RF002", "/events/0/roles/2/stakeholder_id"),
        ("IO004", "/events/0/segments/0/name/en"),
        ("IO004", "/events/0/place"),
    ]
    assert len(register["talk"].roles) == 1
    assert register["talk"].segments[0].name is None
    assert register["talk"].place is None


def test_what_an_absence_means_is_not_judged_where_something_could_not_be_read():
    source = {"id": "note", "title": {"en": "Note"}, "kind": "press-note"}
    assert "RF005" in {found.code for found in judged(text_of(sources=[source]))[1]}
    assert "RF005" not in {found.code for found in judged(text_of(sources=[source], events=[{}]))[1]}


def test_a_finding_on_an_empty_object_is_on_its_own_line():
    text = '{"schema_version": 1,\n"networks": [{"id": "n",\n"id": {"kind": 1},\n"name": {"en": "N"}, "kind": "regional"},\n{}]}'
    lines = {found.pointer: found.line for found in reads(text)[1] if found.pointer.startswith("/networks/1")}
    assert set(lines.values()) == {5}


# -- hostile documents -----------------------------------------------------------------------------------------------

EVERY_FIELD = {
    "id": "x",
    "name": {"en": "A. Example"},
    "kind": "chair",
    **{
        name: [{}]
        for name in ("sources", "claims", "blanks", "notes", "aliases", "contacts", "consents", "links", "roles")
    },
    "seat": {"country": "XA"},
    "posts": [{"key": "k", "title": {"en": "T"}, "organization_id": "x", "period": {"start": "2020"}}],
}
WRONG = [None, True, 1, 1.5, "x", "", [], {}, [[]], [{}], {"": {}}, {"0": 1}, [None], ["x"], -1, "²", {"²": None}]


@pytest.mark.unmeasured
def test_a_wrong_value_for_any_part_of_the_register_raises_nothing(subtests):
    names = [*(f.name for f in attrs.fields(un.Register) if f.name != "schema_version"), "", "x"]
    for wrong, name in some(itertools.product(WRONG, names)):
        with subtests.test(name=name, wrong=wrong):
            register, report = judged(text_of(**{name: wrong}))
            assert register is not None
            assert len(report) >= (wrong != [])
            for nested in (wrong, [wrong], [NGO, wrong, [wrong]]):
                judged(text_of(**{name: nested}))


@pytest.mark.unmeasured
def test_a_wrong_value_in_any_field_of_a_record_is_placed_or_harmless(subtests):
    names = ["organizations", "persons", "events", "sources", "redirects"]
    for name, field, wrong in some(itertools.product(names, EVERY_FIELD, WRONG)):
        with subtests.test(name, field=field, wrong=wrong):
            text = text_of(1, **{name: [EVERY_FIELD | {field: wrong}]})
            for found in judged(text)[1]:
                assert found.line is not None
                assert found.column <= len(text.splitlines()[found.line - 1])


TOKENS = st.sampled_from(
    [
        '{"schema_version": 1, ',
        '"organizations"',
        '"persons"',
        '"id"',
        '""',
        '"a"',
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "null",
    ]
    + ["1", "-", "1e999", "NaN", '"\\ud800"', '"\\u0000"', "\x00", "\ufeff", " ", "\n", "true", '"' + "k" * 500 + '"']
)


@given(st.lists(TOKENS, max_size=40).map("".join))
@tries(300)
def test_any_row_of_tokens_is_read_without_raising(text):
    judged(text)
    judged('{"schema_version": 1, "organizations": [' + text)
    judged('{"schema_version": 1, "persons": [{' + text + "}]}")


@pytest.mark.parametrize(
    "key", ["", "²", "1" * 5000, "~/", "\u2028", "\x00", "k" * 10_000, "schema_version\u200b", "0"]
)
def test_any_key_can_be_unknown_null_or_repeated(key):
    quoted = json.dumps(key)
    for text in (
        f'{{"schema_version": 1, {quoted}: 1}}',
        f'{{"schema_version": 1, {quoted}: null, {quoted}: {{}}}}',
        f'{{"schema_version": 1, "organizations": [{{{quoted}: {{{quoted}: null}}}}], {quoted}: [[null]]}}',
        f'{{"schema_version": 1, "organizations": {{{quoted}: {{"id": {quoted}}}}}}}',
        f"{{{quoted}: NaN}}",
    ):
        _, report = judged(text)
        assert not report.ok
        assert all("\n" not in found.message and len(found.message) < 300 for found in report)


def test_a_record_may_be_nested_as_deep_as_the_limit_allows():
    deep = "[" * 195 + "1" + "]" * 195
    register, report = reads(f'{{"schema_version": 1, "events": [{{"id": {deep}}}]}}', limits=un.Limits(max_depth=200))
    assert register is not None
    assert "IO004" in {found.code for found in report}


MANY = portion(5_000)


@pytest.mark.unmeasured
@pytest.mark.parametrize(
    ("collections", "code"),
    [
        ({"organizations": [{"id": f"o{n}", "name": {"en": "A"}, "kind": "ngos"} for n in range(MANY)]}, "IO003"),
        ({"organizations": [NGO | {f"f{n}": n for n in range(MANY)}]}, "IO002"),
        ({"organizations": [NGO | {"id": f"o{n}", "parent_id": f"x{n}"} for n in range(MANY)]}, "RF002"),
        ({"organizations": [NGO] * MANY}, "RF001"),
        ({"organizations": [NGO | {"countries": ["xa"] * MANY}]}, "IO016"),
        ({"redirects": [{"old_id": f"r{n}", "new_id": f"r{n + 1}"} for n in range(MANY)]}, "RF002"),
        ({f"f{n}": None for n in range(MANY)}, "IO014"),
    ],
    ids=["broken-records", "unknown-fields", "dangling", "one-id", "broken-items", "redirects", "nulls"],
)
def test_thousands_of_mistakes_are_found_and_placed(collections, code):
    _, report = judged(text_of(0, **collections))
    found = [one for one in report if one.code == code]
    assert len(found) >= (1 if code == "RF002" and "redirects" in collections else MANY - 1)
    assert all(one.line is not None for one in found)


# -- what is personal ------------------------------------------------------------------------------------------------

SECRETS = ["Secretname", "secret@example.org", "Secretgender", "Secretalias", "Secretlabel"]
PERSON = {
    "id": "p",
    "name": SECRETS[0],
    "other_names": [SECRETS[3]],
    "gender": SECRETS[2],
    "contacts": [{"kind": "email", "value": SECRETS[1], "label": SECRETS[4]}],
}


def said(report):
    words = [(found.message, found.hint, str(found.params), repr(found)) for found in report]
    return f"{words} {report!r} {report.to_dict()} {un.InvalidDocument(report) if not report.ok else ''}"


@pytest.mark.parametrize(
    "change",
    [
        {"name": [SECRETS[0]]},
        {"name": {"en": SECRETS[0]}},
        {"other_names": SECRETS[3]},
        {"other_names": [[SECRETS[3]]]},
        {"gender": [SECRETS[2]]},
        {"contacts": [{"kind": SECRETS[1], "value": "x"}]},
        {"contacts": SECRETS[1]},
        {"contacts": [SECRETS[1]]},
        {"contacts": [{"kind": "email", "value": [SECRETS[1]]}]},
        {"contacts": [{"kind": "email", "value": "x", "consents": [{"given": SECRETS[1], "purpose": SECRETS[0]}]}]},
        {"languages": [SECRETS[2]]},
        {"zzz": SECRETS[0]},
        {"posts": [SECRETS[0]]},
        {},
    ],
    ids=repr,
)
def test_personal_values_stand_in_no_finding_wherever_they_were_put(change):
    register, report = judged(text_of(persons=[PERSON | change, PERSON | {"id": "q"} | change]))
    assert [secret for secret in SECRETS if secret in said(report)] == []
    assert [secret for secret in SECRETS if secret in repr(register) + repr(register.persons)] == []


@pytest.mark.parametrize("key", ["value", "label"])
def test_a_long_number_among_contacts_is_not_repeated(key):
    contact = {"kind": "phone", "value": "x", "label": "x"} | {key: 4312345678901234567}
    assert "4312345678901234567" not in said(judged(text_of(persons=[PERSON | {"contacts": [contact]}]))[1])


def test_a_long_number_for_a_persons_name_is_not_repeated():
    assert "4312345678901234567" not in said(judged(text_of(persons=[PERSON | {"name": 4312345678901234567}]))[1])


def test_a_key_that_could_be_somebodys_data_is_not_in_a_message():
    for key in ("secret@example.org", "Secretname Example"):
        twice = '{"schema_version": 1, "persons": [{"id": "p", "name": "x", "%s": 1, "%s": 2}]}' % (key, key)
        assert not [found for found in judged(twice)[1] if key in f"{found.message} {found.hint}"]


# -- writing ---------------------------------------------------------------------------------------------------------


def test_the_canonical_form_is_sorted_indented_utf8_without_what_says_nothing():
    register = un.Register(
        title=un.Text(es="Red de São", en="Network"),
        organizations=(
            un.Organization(id="b", name=un.Text(en="B"), kind=un.OrganizationKind.NGO),
            un.Organization(id="a", name=un.Text(en="A"), kind=un.OrganizationKind.NGO, at_risk=True),
        ),
    )
    assert dumps(register) == (
        b'{\n  "organizations": [\n    {\n      "at_risk": true,\n      "id": "a",\n      "kind": "ngo",\n'
        b'      "name": {\n        "en": "A"\n      }\n    },\n    {\n      "id": "b",\n      "kind": "ngo",\n'
        b'      "name": {\n        "en": "B"\n      }\n    }\n  ],\n  "schema_version": 1,\n'
        b'  "title": {\n    "en": "Network",\n    "es": "Red de S\xc3\xa3o"\n  }\n}\n'
    )
    assert loads(dumps(register)) == register


def test_an_empty_register_is_its_version():
    assert dumps(un.Register()) == b'{\n  "schema_version": 1\n}\n'
    assert loads(dumps(un.Register())) == un.Register()


def test_dates_and_moments_are_written_as_plain_text():
    moment = "2022-05-06T10:00+02:00[Europe/Vienna]"
    talk = un.Event(
        id="talk",
        name=un.Text(en="T"),
        kind=un.EventKind.WORKSHOP,
        starts=un.PartialDate("2022-05"),
        starts_at=un.Instant(moment),
    )
    (written,) = json.loads(dumps(un.Register(events=(talk,))))["events"]
    assert (written["starts"], written["starts_at"]) == ("2022-05", moment)


def test_half_a_surrogate_pair_cannot_be_written():
    title = un.Text(en="Title")
    title._wordings["en"] = "\ud83d"
    with pytest.raises(un.InvalidDocument, match=r"^title: IO015 the text holds half of a surrogate pair"):
        dumps(un.Register(title=title))


def test_a_pointer_names_no_key_that_could_be_data_and_stays_short():
    key = "k" * 80_000
    found = reads(f'{{"schema_version": 1, "{key}": {json.dumps([[] for _ in range(2_000)])}}}')[1]
    assert len(found) == 2_001
    assert max(len(one.pointer) for one in found) < 40
    text = '{"schema_version": 1, "persons": [{"id": "p", "name": "x", "secret@example.org": null}]}'
    (one,) = (one for one in reads(text)[1] if one.code == "IO014")
    assert (one.pointer, one.column) == ("/persons/0/[18 characters]", text.index("null") + 1)


def test_an_id_that_is_none_is_not_repeated_as_a_subject():
    text = text_of(persons=[PERSON | {"id": "secret@example.org", "zzz": 1}])
    assert {one.subject for one in reads(text)[1]} == {None}
    assert "secret@example.org" not in said(reads(text)[1])
