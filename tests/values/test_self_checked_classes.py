"""What is built is checked: constructors refuse what no document could hold, by class and field."""

import copy
import datetime as dt
import pickle

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.builders import nested_classes
from tests.profiles import tries

import untoc_network as un
from untoc_network.testing import objects, registers
from untoc_network.values.field_faults import iter_faults
from untoc_network.values.fields import fields_of
from untoc_network.values.self_checked_classes import TEXT_FORMS, is_sound

CLASSES = sorted(set(nested_classes(un.Register)), key=lambda cls: cls.__name__)
FOREIGN = (
    0.5,
    b"bytes",
    {"": "mapping"},
    iter(()),
    {1},
    dt.datetime(2019, 1, 1),
    object(),
    -(10**15),
    "\ud800",
    "secret \n",
)
ORGANIZATION = {"id": "xa-refuge", "name": un.Text(en="Refuge"), "kind": un.OrganizationKind.NGO}

foreign = st.sampled_from(FOREIGN)


def refused(make) -> str:
    with pytest.raises(un.ImpossibleValue) as caught:
        make()
    return str(caught.value)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@given(data=st.data())
@tries(15)
def test_a_foreign_value_is_refused_by_class_and_field_and_never_shown(cls, data):
    held = un.example() if cls is un.Register else data.draw(objects(cls))
    shape = data.draw(st.sampled_from(fields_of(cls)))
    value = data.draw(foreign)
    if shape.type is str and value == "secret \n":
        return  # it may hold any text
    if shape.many and (cls is un.Register or data.draw(st.booleans())):
        value = (value,)
    said = refused(lambda: attrs.evolve(held, **{shape.name: value}))
    assert said.startswith(f"{cls.__name__}.{shape.name}")
    assert "secret" not in said
    assert "mapping" not in said


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@given(data=st.data())
@tries(15)
def test_what_is_foreign_is_found_however_it_got_there(cls, data):
    held = un.example() if cls is un.Register else data.draw(objects(cls))
    assert is_sound(held)
    shape = data.draw(st.sampled_from(fields_of(cls)))
    value = data.draw(foreign)
    if shape.type is not str:
        twin = copy.copy(held)
        object.__setattr__(twin, shape.name, (value,) if shape.many else value)
        assert not is_sound(twin)
        assert not is_sound(pickle.loads(pickle.dumps(twin)) if type(value) is not object else twin)


def test_the_message_says_what_is_due():
    built = {
        "Organization.id: expected lower-case letters a-z and digits in groups joined by single hyphens": {
            "id": "Not A Slug!"
        },
        "Organization.id: expected lower-case letters a-z and digits in groups joined by single hyphens, got None": {
            "id": None
        },
        "Organization.kind: expected an OrganizationKind (ngo, ngo-network, community-group …)": {"kind": "ngos"},
        "Organization.name: expected a Text, got a value of type str": {"name": "Refuge"},
        "Organization.founded: expected a PartialDate, got a value of type datetime": {
            "founded": dt.datetime(2019, 1, 1)
        },
        "Organization.languages: expected a tuple in which each item is a language tag such as es or pt-BR, "
        "got a value of type str": {"languages": "es"},
        "Organization.languages[1]: expected a language tag such as es or pt-BR": {"languages": ("es", "english")},
        "Organization.seat: expected a Place, got a value of type list": {"seat": []},
    }
    for message, fields in built.items():
        assert refused(lambda fields=fields: un.Organization(**ORGANIZATION | fields)) == message
    assert refused(lambda: un.Place(city="\ud83d")) == (
        "Place.city: the text holds half of a surrogate pair, which no file can carry"
    )
    assert refused(
        lambda: un.Event(id="talk", kind=un.EventKind.WORKSHOP, name=un.Text(en="T"), stated_days=10**15)
    ) == ("Event.stated_days: expected a whole number of at most 15 digits")
    dated = un.Organization(**ORGANIZATION)
    object.__setattr__(dated, "founded", str.__new__(un.PartialDate, "2019-13"))
    assert [(path, str(fault)) for path, fault in iter_faults(dated)] == [
        (("founded",), "Organization.founded: a date is written 2022, 2022-03 or 2022-03-28")
    ]
    assert refused(lambda: un.Claim(field="x", value="y", source=un.Citation(source_id="s"), chosen=1)) == (
        "Claim.chosen: expected True or False, got a value of type int"
    )
    assert refused(lambda: un.Vote(in_favour=True, against=0)) == (
        "Vote.in_favour: expected a whole number of at most 15 digits, got a value of type bool"
    )
    assert refused(lambda: un.TimeLimit("6", un.TimeUnit.DAYS)).startswith("TimeLimit.number: expected a whole number")


def test_nothing_switches_it_off():
    with attrs.validators.disabled():
        assert refused(lambda: un.Organization(**ORGANIZATION | {"kind": "ngos"}))


def test_a_value_that_equals_its_text_is_taken_as_text():
    assert un.Organization(**ORGANIZATION | {"id": un.OrganizationKind.NGO}) == un.Organization(
        **ORGANIZATION | {"id": "ngo"}
    )


def test_a_register_takes_any_iterable_of_records_and_nothing_else():
    record = un.Organization(**ORGANIZATION)
    assert un.Register(organizations=[record]) == un.Register(organizations=iter([record]))
    assert un.Register(organizations=[record]).organizations == (record,)
    assert refused(lambda: un.Register(organizations=([],))) == (
        "Register.organizations[0]: expected an Organization, got a value of type list"
    )
    assert refused(lambda: un.Register(organizations=None)) == (
        "Register.organizations: expected a tuple in which each item is an Organization, got None"
    )
    odd = un.Organization.__new__(un.Organization)
    assert refused(lambda: un.Register(organizations=(record, odd))) == (
        "Register.organizations: the id of a record is not text"
    )
    assert not is_sound(odd)


@pytest.mark.parametrize("kind", [un.Organization, un.Record, un.Place, un.Register, un.Period])
def test_a_subclass_is_refused_when_it_is_defined(kind):
    said = refused(lambda: type("Member", (kind,), {"__module__": "elsewhere"}))
    assert said == (
        f"Member: {kind.__name__} cannot be subclassed, since files would lose what a subclass adds; "
        "declare fields of your own as an Extension"
    )


def test_small_values_made_past_their_constructors_are_found():
    held = un.Organization(**ORGANIZATION, founded=un.PartialDate("2019"))
    for name, value in (
        ("founded", str.__new__(un.PartialDate, "2019-13")),
        ("founded", str.__new__(un.PartialDate, "2019-12")),
        ("name", object.__new__(un.Text)),
    ):
        twin = copy.copy(held)
        object.__setattr__(twin, name, value)
        assert not is_sound(twin)
    wordings = copy.deepcopy(held)
    wordings.name._wordings["Not a tag"] = "x"
    assert not is_sound(wordings)
    segment = un.Event(
        id="talk", kind=un.EventKind.WORKSHOP, name=un.Text(en="Talk"), starts_at=un.Instant("2022-05-06T10:00Z")
    )
    assert is_sound(segment)
    object.__setattr__(segment, "starts_at", str.__new__(un.Instant, "noon"))
    assert not is_sound(segment)
    backwards = un.Period(start=un.PartialDate("2020"))
    object.__setattr__(backwards, "end", un.PartialDate("2019"))
    assert not is_sound(backwards)
    assert not is_sound(None)


@given(value=st.sampled_from((None, 3, b"2019", dt.time(), object())))
def test_dates_and_moments_refuse_what_is_no_text(value):
    assert refused(lambda: un.PartialDate(value)) == "a date is written 2022, 2022-03 or 2022-03-28"
    assert refused(lambda: un.PartialDate.of(value)) == "a date is written 2022, 2022-03 or 2022-03-28"
    assert refused(lambda: un.Instant(value)).startswith("a moment is written")
    assert refused(lambda: un.Text({"en": value})) == "the wording in each language must be text"
    assert refused(lambda: un.Text({value: "x"} if value is not None else {3: "x"})) == (
        "each key must be a language tag such as es or pt-BR"
    )
    if value is not None:
        assert refused(lambda: un.Text(value)) == "a text takes a mapping from language tags to wordings"
    assert refused(lambda: un.Text(en="\ud800")) == ("the text holds half of a surrogate pair, which no file can carry")


def as_attrs_writes_it(held):
    """The fields of an object in a class whose methods attrs wrote."""
    kept = {one.name: one for one in attrs.fields(type(held))}
    fields = {name: attrs.field(repr=one.repr, eq=one.eq, hash=one.hash) for name, one in kept.items()}
    cls = attrs.make_class(type(held).__name__, fields, frozen=True, kw_only=True)
    return cls(**{name: getattr(held, name) for name in kept})


def drawn(cls):
    return registers(most=1) if cls is un.Register else objects(cls)


@given(st.sampled_from(CLASSES).flatmap(lambda cls: st.tuples(drawn(cls), drawn(cls))))
@tries(60)
def test_objects_are_shown_compared_and_hashed_as_attrs_does_it(pair):
    one, other = pair
    again = copy.deepcopy(one)
    assert repr(one) == repr(as_attrs_writes_it(one))
    assert one == again
    assert hash(one) == hash(again)
    twins = [as_attrs_writes_it(held) for held in pair]
    changed = {shape.name: getattr(other, shape.name) for shape in attrs.fields(type(one)) if shape.eq}
    for name, value in changed.items():
        object.__setattr__(again, name, value)
        assert (one == again) is all(getattr(again, name) == getattr(one, name) for name in changed)
    assert (again == other) is True
    assert (one == other) is all(getattr(twins[0], name) == getattr(twins[1], name) for name in changed)
    assert one != "something else"


MADE_AT_EVERY_START = (un.Finding, un.Report, un.RuleSet, un.Limits)


@pytest.mark.parametrize("cls", [*CLASSES, *MADE_AT_EVERY_START, *dict.fromkeys(map(type, un.RuleSet.default().rules))])
def test_of_what_attrs_writes_for_a_class_that_every_start_makes_there_is_only_the_constructor(cls):
    written = [
        name
        for name, value in vars(cls).items()
        if "attrs generated" in getattr(getattr(value, "__code__", None), "co_filename", "")
    ]
    assert {*written} <= {"__init__", "__attrs_init__", "__getattr__"}  # that of cached properties


def test_a_hash_is_made_of_what_is_compared_alone():
    own = un.Extension("coalition", un.Organization, {"fee": int})
    assert hash(un.Register(extensions=[own])) == hash(un.Register())


@given(st.lists(st.text("ab9-\nZé\ud800", max_size=6)) | st.lists(st.from_regex(r"[a-z0-9-]{1,4}", fullmatch=True)))
@tries(300)
def test_ids_are_told_together_as_they_are_told_one_by_one(texts):
    for form in {*TEXT_FORMS.values()}:
        assert form.fit_all(texts) is all(map(form.fits, texts))
    slug = TEXT_FORMS[un.RecordId]
    assert slug.fit_all(["a" * 100, "b"])
    assert not slug.fit_all(["b", "a" * 101])
