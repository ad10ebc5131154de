"""Popolo JSON: organizations, persons who agreed, memberships, posts and events, in the words of its specification.

Networks are organizations whose classification is a kind of network. What Popolo has no field for is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from untoc_network.diagnostics.findings import Report
from untoc_network.interop.export_import_options import Exported, ExportOptions
from untoc_network.interop.web_json import drop_blanks, encode_json
from untoc_network.interop.wording_choice import choose_text, translate_country
from untoc_network.model.event import Event, EventLinkKind, EventRoleKind
from untoc_network.model.network import Membership, Network
from untoc_network.model.organization_and_person import Affiliation, Organization, Person, Post
from untoc_network.model.register import Register
from untoc_network.values.dates import Instant, PartialDate, Period
from untoc_network.values.multilingual_text import Alias, Text
from untoc_network.values.place_and_link import Place

__all__ = ["to_popolo"]


def to_popolo(register: Register, chosen: ExportOptions) -> Exported:
    """A document with a list for each class."""
    writer = _PopoloWriter(register, chosen)
    document = drop_blanks(
        organizations=[
            *map(writer.organization, register.organizations),
            *map(writer.network, register.networks),
        ],
        persons=[*map(writer.person, register.persons)],
        memberships=[*map(writer.membership, register.memberships), *writer.memberships_of_persons()],
        posts=[*writer.posts()],
        areas=[*writer.areas()],
        events=[*map(writer.event, register.events)],
    )
    return Exported(data=encode_json(document), report=Report())


class _PopoloWriter:
    """Writes records in one language, the other wordings beside it."""

    def __init__(self, register: Register, chosen: ExportOptions) -> None:
        self.register, self.chosen = register, chosen

    def organization(self, held: Organization) -> dict[str, Any]:
        """An organization."""
        return drop_blanks(
            id=held.id,
            **self._write_names(held.name, held.aliases),
            identifiers=[{"scheme": one.scheme.value, "identifier": one.value} for one in held.identifiers],
            classification=held.kind.value,
            parent_id=held.parent_id,
            area_id=held.seat.country if held.seat else None,
            founding_date=_format_day(held.founded),
            dissolution_date=_format_day(held.dissolved),
            links=[drop_blanks(url=link.url, note=link.kind.value) for link in held.links],
            sources=self._list_source_links(held),
        )

    def network(self, held: Network) -> dict[str, Any]:
        """A network, as an organization."""
        return drop_blanks(
            id=held.id,
            **self._write_names(held.name, held.aliases),
            classification=held.kind.value,
            description=choose_text(held.purpose, self.chosen.language) if held.purpose else None,
            founding_date=_format_day(held.founded),
            dissolution_date=_format_day(held.dissolved),
            links=[drop_blanks(url=link.url, note=link.kind.value) for link in held.links],
            sources=self._list_source_links(held),
        )

    def person(self, held: Person) -> dict[str, Any]:
        """A person; only those who agreed come this far, and only with the name."""
        return drop_blanks(id=held.id, name=held.name, sources=self._list_source_links(held))

    def membership(self, held: Membership) -> dict[str, Any]:
        """That an organization belongs to a network."""
        return drop_blanks(
            id=held.id,
            role=held.role.value,
            organization_id=held.network_id,
            member={"@type": "Organization", "id": held.organization_id},
            **_write_start_and_end_dates(held.period),
            sources=self._list_source_links(held),
        )

    def areas(self) -> Iterator[dict[str, Any]]:
        """The countries that organizations have their seats in."""
        seats = (held.seat.country for held in self.register.organizations if held.seat and held.seat.country)
        for code in sorted(set(seats)):
            name = translate_country(code, self.chosen.language)
            yield {"id": code, "identifier": code, "name": name, "classification": "country"}

    def posts(self) -> Iterator[dict[str, Any]]:
        """The positions that persons hold."""
        for person in self.register.persons:
            for post in person.posts:
                yield {
                    "id": f"{person.id}.{post.key}",
                    "label": choose_text(post.title, self.chosen.language),
                    "organization_id": post.organization_id,
                }

    def memberships_of_persons(self) -> Iterator[dict[str, Any]]:
        """That a person holds a post in an organization, or acts on its behalf."""
        for person in self.register.persons:
            roles: tuple[Post | Affiliation, ...] = (*person.posts, *person.affiliations)
            yield from (self._write_person_membership(person, role) for role in roles)

    def _write_person_membership(self, person: Person, role: Post | Affiliation) -> dict[str, Any]:
        own = f"{person.id}.{role.key}"
        return drop_blanks(
            id=f"{own}.membership",
            role=choose_text(role.title, self.chosen.language) if isinstance(role, Post) else None,
            person_id=person.id,
            organization_id=role.organization_id,
            post_id=own if isinstance(role, Post) else None,
            **_write_start_and_end_dates(role.period),
        )

    def event(self, held: Event) -> dict[str, Any]:
        """An event; of several organizers Popolo has room for the first."""
        organizers = (
            one.stakeholder_id
            for one in held.roles
            if one.kind is EventRoleKind.ORGANIZER and isinstance(self.register.by_id[one.stakeholder_id], Organization)
        )
        whole = (link.event_id for link in held.links_to if link.kind is EventLinkKind.PART_OF)
        return drop_blanks(
            id=held.id,
            name=choose_text(held.name, self.chosen.language),
            classification=held.kind.value,
            start_date=_format_moment(held.starts_at) or _format_day(held.starts),
            end_date=_format_moment(held.ends_at) or _format_day(held.ends),
            location=self._format_location(held.place),
            status=held.status.value if held.status else None,
            organization_id=next(organizers, None),
            parent_id=next(whole, None),
            sources=self._list_source_links(held),
        )

    def _write_names(self, name: Text, aliases: tuple[Alias, ...]) -> dict[str, Any]:
        """The name in one language; those in others, and the aliases, as other names with what they are."""
        main = choose_text(name, self.chosen.language)
        wordings = [{"name": wording, "note": tag} for tag, wording in name.items() if wording != main]
        others = [{"name": alias.name, "note": alias.kind.value} for alias in aliases]
        return {"name": main, "other_names": [*wordings, *others]}

    def _format_location(self, place: Place | None) -> str | None:
        if place is None:
            return None
        country = translate_country(place.country, self.chosen.language) if place.country else None
        return ", ".join(part for part in (place.venue, place.city, country) if part) or None

    def _list_source_links(self, held: Any) -> list[dict[str, Any]]:
        cited = (self.register.by_id[citation.source_id] for citation in held.sources)
        found = ((getattr(one, "url", None), getattr(one, "title", None)) for one in cited)
        return [
            drop_blanks(url=url, note=choose_text(title, self.chosen.language) if title else None)
            for url, title in found
            if url
        ]


def _format_day(when: PartialDate | None) -> str | None:
    return None if when is None else str(when)


def _format_moment(when: Instant | None) -> str | None:
    return None if when is None else when.partition("[")[0]


def _write_start_and_end_dates(period: Period | None) -> dict[str, Any]:
    return {"start_date": _format_day(period.start), "end_date": _format_day(period.end)} if period else {}
