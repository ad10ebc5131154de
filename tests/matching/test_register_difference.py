"""The words for what differs, and that nothing is told that is not for everyone."""

import attrs
import pytest

import untoc_network as un
from untoc_network.i18n.language_words import words_in
from untoc_network.matching import EditKind, diff
from untoc_network.reports.register_difference import describe_edit, render_difference, render_difference_markdown


def told(before, after):
    return [f"{edit.collection} {edit.id}: {describe_edit(edit)}".strip() for edit in diff(before, after)]


def changed(record, **fields):
    name = {un.Event: "events", un.Organization: "organizations", un.Person: "persons", un.Membership: "memberships"}
    name = name.get(type(record), "country_reviews")
    return un.Register(**{name: (record,)}), un.Register(**{name: (attrs.evolve(record, **fields),)})


ORGANIZATION = un.Organization(id="o", name=un.Text(en="Refuge"), kind=un.OrganizationKind.NGO)
EVENT = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, starts=un.PartialDate("2024-05-01"))
MEMBERSHIP = un.Membership(id="m", network_id="net", organization_id="o")
PERSON = un.Person(id="p", name="A. Example")
CONTACT = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org")
OPENING = un.Segment(key="opening", kind=un.SegmentKind.OPENING)
PANEL = un.Segment(key="panel", kind=un.SegmentKind.PANEL)
CLAIM = un.Claim(field="starts", value="2024", source=un.Citation(source_id="note"), chosen=True)
REVIEW = un.CountryReview(id="r", country="XA")
START = un.ReviewEntry(step=un.CountryReviewStep.START)
QUESTIONS = un.Questionnaire(instrument=un.TreatyCode.UNTOC)
BEGIN = un.QuestionnaireEntry(step=un.QuestionnaireStep.BEGIN)


@pytest.mark.parametrize(
    ("record", "fields", "sentences"),
    [
        (ORGANIZATION, {"name": un.Text(en="Refuge", es="Refugio")}, ["name.es is now Refugio"]),
        (ORGANIZATION, {"name": un.Text(es="Refugio")}, ["name.en is no longer Refuge", "name.es is now Refugio"]),
        (ORGANIZATION, {"founded": un.PartialDate("1999")}, ["founded is now 1999"]),
        (ORGANIZATION, {"kind": un.OrganizationKind.MEDIA}, ["kind changed from ngo to media"]),
        (ORGANIZATION, {"seat": un.Place(country="XA", address="1 Way")}, ["seat is now XA"]),
        (
            attrs.evolve(ORGANIZATION, seat=un.Place(country="XA", city="Port")),
            {"seat": un.Place(country="XA", city="Hill", address="1 Way")},
            ["seat.city changed from Port to Hill", "seat.address was filled in"],
        ),
        (ORGANIZATION, {"at_risk": True}, ["at_risk changed"]),
        (ORGANIZATION, {"contacts": (CONTACT,)}, ["contact added"]),
        (ORGANIZATION, {"themes": (un.Theme.YOUTH,)}, ["themes: added youth"]),
        (ORGANIZATION, {"notes": (un.Note(text="call A. Example"),)}, ["notes: one added"]),
        (ORGANIZATION, {"expertise": (un.Text(en="Law"),)}, ["expertise: added Law"]),
        (PERSON, {"name": "B. Example"}, ["name changed"]),
        (PERSON, {"gender": "x"}, ["gender was filled in"]),
        (EVENT, {"starts": un.PartialDate("2024-05-02")}, ["moved from 2024-05-01 to 2024-05-02"]),
        (
            EVENT,
            {"starts": un.PartialDate("2024-06"), "ends": un.PartialDate("2024-07")},
            ["moved from 2024-05-01 to 2024-06/2024-07"],
        ),
        (EVENT, {"starts": None}, ["starts is no longer 2024-05-01"]),
        (EVENT, {"join_url": "https://example.org/secret"}, ["join_url was filled in"]),
        (EVENT, {"claims": (CLAIM,)}, ["claims: added starts 2024 note seen chosen"]),
        (
            EVENT,
            {"roles": (un.EventRole(kind=un.EventRoleKind.CHAIR, stakeholder_id="o"),)},
            ["roles: added chair o"],
        ),
        (MEMBERSHIP, {"end_reason": un.MembershipEnd.WITHDREW}, ["o left net (withdrew)"]),
        (MEMBERSHIP, {"period": un.Period(end=un.PartialDate("2024"))}, ["o left net (2024)"]),
        (MEMBERSHIP, {"period": un.Period(ending=un.Ending.RUNNING)}, ["period is now running"]),
        (
            MEMBERSHIP,
            {"period": un.Period(start=un.PartialDate("2020"), end=un.PartialDate("2024"))},
            ["o left net (2024)", "period is now 2020 2024"],
        ),
        (REVIEW, {"log": (START,)}, ["step recorded: start"]),
        (
            REVIEW,
            {"log": (attrs.evolve(START, on=un.PartialDate("2024"), by="XA"),)},
            ["step recorded: start by XA on 2024"],
        ),
        (REVIEW, {"summary": un.Text(en="Secret")}, ["summary was filled in"]),
        (REVIEW, {"questionnaires": (QUESTIONS,)}, ["questionnaires: added UNTOC"]),
    ],
)
def test_a_changed_field_is_told_and_so_is_its_change_back(record, fields, sentences):
    before, after = changed(record, **fields)
    assert [line.partition(": ")[2] for line in told(before, after)] == sentences
    back = told(after, before)
    assert back
    for secret in ("1 Way", "Example", "secret", "Secret", "a@example"):
        assert secret not in f"{back}{diff(before, after)}{diff(after, before)}"


def test_what_items_hold_is_told_at_their_place():
    before = un.Register(events=(attrs.evolve(EVENT, segments=(OPENING, PANEL)),))
    named = attrs.evolve(OPENING, name=un.Text(en="Welcome"))
    after = un.Register(events=(attrs.evolve(EVENT, segments=(PANEL, named)),))
    assert told(before, after) == [
        "events talk: segments[opening].name is now Welcome",
        "events talk: segments stands in another order",
    ]
    before = un.Register(country_reviews=(attrs.evolve(REVIEW, questionnaires=(QUESTIONS,)),))
    begun = attrs.evolve(QUESTIONS, log=(BEGIN,))
    after = un.Register(country_reviews=(attrs.evolve(REVIEW, questionnaires=(begun,)),))
    assert told(before, after) == ["country_reviews r: step recorded: begin"]
    assert [edit.field for edit in diff(before, after)] == ["questionnaires[UNTOC].log"]
    labelled = attrs.evolve(CONTACT, label="Office")
    before, after = changed(attrs.evolve(ORGANIZATION, contacts=(CONTACT,)), contacts=(labelled,))
    assert told(before, after) == ["organizations o: contacts changed"]


def test_items_that_are_alike_in_what_they_must_have_are_never_taken_for_each_other():
    def nomination(person_id):
        return un.Nomination(role=un.NominationRole.FOCAL_POINT, country="XA", person_id=person_id)

    before = attrs.evolve(REVIEW, nominations=(nomination("p"), nomination("q")))
    _, after = changed(before, nominations=(nomination("r"), nomination("p"), nomination("q")))
    assert told(un.Register(country_reviews=(before,)), after) == [
        "country_reviews r: nominations: added focal-point XA r"
    ]


def test_records_that_come_and_go_have_words_of_their_own():
    empty = un.Register()
    full = un.Register(
        title=un.Text(en="Register"),
        organizations=(ORGANIZATION,),
        persons=(PERSON,),
        memberships=(MEMBERSHIP,),
        country_reviews=(REVIEW,),
        redirects=(un.Redirect(old_id="o-2", new_id="o"),),
    )
    assert told(empty, full) == [
        ": title is now Register",
        ": o-2 was merged into o",
        "organizations o: added: Refuge",
        "persons p: added",
        "memberships m: o joined net",
        "country_reviews r: added",
    ]
    assert told(full, empty) == [
        ": title is no longer Register",
        ": o-2 leads to o no longer",
        "organizations o: taken out: Refuge",
        "persons p: taken out",
        "memberships m: the membership of o in net was taken out",
        "country_reviews r: taken out",
    ]


def test_two_records_of_one_id_are_told_apart():
    twice = un.Register(organizations=(ORGANIZATION, attrs.evolve(ORGANIZATION, founded=un.PartialDate("1999"))))
    assert told(un.Register(organizations=(ORGANIZATION,)), twice) == ["organizations o: added: Refuge"]


def test_text_and_markdown():
    before, after = changed(ORGANIZATION, name=un.Text(en="*Refuge* | \x1b[2J" + "x" * 200))
    lines = list(render_difference(diff(before, after), width=60))
    assert lines[0] == "organizations o"
    assert lines[-1] == "1 field changed"
    assert all("\x1b" not in line for line in lines)
    assert "".join(render_difference_markdown(diff(before, after))).startswith(
        "## 1 field changed\n\n**organizations** `o`\n\n- name.en changed from Refuge to \\*Refuge\\* &#124; \\\\u{1b}\\[2J"
    )
    titled = attrs.evolve(before, title=un.Text(en="T"))
    assert "\n**the register**\n\n- title is now T\n" in "".join(render_difference_markdown(diff(before, titled)))
    assert list(render_difference(diff(before, titled), width=None)) == [
        "the register",
        "  title is now T",
        "",
        "1 field set",
    ]
    assert list(render_difference(())) == ["no difference"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": un.OrganizationKind.MEDIA}, "Tipo: cambió de ONG a medio de comunicación"),
        ({"name": un.Text(en="Refuge", es="Refugio")}, "Nombre, español: ahora es Refugio"),
        ({"themes": (un.Theme.YOUTH,)}, "Temas: se agregó juventud"),
    ],
)
def test_fields_and_values_of_lists_have_their_names_in_another_language(fields, sentence):
    (edit,) = diff(*changed(ORGANIZATION, **fields))
    assert describe_edit(edit, next(words_in("es"))) == sentence


def test_every_kind_of_edit_can_be_told():
    for kind in EditKind:
        params = (("old", "a"), ("new", "b"), ("organization", "o"), ("network", "n"), ("before", "x"), ("after", "y"))
        assert describe_edit(un.matching.Edit(kind=kind, params=params))


def test_an_edit_as_plain_data_leaves_out_what_is_empty():
    before, after = changed(ORGANIZATION, at_risk=True)
    assert [edit.to_dict() for edit in diff(before, after)] == [
        {"kind": "field-changed", "collection": "organizations", "id": "o", "field": "at_risk"}
    ]


def test_what_lists_said_is_one_line_in_words_and_makes_no_two_registers_equal():
    base = un.import_bytes(b"Name\nCasa\nMesa\n", file="members.csv").register
    again = un.import_bytes(b"Name;Founded\nCasa;1999\nMesa;\n", file="members.csv", existing=base).register
    line = "  what lists said last time is remembered anew"
    told = list(render_difference(diff(base, again)))
    assert told == ["the register", line, "", "organizations casa", "  founded is now 1999", "", "1 field set"]
    forgotten = attrs.evolve(again, lists=(), list_rows=())
    edits = diff(again, forgotten)
    assert [edit.is_of_lists for edit in edits] == [True] * 3
    assert list(render_difference(edits)) == ["the register", line, "", "no other difference"]
    assert "".join(render_difference_markdown(edits)) == (
        "## no other difference\n\n**the register**\n\n- what lists said last time is remembered anew\n"
    )
    assert not any(edit.is_of_lists for edit in diff(un.Register(), un.Register(title=un.Text(en="T"))))
