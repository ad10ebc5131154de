"""The law of `Live`: after any changes it has the findings of a whole validation; and what a step says of itself."""

import copy
import pickle
import random

import attrs
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.measuring import count_example
from tests.profiles import portion, tries
from tests.rules.live_registers import (
    DAY,
    OWN_RULES,
    RULES,
    assert_law,
    assert_step,
    breaks_down_at_a_parent,
    count,
    draw_change,
    long_name,
    make_mixed_register,
    read_example,
    reads_the_day_at_times,
    redirect,
    rename_ids,
    tells_a_stranger,
    tells_the_parent,
    watching_records,
)

import untoc_network as un
from untoc_network.model.register import COLLECTIONS
from untoc_network.rules import record_indexes
from untoc_network.rules.engine import RuleSet
from untoc_network.testing import invented_register

CHANCE = st.randoms(use_true_random=False)
RULE_SETS = {
    "default": RuleSet.default(),
    "strict": RuleSet.named("strict"),
    "own": RuleSet.default().with_rules(*OWN_RULES),
    "few": RuleSet(rules=(*RULES[::5], *OWN_RULES), ignore=("ZZ001",)),
}


LIVES = 12
FEES = un.Extension("coalition", un.Organization, {"fee": int})


class Changes(RuleBasedStateMachine):
    """Any sequence of changes, attempts, refusals, merges and days."""

    def __init__(self):
        super().__init__()
        count_example(LIVES)

    @initialize(name=st.sampled_from(sorted(RULE_SETS)), every=st.sampled_from([5, 7, 11]))
    def begin(self, name, every):
        register = attrs.evolve(make_mixed_register(every), extensions=[FEES])
        self.live = un.Live(register, on=DAY, rules=RULE_SETS[name])

    def take(self, step, accepted=True):
        before = self.live.report
        assert_step(step)
        assert_law(step.live)
        assert self.live.report is before
        if accepted:
            self.live = self.live.accept(step)

    @rule(chance=CHANCE, accepted=st.booleans())
    def change(self, chance, accepted):
        self.take(self.live.attempt(**draw_change(chance, self.live.register)), accepted)

    @rule(chance=CHANCE, fee=st.sampled_from([1, 2, None, "much"]), accepted=st.booleans())
    def set_own_field(self, chance, fee, accepted):
        one = chance.choice(self.live.register.organizations or [un.Organization(id="a", name={"en": "A"}, kind="ngo")])
        change = "replaced" if one.id in self.live.register else "added"
        extra = None if fee is None else {"coalition": {"fee": fee, "undeclared": fee}}
        self.take(self.live.attempt(**{change: [attrs.evolve(one, extra=extra)]}), accepted)

    @rule(chance=CHANCE)
    def attempt_two_beside_each_other(self, chance):
        one = self.live.attempt(**draw_change(chance, self.live.register))
        other = self.live.attempt(**draw_change(chance, self.live.register))
        self.take(other, accepted=False)
        self.take(one)

    @rule(chance=CHANCE)
    def merge(self, chance):
        register = self.live.register
        first = chance.choice(list(register))
        second = chance.choice([one for one in register if type(one) is type(first)])
        try:
            merged = un.matching.merge_records(register, first.id, second.id).register
        except un.ImpossibleValue:
            return
        self.take(self.live.attempt_register(merged))

    @rule(chance=CHANCE)
    def redirect(self, chance):
        ids = [one.id for one in self.live.register]
        old = chance.choice([*ids, "old", "older", f"{chance.choice(ids)}-0"])
        register = redirect(self.live.register, old, chance.choice([*ids, "old", "older"]))
        self.take(self.live.attempt_register(register))

    @rule(chance=CHANCE)
    def take_back_redirects(self, chance):
        register = self.live.register
        kept = tuple(one for one in register.redirects if chance.random() < 0.5)
        self.take(self.live.attempt_register(attrs.evolve(register, redirects=kept)))

    @rule(chance=CHANCE)
    def merge_registers(self, chance):
        other, _ = make_mixed_register(11).without()
        same = [one.id for one in other if type(self.live.register.by_id.get(one.id, one)) is type(one)]
        taken = {one.old_id for one in self.live.register.redirects}
        gone = [one.id for one in other if one.id not in same or one.id in taken or chance.random() < 0.8]
        other, _ = other.without(*gone)
        self.take(self.live.attempt_register(self.live.register.merged(other)[0]))

    @rule(day=st.sampled_from([DAY, "2020-01-01", None]))
    def another_day(self, day):
        self.live = self.live.at(day)

    @invariant()
    def law(self):
        if hasattr(self, "live"):
            assert_law(self.live)


TestChanges = Changes.TestCase
TestChanges.settings = tries(LIVES, stateful_step_count=portion(30))


def test_an_acceptance_is_told_only_where_that_is_asked_for():
    accepted = [un.Acceptance(rule="SR001", reason="known"), un.Acceptance(rule="SH003", reason="known")]
    for rules in (RuleSet.default(), RuleSet(rules=RULES)):
        live = un.Live(invented_register(2), on=DAY, rules=rules)
        step = live.attempt(replaced=[attrs.evolve(live.register["organization-1"], accepted=accepted, sources=[])])
        assert [one.code for one in step.introduced] == ["XX004"] * (rules == RuleSet.default())
        assert_law(step.live)
        assert_law(step.accept().attempt(replaced=[live.register["organization-1"]]).live)


@pytest.mark.parametrize("one", OWN_RULES, ids=lambda one: one.code)
def test_a_rule_of_ones_own_holds_the_law_whatever_it_says_of_itself(one):
    chance = random.Random(one.code)
    live = un.Live(make_mixed_register(5), on=DAY, rules=[one])
    for number in range(portion(100)):
        count_example(100)
        step = live.attempt(**draw_change(chance, live.register))
        assert_law(step.live)
        assert_step(step)
        live = step.accept().at((DAY, None)[number % 2])
        assert_law(live)


@pytest.mark.parametrize("one", [breaks_down_at_a_parent, tells_the_parent, tells_a_stranger], ids=lambda one: one.code)
def test_a_rule_that_a_change_makes_disorderly_runs_over_everything_until_it_is_not(one):
    rules, calls = watch_calls([one])
    live = un.Live(invented_register(4), on=DAY, rules=rules)
    child = attrs.evolve(live.register["organization-1"], parent_id="organization-2")
    paged = attrs.evolve(live.register["minutes"], url="https://example.org/minutes")
    for change in (
        [child, paged],
        [live.register["organization-3"]],
        [live.register["organization-1"], live.register["minutes"]],
    ):
        step = live.attempt(replaced=[attrs.evolve(record) for record in change])
        assert_step(step)
        assert_law(step.live)
        live = step.accept()
    calls.clear()
    live.attempt(replaced=[attrs.evolve(live.register["network"])])
    assert calls == ([one.code] if one is tells_the_parent else [])  # which is never relied on again


# -- single changes ----------------------------------------------------------------------------------------------------


def change_into(live, texts):
    """A step from one example to another within a register that holds the first."""
    before, after = ({one.id: one for one in rename_ids(text, "-inside")} for text in texts)
    common = [one for one in before.keys() & after.keys() if type(before[one]) is type(after[one])]
    return live.attempt(
        replaced=[after[one] for one in common if after[one] != before[one]],
        added=[after[one] for one in after if one not in common],
        removed=[one for one in before if one not in common],
    )


def is_about_redirects(rule):
    return any("redirects" in text for _, text in rule.explanation.examples)


ROUND_TRIPS = [rule for rule in RULES if not is_about_redirects(rule) and rule.code != "RF001"]
SAMPLE = ROUND_TRIPS[:: len(ROUND_TRIPS) // portion(len(ROUND_TRIPS))]


@pytest.mark.unmeasured
@pytest.mark.parametrize("rule", SAMPLE, ids=lambda rule: rule.code)
def test_a_rule_is_introduced_and_resolved_within_a_larger_register(rule):
    passes, fails = (dict(rule.explanation.examples)[name] for name in ("passes", "fails"))
    around = attrs.evolve(make_mixed_register(6), parties=(), country_reviews=())  # which share countries with it
    within = rename_ids(passes, "-inside")
    start = un.Register(**{name: (*getattr(around, name), *getattr(within, name)) for name in COLLECTIONS})
    live = un.Live(start, on=DAY, rules=un.RuleSet.default().choosing(select=[one.code for one in RULES]))
    broken = change_into(live, (passes, fails))
    assert rule.code in {finding.code for finding in broken.introduced}
    assert_law(broken.live)
    mended = change_into(broken.accept(), (fails, passes))
    assert rule.code in {finding.code for finding in mended.resolved}
    assert count(mended.live.report) == count(live.report)


def list_single_changes(register):
    """Each field of each record, with the value that another record of its class has, and with its default."""
    for record in register:
        others = [one for one in make_mixed_register(1) if type(one) is type(record)]
        for field in attrs.fields(type(record)):
            values = [*(getattr(one, field.name) for one in others), field.default]
            other = next(
                (value for value in reversed(values) if value not in (getattr(record, field.name), NOTHING)), None
            )
            if field.name != "id" and other is not None:
                try:
                    yield attrs.evolve(record, **{field.name: other})
                except un.ImpossibleValue:
                    continue


NOTHING = attrs.NOTHING
COMPARING = [rule for rule in RULES if rule.looks]
COMPARING_SAMPLE = COMPARING[:: len(COMPARING) // portion(len(COMPARING))]


@pytest.mark.parametrize("rule", COMPARING_SAMPLE, ids=lambda rule: rule.code)
def test_each_field_of_each_record_changed_alone(rule):
    rules = [one for one in RULES if one.looks or one is rule]
    for _, text in rule.explanation.examples:
        live = un.Live(read_example(text), on=DAY, rules=rules)
        for record in list_single_changes(live.register):
            step = live.attempt(replaced=[record])
            expected = un.validate(step.live.register, on=DAY, rules=rules)
            assert count(step.live.report) == count(expected), (record.id, rule.code)


def test_a_party_that_becomes_a_record_of_another_kind_is_no_party():
    texts = [text for rule in RULES if rule.code == "CR003" for _, text in rule.explanation.examples]
    live = un.Live(read_example(texts[1]), on=DAY)
    (party,) = live.register.parties
    step = live.attempt(removed=[party.id], added=[un.Organization(id=party.id, name={"en": "X"}, kind="ngo")])
    assert "CR003" in {finding.code for finding in step.resolved}
    assert_law(step.live)
    back = step.accept().attempt(removed=[party.id], added=[party])
    assert_step(back)
    assert back.live.report == live.report


def test_the_advice_on_a_misspelt_id_follows_the_ids_around_it():
    organizations = [un.Organization(id=f"body-{n}", name={"en": f"Body {n}"}, kind="ngo") for n in range(40)]
    lost = attrs.evolve(organizations[0], id="lost", parent_id="body-00")
    far = attrs.evolve(organizations[0], id="far", parent_id="nothing-like-it")
    live = un.Live(un.Register(organizations=[*organizations, lost, far]), on=DAY)
    step = live.attempt(added=[attrs.evolve(organizations[0], id="body-000")])
    assert [(one.code, one.subject) for one in step.resolved] == [("RF002", "lost")]
    assert_step(step)
    assert_law(step.live)
    assert_law(step.accept().attempt(removed=["body-000", "body-0"]).live)


def test_many_that_name_one_are_kept_as_few_are(monkeypatch):
    monkeypatch.setattr(record_indexes, "MOST_IN_TUPLE", 64)
    register = invented_register(70)
    network = attrs.evolve(register["network"], id="other", coordinator_ids=["organization-1"])
    astray = un.Membership(id="astray", network_id="organization-1", organization_id="organization-2")
    live = un.Live(register.with_added(network, astray)[0], on=DAY)
    for record_id in ("membership-1", "membership-69"):
        step = live.attempt(replaced=[attrs.evolve(live.register[record_id], network_id="other")])
        assert_step(step)
        assert_law(step.live)
        live = step.accept()
    assert_law(live.attempt(removed=["network"]).live)
    assert_law(
        live.attempt(replaced=[attrs.evolve(network, coordinator_ids=["organization-1", "organization-2"])]).live
    )


def make_organization(record_id, **fields):
    return un.Organization(
        **{"id": record_id, "kind": "ngo", "seat": {"country": "XA"}, "name": {"en": record_id}, **fields}
    )


def test_what_is_found_on_those_that_share_a_key_with_a_neighbour_stays():
    names = {"a": {"en": "X"}, "b": {"en": "X", "es": "Y"}, "c": {"es": "Y"}}
    live = un.Live(
        un.Register(organizations=[make_organization(one, name=name) for one, name in names.items()]), on=DAY
    )
    step = live.attempt(replaced=[make_organization("a", name={"en": "Z"})])
    assert [(one.code, one.subject) for one in step.resolved] == [("SH007", "b")]
    assert_law(step.live)


def test_a_circle_that_something_else_leads_into_stays():
    parents = {"a": "b", "b": "a", "c": None, "d": "c"}
    bodies = [make_organization(one, parent_id=parent) for one, parent in parents.items()]
    live = un.Live(un.Register(organizations=bodies), on=DAY)
    into = live.attempt(replaced=[make_organization("c", parent_id="b")])
    assert_step(into)
    assert_law(into.live)
    broken = into.accept().attempt(removed=["a"], added=[un.Person(id="a", name="A. Example")])
    assert "SH012" in {one.code for one in broken.resolved}
    assert_law(broken.live)


def test_a_membership_that_becomes_something_else_is_none():
    live = un.Live(invented_register(3), on=DAY)
    network = attrs.evolve(live.register["network"], coordinator_ids=["organization-1"])
    live = live.attempt(replaced=[network]).accept()
    step = live.attempt(removed=["membership-1"], added=[make_organization("membership-1")])
    assert "NW005" in {one.code for one in step.introduced}
    assert_law(step.live)


# -- registers of which not everything can be kept ---------------------------------------------------------------------


def make_unsound(organization):
    """An organization with a name that no constructor takes."""
    broken = attrs.evolve(organization)
    object.__setattr__(broken, "kind", "no-such-kind")
    return broken


def test_what_is_not_sound_or_doubled_is_validated_anew_until_it_is_mended():
    register = un.example()
    first, *others = register.organizations
    broken = attrs.evolve(register)
    object.__setattr__(broken, "organizations", (make_unsound(first), *others))
    doubled = attrs.evolve(register, organizations=(*register.organizations, attrs.evolve(first)))
    for start in (broken, doubled):
        live = un.Live(start, on=DAY)
        assert live.report == un.validate(start, on=DAY)
        assert not live.report.ok
        away = live.attempt(replaced=[attrs.evolve(others[0], founded=un.PartialDate("2030"))])
        assert_step(away)
        assert_law(away.live)
        mended = away.accept().attempt_register(register)
        assert_step(mended)
        assert_law(mended.live.at("2020-01-01"))
        assert mended.live.report == un.validate(register, on=DAY)
        assert away.live.at(None).report == un.validate(away.live.register)


def test_an_unsound_record_is_told_as_by_a_whole_validation():
    live = un.Live(un.example(), on=DAY)
    step = live.attempt(replaced=[make_unsound(live.register.organizations[0])])
    assert {finding.code for finding in step.introduced} == {"IO003"}
    assert_step(step)
    assert step.report_for(live.register.organizations[0].id).findings[0].path == ("kind",)


def test_another_register_than_before_is_judged_anew():
    live = un.Live(un.example(), on=DAY)
    for other in (invented_register(60), attrs.evolve(live.register, title={"en": "Other"})):
        step = live.attempt_register(other)
        assert_step(step)
        assert_law(step.live)


# -- what a step and a live register say -------------------------------------------------------------------------------


@pytest.fixture
def live():
    return un.Live(invented_register(20), on=DAY)


def test_a_step_tells_of_other_records_with_their_places(live):
    organization = live.register[un.Organization, "organization-3"]
    step = live.attempt(replaced=[attrs.evolve(organization, founded="2030")])
    (finding,) = step.introduced
    assert (finding.code, finding.subject, dict(finding.params)["body"]) == ("NW001", "membership-3", "organization-3")
    position = live.register.memberships.index(live.register["membership-3"])
    assert finding.pointer == f"/memberships/{position}/period/start"
    assert [one.pointer for one in step.report_for("membership-3")] == ["/period/start"]
    assert not step.report_for("organization-3").findings
    assert repr(step) == "<Step: 1 introduced, 0 resolved>"
    assert step.accept().attempt(replaced=[organization]).resolved == (finding,)


def test_a_step_counts_where_records_stand_after_it_and_stood_before(live):
    first = attrs.evolve(live.register["organization-3"], id="a", name={"en": "A"}, parent_id="nobody")
    step = live.attempt(added=[first])
    assert [one.pointer for one in step.introduced] == ["/organizations/0/parent_id"]
    further = attrs.evolve(first, id="b", parent_id="nobody-else")
    behind = step.accept().attempt(added=[further], removed=["a"])
    assert [one.pointer for one in behind.introduced if one.code == "RF002"] == ["/organizations/0/parent_id"]
    assert [one.pointer for one in behind.resolved if one.code == "RF002"] == ["/organizations/0/parent_id"]


def test_a_step_belongs_to_what_it_was_attempted_on(live):
    step = live.attempt(removed=["statement-0"])
    assert live.accept(step) is step.accept() is step.live
    with pytest.raises(un.ImpossibleValue, match="expected one that was attempted on this Live"):
        step.live.accept(step)
    with pytest.raises(un.ImpossibleValue, match="expected one that was attempted on this Live"):
        live.at(None).accept(step)


def test_a_bad_call_is_an_exception(live):
    with pytest.raises(un.UnknownRecord, match="'statement-0'"):
        live.attempt(removed=["statement-0"]).report_for("statement-0")
    with pytest.raises(un.UnknownRecord, match="'nobody'"):
        live.attempt(removed=["nobody"])
    with pytest.raises(un.ImpossibleValue, match="'network'"):
        live.attempt(added=[attrs.evolve(live.register["network"])])
    with pytest.raises(un.ImpossibleValue, match="register: expected a Register, got"):
        un.Live(None)
    with pytest.raises(un.ImpossibleValue):
        live.at("2020")


def test_a_change_of_nothing_changes_nothing(live):
    step = live.attempt(replaced=[live.register["network"]])
    assert (step.introduced, step.resolved) == ((), ())
    assert step.live.register == live.register


def test_a_live_register_is_copied_and_pickled_as_what_it_is_made_of(live):
    for other in (pickle.loads(pickle.dumps(live)), copy.deepcopy(live)):
        assert (other.register, other.on, other.report) == (live.register, live.on, live.report)
    assert repr(live) == "<Live: 66 records, on 2026-11-24>"
    assert repr(live.at(None)) == "<Live: 66 records, on no day>"
    assert live.rules == RuleSet.default()


# -- what a change costs -----------------------------------------------------------------------------------------------


def watch_calls(rules):
    calls = []

    def watched(rule):
        def check(records, context):
            calls.append(rule.code)
            return rule.check(records, context)

        check.__name__ = rule.check.__name__
        return attrs.evolve(rule, check=check)

    return [watched(rule) for rule in rules], calls


def test_on_another_day_only_rules_that_read_it_run(live):
    rules, calls = watch_calls(RULES)
    register = make_mixed_register(1)
    live = un.Live(register, on=DAY, rules=rules)
    calls.clear()
    other = live.at("2020-01-01")
    assert set(calls) == {rule.code for rule in RULES if rule.needs_day}
    assert live.at(None).report.not_run
    assert other.report == un.validate(register, on="2020-01-01", rules=rules)


def test_a_rule_of_ones_own_runs_on_another_day_once_it_has_read_the_day():
    rules, calls = watch_calls([long_name, reads_the_day_at_times])
    live = un.Live(invented_register(2), on=DAY, rules=rules)
    calls.clear()
    assert live.at("2020-01-01").report == live.report
    assert calls == []
    organization = attrs.evolve(live.register["organization-1"], dissolved="2021")
    live = live.attempt(replaced=[organization]).accept()
    calls.clear()
    other = live.at("2020-01-01")
    assert calls == ["ZZ017"]
    assert_law(other)
    assert_law(other.at(None))
    assert_law(un.Live(live.register, rules=rules).at(DAY))


def read_records(change, size):
    """The records of which a change makes anything be read but the id, at a size of the register."""
    register = invented_register(size)
    live = un.Live(attrs.evolve(register, networks=(with_counts(register),)), on=DAY)
    arguments = change(live.register)
    with watching_records() as seen:
        step = live.attempt(**arguments)
        assert isinstance(step.introduced, tuple)
        assert isinstance(step.resolved, tuple)
    return {live.register.by_id[one].id if one in live.register.by_id else one for one in seen}


def with_counts(register):
    """The network with a coordinator and a number of members, so that all its memberships matter."""
    counted = un.Count(value=len(register.organizations), qualifier="exact", unit="organizations", basis="members")
    return attrs.evolve(register["network"], coordinator_ids=["organization-1"], stated_members=(counted,))


CHANGES = {
    "organization": lambda register: {"replaced": [attrs.evolve(register["organization-10"], name={"en": "X"})]},
    "dissolved": lambda register: {"replaced": [attrs.evolve(register["organization-10"], dissolved="2024")]},
    "removed": lambda register: {"removed": ["organization-10"]},
    "misspelt": lambda register: {"replaced": [attrs.evolve(register["organization-10"], parent_id="organization-x")]},
    "person": lambda register: {"replaced": [attrs.evolve(register["person-10"], name="B. Example")]},
    "membership": lambda register: {"replaced": [attrs.evolve(register["membership-10"], period=None)]},
    "further": lambda register: {"added": [attrs.evolve(register["membership-10"], id="further")]},
    "event": lambda register: {"replaced": [attrs.evolve(register["event-10"], kind="workshop")]},
    "network": lambda register: {"replaced": [attrs.evolve(register["network"], name={"en": "X"})]},
    "source": lambda register: {"replaced": [attrs.evolve(register["minutes"], title={"en": "X"})]},
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_looks_at_its_neighbourhood_alone(name):
    around = {"organization-10", "person-10", "membership-10", "event-10", "statement-10", "network", "minutes"}
    few, many = (read_records(CHANGES[name], size) for size in (20, 60))
    assert few == many
    assert few <= {*around, "further", "organization-1", "membership-1"}


def test_a_step_is_copied_and_pickled_as_the_change_that_it_is():
    live = un.Live(invented_register(5), on="2026-01-01")
    step = live.attempt(removed=[live.register.organizations[0].id])
    for other in (pickle.loads(pickle.dumps(step)), copy.deepcopy(step)):
        assert other.introduced == step.introduced != ()
        assert other.accept().register == step.accept().register
        assert other.before.register == live.register


def test_a_step_says_which_records_it_changes():
    register = invented_register(3)
    old, other = register.organizations[0], register.organizations[1]
    new, added = attrs.evolve(old, founded=un.PartialDate("1998")), attrs.evolve(other, id="added")
    live = un.Live(register, on=DAY)
    step = live.attempt(replaced=[new, other], added=[added], removed=["person-2"])
    assert step.changes == {old.id: (old, new), "added": (None, added), "person-2": (register["person-2"], None)}
    assert live.attempt_register(step.live.register).changes == step.changes
    with pytest.raises(TypeError):
        step.changes["added"] = None
