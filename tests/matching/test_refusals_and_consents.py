"""Where one record or version says no and the other one yes, nobody outside is shown it: who knows which came later?"""

import itertools
import json

import pytest

import untoc_network as un

YES = {"consents": [{"purpose": "publication", "audience": "public", "basis": "form"}]}
NO, UNCLEAR, NOTHING = {"declined": ["publication"]}, {"undecided": ["publication"]}, {}
MADE = {
    "organizations": lambda said, key: {"id": key, "kind": "ngo", "name": {"en": "House"}, **said},
    "persons": lambda said, key: {"id": key, "name": "Ana Ejemplo", **said},
}
ANSWERS = [
    (collection, one, other)
    for collection in MADE
    for one, other in itertools.permutations((YES, NO, UNCLEAR, NOTHING), 2)
    if collection == "organizations" or UNCLEAR not in (one, other)
]


def make(collection, *said):
    records = [MADE[collection](answer, key) for answer, key in zip(said, "ab", strict=False)]
    return un.loads(json.dumps({"schema_version": 1, collection: records}).encode())


def shown(register, collection):
    return bool(getattr(un.privacy.view(register, "public", "2026-12-01").register, collection))


def may_be_shown(collection, one, other):
    if NO in (one, other) or UNCLEAR in (one, other):
        return False
    return collection == "organizations" or YES in (one, other)


@pytest.mark.parametrize(("collection", "one", "other"), ANSWERS)
def test_two_records_that_become_one(collection, one, other):
    register = make(collection, one, other)
    merged = un.matching.merge_records(register, "a", "b")
    assert shown(merged.register, collection) == may_be_shown(collection, one, other)
    is_contradiction = YES in (one, other) and not may_be_shown(collection, one, other)
    assert ("consents" in merged.unsettled) == is_contradiction
    assert un.matching.undo_merge(merged.register, merged.undo).register == register


@pytest.mark.parametrize(("collection", "one", "other"), ANSWERS)
def test_two_versions_of_one_record(collection, one, other):
    base, ours, theirs = (make(collection, said) for said in (NOTHING, one, other))
    merged = un.matching.merge(base, ours, theirs)
    assert shown(merged.register, collection) == may_be_shown(collection, one, other)
    is_contradiction = YES in (one, other) and not may_be_shown(collection, one, other)
    assert ("consents" in [conflict.field for conflict in merged.conflicts]) == is_contradiction


def test_a_no_that_both_versions_had_before_does_not_undo_what_one_wrote_since():
    base, ours = make("persons", NO), make("persons", NO | YES)
    merged = un.matching.merge(base, ours, make("persons", NO | {"gender": "x"}))
    assert shown(merged.register, "persons")
    assert merged.conflicts == ()


def test_of_what_a_record_agreed_to_that_alone_is_narrowed_which_the_other_refused():
    purposes = ("publication", "contact", "statistics")
    consents = [{"purpose": one, "audience": "public", "basis": "form"} for one in purposes]
    consents.append({"purpose": "contact", "audience": "internal", "basis": "oral"})
    agreed = {"consents": consents, "contacts": [{"kind": "email", "value": "a@example.org", "consents": consents}]}
    merged = un.matching.merge_records(make("persons", agreed, {"declined": ["publication", "contact"]}), "a", "b")
    person = merged.register["a"]
    for held in (person.consents, person.contacts[0].consents):
        assert [(one.purpose.value, one.audience.value) for one in held] == [
            ("publication", "internal"),
            ("contact", "internal"),
            ("statistics", "public"),
            ("contact", "internal"),
        ]
    assert merged.unsettled.count("consents") == 1
