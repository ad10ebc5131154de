"""Write `examples/mechanism-2024.json`: what public sources say of the Mechanism until the end of 2024, and no more.

    python tools/build_mechanism_example.py [FILE]

The parties whose review group is public become reviews of the first phase, in the state that the launch of their group
supports; reviewing States are not public and stay out. Dialogues, sessions and their days come from the tables of
`reference`; the numbers of those who took part are written here as the sources give them, for the tables keep them as
printed. Two cases of accreditation stand here as far as they are public.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import untoc_network as un
from untoc_network.reference.row_types import DialogueHeld

LAST_DAY = un.PartialDate("2024-12-31")
FACTS = un.reference.packaged()
VIENNA = un.Place(country="AT", city="Vienna")
PAGE_OF_2024 = (
    "https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/constructive_dialogues/som_2024.html"
)
STATEMENT = "https://globalinitiative.net/announcements/statement-5-5-22/"
VOTE = "https://uncaccoalition.org/unprecedented-vote-to-protect-civil-society-space-at-un-level-at-untoc-cop11/"
TOPICS = {
    "FA": (un.Theme.FIREARMS,),
    "ICTA": (un.Theme.INTERNATIONAL_COOPERATION, un.Theme.TECHNICAL_ASSISTANCE),
    "IC": (un.Theme.INTERNATIONAL_COOPERATION,),
    "TA": (un.Theme.TECHNICAL_ASSISTANCE,),
    "TIP": (un.Theme.TRAFFICKING_IN_PERSONS,),
    "SOM": (un.Theme.SMUGGLING_OF_MIGRANTS,),
}
BODIES = {
    "Working Group on Firearms": TOPICS["FA"],
    "Working Group on International Cooperation": TOPICS["IC"],
    "Working Group of Government Experts on Technical Assistance": TOPICS["TA"],
    "Working Group on Trafficking in Persons": TOPICS["TIP"],
    "Working Group on the Smuggling of Migrants": TOPICS["SOM"],
}
PEOPLE, BODIES_COUNTED, STATES, STAKEHOLDERS = un.CountUnit
EXACT, MORE = un.Qualifier.EXACT, un.Qualifier.MORE_THAN
REGISTERED, ATTENDED = un.CountBasis.REGISTERED, un.CountBasis.ATTENDED
COUNTED = {
    "CD-2022-FA": [(100, MORE, PEOPLE, ATTENDED), (43, EXACT, BODIES_COUNTED, ATTENDED)],
    "CD-2022-ICTA": [(130, MORE, PEOPLE, ATTENDED)],
    "CD-2022-SOM": [(37, EXACT, BODIES_COUNTED, ATTENDED)],
    "CD-2022-TIP": [(60, EXACT, BODIES_COUNTED, ATTENDED)],
    "CD-2023-FA": [(500, MORE, PEOPLE, REGISTERED), (60, EXACT, BODIES_COUNTED, ATTENDED)],
    "CD-2023-TA": [(59, EXACT, STAKEHOLDERS, ATTENDED), (44, EXACT, STATES, ATTENDED)],
    "CD-2023-IC": [(75, EXACT, STAKEHOLDERS, ATTENDED)],
    "CD-2023-TIP": [
        (157, EXACT, PEOPLE, ATTENDED),
        (51, EXACT, STATES, ATTENDED),
        (92, EXACT, BODIES_COUNTED, ATTENDED),
    ],
    "CD-2023-SOM": [
        (65, EXACT, STAKEHOLDERS, ATTENDED),
        (38, EXACT, STATES, ATTENDED),
        (40, EXACT, BODIES_COUNTED, ATTENDED),
    ],
    "CD-2024-FA": [
        (65, EXACT, STAKEHOLDERS, ATTENDED),
        (37, EXACT, STATES, ATTENDED),
        (144, EXACT, PEOPLE, REGISTERED),
    ],
}
"""How many took part, as the table of dialogues has it in words: value, qualifier, unit, basis."""


class Sources:
    """The sources that records cite, each made once."""

    def __init__(self) -> None:
        self.made: dict[str, un.Source] = {}

    def cite(self, printed: str, certainty: un.Certainty = un.Certainty.SEEN) -> tuple[un.Citation, ...]:
        """Citations of what a row names as its source: one or more addresses, or a document."""
        names = [part.strip() for part in printed.split(" ; ")]
        return tuple(un.Citation(source_id=self._id(name), certainty=certainty) for name in names)

    def _id(self, name: str) -> str:
        found = re.search(r"https?://[^\s)]+", name)
        url = found[0] if found else None
        words = re.sub(r"^https?://(www\.)?", "", url or name)
        slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
        source_id = re.sub(r"-html$", "", slug if len(slug) <= 100 else slug[:40] + slug[-60:]).strip("-")
        source_id = re.sub(r"-+", "-", source_id)
        title = un.Text(en=words if len(words) <= 120 else f"{words[:119]}…")
        kind = un.SourceKind.WEB_PAGE if url else un.SourceKind.DOCUMENT
        self.made[source_id] = un.Source(id=source_id, title=title, kind=kind, url=url)
        return source_id


def build() -> un.Register:
    """The register."""
    cite = Sources()
    records = [
        *organizations(cite),
        *conference(cite),
        *working_groups(cite),
        *dialogues(cite),
        *reviews(cite),
        *accreditations(cite),
    ]
    register, _ = un.Register(
        title=un.Text(en="The Review Mechanism as public sources have it, to the end of 2024"),
        as_of=LAST_DAY,
        language="en",
    ).with_added(*records, *cite.made.values())
    return register


def organizations(cite: Sources) -> Iterator[un.Organization]:
    """The two bodies that the records name."""
    page = cite.cite("https://www.unodc.org/unodc/en/ngos/constructive-dialogues.html")
    yield un.Organization(
        id="unodc",
        name=un.Text(en="United Nations Office on Drugs and Crime"),
        kind=un.OrganizationKind.INTERGOVERNMENTAL,
        aliases=(un.Alias(name="UNODC", kind=un.AliasKind.ACRONYM),),
        sources=page,
    )
    yield un.Organization(
        id="gi-toc",
        name=un.Text(en="Global Initiative against Transnational Organized Crime"),
        kind=un.OrganizationKind.NGO,
        aliases=(un.Alias(name="GI-TOC", kind=un.AliasKind.ACRONYM),),
        sources=cite.cite(STATEMENT),
    )


ORGANIZER = un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="unodc")


def conference(cite: Sources) -> Iterator[un.Event | un.GeneralReview]:
    """The sessions of the Conference since the Mechanism was established, and the general reviews at them."""
    for row in FACTS.table("conference_sessions"):
        if row.session < 9 or row.starts.certainly_after(LAST_DAY):
            continue
        sources = cite.cite(row.source, row.certainty)
        yield un.Event(
            id=f"conference-session-{row.session}",
            name=un.Text(en=f"Session {row.session} of the Conference of the Parties"),
            kind=un.EventKind.CONFERENCE_SESSION,
            status=un.EventStatus.HELD,
            starts=row.starts,
            ends=row.ends,
            place=VIENNA,
            roles=(ORGANIZER,),
            sources=sources,
        )
        if row.session > 10:
            step = un.GeneralReviewStep.OPEN_SESSION
            yield un.GeneralReview(
                id=f"general-review-{row.session}",
                session=row.session,
                event_id=f"conference-session-{row.session}",
                resolutions=tuple(resolutions(cite, row.session)),
                log=(un.GeneralReviewEntry(step=step, on=row.starts, actor=un.Actor.CONFERENCE, sources=sources),),
                sources=sources,
            )


def resolutions(cite: Sources, number: int) -> Iterator[un.ConferenceResolution]:
    """What the Conference adopted at a session, as far as the tables have it."""
    for row in FACTS.table("resolutions"):
        if row.symbol.partition("/")[0] == str(number):
            yield un.ConferenceResolution(
                key=f"resolution-{row.symbol.replace('/', '-')}",
                symbol=row.symbol,
                title=un.Text(en=row.subject),
                adopted=row.adopted,
                sources=cite.cite(row.source, row.certainty),
            )


def working_groups(cite: Sources) -> Iterator[un.Event]:
    """The sessions of the working groups of which the days are known, as far as the tables have them."""
    for row in FACTS.table("working_group_sessions"):
        known = (
            row.body in BODIES
            and row.starts is not None
            and row.starts.certainly_after(un.PartialDate("2019"))
            and not row.starts.certainly_after(LAST_DAY)
        )
        if known and row.starts is not None:
            yield session(BODIES[row.body], row.body, row.starts, row.ends, cite.cite(row.source, row.certainty))
    for row in FACTS.table("dialogues"):
        days = re.fullmatch(r"([0-9]{4}-[0-9]{2})-([0-9]{2})\.\.([0-9]{2})", row.session_dates or "")
        body = next((name for name, topics in BODIES.items() if topics == topics_of(row)), None)
        if days and body and session_id(topics_of(row), f"{days[1]}-{days[2]}") not in SEEN_SESSIONS:
            starts, ends = un.PartialDate(f"{days[1]}-{days[2]}"), un.PartialDate(f"{days[1]}-{days[3]}")
            yield session(topics_of(row), body, starts, ends, cite.cite(row.source))


def session(
    topics: tuple[un.Theme, ...],
    body: str,
    starts: un.PartialDate,
    ends: un.PartialDate,
    sources: tuple[un.Citation, ...],
) -> un.Event:
    """One session of a working group."""
    SEEN_SESSIONS.add(session_id(topics, starts))
    return un.Event(
        id=session_id(topics, starts),
        name=un.Text(en=f"{body}, {starts[:4]}"),
        kind=un.EventKind.WORKING_GROUP_SESSION,
        status=un.EventStatus.HELD,
        starts=starts,
        ends=ends,
        themes=topics,
        working_group=un.WorkingGroup(topics[0]),
        place=VIENNA,
        roles=(ORGANIZER,),
        sources=sources,
    )


SEEN_SESSIONS: set[str] = set()


def session_id(topics: tuple[un.Theme, ...], starts: str) -> str:
    """The id of a working group's session."""
    return f"working-group-{topics[0]}-{starts}"


def topics_of(row: DialogueHeld) -> tuple[un.Theme, ...]:
    """What a dialogue is on, from its id in the tables."""
    return TOPICS[row.dialogue.split("-")[2]]


def dialogues(cite: Sources) -> Iterator[un.Event | un.ConstructiveDialogue]:
    """The dialogues of 2022 to 2024; of two in 2024 only that they were planned is known."""
    for row in FACTS.table("dialogues"):
        starts = row.date or un.PartialDate(row.dialogue.split("-")[1])
        if starts.certainly_after(LAST_DAY):
            continue
        sources = cite.cite(row.source, row.certainty)
        yield un.Event(
            id=f"dialogue-{row.dialogue[3:].lower()}",
            name=un.Text(en=f"Constructive dialogue on {' and '.join(in_words(topics_of(row)))}, {starts[:4]}"),
            kind=un.EventKind.CONSTRUCTIVE_DIALOGUE,
            status=un.EventStatus.HELD if row.date else un.EventStatus.PLANNED,
            starts=starts,
            ends=row.date,
            modality=un.Modality.HYBRID if (row.format or "").startswith("hybrid") else None,
            place=VIENNA,
            themes=topics_of(row),
            roles=(ORGANIZER,),
            links_to=tuple(follows(row)),
            counts=tuple(counts(row, sources)),
            sources=sources,
        )
        yield un.ConstructiveDialogue(
            id=f"cd-{row.dialogue[3:].lower()}",
            event_id=f"dialogue-{row.dialogue[3:].lower()}",
            topics=topics_of(row),
            apply_by=row.apply_by,
            invited=tuple(invitations(cite)) if row.dialogue == "CD-2024-SOM" else (),
            applications=first_application(cite) if row.dialogue == "CD-2022-FA" else (),
            log=held(row, sources),
            sources=sources,
        )


def invitations(cite: Sources) -> Iterator[un.Invitation]:
    """Whom the page on the dialogue of 2024 on the smuggling of migrants names besides those who apply."""
    for kind in un.InviteeKind:
        yield un.Invitation(kind=kind, sources=cite.cite(PAGE_OF_2024))


def in_words(topics: Iterable[un.Theme]) -> list[str]:
    """Topics as people write them."""
    return [topic.replace("-", " ") for topic in topics]


def follows(row: DialogueHeld) -> Iterator[un.EventLink]:
    """The sessions that a dialogue followed, where their days are known."""
    for topic in topics_of(row):
        for name in sorted(SEEN_SESSIONS):
            starts = name.rpartition(f"{topic}-")[2]
            near = row.date is not None and name.startswith(f"working-group-{topic}-2") and starts[:7] == row.date[:7]
            if near:
                yield un.EventLink(kind=un.EventLinkKind.FOLLOWS, event_id=name, order=un.Order.AFTER)


def counts(row: DialogueHeld, sources: tuple[un.Citation, ...]) -> Iterator[un.Count]:
    """How many took part."""
    for value, qualifier, unit, basis in COUNTED.get(row.dialogue, ()):
        yield un.Count(value=value, qualifier=qualifier, unit=unit, basis=basis, sources=sources)


def held(row: DialogueHeld, sources: tuple[un.Citation, ...]) -> tuple[un.DialogueEntry, ...]:
    """That a dialogue was held, where its day is known."""
    if row.date is None:
        return ()
    return (un.DialogueEntry(step=un.DialogueStep.HOLD, on=row.date, actor=un.Actor.CHAIR, sources=sources),)


def first_application(cite: Sources) -> tuple[un.DialogueApplication, ...]:
    """The application that one State objected to at the first dialogue; the days of the steps are not public."""
    step, told = un.ApplicationStep, cite.cite(STATEMENT)
    entries = (
        un.ApplicationEntry(step=step.SUBMIT, actor=un.Actor.APPLICANT, sources=told),
        un.ApplicationEntry(step=step.OBJECT, actor=un.Actor.STATE, by="TR", sources=told),
        un.ApplicationEntry(step=step.DECLINE, actor=un.Actor.EXTENDED_BUREAU, sources=told),
    )
    return (un.DialogueApplication(key="gi-toc", organization_id="gi-toc", log=entries),)


def reviews(cite: Sources) -> Iterator[un.CountryReview]:
    """A review of the first phase for each party whose group is public, launched with its group."""
    for row in FACTS.table("group_assignments"):
        launch = FACTS.review_group(row.group)
        assert launch is not None
        told = cite.cite(launch.source, launch.certainty)
        start = un.ReviewEntry(
            step=un.CountryReviewStep.START, on=launch.launched, actor=un.Actor.SECRETARIAT, sources=told
        )
        yield un.CountryReview(
            id=f"review-{row.party.lower()}-1",
            country=row.party,
            group=row.group,
            phase=1,
            cluster=1,
            log=(start,),
            blanks=(un.Blank(field="reviewers", reason=un.BlankReason.UNKNOWN),),
            sources=cite.cite(row.source, row.certainty),
        )


def accreditations(cite: Sources) -> Iterator[un.Accreditation]:
    """Observer status of one organization, and the objections of 2022; the applicants of these are not named here."""
    step, actor, told = un.AccreditationStep, un.Actor, cite.cite(VOTE)
    yield un.Accreditation(
        id="gi-toc-conference",
        organization_id="gi-toc",
        forum=un.Forum.CONFERENCE,
        path=un.AccreditationPath.RULE_17,
        log=(un.AccreditationEntry(step=step.GRANT, sources=cite.cite(STATEMENT)),),
        sources=cite.cite(STATEMENT),
    )
    vote = un.Vote(in_favour=57, against=7)
    opening = un.PartialDate("2022-10-17")
    objected = un.AccreditationEntry(step=step.OBJECT, actor=actor.STATE, sources=told)
    endings = {
        "voted": un.AccreditationEntry(
            step=step.DECIDE_IN_FAVOUR, on=opening, actor=actor.CONFERENCE, vote=vote, sources=told
        ),
        "withdrawn": un.AccreditationEntry(
            step=step.WITHDRAW_OBJECTIONS, on=un.PartialDate("2022-10"), actor=actor.STATE, sources=told
        ),
    }
    for name, ending in endings.items():
        for number in (1, 2, 3):
            yield un.Accreditation(
                id=f"conference-session-11-objection-{name}-{number}",
                forum=un.Forum.CONFERENCE,
                path=un.AccreditationPath.RULE_17_2,
                event_id="conference-session-11",
                log=(objected, ending),
                blanks=(un.Blank(field="organization_id", reason=un.BlankReason.UNKNOWN),),
                sources=told,
            )


if __name__ == "__main__":
    home = Path(__file__).parent.parent / "examples/mechanism-2024.json"
    un.dump(build(), Path(sys.argv[1]) if len(sys.argv) > 1 else home)
