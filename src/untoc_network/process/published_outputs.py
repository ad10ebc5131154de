"""What of a country review is public: since when, in which languages, for which instrument, and where."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.model.convention import TreatyCode
from untoc_network.model.country_review import PUBLISHED_BY_STEP, ArtefactKind, CountryReview
from untoc_network.values.dates import PartialDate
from untoc_network.values.ids_and_codes import LanguageTag, Url
from untoc_network.values.sources_and_claims import Citation

__all__ = ["PublishedOutput", "list_published_outputs"]


@attrs.frozen(kw_only=True)
class PublishedOutput(SharedMethods, HasPlainForm):
    """That a part of a review is public, as far as recorded; without an instrument, on all or on one not told."""

    kind: ArtefactKind
    instrument: TreatyCode | None = None
    published: PartialDate | None = None
    languages: tuple[LanguageTag, ...] = ()
    url: Url | None = None
    sources: tuple[Citation, ...] = ()

    plain_form = PlainForm("kind instrument since=published languages url sources")


def list_published_outputs(review: CountryReview, on: PartialDate | None = None) -> tuple[PublishedOutput, ...]:
    """What is recorded as public of a review, by its log and by what is said of its outputs, on a day or at all.

    What both say is told once, with the earlier day and the languages of both.
    """
    found: dict[tuple[ArtefactKind, TreatyCode | None], PublishedOutput] = {}
    for one in _iter_published_outputs(review):
        if on is not None and one.published is not None and one.published.certainly_after(on):
            continue
        known = found.setdefault((one.kind, one.instrument), one)
        days = [day for day in (known.published, one.published) if day is not None]
        found[one.kind, one.instrument] = attrs.evolve(
            known,
            published=min(days, key=lambda day: day.last, default=None),
            languages=tuple(dict.fromkeys((*known.languages, *one.languages))),
            url=known.url or one.url,
            sources=tuple(dict.fromkeys((*known.sources, *one.sources))),
        )
    return tuple(found.values())


def _iter_published_outputs(review: CountryReview) -> Iterator[PublishedOutput]:
    for artefact in review.artefacts:
        if artefact.published is not None or artefact.url is not None:
            yield PublishedOutput(
                kind=artefact.kind,
                instrument=artefact.instrument,
                published=artefact.published,
                languages=artefact.languages,
                url=artefact.url,
                sources=artefact.sources,
            )
    for entry in review.log:
        if entry.step in PUBLISHED_BY_STEP:
            for instrument in entry.instruments or (None,):
                yield PublishedOutput(
                    kind=PUBLISHED_BY_STEP[entry.step],
                    instrument=instrument,
                    published=entry.on,
                    languages=entry.languages,
                    url=entry.url,
                    sources=entry.sources,
                )
