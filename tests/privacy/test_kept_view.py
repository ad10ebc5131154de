"""A view that is kept: after any changes it is what the whole view is, byte for byte, and costs what they touch."""

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import some

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.model.register import COLLECTIONS
from untoc_network.privacy import view
from untoc_network.privacy.kept_view import KeptView
from untoc_network.privacy.register_withholding import WithheldOfRegister
from untoc_network.privacy.view import make_viewers
from untoc_network.privacy.view_change import find_slight_change

from .test_view import AUDIENCES, DAY, FEW, FOR_MEMBERS, GIVEN, HOME, NAMED, body, exposing, person, tied

ON = un.PartialDate(DAY)


def told(seen):
    return un.dumps(seen.register), seen.redactions, dict(seen.origins), seen.to_check, seen.exposed, seen.counts()


def keep(register, audience):
    kept = KeptView(register, audience, ON)
    assert told(kept.view) == told(view(register, audience, DAY))
    return kept


@st.composite
def changes(draw, register, other):
    """A few changes: records removed, added, replaced by another's, or by one with a few fields of another's."""
    taken = {one.id for one in register} | {one.old_id for one in register.redirects}
    added, replaced, removed = [], [], []
    for name in draw(st.lists(st.sampled_from([*COLLECTIONS]), min_size=1, max_size=3, unique=True)):
        here, there = getattr(register, name), getattr(other, name)
        kind = draw(st.sampled_from(["replaced", "mixed", "mixed", "mixed", "removed", "added"]))
        if kind == "added" and there:
            one = draw(st.sampled_from(there))
            added += [one] if one.id not in taken else []
        elif here and kind == "removed":
            removed.append(draw(st.sampled_from(here)).id)
        elif here and there:
            one, source = draw(st.sampled_from(here)), draw(st.sampled_from(there))
            fields = [field.name for field in attrs.fields(type(one)) if field.name != "id"]
            some = fields if kind == "replaced" else draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3))
            replaced.append(attrs.evolve(one, **{field: getattr(source, field) for field in some}))
    return {"added": added, "replaced": replaced, "removed": removed}


def change(register, step):
    records = (*step.get("added", ()), *step.get("replaced", ()))
    return register.with_changes(**step)[0], [*step.get("removed", ()), *(one.id for one in records)]


@given(st.one_of(exposing(), tied()), st.one_of(exposing(), tied()), st.sampled_from(AUDIENCES), st.data())
@FEW
def test_a_kept_view_is_the_whole_view_after_any_changes(register, other, audience, data):
    kept = keep(register, audience)
    for _ in range(5):
        before = told(kept.view)
        register, ids = change(register, data.draw(changes(register, other)))
        after = kept.changed(register, ids)
        assert told(after.view) == told(view(register, audience, DAY))
        assert told(kept.view) == before
        kept = after if data.draw(st.booleans()) else keep(register, audience)


def test_a_live_register_keeps_its_views_through_attempts():
    register = un.example()
    live = un.Live(register, on=DAY)
    assert told(live.view("public")) == told(view(register, "public", DAY))
    body = register.organizations[0]
    named = live.attempt(replaced=[attrs.evolve(body, name={"en": "Another name"})]).accept()
    gone = named.attempt(removed=[body.id]).accept()
    for audience in AUDIENCES:
        for one in (gone, named, live, gone.at("2030-01-01"), gone):
            assert told(one.view(audience)) == told(view(one.register, audience, one.on))
            assert one.view(audience) is one.view(audience)


def test_the_ids_of_a_live_view_are_keyed():
    register = un.Register(persons=(person(),), organizations=(body("of-ana-ejemplo"),))
    live = un.Live(register, on=DAY)
    assert told(live.view("public", key=b"secret")) == told(view(register, "public", DAY, key=b"secret"))
    assert live.view("public").origins != live.view("public", key=b"secret").origins


def test_a_live_register_of_no_day_has_no_view():
    with pytest.raises(ImpossibleValue, match="on: a view is of a day, and this Live has none"):
        un.Live(un.Register()).view("public")


# -- one register of many ties, and single changes of it ---------------------------------------------------------------

FOR_ALL = {"consents": (GIVEN,)}
TOWN = un.Place(country="PA", city="Villanova", address="33 Willow Lane")
MAIL = un.Contact(kind=un.ContactKind.EMAIL, value="office@main.example")


def role(kind, who):
    return un.EventRole(kind=kind, stakeholder_id=who)


def said(place, **fields):
    return un.Statement(id=f"said-{place}", event_id="talk", **({"summary": un.Text(en="Words")} | fields))


def membership(who, **fields):
    return un.Membership(id=f"m-{who}", network_id="net", organization_id=who, **fields)


POST = un.Post(key="officer", title=un.Text(en="Officer"), organization_id="refuge")
ANA = person(consents=FOR_MEMBERS, posts=(POST,), contacts=(attrs.evolve(MAIL, value="ana@a.example"),))
EVA = person(id="eva", name="Eva Prueba", consents=(NAMED,), posts=(attrs.evolve(POST, organization_id="main"),))
NIL = person(id="nil", name="Lia Luna", consents=())
REFUGE = body(
    name=un.Text(en="Hopehouse Refuge"),
    at_risk=True,
    seat=TOWN,
    links=(HOME,),
    sources=(un.Citation(source_id="paper"),),
)
SHOWN = body("shown", name=un.Text(en="Casa Ambarina"), at_risk=True, seat=TOWN, **FOR_ALL)
MAIN = body("main", name=un.Text(en="Main Body"), contacts=(MAIL,), parent_id="shown", seat=TOWN)
OTHER = body("other", name=un.Text(en="Other Body"), notes=(un.Note(text="Ana Ejemplo said so"),))
TALK = un.Event(
    id="talk",
    name=un.Text(en="Talk of Ana Ejemplo and of Lia Luna in Villanova"),
    kind=un.EventKind.WORKSHOP,
    place=un.Place(country="PA", city="Villanova"),
    roles=(role(un.EventRoleKind.SPEAKER, "member-1"), role(un.EventRoleKind.PARTICIPANT, "refuge")),
    segments=(
        un.Segment(key="one", kind="panel", name=un.Text(en="One")),
        un.Segment(key="two", kind="panel", name=un.Text(en="Two")),
    ),
    counts=(un.Count(value=2, qualifier="exact", basis="registered", unit=un.CountUnit.STAKEHOLDERS),),
)
MARGIN = un.Event(
    id="margin",
    name=un.Text(en="In the margins"),
    kind=un.EventKind.OTHER,
    place=un.Place(country="PA", city="Villanova"),
    project_id="project",
    links_to=(un.EventLink(kind=un.EventLinkKind.IN_MARGINS_OF, event_id="talk"),),
)
TIED = un.Register(
    organizations=(REFUGE, SHOWN, MAIN, OTHER),
    persons=(ANA, EVA, NIL),
    networks=(
        un.Network(
            id="net",
            name=un.Text(en="Network"),
            kind=un.NetworkKind.REGIONAL,
            links=(HOME,),
            stated_members=(un.Count(value=3, qualifier="exact", basis="registered", unit=un.CountUnit.ORGANIZATIONS),),
        ),
    ),
    memberships=(membership("main"), membership("refuge", role=un.MembershipRole.SECRETARIAT), membership("old-other")),
    projects=(un.Project(id="project", name=un.Text(en="Project"), implementer_ids=("shown",)),),
    events=(TALK, MARGIN),
    statements=(
        said("1", speaker_id="member-1", segment="one", summary=un.Text(en="by Ana Ejemplo")),
        said("2", speaker_id="eva", segment="two", speaking_as=("officer",)),
    ),
    contributions=(
        un.Contribution(
            id="work",
            title=un.Text(en="Work"),
            kind=un.ContributionKind.STATEMENT,
            author_ids=("nil",),
            consents=(attrs.evolve(GIVEN, audience=un.Audience.INTERNAL),),
        ),
        un.Contribution(id="free", title=un.Text(en="Free"), kind=un.ContributionKind.STATEMENT),
    ),
    fundings=(un.Funding(id="paid", donor_id="main", target_id="work"),),
    accreditations=(
        un.Accreditation(id="status", organization_id="refuge", forum=un.Forum.CONFERENCE, path="rule-17"),
    ),
    sources=(un.Source(id="paper", title=un.Text(en="Paper"), kind=un.SourceKind.REPORT, place=TOWN),),
    redirects=(un.Redirect(old_id="old-other", new_id="other"),),
)


def new(record, **fields):
    return {"replaced": [attrs.evolve(record, **fields)]}


CLAIM = un.Claim(field="notes", value="said-1", source=un.Citation(source_id="paper"))
CHANGES = {
    "a body otherwise named": new(OTHER, name={"en": "Another Body"}),
    "a note": new(OTHER, notes=()),
    "a text in which somebody is named": new(OTHER, expertise=({"en": "with Ana Ejemplo"}, {"en": "and Lia Luna"})),
    "a body that is over": new(OTHER, dissolved="2020"),
    "a member that is over": new(MAIN, dissolved="2020", parent_id="shown"),
    "a body that moves": new(MAIN, seat=None),
    "a body that is no branch any more": new(MAIN, parent_id=None),
    "a body that becomes a branch": new(OTHER, parent_id="refuge"),
    "a body with a page that is looked for": new(OTHER, links=(HOME,)),
    "a body with a contact of its own": new(OTHER, contacts=(MAIL,)),
    "a body that withdraws": new(OTHER, consents=(attrs.evolve(GIVEN, withdrawn="2023"),)),
    "a body called as one that is withheld": new(OTHER, name={"en": "Hopehouse Refuge"}),
    "a person otherwise named": new(EVA, name="Eva Otra"),
    "a person without a role": new(EVA, posts=()),
    "a person whose role is at a door": new(EVA, posts=(POST,)),
    "a person who is shown no more": new(EVA, consents=()),
    "a person with another contact": new(ANA, contacts=()),
    "a person who worked elsewhere": new(ANA, posts=()),
    "a network otherwise named": new(TIED.networks[0], name={"en": "Net"}),
    "a network of another number": new(TIED.networks[0], stated_members=()),
    "a secretariat elsewhere": new(TIED.memberships[1], role=un.MembershipRole.MEMBER),
    "a secretariat at a main body": new(TIED.memberships[0], role=un.MembershipRole.SECRETARIAT),
    "a member that is another": new(TIED.memberships[0], organization_id="refuge"),
    "a project of others": new(TIED.projects[0], implementer_ids=()),
    "an event elsewhere": new(MARGIN, place=None),
    "an event without a link": new(MARGIN, links_to=()),
    "an event with a link": new(TALK, links_to=(un.EventLink(kind=un.EventLinkKind.PART_OF, event_id="margin"),)),
    "an event of a body at risk": new(MARGIN, roles=(role(un.EventRoleKind.ORGANIZER, "refuge"),)),
    "an event of other counts": new(TALK, counts=()),
    "an event of others": new(TALK, roles=()),
    "who spoke": new(TIED.statements[1], speaker_id="nil"),
    "what was said by nobody": new(TIED.statements[0], speaker_id=None),
    "what was said elsewhere": new(TIED.statements[0], event_id="margin"),
    "a key that nobody has": new(TIED.statements[1], speaking_as=("representative",)),
    "a key that names somebody": new(EVA, posts=(attrs.evolve(POST, key="ana-ejemplo", organization_id="main"),)),
    "a contribution of others": new(TIED.contributions[0], author_ids=("eva",)),
    "a contribution for nobody": new(TIED.contributions[0], consents=()),
    "a contribution for all": new(TIED.contributions[1], author_ids=("nil",), **FOR_ALL),
    "what is paid for": new(TIED.fundings[0], target_id="free"),
    "what is paid for in a circle": new(TIED.fundings[0], target_id="paid"),
    "whose status": new(TIED.accreditations[0], organization_id="main"),
    "a source elsewhere": new(TIED.sources[0], place=None),
    "a claim": new(OTHER, claims=(CLAIM,)),
    "a language that names somebody": new(OTHER, name=un.Text({"lia-Luna": "Other"})),
    "nothing at all": new(OTHER),
    "a body more": {"added": [body("more", name=un.Text(en="One More"))]},
    "a person more": {"added": [person(id="more", name="Mar Nueva", consents=(NAMED,))]},
    "a person more who is withheld": {"added": [person(id="more", name="Mar Nueva", consents=())]},
    "a member more": {"added": [membership("shown")]},
    "an id that looks like one in the place of a name": {"added": [body("withheld-organizations-aaaa")]},
    "a speaker more": {"added": [said("3", speaker_id="member-1", segment="two")]},
    "a body less": {"removed": ["other"]},
    "a person less": {"removed": ["eva"]},
    "a member less": {"removed": ["m-main"]},
    "an event less": {"removed": ["margin"]},
    "a body in the place of an event": {"removed": ["margin"], "added": [body("margin")]},
    "several at once": {
        "removed": ["said-1"],
        "replaced": [attrs.evolve(ANA, languages=("es",)), attrs.evolve(TALK, roles=())],
    },
}


def follow(register, audience, steps):
    """A kept view after each of some changes, and back again: always the whole view."""
    kept = keep(register, audience)
    for name, step in steps.items():
        changed, ids = change(register, step)
        once = kept.changed(changed, ids)
        assert (name, told(once.view)) == (name, told(view(changed, audience, DAY)))
        assert (name, told(once.changed(register, ids).view)) == (name, told(kept.view))


PARTS = {
    un.Audience.PUBLIC: slice(0, None, 2),
    un.Audience.MEMBERS: slice(None),
    un.Audience.INTERNAL: slice(1, None, 2),
}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_after_each_of_many_changes_a_kept_view_is_the_whole_view(audience):
    follow(TIED, audience, dict(some([*CHANGES.items()][PARTS[audience]])))


@pytest.mark.parametrize("record_id", ["of-ana-ejemplo", "ana-a-example"])
def test_a_kept_view_has_new_ids_where_what_they_rest_on_is_another(record_id):
    # in the one a name stands, in the other an address, of which nobody is the holder by name
    register, _ = TIED.with_added(attrs.evolve(TALK, id=record_id))
    follow(register, un.Audience.PUBLIC, {name: CHANGES[name] for name in ("a person with another contact", "a claim")})
    follow(register, un.Audience.PUBLIC, {"languages": new(ANA, languages=("es",))})
    follow(
        register, un.Audience.PUBLIC, {"itself": new(register[record_id], roles=()), "less": {"removed": [record_id]}}
    )


def test_a_kept_view_has_a_new_id_where_one_that_names_somebody_comes_into_it():
    said_by = attrs.evolve(TIED.statements[1], id="said-by-ana-ejemplo", speaker_id="nil")
    follow(TIED.with_added(said_by)[0], un.Audience.PUBLIC, {"shown": new(said_by, speaker_id="eva")})


def test_a_kept_view_shows_a_record_of_an_id_that_leads_elsewhere():
    work = attrs.evolve(TIED.contributions[1], id="old-other", author_ids=("eva",))
    register = attrs.evolve(TIED, contributions=(work,))
    follow(register, un.Audience.PUBLIC, {"shown": new(work, **FOR_ALL)})
    free = TIED.contributions[1]
    led = attrs.evolve(TIED, redirects=(*TIED.redirects, un.Redirect(old_id="old-free", new_id="free")))
    follow(led, un.Audience.PUBLIC, {"shown": new(free, author_ids=("eva",), **FOR_ALL), "less": {"removed": ["free"]}})


@pytest.mark.parametrize("fields", [{"title": {"en": "Others"}}, {"redirects": ()}])
def test_a_kept_view_is_made_anew_where_more_than_records_differs(fields):
    after = keep(TIED, un.Audience.PUBLIC).changed(attrs.evolve(TIED, **fields), ())
    assert told(after.view) == told(view(after.register, "public", DAY))


def test_a_kept_view_is_made_anew_where_two_records_have_one_id():
    after = keep(TIED, un.Audience.PUBLIC).changed(
        attrs.evolve(TIED, organizations=(*TIED.organizations, OTHER)), ["other"]
    )
    assert len(after.view.register.organizations) == 4


def test_a_slight_change_looks_at_what_it_touches_alone():
    basis = WithheldOfRegister(TIED, un.Audience.PUBLIC, ON, b"").keep()
    viewers = tuple(one.with_basis(basis) for one in make_viewers(basis))

    def touched(name):
        slight = find_slight_change(viewers, *change(TIED, CHANGES[name]))
        return None if slight is None else sorted(slight.touched)

    assert touched("a note") == ["other"]
    assert touched("a member that is over") == ["main", "net"]
    assert touched("a person without a role") == ["eva"]
    assert touched("a person whose role is at a door") == ["eva", "said-2"]
    assert touched("an event without a link") == ["margin", "talk"]
    assert touched("a member less") == ["m-main", "net"]
    assert touched("a person who is shown no more") is None
    assert touched("a body that becomes a branch") is None


def test_a_kept_view_follows_own_fields_that_could_expose_somebody():
    own = un.Extension("shelter", un.Event, {"guide": str}, sensitivity=un.Sensitivity.PERSONAL)
    talk = attrs.evolve(TALK, extra={"shelter": {"guide": "Hopehouse Guide"}})
    other = attrs.evolve(OTHER, notes=(), expertise=({"en": "with Hopehouse Guide and with Zoraida Quint"},))
    register, report = un.reads(un.dumps(TIED.with_changes(replaced=[talk, other])[0]), extensions=[own])
    assert register is not None, report
    guided = attrs.evolve(register["talk"], extra={"shelter": {"guide": "Zoraida Quint"}})
    named = attrs.evolve(register["talk"], name={"en": "Another"})
    follow(register, un.Audience.PUBLIC, {"guided": {"replaced": [guided]}, "named": {"replaced": [named]}})
    undeclared = attrs.evolve(register, extensions=())
    assert told(keep(register, un.Audience.PUBLIC).changed(undeclared, ()).view) == told(
        view(undeclared, "public", DAY)
    )


def test_another_kind_of_source_shows_a_body_or_withholds_it():
    """A body is withheld that lists of persons alone name; its source tells that, and may be any record's."""
    page = un.Source(id="page", title={"en": "Page"}, kind="web-page")
    named = attrs.evolve(body(), at_risk=False, sources=(un.Citation(source_id="page"),))
    register = un.Register(organizations=(named,), sources=(page,))
    listed = attrs.evolve(page, kind="list-of-persons")
    steps = [
        {"replaced": [attrs.evolve(page, title={"en": "Another page"})]},
        {"replaced": [listed]},
        {"removed": ["page"]},
        {"added": [listed]},
        {"replaced": [page]},
    ]
    for audience in AUDIENCES:
        kept, now = keep(register, audience), register
        for step in steps:
            now, ids = change(now, step)
            kept = kept.changed(now, ids)
            assert told(kept.view) == told(view(now, audience, DAY))
