"""A list that is imported again tells who is gone; parents, regions and consents; findings without end; progress."""

import pytest

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.serializers.member_lists.sheet_reading import CellPlace

USUAL = un.Limits()


def imported(text, existing=None, file="l.csv", limits=USUAL, **settings):
    mapping = un.member_lists.SheetMapping(**settings)
    return un.import_bytes(text.encode(), file=file, mapping=mapping, existing=existing, limits=limits)


def told(found, *, without=("IM017",)):
    return [f"{one.line}:{one.column} {one.code} {one.message}" for one in found.report if one.code not in without]


# -- who is gone -----------------------------------------------------------------------------------------------------

FIRST = "Name;Country;Contact;Position\nRefuge;XA;P Uno;Director\nSchool;XB;P Dos;Director\n"


def test_who_is_no_longer_on_the_list_is_told_and_stays():
    first = imported(FIRST, network="net")
    again = imported(FIRST.replace("School;XB;P Dos;Director\n", ""), first.register, network="net")
    assert again.missing_from_list == ("school",)
    assert again.register == first.register
    assert again.changes == ()
    assert told(again) == [
        "None:None IM030 'school' was imported from this list but is no longer on it; the record stays unchanged"
    ]
    (finding,) = (one for one in again.report if one.code == "IM030")
    assert finding.subject == "school"


def test_a_person_who_is_gone_from_a_row_that_stays_is_told():
    first = imported(FIRST)
    again = imported(FIRST.replace("P Dos;Director", ";"), first.register)
    assert again.missing_from_list == ("school-contact-1",)


def test_a_person_without_a_post_is_known_by_the_affiliation():
    text = "Name;Contact\nRefuge;P Uno\nSchool;P Dos\n"
    assert imported("Name;Contact\nRefuge;P Uno\n", imported(text).register).missing_from_list == ("school",)


def test_records_of_other_lists_and_without_a_source_are_nobodys_to_miss():
    other = imported("Name\nChurch\n", file="other.csv").register
    own, _ = other.with_added(un.Organization(id="own", kind=un.OrganizationKind.NGO, name=un.Text({"en": "Own"})))
    first = imported(FIRST, own)
    assert imported(FIRST, first.register).missing_from_list == ()


def test_the_command_tells_how_many_are_gone(tmp_path, capsys):
    sheet, register = tmp_path / "l.csv", tmp_path / "r.json"
    sheet.write_text(FIRST)
    assert main(["import", str(sheet), "-o", str(register)]) == 0
    sheet.write_text("Name;Country;Contact;Position\nRefuge;XA;P Uno;Director\n")
    assert main(["import", str(sheet), "--into", str(register), "-o", str(register)]) == 0
    said = capsys.readouterr().err
    assert "records: none changed, 1 no longer listed; 0 errors, 1 warning" in said
    assert len(un.load(register).organizations) == 2


# -- parents and regions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "header", ["Parent organization", "Organización matriz", "Organização mãe", "Organisation mère"]
)
def test_a_parent_is_found_by_its_name_or_acronym_and_told_as_a_guess(header):
    found = imported(f"Name;Acronym;{header}\nUnit A;;Féderation\nFederation;FD;\nUnit B;;fd\n")
    parents = {one.id: one.parent_id for one in found.register.organizations}
    assert parents == {"unit-a": "federation", "federation": None, "unit-b": "federation"}
    assert told(found) == [
        "2:3 IM010 C2: the name is taken for the organization 'federation'",
        "4:3 IM010 C4: the name is taken for the organization 'federation'",
    ]


def test_a_parent_may_stand_in_the_register_only():
    body = un.Organization(
        id="body",
        kind=un.OrganizationKind.NGO,
        name=un.Text({"en": "The Body"}),
        aliases=(un.Alias(name="TB", kind=un.AliasKind.ACRONYM),),
    )
    found = imported("Name;Part of\nUnit;TB\n", un.Register(organizations=(body,)))
    assert found.register["unit"].parent_id == "body"


@pytest.mark.parametrize("parent", ["Nobody", "Unit", "Twin"])
def test_a_parent_that_is_not_one_other_organization_goes_to_the_notes(parent):
    found = imported(f"Name;Country;Part of\nUnit;XA;{parent}\nTwin;XA;\nTwin;XB;\n")
    unit = found.register["unit"]
    assert (unit.parent_id, unit.notes) == (None, (un.Note(text=parent, heading="Part of"),))
    assert "2:3 IM008 expected the name of one other organization of the list or the register in C2, column 'Part of'; the content is kept in the notes" in told(found)  # fmt: skip


def test_regions_in_four_languages():
    found = imported(
        "Name;Regiones\nA;América Latina y el Caribe, África\nB;Amérique centrale; \nC;Atlantis\n".replace("; \n", "\n")
    )
    assert {one.id: [str(region) for region in one.regions] for one in found.register.organizations} == {
        "a": ["latin-america-and-the-caribbean", "africa"],
        "b": ["central-america"],
        "c": [],
    }
    assert [one[:9] for one in told(found)] == ["4:2 IM008"]


# -- consents --------------------------------------------------------------------------------------------------------

CONSENTS = "Name;Consent to publish;Consent to contact;Consent scope;Consent basis;Consent date;Consent until\n"


def test_a_consent_has_purpose_audience_basis_and_dates():
    found = imported(f"{CONSENTS}A;yes;sí;members;form;2024-03-01;2026\n")
    assert told(found) == [
        "2:2 IM035 B2: the consent to publication on the list allows 'a' to be shown to the audience 'members'",
        "2:3 IM035 C2: the consent to contact on the list allows 'a' to be shown to the audience 'members'",
    ]
    both = {
        "audience": un.Audience.MEMBERS,
        "basis": un.ConsentBasis.FORM,
        "given": un.PartialDate("2024-03-01"),
        "expires": un.PartialDate("2026"),
    }
    assert found.register["a"].consents == (
        un.Consent(purpose=un.Purpose.PUBLICATION, **both),
        un.Consent(purpose=un.Purpose.CONTACT, **both),
    )


@pytest.mark.parametrize(
    "row", ["A;no;;members;form;2024-03-01;", "A;yes;;;form;2024;", "A;yes;;members;;;", "A;;;members;;2024;2025"]
)
def test_no_consent_is_made_up_and_no_cell_is_lost(row):
    found = imported(f"{CONSENTS}{row}\n")
    organization = found.register["a"]
    assert organization.consents == ()
    cells = row.split(";")[1:]
    assert sorted(note.text for note in organization.notes) == sorted(cell for cell in cells if cell)
    places = [fate.place for fate in found.cells if fate.row == 2 and fate.column > 1]
    assert places == [CellPlace.NOTE] * len([cell for cell in cells if cell])
    assert {one.code for one in found.report if one.code != "IM017"} == {"IM008"}


# -- limits and progress ---------------------------------------------------------------------------------------------


def test_findings_beyond_the_limit_are_counted_as_grave_as_they_are():
    text = "Name;Founded\n" + "".join(f"A{number};someday\n" for number in range(5)) + "B;2001\n" + ";2001\n" * 3
    found = imported(text, limits=un.Limits(max_findings=2))
    codes = [one.code for one in found.report]
    assert (codes.count("IM008"), codes.count("IM004"), codes.count("IM031")) == (2, 2, 1)
    (more,) = (one for one in found.report if one.code == "IM031")
    assert (more.severity, more.message) == (un.Severity.ERROR, "4 more findings are not shown")
    assert len(found.cells) == 2 + 12 + 3
    fewer = imported(text.replace("\n;2001", ""), limits=un.Limits(max_findings=2))
    assert [one.severity for one in fewer.report if one.code == "IM031"] == [un.Severity.WARNING]
    assert not [one for one in imported(text).report if one.code == "IM031"]


def test_progress_is_told_member_by_member(tmp_path):
    (tmp_path / "l.csv").write_text(FIRST)
    seen = []
    un.import_sheet(tmp_path / "l.csv", progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 2), (2, 2)]


def test_a_terminal_shows_how_far_it_is(tmp_path, monkeypatch, capsys):
    (tmp_path / "l.csv").write_text(FIRST)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert main(["import", str(tmp_path / "l.csv"), "-o", str(tmp_path / "r.json")]) == 0
    assert "\rimporting members [########################] 2/2\r\x1b[2K" in capsys.readouterr().err
