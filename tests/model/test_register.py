"""The register: indexes, questions, and changes that return a new one."""

import inspect
import itertools
import pickle
import pydoc

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.builders import event, membership, network, organization, person

import untoc_network as un
from untoc_network.diagnostics.errors import ImpossibleValue, UnknownRecord
from untoc_network.model.event import EventRole, EventRoleKind, Statement
from untoc_network.model.network import Action, ActionPlan, PlanStatus
from untoc_network.model.organization_and_person import Affiliation, Organization
from untoc_network.model.register import COLLECTIONS, REFERENTS, Change, ChangeKind, Redirect, Register
from untoc_network.model.source import Source, SourceKind
from untoc_network.values import ids_and_codes as ids
from untoc_network.values.consent_and_contact import Contact, ContactKind
from untoc_network.values.dates import Ending, Instant, PartialDate, Period
from untoc_network.values.multilingual_text import Note, Text
from untoc_network.values.sources_and_claims import Citation

NAME = Text(en="Example")


def dates(first, last=None):
    return {"starts": first and PartialDate(first), "ends": last and PartialDate(last)}


def redirects(*pairs):
    return tuple(Redirect(old_id=old, new_id=new) for old, new in pairs)


# -- as a value ------------------------------------------------------------------------------------------------------


def test_registers_are_equal_and_hash_alike_whatever_the_order_of_records():
    records = [organization("a"), organization("b"), organization("c")]
    registers = [Register(organizations=tuple(order)) for order in itertools.permutations(records)]
    assert {*registers} == {registers[0]}
    assert [record.id for record in registers[-1]] == ["a", "b", "c"]
    assert registers[0] != Register(organizations=tuple(records[:2]))


def test_repr_shows_counts_and_no_personal_value():
    hidden = person(other_names=("B. Secret",), gender="own words", notes=(Note(text="overheard"),))
    hidden = attrs.evolve(hidden, contacts=(Contact(kind=ContactKind.EMAIL, value="a@example.org"),))
    register = Register(title=NAME, persons=(hidden,), redirects=redirects(("old", "person")))
    assert repr(register) == (
        "Register(schema_version=1, title=Text({'en': 'Example'}), as_of=None, language=None, organizations=0, "
        "persons=1, networks=0, memberships=0, projects=0, fundings=0, events=0, statements=0, action_plans=0, "
        "instruments=0, parties=0, country_reviews=0, general_reviews=0, constructive_dialogues=0, accreditations=0, "
        "contributions=0, sources=0, redirects=1, distinct=0, erasures=0, lists=0, list_rows=0)"
    )
    for secret in ("Example", "Secret", "own words", "overheard", "example.org"):
        assert secret not in repr(hidden)
    assert "id='person'" in repr(hidden)


def test_a_register_pickles_by_value_with_or_without_its_indexes():
    register = Register(organizations=(organization(),), redirects=redirects(("old", "ngo")))
    before = pickle.dumps(register)
    _ = register.by_id, register.redirected, register.references
    assert pickle.loads(before) == pickle.loads(pickle.dumps(register)) == register
    assert pickle.loads(pickle.dumps(register))["old"].id == "ngo"


def test_iterating_gives_every_record_collection_by_collection():
    register = Register(
        sources=(Source(id="a", title=NAME, kind=SourceKind.REPORT),), organizations=(organization("b"),)
    )
    assert [record.id for record in register] == ["b", "a"]
    assert len(register) == 2
    assert len(Register()) == 0


def test_help_says_what_every_field_method_and_index_is():
    told = pydoc.render_doc(Register, renderer=pydoc.plaintext)
    for text in (
        "Every record by its id; of two with one id, the first.",
        "The memberships of each network.",
        "Bodies that act.",
        "A register with these records too.",
    ):
        assert text in told
    silent = [name for name in dir(Register) if name[0] != "_" and not inspect.getdoc(getattr(Register, name))]
    assert silent == []


# -- ids and redirects -----------------------------------------------------------------------------------------------


def test_a_record_is_found_by_its_id_or_by_an_id_redirected_to_it():
    register = Register(organizations=(organization(),), redirects=redirects(("older", "old"), ("old", "ngo")))
    assert register["ngo"] is register["old"] is register["older"] is register.organizations[0]
    assert ("ngo" in register, "older" in register, "x" in register, 3 in register) == (True, True, False, False)


@pytest.mark.parametrize("missing", ["x", "lost", "round"])
def test_an_unknown_id_is_named(missing):
    register = Register(redirects=redirects(("lost", "nowhere"), ("round", "robin"), ("robin", "round")))
    with pytest.raises(UnknownRecord) as unknown:
        register[missing]
    assert str(unknown.value) == f"no record has the id {missing!r}"


def test_a_record_of_one_class_is_found_or_there_is_none():
    register = Register(organizations=(organization(),), redirects=redirects(("old", "ngo")))
    assert register.get(un.Organization, "old") is register[un.Organization, "old"] is register.organizations[0]
    assert [register.get(un.Person, "ngo"), register.get(un.Person, "x"), register.get(un.Person, [])] == [None] * 3
    with pytest.raises(UnknownRecord, match=r"^no Person has the id 'ngo'$"):
        register[un.Person, "ngo"]
    with pytest.raises(UnknownRecord, match=r"^no record has the id that is a value of type tuple$"):
        register["ngo", "x"]


def test_of_two_records_with_one_id_the_first_is_found():
    register = Register(organizations=(organization("x"),), persons=(person("x"),))
    assert isinstance(register["x"], Organization)
    assert len(register) == 2


LETTERS = st.sampled_from("abcdef")


@given(st.dictionaries(LETTERS, LETTERS))
def test_redirects_are_followed_to_their_end_and_circles_are_left_out(steps):
    def end_of(here):
        for _ in range(10):
            here = steps.get(here, here)
        return None if here in steps else here

    expected = {old: end_of(old) for old in steps if end_of(old) is not None}
    assert dict(Register(redirects=redirects(*steps.items())).redirected) == expected


def test_a_chain_of_twenty_thousand_redirects_is_followed():
    chain = itertools.pairwise(f"r{number}" for number in range(20_001))
    assert Register(redirects=redirects(*chain)).redirected["r0"] == "r20000"


# -- references ------------------------------------------------------------------------------------------------------


def test_every_place_where_one_record_names_another_is_a_reference():
    held = person(
        affiliations=(Affiliation(key="k", organization_id="ngo", sources=(Citation(source_id="note"),)),),
    )
    talk = event(
        roles=(EventRole(kind=EventRoleKind.CHAIR, stakeholder_id="person"),),
        instrument_ids=("untoc", "protocol"),
        project_id="project",
    )
    register = Register(
        organizations=(organization(parent_id="body"),),
        persons=(held,),
        events=(talk,),
        statements=(Statement(id="s", event_id="event", speaker_id="person", speaking_as=("k",), summary=NAME),),
        action_plans=(
            ActionPlan(
                id="p",
                network_id="network",
                name=NAME,
                status=PlanStatus.DRAFT,
                actions=(Action(objective=NAME), Action(objective=NAME, owner_ids=("ngo",))),
            ),
        ),
    )
    assert [(one.record.id, one.path, one.target, one.collections) for one in register.references] == [
        ("ngo", ("parent_id",), "body", ("organizations",)),
        ("person", ("affiliations", 0, "organization_id"), "ngo", ("organizations",)),
        ("person", ("affiliations", 0, "sources", 0, "source_id"), "note", ("sources",)),
        ("event", ("project_id",), "project", ("projects",)),
        ("event", ("instrument_ids", 0), "untoc", ("instruments",)),
        ("event", ("instrument_ids", 1), "protocol", ("instruments",)),
        ("event", ("roles", 0, "stakeholder_id"), "person", ("organizations", "persons")),
        ("s", ("event_id",), "event", ("events",)),
        ("s", ("speaker_id",), "person", ("persons",)),
        ("p", ("network_id",), "network", ("networks",)),
        ("p", ("actions", 1, "owner_ids", 0), "ngo", ("organizations", "persons")),
    ]
    assert [one.record.id for one in register.referrers["person"]] == ["event", "s"]
    assert register.referrers.get("nobody") is None
    assert register.statements_by_event == {"event": register.statements}


def test_every_type_of_id_says_what_it_may_name():
    assert set(REFERENTS) == {getattr(ids, name) for name in ids.__all__ if name.endswith("Id")}
    assert REFERENTS[ids.RecordId] == tuple(COLLECTIONS)
    assert REFERENTS[ids.PersonId] == ("persons",)


# -- members ---------------------------------------------------------------------------------------------------------


def period(start, end=None, ending=None):
    return Period(start=PartialDate(start), end=end and PartialDate(end), ending=ending)


def register_of(*memberships, **more):
    named = {one.organization_id for one in memberships} - {"old", "lost", "person"}
    organizations = tuple(more.pop("organizations", map(organization, sorted(named))))
    return Register(networks=(network(),), organizations=organizations, memberships=memberships, **more)


def test_members_are_the_organizations_of_the_networks_memberships():
    register = register_of(
        membership("b"),
        membership("a"),
        membership("a", "again"),
        membership("c", network_id="other"),
        membership("lost"),
    )
    assert [member.id for member in register.members("network")] == ["a", "b"]
    assert register.memberships_by_organization["a"] == (register["again"], register["m-a"])


@pytest.mark.parametrize(
    ("span", "on", "belongs"),
    [
        (None, "2022-03-28", True),
        (period("2022"), "2021-12-31", False),
        (period("2022"), "2022-01-01", True),
        (period("2022", "2023-06"), "2023-06-30", True),
        (period("2022", "2023-06"), "2023-07-01", False),
        (period("2022", ending=Ending.RUNNING), "2099", True),
        (period("2022", ending=Ending.ENDED), "2099", True),
    ],
)
def test_on_a_day_those_are_left_out_that_certainly_did_not_belong(span, on, belongs):
    register = register_of(membership("a", period=span))
    assert [member.id for member in register.members("network", on=PartialDate(on))] == ["a"] * belongs
    assert len(register.members("network")) == 1


def test_a_membership_ends_with_its_organization():
    register = register_of(membership("a"), organizations=[organization("a", dissolved=PartialDate("2023-05"))])
    on = [len(register.members("network", on=PartialDate(day))) for day in ("2023-05-31", "2023-06-01", "2023")]
    assert on == [1, 0, 1]


def test_members_follow_redirects_of_organization_and_network():
    register = register_of(
        membership("old"),
        membership("b", network_id="old-network"),
        organizations=[organization("a"), organization("b")],
        redirects=redirects(("old", "a"), ("old-network", "network")),
    )
    assert {member.id for member in register.members("old-network")} == {"a", "b"}
    assert {member.id for member in register.members("network")} == {"a", "b"}


def test_a_person_is_no_member():
    assert register_of(membership("person"), persons=(person(),)).members("network") == ()


@pytest.mark.parametrize(
    ("network_id", "problem"), [("ngo", "'ngo' is not a network"), ("x", "no record has the id 'x'")]
)
def test_members_of_what_is_no_network_are_refused(network_id, problem):
    with pytest.raises(UnknownRecord) as unknown:
        Register(organizations=(organization(),)).members(network_id)
    assert str(unknown.value) == problem


# -- events ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "ends", "touches"),
    [
        ("2022-03-28", "2022-03-29", True),
        ("2022-02-27", "2022-02-28", False),
        ("2022-02-27", "2022-03-01", True),
        ("2022-03-31", None, True),
        ("2022-04-01", None, False),
        ("2022", None, True),
        ("2021", None, False),
        ("2022-03", None, True),
        (None, None, False),
    ],
)
def test_events_between_two_days_are_those_that_may_touch_them(starts, ends, touches):
    register = Register(events=(event(**dates(starts, ends)),))
    found = register.events_between(PartialDate("2022-03-01"), PartialDate("2022-03-31"))
    assert len(found) == touches


def test_events_come_in_the_order_of_their_start():
    some = (event("c", **dates("2022-01-01")), event("a", **dates("2022-01-02")), event("b", **dates("2022-01-01")))
    found = Register(events=some).events_between(PartialDate("2022"), PartialDate("2022"))
    assert [one.id for one in found] == ["b", "c", "a"]


def test_an_event_known_by_its_moment_only_is_between_days_too():
    talk = event(starts_at=Instant("2022-03-28T10:00-05:00[America/Panama]"))
    assert Register(events=(talk,)).events_between(PartialDate("2022-03"), PartialDate("2022-03")) == (talk,)


# -- changes ---------------------------------------------------------------------------------------------------------


def test_adding_leaves_the_old_register_as_it_was():
    old = Register(title=NAME, organizations=(organization("b"),))
    new, changes = old.with_added(organization("a"), person("c"))
    assert changes == (Change(ChangeKind.ADDED, "organizations", "a"), Change(ChangeKind.ADDED, "persons", "c"))
    assert [record.id for record in new] == ["a", "b", "c"]
    assert new.title == NAME
    assert [record.id for record in old] == ["b"]
    assert "a" not in old.by_id


def test_adding_nothing_changes_nothing():
    register = Register(organizations=(organization(),))
    assert register.with_added() == (register, ())


TAKEN = r"^the id 'ngo' is taken; choose another, or replace the record$"


@pytest.mark.parametrize(
    ("register", "records"),
    [
        (Register(organizations=(organization(),)), [person("ngo")]),
        (Register(), [organization(), person("ngo")]),
        (Register(redirects=redirects(("ngo", "other"))), [organization()]),
    ],
    ids=["there", "among-the-added", "redirected"],
)
def test_a_taken_id_is_refused(register, records):
    with pytest.raises(ImpossibleValue, match=TAKEN):
        register.with_added(*records)


def test_replacing_puts_a_record_in_the_place_of_its_forerunner():
    old = Register(organizations=(organization("a"), organization("b")))
    newer = organization("a", founded=PartialDate("1999"))
    new, changes = old.with_replaced(newer)
    assert changes == (Change(ChangeKind.REPLACED, "organizations", "a"),)
    assert new.organizations == (newer, organization("b"))


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        (person("ngo"), "no Person has the id 'ngo'"),
        (organization("x"), "no Organization has the id 'x'"),
        (organization("old"), "no Organization has the id 'old'"),
    ],
)
def test_replacing_needs_a_record_of_that_id_and_kind(record, problem):
    register = Register(organizations=(organization(),), redirects=redirects(("old", "ngo")))
    with pytest.raises(UnknownRecord) as unknown:
        register.with_replaced(record)
    assert str(unknown.value) == problem


def test_a_record_cannot_be_replaced_twice_at_once():
    with pytest.raises(ImpossibleValue, match=r"^two of the records have the same id$"):
        Register(organizations=(organization(),)).with_replaced(organization(), organization())


def test_replacing_one_of_two_records_with_one_id_keeps_the_other():
    register = Register(organizations=(organization("x"),), persons=(person("x"),))
    new, _ = register.with_replaced(organization("x", founded=PartialDate("1999")))
    assert new.persons == register.persons


def test_taking_out_tells_what_went():
    old = Register(organizations=(organization("a"), organization("b")))
    new, changes = old.without("a", "a")
    assert changes == (Change(ChangeKind.REMOVED, "organizations", "a"),)
    assert [record.id for record in new] == ["b"]
    assert old.without() == (old, ())


@pytest.mark.parametrize("missing", ["x", "old"])
def test_what_is_not_there_cannot_be_taken_out(missing):
    register = Register(organizations=(organization("a"),), redirects=redirects(("old", "a")))
    with pytest.raises(UnknownRecord, match=f"^no record has the id '{missing}'$"):
        register.without("a", missing)


def test_taking_out_one_of_two_records_with_one_id_keeps_the_other():
    register = Register(organizations=(organization("x"),), persons=(person("x"),))
    new, changes = register.without("x")
    assert len(register) - len(new) == len(changes)


def test_merging_adds_what_is_new_and_replaces_what_differs():
    mine = Register(title=NAME, organizations=(organization("a"), organization("b")), redirects=redirects(("old", "a")))
    changed = organization("b", founded=PartialDate("1999"))
    theirs = Register(
        organizations=(organization("a"), changed, organization("c")), redirects=redirects(("old", "a"), ("older", "b"))
    )
    merged, changes = mine.merged(theirs)
    assert merged.organizations == (organization("a"), changed, organization("c"))
    assert merged.redirects == redirects(("old", "a"), ("older", "b"))
    assert merged.title == NAME
    assert changes == (
        Change(ChangeKind.ADDED, "organizations", "c"),
        Change(ChangeKind.REPLACED, "organizations", "b"),
    )
    assert mine.merged(mine) == (mine, ())


def test_merging_a_record_of_another_kind_under_a_known_id_is_refused():
    with pytest.raises(UnknownRecord, match="no Person has the id 'ngo'"):
        Register(organizations=(organization(),)).merged(Register(persons=(person("ngo"),)))


def test_an_empty_register_is_not_the_absence_of_one():
    assert Register()
    assert len(Register()) == 0


def test_reviews_of_a_party_stand_in_the_order_of_their_phases():
    phases = {"a": 2, "b": None, "c": 1}
    reviews = tuple(un.CountryReview(id=name, country="XA", phase=phase) for name, phase in phases.items())
    register = Register(country_reviews=(*reviews, un.CountryReview(id="d", country="XB")))
    assert [review.id for review in register.reviews_of("XA")] == ["c", "a", "b"]
    assert register.reviews_of("XC") == ()


def test_votes_are_never_negative():
    with pytest.raises(un.ImpossibleValue, match="a number of votes cannot be negative"):
        un.Vote(in_favour=1, against=0, abstaining=-1)


@pytest.mark.parametrize("other", [None, {}, "xa-ngo", 3, un.Place()])
def test_what_is_no_record_is_refused_by_its_place(other):
    register = un.example()
    for change in (register.with_added, register.with_replaced):
        with pytest.raises(un.ImpossibleValue, match=r"^records\[1\]: expected a record, got "):
            change(register.networks[0], other)


@pytest.mark.parametrize("other", [None, {}, [], 3])
def test_an_id_that_is_no_text_is_no_records(other):
    with pytest.raises(un.UnknownRecord):
        un.example().without(other)
    with pytest.raises(un.UnknownRecord):
        un.example()[other]


@pytest.mark.parametrize("other", [None, {}, [], 3])
def test_what_is_no_document_is_refused_by_its_name(other):
    for read in (un.reads, un.loads):
        with pytest.raises(un.ImpossibleValue, match=r"^data: expected bytes or text, got "):
            read(other)
    assert un.loads(bytearray(un.dumps(un.example()))) == un.example()
    with pytest.raises(un.ImpossibleValue, match=r"^register: expected a Register, got "):
        un.validate(other)
