"""A register that holds a bit of everything, and names of the kind that break files."""

import attrs
import pytest

import untoc_network as un

ON = "2026-11-25"
HOSTILE = "=cmd()\r\n,;\"'\x00\u202e]]>-->{{#}}</script><b>&amp;\\n\\\\ %s"
"""What breaks out of CSV, iCalendar, XML, comments, scripts, DOT, Mermaid, templates."""

CANARIES = {
    "name": "Canary Personname",
    "other": "Canary Othername",
    "gender": "canary-gender",
    "email": "canary@example.org",
    "label": "canary-label",
    "street": "Canary Street 7",
    "note": "canary-note",
    "join": "https://zoom.us/j/canary",
    "meeting": "https://meet.google.com/canary",
    "shelter": "Canary Shelter",
    "claim": "canary-claim",
    "reason": "canary-reason",
    "draft": "canary-draft",
}


def hostile(text=""):
    return un.Text(en=f"{HOSTILE}{text}", ar="شبكة")


def consent(**more):
    given = {"purpose": un.Purpose.PUBLICATION, "audience": un.Audience.PUBLIC, "basis": un.ConsentBasis.FORM, **more}
    return un.Consent(**given)


def person(person_id, *consents, **more):
    return un.Person(
        id=person_id,
        other_names=(CANARIES["other"],),
        gender=CANARIES["gender"],
        contacts=(un.Contact(kind=un.ContactKind.EMAIL, value=CANARIES["email"], label=CANARIES["label"]),),
        consents=consents,
        **{"name": CANARIES["name"], **more},
    )


@pytest.fixture(scope="session")
def register():
    """One register with canaries in every field that is not public, and hostile names in those that are."""
    note = (un.Note(text=CANARIES["note"]),)
    shelter = un.Organization(
        id="xa-shelter", name=un.Text(en=CANARIES["shelter"]), kind=un.OrganizationKind.NGO, at_risk=True
    )
    ngo = un.Organization(
        id="xa-ngo",
        name=hostile(),
        kind=un.OrganizationKind.NGO,
        seat=un.Place(country="XA", city="Town", address=CANARIES["street"]),
        countries=("CO", "XA"),
        identifiers=(un.Identifier(scheme=un.IdentifierScheme.ROR, value="04assc746"),),
        aliases=(un.Alias(name="ANCE", kind=un.AliasKind.ACRONYM),),
        founded=un.PartialDate("1999-05"),
        parent_id="xa-body",
        links=(
            un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org/"),
            un.Link(kind=un.LinkKind.OTHER, url=CANARIES["meeting"]),
        ),
        contacts=(un.Contact(kind=un.ContactKind.EMAIL, value=CANARIES["email"]),),
        notes=note,
        sources=(un.Citation(source_id="minutes"),),
        claims=(un.Claim(field="seat", value=CANARIES["claim"], source=un.Citation(source_id="minutes")),),
        accepted=(un.Acceptance(rule="SH001", reason=CANARIES["reason"]),),
    )
    body = un.Organization(id="xa-body", name=un.Text(es="Órgano"), kind=un.OrganizationKind.GOVERNMENT_BODY)
    network = un.Network(
        id="xa-net",
        name=un.Text(en="Network of XA", es="Red de XA"),
        kind=un.NetworkKind.REGIONAL,
        purpose=un.Text(en="Exchange"),
        links_to=(un.NetworkLink(kind=un.NetworkLinkKind.PART_OF, network_id="xb-net"),),
        sponsor_ids=("xa-body",),
        coordinator_ids=("hidden",),
    )
    other = un.Network(id="xb-net", name=un.Text(fr="Réseau"), kind=un.NetworkKind.UMBRELLA)
    agreed = attrs.evolve(
        person("agreed", consent(given=un.PartialDate("2020"))),
        name="A. Agreed",
        posts=(un.Post(key="post", title=un.Text(en="Director"), organization_id="xa-ngo"),),
        affiliations=(
            un.Affiliation(key="voice", organization_id="xa-body", period=un.Period(start=un.PartialDate("2021"))),
        ),
    )
    hidden = person("hidden")
    withdrawn = person("withdrawn", consent(withdrawn=un.PartialDate("2021")))
    later = person("later", consent(given=un.PartialDate("2027")))
    inside = person("inside", consent(audience=un.Audience.MEMBERS))
    return un.Register(
        title=hostile(" register"),
        organizations=(shelter, ngo, body),
        networks=(network, other),
        persons=(agreed, hidden, withdrawn, later, inside),
        memberships=(
            un.Membership(
                id="m-1",
                network_id="xa-net",
                organization_id="old-ngo",
                period=un.Period(start=un.PartialDate("2022-03")),
            ),
            un.Membership(id="m-2", network_id="xa-net", organization_id="xa-shelter"),
            un.Membership(
                id="m-3", network_id="xa-net", organization_id="xa-body", period=un.Period(end=un.PartialDate("2020"))
            ),
        ),
        events=(
            un.Event(
                id="timed",
                name=hostile(" event"),
                kind=un.EventKind.SIDE_EVENT,
                status=un.EventStatus.CONFIRMED,
                starts_at=un.Instant("2026-05-06T10:00+02:00[Europe/Vienna]"),
                ends_at=un.Instant("2026-05-06T04:30-05:00[America/Panama]"),
                place=un.Place(country="PA", city="Panama City", venue="Hall; 1, east"),
                modality=un.Modality.HYBRID,
                page="https://example.org/event",
                join_url=CANARIES["join"],
                themes=(un.Theme.FIREARMS,),
                roles=(
                    un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="xa-ngo"),
                    un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id="agreed"),
                    un.EventRole(kind=un.EventRoleKind.SPEAKER, stakeholder_id="hidden"),
                ),
                links_to=(un.EventLink(kind=un.EventLinkKind.PART_OF, event_id="days"),),
            ),
            un.Event(
                id="days",
                name=un.Text(es="Consulta", en="Consultation"),
                kind=un.EventKind.CONSULTATION,
                status=un.EventStatus.CANCELLED,
                starts=un.PartialDate("2026-03-28"),
                ends=un.PartialDate("2026-03-30"),
                page=CANARIES["meeting"],
            ),
            un.Event(
                id="month", name=un.Text(en="Some day"), kind=un.EventKind.WORKSHOP, starts=un.PartialDate("2026-03")
            ),
        ),
        fundings=(un.Funding(id="paid", donor_id="xa-body", target_id="timed"),),
        constructive_dialogues=(
            un.ConstructiveDialogue(id="dialogue", event_id="timed", apply_by=un.PartialDate("2026-02-12")),
        ),
        country_reviews=(
            un.CountryReview(
                id="review-xa",
                country="XA",
                group=1,
                phase=1,
                reviewers=(un.ReviewingState(country="CO"),),
                log=(un.ReviewEntry(step=un.CountryReviewStep.START, on=un.PartialDate("2026-06-01")),),
            ),
        ),
        contributions=(
            un.Contribution(
                id="draft",
                kind=un.ContributionKind.STATEMENT,
                title=un.Text(en=CANARIES["draft"]),
                stage=un.ContributionStage.FOLLOW_UP,
            ),
        ),
        sources=(
            un.Source(
                id="minutes", title=un.Text(en="Minutes"), kind=un.SourceKind.DOCUMENT, url="https://example.org/m"
            ),
        ),
        redirects=(un.Redirect(old_id="old-ngo", new_id="xa-ngo"),),
    )
