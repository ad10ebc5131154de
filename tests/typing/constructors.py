"""What constructors take, as type checkers see it: values and JSON forms, and nothing else."""

import datetime as dt
from typing import assert_type

import attrs

import untoc_network as un

refuge = un.Organization(
    id="xa-refuge",
    name={"en": "Refuge"},
    kind="ngo",
    founded="1999",
    dissolved=dt.date(2024, 1, 1),
    languages=["es"],
    seat={"country": "PA"},
    aliases=[{"name": "RXA", "kind": "acronym"}, un.Alias(name="R", kind=un.AliasKind.SHORT)],
    themes=["gender", un.Theme.YOUTH],
    links=({"kind": "website", "url": "https://example.org/"},),
)
assert_type(refuge.kind, un.OrganizationKind)
assert_type(refuge.founded, un.PartialDate | None)
assert_type(refuge.name, un.Text)
assert_type(refuge.themes, tuple[un.Theme, ...])
assert_type(refuge.aliases, tuple[un.Alias, ...])
assert_type(attrs.evolve(refuge, kind="media", founded=None), un.Organization)

themes: list[str] = ["gender"]
names: dict[str, str] = {"en": "Refuge"}
un.Organization(id="x", name=names, kind=un.OrganizationKind.NGO, themes=themes)
un.Organization(id="x", name=un.Text(en="X"), kind="ngo", themes=(un.Theme.GENDER,), seat=None, founded=None)
un.Event(id="talk", name={"en": "Talk"}, kind="workshop", starts="2024-05", starts_at="2024-05-14T10:00Z")
un.Period(start="2024", ending="running")

un.Organization(id="x", name={"en": "X"}, kind=3)  # E: "kind"
un.Organization(id="x", name={"en": "X"}, kind=None)  # E: "kind"
un.Organization(id=3, name={"en": "X"}, kind="ngo")  # E: "id"
un.Organization(id="x", name="X", kind="ngo")  # E: "name"
un.Organization(id="x", name={"en": 3}, kind="ngo")  # E: str
un.Organization(id="x", name={"en": "X"}, kind="ngo", founded=[1])  # E: "founded"
un.Organization(id="x", name={"en": "X"}, kind="ngo", founded=1999)  # E: "founded"
un.Organization(id="x", name={"en": "X"}, kind="ngo", languages="es")  # E: "languages"
un.Organization(id="x", name={"en": "X"}, kind="ngo", themes="gender")  # E: "themes"
un.Organization(id="x", name={"en": "X"}, kind="ngo", seat="PA")  # E: "seat"
un.Organization(id="x", name={"en": "X"}, kind="ngo", aliases={"name": "R", "kind": "short"})  # E: "aliases"
un.Organization(id="x", name={"en": "X"}, kind="ngo", misspelt=1)  # E: "misspelt"
un.Organization(id="x", kind="ngo")  # E: "name"
refuge.kind = un.OrganizationKind.MEDIA  # E: "kind"
refuge.knd  # E: "knd"
refuge.seat.cuntry  # E: "cuntry"
