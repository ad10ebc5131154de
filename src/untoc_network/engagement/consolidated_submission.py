"""One consolidated submission from all contributions, on a State's review or to a dialogue, with names by consent."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import UnknownRecord
from untoc_network.diagnostics.findings import Certainty
from untoc_network.diagnostics.object_to_dict import BLANK, HasPlainForm, PlainForm
from untoc_network.engagement.nameable_authors import find_named_authors, sort_stakeholder_names
from untoc_network.engagement.translatable_message import Message, make_message
from untoc_network.model.contribution import Contribution, ContributionStage
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import CountryReview
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.register import Register
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference, parse_treaty_code
from untoc_network.reference.packaged_tables import LANGUAGES
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, Purpose
from untoc_network.values.consent_evaluation import may
from untoc_network.values.dates import PartialDate

__all__ = [
    "HeldBackContribution",
    "HoldBackReason",
    "Submission",
    "SubmissionItem",
    "SubmissionSection",
    "dialogue_submission",
    "is_contribution_on_country",
    "submission",
]


class HoldBackReason(StrEnum):
    """Why a contribution is not in the submission."""

    AUDIENCE = "audience"
    """It is meant for a narrower circle."""
    CONSENT = "consent"
    """No consent of its authors to publication covers this circle on the day."""
    COUNTRY = "country"
    """It is for a dialogue, and names a country."""


@attrs.frozen(kw_only=True)
class HeldBackContribution(HasPlainForm):
    """A contribution that is left out, and why; where it names countries: in which field, where, and which."""

    contribution_id: str
    reason: HoldBackReason
    field: str | None = None
    start: int | None = None
    end: int | None = None
    countries: tuple[str, ...] = ()
    certainty: Certainty | None = None
    """How sure it is that these words name the countries; demonyms are only recalled."""

    plain_form = PlainForm(left_out=BLANK)


@attrs.frozen(kw_only=True)
class SubmissionItem:
    """A contribution in the submission: those who may be named, and how many more made it.

    Of one that stands under several articles, all but the first are `repeated`.
    """

    contribution: Contribution
    names: tuple[str, ...] = attrs.field(default=(), repr=False)
    unnamed: int = 0
    repeated: bool = False


@attrs.frozen(kw_only=True)
class SubmissionSection:
    """What there is on one article; without an article, on an instrument; without either, in general."""

    instrument: TreatyCode | None
    article: str | None
    title: str | None
    items: tuple[SubmissionItem, ...]


@attrs.frozen(kw_only=True)
class Submission:
    """The submission: a title, sections in the order of the treaties, who made it, and what was held back."""

    title: Message
    on: PartialDate
    audience: Audience
    sections: tuple[SubmissionSection, ...]
    names: tuple[str, ...] = attrs.field(repr=False)
    unnamed: int
    held_back: tuple[HeldBackContribution, ...]


@check_arguments
def submission(  # noqa: PLR0913
    register: Register,
    country: str,
    on: PartialDate | dt.date | str,
    *,
    cluster: int | None = None,
    instrument: str | None = None,
    audience: Audience = Audience.PUBLIC,
    reference: Reference | None = None,
) -> Submission:
    """The consolidated submission on the review of one State, for a cluster, an instrument or all.

    Only what its authors agreed to make public is in it, unless `audience` is narrower. Authors are named by consent,
    others are counted. Raises `UnknownRecord` for no instrument.
    """
    facts, code = reference or packaged(), None if instrument is None else parse_treaty_code(instrument)
    own = [
        one
        for one in register.contributions
        if is_contribution_on_country(one, country, register)
        and _get_cluster(one, register) in (None, cluster or _get_cluster(one, register))
        and one.instrument in (None, code or one.instrument)
    ]
    values = {"country": country, "cluster": cluster, "instrument": code}
    told = {name: value for name, value in values.items() if value is not None}
    key = "-".join(("submission.title", *(name for name in ("cluster", "instrument") if name in told)))
    return _consolidate(register, facts, own, title=make_message(key, told), on=PartialDate.of(on), audience=audience)


@check_arguments
def dialogue_submission(
    register: Register,
    dialogue_id: str,
    on: PartialDate | dt.date | str,
    *,
    audience: Audience = Audience.PUBLIC,
    reference: Reference | None = None,
) -> Submission:
    """The consolidated submission to a dialogue; what surely names a country is held back, for none may be named there.

    Raises `UnknownRecord` for no dialogue.
    """
    dialogue, facts = register[dialogue_id], reference or packaged()
    if not isinstance(dialogue, ConstructiveDialogue):
        raise UnknownRecord(f"{dialogue_id!r} is not a constructive dialogue")
    own = [
        one
        for one in register.contributions
        if one.target_id is not None and register.resolved(one.target_id) == dialogue.id
    ]
    title = make_message("submission.title-dialogue", topics=dialogue.topics)
    return _consolidate(register, facts, own, title=title, on=PartialDate.of(on), audience=audience, anonymous=True)


def is_contribution_on_country(contribution: Contribution, country: str, register: Register) -> bool:
    """Whether a contribution goes to a review of a State, or is about the State; never one to a dialogue."""
    if contribution.stage is ContributionStage.CONSTRUCTIVE_DIALOGUE:
        return False
    target = register.by_id.get(register.resolved(contribution.target_id or ""))
    if isinstance(target, CountryReview):
        return target.country == country
    return contribution.country == country and not isinstance(target, ConstructiveDialogue)


def _get_cluster(contribution: Contribution, register: Register) -> int | None:
    target = register.by_id.get(register.resolved(contribution.target_id or ""))
    return contribution.cluster or (target.cluster if isinstance(target, CountryReview) else None)


def _consolidate(  # noqa: PLR0913
    register: Register,
    facts: Reference,
    contributions: Iterable[Contribution],
    *,
    title: Message,
    on: PartialDate,
    audience: Audience,
    anonymous: bool = False,
) -> Submission:
    shown, held_back = [], []
    for one in contributions:
        reasons = list(_list_hold_back_reasons(one, on, audience, facts, anonymous=anonymous))
        held_back += reasons
        shown += [] if reasons else [one]
    named: dict[str, None] = {}
    unnamed: dict[str, None] = {}
    items: dict[str, SubmissionItem] = {}
    for one in shown:
        by = find_named_authors(register, one, audience, on)
        named.update(dict.fromkeys(by.named))
        unnamed.update(dict.fromkeys(by.unnamed))
        items[one.id] = SubmissionItem(
            contribution=one, names=sort_stakeholder_names(register, by.named), unnamed=len(by.unnamed)
        )
    return Submission(
        title=title,
        on=on,
        audience=audience,
        sections=tuple(_make_sections(shown, items, facts)),
        names=sort_stakeholder_names(register, named),
        unnamed=len(unnamed.keys() - named.keys()),
        held_back=tuple(held_back),
    )


def _list_hold_back_reasons(
    contribution: Contribution, on: PartialDate, audience: Audience, facts: Reference, *, anonymous: bool
) -> Iterator[HeldBackContribution]:
    order = tuple(Audience)
    if order.index(contribution.audience) > order.index(audience):
        yield HeldBackContribution(contribution_id=contribution.id, reason=HoldBackReason.AUDIENCE)
    elif audience is not Audience.INTERNAL and not may(contribution, Purpose.PUBLICATION, audience, on):
        yield HeldBackContribution(contribution_id=contribution.id, reason=HoldBackReason.CONSENT)
    if anonymous:
        yield from _find_named_countries(contribution, facts)


def _find_named_countries(contribution: Contribution, facts: Reference) -> Iterator[HeldBackContribution]:
    if contribution.country is not None:
        yield HeldBackContribution(
            contribution_id=contribution.id,
            reason=HoldBackReason.COUNTRY,
            field="country",
            countries=(contribution.country,),
        )
    for field in ("title", "text"):
        for language, wording in (getattr(contribution, field) or {}).items():
            known = language[:2] if language[:2] in LANGUAGES else None
            for place in facts.country_names.find(wording, language=known):
                if place.sure:
                    yield HeldBackContribution(
                        contribution_id=contribution.id,
                        reason=HoldBackReason.COUNTRY,
                        field=f"{field}.{language}",
                        start=place.start,
                        end=place.end,
                        countries=place.codes,
                        certainty=place.certainty,
                    )


def _make_sections(
    contributions: Iterable[Contribution], items: Mapping[str, SubmissionItem], facts: Reference
) -> Iterator[SubmissionSection]:
    """A contribution on several articles stands under each of them."""
    placed: defaultdict[tuple[TreatyCode | None, str | None], list[SubmissionItem]] = defaultdict(list)
    for one in contributions:
        for article in (one.articles if one.instrument is not None else ()) or (None,):
            placed[one.instrument, article].append(items[one.id])
    titles = {(row.treaty, row.number): row.title for row in facts.table("articles")}
    places = {pair: number for number, pair in enumerate(titles)}
    codes = tuple(TreatyCode)

    def order(pair: tuple[TreatyCode | None, str | None]) -> tuple[object, ...]:
        code, article = pair
        whole = (code, (article or "").partition("(")[0])
        return (
            code is not None and codes.index(code) + 1,
            article is not None,
            places.get(whole, len(places)),
            article or "",
        )

    seen: set[str] = set()
    for code, article in sorted(placed, key=order):
        title = None if code is None or article is None else titles.get((code, article.partition("(")[0]))
        here = [attrs.evolve(item, repeated=item.contribution.id in seen) for item in placed[code, article]]
        seen.update(item.contribution.id for item in here)
        yield SubmissionSection(instrument=code, article=article, title=title, items=tuple(here))
