"""The list comes again: it undoes nothing that people decided, and takes what it says anew."""

import itertools

import attrs
import pytest

import untoc_network as un
from untoc_network.serializers.member_lists.sheet_reading import CellPlace

PUBLIC, MEMBERS, INTERNAL = un.Audience
YES = "Name;Consent to publish;Consent scope;Consent basis;Consent date;Consent until\n"


def bring(text, existing=None, *, file="members.csv", accept=False, **settings):
    mapping = un.member_lists.SheetMapping(**settings)
    return un.import_bytes(text.encode(), file=file, mapping=mapping, existing=existing, accept_consents=accept)


def told(found, *, but=("IM017",)):
    return [f"{one.code} {one.message}" for one in found.report if one.code not in but]


def codes(found):
    return sorted(one.code for one in found.report if one.code != "IM017")


def changed(register, record_id, **fields):
    return register.with_replaced(attrs.evolve(register[record_id], **fields))[0]


def email(value, **more):
    return un.Contact(kind=un.ContactKind.EMAIL, value=value, **more)


def assert_nothing_changes(text, register, **more):
    again = bring(text, register, **more)
    assert (again.changes, again.edits) == ((), ())
    assert un.dumps(again.register) == un.dumps(register)
    return again


# -- consents ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "decided",
    [
        {"withdrawn": "2025-01-01"},
        {"expires": "2024-06-30"},
        {"audience": MEMBERS},
        {"audience": INTERNAL},
        {"given": "2024-05-01"},
        {"basis": un.ConsentBasis.ORAL},
    ],
)
def test_a_consent_that_somebody_changed_stays_as_it_is(decided):
    text = f"{YES}Casa;yes;public;form;2024-03-01;2026-01-01\n"
    first = bring(text).register
    dates = {name: un.PartialDate(value) if isinstance(value, str) and "-" in value else value for name, value in decided.items()}  # fmt: skip
    consent = attrs.evolve(first["casa"].consents[0], **dates)
    tended = changed(first, "casa", consents=(consent,))
    again = bring(text, tended)
    assert again.register["casa"].consents == (consent,)
    assert codes(again) == ["IM032"]
    newer = bring(text.replace("2024-03-01", "2027-03-01").replace("2026-01-01", "2029-01-01"), tended)
    assert newer.register["casa"].consents == (consent,)
    assert codes(newer) == ["IM034"]
    assert told(newer) == [
        "IM034 B2: the list states a consent of 'casa' to publication; it is not in force, since another answer to this is recorded already, or a risk that the list does not name"
    ]
    assert [(cell.place, cell.what) for cell in newer.cells if (cell.row, cell.column) == (2, 2)] == [
        (CellPlace.FINDING, "IM034")
    ]


def test_a_consent_of_another_purpose_is_taken_and_whom_it_shows_is_named():
    first = bring(f"{YES}Casa;yes;public;form;2024-03-01;\n").register
    header = "Name;Consent to publish;Consent to contact;Consent scope;Consent basis;Consent date\n"
    again = bring(f"{header}Casa;yes;yes;public;form;2024-03-01\n", first)
    assert [one.purpose.value for one in again.register["casa"].consents] == ["publication", "contact"]
    assert told(again) == [
        "IM035 C2: the consent to contact on the list allows 'casa' to be shown to the audience 'public'"
    ]
    assert [(one.field, one.what, one.reason) for one in again.edits] == [("consents.contact", "added", "new-in-list")]


def test_a_narrower_consent_is_taken_and_a_wider_one_is_not():
    wide = f"{YES}Casa;yes;public;form;2024-03-01;2026-01-01\n"
    narrow = f"{YES}Casa;yes;members;form;2024-03-01;2025-01-01\n"
    first = bring(wide).register
    again = bring(narrow, first)
    assert [(one.audience, one.expires) for one in again.register["casa"].consents] == [(MEMBERS, "2025-01-01")]
    assert codes(again) == []
    assert codes(bring(wide, again.register)) == ["IM034"]
    assert bring(wide, again.register).register["casa"] == again.register["casa"]


@pytest.mark.parametrize("cells", ["no;;;;", "no;public;form;2024-03-01;", "no;public;;;"])
def test_a_body_that_refuses_publication_is_shown_to_nobody_outside_and_no_later_list_shows_it(cells):
    no, yes = f"{YES}Casa;{cells}\n", f"{YES}Casa;yes;public;form;2024-03-01;\n"
    first = bring(no).register
    assert (first["casa"].consents, first["casa"].declined) == ((), ("publication",))
    assert ("Consent to publish", "no") in [(note.heading, note.text) for note in first["casa"].notes]
    for audience in (PUBLIC, MEMBERS):
        assert "casa" not in un.privacy.view(first, audience, on="2026-01-01").register
    assert "casa" in un.privacy.view(first, INTERNAL, on="2026-01-01").register
    assert_nothing_changes(no, first)
    for later in (bring(yes, first), bring(f"{YES}Casa;;;;;\n", first), bring("Name;Country\nCasa;XA\n", first)):
        assert (later.register["casa"].consents, later.register["casa"].declined) == ((), ("publication",))
    assert "IM034" in codes(bring(yes, first))


def test_a_refusal_is_noted_of_a_body_that_is_known_and_narrows_what_the_list_gave():
    bare = bring("Name;Country\nCasa;XA\n").register
    no = f"{YES}Casa;no;;;;\n"
    assert bring(no, bare).register["casa"].declined == ("publication",)
    given = bring(f"{YES}Casa;yes;public;form;2024-03-01;\n").register
    gone = bring(no, given)
    assert [one.audience for one in gone.register["casa"].consents] == [INTERNAL]
    assert gone.register["casa"].declined == ("publication",)
    assert "IM036" in codes(gone)
    assert_nothing_changes(no, gone.register)


@pytest.mark.parametrize("doubt", ["pending", "todavía no", "não sei", "yes, but ask first", "?"])
def test_who_gave_no_clear_answer_is_shown_to_nobody_outside_until_a_list_says_yes(doubt):
    asked, yes = f"{YES}Casa;{doubt};public;form;;\n", f"{YES}Casa;yes;public;form;2024-03-01;\n"
    first = bring(asked)
    body = first.register["casa"]
    assert (body.consents, body.declined, body.undecided) == ((), (), ("publication",))
    assert (body.notes[0].heading, body.notes[0].text) == ("Consent to publish", doubt)
    hint = "write yes or no; until then the organization is shown only to those who keep the register"
    assert [one.hint for one in first.report if one.code == "IM008" and one.location.column == 2] == [hint]
    assert "casa" not in un.privacy.view(first.register, MEMBERS, on="2026-01-01").register
    assert_nothing_changes(asked, first.register)
    for silent in ("Name;Country\nCasa;XA\n", f"{YES}Casa;;;;;\n", "Name;At risk;Consent to publish\nCasa;no;\n"):
        assert bring(silent, first.register).register["casa"].undecided == ("publication",)
    agreed = bring(yes, first.register).register
    assert (agreed["casa"].undecided, agreed["casa"].declined) == ((), ())
    assert "casa" in un.privacy.view(agreed, PUBLIC, on="2026-01-01").register
    refused = bring(f"{YES}Casa;no;;;;\n", first.register).register["casa"]
    assert (refused.undecided, refused.declined) == ((), ("publication",))


def test_whether_a_body_is_at_risk_withholds_it_while_the_answer_is_not_clear():
    asked = "Name;At risk;Consent to publish;Consent scope;Consent basis\nCasa;not sure;;;\nAldea;no;;;\n"
    first = bring(asked).register
    assert [(one.id, one.at_risk, one.undecided) for one in first.organizations] == [
        ("aldea", False, ()),
        ("casa", False, ("publication",)),
    ]
    for silent in ("Casa;no;;;", "Casa;;;;"):  # no list takes back that a body is at risk, nor that it may be
        assert bring(asked.replace("Casa;not sure;;;", silent), first).register["casa"].undecided == ("publication",)
    agreed = bring(asked.replace("Casa;not sure;;;", "Casa;no;yes;public;form"), first).register
    assert agreed["casa"].undecided == ()


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        (("yes", "no"), (("publication",), ())),
        (("no", "yes"), (("publication",), ())),
        (("yes", "pending"), ((), ("publication",))),
        (("pending", "yes"), ((), ("publication",))),
        (("pending", "no"), (("publication",), ())),
    ],
)
def test_of_two_answers_that_which_shows_less_stands_wherever_it_is(answers, held):
    one, other = answers
    header = "Name;Consent to publish;Publish;Consent scope;Consent basis"
    imported = bring(f"{header}\nCasa;{one};{other};public;form\n")
    (body,) = imported.register.organizations
    assert (body.consents, (body.declined, body.undecided)) == ((), held)
    assert "IM011" in codes(imported)
    (body,) = bring(f"Name;At risk;En riesgo\nCasa;{one};{other}\n").register.organizations
    assert (body.at_risk, body.undecided) == ("yes" in answers, () if "yes" in answers else ("publication",))


def test_who_declined_and_agreed_since_is_shown():
    first = bring(f"{YES}Casa;no;;;;\n").register
    agreed = un.Consent(purpose="publication", audience="public", basis="form", given="2025-01-01")
    tended = changed(first, "casa", consents=(agreed,))
    assert "casa" in un.privacy.view(tended, PUBLIC, on="2026-01-01").register


@pytest.mark.parametrize("cell", ["", "no"])
def test_a_yes_that_is_gone_holds_before_nobody_and_no_later_yes_brings_it_back(cell):
    yes = f"{YES}Casa;yes;public;form;2024-03-01;\n"
    first = bring(yes).register
    gone = bring(f"{YES}Casa;{cell};;;;\n", first)
    assert [one.audience for one in gone.register["casa"].consents] == [INTERNAL]
    assert "IM036" in codes(gone)
    for audience in (PUBLIC, MEMBERS):
        assert "casa" not in un.privacy.view(gone.register, audience, on="2026-01-01").register
    back = bring(yes, gone.register)
    assert [one.audience for one in back.register["casa"].consents] == [INTERNAL]
    assert "IM034" in codes(back)
    assert_nothing_changes(yes, back.register)


def test_a_list_without_the_column_says_nothing_of_consents():
    first = bring(f"{YES}Casa;yes;public;form;2024-03-01;\n").register
    again = bring("Name;Country\nCasa;\n", first)
    assert again.register["casa"] == first["casa"]
    assert codes(again) == []


def test_a_consent_that_is_accepted_stands_beside_the_one_that_was_withdrawn():
    text = f"{YES}Casa;yes;public;form;2024-03-01;\n"
    first = bring(text).register
    withdrawn = attrs.evolve(first["casa"].consents[0], withdrawn=un.PartialDate("2025-01-01"))
    tended = changed(first, "casa", consents=(withdrawn,))
    later = text.replace("2024-03-01", "2025-06-01")
    accepted = bring(later, tended, accept=True)
    assert [(one.given, one.withdrawn) for one in accepted.register["casa"].consents] == [
        ("2024-03-01", "2025-01-01"),
        ("2025-06-01", None),
    ]
    assert [one.reason for one in accepted.edits] == ["accepted"]
    assert codes(accepted) == ["IM035"]
    assert_nothing_changes(later, accepted.register)


def test_the_consent_of_a_body_reaches_its_contacts_and_not_its_persons():
    text = "Name;Email;Contact;Contact email;Consent to publish;Consent scope;Consent basis\nCasa;a@example.org;P Uno;p@example.org;yes;public;form\n"
    register = bring(text).register
    assert [one.purpose for one in register["casa"].contacts[0].consents] == [un.Purpose.PUBLICATION]
    person = register["casa-contact-1"]
    assert (person.consents, person.contacts[0].consents) == ((), ())


def test_a_new_address_of_a_body_that_withdrew_is_shown_to_nobody():
    text = "Name;Email;Consent to publish;Consent scope;Consent basis\nCasa;{};yes;public;form\n"
    first = bring(text.format("a@example.org")).register
    day = un.PartialDate("2025-01-01")
    casa = first["casa"]
    over = tuple(attrs.evolve(one, withdrawn=day) for one in casa.consents)
    tended = changed(first, "casa", consents=over)
    again = bring(text.format("a@example.org, b@example.org"), tended).register["casa"]
    assert again.consents == over
    assert [(one.value, one.consents) for one in again.contacts][1:] == [("b@example.org", ())]
    kept = bring(text.format("a@example.org, b@example.org"), first).register["casa"]
    assert [one.consents for one in kept.contacts] == [casa.consents, casa.consents]


def test_a_purpose_of_which_a_contact_alone_speaks_is_spoken_of():
    text = "Name;Email;Consent to publish;Consent scope;Consent basis\nCasa;a@example.org;{};public;form\n"
    first = bring(text.format("")).register
    over = un.Consent(purpose=un.Purpose.PUBLICATION, audience=PUBLIC, basis=un.ConsentBasis.FORM, withdrawn=un.PartialDate("2025"))  # fmt: skip
    tended = changed(first, "casa", contacts=(email("a@example.org", consents=(over,)),))
    again = bring(text.format("yes"), tended)
    assert (again.register["casa"].consents, again.register["casa"].contacts) == ((), tended["casa"].contacts)
    assert "IM034" in codes(again)
    accepted = bring(text.format("yes"), tended, accept=True).register["casa"]
    assert [one.withdrawn for one in accepted.contacts[0].consents] == ["2025", None]


def test_what_another_list_ever_gave_is_not_given_by_this_one():
    yes = f"{YES}Casa;yes;public;form;2024-03-01;\n"
    first = bring(yes, file="one.csv").register
    bare = changed(first, "casa", consents=())
    again = bring(yes, bare, file="two.csv")
    assert again.register["casa"].consents == ()
    assert codes(again) == ["IM034", "IM041"]


def test_a_contact_person_consents_for_themself_where_one_is_named():
    columns = {
        "Name": "name",
        "Who": "person.name",
        "Mail": "person.email",
        "May": "person.consent.publication",
        "Scope": "person.consent.audience",
        "How": "person.consent.basis",
    }
    head = "Name;Who;Mail;May;Scope;How\n"
    register = bring(f"{head}Casa;P Uno;p@example.org;yes;members;form\n", columns=columns).register
    assert [(one.purpose.value, one.audience) for one in register["casa-contact-1"].consents] == [
        ("publication", MEMBERS)
    ]
    assert register["casa"].consents == ()
    several = bring(f"{head}Casa;P Uno/Q Dos;;yes;members;form\n", columns=columns)
    assert [one.consents for one in several.register.persons] == [(), ()]
    assert [note.heading for note in several.register["casa"].notes] == ["May", "Scope", "How"]


# -- whose row it is ---------------------------------------------------------------------------------------------------

TWINS = ["Casa;XA;a@example.org", "Casa;XB;b@example.org", "Casa;XA;c@example.org", "Casa;;"]


@pytest.mark.parametrize("rows", list(itertools.permutations(TWINS)))
def test_the_order_of_rows_changes_nothing(rows):
    head = "Name;Country;Email\n"
    first = bring(head + "\n".join(TWINS)).register
    again = bring(head + "\n".join(rows), first)
    assert (again.register, again.changes) == (first, ())
    assert un.dumps(bring(head + "\n".join(rows)).register).count(b"casa") == un.dumps(first).count(b"casa")
    assert bring(head + "\n".join(rows)).register.organizations == first.organizations


def test_a_body_of_another_country_is_another_body():
    first = bring("Name;Country\nCasa;XA\n").register
    again = bring("Name;Country\nCasa;XB\n", first)
    assert [(one.id, one.seat.country) for one in again.register.organizations] == [("casa", "XA"), ("casa-xb", "XB")]
    assert again.missing_from_list == ("casa",)


def test_a_name_without_a_country_is_that_of_the_one_body_that_has_it():
    body = un.Organization(id="refuge", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO)
    found = bring("Name;Country\nCASA;XA\n", un.Register(organizations=(body,)))
    assert [one.id for one in found.register.organizations] == ["refuge"]
    assert found.register["refuge"].seat.country == "XA"


def test_of_two_that_it_may_be_it_is_neither_and_that_is_told():
    bodies = tuple(un.Organization(id=name, name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO) for name in ("r1", "r2"))  # fmt: skip
    found = bring("Name\nCasa\n", un.Register(organizations=bodies))
    assert [one.id for one in found.register.organizations] == ["casa", "r1", "r2"]
    assert told(found) == [
        "IM040 A2: the entry may be about 'r1', 'r2'; because that is not certain, it becomes a new record, 'casa'"
    ]
    one = un.Register(organizations=bodies[:1])
    both = bring("Name\nCasa\nCasa\n", one)
    assert [one.id for one in both.register.organizations] == ["casa", "casa-2", "r1"]
    assert codes(both) == ["IM010", "IM040", "IM040"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Email", "info@refugio.example.org"),
        ("Website", "https://www.refugio.example.org/es"),
        ("Website", "https://www.facebook.com/refugio"),
        ("Identifier", "https://ror.org/05a28rw58"),
    ],
)
def test_a_body_with_another_name_is_known_by_what_only_it_has(header, cell):
    first = bring(f"Name;Country;{header}\nRefugio Casa Abierta;XA;{cell}\n").register
    again = bring(f"Name;Country;{header}\nCasa Abierta;XA;{cell}\n", first)
    assert [one.id for one in again.register.organizations] == ["refugio-casa-abierta"]
    assert str(again.register["refugio-casa-abierta"].name) == "Casa Abierta"
    assert again.missing_from_list == ()
    other = bring(f"Name;Country;{header}\nMesa Verde;XA;{cell}\n", first)
    assert "mesa-verde" in other.register
    assert "IM040" in codes(other)
    abroad = bring(f"Name;Country;{header}\nRefugio Casa Abierta;XB;{cell}\n", first)
    assert len(abroad.register.organizations) == 2


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Email", "refugio@gmail.com"),
        ("Email", "refugio@yahoo.com.ar"),
        ("Website", "https://facebook.com"),
        ("Website", "https://un.org/"),
    ],
)
def test_what_anyone_may_have_tells_nothing(header, cell):
    first = bring(f"Name;{header}\nRefugio Casa Abierta;{cell}\n").register
    again = bring(f"Name;{header}\nCasa Abierta;{cell}\n", first)
    assert [one.id for one in again.register.organizations] == ["casa-abierta", "refugio-casa-abierta"]


def test_the_key_of_the_list_goes_before_all_else():
    columns = {"Nr": "key", "Name": "name", "Country": "country"}
    first = bring("Nr;Name;Country\n7;Casa;XA\n8;Mesa;XA\n", columns=columns).register
    again = bring("Nr;Name;Country\n8;Casa;XB\n7;Verde;XA\n", first, columns=columns)
    assert {one.id: str(one.name) for one in again.register.organizations} == {"casa": "Verde", "mesa": "Casa"}
    assert again.register["casa"].notes == (un.Note(text="7", heading="Nr"),)


def test_a_key_that_rows_of_two_names_have_is_no_key():
    columns = {"Nr": "key", "Name": "name"}
    found = bring("Nr;Name\n7;Casa\n7;Mesa\n", columns=columns)
    assert [one.id for one in found.register.organizations] == ["casa", "mesa"]
    assert told(found)[0] == (
        "IM043 A2: rows with different names have the same key; they are recognized by their names instead"
    )


def test_the_id_of_a_record_is_one_only_where_the_mapping_says_so():
    body = un.Organization(id="refuge", name=un.Text(es="Refugio"), kind=un.OrganizationKind.NGO)
    existing = un.Register(organizations=(body,), redirects=(un.Redirect(old_id="old", new_id="refuge"),))
    columns = {"ID": "id", "Name": "name"}
    found = bring("ID;Name\nold;Casa\nnew-one;Mesa\nNot an id;Sol\n", existing, columns=columns)
    assert [one.id for one in found.register.organizations] == ["new-one", "refuge", "sol"]
    assert codes(found) == ["IM008", "IM033"]
    assert dict(found.register["refuge"].name) == {"es": "Refugio"}


def test_a_merged_record_is_where_its_row_goes():
    text = "Name;Country\nRefugio Ñandú;XA\nRefujio Nandu;XA\n"
    first = bring(text).register
    merged = un.matching.merge_records(first, "refugio-nandu", "refujio-nandu").register
    again = assert_nothing_changes(text, merged)
    assert again.missing_from_list == ()
    assert codes(again) == []
    changes = bring("Name;Country;City\nRefugio Ñandú;XA;\nRefujio Nandu;XA;Puerto\n", merged).register
    assert changes["refugio-nandu"].seat.city == "Puerto"


def test_what_somebody_took_out_stays_out_with_all_that_hangs_on_it():
    text = "Name;Contact;Contact email;Member since\nCasa;P Uno;p@example.org;2001\nMesa;;;2002\n"
    network = un.Register(networks=(un.Network(id="n", name=un.Text(en="N"), kind=un.NetworkKind.REGIONAL),))
    first = bring(text, network, network="n").register
    left, _ = first.without("casa", "casa-contact-1", "casa-in-n")
    again = bring(text, left, network="n")
    assert again.register == left
    assert told(again)[0] == (
        "IM039 A2: 'casa' was removed from the register and is still on the list; the entry is not imported"
    )
    assert {cell.place for cell in again.cells if cell.row == 2} == {CellPlace.FINDING}
    assert_nothing_changes(text, again.register, network="n")
    person, _ = first.without("casa-contact-1")
    assert bring(text, person, network="n").register.persons == ()
    membership, _ = first.without("casa-in-n")
    assert [one.id for one in bring(text, membership, network="n").register.memberships] == ["mesa-in-n"]


def test_a_person_who_takes_the_place_of_another_is_another_person():
    head = "Name;Contact;Contact email\n"
    first = bring(f"{head}Casa;Ana Ejemplo;ana@example.org\n").register
    consent = un.Consent(purpose=un.Purpose.PUBLICATION, audience=PUBLIC, basis=un.ConsentBasis.FORM)
    tended = changed(first, "casa-contact-1", consents=(consent,))
    again = bring(f"{head}Casa;Luis Otro;luis@example.org\n", tended)
    assert {one.id: (one.name, len(one.consents)) for one in again.register.persons} == {
        "casa-contact-1": ("Ana Ejemplo", 1),
        "casa-contact-2": ("Luis Otro", 0),
    }
    assert again.missing_from_list == ("casa-contact-1",)
    same_address = bring(f"{head}Casa;Luis Otro;ana@example.org\n", tended)
    assert len(same_address.register.persons) == 2
    fuller = bring(f"{head}Casa;Ana María Ejemplo;ana@example.org\n", tended)
    assert {one.id: one.name for one in fuller.register.persons} == {"casa-contact-1": "Ana María Ejemplo"}


def test_persons_named_in_another_order_stay_who_they_are():
    head = "Name;Contact\n"
    first = bring(f"{head}Casa;Ana Ejemplo / Luis Otro\n").register
    assert_nothing_changes(f"{head}Casa;Luis Otro / Ana Ejemplo\n", first)


# -- what people added and changed -------------------------------------------------------------------------------------


def test_the_same_list_keeps_what_was_added_by_hand():
    text = "Name;Country;Email;Languages\nCasa;XA;a@example.org;es\n"
    first = bring(text).register
    first = attrs.evolve(first, sources=(*first.sources, un.Source(id="web", title=un.Text(en="Web"), kind=un.SourceKind.DOCUMENT)))  # fmt: skip
    casa = first["casa"]
    tended = changed(
        first,
        "casa",
        kind=un.OrganizationKind.NGO,
        name=un.Text({"und": "Casa", "en": "House"}),
        seat=un.Place(country="XA", city="Town"),
        contacts=(attrs.evolve(casa.contacts[0], label="office"), email("b@example.org")),
        languages=("es", "en"),
        sources=(*casa.sources, un.Citation(source_id="web")),
        notes=(un.Note(text="by hand", heading="History"),),
    )
    assert codes(assert_nothing_changes(text, tended)) == []


LISTS = {
    "Email": ("contacts", email),
    "Website": ("links", lambda value: un.Link(kind=un.LinkKind.WEBSITE, url=value)),
    "Acronym": ("aliases", lambda value: un.Alias(name=value, kind=un.AliasKind.ACRONYM)),
    "Identifier": ("identifiers", lambda value: un.Identifier(scheme=un.IdentifierScheme.WIKIDATA, value=value)),
    "Themes": ("themes", un.Theme),
    "Languages": ("languages", str),
    "Countries": ("countries", str),
    "Remarks": ("notes", lambda value: un.Note(text=value, heading="Remarks")),
    "Expertise": ("expertise", lambda value: un.Text(und=value)),
}
VALUES = {
    "Email": ("a@example.org", "b@example.org", "c@example.org"),
    "Website": ("https://a.example.org/", "https://b.example.org/", "https://c.example.org/"),
    "Acronym": ("AA", "BB", "CC"),
    "Identifier": ("Q1", "Q2", "Q3"),
    "Themes": ("firearms", "corruption", "gender"),
    "Languages": ("es", "en", "fr"),
    "Countries": ("XA", "XB", "XC"),
    "Remarks": ("one", "two", "three"),
    "Expertise": ("law", "aid", "radio"),
}


@pytest.mark.parametrize("header", LISTS)
def test_of_a_list_what_only_this_list_said_goes_with_it_and_what_others_said_stays(header):
    field, made = LISTS[header]
    mine, second, by_hand = VALUES[header]
    first = bring(f"Name;{header}\nCasa;{mine}\n").register
    tended = changed(first, "casa", **{field: (*getattr(first["casa"], field), made(by_hand))})
    text = f"Name;{header}\nCasa;{second}\n"
    again = bring(text, tended)
    assert getattr(again.register["casa"], field) == (made(by_hand), made(second))
    assert [(one.field, one.what) for one in again.edits] == [(field, "removed"), (field, "added")]
    assert codes(again) == (["IM007"] if header == "Remarks" else [])
    assert_nothing_changes(text, again.register)
    both = bring(f"Name;{header}\nCasa;{mine}\n", first, file="other.csv").register
    kept = bring(text, both)
    assert getattr(kept.register["casa"], field) == (made(mine), made(second))


@pytest.mark.parametrize("header", LISTS)
def test_what_somebody_took_out_of_a_list_is_not_put_in_again(header):
    field, made = LISTS[header]
    mine, second, _ = VALUES[header]
    text = f"Name;{header}\nCasa;{mine}\n"
    tended = changed(bring(text).register, "casa", **{field: ()})
    again = bring(text, tended)
    assert again.register["casa"] == tended["casa"]
    assert [one for one in codes(again) if one != "IM007"] == ["IM032"]
    assert [cell.place for cell in again.cells if (cell.row, cell.column) == (2, 2)] == [CellPlace.FINDING]
    back = changed(again.register, "casa", **{field: (made(mine),)})
    assert getattr(bring(f"Name;{header}\nCasa;{second}\n", back).register["casa"], field) == (made(mine), made(second))


@pytest.mark.parametrize("header", LISTS)
def test_a_column_that_is_gone_takes_nothing_out(header):
    field, _ = LISTS[header]
    first = bring(f"Name;{header}\nCasa;{VALUES[header][0]}\n").register
    again = bring("Name;City\nCasa;Port\n", first)
    assert getattr(again.register["casa"], field) == getattr(first["casa"], field)
    after = bring(f"Name;{header}\nCasa;\n", again.register)
    assert getattr(after.register["casa"], field) == ()


SINGLE = {
    "Founded": ("founded", "1999", "2001", "2003", un.PartialDate),
    "City": ("seat", "Port", "Bay", "Hill", lambda value: un.Place(city=value)),
    "Kind": ("kind", "ngo", "academia", "media", un.OrganizationKind),
}


@pytest.mark.parametrize("header", SINGLE)
def test_of_a_field_the_list_may_change_what_it_said_and_not_what_others_did(header):
    field, old, new, by_hand, made = SINGLE[header]
    text = f"Name;{header}\nCasa;{old}\n"
    first = bring(text).register
    newer = bring(text.replace(old, new), first)
    assert getattr(newer.register["casa"], field) == made(new)
    assert [(one.what, one.reason) for one in newer.edits] == [("changed", "changed-in-list")]
    tended = changed(first, "casa", **{field: made(by_hand)})
    assert codes(assert_nothing_changes(text, tended)) == ["IM032"]
    both = bring(text.replace(old, new), tended)
    assert getattr(both.register["casa"], field) == made(by_hand)
    assert codes(both) == ["IM033"]
    assert [cell.place for cell in both.cells if (cell.row, cell.column) == (2, 2)] == [CellPlace.FINDING]
    assert bring(text.replace(old, by_hand), tended).register["casa"] == tended["casa"]
    emptied = bring(text.replace(old, ""), first).register["casa"]
    assert getattr(emptied, field) == (made(old) if field == "kind" else None)
    other = bring(text, first, file="other.csv").register
    assert getattr(bring(text.replace(old, ""), other).register["casa"], field) == made(old)


def test_a_first_import_adds_and_tells_what_contradicts():
    body = un.Organization(
        id="casa",
        name=un.Text(es="Casa", en="House"),
        kind=un.OrganizationKind.NGO,
        founded=un.PartialDate("1990"),
        seat=un.Place(country="XA", city="Town"),
        notes=(un.Note(text="kept", heading="History"),),
        contacts=(email("A@example.org", label="desk"),),
    )
    text = "Name;Country;Kind;Founded;Email;Acronym\nCasa;XA;academia;1991;a@example.org;CA\n"
    found = bring(text, un.Register(organizations=(body,)))
    casa = found.register["casa"]
    assert attrs.evolve(casa, aliases=(), sources=()) == body
    assert casa.aliases == (un.Alias(name="CA", kind=un.AliasKind.ACRONYM),)
    assert told(found) == [
        "IM033 C2: the list contradicts the register ('casa', kind); the register stays unchanged",
        "IM033 D2: the list contradicts the register ('casa', founded); the register stays unchanged",
    ]
    emptied = bring("Name;Country;Kind;Founded;Email;Acronym\nCasa;;;;;\n", found.register).register["casa"]
    assert attrs.evolve(emptied, sources=()) == body


@pytest.mark.parametrize("reason", [one for one in un.BlankReason if one is not un.BlankReason.UNKNOWN])
def test_what_is_openly_blank_is_not_filled(reason):
    text = "Name;Founded;Email\nCasa;1999;a@example.org\n"
    blanks = (un.Blank(field="founded", reason=reason), un.Blank(field="contacts", reason=reason))
    body = un.Organization(id="casa", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO, blanks=blanks)
    casa = bring(text, un.Register(organizations=(body,))).register["casa"]
    assert (casa.founded, casa.contacts, casa.blanks) == (None, (), blanks)


def test_what_was_unknown_is_filled_and_not_blank_any_more():
    blanks = (un.Blank(field="founded", reason=un.BlankReason.UNKNOWN), un.Blank(field="dissolved", reason=un.BlankReason.UNKNOWN))  # fmt: skip
    body = un.Organization(id="casa", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO, blanks=blanks)
    casa = bring("Name;Founded\nCasa;1999\n", un.Register(organizations=(body,))).register["casa"]
    assert (casa.founded, casa.blanks) == ("1999", blanks[1:])


def test_a_name_in_a_language_takes_the_place_of_the_same_in_none():
    first = bring("Name\nCasa\n").register
    again = bring("Name\nCasa\n", first, language="es")
    assert dict(again.register["casa"].name) == {"es": "Casa"}
    assert_nothing_changes("Name\nCasa\n", again.register, language="es")
    back = bring("Name\nCasa\n", again.register)
    assert dict(back.register["casa"].name) == {"es": "Casa"}


def test_a_translation_goes_with_its_column_and_the_last_name_never():
    head = "Name;Name en;Country\n"
    first = bring(f"{head}Casa;House;XA\n").register
    assert dict(bring(f"{head}Casa;;XA\n", first).register["casa"].name) == {"und": "Casa"}
    tended = changed(first, "casa", name=un.Text(en="House"))
    assert dict(bring(f"{head}Casa;;XA\n", tended).register["casa"].name) == {"en": "House"}


# -- who is at risk ----------------------------------------------------------------------------------------------------

RISKY = "Name;Country;City;Address;Email;Phone;Website;Facebook;ROR;Contact;Contact email;Remarks\n"
DOOR = "Casa;XA;Port;Calle 1;a@example.org;+100 200 300;https://a.example.org;https://facebook.com/casa;05a28rw58;P Uno;p@example.org;write to b@example.org\n"


@pytest.mark.parametrize("was_there", [True, False])
def test_of_a_body_at_risk_no_more_than_the_country_is_taken(was_there):
    if was_there:
        first = bring(f"{RISKY}Casa;XA{';' * 10}\n").register
        existing, text = changed(first, "casa", at_risk=True), f"{RISKY}{DOOR}"
    else:
        existing, text = None, f"At risk;{RISKY}yes;{DOOR}"
    found = bring(text, existing)
    casa = found.register["casa"]
    assert casa.at_risk
    assert casa.seat == un.Place(country="XA")
    assert (casa.contacts, casa.links, casa.identifiers, casa.notes) == ((), (), (), ())
    assert [person.contacts for person in found.register.persons] == [()]
    stored = un.dumps(found.register).decode()
    for cell in ("Port", "Calle", "example.org", "facebook", "200", "05a28rw58"):
        assert cell not in stored
        assert not any(cell in finding.message for finding in found.report)
    out = {cell.column - (not was_there) for cell in found.cells if cell.what == "IM037"}
    assert out == {3, 4, 5, 6, 7, 8, 9, 11, 12}
    assert_nothing_changes(text, found.register)
    said = [one for row in found.register.list_rows for one in row.said]
    assert not any(one.startswith(("seat.city", "contacts", "links", "identifiers")) for one in said)


def test_a_country_cell_that_is_half_understood_brings_no_town_to_a_body_at_risk():
    head = "Name;Country\n"
    risky = changed(bring(f"{head}Casa;XA\n").register, "casa", at_risk=True)
    again = bring(f"{head}Casa;XA (Port)\n", risky)
    assert "Port" not in un.dumps(again.register).decode()
    assert {cell.column for cell in again.cells if cell.what == "IM037"} == {2}


def test_what_a_list_said_before_the_risk_was_known_is_forgotten():
    first = bring(f"{RISKY}{DOOR}").register
    tended = changed(
        first, "casa", at_risk=True, contacts=(), links=(), identifiers=(), seat=un.Place(country="XA"), notes=()
    )
    again = bring(f"{RISKY}{DOOR}", tended).register
    assert again["casa"] == tended["casa"]
    rows = [row for row in again.list_rows if row.record_id == "casa"]
    assert not any(one.startswith(("seat.city", "contacts", "links")) for row in rows for one in row.said)


def test_a_list_sets_a_body_at_risk_and_never_the_other_way():
    head = "Name;Country;At risk\n"
    first = bring(f"{head}Casa;XA;no\n").register
    risky = bring(f"{head}Casa;XA;yes\n", first)
    assert risky.register["casa"].at_risk
    assert [(one.field, one.public) for one in risky.edits] == [("at_risk", False)]
    assert bring(f"{head}Casa;XA;no\n", risky.register).register["casa"].at_risk


# -- who was erased ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("Name;Country;Contact;Contact email\nCasa;XA;Ana Ejemplo;ana@example.org\n", (3, 4)),
        ("Name;Country;Contact;Contact email\nCasa;XA;Ana Ejemplo;new@example.org\n", (3, 4)),
        ("Name;Country;Contact;Contact email\nMesa;XB;A. Ejemplo;ANA@example.org\n", (3, 4)),
        ("Name;Country;Email\nCasa;XA;ana@example.org\n", (3,)),
        ("Name;Country;Remarks\nCasa;XA;ask Ana, ana@example.org\n", (3,)),
        ("Name;Country;Remarks\nCasa;XA;Ejemplo Ana\n", (3,)),
        ("Name;Country;Remarks\nCasa;XA;speak to Ana Ejemplo: mornings only\n", (3,)),
        ("Name;Country;Remarks\nCasa;XA;Ana Ejemplo\n", (3,)),
        ("Name;Country;Contact\nCasa;XA;Luis Otro / Ana Ejemplo\n", (3,)),
    ],
)
def test_whoever_was_erased_stays_out(text, columns):
    first = bring("Name;Country;Contact;Contact email\nCasa;XA;Ana Ejemplo;ana@example.org\n").register
    erased = un.privacy.erase(first, "casa-contact-1", on="2026-01-01").register
    again = bring(text, erased)
    if columns:
        assert tuple(cell.column for cell in again.cells if cell.what == "IM038") == columns
        for value in ("Ana Ejemplo", "Ejemplo Ana", "A. Ejemplo", "ana@example.org", "ANA@example.org"):
            assert value not in un.dumps(again.register).decode()
            assert not any(value in finding.message for finding in again.report)
    assert again.register["casa-contact-1"] == erased["casa-contact-1"]
    assert all(one.record_id != "casa-contact-1" for one in again.register.list_rows)
    assert_nothing_changes(text, again.register)


def test_a_namesake_elsewhere_is_nobody_who_was_erased():
    first = bring("Name;Contact;Contact email\nCasa;Ana Ejemplo;ana@example.org\n").register
    erased = un.privacy.erase(first, "casa-contact-1").register
    again = bring("Name;Contact\nMesa;Ana Ejemplo\n", erased)
    assert [one.name for one in again.register.persons if one.id != "casa-contact-1"] == ["Ana Ejemplo"]
    assert "IM038" not in codes(again)


def test_a_hit_of_name_and_body_asks():
    first = bring("Name;Contact;Contact email\nCasa;Ana Ejemplo;ana@example.org\n").register
    erased = un.privacy.erase(first, "casa-contact-1").register
    again = bring("Name;Contact\nCasa;Ana Ejemplo\n", erased)
    (finding,) = (one for one in again.report if one.code == "IM038")
    assert finding.message == (
        "B2: the entry may be about a person who was erased ('casa-contact-1'): name and organization are the same; the entry is not imported"
    )
    assert (
        finding.hint == "if this is the same person, remove the entry from the list; if not, enter the person by hand"
    )


# -- terms of membership -----------------------------------------------------------------------------------------------

NET = un.Register(networks=(un.Network(id="n", name=un.Text(en="N"), kind=un.NetworkKind.REGIONAL),))
TERM = "Name;Member since;Member until\n"


def terms(register):
    periods = [(one.id, one.period) for one in register.memberships]
    return {key: (period.start, period.end) if period else None for key, period in periods}


def test_a_member_that_left_and_came_back_has_two_terms():
    first = bring(f"{TERM}Casa;2001-01-01;2005-06-30\n", NET, network="n").register
    again = bring(f"{TERM}Casa;2007-01-01;\n", first, network="n").register
    assert terms(again) == {"casa-in-n": ("2001-01-01", "2005-06-30"), "casa-in-n-2": ("2007-01-01", None)}
    assert_nothing_changes(f"{TERM}Casa;2007-01-01;\n", again, network="n")
    bare = bring("Name\nCasa\n", again, network="n").register
    assert terms(bare) == terms(again)
    assert terms(bring(f"{TERM}Casa;2008-01-01;\n", again, network="n").register)["casa-in-n-2"] == ("2008-01-01", None)


def test_two_rows_of_one_name_with_two_terms_are_one_organization():
    text = f"{TERM}Casa;2001-01-01;2005-06-30\nCasa;2007-01-01;\n"
    found = bring(text, NET, network="n")
    assert [one.id for one in found.register.organizations] == ["casa"]
    assert sorted(terms(found.register).values()) == [("2001-01-01", "2005-06-30"), ("2007-01-01", None)]
    assert_nothing_changes(text, found.register, network="n")
    swapped = f"{TERM}Casa;2007-01-01;\nCasa;2001-01-01;2005-06-30\n"
    assert_nothing_changes(swapped, found.register, network="n")
    open_ended = bring(f"{TERM}Casa;2001-01-01;\nCasa;2007-01-01;\n", NET, network="n")
    assert [one.id for one in open_ended.register.organizations] == ["casa", "casa-2"]


def test_an_end_that_was_noted_by_hand_stays():
    text = f"{TERM}Casa;2001-01-01;\n"
    first = bring(text, NET, network="n").register
    ended = changed(
        first, "casa-in-n", period=un.Period(start=un.PartialDate("2001-01-01"), end=un.PartialDate("2004-12-31"))
    )
    assert_nothing_changes(text, ended, network="n")
    told_so = changed(first, "casa-in-n", period=un.Period(start=un.PartialDate("2001-01-01"), ending=un.Ending.ENDED))
    later = bring(f"{TERM}Casa;2006-01-01;\n", told_so, network="n").register
    assert len(later.memberships) == 2
    impossible = bring(f"{TERM}Casa;2003-01-01;2004-01-01\n", ended, network="n")
    assert terms(impossible.register)["casa-in-n"] == ("2003-01-01", "2004-12-31")


# -- which list it is --------------------------------------------------------------------------------------------------


def test_each_month_file_is_the_same_list():
    first = bring("Name\nCasa\nMesa\n", file="miembros-2024-03.csv").register
    again = bring("Name\nCasa\n", first, file="miembros (2) abril 2024.csv")
    assert again.missing_from_list == ("mesa",)
    assert [one.id for one in again.register.sources] == ["sheet-miembros"]
    assert [one.name for one in again.register.lists] == ["miembros"]


@pytest.mark.parametrize("how", ["argument", "mapping"])
def test_a_list_may_be_given_a_name(how):
    first = bring("Name\nCasa\nMesa\n", list="office").register
    text = b"Name\nCasa\n"
    named = {"list": "office"} if how == "argument" else {"mapping": un.member_lists.SheetMapping(list="office")}
    again = un.import_bytes(text, file="whatever.csv", existing=first, **named)
    assert again.missing_from_list == ("mesa",)


def test_a_list_under_another_name_is_asked_about():
    first = bring("Name;City\nCasa;Port\nMesa;Bay\nSol;Hill\n", file="office.csv").register
    again = bring("City;Name\nPort;Casa\nBay;Mesa\n", first, file="panama.csv")
    assert told(again) == [
        "IM041 the list 'panama' has the headers and most of the entries of the list 'office', but is imported as another list"
    ]
    assert codes(bring("Name;City\nCasa;Port\n", first, file="panama.csv")) == []
    assert codes(bring("Name;Kind\nCasa;ngo\nMesa;ngo\n", first, file="panama.csv")) == []


def test_a_list_from_before_lists_were_remembered_tells_who_is_gone():
    first = attrs.evolve(bring("Name;Contact\nCasa;P Uno\nMesa;\n").register, lists=(), list_rows=())
    again = bring("Name;Contact\nMesa;\n", first)
    assert again.missing_from_list == ("casa",)


def test_two_lists_stand_side_by_side():
    one = bring("Name;Country;Observaciones;Email\nCasa;XA;llamar antes;a@example.org\n", file="panama.csv").register
    two = bring("Name;Country;Email\nCasa;XA;b@example.org\n", one, file="lima.csv").register["casa"]
    assert [one.source_id for one in two.sources] == ["sheet-panama", "sheet-lima"]
    assert [one.value for one in two.contacts] == ["a@example.org", "b@example.org"]
    assert two.notes == (un.Note(text="llamar antes", heading="Observaciones"),)


# -- and more of each kind ---------------------------------------------------------------------------------------------


def test_a_consent_that_was_asked_about_is_asked_about_until_it_is_decided():
    text = f"{YES}Casa;yes;public;form;2024-03-01;\n"
    first = bring(text).register
    over = (attrs.evolve(first["casa"].consents[0], withdrawn=un.PartialDate("2025-01-01")),)
    later = text.replace("2024-03-01", "2025-06-01")
    asked = bring(later, changed(first, "casa", consents=over))
    assert codes(asked) == ["IM034"]
    assert codes(assert_nothing_changes(later, asked.register)) == ["IM034"]
    accepted = bring(later, asked.register, accept=True)
    assert len(accepted.register["casa"].consents) == 2
    by_hand = changed(asked.register, "casa", consents=(*over, accepted.register["casa"].consents[1]))
    assert codes(bring(later, by_hand)) == []


def test_what_was_narrowed_by_hand_and_is_taken_back_by_the_list_is_told():
    first = bring(f"{YES}Casa;yes;public;form;2024-03-01;\n").register
    narrow = (attrs.evolve(first["casa"].consents[0], audience=MEMBERS),)
    gone = bring(f"{YES}Casa;;;;;\n", changed(first, "casa", consents=narrow))
    assert gone.register["casa"].consents == narrow
    assert codes(gone) == ["IM033"]


@pytest.mark.parametrize("purpose", ["contact", "statistics", "attribution"])
def test_a_consent_to_another_purpose_that_is_gone_is_gone(purpose):
    head = "Name;May;Scope;How\n"
    columns = {"Name": "name", "May": f"consent.{purpose}", "Scope": "consent.audience", "How": "consent.basis"}
    first = bring(f"{head}Casa;yes;public;form\n", columns=columns).register
    gone = bring(f"{head}Casa;;public;form\n", first, columns=columns)
    assert gone.register["casa"].consents == ()
    assert "IM036" in codes(gone)
    back = bring(f"{head}Casa;yes;public;form\n", gone.register, columns=columns)
    assert back.register["casa"].consents == ()
    internal = bring(f"{head}Mesa;yes;internal;form\n", columns=columns)
    assert codes(internal) == []


def test_the_persons_of_a_body_at_risk_keep_what_they_have_and_get_no_more():
    head = "Name;Contact;Contact email\n"
    first = bring(f"{head}Casa;P Uno;p@example.org\n").register
    risky = changed(first, "casa", at_risk=True)
    again = bring(f"{head}Casa;P Uno;p@example.org, q@example.org\n", risky)
    assert again.register["casa-contact-1"] == first["casa-contact-1"]
    assert codes(again) == ["IM037"]
    assert not any(one.startswith("contacts") for row in again.register.list_rows for one in row.said)


def test_one_row_of_two_is_enough_to_be_at_risk():
    columns = {"Nr": "key", "Name": "name", "City": "city", "Risk": "at_risk"}
    rows = ["1;Casa;Port;", "1;Casa;;yes"]
    for order in (rows, rows[::-1]):
        casa = bring("Nr;Name;City;Risk\n" + "\n".join(order), columns=columns).register.organizations
        assert [(one.at_risk, one.seat) for one in casa] == [(True, None)]


def test_two_bodies_of_one_name_with_two_numbers_are_two():
    body = un.Organization(
        id="refuge",
        name=un.Text(es="Casa"),
        kind=un.OrganizationKind.NGO,
        identifiers=(un.Identifier(scheme=un.IdentifierScheme.WIKIDATA, value="Q1"),),
    )
    found = bring("Name;Identifier\nCasa;Q2\n", un.Register(organizations=(body,)))
    assert [one.id for one in found.register.organizations] == ["casa", "refuge"]
    same = bring("Name;Identifier\nCasa;Q1\n", un.Register(organizations=(body,)))
    assert [one.id for one in same.register.organizations] == ["refuge"]


def test_a_person_who_goes_to_another_body_of_the_list_is_the_same_person():
    head = "Name;Contact;Contact email\n"
    first = bring(f"{head}Casa;P Uno;p@example.org\nMesa;;\n").register
    again = bring(f"{head}Casa;;\nMesa;P Uno;p@example.org\n", first).register
    assert [(one.id, [role.organization_id for role in one.affiliations]) for one in again.persons] == [
        ("casa-contact-1", ["mesa"])
    ]


def test_a_row_that_was_known_by_its_name_gets_a_key_of_its_own():
    columns = {"Nr": "key", "Name": "name", "Country": "country"}
    plain = {"Name": "name", "Country": "country"}
    first = bring("Name;Country\nCasa;XA\nMesa;XA\n", columns=plain).register
    keyed = bring("Nr;Name;Country\n1;Casa;XA\n2;Mesa;XA\n", first, columns=columns).register
    renamed = bring("Nr;Name;Country\n1;Verde;XA\n2;Mesa;XA\n", keyed, columns=columns).register
    assert {one.id: str(one.name) for one in renamed.organizations} == {"casa": "Verde", "mesa": "Mesa"}


def test_a_second_row_of_a_name_does_not_take_the_record_of_the_first():
    first = bring("Name;Email\nCasa;a@example.org\n").register
    again = bring("Name;Email\nCasa;b@example.org\nCasa;a@example.org\n", first).register
    assert {one.id: one.contacts[0].value for one in again.organizations} == {
        "casa": "a@example.org",
        "casa-2": "b@example.org",
    }
    alone = bring("Name;Email\nCasa;b@example.org\n", again)
    assert (alone.missing_from_list, alone.register["casa-2"], alone.changes) == (("casa",), again["casa-2"], ())


def test_what_would_hang_on_a_record_that_was_taken_out_stays_out_too():
    first = bring("Name;Member since\nCasa;2001\n", NET).register
    left, _ = first.without("casa")
    again = bring("Name;Member since\nCasa;2001\n", left, network="n")
    assert (again.register.organizations, again.register.memberships) == ((), ())


def test_another_address_beside_that_of_an_erased_person_is_taken():
    first = bring("Name;Contact;Contact email\nCasa;Ana Ejemplo;ana@example.org\n").register
    erased = un.privacy.erase(first, "casa-contact-1").register
    again = bring("Name;Email\nCasa;ana@example.org, desk@example.org\n", erased)
    assert [one.value for one in again.register["casa"].contacts] == ["desk@example.org"]


def test_a_membership_that_was_entered_by_hand_is_the_one_of_the_same_first_day():
    body = un.Organization(id="casa", name=un.Text(es="Casa"), kind=un.OrganizationKind.NGO)
    period = un.Period(start=un.PartialDate("2001"))
    by_hand = un.Membership(id="by-hand", network_id="n", organization_id="casa", period=period)
    later = un.Membership(id="later", network_id="n", organization_id="casa", period=un.Period(start=un.PartialDate("2009")))  # fmt: skip
    existing = attrs.evolve(NET, organizations=(body,), memberships=(by_hand, later))
    found = bring("Name;Member since;Member role\nCasa;2001;coordinator\n", existing, network="n").register
    assert [(one.id, one.period.start) for one in found.memberships] == [("by-hand", "2001"), ("later", "2009")]


def test_two_rows_that_say_the_same_are_two_records_as_before():
    first = bring("Name;Country\nCasa;XA\nCasa;XA\n").register
    assert len(first.organizations) == len(first.list_rows) == 2
    assert_nothing_changes("Name;Country\nCasa;XA\nCasa;XA\n", first)
    one = bring("Name;Country\nCasa;XA\n", first)
    assert (len(one.register.organizations), len(one.missing_from_list)) == (2, 1)


def test_a_risk_that_somebody_lifted_is_not_put_back_by_a_list_that_says_it_as_before():
    text = "Name;City;At risk\nCasa;Port;yes\n"
    first = bring(text).register
    lifted = changed(first, "casa", at_risk=False)
    again = bring(text, lifted)
    assert again.register["casa"] == lifted["casa"]
    assert codes(again) == ["IM032", "IM037"]
    unsaid = bring(text.replace("yes", ""), again.register).register
    assert unsaid["casa"].seat == un.Place(city="Port")
    assert bring(text, unsaid).register["casa"].at_risk
