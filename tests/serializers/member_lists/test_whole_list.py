"""What is said once for a whole list: its network, since when, constants, consents' basis; and its language."""

import attrs
import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.serializers.member_lists.column_mapping import CONSTANT_FIELDS
from untoc_network.serializers.member_lists.list_language import guess_language

HEADER = "Nombre;Publicar;Correo;Contacto;Su permiso;Desde;Hasta"
COLUMNS = {
    "Nombre": "name",
    "Publicar": "consent.publication",
    "Correo": "email",
    "Contacto": "person.name",
    "Su permiso": "person.consent.publication",
    "Desde": "member.since",
    "Hasta": "member.until",
}
CONSENT = {"basis": "form", "audience": "public", "given": "2024-03-01"}


def bring(*rows, existing=None, header=HEADER, columns=COLUMNS, **settings):
    mapping = un.member_lists.SheetMapping(columns=columns, **settings)
    return un.import_bytes("\n".join((header, *rows)).encode(), file="l.csv", mapping=mapping, existing=existing)


def of_whom(whose=""):
    return {f"{whose}consent.{part}": text for part, text in CONSENT.items()}


def test_the_network_is_made_with_its_name_and_each_record_cites_the_list():
    found = bring("Casa;;;Ana Ejemplo", network="red", network_name="Red", constants={"country": "XA"})
    (network,) = found.register.networks
    assert (network.id, network.name["und"], network.kind, network.countries) == (
        "red",
        "Red",
        "national-alliance",
        ("XA",),
    )
    cited = {
        record.id: [one.source_id for one in record.sources] for record in found.register if record.id != "sheet-l"
    }
    assert set(map(tuple, cited.values())) == {("sheet-l",)}
    assert len(cited) == 4
    assert not un.validate(found.register, on="2024-06-01").errors


@pytest.mark.parametrize("named", [{"network": "red"}, {"network_name": "Red"}])
def test_without_a_name_or_an_id_no_network_is_made(named):
    assert bring("Casa", **named).register.networks == ()


def test_a_network_that_the_register_has_stays_as_it_is():
    first = bring("Casa", network="red", network_name="Red").register
    again = bring("Casa", network="red", network_name="Otra", existing=first)
    assert again.register.networks == first.networks
    assert [one.kind for one in first.networks] == ["regional"]
    assert again.edits == ()


def test_the_network_of_the_list_is_not_missed_next_time():
    first = bring("Casa", network="red", network_name="Red").register
    for named in ({}, {"network_name": "Red"}):
        again = bring("Casa", network="red", existing=first, **named)
        assert (again.missing_from_list, again.edits, again.register) == ((), (), first)
    by_hand = first.with_replaced(un.Network(id="red", name={"es": "Red"}, kind="umbrella"))[0]
    assert bring("Casa", network="red", network_name="Red", existing=by_hand).register.networks == by_hand.networks
    kept = first.with_replaced(attrs.evolve(first["red"], kind=un.NetworkKind.UMBRELLA))[0]
    assert bring("Casa", network="red", network_name="Red", existing=kept).register.networks == kept.networks
    assert bring("Casa", network="casa", existing=first).register.networks == first.networks


def test_a_constant_fills_only_what_the_row_does_not_say():
    settings = {"network": "red", "network_name": "Red", "constants": {"member.since": "1 March 2024"}}
    found = bring("Casa;;;;;2020;", "Mesa;;;;;;", "Foro;;;;;;2019", "Club;;;;;;2025", **settings).register
    terms = {one.organization_id: (str(one.period.start), str(one.period.end)) for one in found.memberships}
    assert terms == {
        "casa": ("2020", "None"),
        "mesa": ("2024-03-01", "None"),
        "foro": ("None", "2019"),
        "club": ("2024-03-01", "2025"),
    }


@pytest.mark.parametrize(
    ("status", "term"),
    [
        ("activa", ("2024-03", None)),
        ("activa desde 2021", ("2021", None)),
        ("baja 2025", ("2024-03", "2025")),
        ("baja 2019", (None, "2019")),
        ("baja", (None, None)),
        ("suspendida", ("2024-03", None)),
    ],
)
def test_since_when_those_listed_are_members_does_not_hold_of_who_left(status, term):
    found = bring(
        f"Casa;{status}",
        header="Nombre;Estado",
        columns={"Nombre": "name", "Estado": "member.status"},
        network="red",
        constants={"member.since": "2024-03"},
    )
    (period,) = [one.period for one in found.register.memberships]
    assert (period.start, period.end) == term


@pytest.mark.parametrize("yes", ["sí", "Si", "yes", "sim", "oui", "X"])
def test_a_yes_reaches_the_body_and_its_contacts_and_no_person(yes):
    found = bring(f"Casa;{yes};info@casa.example.org;Ana Ejemplo;", constants=of_whom()).register
    (body,), (person,) = found.organizations, found.persons
    assert [one.basis for one in body.consents] == ["form"]
    assert body.contacts[0].consents == body.consents
    assert str(body.consents[0].given) == "2024-03-01"
    assert person.consents == ()


def test_what_the_person_agreed_to_is_the_persons():
    found = bring("Casa;;info@casa.example.org;Ana Ejemplo;sí", constants=of_whom("person.")).register
    assert [one.audience for one in found.persons[0].consents] == ["public"]
    assert found.organizations[0].consents == found.organizations[0].contacts[0].consents == ()


@pytest.mark.parametrize("cell", ["no", "", "quizás", "não", "non"])
def test_nothing_but_a_yes_is_a_consent(cell):
    constants = {**of_whom(), **of_whom("person.")}
    found = bring(f"Casa;{cell};info@casa.example.org;Ana Ejemplo;{cell}", constants=constants).register
    assert found.organizations[0].consents == found.persons[0].consents == ()


@pytest.mark.parametrize(
    ("row", "header", "audience"),
    [
        ("Casa;no;sí", "", "internal"),
        ("Casa;;sí", "", "internal"),
        ("Casa;sí;sí", "", "public"),
        ("Casa;no;sí;public", ";Ante", "internal"),
        ("Casa;;sí;members", ";Ante", "members"),
    ],
)
def test_who_may_be_written_to_is_not_shown_by_the_audience_of_all(row, header, audience):
    columns = {
        "Nombre": "name",
        "Publicar": "consent.publication",
        "Escribir": "consent.contact",
        "Ante": "consent.audience",
    }
    found = bring(row, header=f"Nombre;Publicar;Escribir{header}", columns=columns, constants=of_whom()).register
    (body,) = found.organizations
    assert {str(one.purpose): str(one.audience) for one in body.consents}["contact"] == audience


def test_what_is_said_of_all_is_not_said_of_a_body_at_risk():
    columns = {"Nombre": "name", "Publicar": "consent.publication", "Riesgo": "at_risk"}
    found = bring("Casa;sí;sí", "Mesa;sí;no", header="Nombre;Publicar;Riesgo", columns=columns, constants=of_whom())
    assert [(body.id, len(body.consents)) for body in found.register.organizations] == [("casa", 0), ("mesa", 1)]


def test_the_basis_of_bodies_is_not_that_of_persons():
    assert bring("Casa;;;Ana Ejemplo;sí", constants=of_whom()).register.persons[0].consents == ()


@pytest.mark.parametrize("field", ["consent.publication", "person.consent.contact", "name", "email", "at_risk"])
def test_what_each_row_has_to_say_itself_is_no_constant(tmp_path, field):
    (tmp_path / "m.toml").write_text(f'[constants]\n"{field}" = "yes"\n', encoding="utf-8")
    with pytest.raises(un.UntocNetworkError) as raised:
        un.member_lists.load_mapping(tmp_path / "m.toml")
    assert field in str(raised.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("constants = 1", "constants must be a table from fields to what a cell would say"),
        ('[constants]\n"country" = "Atlantis"', "the constant 'country' must be the name of one country"),
        ('[constants]\n"member.since" = 2024', "the constant 'member.since' must be a date"),
        ('[constants]\n"contry" = "XA"', "the constant 'contry': no such field; did you mean 'country'?"),
        ('network_name = " "', "network_name must be the name of the network"),
    ],
)
def test_a_constant_that_no_cell_could_say_is_refused(tmp_path, text, problem):
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(un.UntocNetworkError, match=problem.replace("?", "[?]")):
        un.member_lists.load_mapping(tmp_path / "m.toml")


SAID = {"country": "CO", "member.since": "2024-03-01", "consent.basis": "form", "kind": "ngo", "themes": "youth"}


@given(st.dictionaries(st.sampled_from([*SAID]), st.none()), st.text(min_size=1).filter(str.strip))
def test_constants_are_written_and_read_back(tmp_path_factory, fields, name):
    mapping = un.member_lists.SheetMapping(constants={field: SAID[field] for field in fields}, network_name=name)
    path = tmp_path_factory.mktemp("m") / "mapping.toml"
    try:
        un.member_lists.write_mapping(mapping, path)
    except UnicodeEncodeError:
        return
    assert un.member_lists.load_mapping(path) == attrs_without_columns(mapping)
    assert {*SAID} <= {*CONSTANT_FIELDS}


def attrs_without_columns(mapping):
    return un.member_lists.SheetMapping(columns={}, constants=mapping.constants, network_name=mapping.network_name)


def test_in_a_list_of_persons_who_consents_is_the_person():
    columns = {"Persona": "person.name", "Publicar": "consent.publication", "Casa": "name"}
    found = bring(
        "Ana Ejemplo;sí;Casa", header="Persona;Publicar;Casa", columns=columns, of="persons", constants=of_whom()
    )
    assert all(body.consents == () for body in found.register.organizations)
    assert "person.consent.publication" in found.mapping.to_toml()
    assert "person.consent.basis" in found.mapping.constants


NAMES = {
    "es": ["Casa de las Mujeres", "Red de los Andes", "Asociación del Niño", "Mesa por la Paz y la Vida"],
    "pt": ["Associação do Rio", "Rede das Mulheres", "Casa da Criança", "Fundação São João"],
    "fr": ["Maison des Femmes", "Réseau du Sud", "Fondation pour les Droits", "Cœur du Monde"],
    "en": ["House of the North", "Women for Rights", "Network and Society", "Peace Watch"],
}


@pytest.mark.parametrize("language", NAMES)
def test_the_language_of_a_list_is_that_of_its_names(language):
    names = NAMES[language]
    assert guess_language(names, ()) == language
    assert guess_language(names[:1], ("Nombre", "Name", "Nom")) is None
    assert guess_language(("A", "B", "C"), ("Nombre", "País")) is None
    others = [one[0] for one in NAMES.values()]
    assert guess_language(others, ()) is None
    rows = "\n".join(names)
    found = un.import_bytes(f"Name\n{rows}".encode(), file="l.csv")
    assert {tuple(body.name) for body in found.register.organizations} == {(language,)}
    named = {"es": "Spanish", "pt": "Portuguese", "fr": "French", "en": "English"}[language]
    assert any(finding.message.endswith(f"are read as names in {named}") for finding in found.report)
    assert found.mapping.language == language


def test_two_names_are_enough_below_headers_of_their_language():
    assert guess_language(NAMES["es"][:2], ("Nombre", "País")) == "es"
    assert guess_language(NAMES["es"][:2], ("Name", "Country")) is None


def test_the_language_of_last_time_stays_whatever_the_names_look_like():
    first = un.import_bytes(b"Name\nA\n", file="l.csv").register
    again = un.import_bytes(("Name\nA\n" + "\n".join(NAMES["es"])).encode(), file="l.csv", existing=first).register
    assert {tuple(body.name) for body in again.organizations} == {("und",)}


LIST = "Nombre;País\nCasa de las Mujeres;XA\nRed de los Andes;XA\nMesa del Sur;XA\n"


@pytest.mark.parametrize(
    ("options", "network"),
    [
        (["--network", "red-sur", "--network-name", "Red del Sur"], "red-sur"),
        (["--network-name", "Red del Sur"], "red-del-sur"),
    ],
)
def test_the_command_makes_the_network_and_its_members(tmp_path, monkeypatch, options, network):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    assert main(["import", "l.csv", "-o", "r.json", *options, "--member-since", "2024-03"]) == 0
    register = un.load("r.json")
    assert [(one.id, one.name["es"]) for one in register.networks] == [(network, "Red del Sur")]
    assert len(register.members(network, on="2024-06-01")) == 3


def test_a_day_that_is_none_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    assert main(["import", "l.csv", "-o", "r.json", "--network", "red", "--member-since", "soon"]) == 2
    assert "the command line: the constant 'member.since' must be a date" in capsys.readouterr().err
