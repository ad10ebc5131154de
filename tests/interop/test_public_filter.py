"""What leaves: deny by default, in every form."""

import attrs
import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
from untoc_network.interop import public_filter as projection
from untoc_network.privacy.redactions import View
from untoc_network.testing import model_strategies
from untoc_network.values.fields import Sensitivity, fields_of, nested_class

from .conftest import CANARIES, ON, consent

DAY = un.PartialDate(ON)


def test_persons_leave_with_a_consent_that_holds_alone(register):
    part, _ = un.exchange.filter_public(register, DAY)
    assert [(one.id, one.name, one.other_names, one.gender, one.contacts) for one in part.persons] == [
        ("agreed", "A. Agreed", (), None, ())
    ]


def test_what_leads_to_a_hidden_record_is_left_out_and_redirects_are_followed(register):
    part, _ = un.exchange.filter_public(register, DAY)
    assert [(one.id, one.organization_id) for one in part.memberships] == [("m-1", "xa-ngo"), ("m-3", "xa-body")]
    assert [role.stakeholder_id for role in part["timed"].roles] == ["xa-ngo", "agreed"]
    assert part["xa-net"].coordinator_ids == ()
    assert part.contributions == ()
    assert part.redirects == ()
    assert [link.url for link in part["xa-ngo"].links] == ["https://example.org/"]


def test_what_was_left_out_is_told_with_its_place(register):
    _, told = un.exchange.filter_public(register, DAY)
    assert sorted((one.code, one.pointer, one.message) for one in told) == [
        ("EX001", "/contributions", "1 record of 'contributions' left out as not public"),
        ("EX001", "/memberships", "1 record of 'memberships' left out as not public"),
        ("EX001", "/organizations", "1 record of 'organizations' left out as not public"),
        ("EX001", "/persons", "4 records of 'persons' left out as not public"),
        ("PR006", "/events/0/page", "the public address leads into an online meeting"),
        ("PR006", "/organizations/1/links/1/url", "the public address leads into an online meeting"),
    ]


@pytest.mark.parametrize("form", un.exchange.FORMS)
@pytest.mark.parametrize("view", un.exchange.GraphView)
def test_no_canary_is_in_any_export(register, form, view):
    data = un.exchange.export(register, form, on=ON, view=view).data.decode()
    assert [name for name, value in CANARIES.items() if value in data] == []


@pytest.mark.parametrize("form", un.exchange.FORMS)
def test_nothing_is_written_where_the_view_lets_everything_through(register, form, monkeypatch, tmp_path):
    monkeypatch.setattr(projection, "view", lambda whole, audience, on: View(register=whole, redactions=()))
    there = tmp_path / "out"
    with pytest.raises(un.WouldExpose) as told:
        un.exchange.write(register, there, form=form, on=ON)
    assert not there.exists()
    assert [name for name, value in CANARIES.items() if value in str(told.value)] == []


def test_a_body_at_risk_that_agreed_leaves_without_its_door(register):
    agreed = attrs.evolve(
        register["xa-shelter"], consents=(consent(),), seat=un.Place(country="XA", city="Hidden Town")
    )
    part, _ = un.exchange.filter_public(register.with_replaced(agreed)[0], DAY)
    assert (part["xa-shelter"].seat, part["xa-shelter"].at_risk) == (un.Place(country="XA"), False)


def test_what_consists_of_a_person_who_agreed_to_be_named_alone_stays_with_them():
    named = attrs.evolve(consent(), purpose=un.Purpose.ATTRIBUTION)
    register = un.Register(
        persons=(un.Person(id="member-1", name="A. Example", consents=(named,)),),
        organizations=(un.Organization(id="donor", name=un.Text(en="Donor"), kind=un.OrganizationKind.FOUNDATION),),
        fundings=(
            un.Funding(id="grant", donor_id="donor", target_id="member-1"),
            un.Funding(id="grant-of-grant", donor_id="donor", target_id="grant"),
        ),
    )
    assert len(un.privacy.view(register, "public", ON).register) == 4
    assert [one.id for one in un.exchange.filter_public(register, DAY)[0]] == ["donor"]


def hidden_values(held):
    """The places that hold something in a field which is not public, at any depth."""
    for shape in fields_of(held.__class__):
        value = getattr(held, shape.name)
        if shape.sensitivity is not Sensitivity.PUBLIC:
            if value not in (None, (), False) and not (isinstance(held, un.Person) and shape.name == "name"):
                yield type(held).__name__, shape.name
        elif nested_class(shape) is not None and value is not None:
            for inner in value if shape.many else (value,):
                yield from hidden_values(inner)


@tries(8)
@given(model_strategies.registers())
def test_nothing_that_is_not_public_is_left_and_nothing_leads_nowhere(register):
    part, _ = un.exchange.filter_public(register, DAY)
    assert [place for record in part for place in hidden_values(record)] == []
    assert [one for one in part.references if one.target not in part.by_id] == []
    assert un.exchange.filter_public(attrs.evolve(part, persons=()), DAY)[0].organizations == part.organizations


_UNSAFE = [
    "javascript:alert(1)", "JavaScript:alert(1)", "JAVASCRIPT:alert(1)", "javascript://example.org/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>", "DATA:text/html;base64,PHNjcmlwdD4=", "file:///etc/passwd",
    "file://server/share", "vbscript:msgbox(1)", "blob:https://example.org/x", "about:blank", "ftp://example.org/",
    "ms-word:ofe|u|https://example.org/a.docx", "smb://server/share", "ssh://example.org", "chrome://settings",
    "view-source:https://example.org", "jar:https://example.org!/x", "intent://x#Intent;end", "//example.org/x",
    "www.example.org", "example.org", "\\\\server\\share", "httpx://example.org", "%6aavascript:alert(1)", "x",
    "\u200bjavascript:alert(1)", "\ufeffhttps://example.org",
]  # fmt: skip
_SAFE = ["https://example.org/", "http://example.org/", "HTTPS://example.org/", "tel:+5712345"]


def _linked(url):
    source = un.Source(id="page", title=un.Text(en="Page"), kind=un.SourceKind.WEB_PAGE, url=url)
    body = un.Organization(
        id="a",
        name=un.Text(en="A"),
        kind=un.OrganizationKind.NGO,
        links=(
            un.Link(kind=un.LinkKind.WEBSITE, url=url),
            un.Link(kind=un.LinkKind.WEBSITE, url="https://b.example.org"),
        ),
    )
    return un.Register(organizations=(body,), sources=(source,))


@pytest.mark.parametrize("url", _UNSAFE)
def test_an_address_that_is_none_of_web_mail_or_telephone_stays_behind_and_is_told(url):
    part, told = un.exchange.filter_public(_linked(url), DAY)
    assert (part["page"].url, [one.url for one in part["a"].links]) == (None, ["https://b.example.org"])
    assert [(one.code, one.pointer) for one in told] == [
        ("EX007", "/organizations/0/links/0/url"),
        ("EX007", "/sources/0/url"),
    ]
    for form in un.exchange.FORMS:
        exported = un.exchange.export(_linked(url), form, on=ON)
        assert url.lower() not in exported.data.decode().lower() or len(url) < 12
        assert "EX007" in {one.code for one in exported.report}


@pytest.mark.parametrize("url", _SAFE)
def test_an_address_of_the_web_or_a_telephone_leaves(url):
    part, told = un.exchange.filter_public(_linked(url), DAY)
    assert (part["page"].url, [one.url for one in part["a"].links]) == (url, [url, "https://b.example.org"])
    assert told == ()
    assert not [
        one for one in un.exchange.filter_public(_linked("mailto:a@example.org"), DAY)[1] if one.code == "EX007"
    ]
