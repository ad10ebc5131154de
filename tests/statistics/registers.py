"""A register of invented members of many kinds, the same every time."""

import random

import attrs

import untoc_network as un
from untoc_network.testing import invented_register

COUNTRIES = ("AR", "PA", "PA", "PA", "MX", "BR", "BR", "KE", "KE", "NG", "FR", "PH", "XA", "XB", None)
KINDS = (un.OrganizationKind.NGO,) * 6 + (
    un.OrganizationKind.ACADEMIA, un.OrganizationKind.MEDIA, un.OrganizationKind.TRADE_UNION,
    un.OrganizationKind.PRIVATE_SECTOR, un.OrganizationKind.UNKNOWN,
)  # fmt: skip
THEMES = (
    (un.Theme.TRAFFICKING_IN_PERSONS,), (un.Theme.FIREARMS, un.Theme.YOUTH), (un.Theme.CORRUPTION,),
    (un.Theme.TRAFFICKING_IN_PERSONS, un.Theme.SMUGGLING_OF_MIGRANTS), (), (un.Theme.WILDLIFE_CRIME,),
)  # fmt: skip
LANGUAGES = (("es",), ("es", "en"), ("en",), ("pt-BR",), ("fr",), (), ("sw",))
EVENTS = tuple(
    un.Event(
        id=f"dialogue-{year}", name=un.Text(en=f"Dialogue of {year}", es=f"Diálogo de {year}"),
        kind=un.EventKind.CONSTRUCTIVE_DIALOGUE, status=un.EventStatus.HELD, starts=un.PartialDate(f"{year}-05"),
        counts=tuple(un.Count(value=value, qualifier=qualifier, unit=unit, basis=basis) for value, qualifier, unit, basis in counts),
    )
    for year, counts in {
        2022: ((100, un.Qualifier.MORE_THAN, un.CountUnit.PEOPLE, un.CountBasis.REGISTERED), (43, un.Qualifier.EXACT, un.CountUnit.ORGANIZATIONS, un.CountBasis.ATTENDED)),
        2023: ((120, un.Qualifier.ABOUT, un.CountUnit.PEOPLE, un.CountBasis.REGISTERED), (80, un.Qualifier.EXACT, un.CountUnit.PEOPLE, un.CountBasis.ATTENDED)),
        2024: (),
    }.items()
)  # fmt: skip
PERIODS = (
    lambda year: un.Period(start=un.PartialDate(f"{year}-03"), ending=un.Ending.RUNNING),
    lambda year: un.Period(start=un.PartialDate(f"{year}")),
    lambda year: un.Period(start=un.PartialDate(f"{year}-05-01"), end=un.PartialDate("2024")),
    lambda year: un.Period(start=un.PartialDate(f"{year}-05-01"), ending=un.Ending.RUNNING),
)


def network_of(number, seed=7):
    """That many members with countries, kinds, themes, languages and periods, and some contributions and reviews."""
    some = random.Random(seed)
    register = invented_register(number)
    bodies = tuple(
        attrs.evolve(
            body,
            kind=some.choice(KINDS),
            seat=un.Place(country=country) if (country := some.choice(COUNTRIES)) else None,
            themes=some.choice(THEMES),
            languages=some.choice(LANGUAGES),
        )
        for body in register.organizations
    )
    memberships = tuple(
        attrs.evolve(one, period=some.choice(PERIODS)(some.choice((2022, 2023, 2023, 2024))))
        for one in register.memberships
    )
    agreed = un.Consent(purpose=un.Purpose.PUBLICATION, audience=un.Audience.PUBLIC, basis=un.ConsentBasis.FORM)
    contributions = tuple(
        un.Contribution(
            id=f"contribution-{place}", title=un.Text(en=f"Study {place}"),
            kind=some.choice((un.ContributionKind.RESEARCH, un.ContributionKind.RESEARCH, un.ContributionKind.GOOD_PRACTICE)),
            country=some.choice(("XA", "XA", "XB")), instrument=un.TreatyCode.UNTOC, cluster=1,
            articles=(some.choice(("5", "6", "10")),), author_ids=(f"organization-{place}",),
            audience=un.Audience.PUBLIC, consents=(agreed,),
        )
        for place in range(min(number, 30))
    )  # fmt: skip
    reviews = tuple(_review(place, some) for place in range(24))
    return attrs.evolve(
        register,
        events=(*register.events, *EVENTS),
        organizations=bodies,
        memberships=memberships,
        contributions=contributions,
        country_reviews=reviews,
    )


STEPS = tuple(un.CountryReviewStep)


def _review(place, some):
    """The review of an invented State, some of its steps taken, in a group and phase."""
    group, phase = some.choice(((1, 1), (1, 1), (2, 1), (3, 1), (1, 2), (None, None)))
    taken = some.choice((0, 1, 1, 3, 5, 8, len(STEPS)))
    log = tuple(
        un.ReviewEntry(
            step=step, on=un.PartialDate(f"{2021 + number // 4}-{1 + number % 4 * 3:02}-15"), actor=un.Actor.SECRETARIAT
        )
        for number, step in enumerate(STEPS[:taken])
    )
    return un.CountryReview(
        id=f"review-{place}", country=f"X{chr(65 + place)}", group=group, phase=phase, cluster=1,
        instruments=(un.TreatyCode.UNTOC,), log=log,
    )  # fmt: skip


def counts_by_hand(register, on):
    """The ids of the members on a day, by the plainest reading of their periods."""
    return {
        one.organization_id
        for one in register.memberships
        if not (one.period.start.first > on.last or (one.period.end and one.period.end.last < on.first))
    }
