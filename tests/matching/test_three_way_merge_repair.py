"""What two sides break together and neither alone: it is mended, or told, whatever they did."""

import functools

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.matching import merge
from untoc_network.matching.three_way_merge_repair import _restrict_to_protection_of_both
from untoc_network.model.extension import declare
from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.model.traversal import Rewriter
from untoc_network.testing import invented_register, objects, registers, sound_registers
from untoc_network.values.fields import fields_of

DAY = un.PartialDate


def body(record_id="a", **more):
    return un.Organization(
        id=record_id, **{"name": un.Text(en=record_id.title()), "kind": un.OrganizationKind.NGO, **more}
    )


def event(record_id="e", starts="2024-05-01", ends="2024-05-10", **more):
    return un.Event(
        id=record_id,
        name=un.Text(en="Talk"),
        kind=un.EventKind.OTHER,
        starts=starts and DAY(starts),
        ends=ends and DAY(ends),
        **more,
    )


def of(*records, **more):
    homes = {cls: name for name, cls in COLLECTIONS.items()}
    held = {name: tuple(one for one in records if homes[type(one)] == name) for name in COLLECTIONS}
    return un.Register(**{name: some for name, some in held.items() if some}, **more)


def messages(done):
    return [f"{one.code} {one.message}" for one in done.report]


def together(record_id, rule, how="our version is kept"):
    return f"MG008 the changes of both sides to '{record_id}' and to related records together break {rule}; {how}"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [({"starts": "2024-05-08"}, {"ends": "2024-05-04"}), ({"ends": "2024-05-04"}, {"starts": "2024-05-08"})],
)
def test_two_fields_of_one_record_that_contradict_each_other_stand_as_ours_has_them(ours, theirs):
    mine = event(**ours)
    done = merge(of(event(), body()), of(mine, body()), of(event(**theirs), body(founded=DAY("1999"))))
    assert done.register == of(mine, body(founded=DAY("1999")))
    assert messages(done) == [together("e", "EV001")]
    (finding,) = done.report
    assert (finding.subject, finding.pointer) == ("e", "/events/0")
    (conflict,) = done.conflicts
    assert (conflict.ours, conflict.theirs) == (mine, event(**theirs))


def test_records_that_both_sides_set_in_a_circle_are_parts_of_each_other_no_longer():
    base = of(*map(body, "abc"))
    ours = of(body("a", parent_id="b"), body("b", parent_id="c"), body("c"))
    theirs = of(body("a"), body("b"), body("c", parent_id="a", founded=DAY("1999")))
    for mine, other in ((ours, theirs), (theirs, ours)):
        done = merge(base, mine, other)
        assert not [one for one in un.validate(done.register) if one.code == "SH012"]
        assert [one.code for one in done.report] == ["MG008"]
        assert set(done.register.by_id) == set("abc")


def test_a_circle_is_opened_however_long_it_is():
    above = dict(zip("abcdef", "bcdefa", strict=True))
    part = functools.partial(body, sources=(un.Citation(source_id="s"),))
    for broken in above:
        whole = {one: part(one, parent_id=parent) for one, parent in above.items()}
        opened = of(*(whole | {broken: part(broken, seat=un.Place(country="XA"))}).values())
        base = of(*map(part, above))
        done = merge(base, opened, of(*(whole[one] if one == broken else part(one) for one in above)))
        assert done.register == opened
        assert messages(done) == [together(broken, "SH012")]


def network(**more):
    return un.Network(id="n", name=un.Text(en="Net"), kind=un.NetworkKind.REGIONAL, **more)


def membership(record_id, start, end=None, **more):
    period = un.Period(start=DAY(start), end=end and DAY(end))
    return un.Membership(id=record_id, network_id="n", organization_id="a", period=period, **more)


def test_what_theirs_added_and_nothing_refers_to_is_left_out_where_it_breaks_a_rule():
    row = un.model.remembered_lists_and_erasures.RememberedRow(list_name="l", key="k", record_id="two")
    base = of(body(), network())
    ours, theirs = (
        of(*base, membership("one", "2020", "2022")),
        of(*base, membership("two", "2021", "2023"), list_rows=(row,)),
    )
    done = merge(base, ours, theirs)
    assert done.register == ours
    assert messages(done) == [together("two", "NW002", "the record is left out, as in our version")]


def test_what_theirs_took_out_is_kept_where_ours_came_to_need_it():
    one = membership("one", "2020")
    base = of(body(), network(), one)
    ours = of(body(), network(coordinator_ids=("a",)), one)
    theirs = of(body(), network())
    done = merge(base, ours, theirs)
    assert done.register == ours
    assert messages(done) == [together("one", "NW005", "the record is kept, as in our version")]


ROR = un.Identifier(scheme=un.IdentifierScheme.ROR, value="05gq02987")


def test_a_body_is_never_left_out_and_what_is_found_is_told():
    done = merge(of(), of(body("a", identifiers=(ROR,))), of(body("b", identifiers=(ROR,))))
    assert set(done.register.by_id) == {"a", "b"}
    assert messages(done) == ["MG009 the two sides together break SH006 here, although neither does so alone"]
    assert done.report.ok
    assert done.conflicts


def test_what_is_no_error_is_mended_where_both_sides_changed_the_record_and_else_left():
    place = {"seat": un.Place(country="XA")}
    base = of(body("a", **place), body("b"))
    same = {"name": un.Text(en="A"), **place}
    done = merge(
        base,
        of(body("a", founded=DAY("1999"), **place), body("b", name=un.Text(en="A"))),
        of(body("a", **place), body("b", **place)),
    )
    assert done.register["b"] == body("b", name=un.Text(en="A"))
    assert messages(done) == [together("b", "SH007")]
    done = merge(of(), of(body("c", **same)), of(body("d", **same)))
    assert set(done.register.by_id) == {"c", "d"}
    assert messages(done) == ["MG009 the two sides together break SH007 here, although neither does so alone"]


def test_what_does_not_help_is_not_kept_as_ours_has_it():
    base = of(body("a"), body("b"))
    for one, other in ("ab", "ba"):
        ours = of(body(one, parent_id=other), body(other))
        theirs = of(body(one, founded=DAY("1999")), body(other, parent_id=one, founded=DAY("1998")))
        done = merge(base, ours, theirs)
        assert done.register[one] == body(one, parent_id=other, founded=DAY("1999"))
        assert done.register[other] == body(other)
        assert messages(done) == [together(other, "SH012")]


def test_where_nothing_is_found_nothing_is_compared():
    base = invented_register(2)
    first, second = base.organizations
    ours = base.with_replaced(attrs.evolve(first, founded=DAY("1999")))[0]
    theirs = base.with_replaced(attrs.evolve(second, founded=DAY("1998")))[0]
    done = merge(base, ours, theirs)
    assert [one.founded for one in done.register.organizations] == ["1999", "1998"]
    assert done.conflicts == ()


def test_what_one_side_has_already_is_no_reason_to_undo_anything():
    backwards = event(ends="2024-04-01")
    done = merge(of(event()), of(backwards), of(event(), body()))
    assert done.register == of(backwards, body())
    assert done.report.ok


def test_records_with_one_id_are_left_alone():
    twice = (event(), event())
    done = merge(of(*twice), of(event(starts="2024-05-08"), event()), of(event(ends="2024-05-04"), event()))
    assert [one.starts for one in done.register.events] == ["2024-05-08", "2024-05-01"]
    assert messages(done) == ["MG009 the two sides together break EV001 here, although neither does so alone"]


def test_a_version_that_refers_to_what_theirs_took_out_does_not_come_back():
    venue = body("venue")
    role = un.EventRole(kind=un.EventRoleKind.ORGANIZER, stakeholder_id="venue")
    base = of(event(roles=(role,)), venue)
    done = merge(base, of(event(starts="2024-05-08", roles=(role,)), venue), of(event(ends="2024-05-04")))
    assert done.register == of(event("e", "2024-05-08", "2024-05-04"))
    assert messages(done) == ["MG009 the two sides together break EV001 here, although neither does so alone"]


def consent(audience="public", **days):
    return un.Consent(
        purpose=un.Purpose.PUBLICATION,
        audience=un.Audience(audience),
        basis=un.ConsentBasis.FORM,
        **{name: DAY(day) for name, day in {"given": "2020-01-01", **days}.items()},
    )


def test_what_stands_as_ours_has_it_shows_no_more_than_both_sides_together():
    withdrawn = consent(withdrawn="2025-01-01")
    mail, post = (
        un.Contact(kind=kind, value=value, consents=(consent(),))
        for kind, value in ((un.ContactKind.EMAIL, "a@example.org"), (un.ContactKind.POST, "1 Way"))
    )
    known = {"consents": (consent(),), "contacts": (mail, post), "seat": un.Place(country="XA", city="Quelimar")}
    base = of(body(founded=DAY("1999"), dissolved=DAY("2010"), **known))
    ours = of(body(founded=DAY("2005"), dissolved=DAY("2010"), **known))
    theirs = of(
        body(
            founded=DAY("1999"),
            dissolved=DAY("2001"),
            at_risk=True,
            seat=un.Place(country="XA"),
            consents=(withdrawn,),
            contacts=(attrs.evolve(mail, consents=(withdrawn,)),),
        )
    )
    done = merge(base, ours, theirs)
    left = done.register["a"]
    assert (left.founded, left.dissolved) == ("2005", "2010")
    assert (left.at_risk, left.seat, left.consents) == (True, un.Place(country="XA"), (withdrawn,))
    assert left.contacts == (attrs.evolve(mail, consents=(withdrawn,)),)
    assert messages(done) == [together("a", "SH002")]


def test_of_two_circles_of_readers_the_narrower_is_kept():
    def paper(audience, **more):
        return un.Contribution(
            id="c", title=un.Text(en="Paper"), kind=un.ContributionKind.RESEARCH, audience=un.Audience(audience), **more
        )

    wide, narrow, nothing = paper("public"), paper("internal"), declare(())
    for mine, both in ((wide, narrow), (narrow, wide)):
        assert _restrict_to_protection_of_both(mine, both, nothing) == narrow


def led(record, homes):
    """The record with references that lead somewhere."""

    def choose(_cls, shape, _path):
        known = [one for name in REFERENTS.get(shape.type, ()) if shape.name != "id" for one in homes[name]]
        return (lambda _, value: known[sum(map(ord, value)) % len(known)]) if known else None

    return Rewriter(choose).rewrite(record)


@st.composite
def edits(draw, base, side, focus):
    """A register with some records replaced, changed in one field, added and taken out; mostly those in focus."""
    homes = {name: [one.id for one in getattr(base, name)] for name in COLLECTIONS}
    parts = {name: {one.id: one for one in getattr(base, name)} for name in COLLECTIONS}
    for number in range(draw(st.integers(1, 6))):
        name, record_id = draw(st.sampled_from(focus))
        new = led(draw(objects(COLLECTIONS[name])), homes)
        held = parts[name].get(record_id)
        how = draw(st.sampled_from(["field", "field", "field", "replaced", "added", "gone"]))
        if how == "added":
            parts[name][f"{side}-{number}"] = attrs.evolve(new, id=f"{side}-{number}")
        elif how == "gone":
            parts[name].pop(record_id, None)
        elif how == "replaced" or held is None:
            parts[name][record_id] = attrs.evolve(new, id=record_id)
        else:
            field = draw(st.sampled_from([shape.name for shape in fields_of(type(held)) if shape.name != "id"]))
            parts[name][record_id] = attrs.evolve(held, **{field: getattr(new, field)})
    return attrs.evolve(base, **{name: tuple(records.values()) for name, records in parts.items()})


@st.composite
def sides(draw, bases):
    """A register, and what two sides made of it, who often worked on the same records."""
    base = draw(bases)
    places = [(name, one.id) for name in COLLECTIONS for one in getattr(base, name)]
    focus = draw(st.lists(st.sampled_from(places), min_size=1, max_size=4)) if draw(st.booleans()) else places
    return base, draw(edits(base, "o", focus)), draw(edits(base, "t", focus))


def kinds_of(register):
    """What is found in a register: an error by its message, the rest whatever number it gives."""
    return {
        (one.code, one.subject, one.message if one.severity is un.Severity.ERROR else one.severity)
        for one in un.validate(register)
    }


def assert_nothing_new_is_found_but_what_is_told(base, ours, theirs):
    done = merge(base, ours, theirs)
    told = {(dict(one.params).get("rule"), one.subject) for one in done.report if one.code == "MG009"}
    new = kinds_of(done.register) - kinds_of(ours) - kinds_of(theirs)
    left = {(code, subject) for code, subject, said in new if said is not un.Severity.INFO and code != "RF002"}
    assert left <= told
    if any(code == "RF002" for code, *_ in new):
        assert "MG003" in {one.code for one in done.report}
    assert un.loads(un.dumps(done.register)) == done.register
    return left


@pytest.mark.unmeasured
@given(sides(registers() | sound_registers()))
@tries(200)
def test_whatever_two_sides_did_nothing_is_found_that_neither_had(drawn):
    assert_nothing_new_is_found_but_what_is_told(*drawn)


DAYS = st.sampled_from([None, "2024-05-01", "2024-05-04", "2024-05-08"])
CLOSE = st.builds(
    lambda events, parents, founded: of(
        *(event(one, *days) for one, days in zip("ef", events, strict=True)),
        *(
            body(one, parent_id=parent, founded=when and DAY(when), dissolved=DAY("2024-05-04"))
            for one, parent, when in zip("abcd", parents, founded, strict=True)
        ),
    ),
    st.tuples(*[st.tuples(DAYS, DAYS)] * 2),
    st.tuples(*[st.sampled_from([None, *"abcd"])] * 4),
    st.tuples(*[DAYS] * 4),
)


@given(CLOSE, CLOSE, CLOSE)
@tries(200)
def test_where_both_sides_have_the_same_records_no_error_is_left(base, ours, theirs):
    left = assert_nothing_new_is_found_but_what_is_told(base, ours, theirs)
    assert not [code for code, _ in left if code != "SH007"]
