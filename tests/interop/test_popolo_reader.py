"""Popolo of others: every member goes to a field, to the notes or to a finding; nothing brings it down."""

import json

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un


def read(document, **options):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    register, report = un.exchange.read_data(data, "popolo", **options)
    return register, [(one.code, one.pointer) for one in report]


def test_bodies_networks_and_their_ties():
    register, found = read(
        {
            "organizations": [
                {
                    "id": "xa-ngo",
                    "name": "NGO of XA",
                    "other_names": [
                        {"name": "ONG de XA", "note": "es"},
                        {"name": "NXA", "note": "acronym"},
                        {"name": "Other"},
                        {"note": "x"},
                    ],
                    "classification": "ngo",
                    "identifiers": [
                        {"scheme": "ror", "identifier": "04assc746"},
                        {"scheme": "DUNS", "identifier": "1"},
                        {"identifier": "2"},
                        {"scheme": "x"},
                    ],
                    "parent_id": "xa-body",
                    "area_id": "area-1",
                    "founding_date": "1999-05",
                    "links": [
                        {"url": "https://example.org/", "note": "website"},
                        {"url": "https://example.org/2", "note": "Blog"},
                        {"url": "https://zoom.us/j/1"},
                    ],
                    "contact_details": [
                        {"type": "email", "value": "a@example.org", "label": "Desk"},
                        {"type": "fax", "value": "1"},
                    ],
                    "colour": "green",
                    "image": None,
                },
                {"id": "xa-body", "name": "Body", "classification": "odd", "area_id": "somewhere", "parent_id": "none"},
                {
                    "id": "xa-net",
                    "name": "Network",
                    "classification": "regional",
                    "description": "Exchange",
                    "parent_id": "xa-body",
                },
            ],
            "areas": [{"id": "area-1", "identifier": "XA"}],
            "memberships": [
                {
                    "id": "m",
                    "organization_id": "xa-net",
                    "member": {"id": "xa-ngo"},
                    "role": "coordinator",
                    "start_date": "2022",
                    "end_date": "2021",
                    "label": "x",
                },
                {"organization_id": "xa-net", "member": {"id": "xa-body"}, "role": "boss"},
                {"organization_id": "xa-body", "member": {"id": "xa-ngo"}},
                {"organization_id": "gone", "member": {"id": "xa-ngo"}},
                {"organization_id": "xa-net", "member": "xa-ngo"},
                {"organization_id": "xa-net"},
            ],
        },
        language="en",
        file="bodies.json",
    )
    assert sorted(found) == sorted(
        [
            ("PO004", "/organizations/0/other_names"),
            ("PO004", "/organizations/0/identifiers"),
            ("PO004", "/organizations/0/links"),
            ("PO004", "/organizations/0/contact_details"),
            ("PO004", "/organizations/1/classification"),
            ("PO004", "/organizations/1/area_id"),
            ("PO005", "/memberships/3/organization_id"),
            ("PO005", "/memberships/4/member"),
            ("PO005", "/memberships/5/person_id"),
            ("PO004", "/memberships/0/end_date"),
            ("PO004", "/memberships/1/role"),
            ("PO007", "/memberships/2"),
            ("PO005", "/organizations/1/parent_id"),
        ]
    )
    ngo = register["xa-ngo"]
    assert ngo.name == un.Text(en="NGO of XA", es="ONG de XA")
    assert [(alias.name, alias.kind) for alias in ngo.aliases] == [("NXA", "acronym"), ("Other", "other")]
    assert [(one.scheme, one.value) for one in ngo.identifiers] == [
        ("ror", "04assc746"),
        ("other", "DUNS:1"),
        ("other", "2"),
    ]
    assert (ngo.kind, ngo.parent_id, ngo.seat, ngo.founded) == ("ngo", "xa-body", un.Place(country="XA"), "1999-05")
    assert [(link.kind, link.title) for link in ngo.links] == [("website", None), ("other", "Blog")]
    assert [(one.kind, one.label) for one in ngo.contacts] == [("email", "Desk")]
    assert {note.heading for note in ngo.notes} == {
        "other_names",
        "identifiers",
        "links",
        "contact_details",
        "colour",
        "membership",
    }
    assert register["xa-body"].kind == "unknown"
    assert register["xa-net"].purpose == un.Text(en="Exchange")
    assert [(one.id, one.role, one.period) for one in register.memberships] == [
        ("m", "coordinator", un.Period(start=un.PartialDate("2022"))),
        ("xa-net-xa-body", "member", None),
    ]
    assert str(register.sources[0].title) == "bodies.json"


def test_persons_come_with_no_more_than_the_work_needs():
    register, found = read(
        {
            "organizations": [
                {
                    "id": "xa-ngo",
                    "name": "NGO",
                    "memberships": [{"person_id": "p-1", "role": "Director"}],
                    "posts": [{"id": "post", "label": "Chair"}],
                },
                {"id": "xa-net", "name": "Net", "classification": "regional"},
                7,
            ],
            "persons": [
                {
                    "id": "p-1",
                    "name": "A. Example",
                    "other_names": [{"name": "A. E."}, {"note": "x"}],
                    "gender": "x",
                    "email": "a@example.org",
                    "birth_date": "1970",
                    "image": "",
                    "memberships": [
                        {"organization_id": "xa-ngo", "post_id": "post"},
                        {"organization": {"id": "xa-ngo"}, "contact_details": [{"type": "voice", "value": "1"}]},
                        {"organization_id": "xa-net"},
                    ],
                },
                {"name": "B. Example", "memberships": "none"},
                {"id": "p-3"},
            ],
        }
    )
    person, other = register.persons
    assert (person.id, person.other_names, person.gender) == ("p-1", ("A. E.",), "x")
    assert [contact.kind for contact in person.contacts] == ["email", "phone"]
    assert sorted(str(post.title) for post in person.posts) == ["Chair", "Director"]
    assert [one.organization_id for one in person.affiliations] == ["xa-ngo"]
    assert [(note.heading, note.text) for note in person.notes] == [("membership", "xa-net")]
    assert other.id == "person-1"
    assert sorted(found) == [
        ("PO001", "/organizations/2"),
        ("PO001", "/persons/1/memberships"),
        ("PO002", "/persons/2"),
        ("PO006", "/persons/0/birth_date"),
        ("PO007", "/persons/0/memberships/2"),
    ]


def test_events():
    register, found = read(
        {
            "organizations": [{"id": "xa-ngo", "name": "NGO"}],
            "events": [
                {
                    "id": "whole",
                    "name": "Week",
                    "start_date": "2022-05",
                    "classification": "conference",
                    "status": "held",
                },
                {
                    "id": 7,
                    "name": "Talk",
                    "start_date": "2022-05-06T10:00:00+02:00",
                    "end_date": "2022-05-06T10:00",
                    "location": "Hall",
                    "organization_id": "xa-ngo",
                    "parent_id": "whole",
                    "attendees": [{"name": "A. Example"}],
                    "classification": 3,
                },
                {"id": "odd", "name": "Odd", "organization_id": "nobody", "parent_id": "xa-ngo", "start_date": "soon"},
                {"id": "odd", "name": "Odd again"},
                {"name": " "},
            ],
        }
    )
    talk = register["7"]
    assert (talk.starts_at, talk.ends_at, talk.place.venue) == ("2022-05-06T10:00:00+02:00", None, "Hall")
    assert [role.stakeholder_id for role in talk.roles] == ["xa-ngo"]
    assert [(link.kind, link.event_id) for link in talk.links_to] == [("part-of", "whole")]
    assert [(note.heading, note.text) for note in talk.notes] == [
        ("classification", "3"),
        ("end_date", "2022-05-06T10:00"),
    ]
    assert (register["whole"].starts, register["whole"].kind, register["whole"].status) == (
        "2022-05",
        "conference",
        "held",
    )
    assert {"odd", "odd-2"} <= {event.id for event in register.events}
    assert sorted(found) == [
        ("PO002", "/events/4"),
        ("PO004", "/events/1/classification"),
        ("PO004", "/events/1/end_date"),
        ("PO004", "/events/2/start_date"),
        ("PO005", "/events/2/organization_id"),
        ("PO005", "/events/2/parent_id"),
        ("PO006", "/events/1/attendees"),
    ]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], [("PO001", "")]),
        (b"{", [("IO012", "")]),
        (b"\xff", [("IO013", "")]),
        ({"motions": [{}, {}], "meta": {"a": 1}, "version": "1"}, [("PO003", "/meta"), ("PO003", "/motions")]),
        ({"events": {}}, [("PO001", "/events")]),
        ({"organizations": [{"classification": "regional"}]}, [("PO002", "/organizations/0")]),
        ({"organizations": [{"name": "N", "links": [None]}]}, []),
        ({"organizations": [{"name": "N", "links": "x", "other_names": "y", "identifiers": [1]}]}, None),
        ({}, []),
    ],
)
def test_what_is_odd_is_told(document, expected):
    register, found = read(document)
    assert (register is None) is (document in ([], b"{", b"\xff"))
    if expected is None:
        assert {code for code, _ in found} == {"PO004"}
    else:
        assert sorted(found) == expected


def test_findings_have_line_and_column_and_the_file():
    _, report = un.exchange.read_data(
        b'{"events": [\n  {"id": "e", "name": "E",\n   "start_date": "soon"}]}', "popolo", file="e.json"
    )
    assert [(one.location.file, one.line, one.column) for one in report] == [("e.json", 3, 18)]


def test_ids_that_other_records_hold_are_not_taken():
    register, _ = read({"organizations": [{"id": "xa", "name": "N"}]}, held={"xa": un.Event})
    assert register.organizations[0].id == "xa-2"


ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.sampled_from(["", "x", "2022", "en", "xa", "regional"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "name", "note", "url", "type", "value"]), inner, max_size=3)
    ),
    max_leaves=6,
)
MEMBERS = [
    "id",
    "name",
    "classification",
    "parent_id",
    "area_id",
    "links",
    "other_names",
    "identifiers",
    "contact_details",
    "member",
    "organization",
    "organization_id",
    "person_id",
    "post_id",
    "role",
    "start_date",
    "end_date",
    "memberships",
    "label",
]
ITEMS = st.lists(st.dictionaries(st.sampled_from(MEMBERS), ANY, max_size=6) | ANY, max_size=3)


@tries(40)
@given(
    st.dictionaries(
        st.sampled_from(["organizations", "persons", "memberships", "posts", "areas", "events", "x"]),
        ITEMS | ANY,
        max_size=6,
    )
)
def test_nothing_brings_it_down_and_what_was_read_can_be_written(document):
    register, _ = read(document)
    again, report = un.reads(un.dumps(register))
    assert report.ok
    assert again == register


# -- again -------------------------------------------------------------------------------------------------------------

TWO = {
    "persons": [
        {
            "id": "p1",
            "name": "Ana Ruiz",
            "email": "ana@example.org",
            "contact_details": [
                {"type": "email", "value": "ana@example.org", "label": "office"},
                {"type": "email", "value": "ANA@example.org", "label": "home"},
            ],
        }
    ],
    "organizations": [{"id": "o1", "name": "Casa Abierta"}, {"name": "Grupo Azul"}],
    "memberships": [
        {"person_id": "p1", "organization_id": "o1", "on_behalf_of_id": "g1", "legislative_period_id": "t1"},
        {"person_id": "p1", "organization_id": "o1", "on_behalf_of_id": "g1", "legislative_period_id": "t2"},
    ],
}


def bring(document, existing=None, file="ep-2024.json"):
    return un.exchange.import_data(json.dumps(document).encode(), "popolo", file=file, existing=existing)


def test_the_same_document_again_changes_nothing_in_any_order():
    first = bring(TWO).register
    person = first["p1"]
    assert [(one.value, one.label) for one in person.contacts] == [
        ("ana@example.org", "office"),
        ("ANA@example.org", "home"),
    ]
    assert [(note.heading, note.text) for note in person.notes] == [
        ("membership in o1", "on_behalf_of_id: g1\nlegislative_period_id: t1"),
        ("membership in o1", "on_behalf_of_id: g1\nlegislative_period_id: t2"),
    ]
    turned = {name: items[::-1] for name, items in TWO.items()}
    for again in (TWO, turned):
        found = bring(again, first, file="ep-2025.json")
        assert (found.changes, found.edits, found.missing_from_list) == ((), (), ())
        assert un.dumps(found.register) == un.dumps(first)


def test_an_id_that_is_another_record_s_here_is_that_of_another_record():
    body = un.Organization(id="o1", name=un.Text(en="Other"), kind=un.OrganizationKind.NGO)
    person = un.Person(id="p1", name="Luis Otro")
    found = bring(TWO, un.Register(organizations=(body,), persons=(person,)))
    assert (found.register["o1"], found.register["p1"]) == (body, person)
    assert {one.id: [role.organization_id for role in one.affiliations] for one in found.register.persons} == {
        "p1": [],
        "p1-2": ["o1-2", "o1-2"],
    }
    assert un.dumps(bring(TWO, found.register).register) == un.dumps(found.register)


def test_an_erased_person_stays_out_of_popolo_too():
    first = bring(TWO).register
    erased = un.privacy.erase(first, "p1", on="2026-01-01").register
    again = bring(TWO, erased)
    assert again.register.persons == erased.persons
    assert [finding.message for finding in again.report if finding.code == "IM038"] == [
        "persons[0]: the entry is about a person who was erased ('p1'); the entry is not imported"
    ]
    assert bring({"organizations": "x"}).register is not None
    assert un.exchange.import_data(b"[", "popolo").register is None


def test_what_was_taken_out_by_hand_stays_out_of_popolo_too():
    first = bring(TWO).register
    without, _ = first.without("p1")
    again = bring(TWO, without)
    assert again.register == without
    assert [finding.message for finding in again.report if finding.code == "IM039"] == [
        "persons[0]: 'p1' was removed from the register and is still on the list; the entry is not imported"
    ]


def test_what_popolo_says_anew_of_an_erased_person_is_masked():
    erased = un.privacy.erase(bring(TWO).register, "p1", on="2026-01-01").register
    name = TWO["persons"][0]["name"]
    said = {"organizations": [{"id": "o9", "name": "Mesa", "description": f"led by {name}, ana@example.org"}]}
    again = bring(said, erased, file="partner.json")
    assert [note.text for note in again.register["o9"].notes] == ["led by […], […]"]
    assert [finding.message for finding in again.report if finding.code == "IM038"] == [
        "organizations[0]: the entry is about a person who was erased ('p1'); the entry is not imported"
    ]


def test_memberships_in_networks_come_again():
    document = {
        "organizations": [{"id": "n", "name": "Net", "classification": "regional"}, {"id": "o", "name": "Casa"}],
        "memberships": [
            {"organization_id": "n", "member_id": "o", "member": {"id": "o"}, "start_date": "2001"},
            {"id": "m9", "organization_id": "n", "member_id": "o", "member": {"id": "o"}, "start_date": "2009"},
        ],
    }
    first = bring(document).register
    assert sorted(one.period.start for one in first.memberships) == ["2001", "2009"]
    assert un.dumps(bring(document, first).register) == un.dumps(first)
