"""Columns by headers and cells together, and whom the rows are about."""

from pathlib import Path

import pytest

import untoc_network as un
from untoc_network.diagnostics.codes.member_lists import (
    FIELD_NAMES,
    assumed_column_meaning,
    assumed_list_kind,
    doubtful_column,
)
from untoc_network.serializers.member_lists import (
    column_recognition,
    name_columns,
    person_columns,
    row_subject,
    rows_to_members,
)
from untoc_network.serializers.member_lists.column_recognition import recognise_columns


def read(headers, *rows, of=None, groups=None):
    headers = dict(enumerate(headers.split(";"), 1))
    cells = {
        column: {
            at: texts[column - 1] for at, texts in enumerate((row.split(";") for row in rows), 2) if texts[column - 1]
        }
        for column in headers
    }
    return recognise_columns(headers, cells, of=of, groups=groups)


def fields(reading):
    return " ".join(str(column.target or "-") for column in reading.columns.values())


@pytest.mark.parametrize(
    ("headers", "rows", "of", "found"),
    [
        (
            "Nombre;Apellidos;Organización;Cargo;Correo electrónico",
            ["Ana;Ruiz Sol;Casa Abierta;Directora;ana@example.org"],
            "persons",
            "person.given_name person.family_name name person.post person.email",
        ),
        (
            "ID;Name;Email Address;Affiliation;Country",
            ["1;Ruiz, Ana;ana@example.org;Casa Abierta;Peru"],
            "persons",
            "- person.name person.email name -",
        ),
        (
            "Nom;Prénom;Organisation;Statut inscription",
            [],
            "participants",
            "person.family_name person.given_name name -",
        ),
        ("First name;Last name;Order #", [], "participants", "person.given_name person.family_name -"),
        (
            "Nombre;Correo",
            ["Ana Qwertz;x@example.org", "Asdf Uiop;y@example.org", "Jkl Yxc;z@example.org"],
            "persons",
            "person.name person.email",
        ),
        (
            "Wer;Was;Correo",
            ["Ana Qwertz;Casa;x@example.org", "Luz Uiop;Foro;y@example.org"],
            "persons",
            "person.name - person.email",
        ),
        ("Wer;Correo", ["Casa Qwertz;x@example.org", "Foro Uiop;y@example.org"], "organizations", "name email"),
        ("Nombre;Correo;DNI", [], "persons", "person.name person.email -"),
        ("Nombre;Correo;Cargo", [], "persons", "person.name person.email person.post"),
        ("Nombre;Rol;Correo", [], "persons", "person.name person.post person.email"),
        (
            "Nombre;Correo",
            ["Qwertz Asdf;x@example.org", "Uiop Jkl;y@example.org"],
            "persons",
            "person.name person.email",
        ),
        ("id;name;email", ["1;Qwertz;info@example.org"], "organizations", "- name email"),
        ("Nombre;País", [], "organizations", "name country"),
        ("Nombre", [], "organizations", "name"),
        ("Nombre;Contacto", [], "organizations", "name -"),
        ("Nombre;Contacto;Correo", [], "organizations", "name person.name person.email"),
        ("Nombre;Correo", ["Casa Abierta;x@example.org"], "organizations", "name email"),
        ("Nombre completo;Correo;Dirección", [], "persons", "person.name person.email -"),
        ("Contacto;Correo", [], "persons", "person.name person.email"),
        ("Organización;Nombre completo;Correo", [], "persons", "name person.name person.email"),
        (
            "Organización;Contacto;Correo",
            ["Red A;Ana Ruiz;info@a.example.org"] * 2 + ["Red B;Luz Mar;info@b.example.org"] * 2,
            "organizations",
            "name person.name email",
        ),
        (
            "Prénom;Nom;Structure;Email de la structure",
            [],
            "contacts",
            "person.given_name person.family_name name email",
        ),
        ("Name;Attended", ["Ana Ruiz;Yes", "Luz Mar;No"], "participants", "person.name attended"),
        ("Name;Attended", ["Ana Ruiz;words", "Luz Mar;words"], "participants", "person.name -"),
        ("Attendee name;Attendee email;Ticket", [], "participants", "person.name person.email -"),
        (
            "Registration ID;First;Last;Email",
            ["1;Ana;Ruiz;ana@example.org"],
            "participants",
            "- person.given_name person.family_name person.email",
        ),
        ("Contact first;Contact last;Organization", [], "persons", "person.given_name person.family_name name"),
        ("Vocera;Organización;Móvil;Twitter", [], "persons", "person.name name person.phone -"),
        ("Vocera;Organización;Sigla;Móvil", [], "organizations", "person.name name acronym person.phone"),
        ("Name;Wert", ["Qwertz Asdf;111.444.777-35", "Uiop Jkl;529.982.247-25"], "persons", "person.name -"),
        (
            "Nome completo;Instituição Polo",
            ["Ana Ruiz;Casa Abierta", "Luz Mar;Rede do Rio"],
            "persons",
            "person.name name",
        ),
        ("Nome completo;Instituição Polo", ["Ana Ruiz;x", "Luz Mar;y"], "persons", "person.name -"),
        (
            "Expert;Wert;Institution;Email;Phone",
            ["Ana Ruiz;x;Open House;ana@example.org;1", "Luz Mar;y;River;luz@example.org;2"],
            "persons",
            "person.name - name person.email person.phone",
        ),
        ("Socio;Teléfono;Desde", ["Qwertz Asdf;999000001;2019", "Uiop Jkl;999000002;2020"], "persons", None),
        ("Organización;Cargo;Correo", [], "persons", "name person.post person.email"),
        ("Organización;Title;Correo", [], "organizations", "name - email"),
        ("Cargo;Nombre;Período", ["Presidenta;Ana Ruiz;2022-2024"], "persons", "person.post person.name -"),
        ("Buyer;Correo", ["Ana Ruiz;ana@example.org"], "persons", "person.name person.email"),
    ],
)
def test_whom_the_rows_are_about_is_told_by_headers_and_cells(headers, rows, of, found):
    reading = read(headers, *rows)
    assert (reading.of, fields(reading)) == (of, found or fields(reading))


@pytest.mark.parametrize(
    ("headers", "of", "found"),
    [
        ("Organization name;Members;Volunteers;Email", "organizations", "name - - email"),
        ("Members;Country", "organizations", "name country"),
        ("Volunteer;Email", "persons", "person.name person.email"),
        ("Name;Mission;Email", "organizations", "name - email"),
        ("Name;Position;Mission;Email", "persons", "person.name person.post - person.email"),
        ("Name;Occupation;Type;Email", "persons", "person.name - - person.email"),
        ("Name;Type;Account manager;Email", "organizations", "name kind - email"),
        ("Name;Type;Login;Email", "persons", "person.name - - person.email"),
        ("Name;Email;Gender;Wikidata", "persons", "person.name person.email person.gender -"),
        ("Member name;Email;Membership level", "persons", "person.name person.email member.class"),
        ("Name;Profile;Email", "persons", "person.name - person.email"),
        ("Name;DNI del representante;Type;Email", "organizations", "name - kind email"),
        ("Organization;DNI del presidente;Email", "organizations", "name - email"),
        ("Organization;Email;Attended", "participants", "name person.email -"),
        ("Organization;Bio;City", "organizations", "name - city"),
        ("Organization;Bio;Email", "persons", "name - person.email"),
        ("Organization;Email of the organization;Attended", "organizations", "name email -"),
        ("Name;Type;Meeting", "participants", "person.name - -"),
        ("Organization;Email;Meeting", "organizations", "name email -"),
        ("Name;Occupation;Projects;Email", "persons", "person.name - - person.email"),
        ("Name;Meeting;Email", "participants", "person.name - person.email"),
        ("Name;Notes;Country", "persons", "person.name - -"),
        ("Name;Notes;City", "organizations", "name - city"),
        ("Nombre;Correo;Temas de interés", "persons", "person.name person.email -"),
        ("EIN;NAME;STREET;AFFILIATION", "organizations", "identifier name address -"),
        ("Name;Company;Company number", "contacts", "person.name name identifier"),
        ("Acronym;Full name;Country", "organizations", "acronym name country"),
        ("Acronym;Full name;Job title", "persons", "- person.name person.post"),
        ("Name/Organization;Email;Attended", "participants", "person.name person.email -"),
        ("Nombre;Entidad;Municipio;Tipo", "organizations", "name address city kind"),
        ("Nombre;Entidad;Correo", "persons", "person.name name person.email"),
        ("Name;Manager email;First name;Email", "persons", "person.family_name - person.given_name person.email"),
        ("Name;Affiliation;Contact email", "persons", "person.name name person.email"),
        (
            "Organization;Country;Contact;Contact information;Phone",
            "organizations",
            "name country person.name - person.phone",
        ),
    ],
)
def test_words_that_stand_in_lists_of_both_tell_less_than_those_of_one(headers, of, found):
    reading = read(headers)
    assert (reading.of, fields(reading)) == (of, found)


@pytest.mark.parametrize(
    ("headers", "row", "doubted"),
    [
        ("Organization;Region", "Casa;Lima", {2: ("regions", "header-alone")}),
        ("Organization;Headquarters", "Casa;Lima", {2: ("country", "header-alone")}),
        ("Organization;Contact;Country", "Casa;Ana Ruiz;Peru", {2: ("person.name", "header-alone")}),
        ("Organization;Contact organization;Email", "Casa;Ana Ruiz;", {2: ("person.name", "header-alone")}),
        ("Organization;Website;Link", "Casa;;x", {3: ("website", "another-column")}),
        ("Organization;Link;URL", "Casa;;x", {}),
    ],
)
def test_a_header_of_many_meanings_is_doubted_where_no_row_is_there_yet(headers, row, doubted):
    found = {at: (one.likely, one.doubt) for at, one in read(headers).columns.items() if one.doubt}
    assert found == doubted
    assert not any(one.doubt == "header-alone" for one in read(headers, row).columns.values())


def test_given_and_family_names_beside_each_other_are_seen_by_their_addresses():
    rows = ["Ruiz Sol;Ana;ana.ruiz@example.org;Lima", "Mar;Luz;mar@example.org;Puno", "Pérez;José;j@example.org;Ica"]
    parts = "person.family_name person.given_name person.email -"
    assert fields(read("A;B;C;D", *rows)) == parts
    turned = [";".join([(one := row.split(";"))[1], one[0], *one[2:]]) for row in rows]
    assert fields(read("A;B;C;D", *turned)) == "person.given_name person.family_name person.email -"
    assert "family_name" not in fields(
        read("A;B;C;D", *(row.replace("ruiz", "x").replace("mar@", "x@") for row in rows))
    )
    assert "family_name" not in fields(read("A;B;C", *("Lima;Ana;x@example.org", "Puno;Luz;y@example.org")))


def test_a_column_that_says_something_else_is_never_the_name():
    assert fields(read("Post date;Category;Phone", *["x;ONG;+51 600 0000"] * 2)) == "- kind phone"
    assert fields(read("Organización;Información de contacto", *["Casa;info@example.org"] * 2)) == "name person.email"


def test_that_nothing_tells_what_the_rows_are_is_said():
    reading = read("Nombre;Wert", "Qwertz Asdf;x", "Uiop Jkl;y")
    assert (reading.of, reading.reason) == ("organizations", "no-sign")
    report = un.import_bytes(b"Nombre;Wert\nQwertz Asdf;x\nUiop Jkl;y\n").report
    told = [one.message for one in report if one.code == "IM020"]
    assert told == [
        "each row is read as an organization: that is how lists mostly are, and nothing says it of this one"
    ]


def test_what_a_list_is_of_can_be_said():
    assert fields(read("Nombre;Correo", of=un.member_lists.ListKind.ORGANIZATIONS)) == "name email"
    reading = read("Nombre;País;Consent contact", "Casa Abierta;Peru;yes", of=un.member_lists.ListKind.PERSONS)
    assert (fields(reading), reading.of, reading.reason) == (
        "person.name - person.consent.contact",
        "persons",
        "said",
    )


@pytest.mark.parametrize(
    ("headers", "rows", "found"),
    [
        ("CLUNI;NOMBRE DE LA OSC;ENTIDAD", ["A1;Casa Abierta, A.C.;PUEBLA"] * 3, "identifier name -"),
        ("Organización;Contacto", ["Casa;info@example.org"] * 2, "name email"),
        ("Organización;Contacto", ["Casa;https://example.org"] * 2, "name website"),
        ("Organización;Contacto;Presidenta", ["Casa;+51 600 0000;Ana Ruiz"] * 2, "name phone person.name"),
        ("Organización;Presidenta", ["Casa;ana@example.org"] * 2, "name person.email"),
        ("Organización;País", ["Casa;info@example.org"] * 2, "name -"),
        ("Organización;Sede", ["Casa;Lima", "Red;Cusco"], "name city"),
        ("Organización;Sede", ["Casa;Perú", "Red;Chile"], "name country"),
        ("Organización;Contacto;Correo", ["Casa;Ana Ruiz;ana@example.org"] * 2, "name person.name person.email"),
        ("Organización;Zzz", ["Casa;info@example.org"] * 2, "name email"),
        ("Organización;Zzz", ["Casa;ana@example.org"] * 2, "name -"),
        ("Organización;Zzz", ["Casa;https://example.org"] * 2, "name website"),
        ("Organización;Zzz;Web", ["Casa;https://example.org;https://example.org"] * 2, "name - website"),
        ("Organización;Zzz", ["Casa;Perú", "Red;Chile"], "name country"),
        ("Organización;Logo", ["Casa;https://example.org/a.png"] * 2, "name -"),
        ("Organización;Correo estatal", ["Casa;info@example.org"] * 2, "name email"),
        ("Organización;Nombre de la cosa", ["Casa;Qwertz"] * 2, "name -"),
        ("Nombre de la cosa;País", ["Qwertz;Peru"] * 2, "name country"),
        ("Wer;Wo", ["Casa Abierta;Peru", "Mesa Libre;Chile"], "name country"),
        ("Wer;Zzz", ["Ana Ruiz;1", "Luz Mar;2"], "person.name -"),
        ("Title;Job title;First name;Last name", [], "- person.post person.given_name person.family_name"),
        (
            "Nombre;contact_person;title;contact_person2;title2;mobile2",
            [],
            "name person.name person.post person2.name person2.post person2.phone",
        ),
        ("Organización;Presidente;Secretario;Correo del secretario", [], "name person.name person2.name person2.email"),
        (
            "Company;First name;Last name;Business phone;Business city;Home phone;Home city",
            [],
            "name person.given_name person.family_name person.phone - person.phone -",
        ),
        ("Name;Teléfono del trabajo;Contacto", [], "name person.phone person.name"),
        ("Organization 1 - Type;Organization 1 - Name", [], "- name"),
        ("Full name;VAT", ["Casa Abierta;1", "Mesa Libre;2"], "name identifier"),
        ("Organization;Contact person 2;Contact person 3;Phone 3", [], "name person.name person2.name person2.phone"),
        ("Organization;Contact 2;Contact 3;Contact email", [], "name person.name person2.name person.email"),
        ("nombre_cerveceria;razon_social;NIT", ["Casa Abierta;Abierta S.A.;1"], "name alias identifier"),
        ("Cargo;Nombre;Sigla", [], "- name acronym"),
        (
            "Zzz;Correo;Teléfono",
            ["Qwertz Asdf;x@example.org;5", "Uiop Jkl;y@example.org;6"],
            "person.name person.email person.phone",
        ),
        (
            "Zzz;Sitio web;País",
            ["Qwertz Asdf;https://x.example.org;Peru", "Uiop Jkl;https://y.example.org;Chile"],
            "name website country",
        ),
        ("ft_razao_social;razao_social;CNPJ", ["x;Casa Aberta;1", "y;Mesa Livre;2"], "- name identifier"),
        ("Nombre;Nombre;Sigla", [], "name name acronym"),
        (
            "Organización;Contacto;Cargo;Teléfono;Correo",
            ["Casa;Ana Ruiz;Vocal;5;x9@example.org"] * 2,
            "name person.name person.post person.phone person.email",
        ),
        (
            "Organización;Contacto;País;Correo",
            ["Casa;Ana Ruiz;Peru;x9@example.org"] * 2,
            "name person.name country email",
        ),
        (
            "Organización;Contacto;Correo de la organización",
            ["Casa;Ana Ruiz;x9@example.org"] * 2,
            "name person.name email",
        ),
        ("Nombre;Sector;Sigla", ["Casa;Qwertz;A"] * 3, "name - acronym"),
        ("Nombre;Sector;Sigla", ["Casa;Qwertz;A", "Red;ONG;B", "Mesa;Uiop;C"], "name kind acronym"),
        ("Nombre;Estado;Sigla", ["Casa;activa;A"] * 3, "name member.status acronym"),
        ("Nombre;Estado;Sigla", ["Casa;Puebla;A"] * 3, "name address acronym"),
        ("Nombre;Estado;Sigla", ["Casa;no;A", "Red;sí;B", "Mesa;Qwertz;C", "Foro;sí;D"], "name - acronym"),
        ("Name;Status;Acronym", ["Casa;baja 2024;A", "Red;active;B"], "name member.status acronym"),
        ("Name;Status;Acronym", ["Casa;first draft;A"], "name - acronym"),
        ("NIT;Nombre;Presidenta;Número de identificación", [], "identifier name person.name -"),
        ("Name;Acronym;Member of", [], "name acronym -"),
        ("Last name;Contact first name", [], "person.family_name person.given_name"),
        ("First name;Last name;President", [], "person.given_name person.family_name -"),
        (
            "Nombre;Representante titular;Representante suplente;Correo suplente",
            [],
            "name person.name person2.name person2.email",
        ),
        ("contact_person2;orgName;contact_person", [], "person2.name name person.name"),
        ("nombre_contacto;nombre_cerveceria", ["Ana Ruiz;Qwertz Asdf"], "person.name name"),
        ("Contact address;Contact phone;Name;Acronym", [], "address person.phone name acronym"),
        ("Name;Country;Country code", [], "name country country"),
        ("Wert;Entidad Wert;País", ["x;Qwertz;Peru", "y;Uiop;Chile"], "- name country"),
        ("publisher;organization", ["Open House;Free Table", "Open House;River Net"], "- name"),
        ("Title;Content;Org email", ["Casa Abierta;words;info@example.org"], "name - email"),
        ("Title;Email", ["Dra.;ana@example.org", "Lic.;luz@example.org"], "- person.email"),
        ("Title;First name;Last name", [], "- person.given_name person.family_name"),
        ("First name;Last name;Title", [], "person.given_name person.family_name person.post"),
        ("Title;Full name", ["Dra.;Ana Ruiz"], "- person.name"),
        ("Organización;Identificador", ["Casa;111.444.777-35"] * 3, "name -"),
        ("Organización;Wert", ["Casa;11.222.333/0001-81"] * 3, "name identifier"),
        ("Organización;Wert", ["Casa;20100001", "Red;20100002"], "name -"),
        ("Organización;Wert", ["Casa;+51 600 0000", "Red;+51 600 0001"], "name phone"),
        ("Organización;WhatsApp;Correo;Contacto", [], "name messaging email person.name"),
        ("Organization;Spokesperson;Twitter;Phone;Facebook", [], "name person.name - person.phone social"),
        ("Razón social;Representante legal;C.C.;Teléfono", [], "name person.name - person.phone"),
        (
            "Coletivo;Wert;Zap",
            ["Casa;Ana Ruiz;11 90000-0001", "Red;Luz Mar;11 90000-0002"],
            "name person.name person.phone",
        ),
        ("Organización;Contacto;País;WhatsApp", [], "name person.name country person.phone"),
        ("Organización;Contacto;Tel. oficina;Teléfono", [], "name person.name phone phone"),
        ("Wert;Correo general", ["Qwertz;info@example.org", "Asdf;info@example.org"], "name email"),
    ],
)
def test_headers_and_cells_confirm_or_contradict_each_other(headers, rows, found):
    assert fields(read(headers, *rows)) == found


def test_a_group_above_says_whose_the_columns_are():
    groups = {1: "Organización", 2: "Organización", 3: "Contacto", 4: "Contacto", 5: "Zzz"}
    assert (
        fields(read("Nombre;Correo;Nombre;Correo;País", groups=groups)) == "name email person.name person.email country"
    )


def test_a_group_of_contacts_in_which_nobody_is_named_is_how_to_reach_the_body():
    groups = dict.fromkeys((2, 3), "Contacto")
    assert fields(read("Nombre;Correo;Web", groups=groups)) == "name email website"


def test_reasons_and_doubts_are_phrases_of_their_findings():
    source = "".join(
        Path(one.__file__).read_text(encoding="utf-8")
        for one in (column_recognition, name_columns, person_columns, row_subject, rows_to_members)
    )
    for phrases in (assumed_column_meaning.phrases, assumed_list_kind.phrases):
        keys = phrases.keys() - FIELD_NAMES.keys()
        assert all(f'"{key}"' in source or key in [*un.member_lists.ListKind] for key in keys)
    reading = read("A;Name;ENTIDAD;País", *["1;Casa Abierta;Red;info@example.org"] * 3)
    assert {column.doubt for column in reading.columns.values() if column.doubt} <= doubtful_column.phrases.keys()


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Nombre;Persona de contacto;Correo;Página web;Teléfono", ["person.email", "website", "person.phone"]),
        ("Nombre;Persona de contacto;Página web;Teléfono;Correo", ["website", "person.phone", "person.email"]),
        ("Nombre;Persona de contacto;Correo;Ciudad;Teléfono", ["person.email", "city", "phone"]),
        ("Nombre;Persona de contacto;Correo;Web;Teléfono de la organización", ["person.email", "website", "phone"]),
    ],
)
def test_a_number_behind_the_website_behind_a_person_may_be_theirs_and_is_not_shown(header, fields):
    text = f"{header}\n" + "".join(f"Casa {word};Ana {word} Ejemplo;;;\n" for word in ("Sol", "Mar", "Luz"))
    columns = un.import_bytes(text.encode(), file="l.csv").mapping.columns
    assert [columns[name] for name in header.split(";")[2:]] == fields
