"""Columns of own fields in a list: read by type, brought into a register field by field, and back by mapping."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import pytest

import untoc_network as un
from untoc_network.serializers.member_lists import SheetMapping


class Standing(StrEnum):
    ACTIVE = "active"
    LAPSED = "lapsed"


TYPES = {
    "fee": int,
    "share": Decimal,
    "paid": bool,
    "day": dt.date,
    "since": un.PartialDate,
    "seen": un.Instant,
    "standing": Standing,
    "word": ("a b", "c"),
    "said": str,
    "tags": tuple[str, ...],
    "days": tuple[dt.date, ...],
}
OWN = un.Extension("own", un.Organization, TYPES)


def listed(header, *cells, **more):
    rows = "".join(f'Body {number},"{cell}"\n' for number, cell in enumerate(cells))
    return un.import_bytes(f"Name,{header}\n{rows}".encode(), list="list", **{"extensions": [OWN]} | more)


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("fee", " 100 ", 100),
        ("fee", "-5", -5),
        ("share", "12.50", Decimal("12.50")),
        ("share", "12,5", Decimal("12.5")),
        ("share", "007", Decimal(7)),
        ("paid", "Sí", True),
        ("day", "28 March 2022", dt.date(2022, 3, 28)),
        ("since", "03/2022", un.PartialDate("2022-03")),
        ("seen", "2024-05-06T10:00Z", un.Instant("2024-05-06T10:00Z")),
        ("standing", "Lapsed", Standing.LAPSED),
        ("word", "A-B", "a b"),
        ("said", " two  words ", "two words"),
        ("tags", "one; two; one", ("one", "two")),
        ("days", "2022-03-28; 2022-03-29", (dt.date(2022, 3, 28), dt.date(2022, 3, 29))),
        ("unknown", "007", "007"),
    ],
)
def test_a_cell_is_read_as_its_field_is_declared(field, cell, value):
    imported = listed(f"extra.own.{field}", cell)
    (body,) = imported.register.organizations
    assert body.extra["own"] == {field: value}
    assert type(body.extra["own"][field]) is type(value)
    assert imported.register.extensions == (OWN,)
    assert un.loads(un.dumps(imported.register), extensions=[OWN]) == imported.register
    (fate,) = [one for one in imported.cells if (one.row, one.column) == (2, 2)]
    assert (fate.place.value, fate.what) == ("field", f"extra.own.{field}")


@pytest.mark.parametrize(
    ("field", "cell", "wanted", "kept"),
    [
        ("fee", "12.5", "a whole number", None),
        ("share", "1.250", "a number such as 12.50", None),
        ("paid", "perhaps", "yes or no", None),
        ("day", "2022", "a date", None),
        ("day", "some day", "a date", None),
        ("since", "some day", "a date", None),
        ("seen", "yesterday", "a moment with its difference to UTC, such as 2024-03-05T10:00-05:00", None),
        ("standing", "gone", "one or several of the known words", None),
        ("days", "2022-03-28; some day", "a date", (dt.date(2022, 3, 28),)),
    ],
)
def test_what_is_not_understood_stands_in_the_notes_and_is_told(field, cell, wanted, kept):
    imported = listed(f"extra.own.{field}", cell)
    (body,) = imported.register.organizations
    assert (body.extra and body.extra["own"][field]) == kept
    assert [note.text for note in body.notes] == [cell]
    (finding,) = [one for one in imported.report if one.code == "IM008"]
    assert finding.message == f"expected {wanted} in B2, column 'extra.own.{field}'; the content is kept in the notes"


def test_a_mapping_names_an_own_field_for_any_header(tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text('[columns]\nName = "name"\n"Cuota 2026" = "extra.own.fee"\n')
    mapping = un.member_lists.load_mapping(path)
    imported = listed("Cuota 2026", "100", mapping=mapping)
    assert imported.register.organizations[0].extra == un.Extra({"own": {"fee": 100}})
    assert '"Cuota 2026" = "extra.own.fee"' in imported.mapping.to_toml()
    path.write_text('[columns]\nName = "extra.own"\n')
    with pytest.raises(un.UnusableConfiguration):
        un.member_lists.load_mapping(path)


def test_the_same_list_again_changes_nothing_and_a_new_one_what_it_says_anew():
    first = listed("extra.own.fee", "100", "90").register
    assert listed("extra.own.fee", "100", "90", existing=first).register == first
    edited = un.Register(
        organizations=[
            un.patched(one, {"extra": {"own": {"said": "kept"}}}, extensions=[OWN])[0] for one in first.organizations
        ],
        **{name: getattr(first, name) for name in ("sources", "lists", "list_rows")},
        extensions=[OWN],
    )
    second = listed("extra.own.fee", "100", "80", existing=edited, extensions=())
    assert [one.extra.to_plain()["own"] for one in second.register.organizations] == [
        {"fee": 100, "said": "kept"}, {"fee": 80, "said": "kept"},
    ]  # fmt: skip
    assert [(edit.field, edit.what) for edit in second.edits if edit.field.startswith("extra")] == [
        ("extra.own.fee", "changed")
    ]
    other = listed("City", "Town", "Town", existing=second.register)
    assert [one.extra for one in other.register.organizations] == [one.extra for one in second.register.organizations]
    gone = listed("extra.own.fee", "", "80", existing=second.register).register
    assert gone.organizations[0].extra.to_plain() == {"own": {"said": "kept"}}


def test_an_erased_person_comes_back_in_no_own_field():
    person = un.Person(id="p-1", name="Zoraida Quintanilla", contacts=[{"kind": "email", "value": "zq@x.example"}])
    erased = un.privacy.erase(un.Register(persons=[person]), "p-1").register
    imported = listed("extra.own.said", "write to zq@x.example", existing=erased)
    assert imported.register.organizations[0].extra == un.Extra({"own": {"said": "write to […]"}})
    (told,) = [one for one in imported.report if one.code == "IM038"]
    assert (told.line, told.column) == (2, 2)
    assert SheetMapping(columns={"x": "extra.own.said"}).target("x").field == "extra.own.said"
