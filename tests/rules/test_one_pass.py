"""Counters: each rule is called once, each index is built once, and nothing is placed before something is found."""

import sys
import unicodedata
from collections import Counter

import attrs
import pytest

import untoc_network as un
from untoc_network.model import register as register_module
from untoc_network.model.register import COLLECTIONS, Redirect
from untoc_network.model.traversal import can_hold, collect_by_type, collect_values, locate_values
from untoc_network.rules.areas import wordings_and_addresses as names
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.rule import Context
from untoc_network.testing import invented_register
from untoc_network.text.folding import fold, fold_all, fold_without_blanks

ON = "2026-11-24"


@pytest.fixture
def counted(monkeypatch):
    """How often values are gathered, by class and type, and places are built."""
    counts = Counter()

    def counting(objects, cls, wanted):
        counts[cls, wanted] += 1
        return collect_values(objects, cls, wanted)

    monkeypatch.setattr(sys.modules[Context.__module__], "collect_values", counting)

    def counting_all(objects, cls, types):
        counts[cls, types] += 1
        return collect_by_type(objects, cls, types)

    monkeypatch.setattr(register_module, "collect_by_type", counting_all)
    return counts


def test_each_rule_is_called_once_and_each_type_is_gathered_once(counted):
    register = invented_register(30)
    calls = Counter()

    def watched(rule):
        def check(records, context):
            calls[rule.code] += 1
            return rule.check(records, context)

        check.__name__ = rule.check.__name__
        return attrs.evolve(rule, check=check)

    rules = [watched(rule) if isinstance(rule, un.rules.Rule) else rule for rule in catalogue()]
    assert list(un.validate(register, on=ON, rules=rules)) == []
    held = {un.Register, object, *map(type, register)}
    assert {rule.code for rule in rules if rule.on in held and not getattr(rule, "fields", ())} <= set(calls)
    assert set(calls) <= {rule.code for rule in rules if rule.on is not None}
    assert set(calls.values()) == {1}
    assert set(counted.values()) == {1}


def test_no_place_and_no_finding_is_made_where_nothing_is_found(monkeypatch):
    def never(*_):
        raise AssertionError("made too early")

    monkeypatch.setattr(Context, "locate", never)
    monkeypatch.setattr(un.rules.Rule, "finding", never)
    monkeypatch.setattr("untoc_network.rules.areas.wordings_and_addresses.locate_values", never)
    monkeypatch.setattr("untoc_network.rules.areas.privacy.locate_values", never)
    assert list(un.validate(invented_register(20), on=ON)) == []


def test_the_place_of_a_record_is_found_among_all_others():
    example = un.example()
    redirects = tuple(Redirect(old_id=f"old-{number}", new_id="x") for number in range(3))
    again = tuple(attrs.evolve(one) for one in example.organizations)
    doubled = attrs.evolve(example, organizations=(*example.organizations, *again), redirects=redirects)
    context = Context(register=doubled)
    for name in (*COLLECTIONS, "redirects"):
        for position, record in enumerate(getattr(doubled, name)):
            assert context.locate(record) == (name, position)
    assert context.locate(attrs.evolve(again[0])) == ()
    assert context.locate(attrs.evolve(again[0], id="zzz")) == ()
    assert context.locate(doubled) == ()


def calls_per_record(organizations):
    register = un.loads(un.dumps(invented_register(organizations)))
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        un.validate(register, on=ON)
    finally:
        sys.setprofile(None)
    return calls / len(register)


def test_a_record_costs_far_fewer_calls_than_there_are_rules():
    assert calls_per_record(400) < len(catalogue()) / 3


def test_gathering_finds_what_the_slow_walk_finds():
    for register in (un.example(), un.load("examples/mechanism-2024.json")):
        for name, cls in COLLECTIONS.items():
            for wanted in (un.Text, un.Alias, un.Url, un.Consent, un.PartialDate, un.SourceId):
                records = getattr(register, name)
                slow = [value for record in records for path, value in locate_values(record, wanted) if path != ("id",)]
                quick = collect_values(records, cls, wanted)
                assert sorted(map(repr, quick)) == sorted(map(repr, slow))
                assert can_hold(cls, wanted) or not quick


def test_ids_that_are_named_are_the_targets_of_the_references():
    for register in (un.example(), un.load("examples/mechanism-2024.json")):
        named = {(collections, name) for collections, names in register.named.items() for name in names}
        assert named == {(reference.collections, reference.target) for reference in register.references}


def test_rules_are_called_with_what_holds_something_in_their_fields():
    seen = []

    @un.rules.rule("MY001", on=object, severity=un.Severity.ERROR, message="x", fields=("aliases", "nothing"))
    def one_field(records, context):
        seen.append(list(records))

    @un.rules.rule("MY002", on=object, severity=un.Severity.ERROR, message="x", fields=("aliases", "links"))
    def two_fields(records, context):
        seen.append(list(records))

    register = un.example()
    un.validate(register, rules=[one_field, two_fields])
    assert seen[0] == [record for record in register if getattr(record, "aliases", ())]
    assert seen[1] == [record for record in register if getattr(record, "aliases", ()) or getattr(record, "links", ())]


def test_all_letters_that_are_greek_or_cyrillic_are_suspected():
    for point in range(sys.maxunicode + 1):
        letter = chr(point)
        if letter.isalpha() and unicodedata.name(letter, "").partition(" ")[0] in ("GREEK", "CYRILLIC"):
            assert names._has_letters_that_look_latin(letter), hex(point)


@pytest.mark.parametrize("some", [["The  Élan!", "l'Équateur", "  ", ""], ["Сеть", "The Net"], ["a\nb", "c"], []])
def test_names_are_folded_together_as_one_by_one(some):
    assert list(fold_all(some)) == [fold(name) for name in some]
    assert list(fold_all(some, letters_alone=True)) == [fold_without_blanks(name) for name in some]
