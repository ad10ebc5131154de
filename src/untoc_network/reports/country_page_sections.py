"""The page of a country as sections of lines and tables, in words: what text and HTML are drawn from alike.

Each line ends with the numbers of its sources, which stand with their day below all sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from untoc_network.diagnostics.code import flow
from untoc_network.engagement.assessed_entry_point import Access, AssessedEntryPoint
from untoc_network.engagement.country_overview import (
    ContributionOverview,
    CountryOverview,
    EntryPointOverview,
    MemberOverview,
)
from untoc_network.engagement.translatable_message import MessageFormatter, Value
from untoc_network.i18n.language_words import Words
from untoc_network.model.convention import TreatyCode
from untoc_network.model.organization_and_person import OrganizationKind
from untoc_network.reference.facts import Reference
from untoc_network.reports.country_page import CountryPage, PageLine, PageSection, PageTable, PageWriter, list_codes
from untoc_network.reports.country_page_review import write_review
from untoc_network.reports.entry_points import describe_entry_point
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.statistics_text import translate_key
from untoc_network.values.multilingual_text import Text

__all__ = ["lay_out_country_page"]

_POINT_HEADS = ("what", "held", "where", "until", "source")
_TOLD_ONCE = ("decides", "next", "send", "waits", "duty")
"""What is alike in most entry points of a kind."""


def lay_out_country_page(
    overview: CountryOverview, *, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None
) -> CountryPage:
    """The page in the first of these languages that has words for it."""
    return _Layout(overview, MessageFormatter(languages, reference)).make()


class _Layout(PageWriter):
    """One page in the making."""

    def __init__(self, overview: CountryOverview, teller: MessageFormatter) -> None:
        super().__init__(teller)
        self.overview = overview

    def make(self) -> CountryPage:
        overview = self.overview
        sections = (
            self.introduce(),
            *(write_review(self, review) for review in overview.reviews),
            self.list_members(),
            self.list_contributions(),
            self.list_needs(),
            *self.list_entry_points(),
            self.write_letter(),
        )
        about = [self.say("country.as-of", on=overview.on, audience=overview.audience)]
        if overview.as_of is not None:
            about.append(self.say("country.register-as-of", as_of=overview.as_of))
        return CountryPage(
            title=self.say("country.title", country=overview.country),
            language=self.teller.words.language,
            about=tuple(about),
            sections=sections,
            contents_title=self.say("country.contents"),
            sources_title=self.say("country.sources"),
            sources=tuple((self.describe_source(one), one.url) for one in self.numbers),
        )

    # -- the State -----------------------------------------------------------------------------------------------------

    def introduce(self) -> PageSection:
        overview = self.overview
        items = []
        if overview.regional_group is not None:
            group = translate_key(overview.regional_group.group, self.teller.words)
            items.append(self.line("country.regional-group", overview.regional_group.sources, group=group))
        for party in overview.treaties:
            values: dict[str, Value] = {
                "instrument": party.instrument,
                "deposited": party.deposited,
                "kind": party.kind,
            }
            key = "country.party-deposited"
            if party.in_force is not None:
                key, values = "country.party", {**values, "in_force": party.in_force}
            items.append(self.line(key, party.sources, **values))
        others = tuple(
            code.value for code in TreatyCode if code not in {party.instrument for party in overview.treaties}
        )
        if others:
            items.append(self.line("country.no-party", instruments=others))
        items += [self.line("country.missing", said=self.teller.text(said)) for said in overview.missing]
        items += [self.line("country.group", one.sources, group=one.group) for one in overview.groups]
        if not overview.groups:
            items.append(self.line("country.group-unknown"))
        if overview.calendar:
            phases = tuple(
                self.say("country.phase", phase=one.phase, starts=one.starts, ends=one.ends)
                for one in overview.calendar
            )
            sources = tuple(dict.fromkeys(source for one in overview.calendar for source in one.sources))
            items.append(self.line("country.calendar", sources, phases=phases))
        for other in overview.reviews_of_others:
            told: dict[str, Value] = {"instruments": list_codes(other.instruments)} if other.instruments else {}
            key = "country.reviews-instruments" if other.instruments else "country.reviews"
            items.append(self.line(key, other.sources, country=other.country, **told))
        if not overview.reviews:
            items.append(self.line("country.no-review"))
        return PageSection(title=self.say("country.short"), items=tuple(items))

    # -- who works on it, and what there is ----------------------------------------------------------------------------

    def list_members(self) -> PageSection:
        return self.make_list("members", [self.describe_member(one) for one in self.overview.members])

    def describe_member(self, member: MemberOverview) -> PageLine:
        if member.kind is OrganizationKind.UNKNOWN:
            key = "country.member-seat-alone" if member.has_seat_there else "country.member-works-alone"
            line = self.line(key, member.sources, name=member.name)
        else:
            key = "country.member-seat" if member.has_seat_there else "country.member-works"
            line = self.line(key, member.sources, name=member.name, kind=member.kind)
        text = line.text if member.is_certain else self.say("country.member-unsure", member=line.text)
        return attrs.evolve(line, text=text, record_id=member.id)

    def list_contributions(self) -> PageSection:
        return self.make_list("contributions", [self.describe_contribution(one) for one in self.overview.contributions])

    def describe_contribution(self, one: ContributionOverview) -> PageLine:
        told = self.say("country.contribution", title=one.title, kind=one.kind, status=one.status)
        if one.instrument is not None and one.articles:
            articles = f"{one.instrument} {', '.join(one.articles)}"
            told = self.say("country.contribution-articles", told=told, articles=articles)
        if one.names:
            names = tuple(self.teller.name(name) if isinstance(name, Text) else name for name in one.names)
            told = self.say("country.contribution-by", told=told, names=names)
        if one.reflected_in is not None:
            told = self.say("country.contribution-reflected", told=told, reflected=one.reflected_in)
        return PageLine(text=told, sources=self.number(one.sources))

    def list_needs(self) -> PageSection:
        lines = []
        for need in self.overview.assistance_needs:
            text = need.text if need.text is not None else self.say("country.need-text-none")
            values: dict[str, Value] = {"instrument": need.instrument, "text": text}
            key = "country.need"
            if need.article is not None:
                key, values = "country.need-article", {**values, "article": need.article}
            lines.append(self.line(key, need.sources, **values))
        return self.make_list("needs", lines)

    def make_list(self, name: str, lines: Sequence[PageLine]) -> PageSection:
        none = () if lines else (self.line(f"country.{name}-none"),)
        return PageSection(title=self.say(f"country.{name}"), items=tuple(lines), paragraphs=none)

    # -- what can be done ----------------------------------------------------------------------------------------------

    def list_entry_points(self) -> Iterator[PageSection]:
        points = self.overview.entry_points
        note = self.line("country.points-note" if points else "country.points-none")
        yield PageSection(title=self.say("country.points"), paragraphs=(note,))
        for is_own, title in ((True, "country.points-own"), (False, "country.points-others")):
            some = [one for one in points if one.is_on_the_state is is_own]
            if some:
                yield PageSection(title=self.say(title), level=3)
            for kind in dict.fromkeys(one.point.kind for one in some):
                yield self.describe_entry_points(kind, [one for one in some if one.point.kind == kind])

    def describe_entry_points(self, kind: str, some: Sequence[EntryPointOverview]) -> PageSection:
        """All of one kind: what is to be done, once, and a row for each, with its last day and its sources."""
        told = [dict(describe_entry_point(one.point, self.teller)) for one in some]
        items = [
            self.line("country.point-line", head=self.say(f"head.{key}"), told=said)
            for key in _TOLD_ONCE
            for said in dict.fromkeys(parts[key] for parts in told if key in parts)
        ]
        items += [
            PageLine(text=link, link=link) for link in dict.fromkeys(it for one in some for it in one.point.links)
        ]
        return PageSection(
            title=capitalize_first(self.say(f"{kind}.about")),
            level=4,
            items=tuple(items),
            table=PageTable(
                head=tuple(self.say(f"country.head-{name}") for name in _POINT_HEADS),
                rows=tuple(
                    (
                        flow(self.teller.of(one.point.title)),
                        parts.get("held", ""),
                        parts["where"],
                        self.format_last_day(one.point, parts["access"]),
                    )
                    for one, parts in zip(some, told, strict=True)
                ),
                sources=tuple(self.number(one.sources) for one in some),
            ),
        )

    def format_last_day(self, point: AssessedEntryPoint, access: str) -> str:
        """The last day, and whether it is open or opens later; what is not known of that needs no word."""
        days = self.say("country.until-none")
        if point.closes is not None:
            days = self.format_span(point.closes.earliest, point.closes.latest)
            if point.closes.latest.certainly_before(point.on):
                days = self.say("country.until-past", days=days)
        is_telling = point.access in (Access.OPEN, Access.AHEAD)
        return self.say("country.until-access", days=days, access=access) if is_telling else days

    def write_letter(self) -> PageSection:
        letter, title = self.overview.letter, self.say("country.letter")
        if letter is None:
            return PageSection(title=title, paragraphs=(self.line("country.letter-none"),))
        told = [letter.address, letter.subject, *letter.paragraphs, *letter.requests, letter.closing]
        lines = [PageLine(text=flow(self.teller.of(one))) for one in told]
        return PageSection(title=title, paragraphs=(self.line("country.letter-note"), *lines), is_letter=True)
