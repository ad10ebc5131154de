"""The law of `Live`: after any changes it has the findings of a whole validation; and what a step says of itself."""

import attrs
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.profiles import portion, tries
from tests.rules.live_registers import (
    DAY,
    OWN_RULES,
    RULES,
    assert_law,
    assert_step,
    count,
    draw_change,
    make_mixed_register,
    redirect,
    rename_ids,
)

import untoc_network as un
from untoc_network.model.register import COLLECTIONS
from untoc_network.rules.engine import RuleSet

CHANCE = st.randoms(use_true_random=False)
RULE_SETS = {
    "default": RuleSet.default(),
    "strict": RuleSet.named("strict"),
    "own": RuleSet.default().with_rules(*OWN_RULES),
    "few": RuleSet(rules=(*RULES[::5], *OWN_RULES), ignore=("ZZ001",)),
}


class Changes(RuleBasedStateMachine):
    """Any sequence of changes, attempts, refusals, merges and days."""

    @initialize(name=st.sampled_from(sorted(RULE_SETS)), every=st.sampled_from([3, 5, 7]))
    def begin(self, name, every):
        self.live = un.Live(make_mixed_register(every), on=DAY, rules=RULE_SETS[name])

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
TestChanges.settings = tries(30, stateful_step_count=8)


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


@pytest.mark.parametrize("rule", SAMPLE, ids=lambda rule: rule.code)
def test_a_rule_is_introduced_and_resolved_within_a_larger_register(rule):
    passes, fails = (dict(rule.explanation.examples)[name] for name in ("passes", "fails"))
    around = attrs.evolve(make_mixed_register(6), parties=(), country_reviews=())  # which share countries with it
    within = rename_ids(passes, "-inside")
    start = un.Register(**{name: (*getattr(around, name), *getattr(within, name)) for name in COLLECTIONS})
    live = un.Live(start, on=DAY)
    broken = change_into(live, (passes, fails))
    assert rule.code in {finding.code for finding in broken.introduced}
    assert_law(broken.live)
    mended = change_into(broken.accept(), (fails, passes))
    assert rule.code in {finding.code for finding in mended.resolved}
    assert count(mended.live.report) == count(live.report)
