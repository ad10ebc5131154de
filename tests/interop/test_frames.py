"""Collections as columns: what stands in them, that every table of data takes them, and that nobody is exposed."""

import datetime as dt

import attrs
import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
from untoc_network.model.register import COLLECTIONS
from untoc_network.testing import plant_canaries, registers

ON = "2026-11-24"
AGREED = un.Consent(purpose="publication", audience="public", basis="form")
REGISTER = un.Register(
    organizations=(
        un.Organization(
            id="xa-refuge",
            name={"en": "Refuge of Panama", "es": "Refugio de Panamá"},
            kind="ngo",
            aliases=(un.Alias(name="Old Refuge", kind="former"), un.Alias(name="RP", kind="acronym")),
            seat=un.Place(country="PA", city="Colón"),
            countries=["PA", "CO"],
            themes=["organized-crime", "youth"],
            founded="1999",
            links=(
                un.Link(kind="social", url="https://social.example.org/"),
                un.Link(kind="website", url="https://example.org/"),
            ),
            sources=(un.Citation(source_id="note"),),
            contacts=(un.Contact(kind="email", value="refuge@example.org", consents=(AGREED,)),),
        ),
        un.Organization(id="xb-union", name={"en": "Union"}, kind="trade-union"),
    ),
    persons=(un.Person(id="someone", name="A. Example", gender="woman", consents=(AGREED,)),),
    networks=(un.Network(id="net", name={"en": "Network"}, kind="regional"),),
    memberships=(
        un.Membership(id="m", network_id="net", organization_id="xa-refuge", period=un.Period(start="2022-03")),
    ),
    sources=(un.Source(id="note", title={"en": "Note"}, kind="document"),),
)


def row(columns, record_id):
    place = columns["id"].index(record_id)
    return {name: held[place] for name, held in columns.items()}


def test_columns_are_for_people_in_their_language():
    told = un.frames(REGISTER, lang="es")
    refuge = row(told["organizations"], "xa-refuge")
    assert [*refuge][:4] == ["id", "name", "kind", "acronym"]
    assert [*refuge][-1] == "sources"
    assert {name: value for name, value in refuge.items() if value not in (None, [])} == {
        "id": "xa-refuge",
        "name": "Refugio de Panamá",
        "acronym": "RP",
        "kind": "ONG",
        "country": "Panamá",
        "city": "Colón",
        "countries": ["Panamá", "Colombia"],
        "themes": ["delincuencia organizada", "juventud"],
        "founded": "1999",
        "website": "https://example.org/",
        "sources": ["note"],
    }
    union = row(told["organizations"], "xb-union")
    assert (union["name"], union["acronym"], union["country"], union["website"]) == ("Union", None, None, None)
    membership = row(told["memberships"], "m")
    assert (membership["network"], membership["organization"]) == ("Network", "Refugio de Panamá")
    assert (membership["start"], membership["end"], membership["network_id"]) == ("2022-03", None, "net")
    assert told["sources"]["title"] == ["Note"]


def test_without_a_language_the_codes_are_those_of_the_register():
    refuge = row(un.frames(REGISTER, lang=None)["organizations"], "xa-refuge")
    assert (refuge["kind"], refuge["country"], refuge["countries"]) == ("ngo", "PA", ["PA", "CO"])
    assert (refuge["name"], refuge["themes"]) == ("Refuge of Panama", ["organized-crime", "youth"])
    assert [type(one) for one in (refuge["kind"], refuge["founded"])] == [str, str]


def test_who_is_named_by_consent_alone_is_named_on_a_day_on_which_it_holds():
    assert un.frames(REGISTER)["persons"]["id"] == []
    assert un.frames(REGISTER, on=dt.date(2026, 11, 24))["persons"]["name"] == ["A. Example"]
    assert [*un.frames(REGISTER, on=ON)["persons"]] == ["id", "name", "sources"]
    ended = attrs.evolve(AGREED, withdrawn="2026-01-01")
    left, _ = REGISTER.with_replaced(attrs.evolve(REGISTER["someone"], consents=(ended,)))
    assert un.frames(left, on=ON)["persons"]["id"] == []
    assert un.frames(REGISTER, audience="internal")["persons"]["id"] == []
    inside = un.frames(REGISTER, audience="internal", on=ON)
    assert (inside["persons"]["name"], inside["persons"]["gender"]) == (["A. Example"], ["woman"])
    assert {"at_risk", "address"} <= inside["organizations"].keys()
    assert not {"at_risk", "address", "contacts"} & un.frames(REGISTER, audience="members")["organizations"].keys()


def test_own_fields_are_columns_for_those_who_may_see_them():
    extra = {"coalition": {"fee": 100, "tags": ["founder"], "grade": "a", "note": "undeclared"}}
    refuge = attrs.evolve(REGISTER["xa-refuge"], extra=extra)
    declared = [
        un.Extension("coalition", un.Organization, {"fee": int, "tags": tuple[str, ...]}),
        un.Extension("coalition", un.Organization, {"grade": str}, sensitivity="public"),
    ]
    held, _ = REGISTER.with_replaced(refuge)
    register, _ = un.reads(un.dumps(held), extensions=declared)

    def own(**asked):
        columns = un.frames(register, **asked)["organizations"]
        return {name: column for name, column in columns.items() if "." in name}

    assert own() == own(on=ON) == own(audience="members") == {"coalition.grade": ["a", None]}
    assert own(audience="internal", on=ON) == {
        "coalition.fee": [100, None],
        "coalition.grade": ["a", None],
        "coalition.tags": [["founder"], None],
    }


@given(registers(most=1))
@tries(20)
def test_the_public_columns_hold_no_planted_value(register):
    planted, canaries = plant_canaries(register)
    open_ones = {
        shown.id: shown
        for name in COLLECTIONS
        for shown in getattr(un.privacy.view(planted, "public", ON).register, name)
    }
    for on in (None, ON):
        text = str(un.frames(planted, on=on))
        allowed = str([un.to_dict(record) for record in open_ones.values()]) if on else ""
        assert not [one for found in canaries.values() for one in found if one in text and one not in allowed]


@given(registers(most=1))
@tries(20)
def test_tables_of_data_take_them_as_they_are_and_columns_hang_on_no_register(register):
    import polars as pl  # which loads much, and each worker looks at every test file

    told = un.frames(register, audience="internal", on=ON)
    assert list(told) == list(COLLECTIONS)
    assert {name: [*columns] for name, columns in told.items()} == {
        name: [*columns] for name, columns in un.frames(un.Register(), audience="internal").items()
    }
    for name, columns in told.items():
        table = pl.DataFrame(columns)
        assert table.height == len(columns["id"])
        assert table.to_dict(as_series=False) == columns, name


def test_a_wrong_call_is_told():
    with pytest.raises(un.ImpossibleValue, match="^audience: expected one of public, members, internal$"):
        un.frames(REGISTER, audience="press")
    with pytest.raises(un.ImpossibleValue):
        un.frames(REGISTER, on="2026")
    with pytest.raises(un.UnknownLanguage):
        un.frames(REGISTER, lang="tlh")
