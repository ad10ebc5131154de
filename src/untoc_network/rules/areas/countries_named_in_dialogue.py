"""CD and CT: no specific country is named in a constructive dialogue, nor in what stakeholders bring to it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from untoc_network.diagnostics.findings import Basis, Certainty, Severity
from untoc_network.model.contribution import Contribution, ContributionStage
from untoc_network.model.dialogue import ConstructiveDialogue
from untoc_network.model.event import Event, EventKind, Statement
from untoc_network.model.organization_and_person import Capacity, Organization, Person, Post
from untoc_network.reference.packaged_tables import LANGUAGES
from untoc_network.rules import citations
from untoc_network.rules.looked_at_fields import ROLES, Look, own_fields, referenced_fields
from untoc_network.rules.rule import Context, Rule, Violation, rule, violation
from untoc_network.values.multilingual_text import Text

if TYPE_CHECKING:
    from untoc_network.reference.country_mentions import CountryMention

_USAGE = Basis(document="common usage of the language", source="recalled", certainty=Certainty.RECALLED)
_NAMES = "'{words}' (characters {start:from-one} to {end}) names {country:country}"
_MAY_NAME = "'{words}' (characters {start:from-one} to {end}) may name {country:country}, or something else"
_LEAVE_OUT = "describe what applies to several States, or write 'one State of the region'"
_LOOK_AT = "check the text; leave it as it is if the word is a surname, a language or a thing"

Place = tuple[tuple[str | int, ...], Text, frozenset[str]]
"""A path in a record, the text there, and the countries that may be named in it."""

TextsIn = Callable[[Any, Context], Iterator[Place]]


def _list_dialogue_texts(dialogue: ConstructiveDialogue, _: Context) -> Iterator[Place]:
    if dialogue.summary is not None:
        yield ("summary",), dialogue.summary, frozenset()
    for position, item in enumerate(dialogue.agenda):
        yield ("agenda", position), item, frozenset()


def _list_contribution_texts(contribution: Contribution, context: Context) -> Iterator[Place]:
    to_a_dialogue = contribution.stage is ContributionStage.CONSTRUCTIVE_DIALOGUE
    if to_a_dialogue or isinstance(context.get(contribution.target_id), ConstructiveDialogue):
        for name in ("title", "text"):
            text = getattr(contribution, name)
            if text is not None:
                yield (name,), text, frozenset()


def _list_statement_texts(statement: Statement, context: Context) -> Iterator[Place]:
    event = context.get(statement.event_id)
    if isinstance(event, Event) and event.kind is EventKind.CONSTRUCTIVE_DIALOGUE:
        own = _find_states_spoken_for(statement, context)
        for name in ("summary", "wording"):
            text = getattr(statement, name)
            if text is not None:
                yield (name,), text, own


def _find_states_spoken_for(statement: Statement, context: Context) -> frozenset[str]:
    """The States that a statement is made for: these may speak of themselves."""
    speaker = context.get(statement.speaker_id)
    roles = speaker.roles if isinstance(speaker, Person) else ()
    named = [role for role in roles if role.key in statement.speaking_as]
    held = {role.country for role in named if isinstance(role, Capacity)}
    bodies = (context.get(role.organization_id) for role in named if isinstance(role, Post))
    return frozenset(code for code in (*held, *(_get_represented_state(body) for body in bodies)) if code)


def _get_represented_state(body: Any) -> str | None:
    return body.represents if isinstance(body, Organization) else None


def _may_belong_to_dialogue(record: Any, get: Callable[[str], Any]) -> bool:
    """Whether a statement or contribution may belong to a dialogue; where it is not known what it belongs to, it may."""
    whole = get(record.event_id if isinstance(record, Statement) else record.target_id)
    kinds = {getattr(record, "stage", None), getattr(whole, "kind", None)}
    return whole is None or isinstance(whole, ConstructiveDialogue) or not _DIALOGUES.isdisjoint(kinds)


_DIALOGUES = frozenset((ContributionStage.CONSTRUCTIVE_DIALOGUE, EventKind.CONSTRUCTIVE_DIALOGUE))
_OF_A_STATEMENT = (
    own_fields("summary", "wording", on=(Statement,), given=_may_belong_to_dialogue),
    own_fields("event_id", "speaker_id", "speaking_as", on=(Statement,)),
    referenced_fields("event_id", "kind"),
    referenced_fields("speaker_id", *ROLES).then(referenced_fields("posts.organization_id", "represents")),
)
_OF_A_CONTRIBUTION = (
    own_fields("title", "text", on=(Contribution,), given=_may_belong_to_dialogue),
    own_fields("stage", on=(Contribution,)),
    referenced_fields("target_id"),
)

_TEXTS: dict[type[Any], TextsIn] = {
    ConstructiveDialogue: _list_dialogue_texts,
    Statement: _list_statement_texts,
    Contribution: _list_contribution_texts,
}
"""Where the records that belong to dialogues have their texts."""


def _make_country_named_rule(
    code: str, *, on: type[Any], sure: bool = True, fields: tuple[str, ...] = (), looks: tuple[Look, ...] | None = None
) -> Callable[[TextsIn], Rule]:
    """A rule that finds every country that a text names, or may name, made of a function that gives a record's texts."""

    def decorate(texts_in: TextsIn) -> Rule:
        @rule(
            code,
            on=on,
            severity=Severity.ERROR if sure else Severity.INFO,
            message=_NAMES if sure else _MAY_NAME,
            hint=_LEAVE_OUT if sure else _LOOK_AT,
            basis=citations.NO_COUNTRY,
            fields=fields,
            looks=looks,
        )
        @functools.wraps(texts_in)
        def check(records: Iterable[Any], context: Context) -> Iterator[Violation]:
            for record in records:
                for path, text, excepting in texts_in(record, context):
                    for language, wording in text.items():
                        known = language[:2] if language[:2] in LANGUAGES else None
                        names = context.reference.country_names
                        for named in names.find(wording, language=known, excepting=excepting):
                            if named.sure is sure:
                                yield _to_violation(record, *path, language, named=named)

        return check

    return decorate


def _to_violation(record: Any, *path: str | int, named: CountryMention) -> Violation:
    return violation(
        record,
        *path,
        rests_on=_USAGE if named.certainty is Certainty.RECALLED else None,
        words=named.words,
        start=named.start,
        end=named.end,
        country=" / ".join(named.codes),
    )


@_make_country_named_rule("CD001", on=ConstructiveDialogue)
def country_named_in_dialogue(dialogue: ConstructiveDialogue, context: Context) -> Iterator[Place]:
    """The summary and the agenda of a dialogue name no specific country.

    Why: no country and no situation in one is dealt with there; a summary that names one is not shared. Names are found
    in English, Spanish, French and Portuguese, official, common and former ones, and demonyms, as whole words. What
    demonyms a country has is common knowledge, not read in a source: these findings are warnings.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "summary": {"en": "One State of the region trained its police; a turkey was served."}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "summary": {"en": "Papua New Guinea trained its police."}}]}
    """
    return _list_dialogue_texts(dialogue, context)


@_make_country_named_rule(
    "CD010",
    on=object,
    sure=False,
    fields=("summary", "agenda", "wording", "title", "text"),
    looks=(own_fields("summary", "agenda", on=(ConstructiveDialogue,)), *_OF_A_STATEMENT, *_OF_A_CONTRIBUTION),
)
def possible_country_name_in_dialogue(record: Any, context: Context) -> Iterator[Place]:
    """Summary, agenda, statements and contributions of a dialogue hold no word that may name a country.

    Why: Jordan and Chad are also people, Turkey a bird, French a language; only a reader can tell.

    Passes:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "summary": {"en": "The chair opened the floor."}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "constructive_dialogues": [{"id": "cd", "event_id": "talk", "summary": {"en": "Ms. Jordan opened the floor."}}]}
    """
    texts = _TEXTS.get(record.__class__)
    return texts(record, context) if texts else iter(())


@_make_country_named_rule("CD011", on=Statement, looks=_OF_A_STATEMENT)
def country_named_in_statement(statement: Statement, context: Context) -> Iterator[Place]:
    """A statement made in a dialogue names no specific country, except that a State speaks of itself.

    Why: no country and no situation in one is dealt with there.

    Passes:
        {"persons": [{"id": "p1", "name": "A. Example", "capacities": [{"key": "expert", "kind": "governmental-expert", "country": "PE"}]}], "events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "statements": [{"id": "s1", "event_id": "talk", "speaker_id": "p1", "speaking_as": ["expert"], "summary": {"en": "Peru trained its police."}}]}

    Fails:
        {"events": [{"id": "talk", "name": {"en": "Dialogue"}, "kind": "constructive-dialogue"}], "statements": [{"id": "s1", "event_id": "talk", "summary": {"en": "Papua New Guinea trained its police."}}]}
    """
    return _list_statement_texts(statement, context)


@_make_country_named_rule("CT001", on=Contribution, looks=_OF_A_CONTRIBUTION)
def country_named_in_contribution(contribution: Contribution, context: Context) -> Iterator[Place]:
    """A contribution to a dialogue names no specific country in its title and text.

    Why: the contribution would be turned down, or the speaker interrupted.

    Passes:
        {"contributions": [{"id": "c1", "title": {"en": "Training police in Papua New Guinea"}, "kind": "statement", "stage": "follow-up"}]}

    Fails:
        {"contributions": [{"id": "c1", "title": {"en": "Training police in Papua New Guinea"}, "kind": "statement", "stage": "constructive-dialogue"}]}
    """
    return _list_contribution_texts(contribution, context)


@rule(
    "CT007",
    on=Contribution,
    severity=Severity.ERROR,
    message="the contribution is for a dialogue, but is filed under {country:country}",
    hint="leave out 'country'; no country is dealt with in a dialogue",
    basis=citations.NO_COUNTRY,
)
def dialogue_contribution_filed_under_country(
    contributions: Iterable[Contribution], context: Context
) -> Iterator[Violation]:
    """A contribution to a dialogue is not filed under a country.

    Why: lists of contributions would name what the text leaves out.

    Passes:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "follow-up", "country": "PG"}]}

    Fails:
        {"contributions": [{"id": "c1", "title": {"en": "Study"}, "kind": "statement", "stage": "constructive-dialogue", "country": "PG"}]}
    """
    for contribution in contributions:
        if contribution.country is not None and contribution.stage is ContributionStage.CONSTRUCTIVE_DIALOGUE:
            yield violation(contribution, "country", country=contribution.country)
