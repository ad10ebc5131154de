"""Two records made one: nothing is lost, everything leads to it, and it can be undone."""

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.matching import merge_records, undo_merge
from untoc_network.matching.record_joining import _to_full_text
from untoc_network.matching.version_alignment import to_claim_text
from untoc_network.model.register import COLLECTIONS
from untoc_network.testing import objects


@st.composite
def two_of_a_kind(draw):
    """A register with two records of one kind, and another record that refers to some of them where it may."""
    name = draw(st.sampled_from([name for name in COLLECTIONS if name != "sources"]))
    one, two = (attrs.evolve(draw(objects(COLLECTIONS[name])), id=new) for new in ("kept", "dropped"))
    if draw(st.booleans()):  # more alike than chance makes them
        fields = draw(st.sets(st.sampled_from([f.name for f in attrs.fields(type(one)) if f.name != "id"]), max_size=9))
        two = attrs.evolve(two, **{field: getattr(one, field) for field in fields})
    return un.Register(**{name: (one, two)})


@given(two_of_a_kind())
@tries(30)
def test_a_merge_that_is_undone_never_was(register):
    merged = merge_records(register, "kept", "dropped", on="2026-11-25")
    assert "dropped" in merged.register
    assert merged.register["dropped"] is merged.register["kept"]
    undone = undo_merge(merged.register, merged.undo)
    assert undone.register == register
    assert undone.report.ok
    assert un.dumps(undone.register) == un.dumps(register)


def leaves(value):
    """Every single value in a record, as text, without its ids."""
    if value is None or value is False or value == ():
        return
    if isinstance(value, un.Text):
        yield from value.values()
    elif isinstance(value, un.Extra):
        yield from (text for _, text in value.leaves())
    elif isinstance(value, tuple):
        for item in value:
            yield from leaves(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.name not in ("id", "key"):
                yield from leaves(getattr(value, field.name))
    else:
        yield to_claim_text(value)


@given(two_of_a_kind())
@tries(30)
def test_nothing_that_either_said_is_lost(register):
    if len({getattr(one, "at_risk", False) for one in register}) > 1:  # what leads to a door stands in the undo alone
        register = register.with_replaced(*(attrs.evolve(one, at_risk=True) for one in register))[0]
    merged = merge_records(register, "kept", "dropped").register["kept"]
    said = "\n".join(leaves(merged))
    for record in register:
        for leaf in leaves(record):
            assert leaf in said or leaf in ("unknown", "kept", "dropped")


def organization(record_id, **fields):
    fields = {"name": un.Text(en="Refuge"), "kind": un.OrganizationKind.NGO, **fields}
    return un.Organization(id=record_id, **fields)


def cited(source):
    return (un.Citation(source_id=source),)


def joined(one, two, **more):
    register = un.Register(organizations=(one, two), **more)
    merged = merge_records(register, one.id, two.id)
    assert undo_merge(merged.register, merged.undo).register == register
    return merged


def test_names_become_aliases_and_empty_fields_are_filled():
    one = organization("one", name=un.Text(es="Refugio Ñandú"), kind=un.OrganizationKind.UNKNOWN)
    two = organization("two", name=un.Text(es="Refugio Nandu", en="Refuge"), founded=un.PartialDate("1999"))
    record = joined(one, two).register["one"]
    assert record.name == un.Text(es="Refugio Ñandú", en="Refuge")
    assert record.aliases == (un.Alias(name="Refugio Nandu", kind=un.AliasKind.SPELLING, language="es"),)
    assert (record.kind, record.founded) == ("ngo", "1999")


def test_what_contradicts_becomes_claims_where_one_source_says_each():
    one = organization("one", founded=un.PartialDate("1999"), sources=cited("list"))
    two = organization("two", founded=un.PartialDate("2001"), sources=cited("note"))
    merged = joined(one, two)
    record = merged.register["one"]
    assert merged.unsettled == ("founded",)
    assert record.founded == "1999"
    assert [(claim.value, claim.source.source_id, claim.chosen) for claim in record.claims] == [
        ("1999", "list", True),
        ("2001", "note", False),
    ]
    assert record.notes == ()


def test_claims_that_are_there_are_not_made_again():
    claim = un.Claim(field="founded", value="1999", source=cited("list")[0])
    one = organization("one", founded=un.PartialDate("1999"), sources=cited("list"), claims=(claim,))
    two = organization("two", founded=un.PartialDate("2001"), sources=cited("note"))
    record = joined(one, two).register["one"]
    assert [(held.value, held.chosen) for held in record.claims] == [("1999", False), ("2001", False)]


def test_a_note_leaves_nothing_of_an_object_out():
    count = un.Count(
        value=3,
        qualifier=un.Qualifier.EXACT,
        unit=un.CountUnit.PEOPLE,
        basis=un.CountBasis.STATED,
        of=un.Text(en="Members", es="Miembros"),
        sources=cited("note"),
    )
    assert _to_full_text(count) == (
        "value 3, qualifier exact, unit people, basis stated, of en: Members; es: Miembros,"
        " sources source_id note, certainty seen"
    )


def test_what_contradicts_without_a_single_source_becomes_a_note():
    one = organization("one", founded=un.PartialDate("1999"))
    two = organization("two", founded=un.PartialDate("2001"), sources=(*cited("note"), *cited("list")))
    record = joined(one, two).register["one"]
    assert record.claims == ()
    assert record.notes == (un.Note(text="two: founded: 2001"),)


def test_places_are_put_together_where_they_agree_and_kept_apart_where_not():
    seats = [un.Place(country="XA"), un.Place(country="XA", city="Port"), un.Place(country="XB", address="1 Way")]
    one, two, three = (organization(f"o{at}", seat=seat) for at, seat in enumerate(seats))
    assert joined(one, two).register["o0"].seat == seats[1]
    merged = joined(two, three)
    record = merged.register["o1"]
    assert record.seat == seats[1]
    assert merged.unsettled == ("seat.country", "seat.address")
    assert [note.text for note in record.notes] == ["o2: seat.country: XB", "o2: seat.address: 1 Way"]


def test_a_consent_that_was_withdrawn_in_one_is_withdrawn():
    def contact(given_on, withdrawn=None):
        consent = un.Consent(
            purpose=un.Purpose.CONTACT,
            audience=un.Audience.MEMBERS,
            basis=un.ConsentBasis.FORM,
            given=un.PartialDate(given_on),
            withdrawn=withdrawn and un.PartialDate(withdrawn),
        )
        return un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", consents=(consent,))

    one = organization("one", contacts=(contact("2023"),))
    (held,) = joined(one, organization("two", contacts=(contact("2022", "2024"),))).register["one"].contacts
    assert [consent.withdrawn for consent in held.consents] == ["2024", "2024"]
    later = organization("two", contacts=(contact("2019", "2020"),))
    (held,) = joined(one, later).register["one"].contacts
    assert [consent.withdrawn for consent in held.consents] == [None, "2020"]


def test_contacts_with_two_labels_stay_two():
    def contact(label):
        return un.Contact(kind=un.ContactKind.EMAIL, value="a@example.org", label=label)

    one, two = organization("one", contacts=(contact("Office"),)), organization("two", contacts=(contact(None),))
    assert joined(one, two).register["one"].contacts == (contact("Office"),)
    other = organization("two", contacts=(contact("Night"),))
    assert joined(one, other).register["one"].contacts == (contact("Office"), contact("Night"))


def test_whoever_is_at_risk_in_one_is_at_risk():
    assert joined(organization("one"), organization("two", at_risk=True)).register["one"].at_risk
    assert joined(organization("one", at_risk=True), organization("two")).register["one"].at_risk


def blank(field, reason):
    return un.Blank(field=field, reason=un.BlankReason(reason))


def test_an_unknown_blank_is_filled_and_a_withheld_one_is_not():
    two = organization("two", founded=un.PartialDate("2001"))
    unknown = joined(organization("one", blanks=(blank("founded", "unknown"),)), two).register["one"]
    assert (unknown.founded, unknown.blanks, unknown.notes) == ("2001", (), ())
    withheld = joined(organization("one", blanks=(blank("founded", "withheld"),)), two).register["one"]
    assert (withheld.founded, withheld.blanks) == (None, (blank("founded", "withheld"),))
    assert withheld.notes == (un.Note(text="two: founded: 2001"),)
    seat = un.Place(country="XA", city="Port")
    nested = joined(organization("one", blanks=(blank("seat", "withheld"),)), organization("two", seat=seat))
    assert nested.register["one"].seat is None
    assert nested.unsettled == ("seat.country", "seat.city")


def test_blanks_that_disagree_or_no_longer_hold_are_noted():
    one = organization(
        "one", blanks=(blank("founded", "unknown"), blank("links", "none"), blank("seat.city", "unknown"))
    )
    link = un.Link(kind=un.LinkKind.WEBSITE, url="https://example.org/")
    two = organization(
        "two", blanks=(blank("founded", "withheld"),), links=(link,), seat=un.Place(country="XA"), parent_id="three"
    )
    record = joined(one, two, sources=()).register["one"]
    assert record.blanks == (blank("founded", "unknown"), blank("seat.city", "unknown"))
    assert [note.text for note in record.notes] == ["two: founded: withheld", "two: links: none"]


def test_claims_of_the_dropped_record_that_are_not_followed_are_no_longer_chosen():
    claim = un.Claim(field="founded", value="2001", source=cited("note")[0], chosen=True)
    one = organization("one", founded=un.PartialDate("1999"), sources=cited("list"))
    two = organization("two", founded=un.PartialDate("2001"), sources=cited("note"), claims=(claim,))
    record = joined(one, two).register["one"]
    assert [(held.value, held.chosen) for held in record.claims] == [("2001", False), ("1999", True)]


def test_all_references_lead_to_the_record_that_is_kept():
    one, two = organization("one", parent_id="two"), organization("two")
    role = [un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id=held) for held in ("one", "two")]
    event = un.Event(id="talk", name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, roles=tuple(role))
    network = un.Network(
        id="net",
        name=un.Text(en="Net"),
        kind=un.NetworkKind.REGIONAL,
        sponsor_ids=("two", "one"),
        coordinator_ids=("two",),
    )
    members = [un.Membership(id=f"m-{held}", network_id="net", organization_id=held) for held in ("one", "two")]
    other = un.Membership(id="m-x", network_id="other", organization_id="two")
    review = un.CountryReview(
        id="review",
        country="XA",
        questionnaires=(
            un.Questionnaire(
                instrument=un.TreatyCode.UNTOC, consultation=un.NationalConsultation(with_ids=("three", "two"))
            ),
        ),
    )
    redirect = un.Redirect(old_id="zero", new_id="two")
    merged = joined(
        one,
        two,
        events=(event,),
        networks=(network,),
        memberships=(*members, other),
        country_reviews=(review,),
        redirects=(redirect,),
    )
    register = merged.register
    assert register.referrers.keys() == {"one", "net", "other", "three"}
    assert register["talk"].roles == (role[0],)
    assert (register["net"].sponsor_ids, register["net"].coordinator_ids) == (("one",), ("one",))
    assert register["one"].parent_id is None
    assert register["one"].notes == (un.Note(text="two: parent_id: two"),)
    assert register["review"].questionnaires[0].consultation.with_ids == ("three", "one")
    assert register["zero"] is register["two"] is register["one"]
    assert merged.twice == (("m-one", "m-two"),)


def test_networks_lose_the_links_between_them():
    def network(record_id, to):
        link = un.NetworkLink(kind=un.NetworkLinkKind.PARTNER_OF, network_id=to)
        return un.Network(id=record_id, name=un.Text(en="Net"), kind=un.NetworkKind.REGIONAL, links_to=(link,))

    register = un.Register(networks=(network("one", "two"), network("two", "three")))
    merged = merge_records(register, "one", "two")
    (record,) = merged.register.networks
    assert [link.network_id for link in record.links_to] == ["three"]
    assert record.notes == (un.Note(text="two: links_to: kind partner-of, network_id two"),)
    assert undo_merge(merged.register, merged.undo).register == register


def test_keys_that_name_two_things_are_told_apart_and_what_spoke_of_them_follows():
    def person(record_id, name, kind, **more):
        capacity = un.Capacity(key="state", kind=un.CapacityKind(kind))
        return un.Person(id=record_id, name=name, capacities=(capacity,), **more)

    taken = un.Capacity(key="state-2", kind=un.CapacityKind.OBSERVER)
    one = person("p-1", "A. Example", "prosecutor", gender="x")
    one = attrs.evolve(one, capacities=(*one.capacities, taken))
    two = person("p-2", "Ana Example", "diplomat", gender="y")
    said = {"event_id": "talk", "summary": un.Text(en="Said"), "speaking_as": ("state",)}
    statements = [un.Statement(id=f"s-{held}", speaker_id=held, **said) for held in ("p-1", "p-2")]
    register = un.Register(persons=(one, two), statements=tuple(statements))
    merged = merge_records(register, "p-1", "p-2")
    record = merged.register["p-1"]
    assert [(held.key, held.kind.value) for held in record.capacities] == [
        ("state", "prosecutor"),
        ("state-2", "observer"),
        ("state-3", "diplomat"),
    ]
    assert merged.register["s-p-1"].speaking_as == ("state",)
    assert (merged.register["s-p-2"].speaker_id, merged.register["s-p-2"].speaking_as) == ("p-1", ("state-3",))
    assert (record.name, record.other_names, record.gender) == ("A. Example", ("Ana Example",), "x")
    assert record.notes == (un.Note(text="p-2: gender: y"),)
    assert undo_merge(merged.register, merged.undo).register == register


def test_segments_of_merged_events_are_told_apart():
    def event(record_id, kind):
        segment = un.Segment(key="first", kind=un.SegmentKind(kind))
        return un.Event(id=record_id, name=un.Text(en="Talk"), kind=un.EventKind.WORKSHOP, segments=(segment,))

    statement = un.Statement(id="s", event_id="two", segment="first", summary=un.Text(en="Said"))
    register = un.Register(events=(event("one", "opening"), event("two", "panel")), statements=(statement,))
    merged = merge_records(register, "one", "two").register
    assert [segment.key for segment in merged["one"].segments] == ["first", "first-2"]
    assert (merged["s"].event_id, merged["s"].segment) == ("one", "first-2")


def test_steps_of_both_stand_in_the_order_of_their_days():
    def review(record_id, *days):
        log = tuple(un.ReviewEntry(step=un.CountryReviewStep.START, on=un.PartialDate(day)) for day in days)
        return un.CountryReview(id=record_id, country="XA", log=log)

    register = un.Register(country_reviews=(review("one", "2021", "2023"), review("two", "2022")))
    assert [entry.on for entry in merge_records(register, "one", "two").register["one"].log] == ["2021", "2022", "2023"]


def test_periods_that_cannot_be_put_together_are_kept_apart():
    def membership(record_id, **period):
        return un.Membership(id=record_id, network_id="net", organization_id="o", period=un.Period(**period))

    running = {"start": un.PartialDate("2020"), "ending": un.Ending.RUNNING}
    register = un.Register(memberships=(membership("one", **running), membership("two", end=un.PartialDate("2021"))))
    merged = merge_records(register, "one", "two")
    assert merged.register["one"].period == un.Period(**running)
    assert merged.unsettled == ("period.end",)


def test_purposes_that_differ_are_noted():
    def network(record_id, purpose):
        return un.Network(id=record_id, name=un.Text(en="Net"), kind=un.NetworkKind.REGIONAL, purpose=un.Text(purpose))

    register = un.Register(networks=(network("one", {"en": "Peace"}), network("two", {"en": "Justice", "es": "Paz"})))
    merged = merge_records(register, "one", "two")
    assert merged.register["one"].purpose == un.Text(en="Peace", es="Paz")
    assert merged.register["one"].notes == (un.Note(text="two: purpose.en: Justice"),)


def test_what_was_changed_since_stays_when_a_merge_is_undone():
    one, two = organization("one"), organization("two", founded=un.PartialDate("1999"))
    register = un.Register(organizations=(one, two))
    merged = merge_records(register, "one", "two")
    grown, _ = merged.register.with_replaced(attrs.evolve(merged.register["one"], themes=(un.Theme.YOUTH,)))
    undone = undo_merge(grown, merged.undo)
    assert undone.report.ok
    assert undone.register["one"] == attrs.evolve(one, themes=(un.Theme.YOUTH,))
    assert undone.register["two"] == two
    moved, _ = merged.register.with_replaced(attrs.evolve(merged.register["one"], founded=un.PartialDate("2000")))
    undone = undo_merge(moved, merged.undo)
    assert undone.register["one"].founded == "2000"
    assert [finding.message for finding in undone.report] == [
        "one side (theirs) removed 'founded', and the other changed it; it is kept"
    ]


def test_sources_are_merged_only_where_they_agree():
    def source(record_id, **more):
        return un.Source(id=record_id, title=un.Text(en="Note"), kind=un.SourceKind.PRESS_NOTE, **more)

    organizations = (organization("o", sources=cited("two")),)
    register = un.Register(sources=(source("one"), source("two", symbol="X/1")), organizations=organizations)
    merged = merge_records(register, "one", "two").register
    assert merged["one"].symbol == "X/1"
    assert merged["o"].sources == cited("one")
    register = un.Register(sources=(source("one", symbol="X/2"), source("two", symbol="X/1")))
    with pytest.raises(un.ImpossibleValue) as refused:
        merge_records(register, "one", "two")
    assert str(refused.value) == (
        "'two' and 'one' differ in symbol, and such records have no notes to keep the other value in;"
        " make them the same first"
    )


@pytest.mark.parametrize(
    ("keep", "drop", "error", "problem"),
    [
        ("one", "none", un.UnknownRecord, "no record has the id 'none'"),
        ("one", "one", un.ImpossibleValue, "'one' cannot be merged into 'one': they are one record, or of two kinds"),
        ("one", "p", un.ImpossibleValue, "'p' cannot be merged into 'one': they are one record, or of two kinds"),
    ],
)
def test_only_two_records_of_one_kind_are_merged(keep, drop, error, problem):
    register = un.Register(organizations=(organization("one"),), persons=(un.Person(id="p", name="A. Example"),))
    with pytest.raises(error) as refused:
        merge_records(register, keep, drop)
    assert str(refused.value) == problem


def test_a_record_whose_id_another_has_too_is_not_rewritten_by_that_id():
    doubled = un.Statement(id="x", event_id="e", speaker_id="b", summary={"en": "Said."})
    organizations = [un.Organization(id=one, kind="ngo", name={"en": one}) for one in ("a", "b", "x")]
    register = un.Register(organizations=organizations, statements=[doubled])
    with pytest.raises(un.ImpossibleValue, match=r"^several records have the id 'x'; give each its own$"):
        merge_records(register, "a", "b")
