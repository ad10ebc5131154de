"""SR: where content comes from, and where sources disagree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from untoc_network.diagnostics.findings import Certainty, Severity
from untoc_network.model.record import SourcedRecord
from untoc_network.model.source import Source
from untoc_network.rules import citations
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.values.fields import fields_of, nested_class
from untoc_network.values.sources_and_claims import Claim


@rule(
    "SR001",
    on=object,
    severity=Severity.WARNING,
    message="the record cites no source",
    hint="cite in 'sources' where the content was read",
    basis=citations.SOURCED,
)
def record_without_source(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A record cites at least one source, for itself or for a claim.

    Why: what nobody can check, nobody can correct.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "sources": [{"source_id": "note"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}
    """
    for record in records:
        if isinstance(record, SourcedRecord) and not record.sources and not record.claims:
            yield violation(record, "sources")


@rule(
    "SR002",
    on=Source,
    severity=Severity.WARNING,
    message="the source was retrieved ({retrieved:day}) before it was published ({published:day})",
    hint="check both dates; the page may have been given a later date",
    basis=citations.TIME,
)
def retrieved_before_published(sources: Iterable[Source], context: Context) -> Iterator[Violation]:
    """A source is published before it is retrieved.

    Why: one of the dates is wrong, or another version was read.

    Passes:
        {"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page", "published": "2022", "retrieved": "2022-04"}]}

    Fails:
        {"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page", "published": "2022-04-07", "retrieved": "2022-04-01"}]}
    """
    for source in sources:
        retrieved, published = source.retrieved, source.published
        if retrieved is not None and published is not None and retrieved.certainly_before(published):
            yield violation(source, "retrieved", retrieved=retrieved, published=published)


@rule(
    "SR003",
    on=object,
    severity=Severity.WARNING,
    message="the sources disagree on '{field:field}' ({values}), and no claim is chosen",
    hint='mark the claim that the record follows with "chosen": true, or leave the question open on purpose',
    basis=citations.SOURCED,
    fields=("claims",),
)
def conflicting_claims(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """Where sources disagree on a field, one of the claims is chosen.

    Why: readers should see which source the record follows, and that there is another.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}, {"id": "page", "title": {"en": "Page"}, "kind": "web-page"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03", "claims": [{"field": "starts", "value": "2022-03", "source": {"source_id": "note"}, "chosen": true}, {"field": "starts", "value": "2022-04", "source": {"source_id": "page"}}]}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}, {"id": "page", "title": {"en": "Page"}, "kind": "web-page"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "claims": [{"field": "starts", "value": "2022-03", "source": {"source_id": "note"}}, {"field": "starts", "value": "2022-04", "source": {"source_id": "page"}}]}]}
    """
    for record, field, claims in _group_claims_by_field(records):
        values = list(dict.fromkeys(claim.value for _, claim in claims))
        if len(values) > 1 and not any(claim.chosen for _, claim in claims):
            printable = " / ".join(values) if _is_public(record, field) else "…"
            yield violation(record, "claims", claims[0][0], field=field, values=printable)


@rule(
    "SR004",
    on=object,
    severity=Severity.WARNING,
    message="the record does not say what the chosen claim on '{field:field}' says",
    hint="change the field to agree with the claim, or choose another claim",
    basis=citations.SOURCED,
    fields=("claims",),
)
def record_contradicts_chosen_claim(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """The value of the record is that of the chosen claim.

    Why: otherwise the record cites a source for something that the source does not say.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03", "claims": [{"field": "starts", "value": "2022-03", "source": {"source_id": "note"}, "chosen": true}]}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-04", "claims": [{"field": "starts", "value": "2022-03", "source": {"source_id": "note"}, "chosen": true}]}]}
    """
    for record in records:
        for position, claim in enumerate(getattr(record, "claims", ())):
            is_followed = claim.chosen and _find_field(record, claim.field) is not None
            if is_followed and claim.value not in _read_field_values(record, claim.field):
                yield violation(record, "claims", position, field=claim.field)


@rule(
    "SR005",
    on=object,
    severity=Severity.WARNING,
    message="the symbol {resolution} is probably {likely} with a footnote mark glued to it",
    hint="compare the symbol with the document itself",
    basis=citations.NUMBERING,
    fields=("symbol",),
)
def footnote_mark_in_symbol(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """The symbol of a resolution of the Conference has no footnote mark attached to it.

    Why: web pages of the Mechanism print 9/11 and 10/12 where resolutions 9/1 and 10/1 are meant.

    Passes:
        {"sources": [{"id": "r", "title": {"en": "Resolution 9/1"}, "kind": "resolution", "symbol": "9/1"}]}

    Fails:
        {"sources": [{"id": "r", "title": {"en": "Resolution 9/1"}, "kind": "resolution", "symbol": "9/11"}]}
    """
    for record in records:
        glued = _GLUED.fullmatch(record.symbol)
        if glued is not None:
            yield violation(record, "symbol", resolution=glued[0].split()[-1], likely=glued[1])


_GLUED = re.compile(r"(?:[Rr]esolution )?((?:9|10)/1)[12]")


@rule(
    "SR006",
    on=object,
    severity=Severity.ERROR,
    message="the record has no field '{field:field}'",
    hint="name a field of the record, or, after a dot, a field of a part of it",
    basis=citations.IDENTITY,
    fields=("claims", "blanks"),
)
def claim_on_unknown_field(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A claim or a blank names a field that the record has.

    Why: a claim about nothing supports nothing.

    Passes:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "blanks": [{"field": "founded", "reason": "unknown"}]}]}

    Fails:
        {"networks": [{"id": "xa-network", "name": {"en": "Network"}, "kind": "regional", "blanks": [{"field": "foundation", "reason": "unknown"}]}]}
    """
    for record in records:
        for kind in ("claims", "blanks"):
            for position, item in enumerate(getattr(record, kind, ())):
                if _find_field(record, item.field) is None:
                    yield violation(record, kind, position, "field", field=item.field)


@rule(
    "SR007",
    on=object,
    severity=Severity.ERROR,
    message="'{field:field}' is recorded as blank ({reason:label}), but has a value",
    hint="delete the value or the blank",
    basis=citations.AGREEMENT,
    fields=("blanks",),
)
def blank_field_with_value(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A field that is recorded as blank has no value.

    Why: one of the two is not true.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "blanks": [{"field": "ends", "reason": "unknown"}]}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "ends": "2022", "blanks": [{"field": "ends", "reason": "unknown"}]}]}
    """
    for record in records:
        for position, blank in enumerate(getattr(record, "blanks", ())):
            if _find_field(record, blank.field) is not None and _read_field_values(record, blank.field):
                yield violation(record, "blanks", position, field=blank.field, reason=blank.reason)


@rule(
    "SR008",
    on=object,
    severity=Severity.ERROR,
    message="two different claims on '{field:field}' are chosen",
    hint="choose one of the two claims",
    basis=citations.SOURCED,
    fields=("claims",),
)
def several_claims_chosen(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """Of several claims that contradict each other on one field, at most one is chosen.

    Why: a record cannot follow two sources that disagree.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03", "claims": [{"field": "starts", "value": "2022-03", "source": {"source_id": "note"}, "chosen": true}, {"field": "starts", "value": "2022-03", "source": {"source_id": "note"}, "chosen": true}]}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "starts": "2022-03", "claims": [{"field": "starts", "value": "2022-03", "source": {"source_id": "note"}, "chosen": true}, {"field": "starts", "value": "2022-04", "source": {"source_id": "note"}, "chosen": true}]}]}
    """
    for record, field, claims in _group_claims_by_field(records):
        chosen = {claim.value: position for position, claim in claims if claim.chosen}
        if len(chosen) > 1:
            yield violation(record, "claims", max(chosen.values()), field=field)


@rule(
    "SR009",
    on=object,
    severity=Severity.INFO,
    message="the record has provenance '{certainty:label}': its content was not read as such in its source",
    hint="check the content in the source before presenting it as certain",
    basis=citations.SOURCED,
)
def unverified_provenance(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """The content of a record was read in at least one of its sources.

    Why: what is recalled, derived or disputed must never be presented as certain.

    Passes:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "sources": [{"source_id": "note", "certainty": "seen"}]}]}

    Fails:
        {"sources": [{"id": "note", "title": {"en": "Note"}, "kind": "press-note"}], "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "workshop", "sources": [{"source_id": "note", "certainty": "derived"}]}]}
    """
    for record in records:
        cited = getattr(record, "sources", ())
        if (
            cited
            and cited[0].certainty is not Certainty.SEEN
            and all(citation.certainty is not Certainty.SEEN for citation in cited)
        ):
            yield violation(record, "sources", certainty=cited[0].certainty)


Claims = list[tuple[int, Claim]]


def _group_claims_by_field(records: Iterable[Any]) -> Iterator[tuple[Any, str, Claims]]:
    """Of each record with claims, each claimed field with its claims and their positions."""
    for record in records:
        grouped: defaultdict[str, Claims] = defaultdict(list)
        for position, claim in enumerate(getattr(record, "claims", ())):
            grouped[claim.field].append((position, claim))
        yield from ((record, field, group) for field, group in grouped.items())


def _find_field(record: Any, path: str) -> Any:
    """The shape of the field that a dotted path names in a record's class, or None."""
    cls: type | None = type(record)
    shape = None
    for name in path.split("."):
        if cls is None:
            return None
        shape = next((field for field in fields_of(cls) if field.name == name), None)
        if shape is None:
            return None
        cls = nested_class(shape)
    return shape


def _is_public(record: Any, path: str) -> bool:
    shape = _find_field(record, path)
    return shape is not None and shape.sensitivity == "public"


def _read_field_values(record: Any, path: str) -> set[str]:
    """What the record itself says in a field, each value as the text that a claim would give."""
    holders = [record]
    for name in path.split("."):
        values = [getattr(holder, name) for holder in holders]
        holders = [
            item for value in values for item in (value if isinstance(value, tuple) else (value,)) if item is not None
        ]
    return {str(item.value) if isinstance(item, StrEnum) else str(item) for item in holders}
