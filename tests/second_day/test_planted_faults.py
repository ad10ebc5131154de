"""The machine fails where the library fails: faults planted on purpose, each the undoing of one protection."""

import attrs
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

import untoc_network as un
from tests.profiles import some, tries
from tests.second_day import life
from tests.second_day.decisions import AT_RISK, ERASED, IDENTITY, IN_FORCE, LEAKED, LOST, UNDONE, ParseAborted
from tests.second_day.machine import SecondDays
from untoc_network.matching import list_redaction, record_merge, record_reimport, reimport, row_matching

FEW = tries(
    800,
    stateful_step_count=12,
    database=None,
    derandomize=True,
    phases=(Phase.generate,),
    report_multiple_bugs=False,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)
"""The same examples in every run; the first one that fails is enough, and is not made smaller."""

FAULTS = {}


def fault(promise, *steps):
    """A fault by its name, with the promises that it breaks, and the steps of life in which it shows."""
    return lambda plant: FAULTS.setdefault(plant.__name__.replace("_", " "), (plant, promise, steps))


def living_by(steps):
    """The machine with no other steps than these, so that a fault shows soon."""
    worlds = (("luz-a", "luz-b"),) if "rows_come_and_go" in steps else (("luz-a", "luz-b"), ("nandu",))
    names = {name for name, step in vars(SecondDays).items() if hasattr(step, "hypothesis_stateful_rule")}
    return type("Focused", (SecondDays,), {**dict.fromkeys(names - {*steps}), "worlds": worlds})


@fault(IN_FORCE, "import_list", "less_is_agreed")
def withdrawal_dropped_on_import(plant):
    whole = record_reimport.reimport_consents

    def consented(comparison, record, before):
        made = whole(comparison, record, before)
        return attrs.evolve(made, consents=tuple(attrs.evolve(one, withdrawn=None) for one in made.consents))

    plant(record_reimport, "reimport_consents", consented)


@fault(ERASED, "import_list", "erase")
def tombstone_replaced(plant):
    plant(reimport, "was_erased", lambda *_: False)
    plant(list_redaction.ErasedPersonsOnList, "find", lambda *_: None)


@fault(IDENTITY, "import_list", "rows_come_and_go")
def rows_matched_by_order(plant):
    whole = row_matching.match_entries

    def by_turn(*given):
        entries = whole(*given)
        found = [entry.record_id for entry in sorted(entries, key=lambda one: one.listed.record.id)]
        for entry, record_id in zip(entries, found, strict=True):
            entry.record_id = record_id
        return entries

    plant(reimport, "match_entries", by_turn)


@fault(AT_RISK, "import_list", "set_at_risk")
def at_risk_contact_taken(plant):
    plant(reimport, "strip_details_of_body_at_risk", lambda listed, *_: listed)


@fault(UNDONE, "import_list", "add_a_body", "merge_records")
def redirect_ignored(plant):
    whole = row_matching._EntryMatcher._remembered

    def remembered(self, entry, row):
        if row.record_id not in self.existing.redirected.values():
            whole(self, entry, row)

    plant(row_matching._EntryMatcher, "_remembered", remembered)
    plant(row_matching._EntryMatcher, "match_by_signs", lambda _self: None)
    plant(row_matching._EntryMatcher, "match_by_name", lambda _self: None)
    plant(row_matching._EntryMatcher, "match_by_what_is_left", lambda _self: None)


@fault(UNDONE, "import_calendar")
def older_sequence_followed(plant):
    plant(reimport, "_is_older_version", lambda *_: False)


@fault(LOST, "import_list")
def note_of_another_list_wiped(plant):
    whole = record_reimport.RecordReimport.merge_items

    def items(self, shape, path, mine, other):
        made = whole(self, shape, path, mine, other)
        return other if path == "notes" else made

    plant(record_reimport.RecordReimport, "merge_items", items)


@fault(IN_FORCE, "import_list", "add_a_body", "less_is_agreed", "merge_records")
def merge_keeps_wider_consent(plant):
    whole = record_merge.merge_records

    def merged(register, keep, drop, **given):
        made = whole(register, keep, drop, **given)
        record = made.register[keep]
        wide = tuple(attrs.evolve(one, withdrawn=None) for one in record.consents)
        return attrs.evolve(made, register=made.register.with_replaced(attrs.evolve(record, consents=wide))[0])

    plant(un.matching, "merge_records", merged)


@fault(ERASED, "import_list", "erase")
def erasure_does_not_reach_notes(plant):
    whole = un.privacy.erase

    def erase(register, person_id, **given):
        made = whole(register, person_id, **given)
        notes = {one.id: one.notes for one in register.organizations}
        left = (attrs.evolve(one, notes=notes.get(one.id, one.notes)) for one in made.register.organizations)
        return attrs.evolve(made, register=made.register.with_replaced(*left)[0])

    plant(un.privacy, "erase", erase)


@fault(LEAKED, "import_list")
def memory_of_the_list_leaks_into_the_public_view(plant):
    whole = un.privacy.view

    def view(register, *given):
        seen = whole(register, *given)
        return attrs.evolve(seen, register=attrs.evolve(seen.register, list_rows=register.list_rows))

    plant(un.privacy, "view", view)


@fault((UNDONE, IDENTITY), "import_list", "take_out")
def what_was_taken_out_comes_back(plant):
    def remembered(self, entry, row):
        self.assign(entry, row.record_id, row)

    plant(row_matching._EntryMatcher, "_remembered", remembered)


@fault(AT_RISK, "import_list", "set_at_risk", "go_on_apart", "bring_together")
def not_at_risk_in_the_other_copy(plant):
    whole = un.matching.merge

    def merge(base, ours, theirs):
        made = whole(base, ours, theirs)
        bodies = (attrs.evolve(one, at_risk=False) for one in made.register.organizations)
        return attrs.evolve(made, register=made.register.with_replaced(*bodies)[0])

    plant(un.matching, "merge", merge)


def test_ten_faults_are_planted_at_least():
    assert len(FAULTS) >= 10


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", some(FAULTS))
def test_the_machine_fails_for_a_planted_fault(name, monkeypatch):
    plant, promise, steps = FAULTS[name]
    monkeypatch.setattr(life, "imported_twice_is_the_same", lambda *_: None)  # it would be told first
    plant(monkeypatch.setattr)
    with pytest.raises(ParseAborted) as broken:
        run_state_machine_as_test(living_by(steps), settings=FEW)
    assert broken.value.promise in promise, broken.value
