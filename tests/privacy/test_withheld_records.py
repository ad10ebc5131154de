"""Which records go with who is withheld: what is about them, and what they said."""

import attrs
import pytest

import untoc_network as un
from untoc_network.privacy import view

from .test_export_guard import places
from .test_view import DAY, GIVEN, body, person, told

INTERNAL = attrs.evolve(GIVEN, audience=un.Audience.INTERNAL)
ANA, EVA = person(), person(id="member-2", name="Eva Prueba", consents=(INTERNAL,))
REFUGE = body(consents=(attrs.evolve(GIVEN, withdrawn=un.PartialDate("2023")),))


def work(*authors, **fields):
    said = {"id": "work", "title": un.Text(en="Title"), "kind": un.ContributionKind.STATEMENT, "author_ids": authors}
    return un.Contribution(**(said | fields))


@pytest.mark.parametrize(
    ("contribution", "is_shown"),
    [
        (work("member-1"), False),
        (work("old-member"), False),
        (work("member-1", "refuge"), False),
        (work("member-1", consents=(INTERNAL,)), True),
        (work("member-1", consents=(INTERNAL, attrs.evolve(INTERNAL, withdrawn=un.PartialDate("2023")))), False),
        (work("member-1", "member-2"), True),
        (work("member-2"), True),
        (work(), True),
    ],
)
def test_a_contribution_goes_with_its_authors_unless_it_was_agreed_to_for_itself(contribution, is_shown):
    register = un.Register(
        persons=(ANA, EVA),
        organizations=(REFUGE, body("main")),
        contributions=(contribution,),
        fundings=(un.Funding(id="paid", donor_id="main", target_id="work"),),
        redirects=(un.Redirect(old_id="old-member", new_id="member-1"),),
    )
    seen = view(register, "internal", DAY)
    assert [one.id for one in seen.register.contributions] == ["work"] * is_shown
    assert [one.id for one in seen.register.fundings] == ["paid"] * is_shown
    assert all("member-1" not in one.author_ids for one in seen.register.contributions)
    assert view(register, "public", DAY).register.contributions == ()


def test_what_was_said_goes_with_who_said_it():
    talk = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP)
    said = un.Statement(
        id="s1",
        event_id="talk",
        speaker_id="member-1",
        summary=un.Text(en="In the register's own words"),
        wording=un.Text(en="Her own words"),
        themes=(un.Theme.YOUTH,),
    )
    nobody = attrs.evolve(said, id="s2", speaker_id=None, wording=None)
    register = un.Register(persons=(ANA,), events=(talk,), statements=(said, nobody))
    for audience in un.Audience:
        seen = view(register, audience, DAY)
        assert seen.register.statements == (nobody,)
        assert told(seen) == [("member-1", "", "no-consent"), ("s1", "", "names-withheld")]
    assert ("s1", "", "names-withheld") in places(register, register)


ATTENDEES = un.Source(id="attendees", title=un.Text(en="Attendees"), kind=un.SourceKind.LIST_OF_PERSONS)
PAGE = un.Source(id="page", title=un.Text(en="Page"), kind=un.SourceKind.WEB_PAGE)
OLD = un.Redirect(old_id="old-attendees", new_id="attendees")


def citing(*ids, **fields):
    return body(sources=tuple(un.Citation(source_id=one) for one in ids), **fields)


@pytest.mark.parametrize(
    ("sources", "consents", "is_shown"),
    [
        (("attendees",), (), False),
        (("old-attendees",), (), False),
        (("attendees", "nowhere"), (), False),
        (("attendees", "page"), (), True),
        (("attendees",), (GIVEN,), True),
        (("attendees",), (INTERNAL,), False),
        (("nowhere",), (), True),
        ((), (), True),
    ],
)
def test_a_body_that_lists_of_persons_alone_name_is_shown_to_nobody_outside(sources, consents, is_shown):
    refuge = citing(*sources, at_risk=False, consents=consents)
    register = un.Register(sources=(ATTENDEES, PAGE), organizations=(refuge,), redirects=(OLD,))
    for audience in ("public", "members"):
        seen = view(register, audience, DAY)
        assert [one.id for one in seen.register.organizations] == ["refuge"] * is_shown
        assert is_shown or ("refuge", "", "no-consent") in told(seen)
    assert [one.id for one in view(register, "internal", DAY).register.organizations] == ["refuge"]


def test_a_body_at_risk_of_a_list_of_persons_is_withheld_like_the_others():
    registers = (
        un.Register(sources=(ATTENDEES,), organizations=(citing("attendees", at_risk=at_risk),))
        for at_risk in (True, False)
    )
    one, other = (view(register, "public", DAY) for register in registers)
    assert (one.register, one.redactions) == (other.register, other.redactions)


def test_a_name_that_lists_of_persons_alone_give_is_masked():
    refuge = citing("attendees", name=un.Text(en="Refuge of the Wetlands"), at_risk=False)
    talk = un.Event(id="talk", name=un.Text(en="At the Refuge of the Wetlands"), kind=un.EventKind.WORKSHOP)
    register = un.Register(sources=(ATTENDEES,), organizations=(refuge,), events=(talk,))
    for audience in ("public", "members"):
        assert b"Wetlands" not in un.dumps(view(register, audience, DAY).register)
        assert b"Wetlands" not in un.dumps(view(view(register, "internal", DAY).register, audience, DAY).register)
