"""What is personal stands in no repr: contacts, consents, places, sources."""

import pytest

from untoc_network.model.source import Source, SourceKind
from untoc_network.values.consent_and_contact import Audience, Consent, ConsentBasis, Contact, ContactKind, Purpose
from untoc_network.values.multilingual_text import Alias, AliasKind, Note, Text
from untoc_network.values.place_and_link import Link, LinkKind, Place
from untoc_network.values.sources_and_claims import Blank, BlankReason, Citation, Claim

AGREED = Consent(purpose=Purpose.CONTACT, audience=Audience.MEMBERS, basis=ConsentBasis.FORM)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (
            Contact(kind=ContactKind.EMAIL, value="a@example.org", label="A. Example"),
            "Contact(kind=<ContactKind.EMAIL: 'email'>, consents=())",
        ),
        (
            Place(country="XA", city="Town", address="1 Example Street"),
            "Place(country='XA', city='Town', venue=None)",
        ),
        (
            Link(kind=LinkKind.VIDEO, url="https://example.org"),
            "Link(kind=<LinkKind.VIDEO: 'video'>, url='https://example.org', title=None, language=None)",
        ),
    ],
)
def test_repr_shows_what_anyone_may_see(value, text):
    assert repr(value) == text


def test_values_compare_and_hash_by_what_they_hold():
    source = Source(id="note", title=Text(en="Note"), kind=SourceKind.PRESS_NOTE)
    cited = Citation(source_id="note")
    values = [
        AGREED,
        source,
        cited,
        Claim(field="name", value="x", source=cited),
        Blank(field="founded", reason=BlankReason.UNKNOWN),
        Alias(name="N", kind=AliasKind.ACRONYM),
        Note(text="Remark"),
    ]
    assert len(set(values)) == len(values)
    assert cited.certainty == "seen"
    assert not values[3].chosen
