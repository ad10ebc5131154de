"""Whose row it is: lists of persons, of contacts and of participants beside those of organizations."""

import io

import attrs
import openpyxl
import pytest
from hypothesis import example, given, strategies as st
from tests.profiles import tries

import untoc_network as un

EVENT = un.Event(id="meeting", name={"es": "Encuentro"}, kind="conference", status="held", starts="2024-03-01")


def imported(text, existing=None, **settings):
    mapping = un.member_lists.SheetMapping(**settings)
    return un.import_bytes(text.encode(), file="l.csv", mapping=mapping, existing=existing)


def mapped(fields, rows, existing=None, **settings):
    columns = {f"Column {number}": field for number, field in enumerate(fields)}
    text = "\n".join((";".join(columns), *rows))
    return imported(text, existing, columns=columns, header_row=1, **settings)


def bodies(found):
    return sorted(name for one in found.register.organizations for name in one.name.values())


def persons(found):
    """The persons with the organizations that they belong to, their addresses and their posts."""
    return sorted(
        (
            one.name,
            *(role.organization_id for role in (*one.posts, *one.affiliations)),
            *(contact.value for contact in one.contacts),
            *(title for post in one.posts for title in post.title.values()),
        )
        for one in found.register.persons
    )


def said(found, *codes):
    return [finding.message for finding in found.report if finding.code in codes]


def notes(record):
    return [(note.heading, note.text) for note in record.notes]


# -- lists of persons ------------------------------------------------------------------------------------------------

PERSONS = """Nombre;Apellidos;Organización;Cargo;Correo electrónico;Alergias
Ana;Ruiz Sol;Casa Abierta;Directora;ana@example.org;nueces
Luz;Mar Paz;CASA ABIERTA;;luz@example.org;
Sol;Río;;Vocal;sol@example.org;
"""


def test_persons_belong_to_one_body_for_each_name_and_one_without_stays_a_person():
    found = imported(PERSONS)
    assert bodies(found) == ["Casa Abierta"]
    assert persons(found) == [
        ("Ana Ruiz Sol", "casa-abierta", "ana@example.org", "Directora"),
        ("Luz Mar Paz", "casa-abierta", "luz@example.org"),
        ("Sol Río", "sol@example.org"),
    ]
    assert found.mapping.of == "persons"
    assert len(said(found, "IM020")) == 1


def test_what_has_no_field_in_a_list_of_persons_is_theirs():
    found = imported(PERSONS)
    ana, _, sol = sorted(found.register.persons, key=lambda one: one.name)
    assert notes(ana) == [("Alergias", "nueces")]
    assert notes(sol) == [("Cargo", "Vocal")]
    assert notes(found.register.organizations[0]) == []
    fates = {(fate.row, fate.column): fate.record_id for fate in found.cells if fate.place != "header"}
    assert (fates[2, 6], fates[2, 3], fates[4, 4]) == (ana.id, "casa-abierta", sol.id)


def test_a_list_of_persons_shows_nobody_of_itself():
    found = imported(PERSONS)
    for audience in ("public", "members"):
        seen = un.dumps(un.privacy.view(found.register, audience, on="2026-01-01").register).decode()
        assert not any(word in seen for word in ("Ana", "Ruiz", "Luz", "Sol", "@example.org", "nueces", "Directora"))


def test_a_consent_in_a_list_of_persons_is_the_persons():
    fields = ("name", "person.name", "person.email", "consent.publication", "consent.audience", "consent.basis")
    found = mapped(
        fields,
        ["Casa;Ana Ruiz;ana@example.org;sí;public;form", ";Sol Paz;sol@example.org;sí;public;form"],
        of="persons",
    )
    assert found.register["casa"].consents == ()
    assert [one.consents[0].purpose for one in found.register.persons] == ["publication", "publication"]
    assert "Sol Paz" in un.dumps(un.privacy.view(found.register, "public", on="2026-01-01").register).decode()


@pytest.mark.parametrize("written", ["independiente", "N/A", "-", "a título personal", "Ana Ruiz", "Luz Mar"])
def test_what_is_no_organization_makes_none_of_a_person(written):
    found = mapped(("name", "person.name"), [f"{written};Ana Ruiz"], of="persons")
    assert bodies(found) == []
    (ana,) = found.register.persons
    assert (ana.name, ana.affiliations, notes(ana)) == ("Ana Ruiz", (), [("Column 0", written)])


def test_a_body_is_found_where_the_register_has_it():
    body = un.Organization(id="abierta", name={"es": "Casa Abierta"}, kind="ngo", seat={"country": "PE"})
    found = imported(PERSONS, un.Register(organizations=[body]))
    assert [one.id for one in found.register.organizations] == ["abierta"]
    assert persons(found)[0][1] == "abierta"


def test_a_row_that_names_nobody_is_told_in_the_words_of_its_list():
    found = mapped(("name", "person.name", "person.email"), [";;a@example.org", "Casa;;b@example.org"], of="persons")
    assert said(found, "IM004") == ["row 2 names neither an organization nor a person; its cells are not imported (1)"]
    assert (notes(found.register["casa"]), found.register["casa"].contacts) == ([("Column 2", "b@example.org")], ())


def test_rows_of_one_person_are_one_where_name_and_body_or_address_are_the_same():
    rows = [
        "Casa;Ana Ruiz;;A",
        "Casa;ana ruiz;a@example.org;B",
        ";Sol;s@example.org;C",
        ";Sol;s@example.org;D",
        ";Sol;;E",
    ]
    found = mapped(("name", "person.name", "person.email", "note"), rows, of="persons")
    assert sorted((one.name, len(one.notes)) for one in found.register.persons) == [
        ("Ana Ruiz", 2),
        ("Sol", 1),
        ("Sol", 2),
    ]


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ("Ruiz Sol, Ana;;", "Ana Ruiz Sol"),
        ("Ruiz, Qwx;;", "Ruiz, Qwx"),
        ("Ana Ruiz, Directora;;", "Ana Ruiz, Directora"),
        (";Ana;Ruiz", "Ana Ruiz"),
        (";;Ruiz", "Ruiz"),
        ("Ana Ruiz;Ana;Ruiz", "Ana Ruiz"),
    ],
)
def test_names_are_put_together_as_people_write_themselves(cells, name):
    found = mapped(("person.name", "person.given_name", "person.family_name"), [cells], of="persons")
    assert [one.name for one in found.register.persons] == [name]
    assert bool(said(found, "IM010")) == ("," in cells and name == "Ana Ruiz Sol")


def test_a_part_of_a_name_that_contradicts_the_whole_is_told():
    found = mapped(("person.name", "person.given_name"), ["Ana Ruiz;Luz"], of="persons")
    (ana,) = found.register.persons
    assert (ana.name, notes(ana)) == ("Ana Ruiz", [("Column 1", "Luz")])


def test_two_persons_of_a_row_without_a_body_are_two():
    found = mapped(("person.name", "person2.name", "person.email"), ["Ana Ruiz;Luz Mar;a@example.org"], of="persons")
    assert persons(found) == [("Ana Ruiz", "a@example.org"), ("Luz Mar",)]


def test_neither_an_address_nor_a_number_is_a_name():
    found = mapped(("name", "person.name"), ["Casa;+507 600-0000", "Mesa;info@example.org"])
    assert found.register.persons == ()
    assert [notes(one)[0][1] for one in found.register.organizations] == ["+507 600-0000", "info@example.org"]


# -- contacts of organizations ---------------------------------------------------------------------------------------

CONTACTS = """Organisation;Country;Founded;Contact name;Contact email
Casa Abierta;Peru;1999;Ana Ruiz;ana@example.org
Casa Abierta;Peru;;Luz Mar;luz@example.org
Mesa Libre;Peru;2001;Sol Paz;sol@example.org
"""


def test_rows_that_differ_in_persons_alone_are_one_organization():
    found = imported(CONTACTS)
    assert [(one.id, str(one.founded)) for one in found.register.organizations] == [
        ("casa-abierta", "1999"),
        ("mesa-libre", "2001"),
    ]
    assert [one[:2] for one in persons(found)] == [
        ("Ana Ruiz", "casa-abierta"),
        ("Luz Mar", "casa-abierta"),
        ("Sol Paz", "mesa-libre"),
    ]
    assert said(found, "IM020") == [
        "each row is read as a contact person of an organization: organizations have several rows"
    ]
    assert found.mapping.of == "contacts"
    assert imported(CONTACTS, columns=found.mapping.columns, of=found.mapping.of).register == found.register


def test_what_contradicts_is_told_and_kept():
    found = imported(CONTACTS.replace("Peru;;Luz", "Peru;2005;Luz"), of="contacts")
    casa = found.register["casa-abierta"]
    assert (str(casa.founded), notes(casa)) == ("1999", [("Founded", "2005")])
    assert len(said(found, "IM011")) == 1


def test_which_of_two_values_stands_does_not_hang_on_the_order_of_the_rows():
    rows = ["Casa;Ana Ruiz;2005", "Casa;Luz Mar;1999"]
    for order in (rows, rows[::-1]):
        casa = mapped(("name", "person.name", "founded"), order, of="contacts").register["casa"]
        assert (str(casa.founded), notes(casa)) == ("1999", [("Column 2", "2005")])


@pytest.mark.parametrize("of", ["organizations", "persons", "contacts", "participants"])
@given(names=st.permutations(("Ana Ruiz", "Luz Mar", "Sol Paz")), there=st.permutations(range(3)))
def test_what_stands_beside_a_name_is_theirs_whichever_row_names_them_first(of, names, there):
    rows = [f'Casa;"{"; ".join(order)}";' for order in (names, sorted(names), names[::-1])]
    rows[0] += f'"{"; ".join(f"{name[:3].lower()}@example.org" for name in names)}"'
    found = mapped(("name", "person.name", "person.email"), [rows[at] for at in there], of=of)
    for one in found.register.persons:
        assert [contact.value for contact in one.contacts] in ([], [f"{one.name[:3].lower()}@example.org"])
    assert of == "organizations" or sum(len(one.contacts) for one in found.register.persons) == 3


def test_what_a_row_says_of_fewer_than_it_names_is_nobodys():
    row = 'Casa;"Luz Mar; Ana Ruiz; Luz Mar";"ana@example.org; luz@example.org"'
    found = mapped(("name", "person.name", "person.email"), [row], of="contacts")
    assert [one.contacts for one in found.register.persons] == [(), ()]
    assert [one.value for one in found.register["casa"].contacts] == ["ana@example.org", "luz@example.org"]


def test_rows_under_one_merged_name_are_one_organization():
    book = openpyxl.Workbook()
    for row in (["Name", "Email"], ["Casa", "a@example.org"], [None, "b@example.org"]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    written = io.BytesIO()
    book.save(written)
    found = un.import_bytes(written.getvalue(), file="l.xlsx")
    assert [len(one.contacts) for one in found.register.organizations] == [2]


def test_bodies_of_two_countries_are_two_and_one_of_none_is_the_only_one_there_is():
    rows = ["Casa;;Ana Ruiz", "Casa;PE;Luz Mar", "Mesa;MX;Sol Paz", "Mesa;PE;Iris Paz", "Mesa;;Noa Paz"]
    fields = ("name", "country", "person.name")
    for order in (rows, rows[::-1]):
        found = mapped(fields, order, of="contacts")
        assert sorted(bodies(found)) == ["Casa", "Mesa", "Mesa", "Mesa"]
        assert len({role.organization_id for one in found.register.persons for role in one.affiliations}) == 4


def test_a_contact_without_an_organization_is_told_and_stays_a_person():
    found = mapped(("name", "country", "email", "person.name"), [";PE;a@example.org;Ana Ruiz"], of="contacts")
    assert persons(found) == [("Ana Ruiz", "a@example.org")]
    assert notes(found.register.persons[0]) == [("Column 1", "PE")]
    assert len(said(found, "IM010")) == 1


def test_terms_of_membership_are_kept_apart_among_contacts():
    rows = ["Casa;Ana Ruiz;2001;2005", "Casa;Luz Mar;2010;", "Casa;Sol Paz;2010;"]
    fields = ("name", "person.name", "member.since", "member.until")
    found = mapped(fields, rows, of="contacts", network="red")
    assert [(str(one.period.start), one.period.end) for one in found.register.memberships] == [
        ("2001", "2005"),
        ("2010", None),
    ]
    assert said(found, "IM011") == []


# -- persons among organizations -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "guess"),
    [
        ("Qwx Zyx;Persona natural;;;", "individual"),
        (";Persona natural;;;Ana Ruiz", "individual"),
        ("Zyx Qwx;;;;Qwx Zyx", "same-name"),
        ("Ana Ruiz;;ana@example.org;;", "personal-name"),
    ],
)
def test_an_individual_member_is_a_person_and_that_is_told_by_its_place(row, guess):
    fields = ("name", "kind", "email", "website", "person.name")
    found = mapped(fields, ["Casa Abierta;ONG;;;", row])
    assert bodies(found) == ["Casa Abierta"]
    assert len(found.register.persons) == 1
    assert [dict(one.params)["guess"] for one in found.report if one.code == "IM010" and one.line == 3] == [guess]


@pytest.mark.parametrize(
    "row",
    ["Ana Ruiz;ONG;;;", "Ana Ruiz;;info@example.org;;", "Ana Ruiz;;;https://example.org;", "Ana Ruiz;;;;Luz Mar"],
)
def test_a_body_may_be_called_as_a_person_where_the_row_is_about_a_body(row):
    found = mapped(("name", "kind", "email", "website", "person.name"), [row])
    assert bodies(found) == ["Ana Ruiz"]


def test_who_says_that_each_row_is_an_organization_is_right():
    assert bodies(mapped(("name", "country"), ["Ana Ruiz;PE"], of="organizations")) == ["Ana Ruiz"]


def test_signs_and_words_for_nothing_are_no_names():
    found = imported("Name;Country\nCasa;XA\n-;XB\nN/A;XB\n.;XC\nsin nombre;XA\n")
    assert bodies(found) == ["Casa"]
    assert len(said(found, "IM004")) == 4


# -- participants ----------------------------------------------------------------------------------------------------

HELD = un.Register(events=[EVENT])


def roles(found):
    names = {one.id: one.name for one in found.register.persons}
    return sorted((names[role.stakeholder_id], role.kind) for role in found.register["meeting"].roles)


def test_who_attended_has_a_part_in_the_event_and_who_registered_a_note():
    fields = ("name", "person.name", "attended")
    rows = ["Casa;Ana Ruiz;asistió", "Casa;Luz Mar;inscrita", ";Sol Paz;sí", ";Iris Mar;"]
    found = mapped(fields, rows, HELD, of="participants", event="meeting")
    assert roles(found) == [("Ana Ruiz", "participant"), ("Sol Paz", "participant")]
    luz = next(one for one in found.register.persons if one.name == "Luz Mar")
    assert notes(luz) == [("Column 2", "inscrita")]
    again = mapped(fields, rows, found.register, of="participants", event="meeting")
    assert again.register == found.register
    absent = mapped(
        fields, [rows[0].replace("asistió", "ausente"), *rows[1:]], found.register, of="participants", event="meeting"
    )
    assert roles(absent) == [("Sol Paz", "participant")]


def test_all_that_are_listed_took_part_where_nothing_says_who_came():
    found = mapped(("person.name",), ["Ana Ruiz"], HELD, of="participants", event="meeting")
    assert roles(found) == [("Ana Ruiz", "participant")]
    assert mapped(("person.name",), ["Ana Ruiz"], HELD, of="persons", event="meeting").register["meeting"].roles == ()


@pytest.mark.parametrize("header", ["Attended", "Asistió", "Attendee status"])
def test_the_column_that_says_who_came_is_recognised_by_header_and_cells(header):
    text = f"First name;Last name;Ticket type;{header}\nAna;Ruiz;free;Yes\nLuz;Mar;free;No\n"
    found = imported(text, HELD, event="meeting")
    assert roles(found) == [("Ana Ruiz", "participant")]
    assert found.mapping.columns[header] == "attended"
    again = imported(text, HELD, event="meeting", columns=found.mapping.columns, of=found.mapping.of)
    assert again.register == found.register


@pytest.mark.parametrize("cells", [("10:05", "10:07"), ("", "")])
def test_what_does_not_say_who_came_stays_in_the_notes(cells):
    text = f"First name;Last name;Ticket type;Check in\nAna;Ruiz;free;{cells[0]}\nLuz;Mar;free;{cells[1]}\n"
    assert imported(text, HELD, event="meeting").mapping.columns["Check in"] == "note"


def test_an_event_that_a_row_names_is_found_by_its_name_or_id():
    rows = ["Ana Ruiz;Encuentro", "Luz Mar;meeting", "Sol Paz;Otro encuentro"]
    found = mapped(("person.name", "event"), rows, HELD, of="participants")
    assert roles(found) == [("Ana Ruiz", "participant"), ("Luz Mar", "participant")]
    assert [notes(one) for one in found.register.persons if one.name == "Sol Paz"] == [[("Column 1", "Otro encuentro")]]


def test_an_event_that_the_register_has_not_is_told():
    found = mapped(("person.name", "attended"), ["Ana Ruiz;sí"], of="participants", event="meeting")
    assert found.register.events == ()
    assert len(said(found, "IM028")) == 1
    assert notes(found.register.persons[0]) == [("Column 1", "sí")]


NAMED = {"of": "participants", "event": "meeting", "event_name": "Encuentro"}
CAME = ["Encuentro;Ana Ruiz;sí", "Meeting;Luz Mar;no"]
CAME_FIELDS = ("name", "person.name", "attended")


@pytest.mark.parametrize(
    ("settings", "starts", "ends", "kind"),
    [
        ({}, None, None, "other"),
        ({"event_date": "2024-03"}, "2024-03", None, "other"),
        ({"event_date": "2024-03-05/2024-03-07", "event_kind": "workshop"}, "2024-03-05", "2024-03-07", "workshop"),
        ({"event_date": "5 de marzo de 2024"}, "2024-03-05", None, "other"),
    ],
)
def test_the_event_of_a_list_is_made_where_it_is_named(settings, starts, ends, kind):
    found = mapped(CAME_FIELDS, CAME, **NAMED, **settings)
    event = found.register["meeting"]
    assert (event.name["und"], event.starts, event.ends, event.kind) == ("Encuentro", starts, ends, kind)
    assert [one.source_id for one in event.sources] == [source.id for source in found.register.sources]
    assert roles(found) == [("Ana Ruiz", "participant")]
    assert said(found, "IM028") == []
    assert sorted(bodies(found)) == ["Encuentro", "Meeting"]
    again = mapped(CAME_FIELDS, CAME, found.register, **NAMED, **settings)
    assert un.dumps(again.register) == un.dumps(found.register)


def test_the_event_of_a_list_is_corrected_by_the_list_and_never_against_a_hand():
    found = mapped(CAME_FIELDS, CAME, **NAMED, event_date="2024-03").register
    dated = mapped(CAME_FIELDS, CAME, found, **NAMED, event_date="2024-03-05").register
    assert dated["meeting"].starts == "2024-03-05"
    by_hand, _ = dated.with_replaced(attrs.evolve(dated["meeting"], name={"es": "Asamblea"}, place={"country": "XA"}))
    again = mapped(CAME_FIELDS, CAME, by_hand, **NAMED, event_date="2024-03-05").register
    assert again["meeting"] == by_hand["meeting"]
    assert (
        mapped(CAME_FIELDS, CAME, by_hand, of="participants", event="meeting").register["meeting"] == again["meeting"]
    )


def test_an_event_that_is_there_already_is_not_named_anew_and_nothing_else_becomes_one():
    held = mapped(CAME_FIELDS, CAME, HELD, **{**NAMED, "event_name": "Other"}).register["meeting"]
    assert (held.name, held.starts, len(held.roles)) == (EVENT.name, EVENT.starts, 1)
    other = un.Register(organizations=[{"id": "meeting", "name": {"en": "Meeting"}, "kind": "ngo"}])
    found = mapped(CAME_FIELDS, CAME, other, **NAMED)
    assert found.register.events == ()
    assert len(said(found, "IM028")) == 1


def test_an_event_of_which_nobody_came_is_made_and_a_row_may_name_it():
    assert mapped(CAME_FIELDS, CAME[1:], **NAMED).register["meeting"].roles == ()
    fields, rows = ("person.name", "event"), ["Ana Ruiz;Encuentro", "Luz Mar;Otro"]
    assert roles(mapped(fields, rows, **NAMED)) == [("Ana Ruiz", "participant")]


@pytest.mark.parametrize("taken", [{"network": "mesa", "network_name": "Mesa"}, {"list": "x", "network": "red"}])
def test_a_member_gives_way_to_the_ids_that_the_list_itself_gives(taken):
    text = "Name;Country\nMesa;Peru\nSheet x;Chile\n"
    found = imported(text, **taken)
    assert sorted(bodies(found)) == ["Mesa", "Sheet x"]
    assert imported(text, found.register, **taken).register == found.register
    assert {one.id for one in found.register.networks} <= {"mesa"}
    assert len(found.register.sources) == 1


# -- the list again --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [PERSONS, CONTACTS])
def test_the_same_list_again_changes_nothing_in_any_order(text):
    first = imported(text)
    head, *rows = text.splitlines()
    for lines in ([head, *rows], [head, *rows[::-1]]):
        again = imported("\n".join(lines), first.register)
        assert again.register == first.register
        assert again.changes == ()


def test_a_person_is_known_by_the_key_of_the_list_then_by_the_address_then_by_the_name():
    fields = ("key", "name", "person.name", "person.email")
    first = mapped(fields, ["1;Casa;Ana Ruiz;a@example.org", "2;Casa;Luz Mar;l@example.org"], of="persons")
    ids = {one.name: one.id for one in first.register.persons}
    moved = mapped(fields, ["1;Mesa;Ana R. Sol;", "2;Casa;Luz Mar;l@example.org"], first.register, of="persons")
    assert moved.register[ids["Ana Ruiz"]].name == "Ana R. Sol"
    assert len(moved.register.persons) == 2
    fields = fields[1:]
    first = mapped(fields, ["Casa;Ana Ruiz;a@example.org"], of="persons")
    moved = mapped(fields, ["Mesa;Ana Sol Ruiz;A@example.org"], first.register, of="persons")
    (ana,) = moved.register.persons
    assert (ana.name, [role.organization_id for role in ana.affiliations]) == ("Ana Sol Ruiz", ["mesa"])


def test_a_key_that_several_have_is_none():
    rows = ["Casa;Ana Ruiz;oficina@example.org", "Casa;Luz Mar;oficina@example.org"]
    fields = ("name", "person.name", "person.email")
    first = mapped(fields, rows, of="persons")
    again = mapped(fields, rows[::-1], first.register, of="persons")
    assert again.register == first.register
    assert len(first.register.persons) == 2


def test_who_was_erased_stays_out_with_all_that_the_row_says():
    first = imported(PERSONS)
    ana = next(one.id for one in first.register.persons if one.name == "Ana Ruiz Sol")
    erased = un.privacy.erase(first.register, ana, on="2026-01-01").register
    again = imported(PERSONS, erased)
    text = un.dumps(again.register).decode()
    assert not any(word in text for word in ("Ruiz", "ana@example.org", "nueces"))
    assert len(said(again, "IM038")) > 0
    assert all(fate.place == "finding" for fate in again.cells if fate.row == 2 and fate.column != 3)


def test_a_consent_that_was_withdrawn_does_not_come_back():
    import attrs

    fields = ("name", "person.name", "person.consent.publication", "person.consent.audience", "person.consent.basis")
    rows = ["Casa;Ana Ruiz;yes;public;form"]
    first = mapped(fields, rows, of="persons").register
    (ana,) = first.persons
    withdrawn = attrs.evolve(ana, consents=[attrs.evolve(ana.consents[0], withdrawn="2025-01-01")])
    tended, _ = first.with_replaced(withdrawn)
    assert mapped(fields, rows, tended, of="persons").register == tended


def test_a_note_of_a_person_that_was_taken_out_by_hand_is_told_where_it_stands():
    import attrs

    first = imported(PERSONS).register
    ana = next(one for one in first.persons if one.name == "Ana Ruiz Sol")
    tended, _ = first.with_replaced(attrs.evolve(ana, notes=()))
    again = imported(PERSONS, tended)
    assert again.register.persons == tended.persons
    assert [message.split(":")[0] for message in said(again, "IM032")] == ["F2"]


def test_rows_of_one_key_are_one_organization_and_a_nameless_one_is_none():
    found = mapped(("key", "name", "email"), ["1;Casa;a@example.org", "1;Casa;b@example.org"])
    assert [len(one.contacts) for one in found.register.organizations] == [2]
    found = mapped(("name", "person.name"), [";Ana Ruiz"])
    assert said(found, "IM004") == ["row 2 names no organization; its cells are not imported (1)"]


def test_nobody_attends_of_whom_no_name_is_given():
    found = mapped(("name", "person.name", "attended"), ["Casa;;yes"], HELD, of="participants", event="meeting")
    assert found.register["meeting"].roles == ()


def test_a_person_at_a_body_at_risk_brings_no_note_that_leads_to_its_door():
    fields = ("name", "at_risk", "person.name", "note", "note")
    found = mapped(fields, ["Casa;sí;Ana Ruiz;+51 600 700 800;verde"], of="persons")
    assert notes(found.register.persons[0]) == [("Column 4", "verde")]
    assert len(said(found, "IM037")) == 1


def test_rows_of_one_name_and_address_are_one_person_however_the_name_is_written():
    lines = [";PE;Ana Ruiz;ana@example.org;;;;1999", ";PE;Ruiz, Ana;ana@example.org;;;;2005"]
    for rows in (lines, lines[::-1]):
        (person,) = mapped(FIELDS, rows, HELD, of="persons").register.persons
        assert (person.name, [one.value for one in person.contacts]) == ("Ana Ruiz", ["ana@example.org"])


# -- whatever the rows -----------------------------------------------------------------------------------------------

ROWS = st.tuples(
    st.sampled_from(["Casa Abierta", "CASA ABIERTA", "Mesa Libre", "", "Ana Ruiz", "independiente", "-"]),
    st.sampled_from(["PE", "MX", ""]),
    st.sampled_from(["Ana Ruiz", "Luz Mar", "Ruiz, Ana", "Ana Ruiz / Luz Mar", "", "600-0000"]),
    st.sampled_from(["ana@example.org", "luz@example.org", "", "nada"]),
    st.sampled_from(["Directora", "Vocal", ""]),
    st.sampled_from(["sí", "no", ""]),
    st.sampled_from(["verde", "rojo", ""]),
    st.sampled_from(["1999", "2005", ""]),
)
FIELDS = ("name", "country", "person.name", "person.email", "person.post", "attended", "note", "founded")


ANA = ("PE", "Ana Ruiz", "ana@example.org", "Directora", "sí", "verde", "1999")
BOTH = ("PE", "Ana Ruiz / Luz Mar", *ANA[2:])


@tries(60)
@given(st.lists(ROWS, max_size=6), st.sampled_from(["persons", "contacts", "participants"]))
@example([("Casa Abierta", *ANA), ("", *ANA), ("", *BOTH), ("", *BOTH[:-1], "2005")], "persons")
@example([("Casa Abierta", *ANA), ("Casa Abierta", *BOTH), ("Casa Abierta", *BOTH[:3], "Vocal", *BOTH[4:])], "persons")
def test_lists_of_persons_lose_nothing_make_no_body_of_a_person_and_say_the_same_again(rows, of):
    lines = [";".join(row) for row in rows]
    found = mapped(FIELDS, lines, HELD, of=of, event="meeting")
    assert {"Ana Ruiz", "Luz Mar", "independiente"}.isdisjoint(bodies(found)) or of == "contacts"
    ledger = {(fate.row, fate.column): fate for fate in found.cells}
    held = {one.id: one for one in found.register}
    for row, texts in enumerate(rows, start=2):
        for column, text in enumerate(texts, start=1):
            fate = ledger.get((row, column))
            assert (fate is not None) == bool(text)
            if fate is not None and fate.place == "note":
                assert text in [note.text for note in held[fate.record_id].notes]
    seen = un.dumps(un.privacy.view(found.register, "public", on="2026-01-01").register).decode()
    assert "@" not in seen
    assert "Luz Mar" not in seen
    assert mapped(FIELDS, lines, found.register, of=of, event="meeting").register == found.register
    turned = mapped(FIELDS, lines[::-1], found.register, of=of, event="meeting").register
    assert turned == found.register


# -- who is shown ----------------------------------------------------------------------------------------------------

SHOWN = ("public", "members")


def shown(register):
    seen = {audience: un.privacy.view(register, audience, "2024-06-01").register for audience in SHOWN}
    return {audience: [one.id for one in register.organizations] for audience, register in seen.items()}


def test_a_list_of_persons_shows_no_body_to_anybody_outside_until_another_source_does():
    found = imported(PERSONS)
    assert shown(found.register) == {"public": [], "members": []}
    assert said(found, "IM025") == [
        "1 organization is named by lists of persons alone, and not shown to the public or to members"
    ]
    members = un.import_bytes("Nombre;País\nCasa Abierta;\n".encode(), file="members.csv", existing=found.register)
    assert shown(members.register) == {"public": ["casa-abierta"], "members": ["casa-abierta"]}
    assert not said(imported(PERSONS, members.register), "IM025")


def test_a_body_that_was_there_without_a_source_stays_as_it_was():
    register = un.Register(organizations=(un.Organization(id="casa-abierta", name={"es": "Casa Abierta"}, kind="ngo"),))
    for _ in range(2):
        found = imported(PERSONS, register)
        register = found.register
        assert register["casa-abierta"].sources == ()
        assert shown(register)["public"] == ["casa-abierta"]
        assert not said(found, "IM025")
    assert len(register.persons) == 3


def test_a_guess_opens_no_list_of_persons_and_a_word_does():
    text = "Nombre;País\nCasa Abierta;\n"
    first = imported(PERSONS).register
    guessed = imported(text, first)
    assert shown(guessed.register)["public"] == []
    assert len(said(guessed, "IM025")) == 1
    word = imported(text, first, of="organizations")
    assert shown(word.register)["public"] == ["casa-abierta"]
    assert [(one.id, one.field, one.texts) for one in word.edits if one.collection == "sources"] == [
        ("sheet-l", "kind", ("list-of-persons", "document"))
    ]
    assert shown(imported(PERSONS, word.register).register)["public"] == []


def test_a_cell_that_says_what_an_earlier_row_said_of_a_person_is_the_persons_too():
    found = mapped(("name", "person.name"), ["Casa;Ana Ruiz", "Casa;Ana Ruiz"], of="persons")
    assert [(one.row, one.record_id) for one in found.cells if one.what == "person.name" and one.row > 1] == [
        (2, "person-1"),
        (3, "person-1"),
    ]
