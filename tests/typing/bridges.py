"""What goes to other tools: types for pydantic, labels, columns, schemas."""

from typing import Any, assert_type

from pydantic import BaseModel

import untoc_network as un
from untoc_network.pydantic import Organization, OrganizationId, OrganizationKind, PartialDate, Place, Text


class Application(BaseModel):
    body: Organization
    partners: list[Organization] = []
    kind: OrganizationKind | None = None
    since: PartialDate | None = None
    seat: Place | None = None
    words: Text | None = None
    asked_by: OrganizationId = "xa-refuge"


def answer(organization: Organization) -> Organization:
    assert_type(organization, un.Organization)
    return organization


refuge = un.Organization(id="xa-refuge", name={"en": "Refuge of XA"}, kind="ngo")
made = Application(body=refuge, partners=[answer(refuge)])
assert_type(made.body, un.Organization)
assert_type(made.partners[0].name, un.Text)
assert_type(made.kind, un.OrganizationKind | None)
assert_type(made.since, un.PartialDate | None)
Application(body=un.Place())  # E: "body"
answer(un.Network(id="n", name={"en": "N"}, kind="regional"))  # E: "answer"

register = un.Register(organizations=(refuge,))
assert_type(un.labels(un.Organization, lang="es")["founded"].label, str)
assert_type(un.frames(register, on="2026-11-24", audience="internal", lang=None)["organizations"], dict[str, list[Any]])
assert_type(un.openapi_schemas(), dict[str, Any])
assert_type(un.track(register, "2026-11-24").records(), list[dict[str, Any]])
assert_type(un.statistics.stats(register, on="2026-11-24").records(), list[dict[str, Any]])
un.frames(register, audience=1)  # E: "audience"
