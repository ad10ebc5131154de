"""What a list says of how a membership stands, in four languages, and the membership that is made of it."""

import pytest

import untoc_network as un
from untoc_network.serializers.member_lists.cell_parsers import FIELD_PARSERS
from untoc_network.serializers.member_lists.membership_status import MembershipStatus, Standing
from untoc_network.text.word_tables import read_word_tables

WORDS = read_word_tables("untoc_network.serializers.member_lists", "vocabulary.toml")["membership_standings"]


def read(text):
    return FIELD_PARSERS["member.status"].parse(text, None)


def listed(rows, fields=("name", "member.status"), **settings):
    columns = {f"Column {number}": field for number, field in enumerate(fields)}
    mapping = un.member_lists.SheetMapping(columns=columns, header_row=1, **{"network": "red", **settings})
    return un.import_bytes(f"{';'.join(columns)}\n{rows}".encode(), file="l.csv", mapping=mapping)


def term(rows, fields=("name", "member.status")):
    """The membership, and what is kept in the notes."""
    found = listed(rows, fields)
    memberships, (body,) = found.register.memberships, found.register.organizations
    return memberships[0] if memberships else None, [note.text for note in body.notes]


@pytest.mark.parametrize("standing", Standing)
def test_each_word_is_read_alone_in_capitals_and_with_a_year(standing):
    for word in WORDS[standing]:
        assert read(word).values[0].standing in (standing, Standing.ENDED if word.startswith("inacti") else standing)
        assert read(f"{word.upper()} (2024)").values == (MembershipStatus(standing, un.PartialDate("2024")),), word


@pytest.mark.parametrize(
    ("text", "standing", "day"),
    [
        ("Ex-Miembro", "ended", None),
        ("sí", "running", None),
        ("baja desde el 28/03/2023", "ended", "2023-03-28"),
        ("Left in March 2021", "ended", "2021-03"),
        ("2019: activa", "running", "2019"),
        ("Retirada, 2020-05-01", "withdrew", "2020-05-01"),
    ],
)
def test_a_day_may_stand_beside_the_word(text, standing, day):
    assert read(text).values == (MembershipStatus(Standing(standing), day and un.PartialDate(day)),)
    assert read(text).is_complete


@pytest.mark.parametrize("text", ["suspendida, antes activa", "gold", "2024", "activo, pendiente de pago"])
def test_what_says_two_things_or_none_is_not_understood(text):
    assert not read(text).is_complete
    assert read(text).values == ()


def test_what_else_the_cell_says_is_no_day():
    assert read("baja por falta de pago") == read("baja por") != read("baja")
    assert read("baja 03/04/2023").is_ambiguous


@pytest.mark.parametrize(
    ("status", "period", "reason"),
    [
        ("activa", {"ending": "running"}, None),
        ("activa desde 2019", {"start": "2019", "ending": "running"}, None),
        ("ex miembro", {"ending": "ended"}, None),
        ("baja 2024", {"end": "2024"}, None),
        ("withdrawn 2024", {"end": "2024"}, "withdrew"),
        ("disuelta", {"ending": "ended"}, "dissolved"),
    ],
)
def test_the_status_becomes_the_end_of_the_membership(status, period, reason):
    membership, notes = term(f"Refuge;{status}")
    assert (membership.period, membership.end_reason, notes) == (un.Period(**period), reason, [])


def test_a_suspended_membership_is_left_open_and_told():
    membership, notes = term("Refuge;suspendida 2024")
    assert (membership.period, notes) == (None, ["suspendida 2024"])


def test_who_only_applied_is_no_member():
    assert term("Refuge;en trámite") == (None, ["en trámite"])


def test_days_that_contradict_each_other_are_kept_in_the_notes():
    three = ("name", "member.status", "member.since", "member.until")
    membership, notes = term("Refuge;baja 2020;2022;", three)
    assert (membership.period, notes) == (un.Period(start="2022", ending="ended"), ["baja 2020"])
    membership, notes = term("Refuge;activa desde 2020;2022;", three)
    assert (membership.period, notes) == (un.Period(start="2022", ending="running"), ["activa desde 2020"])
    membership, notes = term("Refuge;baja 2024;2022;2023", three)
    assert (membership.period, notes) == (un.Period(start="2022", end="2023"), ["baja 2024"])
    assert term("Refuge;baja 2023;2022;2023", three)[1] == []


def test_two_columns_that_differ_are_told():
    membership, notes = term("Refuge;baja;yes", ("name", "member.status", "member.active"))
    assert (membership.period, notes) == (un.Period(ending="ended"), ["yes"])
    assert term("Refuge;baja;no", ("name", "member.status", "member.active"))[1] == []


def test_without_a_network_the_status_stays_in_the_notes():
    found = listed("Refuge;baja 2024", network=None)
    assert found.register.memberships == ()
    assert found.register.organizations[0].notes[0].text == "baja 2024"


def test_a_member_who_left_since_the_last_list_gets_the_end_and_nothing_comes_back():
    def again(status, existing):
        mapping = un.member_lists.SheetMapping(
            columns={"N": "name", "S": "member.status"}, header_row=1, network="red", list="l"
        )
        return un.import_bytes(f"N;S\nRefuge;{status}".encode(), mapping=mapping, existing=existing).register

    first = again("activa", None)
    left = again("retirada 2024", first)
    (membership,) = left.memberships
    assert (membership.period, membership.end_reason) == (un.Period(end="2024"), un.MembershipEnd.WITHDREW)
    assert again("retirada 2024", left) == left
