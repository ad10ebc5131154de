"""All words that the entry points are told in, as one table of templates, and how their values are written out.

A value in a template is written as it is (`{day}`), as a country by its code (`{country:country}`), as a value of a
list in words (`{state:label}`), as articles of treaties (`{articles:articles}`) or as a remark on how sure something
is (`{certainty:doubt}`). Several values are written one after the other. The name of a thing is taken in the language
that is asked for. To speak another language, translate the table.
"""

from __future__ import annotations

import functools
import itertools
import string
from collections.abc import Callable, Mapping
from typing import Any

from untoc_network.engagement.said import Said
from untoc_network.findings import Certainty
from untoc_network.reference import packaged
from untoc_network.reference.tables import Reference
from untoc_network.values.text import Text

__all__ = ["WORDING", "label_of", "parts_of", "words_of"]

WORDING: Mapping[str, str] = {
    # -- national consultation -----------------------------------------------------------------------------------
    "national-consultation.about": "National consultation on the self-assessment questionnaire of a State",
    "national-consultation.title-country": "Self-assessment questionnaire of {country:country}",
    "national-consultation.title": "Self-assessment questionnaire of {country:country}, cluster {cluster}",
    "national-consultation.title-instrument": "Self-assessment questionnaire of {country:country} on {instrument}",
    "national-consultation.where": "{country:country}; the office of its focal point is not recorded",
    "national-consultation.where-office": "{country:country}, {office}",
    "national-consultation.next": "find out which office of {country:country} is its focal point, and offer it input",
    "national-consultation.next-office": "ask {office} when stakeholders are consulted, and offer input",
    "national-consultation.send": "answers to a mirror questionnaire, research, practices on {articles:articles}{certainty:doubt}",
    "national-consultation.send-any": "answers to a mirror questionnaire, research, practices on what is reviewed",
    # -- dialogue ------------------------------------------------------------------------------------------------
    "dialogue.about": "A constructive dialogue after a working group",
    "dialogue.title": "Constructive dialogue on {topics:label}",
    "dialogue.title-name": "{name}",
    "dialogue.title-any": "Constructive dialogue",
    "dialogue.where": "{place}",
    "dialogue.next-in-preparation": "apply to the secretariat for this dialogue; several may be applied for",
    "dialogue.next-submitted": "wait for the approval of the extended Bureau",
    "dialogue.next-objected": "ask for the reason of the objection, and for its withdrawal",
    "dialogue.next-approved": "take part; prepare inputs that name no specific country",
    "dialogue.next-declined": "apply for the next dialogue",
    "dialogue.next-withdrawn": "apply for the next dialogue",
    "dialogue.next-unclear": "find out where the application stands; a step of it is recorded without a day",
    "dialogue.send": "the application, with the expertise on the topic shown; inputs that name no specific country",
    # -- observer status -----------------------------------------------------------------------------------------
    "observer-17-1.about": "Observer status at the Conference for a body in consultative status with ECOSOC",
    "observer-17-1.title": "Observer status at session {session} of the Conference, rule 17(1)",
    "observer-17-1.title-name": "Observer status at: {name}, rule 17(1)",
    "observer-17-1.title-any": "Observer status at the Conference, rule 17(1)",
    "observer-17-1.where": "{place}",
    "observer-17-1.next": "apply to the bureau; the status follows unless the Conference decides otherwise",
    "observer-17-1.next-applied": "wait for the session; the status follows unless the Conference decides otherwise",
    "observer-17-1.next-circulated": "wait for the decision of the bureau",
    "observer-17-1.next-objected": "ask States for support; the Conference decides",
    "observer-17-1.next-refused": "apply for the next session",
    "observer-17-1.next-withdrawn": "apply again",
    "observer-17-1.next-unclear": "find out where the application stands; a step of it is recorded without a day",
    "observer-17-1.send": "the application, with the consultative status",
    "observer-17-2.about": "Observer status at the Conference for any other relevant body",
    "observer-17-2.title": "Observer status at session {session} of the Conference, rule 17(2)",
    "observer-17-2.title-name": "Observer status at: {name}, rule 17(2)",
    "observer-17-2.title-any": "Observer status at the Conference, rule 17(2)",
    "observer-17-2.where": "{place}",
    "observer-17-2.next": "apply before the list of applicants is circulated, at least thirty days before the session",
    "observer-17-2.next-applied": "wait until the list of applicants is circulated",
    "observer-17-2.next-circulated": "wait whether a State objects; without objection the status is granted",
    "observer-17-2.next-objected": "ask for the reason of the objection; the Conference decides",
    "observer-17-2.next-refused": "apply for the next session",
    "observer-17-2.next-withdrawn": "apply again",
    "observer-17-2.next-unclear": "find out where the application stands; a step of it is recorded without a day",
    "observer-17-2.send": "the application, with enough information on the body for the list that is circulated",
    # -- plenary -------------------------------------------------------------------------------------------------
    "plenary.about": "The plenary of the Conference, with the general review",
    "plenary.title": "Session {session} of the Conference",
    "plenary.title-name": "{name}",
    "plenary.title-any": "The next session of the Conference",
    "plenary.where": "{place}",
    "plenary.next": "attend as an observer; speaking is on invitation of the President, through few representatives",
    # -- side event ----------------------------------------------------------------------------------------------
    "side-event.about": "A side event at the Conference",
    "side-event.title": "Side events at session {session} of the Conference",
    "side-event.title-name": "Side event at: {name}",
    "side-event.title-any": "Side events at the Conference",
    "side-event.where": "{place}",
    "side-event.next": "propose one, best with a State or another body; how and until when is not recorded",
    "side-event.next-recorded": "attend; ask the organizers how",
    # -- working group -------------------------------------------------------------------------------------------
    "working-group.about": "A session of a working group of the Conference",
    "working-group.title": "Working group on {topics:label}",
    "working-group.title-name": "{name}",
    "working-group.title-any": "The working groups of the Conference",
    "working-group.where": "{place}",
    "working-group.next": "take part in the constructive dialogue that follows it",
    # -- follow-up -----------------------------------------------------------------------------------------------
    "follow-up.about": "Technical assistance and other follow-up to a country review",
    "follow-up.title-country": "Follow-up to the review of {country:country}",
    "follow-up.title": "Follow-up to the review of {country:country}, cluster {cluster}",
    "follow-up.where": "{country:country}",
    "follow-up.next": "read the list of observations where it is public, and offer help with what it asks for",
    # -- action --------------------------------------------------------------------------------------------------
    "action.about": "An action of a network that the stakeholder belongs to",
    "action.title": "{network}: {objective}",
    "action.where": "{network}",
    "action.next": "tell the coordinators of {network} what it can do for: {plan}",
    # -- meeting -------------------------------------------------------------------------------------------------
    "meeting.about": "A consultation, training or meeting of stakeholders",
    "meeting.title": "{kind:label}",
    "meeting.title-name": "{name}",
    "meeting.where": "{place}",
    "meeting.next": "ask the organizers whether it can take part",
    "where.unknown": "the place is not recorded",
    # -- conditions ----------------------------------------------------------------------------------------------
    "condition.exists": "there on the day",
    "condition.exists.met": "there on the day",
    "condition.exists.not-met": "dissolved on {day}",
    "condition.non-governmental": "a non-governmental stakeholder",
    "condition.non-governmental.met": "a non-governmental stakeholder ({kind:label})",
    "condition.non-governmental.not-met": "not a non-governmental stakeholder ({kind:label})",
    "condition.non-governmental.unknown": "what kind of body it is, is not recorded",
    "condition.before-submission": "the State has not submitted its answers",
    "condition.before-submission.met": "the answers are not submitted",
    "condition.before-submission.not-met": "the answers are submitted",
    "condition.before-submission.unknown": "whether the answers are submitted is not recorded",
    "condition.announced": "the State has announced a national consultation",
    "condition.announced.met": "a national consultation is announced",
    "condition.announced.not-met": "the national consultation was held",
    "condition.announced.unknown": "no national consultation is recorded; it is encouraged, not required",
    "condition.at-home": "its seat is in the country",
    "condition.at-home.met": "its seat is in {country:country}",
    "condition.at-home.not-met": "its seat is in {country:country}; it works in the country",
    "condition.at-home.unknown": "where its seat is, is not recorded",
    "condition.has-opened": "applications are taken on the day",
    "condition.has-opened.met": "applications are taken since {day}",
    "condition.has-opened.not-met": "applications are taken from {day}",
    "condition.has-opened.unknown": "since when applications are taken is not recorded",
    "condition.application": "the extended Bureau approves the application",
    "condition.application.met": "the application is {state:label}",
    "condition.application.not-met": "the application is {state:label}",
    "condition.application.unclear": "that it is {unclear:label} is recorded without a day, perhaps a later one",
    "condition.application.unknown": "the extended Bureau has not approved it as far as is recorded ({state:label})",
    "condition.themes": "it works on the topic",
    "condition.themes.met": "it works on {themes:label}",
    "condition.themes.not-met": "it works on {themes:label}, and this is on {topics:label}",
    "condition.themes.unknown": "whether it works on the topic is not recorded",
    "condition.consultative": "in consultative status with ECOSOC",
    "condition.consultative.met": "in consultative status with ECOSOC ({status:label})",
    "condition.consultative.not-met": "not in consultative status with ECOSOC, for it applied under rule 17(2)",
    "condition.consultative.unknown": "no consultative status with ECOSOC is recorded",
    "condition.second-path": "without consultative status, which has a path of its own",
    "condition.second-path.met": "it applied under rule 17(2)",
    "condition.second-path.not-met": "it is in consultative status ({status:label}), and applies under rule 17(1)",
    "condition.second-path.unknown": "no consultative status is recorded; if it has one, rule 17(1) is its path",
    "condition.not-refused": "the Conference has not decided otherwise",
    "condition.not-refused.not-met": "the application is {state:label}",
    "condition.not-refused.unclear": "that it is {unclear:label} is recorded without a day, perhaps a later one",
    "condition.not-refused.unknown": "nothing is decided as far as is recorded ({state:label})",
    "condition.observer": "it has observer status at the session",
    "condition.observer.met": "observer status is {state:label}",
    "condition.observer.not-met": "observer status is {state:label}",
    "condition.observer.unclear": "that it is {unclear:label} is recorded without a day, perhaps a later one",
    "condition.observer.unknown": "no observer status is certain on the day ({state:label})",
    "condition.open-to-stakeholders": "open to non-governmental stakeholders",
    "condition.open-to-stakeholders.not-met": "working groups are closed to non-governmental stakeholders",
    "condition.public": "the list of observations is public",
    "condition.public.met": "the list of observations is public since {day}",
    "condition.public.unknown": "whether the list of observations is public is not recorded",
    "condition.member": "a member of the network",
    "condition.member.met": "a member of {network}",
    "condition.member.unknown": "whether it is a member of {network} on the day is not certain",
    "condition.owner": "among those who are to do it",
    "condition.owner.met": "among those who are to do it",
    "condition.owner.not-met": "others are to do it",
    "condition.owner.unknown": "who is to do it is not recorded",
    "condition.role": "invited",
    "condition.role.met": "it takes part as {role:label}",
    "condition.role.unknown": "whether it is invited is not recorded",
    # -- what may be done at a session ---------------------------------------------------------------------------
    "needs.observer": "observer status at the session",
    "needs.approved": "an application that the extended Bureau approved",
    "needs.nothing-helps": "nothing: it is for States alone",
    "right.conference-session.attend.met": "it may attend the plenary as an observer",
    "right.conference-session.attend.not-met": "it may not attend: observer status is {state:label}",
    "right.conference-session.attend.unknown": "it may attend with observer status, which is not certain ({state:label})",
    "right.conference-session.speak.met": "it may speak on invitation of the President, through few representatives",
    "right.conference-session.speak.not-met": "it may not speak: observer status is {state:label}",
    "right.conference-session.speak.unknown": "it may speak with observer status, which is not certain ({state:label})",
    "right.conference-session.receive-documents.met": "it receives the documents",
    "right.conference-session.receive-documents.not-met": "it receives no documents: observer status is {state:label}",
    "right.conference-session.receive-documents.unknown": "it receives the documents with observer status, which is not certain ({state:label})",
    "right.conference-session.submit.not-met": "no right to submit written views is listed for it",
    "right.conference-session.decide.not-met": "it takes no part in decisions",
    "right.working-group-session.attend.not-met": "working groups are closed to it",
    "right.constructive-dialogue.attend.met": "it may attend: its application is approved",
    "right.constructive-dialogue.attend.not-met": "it may not attend: its application is {state:label}",
    "right.constructive-dialogue.attend.unknown": "it may attend with an approved application, which is not certain ({state:label})",
    "right.constructive-dialogue.speak.met": "it may speak; inputs name no specific country",
    "right.constructive-dialogue.speak.not-met": "it may not speak: its application is {state:label}",
    "right.constructive-dialogue.speak.unknown": "it may speak with an approved application, which is not certain ({state:label})",
    "right.constructive-dialogue.submit.met": "it may give inputs and suggestions that name no specific country",
    "right.constructive-dialogue.submit.not-met": "it may give no inputs: its application is {state:label}",
    "right.constructive-dialogue.submit.unknown": "it may give inputs with an approved application, which is not certain ({state:label})",
    # -- submissions ---------------------------------------------------------------------------------------------
    "submission.title": "Submission on the review of {country:country}",
    "submission.title-cluster": "Submission on the review of {country:country}, cluster {cluster}",
    "submission.title-instrument": "Submission on the review of {country:country}, {instrument}",
    "submission.title-cluster-instrument": "Submission on the review of {country:country}, cluster {cluster}, {instrument}",
    "submission.title-dialogue": "Submission to the constructive dialogue on {topics:label}",
    "submission.as-of": "As of {on}.",
    "submission.general": "In general",
    "submission.article": "{instrument}, article {article}",
    "submission.article-title": "{instrument}, article {article}: {title}",
    "submission.by": "By {names}.",
    "submission.by-unnamed": "By {unnamed} member of the network that is not named.",
    "submission.by-unnamed-many": "By {unnamed} members of the network that are not named.",
    "submission.by-both": "By {names}, and {unnamed} member of the network that is not named.",
    "submission.by-both-many": "By {names}, and {unnamed} members of the network that are not named.",
    "submission.above": "Its text stands above.",
    "submission.evidence": "Evidence",
    "submission.empty": "There is no contribution that may be shown.",
    "held-back.audience": "{contribution} is left out: it is for a narrower circle",
    "held-back.consent": "{contribution} is left out: no consent to publication covers this circle",
    "held-back.country": "{contribution} is left out: it names {countries:country}, and in a dialogue no country is named",
    # -- coverage and finding ------------------------------------------------------------------------------------
    "coverage.title": "Review of {country:country}, cluster {cluster}: contributions to {covered} of {articles} articles",
    "coverage.title-any": "Review of {country:country}: contributions to {covered} of {articles} articles",
    "coverage.elsewhere": "on no article of this review",
    "coverage.unnamed": "{unnamed} not named",
    "coverage.none": "no review has a contribution",
    "find.none": "nobody is known to fit",
    "find.some": "{number} fit",
    # -- who, when, how sure -------------------------------------------------------------------------------------
    "decides.state-under-review": "the State under review",
    "decides.extended-bureau": "the extended Bureau of the Conference",
    "decides.bureau": "the bureau of the Conference",
    "decides.conference": "the Conference",
    "decides.working-group": "the working group, that is the States in it",
    "decides.network": "the network",
    "decides.organizer": "the organizers",
    "decides.unknown": "not recorded",
    "due.day": "until {earliest}",
    "due.span": "until {earliest} or, at the latest, {latest}",
    "due.past": "was due by {latest}",
    "due.unknown": "no last day is recorded",
    "held.day": "{starts}",
    "held.span": "{starts} to {ends}",
    "heading": "{name} can take part in, on {on}",
    "heading.open": "Still to take part in",
    "heading.shut": "Closed, or closed to it",
    "none": "nothing is recorded that it could take part in",
    "label.access": "access",
    "label.where": "where",
    "label.held": "on",
    "label.opens": "opens",
    "label.decides": "decides",
    "label.conditions": "conditions",
    "label.next": "next",
    "label.send": "send",
    "label.waits": "waits for",
    "label.basis": "basis",
    "label.due": "due",
    "label.link": "link",
    "waits": "{step:label} ({actor:label})",
    "waits.by": "{step:label} ({actor:label}, {by:country})",
    "priority": "(gives priority only)",
    "access.open": "open",
    "access.not-closed": "not closed as far as is recorded",
    "access.ahead": "opens later",
    "access.unknown": "whether it is open is not recorded",
    "access.closed": "closed",
    "verdict.met": "met",
    "verdict.not-met": "not met",
    "verdict.unknown": "unknown",
    "certainty.seen": "read in its source",
    "certainty.derived": "derived",
    "certainty.recalled": "recalled, not read in a source",
    "certainty.disputed": "disputed between sources",
}
"""Every wording by its key, in English."""

_LABELS: Mapping[str, str] = {
    "state-under-review": "State under review",
    "reviewing-state": "reviewing State",
    "state": "State",
    "conference": "Conference",
    "bureau": "bureau of the Conference",
    "extended-bureau": "extended Bureau",
    "in-preparation": "nothing recorded",
    "ngo": "NGO",
    "ngo-network": "network of NGOs",
}
"""Values of lists whose words are more than the value without hyphens."""


def label_of(value: str) -> str:
    """A value of a list in words."""
    return _LABELS.get(value, value.replace("-", " "))


@functools.cache
def parts_of(key: str) -> tuple[str, ...]:
    """The names of the values that a wording takes."""
    return tuple(name for _, name, _, _ in string.Formatter().parse(WORDING[key]) if name)


def words_of(said: Said | str, *, language: str = "en", reference: Reference | None = None) -> str:
    """What is said, in words; names of things in a language where they have one in it."""
    key, values = (said, ()) if isinstance(said, str) else (said.key, said.values)
    return _Writer(language, reference or packaged()).format(WORDING[key], **dict(values))


class _Writer(string.Formatter):
    """Fills a template with values, each written as its place in the template asks."""

    def __init__(self, language: str, reference: Reference) -> None:
        self.language = language
        self.ways: dict[str, Callable[[Any], str]] = {
            "": str,
            "label": label_of,
            "country": reference.name_of,
            "articles": _articles,
            "doubt": _doubt,
        }

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as text, in the way that its place asks for."""
        if isinstance(value, Text):
            return value.best(self.language)
        if isinstance(value, tuple) and format_spec != "articles":
            return _listed([self.format_field(item, format_spec) for item in value])
        return self.ways[format_spec](value)


def _listed(items: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def _articles(items: tuple[str, ...]) -> str:
    """`UNTOC 5`, `UNTOC 6` and `TIP 3` as people cite them: UNTOC 5, 6; TIP 3."""
    pairs = [item.partition(" ")[::2] for item in items]
    groups = itertools.groupby(pairs, key=lambda pair: pair[0])
    return "; ".join(f"{treaty} {', '.join(number for _, number in group)}" for treaty, group in groups)


def _doubt(certainty: str) -> str:
    return "" if certainty == Certainty.SEEN else f" ({WORDING[f'certainty.{certainty}']})"
