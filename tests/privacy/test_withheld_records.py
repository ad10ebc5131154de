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
