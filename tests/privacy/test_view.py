"""What an audience sees: laws that hold for every register, and each treatment by example."""

import re
from collections import Counter, defaultdict

import attrs
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import untoc_network as un
from untoc_network.errors import ImpossibleValue
from untoc_network.model.register import COLLECTIONS
from untoc_network.privacy import TREATMENTS, Redaction, RedactionReason, Treatment, view
from untoc_network.testing import planted, registers, sound_registers
from untoc_network.values.fields import Sensitivity, fields_of, nested_class
from untoc_network.values.looks import MASK

DAY = "2024-06-30"
AUDIENCES = tuple(un.Audience)
FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LOOKS = (
    "write to ana@example.org today",
    "call +507 6612-3456",
    "pasaporte no. XA123456",
    "8.98123, -79.51987",
    "https://example.org/?to=ana@example.org",
)


@st.composite
def exposing(draw):
    """Registers with consents of all kinds, bodies at risk, texts that expose, and names of some in texts of others."""
    register = draw(registers())
    if draw(st.booleans()):
        register, _ = planted(register)
    organizations = tuple(
        attrs.evolve(one, at_risk=draw(st.booleans()), consents=draw(consents())) for one in register.organizations
    )
    persons = tuple(attrs.evolve(one, consents=draw(consents())) for one in register.persons)
    contributions = tuple(
        attrs.evolve(one, consents=draw(consents()), audience=draw(st.sampled_from(AUDIENCES)))
        for one in register.contributions
    )
    exposed = draw(st.sampled_from((*LOOKS, "Ana Ejemplo said so")))
    statements = tuple(attrs.evolve(one, summary=un.Text(en=exposed)) for one in register.statements)
    if persons:
        persons = (attrs.evolve(persons[0], name="Ana Ejemplo"), *persons[1:])
    return attrs.evolve(
        register,
        organizations=organizations,
        persons=persons,
        contributions=contributions,
        statements=statements,
    )


def consents():
    dates = st.sampled_from([None, None, "2020", "2024-06-30", "2024-07", "2030-01-01"]).map(
        lambda text: text and un.PartialDate(text)
    )
    purposes = st.sampled_from([un.Purpose.PUBLICATION, un.Purpose.ATTRIBUTION, un.Purpose.CONTACT])
    one = st.builds(
        un.Consent,
        purpose=purposes,
        audience=st.sampled_from(AUDIENCES),
        basis=st.just(un.ConsentBasis.FORM),
        given=dates,
        withdrawn=dates,
        expires=dates,
    )
    return st.lists(one, max_size=2).map(tuple)


def leaves(held, path=()):
    for shape in fields_of(type(held)):
        value = getattr(held, shape.name)
        for item in value if shape.many else () if value is None else (value,):
            if isinstance(item, un.Blank) and item.reason is un.BlankReason.WITHHELD:
                continue
            if nested_class(shape):
                yield from leaves(item, (*path, shape.name))
            elif item is not False:
                yield (*path, shape.name), tuple(item.items()) if isinstance(item, un.Text) else item


def shown(narrow, wide):
    """Whether every value of a record stands in the other too, apart from what is masked in it."""
    there = defaultdict(list)
    for path, value in leaves(wide):
        there[path].append(value)
    return all(any(is_masked_of(value, other) for other in there[path]) for path, value in leaves(narrow))


def is_masked_of(value, other):
    pattern = ".*".join(map(re.escape, str(value).split(MASK)))
    return value == other or re.fullmatch(pattern, str(other), re.DOTALL) is not None


@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_the_view_of_a_view_is_itself_and_leaves_nothing_more_out(register, audience):
    once = view(register, audience, DAY)
    twice = view(once.register, audience, DAY)
    assert twice.register == once.register
    assert twice.redactions == ()


@given(exposing())
@FEW
def test_what_a_wider_circle_sees_a_narrower_one_sees_too(register):
    public, members, internal = (view(register, audience, DAY).register for audience in AUDIENCES)
    for narrow, wide in ((public, members), (members, internal), (internal, register)):
        for record in narrow:
            same = wide.by_id.get(record.id)
            assert same is not None or record.id.startswith("withheld-")
            assert same is None or shown(record, same)
        assert set(narrow.redirects) <= set(wide.redirects)
    assert view(members, "public", DAY).register == public


@given(exposing(), st.sampled_from(AUDIENCES))
@FEW
def test_a_view_is_pure_and_valid(register, audience):
    before = un.dumps(register)
    seen = view(register, audience, DAY)
    assert un.dumps(register) == before
    assert view(register, audience, DAY) == seen
    assert un.loads(un.dumps(seen.register)) == seen.register
    for reference in seen.register.references:
        assert reference.target in seen.register
    errors, had = (
        Counter((found.code, found.subject) for found in un.validate(one, on=DAY).errors)
        for one in (seen.register, register)
    )
    assert {key for key in errors if key not in had and not (key[1] or "").startswith("withheld-")} == set()


@given(sound_registers())
@settings(max_examples=5, deadline=None)
def test_a_sound_register_stays_sound(register):
    for audience in AUDIENCES:
        seen = view(register, audience, DAY)
        assert seen.redactions == ()
        assert seen.register == register


def test_every_class_has_a_treatment_before_every_audience():
    assert set(TREATMENTS) == set(un.Audience)
    assert all(set(by_class) == set(Sensitivity) for by_class in TREATMENTS.values())
    assert {by_class[Sensitivity.PERSONAL] for by_class in TREATMENTS.values()} == {Treatment.CONSENT}
