"""The last look: it finds nothing in any view, and everything that is put back into one."""

import pickle
import sys

import attrs
import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.app import queries
from untoc_network.cli import main as cli
from untoc_network.model.register import COLLECTIONS
from untoc_network.model.remembered_lists_and_erasures import Erasure
from untoc_network.privacy import View, export_guard as guarding, view

from .test_view import AUDIENCES, CITED, DAY, FEW, GIVEN, NAMED, NOTE, body, exposing, person

ON = un.PartialDate(DAY)
FOR_MEMBERS = attrs.evolve(GIVEN, audience=un.Audience.MEMBERS)
OVER = attrs.evolve(GIVEN, withdrawn=un.PartialDate("2023"))


def places(register, shown, audience="public", origins=None):
    found = guarding.find_exposed(register, shown, un.Audience(audience), ON, origins or {})
    return {(one.id, one.field, str(one.reason)) for one in found}


@pytest.mark.unmeasured
@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_nothing_in_a_view_is_exposed(register, audience):
    seen = view(register, audience, DAY)
    assert places(register, seen.register, audience, seen.origins) == set()
    un.exchange.filter_public(register, ON)


@given(exposing())
@FEW
def test_what_the_members_see_is_exposed_before_the_public_where_it_differs(register):
    public, members = view(register, "public", DAY), view(register, "members", DAY)
    hidden = {one.id for one in members.register} - {one.id for one in public.register}
    hidden -= {one.id for one in public.redactions if one.reason == "names-withheld"}
    hidden -= {*members.origins, *members.origins.values(), *public.origins.values()}
    told = {record_id for record_id, field, _ in places(register, members.register) if not field}
    assert hidden <= told


@pytest.mark.unmeasured
@given(exposing(), exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_records_that_need_no_look_are_those_in_which_a_look_finds_nothing(register, other, audience):
    guard = guarding._Guard(register, audience, ON)
    for shown in (register, other):
        for name, cls in COLLECTIONS.items():
            records = getattr(shown, name)
            looked_at = {*guard.find_questionable(records, cls, {})}
            for place, one in enumerate(records):
                assert place in looked_at or not [*guard._record(one, one.id)]


WEBSITE = un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org")
MAIL = un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", label="Ana", consents=(NAMED, FOR_MEMBERS))
REGISTER = un.Register(
    organizations=(
        body("shelter", at_risk=True, consents=(GIVEN,), seat=un.Place(country="XA", city="Town"), links=(WEBSITE,)),
        body("hidden", at_risk=True),
        body("open", notes=(un.Note(text="a note"),), contacts=(MAIL,), seat=un.Place(address="1 Street")),
    ),
    persons=(
        person(id="named", consents=(NAMED,), gender="woman", languages=("es",)),
        person(id="silent"),
        person(id="gone", consents=(OVER,)),
    ),
    events=(
        un.Event(
            id="talk",
            name=un.Text(en="Talk"),
            kind=un.EventKind.WORKSHOP,
            place=un.Place(country="XA", venue="House"),
            roles=(un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="shelter"),),
        ),
    ),
    contributions=(
        un.Contribution(id="inner", title=un.Text(en="Inner"), kind=un.ContributionKind.RESEARCH),
        un.Contribution(
            id="study",
            title=un.Text(en="Study"),
            kind=un.ContributionKind.RESEARCH,
            text=un.Text(en="Words"),
            audience=un.Audience.PUBLIC,
            consents=(GIVEN,),
        ),
    ),
    sources=(NOTE,),
    redirects=(un.Redirect(old_id="old-silent", new_id="silent"), un.Redirect(old_id="old-talk", new_id="talk")),
)


def test_the_view_of_it_is_sound():
    for audience in AUDIENCES:
        seen = view(REGISTER, audience, DAY)
        assert places(REGISTER, seen.register, audience, seen.origins) == set()


def test_whatever_is_not_for_the_public_is_found_in_the_whole():
    assert places(REGISTER, REGISTER) == {
        ("shelter", "seat", "at-risk"),
        ("shelter", "links", "at-risk"),
        ("shelter", "at_risk", "at-risk"),
        ("hidden", "", "no-consent"),
        ("open", "notes", "internal"),
        ("open", "contacts.value", "no-consent"),
        ("open", "contacts.label", "no-consent"),
        ("open", "contacts.consents", "internal"),
        ("open", "seat.address", "at-risk"),
        ("named", "gender", "no-consent"),
        ("named", "languages", "no-consent"),
        ("silent", "", "no-consent"),
        ("gone", "", "no-consent"),
        ("talk", "place", "at-risk"),
        ("inner", "", "narrower-audience"),
        ("", "redirects", "names-withheld"),
    }


def test_those_who_keep_the_register_see_what_no_consent_speaks_of():
    assert places(REGISTER, REGISTER, "internal") == {
        ("named", "gender", "no-consent"),
        ("named", "languages", "no-consent"),
        ("silent", "", "no-consent"),
        ("gone", "", "no-consent"),
        ("", "redirects", "names-withheld"),
    }


def put_back(record_id, **fields):
    """The view of the public, with some fields of a record as somebody wrote them."""
    seen = view(REGISTER, "public", DAY).register
    return seen.with_replaced(attrs.evolve(seen[record_id], **fields))[0]


def claim(field, value="x"):
    return un.Claim(field=field, value=value, source=CITED[0])


def blank(field, reason=un.BlankReason.NONE):
    return un.Blank(field=field, reason=reason)


@pytest.mark.parametrize(
    ("record_id", "fields", "found"),
    [
        ("open", {"parent_id": "hidden"}, ("parent_id", "names-withheld")),
        ("open", {"parent_id": "old-silent"}, ("parent_id", "names-withheld")),
        ("open", {"claims": (claim("name", "silent"),)}, ("claims", "names-withheld")),
        ("open", {"claims": (claim("seat.address"),)}, ("claims", "internal")),
        ("open", {"claims": (claim("notes"),)}, ("claims", "internal")),
        ("open", {"claims": (claim("contacts"),)}, ("claims", "internal")),
        ("open", {"claims": (claim("nothing.at.all"),)}, ("claims", "internal")),
        ("open", {"claims": (claim("name.es"),)}, ("claims", "internal")),
        ("open", {"claims": (claim("name"),)}, None),
        ("open", {"blanks": (blank("notes"),)}, ("blanks", "internal")),
        ("open", {"blanks": (blank("notes", un.BlankReason.WITHHELD), blank("links"))}, None),
        ("shelter", {"claims": (claim("seat.country"),)}, ("claims", "internal")),
        ("shelter", {"seat": un.Place(country="XA", city="Town")}, ("seat", "at-risk")),
        ("shelter", {"seat": un.Place(country="XA")}, None),
        ("named", {"consents": (NAMED, OVER)}, ("consents", "internal")),
        ("named", {"consents": ()}, None),
        ("named", {"gender": "woman"}, ("gender", "no-consent")),
        ("study", {"text": un.Text(en="Words")}, None),
        ("study", {"consents": (attrs.evolve(GIVEN, given=un.PartialDate("2020")),)}, ("consents", "internal")),
        ("talk", {"place": un.Place(venue="House")}, ("place", "at-risk")),
    ],
)
def test_what_is_put_back_into_a_view_is_found(record_id, fields, found):
    assert places(REGISTER, put_back(record_id, **fields)) == ({(record_id, *found)} if found else set())


def test_what_is_remembered_is_never_shown():
    seen = view(REGISTER, "internal", DAY).register
    more = attrs.evolve(seen, erasures=(Erasure(record_id="silent", salt="00"),))
    assert places(REGISTER, more, "internal") == {("", "erasures", "internal")}


def test_of_one_contact_under_two_labels_each_rests_on_its_own_consents():
    reached = attrs.evolve(MAIL, label="Office", consents=(GIVEN,))
    for contacts in ((MAIL, reached), (reached, MAIL)):
        register = un.Register(organizations=(body("o", contacts=contacts),))
        assert places(register, view(register, "public", DAY).register) == set()
        leaked = un.Register(organizations=(body("o", contacts=(attrs.evolve(MAIL, consents=()),)),))
        assert places(register, leaked) == {
            ("o", "contacts.value", "no-consent"),
            ("o", "contacts.label", "no-consent"),
        }
    foreign = un.Register(organizations=(body("o", contacts=(attrs.evolve(MAIL, value="b@example.org", label=None),)),))
    assert ("o", "contacts.value", "no-consent") in places(register, foreign)


def test_a_record_under_another_id_is_looked_up_under_its_own():
    shy = person(consents=(NAMED,), id="ana-ejemplo-2", name="B. Other", gender="woman")
    register = un.Register(persons=(person(), shy))
    seen = view(register, "public", DAY)
    (shown,) = seen.register.persons
    assert seen.origins == {shown.id: "ana-ejemplo-2"}
    leaked = attrs.evolve(seen.register, persons=(attrs.evolve(shown, gender="woman"),))
    assert places(register, leaked, origins=seen.origins) == {(shown.id, "gender", "no-consent")}


# -- refusing ------------------------------------------------------------------------------------------------------------


def let_through(monkeypatch, module):
    monkeypatch.setattr(module, "view", lambda register, *_: View(register=register, redactions=()))


def test_a_publication_that_would_expose_somebody_is_not_written(monkeypatch, tmp_path):
    assert un.publishing
    let_through(monkeypatch, sys.modules["untoc_network.app.publishing.audience_publication"])
    out = tmp_path / "public"
    with pytest.raises(un.WouldExpose) as told:
        un.publishing.publish(REGISTER, out, audience="public", on=DAY, rules=un.RuleSet(rules=()))
    assert not out.exists()
    first, *_ = shown = told.value.places
    assert (first, len(shown)) == ("hidden (no-consent)", 16)
    listed = "; ".join(shown[:12])
    said = "nothing was handed out, because it holds what its audience may not see"
    assert str(told.value) == f"{said}: {listed}; and 4 more"
    assert str(un.WouldExpose(shown[:1])) == f"{said}: hidden (no-consent)"
    assert pickle.loads(pickle.dumps(told.value)).places == told.value.places


def test_the_command_writes_no_view_that_would_expose_somebody(monkeypatch, tmp_path, capsys):
    un.dump(REGISTER, tmp_path / "r.json")
    let_through(monkeypatch, queries.privacy)
    out = tmp_path / "out.json"
    code = cli.main(["view", str(tmp_path / "r.json"), "--audience", "public", "--on", DAY, "-o", str(out)])
    assert code == 2
    assert not out.exists()
    assert "nothing was handed out" in capsys.readouterr().err
