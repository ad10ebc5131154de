"""A register with an invented review of a real State: what is public, what is withheld, what is known only in part."""

import untoc_network as un

DAY = "2024-10-20"


def cite(source, **more):
    return un.Citation(source_id=source, **more)


def entry(step, on=None, by=(), source=None):
    sources = (cite(source),) if source else ()
    day = None if on is None else un.PartialDate(on)
    return un.ReviewEntry(step=un.CountryReviewStep(step), on=day, by=by, sources=sources)


SOURCES = (
    un.Source(
        id="note",
        title=un.Text(en="An invented note", es="Una nota inventada"),
        kind=un.SourceKind.WEB_PAGE,
        url="https://example.org/note",
        published=un.PartialDate("2023-02-01"),
    ),
    un.Source(
        id="ministry",
        title=un.Text(en="Page of an invented ministry"),
        kind=un.SourceKind.WEB_PAGE,
        url="https://example.org/ministry",
        retrieved=un.PartialDate("2024-05-01"),
    ),
    un.Source(id="letter", title=un.Text(en="An undated letter"), kind=un.SourceKind.CORRESPONDENCE),
)
LOG = (
    entry("start", "2021-12-10", source="note"),
    entry("nominate-focal-point", "2022-01-20", ("PA",), "note"),
    entry("nominate-experts", None, ("PE",)),
    entry("hold-initial-consultation", "2022-03-01", source="letter"),
    entry("submit-questionnaire", "2023-01-30", ("PA",), "ministry"),
)


def agreed(*purposes, audience="public"):
    day = un.PartialDate("2022-01-01")
    return tuple(
        un.Consent(purpose=one, audience=audience, basis=un.ConsentBasis.WRITTEN, given=day) for one in purposes
    )


def review(**more):
    told = {
        "group": 2,
        "phase": 1,
        "cluster": 1,
        "instruments": ("UNTOC", "TIP"),
        "languages": ("es",),
        "reviewers": (
            un.ReviewingState(country="PE", instruments=("UNTOC",), sources=(cite("note", certainty="partial"),)),
            un.ReviewingState(country="IT"),
        ),
        "nominations": (
            un.Nomination(
                role=un.NominationRole.FOCAL_POINT,
                country="PA",
                office=un.Text(en="Invented Ministry", es="Ministerio inventado"),
                person_id="secret",
                sources=(cite("ministry"),),
            ),
        ),
        "observations": (
            un.Observation(
                key="a", instrument="TIP", article="9", kind="technical-assistance-need", text=un.Text(en="Hidden need")
            ),
            un.Observation(key="b", instrument="TIP", kind="technical-assistance-need"),
            un.Observation(key="c", instrument="TIP", kind="suggestion", text=un.Text(en="Hidden suggestion")),
        ),
        "artefacts": (
            un.Artefact(
                kind="summary", instrument="UNTOC", published=un.PartialDate("2024-06"), url="https://example.org/s"
            ),
            un.Artefact(kind="list-of-observations", url="https://example.org/l", sources=(cite("ministry"),)),
        ),
        "log": LOG,
        "sources": (cite("note"),),
    }
    return un.CountryReview(id="pa-1", country="PA", **{**told, **more})


OPEN = un.Organization(
    id="open-house",
    name=un.Text(en="Open House", es="Casa Abierta"),
    kind=un.OrganizationKind.NGO,
    seat=un.Place(country="PA", city="Colón"),
    sources=(cite("ministry"),),
)
ISTHMUS = un.Organization(
    id="isthmus",
    name=un.Text(en="University of the Isthmus"),
    kind=un.OrganizationKind.ACADEMIA,
    countries=("CR", "PA"),
)
ELSEWHERE = un.Organization(
    id="elsewhere", name=un.Text(en="Elsewhere"), kind=un.OrganizationKind.NGO, seat=un.Place(country="CR")
)
REFUGE = un.Organization(
    id="refuge",
    name=un.Text(en="Refuge Unseen"),
    kind=un.OrganizationKind.NGO,
    seat=un.Place(country="PA"),
    at_risk=True,
)
LEFT = un.Organization(
    id="left", name=un.Text(en="Who Left"), kind=un.OrganizationKind.NGO, seat=un.Place(country="PA")
)
SECRET = un.Person(id="secret", name="Nadie Secreta")
NAMED = un.Person(id="named", name="Alguien Conocida", consents=agreed("publication", "attribution"))


def membership(body, **period):
    told = {name: un.PartialDate(day) if name in ("start", "end") else day for name, day in period.items()}
    return un.Membership(
        id=f"m-{body.id}",
        network_id="net",
        organization_id=body.id,
        period=un.Period(**told) if told else None,
        sources=(cite("note"),),
    )


def contribution(record_id, **more):
    told = {
        "title": un.Text(en=f"Title of {record_id}"),
        "kind": un.ContributionKind.RESEARCH,
        "target_id": "pa-1",
        "audience": "public",
        "consents": agreed("publication", "attribution"),
    }
    return un.Contribution(id=record_id, **{**told, **more})


def register(*, with_withheld=True, **changed):
    """The register; without what is withheld it is what the public may know."""
    bodies = (OPEN, ISTHMUS, ELSEWHERE, LEFT) + ((REFUGE,) if with_withheld else ())
    shared = contribution(
        "shared",
        author_ids=("open-house", "named") + (("refuge",) if with_withheld else ()),
        instrument="TIP",
        articles=("5", "9"),
        submitted=un.PartialDate("2022-11-01"),
        reflected_in=un.Text(en="answers on article 9"),
        sources=(cite("ministry"),),
    )
    plain = contribution(
        "plain", title=un.Text(en="Unsigned"), author_ids=("open-house",), consents=agreed("publication")
    )
    hidden = contribution("hidden", title=un.Text(en="Hidden title"), audience="internal", author_ids=("refuge",))
    told = {
        "as_of": un.PartialDate("2024-09-30"),
        "sources": SOURCES,
        "country_reviews": (review(),),
        "organizations": bodies,
        "persons": (NAMED,) + ((SECRET,) if with_withheld else ()),
        "networks": (un.Network(id="net", name=un.Text(en="Net"), kind=un.NetworkKind.REGIONAL),),
        "memberships": (
            membership(OPEN, start="2022-04-07", ending="running"),
            membership(ISTHMUS),
            membership(ELSEWHERE),
            membership(LEFT, start="2022-04-07", end="2023-01-01"),
        )
        + ((membership(REFUGE),) if with_withheld else ()),
        "contributions": (shared, plain) + ((hidden,) if with_withheld else ()),
    }
    return un.Register(**{**told, **changed})
