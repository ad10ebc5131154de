"""All that is held of one person, with every place and value."""

import pytest

import untoc_network as un
from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.i18n.language_words import words_in
from untoc_network.model.remembered_lists_and_erasures import DistinctPair, RememberedList, RememberedRow
from untoc_network.privacy import HeldAs, holdings
from untoc_network.reports.holdings import render_holdings, render_holdings_html

ANA = un.Person(
    id="p1",
    name="Ana Ejemplo",
    other_names=("Anita",),
    posts=(un.Post(key="chair", title=un.Text(es="Presidenta"), organization_id="o"),),
    contacts=(un.Contact(kind=un.ContactKind.PHONE, value="+507 6000 6000"),),
)
HOUSE = un.Organization(
    id="o",
    name=un.Text(en="House"),
    kind=un.OrganizationKind.NGO,
    contacts=(un.Contact(kind=un.ContactKind.PHONE, value="6000-6000", label="mobile"),),
    notes=(un.Note(text="nothing"), un.Note(text="ask Ejemplo, Ana"), un.Note(text="Ejemplo <knows>")),
)
SAID = un.Statement(id="s1", event_id="e", speaker_id="old-p", speaking_as=("chair",), summary=un.Text(en="Yes"))
REGISTER = un.Register(
    persons=(ANA, un.Person(id="p2", name="Rosa Muestra")),
    organizations=(HOUSE,),
    statements=(SAID,),
    redirects=(un.Redirect(old_id="old-p", new_id="p1"),),
    distinct=(DistinctPair(one_id="p1", other_id="p2"),),
    lists=(RememberedList(name="office", salt="x"),),
    list_rows=(RememberedRow(list_name="office", key="k", record_id="p1", said=("name:ab",)),),
)
BEFORE = un.Register(persons=(un.Person(id="old-p", name="A. Ejemplo Prueba"),))


def told(how, **more):
    found = holdings(REGISTER, "old-p", **more).held
    return [(one.where, one.record_id, one.path, one.value) for one in found if one.how is how]


def test_everything_is_told_with_its_place_and_value():
    assert told(HeldAs.OWN) == [
        ("", "p1", "id", "p1"),
        ("", "p1", "name", "Ana Ejemplo"),
        ("", "p1", "other_names[0]", "Anita"),
        ("", "p1", "posts[0].key", "chair"),
        ("", "p1", "posts[0].title.es", "Presidenta"),
        ("", "p1", "posts[0].organization_id", "o"),
        ("", "p1", "contacts[0].kind", "phone"),
        ("", "p1", "contacts[0].value", "+507 6000 6000"),
    ]
    assert told(HeldAs.REFERENCE) == [
        ("", "s1", "speaker_id", "old-p"),
        ("", "", "redirects[0].old_id", "old-p"),
        ("", "", "redirects[0].new_id", "p1"),
    ]
    assert told(HeldAs.MENTION) == [
        ("", "o", "notes[1].text", "ask Ejemplo, Ana"),
        ("", "o", "contacts[0].value", "6000-6000"),
        ("", "o", "contacts[0].label", "mobile"),
    ]
    assert told(HeldAs.DOUBT) == [("", "o", "notes[2].text", "Ejemplo <knows>")]
    assert told(HeldAs.MEMORY) == [
        ("", "", "distinct[0].one_id", "p1"),
        ("", "", "list_rows[0].record_id", "p1"),
    ]


def test_what_is_kept_beside_is_looked_into_too():
    assert ("undo", "old-p", "name", "A. Ejemplo Prueba") in told(HeldAs.OWN, beside={"undo": BEFORE})


def test_a_representation_holds_no_value():
    assert "jemplo" not in repr(holdings(REGISTER, "p1"))


def test_only_of_persons():
    for unknown in ("o", "nobody"):
        with pytest.raises(UnknownRecord, match="no person has this id"):
            holdings(REGISTER, unknown)


def test_the_answer_as_lines_and_as_a_page():
    held = holdings(REGISTER, "p1", beside={"undo": BEFORE})
    lines = [*render_holdings(held)]
    assert "  undo old-p name: A. Ejemplo Prueba" in lines
    assert "What is remembered of lists and decisions:" in lines
    assert "    Ejemplo" in render_holdings(held, width=20)
    spanish = [*render_holdings(held, words=next(words_in("es")))]
    assert "  undo old-p Nombre: A. Ejemplo Prueba" in spanish
    page = "".join(render_holdings_html(held))
    assert "<dt>o notes[2].text</dt>\n<dd>Ejemplo &lt;knows&gt;</dd>" in page
    assert held.to_dict()["held"][0] == {"where": "", "record_id": "p1", "path": "id", "how": "own", "value": "p1"}
