"""The section of a country's page on one review: what is known of it, and its steps as a table."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from untoc_network.engagement.country_overview import (
    FocalPointOverview,
    PublishedArtefact,
    ReviewOverview,
    StepOverview,
)
from untoc_network.engagement.translatable_message import Value
from untoc_network.process.step_standings import StepStanding
from untoc_network.process.transition import StatePart
from untoc_network.reports.country_page import PageLine, PageSection, PageTable, PageWriter, list_codes

__all__ = ["write_review"]

_HEADS = ("step", "by", "known", "due", "source")


def write_review(writer: PageWriter, review: ReviewOverview) -> PageSection:
    """The section on one review."""
    return _ReviewWriter(writer).write(review)


class _ReviewWriter:
    def __init__(self, writer: PageWriter) -> None:
        self.writer, self.say, self.line, self.teller = writer, writer.say, writer.line, writer.teller

    def write(self, review: ReviewOverview) -> PageSection:
        title = [self.say("country.review")]
        title += [] if review.phase is None else [self.say("country.of-phase", phase=review.phase)]
        title += [] if review.cluster is None else [self.say("country.of-cluster", cluster=review.cluster)]
        is_unsure = any(step.standing is StepStanding.NO_RECORD for step in review.steps)
        return PageSection(
            title=", ".join(title),
            items=tuple(self.list_review_lines(review)),
            table=PageTable(
                head=tuple(self.say(f"country.head-{name}") for name in _HEADS),
                rows=tuple(self.make_step_cells(step) for step in review.steps),
                sources=tuple(self.writer.number(step.sources) for step in review.steps),
            ),
            paragraphs=(self.line("country.no-record-note"),) if is_unsure else (),
        )

    def list_review_lines(self, review: ReviewOverview) -> Iterator[PageLine]:
        if review.is_recorded:
            yield self.line("country.stage", review.sources, state=review.state)
        else:
            yield self.line("country.not-recorded")
        if review.instruments:
            yield self.line("country.instruments", review.sources, instruments=list_codes(review.instruments))
        if review.languages:
            yield self.line("country.languages", review.sources, languages=self.writer.name_languages(review.languages))
        for one in review.reviewers:
            key = "country.reviewer-instruments" if one.instruments else "country.reviewer"
            told: dict[str, Value] = {"instruments": list_codes(one.instruments)} if one.instruments else {}
            yield self.line(key, one.sources, country=one.country, **told)
        if not review.reviewers:
            yield self.line("country.reviewers-unknown")
        yield self.describe_focal_point(review.focal_point)
        yield from map(self.describe_publication, review.published)
        if not review.published:
            yield self.line("country.public-none")
        yield from self.list_shares(review)

    def describe_publication(self, one: PublishedArtefact) -> PageLine:
        values: dict[str, Value] = {"kind": one.kind}
        key = "country.public"
        if one.published is not None:
            key, values = "country.public-since", {**values, "on": one.published}
        line = self.line(key, one.sources, **values)
        told = line.text if one.instrument is None else f"{line.text} ({one.instrument})"
        if one.languages:
            spoken = self.writer.name_languages(one.languages)
            told = self.say("country.public-languages", told=told, languages=spoken)
        return attrs.evolve(line, text=told, link=one.url)

    def list_shares(self, review: ReviewOverview) -> Iterator[PageLine]:
        """Of steps that each reviewing State takes for itself, how many have, and whose are missing."""
        for share in review.shares:
            if share.is_partial and share.total is not None:
                values: dict[str, Value] = {"number": len(share.done), "total": share.total}
                missing = tuple(self.name_part(part) for part in share.missing)
                yield self.line("country.share", review.sources, step=share.step, states=missing, **values)

    def name_part(self, part: StatePart) -> str:
        """The State whose part is missing, with the instruments that it is missing for where it gave others."""
        name = "?" if part.country is None else self.teller.country(part.country)
        return f"{name} ({', '.join(list_codes(part.instruments))})" if part.instruments else name

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
            due = self.writer.format_span(step.due, step.due_latest)
        by = [self.teller.country(code) for code in step.by]
        who = self.teller.words.listed(by) if by else self.teller.label(step.actor) if step.actor else ""
        return self.name_step(step), who, self.say(f"country.known-{standing}", **values), due

    def name_step(self, step: StepOverview) -> str:
        """What the step is, for which instruments, and who reviews from it on and no longer."""
        name = self.teller.label(step.step)
        told = [", ".join(list_codes(step.instruments))] if step.instruments else []
        for key, states in (("country.joins", step.joins), ("country.leaves", step.leaves)):
            if states:
                told.append(self.say(key, states=states))
        if step.until is not None:
            told.append(self.say("country.until", day=step.until))
        return f"{name} ({self.teller.words.chain(told)})" if told else name
