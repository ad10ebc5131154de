"""The page of a country as sections of lines and tables, in words: what text and HTML are drawn from alike.

Each line ends with the numbers of its sources, which stand with their day below all sections.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from untoc_network.engagement.assessed_entry_point import Access, AssessedEntryPoint
from untoc_network.engagement.country_overview import (
    ContributionOverview,
    CountryOverview,
    EntryPointOverview,
    FactSource,
    FocalPointOverview,
    MemberOverview,
    ReviewOverview,
    StepOverview,
    StepStanding,
)
from untoc_network.engagement.translatable_message import MessageFormatter, Value, has_wording, make_message
from untoc_network.i18n.language_words import Words
from untoc_network.model.convention import TreatyCode
from untoc_network.reference.facts import Reference
from untoc_network.reports.entry_points import describe_entry_point
from untoc_network.reports.rule_pages import capitalize_first
from untoc_network.reports.statistics_text import translate_key
from untoc_network.values.dates import PartialDate
from untoc_network.values.multilingual_text import Text

__all__ = ["CountryPage", "PageLine", "PageSection", "PageTable", "lay_out_country_page"]

_HEADS = ("step", "by", "known", "due", "source")
_POINT_HEADS = ("what", "held", "where", "until", "source")
_TOLD_ONCE = ("decides", "next", "send", "waits", "duty")
"""What is alike in most entry points of a kind."""


@attrs.frozen(kw_only=True)
class PageLine:
    """A sentence, the numbers of its sources, and where it links to."""

    text: str
    sources: tuple[int, ...] = ()
    link: str | None = None


@attrs.frozen(kw_only=True)
class PageTable:
    """Rows of cells, with the sources of each row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[int, ...], ...]


@attrs.frozen(kw_only=True)
class PageSection:
    """A heading of a level, what stands under it as paragraphs, as a list and as a table."""

    title: str
    level: int = 2
    paragraphs: tuple[PageLine, ...] = ()
    items: tuple[PageLine, ...] = ()
    table: PageTable | None = None
    is_letter: bool = False


@attrs.frozen(kw_only=True)
class CountryPage:
    """The page: its title, its day, its sections, and its sources from 1 on."""

    title: str
    language: str
    about: tuple[str, ...]
    sections: tuple[PageSection, ...]
    contents_title: str
    sources_title: str
    sources: tuple[tuple[str, str | None], ...]
    """Each source in words, and where it was read."""


def lay_out_country_page(
    overview: CountryOverview, *, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None
) -> CountryPage:
    """The page in the first of these languages that has words for it."""
    return _Layout(overview, MessageFormatter(languages, reference)).make()


class _Layout:
    """One page in the making."""

    def __init__(self, overview: CountryOverview, teller: MessageFormatter) -> None:
        self.overview, self.teller = overview, teller
        self.numbers: dict[FactSource, int] = {}

    def make(self) -> CountryPage:
        overview = self.overview
        sections = (
            self.introduce(),
            *(section for review in overview.reviews for section in self.describe_review(review)),
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

    def say(self, key: str, **values: Value) -> str:
        return " ".join(self.teller.of(make_message(key, values)).split())

    def line(self, key: str, sources: Sequence[FactSource] = (), /, **values: Value) -> PageLine:
        return PageLine(text=self.say(key, **values), sources=self.number(sources))

    def number(self, sources: Sequence[FactSource]) -> tuple[int, ...]:
        """The numbers of sources, in the order in which the page first names them."""
        return tuple(self.numbers.setdefault(one, len(self.numbers) + 1) for one in sources)

    def describe_source(self, source: FactSource) -> str:
        name = "register" if source.document is None else source.document
        own = "" if isinstance(name, Text) else f"country.source-{name.replace(' ', '-')}"
        document = self.say(own) if has_wording(own) else self.teller.name(name) if isinstance(name, Text) else name
        if source.provision is not None:
            step = source.provision.removeprefix("step ")
            told = f"{self.say('country.head-step')} {step}" if step != source.provision else source.provision
            document = f"{document}, {told}"
        values: dict[str, Value] = {"document": document, "certainty": source.certainty or "seen"}
        if source.day is None:
            return self.say("country.source-undated", **values)
        return self.say("country.source", day=source.day, **values)

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
        items += [self.line("country.missing", said=said) for said in overview.missing]
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
            told: dict[str, Value] = {"instruments": _list_codes(other.instruments)} if other.instruments else {}
            key = "country.reviews-instruments" if other.instruments else "country.reviews"
            items.append(self.line(key, other.sources, country=other.country, **told))
        if not overview.reviews:
            items.append(self.line("country.no-review"))
        return PageSection(title=self.say("country.short"), items=tuple(items))

    # -- its reviews ---------------------------------------------------------------------------------------------------

    def describe_review(self, review: ReviewOverview) -> Iterator[PageSection]:
        title = [self.say("country.review")]
        title += [] if review.phase is None else [self.say("country.of-phase", phase=review.phase)]
        title += [] if review.cluster is None else [self.say("country.of-cluster", cluster=review.cluster)]
        is_unsure = any(step.standing is StepStanding.NO_RECORD for step in review.steps)
        yield PageSection(
            title=", ".join(title),
            items=tuple(self.list_review_lines(review)),
            table=PageTable(
                head=tuple(self.say(f"country.head-{name}") for name in _HEADS),
                rows=tuple(self.make_step_cells(step) for step in review.steps),
                sources=tuple(self.number(step.sources) for step in review.steps),
            ),
            paragraphs=(self.line("country.no-record-note"),) if is_unsure else (),
        )

    def list_review_lines(self, review: ReviewOverview) -> Iterator[PageLine]:
        if review.is_recorded:
            yield self.line("country.stage", review.sources, state=review.state)
        else:
            yield self.line("country.not-recorded")
        if review.instruments:
            yield self.line("country.instruments", review.sources, instruments=_list_codes(review.instruments))
        if review.languages:
            spoken = tuple(translate_key(f"language-{tag}", self.teller.words) for tag in review.languages)
            yield self.line("country.languages", review.sources, languages=spoken)
        for one in review.reviewers:
            key = "country.reviewer-instruments" if one.instruments else "country.reviewer"
            told: dict[str, Value] = {"instruments": _list_codes(one.instruments)} if one.instruments else {}
            yield self.line(key, one.sources, country=one.country, **told)
        if not review.reviewers:
            yield self.line("country.reviewers-unknown")
        yield self.describe_focal_point(review.focal_point)
        for artefact in review.published:
            values: dict[str, Value] = {"kind": artefact.kind}
            key = "country.public"
            if artefact.published is not None:
                key, values = "country.public-since", {**values, "on": artefact.published}
            line = self.line(key, artefact.sources, **values)
            on = f" ({artefact.instrument})" if artefact.instrument is not None else ""
            yield attrs.evolve(line, text=f"{line.text}{on}", link=artefact.url)
        if not review.published:
            yield self.line("country.public-none")

    def describe_focal_point(self, point: FocalPointOverview | None) -> PageLine:
        if point is None:
            return self.line("country.focal-unknown")
        known: dict[str, Value | None] = {"office": point.office, "person": point.person}
        told = {name: value for name, value in known.items() if value is not None}
        return self.line("-".join(("country.focal", *told)), point.sources, **told)

    def make_step_cells(self, step: StepOverview) -> tuple[str, ...]:
        standing = str(step.standing)
        values: dict[str, Value] = {"days": step.days_late}
        if step.standing is StepStanding.RECORDED:
            standing += "-undated" if step.on is None else "-late" if step.days_late else ""
            values |= {} if step.on is None else {"on": step.on}
        due = ""
        if step.due is not None and step.due_latest is not None:
            due = self.format_span(step.due, step.due_latest)
        by = [self.teller.country(code) for code in step.by]
        who = self.teller.words.listed(by) if by else self.teller.label(step.actor) if step.actor else ""
        return self.teller.label(step.step), who, self.say(f"country.known-{standing}", **values), due

    # -- who works on it, and what there is ----------------------------------------------------------------------------

    def list_members(self) -> PageSection:
        return self.make_list("members", [self.describe_member(one) for one in self.overview.members])

    def describe_member(self, member: MemberOverview) -> PageLine:
        key = "country.member-seat" if member.has_seat_there else "country.member-works"
        line = self.line(key, member.sources, name=member.name, kind=member.kind)
        if member.is_certain:
            return line
        return attrs.evolve(line, text=self.say("country.member-unsure", member=line.text))

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
                        " ".join(self.teller.of(one.point.title).split()),
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

    def format_span(self, earliest: PartialDate, latest: PartialDate) -> str:
        return str(earliest) if earliest == latest else self.say("country.due-span", due=earliest, latest=latest)

    def write_letter(self) -> PageSection:
        letter, title = self.overview.letter, self.say("country.letter")
        if letter is None:
            return PageSection(title=title, paragraphs=(self.line("country.letter-none"),))
        told = [letter.address, letter.subject, *letter.paragraphs, *letter.requests, letter.closing]
        lines = [PageLine(text=" ".join(self.teller.of(one).split())) for one in told]
        return PageSection(title=title, paragraphs=(self.line("country.letter-note"), *lines), is_letter=True)


def _list_codes(instruments: Sequence[TreatyCode]) -> tuple[str, ...]:
    return tuple(code.value for code in instruments)
