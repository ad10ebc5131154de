"""From cells to records: each mess on its own, with what is said of it."""

import io

import openpyxl
import pytest

import untoc_network as un
from untoc_network.serializers.member_lists.sheet_reading import column_letters

HEADER_ONLY = un.member_lists.SheetMapping(header_row=1)


def imported(text, **settings):
    return un.import_bytes(text.encode(), file="l.csv", mapping=un.member_lists.SheetMapping(**settings))


def only(text, **settings):
    (organization,) = imported(text, **settings).register.organizations
    return organization


def said(found, *, without=("IM017",)):
    return [f"{one.line}:{one.column} {one.code} {one.message}" for one in found.report if one.code not in without]


def from_workbook(fill, **settings):
    book = openpyxl.Workbook()
    fill(book.active)
    written = io.BytesIO()
    book.save(written)
    return un.import_bytes(written.getvalue(), file="l.xlsx", mapping=un.member_lists.SheetMapping(**settings))


def test_a_full_row_becomes_an_organization_a_person_and_a_membership():
    found = imported(
        "Name;Name (English);Acronym;Alias;Former name;Kind;Flags;Country;City;Address;Countries;Themes;Languages;Expertise;Tools;Founded;"
        "Dissolved;Website;Social media;ROR;At risk;Email;Phone;PO Box;WhatsApp;Contact;Position;Contact email;Gender;Membership class;"
        "Membership role;Member since;Active\n"
        "Refugio;Refuge;RF;Casa;Hogar;ngo;women-led;XA;Puerto;Calle 1;XB;trata;es;albergues;incidencia;1999;2020;"
        "https://example.org/;https://example.org/s;00kkbzr26;no;a@example.org;+100 200 300;PO 1;+100 200 301;P Uno;Directora;"
        "p@example.org;mujer;full;founder;2022-04-07;yes",
        language="es",
        network="red",
    )
    assert said(found) == []
    organization, person, membership, source = found.register
    assert organization == un.Organization(
        id="refugio",
        name=un.Text(es="Refugio", en="Refuge"),
        kind=un.OrganizationKind.NGO,
        aliases=(
            un.Alias(name="RF", kind=un.AliasKind.ACRONYM),
            un.Alias(name="Hogar", kind=un.AliasKind.FORMER),
            un.Alias(name="Casa", kind=un.AliasKind.OTHER),
        ),
        flags=(un.OrganizationFlag.WOMEN_LED,),
        seat=un.Place(country="XA", city="Puerto", address="Calle 1"),
        countries=("XB",),
        themes=(un.Theme.TRAFFICKING_IN_PERSONS,),
        languages=("es",),
        expertise=(un.Text(es="albergues"),),
        engagement_tools=(un.EngagementTool.ADVOCACY,),
        identifiers=(un.Identifier(scheme=un.IdentifierScheme.ROR, value="00kkbzr26"),),
        founded=un.PartialDate("1999"),
        dissolved=un.PartialDate("2020"),
        links=(
            un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org/"),
            un.Link(kind=un.LinkKind.SOCIAL, url="https://example.org/s"),
        ),
        contacts=(
            un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org"),
            un.Contact(kind=un.ContactKind.PHONE, value="+100 200 300"),
            un.Contact(kind=un.ContactKind.POST, value="PO 1"),
            un.Contact(kind=un.ContactKind.MESSAGING, value="+100 200 301"),
        ),
        sources=(un.Citation(source_id="sheet-l"),),
    )
    assert person == un.Person(
        id="refugio-contact-1",
        name="P Uno",
        gender="mujer",
        posts=(un.Post(key="post-1", title=un.Text(es="Directora"), organization_id="refugio"),),
        contacts=(un.Contact(kind=un.ContactKind.EMAIL, value="p@example.org"),),
        sources=(un.Citation(source_id="sheet-l"),),
    )
    assert membership == un.Membership(
        id="refugio-in-red",
        network_id="red",
        organization_id="refugio",
        membership_class=un.MembershipClass.FULL,
        role=un.MembershipRole.FOUNDING_MEMBER,
        period=un.Period(start=un.PartialDate("2022-04-07"), ending=un.Ending.RUNNING),
        sources=(un.Citation(source_id="sheet-l"),),
    )
    assert source == un.Source(id="sheet-l", title=un.Text(es="l.csv"), kind=un.SourceKind.DOCUMENT)


# -- headers and rows ------------------------------------------------------------------------------------------------


def test_titles_above_and_headers_below_are_told_and_not_imported():
    found = imported("Miembros\n\nName;Country\nRefuge;XA\nNAME;country\nSchool;XB")
    assert said(found) == [
        "1:1 IM012 row 1 is above the headers and is not imported",
        "3:1 IM010 A3: this row is taken as the one that names the columns",
        "5:1 IM012 row 5 repeats the headers and is not imported",
    ]
    assert [organization.id for organization in found.register.organizations] == ["refuge", "school"]


def test_a_title_of_one_word_that_could_be_a_header_is_none_where_a_row_of_headers_follows():
    assert only("Organización\nName;Country\nRefuge;XA").seat.country == "XA"
    assert only("Organización\nRefuge").id == "refuge"


def test_a_list_with_many_columns_of_its_own_is_found_by_the_name_and_one_more():
    found = imported("A1;B2;C3;Name;Country;D4;E5\n1;2;3;Refuge;XA;4;5")
    assert found.register.organizations[0].seat.country == "XA"


@pytest.mark.parametrize("text", ["Refuge;XA\nSchool;XB", "", "Country;City\nXA;Port"])
def test_without_headers_nothing_is_imported_and_every_cell_is_told(text):
    found = imported(text)
    assert found.register is None
    assert said(found) == [
        "1:1 IM003 no column is recognized as the one with the names of the organizations or persons"
    ]
    assert {cell.what for cell in found.cells} <= {"IM003"}


def test_of_a_list_without_known_headers_the_first_row_that_looks_like_headers_is_suggested_for_a_mapping():
    found = imported("Liste\n;Wer;Wo\n;Qwertz;XA\n")
    assert (found.mapping.columns, found.mapping.header_row) == ({"Wer": "note", "Wo": "note"}, 2)
    completed = un.member_lists.SheetMapping(columns={"Wer": "name", "Wo": "country"}, header_row=2)
    assert un.import_bytes(b"Liste\n;Wer;Wo\n;Refuge;XA\n", mapping=completed).register["refuge"].seat.country == "XA"


def test_a_header_row_that_is_given_is_taken():
    found = imported("Name;Country\nName;City\nRefuge;Port", header_row=2)
    assert found.register.organizations[0].seat.city == "Port"
    assert imported("Name\nRefuge", header_row=9).register is None


def test_a_column_without_a_header_and_one_without_a_field_go_to_the_notes():
    found = imported("Name;;Door;Country\nRefuge;x;green;XA;surplus")
    assert said(found) == [
        "1:2 IM006 column B has no header; its cells are kept in the notes (1)",
        "1:3 IM007 the column 'Door' has no field; its cells are kept in the notes (1)",
        "1:5 IM006 column E has no header; its cells are kept in the notes (1)",
    ]
    assert found.register.organizations[0].notes == (
        un.Note(text="x", heading="column B"),
        un.Note(text="green", heading="Door"),
        un.Note(text="surplus", heading="column E"),
    )


def test_a_column_is_left_out_only_where_the_mapping_says_so():
    found = imported(
        "Name;Door;Land\nRefuge;green;XA", columns={"name": "name", "Door": "ignore", "Country": "country"}
    )
    assert said(found) == [
        "1:1 IM014 the mapping names the column 'Country', which the sheet does not have",
        "1:2 IM013 the column 'Door' is left out, as the mapping says (1 cell)",
        "1:3 IM007 the column 'Land' has no field; its cells are kept in the notes (1)",
    ]
    assert [(cell.place, cell.what) for cell in found.cells if cell.row == 2] == [
        ("field", "name"),
        ("finding", "IM013"),
        ("note", "Land"),
    ]


def test_two_columns_of_one_field_add_up_where_many_fit_and_contradict_where_one_does():
    found = imported("Name;Email;Email;Country;Country;Country\nRefuge;a@example.org;b@example.org;XA;XA;XB")
    (refuge,) = found.register.organizations
    assert [contact.value for contact in refuge.contacts] == ["a@example.org", "b@example.org"]
    assert said(found) == [
        "2:6 IM011 F2 in the column 'Country' gives a second value where there is a place for one; it is kept in the notes"
    ]
    assert refuge.notes == (un.Note(text="XB", heading="Country"),)


def test_a_row_without_a_name_is_an_error_and_the_others_are_imported():
    found = imported("Name;Country\n;XA\n=x;XB\nRefuge;XC")
    assert said(found) == [
        "2:1 IM004 row 2 names no organization; its cells are not imported (1)",
        "3:1 IM004 row 3 names no organization; its cells are not imported (2)",
    ]
    assert len(found.register.organizations) == 1


def test_a_name_in_one_language_is_enough():
    assert only("Name (English);Country\nRefuge;XA").name == un.Text(en="Refuge")


def test_equal_names_are_two_records_and_that_is_told():
    found = imported("Name;Country\nRefuge;XA\nREFUGE;XB\nRefuge;Atlantis\nrefuge;")
    assert [one.id for one in found.register.organizations] == ["refuge", "refuge-2", "refuge-3", "refuge-xb"]
    assert said(found)[0] == (
        "3:1 IM010 A3: the id that the name gives is already in use; the row is taken as another body, 'refuge-xb'"
    )


def test_a_formula_is_not_imported():
    found = imported("Name;City\nRefuge;=cmd|' /C calc'!A0")
    assert said(found) == ["2:2 IM005 B2 holds a formula, which is not imported"]
    assert found.cells[-1] == un.member_lists.CellFate(
        row=2, column=2, place=un.member_lists.CellPlace.FINDING, what="IM005", record_id="refuge"
    )


def test_a_date_that_can_be_two_days_is_told_and_kept():
    found = imported("Name;Founded\nRefuge;03/04/2022")
    assert said(found) == [
        "2:2 IM009 B2 in the column 'Founded' can be read as two different days; it is kept in the notes"
    ]
    assert found.register.organizations[0].notes == (un.Note(text="03/04/2022", heading="Founded"),)
    assert only("Name;Founded\nRefuge;03/04/2022", dates="mdy").founded == "2022-03-04"


def test_what_is_understood_in_part_is_in_the_field_and_whole_in_the_notes():
    found = imported("Name;Themes\nRefuge;trata, paz")
    assert said(found) == ["2:2 IM008 expected a theme in B2, column 'Themes'; the content is kept in the notes"]
    assert found.report.findings[0].hint.startswith("write some of: organized-crime, trafficking-in-persons")
    (refuge,) = found.register.organizations
    assert (refuge.themes, refuge.notes) == (
        ("trafficking-in-persons",),
        (un.Note(text="trata, paz", heading="Themes"),),
    )


# -- persons ---------------------------------------------------------------------------------------------------------


def test_several_persons_get_their_own_contacts_where_the_numbers_agree():
    found = imported(
        "Name;Contact;Position;Contact email\nRefuge;P Uno; Directora ;p@example.org\nSchool;P Dos / P Tres;A;x@example.org, y@example.org"
    )
    persons = {person.id: [contact.value for contact in person.contacts] for person in found.register.persons}
    assert persons == {
        "refuge-contact-1": ["p@example.org"],
        "school-contact-1": ["x@example.org"],
        "school-contact-2": ["y@example.org"],
    }
    assert said(found) == [
        "3:2 IM010 B3: the value is taken as the names of several persons",
        "3:3 IM008 expected the post of a person who is named in C3, column 'Position'; the content is kept in the notes",
        "3:4 IM010 D3: each value is taken for that of the person in the same place",
    ]
    school = found.register["school-contact-1"]
    assert school.affiliations == (un.Affiliation(key="member", organization_id="school"),)


def test_contacts_of_nobody_are_the_organizations_and_that_is_told():
    found = imported("Name;Contact;Contact email;Gender\nRefuge;;p@example.org;mujer")
    (refuge,) = found.register.organizations
    assert refuge.contacts == (un.Contact(kind=un.ContactKind.EMAIL, value="p@example.org", label="Contact email"),)
    assert said(found) == [
        "2:3 IM010 C2: the value cannot be assigned to one person; it is taken as that of the organization",
        "2:4 IM008 expected the gender of one person who is named in D2, column 'Gender'; the content is kept in the notes",
    ]


def test_numbered_contact_persons_are_kept_apart():
    found = imported(
        "Name;Contact 1;Contact email 1;Contact 2;Contact email 2;Contact phone 2\nRefuge;P Uno;p@example.org;P Dos;q@example.org;+100 200 300"
    )
    assert [(one.name, [contact.value for contact in one.contacts]) for one in found.register.persons] == [
        ("P Uno", ["p@example.org"]),
        ("P Dos", ["q@example.org", "+100 200 300"]),
    ]


# -- memberships -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "period", "notes"),
    [
        (";;", None, ()),
        ("2022;;", un.Period(start=un.PartialDate("2022")), ()),
        ("2022;2023;", un.Period(start=un.PartialDate("2022"), end=un.PartialDate("2023")), ()),
        ("2022;2023;no", un.Period(start=un.PartialDate("2022"), end=un.PartialDate("2023")), ()),
        (";;no", un.Period(ending=un.Ending.ENDED), ()),
        ("2022;2021;", un.Period(start=un.PartialDate("2022")), ("2021",)),
        ("2022;2023;sí", un.Period(start=un.PartialDate("2022"), ending=un.Ending.RUNNING), ("2023",)),
    ],
)
def test_periods_of_membership(cells, period, notes):
    found = imported(f"Name;Member since;Member until;Active\nRefuge;{cells}", network="red")
    (membership,) = found.register.memberships
    (refuge,) = found.register.organizations
    assert membership.period == period
    assert tuple(note.text for note in refuge.notes) == notes
    assert ("IM008" in {finding.code for finding in found.report}) == bool(notes)


def test_without_a_network_what_is_said_of_membership_is_kept_in_the_notes():
    found = imported("Name;Member since\nRefuge;2022")
    assert said(found) == [
        "1:2 IM016 the column 'Member since' is about membership, but no network is given; its cells are kept in the notes (1)"
    ]
    assert found.register.memberships == ()


# -- merged cells ----------------------------------------------------------------------------------------------------


def test_a_merged_value_is_that_of_each_of_its_rows_and_a_merged_header_that_of_each_of_its_columns():
    def fill(page):
        for row in (
            ["Name", "Country", "Email", None],
            ["Refuge", "XA", "a@example.org", "b@example.org"],
            ["School", None, "c@example.org"],
        ):
            page.append(row)
        page.merge_cells("B2:B3")
        page.merge_cells("C1:D1")

    found = from_workbook(fill)
    assert [(one.seat.country, len(one.contacts)) for one in found.register.organizations] == [("XA", 2), ("XA", 1)]
    assert said(found) == [
        "1:3 IM010 Sheet!C1:D1: the cells are merged; their header is taken for each of its columns",
        "2:2 IM010 Sheet!B2:B3: the cells are merged; their value is taken for each of its rows",
    ]
    assert len(found.cells) == 9


def test_rows_under_one_merged_name_are_one_organization():
    def fill(page):
        page.append(["Title"])
        page.append(["Name", "Country", "Contact"])
        page.append(["Refuge", "XA", "P Uno"])
        page.append([None, None, "P Dos"])
        page.append([None, "XB", None])
        page.append(["School", "XB", None])
        page.merge_cells("A1:C1")
        page.merge_cells("A3:A5")
        page.merge_cells("B3:B4")

    found = from_workbook(fill)
    assert [one.id for one in found.register.organizations] == ["refuge", "school"]
    assert [one.id for one in found.register.persons] == ["refuge-contact-1", "refuge-contact-2"]
    assert "IM011" in {finding.code for finding in found.report}


# -- again and again -------------------------------------------------------------------------------------------------


def test_a_changed_list_gives_the_changes_and_keeps_what_the_list_does_not_speak_of():
    import attrs

    first = imported("Name;City;Email;Door\nRefuge;Port;a@example.org;green\nSchool;Hill;b@example.org;").register
    consent = un.Consent(purpose=un.Purpose.CONTACT, audience=un.Audience.MEMBERS, basis=un.ConsentBasis.FORM)
    refuge = attrs.evolve(
        first["refuge"],
        themes=(un.Theme.FIREARMS,),
        contacts=(attrs.evolve(first["refuge"].contacts[0], consents=(consent,)),),
        notes=(*first["refuge"].notes, un.Note(text="by hand")),
    )
    tended, _ = first.with_replaced(refuge)
    again = un.import_bytes(
        b"Name;City;Email;Door\nRefuge;Bay;a@example.org;red\nSchool;Hill;b@example.org;\nHouse;Port;;",
        file="l.csv",
        existing=tended,
    )
    assert [(change.kind, change.id) for change in again.changes] == [("added", "house"), ("replaced", "refuge")]
    kept = again.register["refuge"]
    assert (kept.seat.city, kept.themes, kept.contacts[0].consents) == ("Bay", (un.Theme.FIREARMS,), (consent,))
    assert kept.notes == (un.Note(text="by hand"), un.Note(text="red", heading="Door"))


def test_one_address_under_two_labels_stays_as_it_is():
    text = b"Name;Email;Contact email\nRefuge;a@example.org;a@example.org"
    first = un.import_bytes(text)
    assert [one.label for one in first.register["refuge"].contacts] == [None, "Contact email"]
    assert un.import_bytes(text, existing=first.register).changes == ()


def test_an_id_of_another_kind_of_record_or_one_that_leads_elsewhere_is_not_taken():
    network = un.Network(id="refuge", name=un.Text(en="R"), kind=un.NetworkKind.REGIONAL)
    existing = un.Register(networks=(network,), redirects=(un.Redirect(old_id="school", new_id="refuge"),))
    found = un.import_bytes(b"Name;Country\nRefuge;XA\nSchool;XB", existing=existing)
    assert [one.id for one in found.register.organizations] == ["refuge-xa", "school-xb"]
    assert found.register.networks == (network,)


def test_a_list_on_standard_input_has_a_source_too(monkeypatch):
    class Input:
        buffer = io.BytesIO(b"Name;Country\nRefuge;XA")

    monkeypatch.setattr("sys.stdin", Input)
    assert un.import_sheet("-").register.sources[0].id == "sheet-stdin"


def test_findings_on_a_workbook_name_its_sheet():
    def fill(page):
        page.title = "Altas"
        page.append(["Name", "Country"])
        page.append([None, "XA"])
        page.append(["Refuge", "Atlantis"])

    found = from_workbook(fill)
    assert [dict(finding.params)["sheet"] for finding in found.report] == ["Altas", "Altas"]
    assert "Altas!B3, column 'Country'" in found.report.findings[1].message


def test_letters_of_no_column_are_none():
    assert column_letters(0) == ""
