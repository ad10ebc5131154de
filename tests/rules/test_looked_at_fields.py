"""What a rule says it looks at is what it looks at: every read of a field is watched while the rules run."""

import contextlib
import functools
import json
import random
from collections import defaultdict

import attrs
import pytest
from tests.profiles import some

import untoc_network as un
from untoc_network.model.register import COLLECTIONS, REFERENTS
from untoc_network.rules import engine
from untoc_network.rules.catalogue import catalogue, get_rule
from untoc_network.rules.looked_at_fields import NAMING, REFERENCES, OwnFields, References
from untoc_network.rules.rule import Context
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import fields_of, nested_class

ON = PartialDate("2026-11-24")
RULES = tuple(rule for rule in catalogue() if rule.on is not None)
COMPARING = tuple(rule for rule in RULES if rule.looks)
ANYHOW = {"id", "accepted"}
FIELDS = {cls: frozenset(attrs.fields_dict(cls)) - ANYHOW for cls in COLLECTIONS.values()}
SPEAKS_OF_ITSELF = {
    "organizations": [{"id": "ministry", "name": {"en": "M"}, "kind": "government-body", "represents": "PA"}],
    "persons": [
        {
            "id": "envoy",
            "name": "A. Example",
            "posts": [{"key": "p", "title": {"en": "x"}, "organization_id": "ministry"}],
        }
    ],
    "events": [{"id": "talk", "name": {"en": "Talk"}, "kind": "constructive-dialogue"}],
    "statements": [
        {
            "id": "said",
            "event_id": "talk",
            "speaker_id": "envoy",
            "speaking_as": ["p"],
            "summary": {"en": "x"},
            "wording": {"en": "Panama has done much."},
        }
    ],
}


@functools.cache
def register_of(text):
    register, _ = un.reads(json.dumps({"schema_version": 1, **json.loads(text)}))
    return register if register is not None and len(register) else None


def examples_of(rule):
    return [register_of(example) for _, example in rule.explanation.examples]


@functools.cache
def shaken():
    """The records of all examples together, each example with ids of its own; then with fields of one another."""
    chance = random.Random(15)
    alike = defaultdict(list)
    for number, text in enumerate(text for rule in RULES for _, text in rule.explanation.examples):
        renamed = text
        for record in register_of(text) or ():
            renamed = renamed.replace(f'"{record.id}"', f'"{record.id}-{number}"')
        for record in register_of(renamed) or ():
            alike[type(record)].append(record)
    whole = []
    for _ in range(5):
        whole.append(un.Register(**{name: tuple(alike[cls]) for name, cls in COLLECTIONS.items()}))
        for cls, records in alike.items():
            fields = sorted(FIELDS[cls])
            for place, record in enumerate(records):
                copied = {field: getattr(chance.choice(records), field) for field in chance.sample(fields, 2)}
                with contextlib.suppress(un.ImpossibleValue):
                    records[place] = attrs.evolve(record, **copied)
    return tuple(whole)


@functools.cache
def speaking_of_itself():
    return register_of(json.dumps(SPEAKS_OF_ITSELF))


def registers_for(rule):
    more = [speaking_of_itself(), un.example(), *shaken()]
    return [register for register in (*examples_of(rule), *more) if register is not None]


@contextlib.contextmanager
def watching():
    """Every field of a record that is read meanwhile, with the record's id in this process and its class."""
    seen = set()

    def watched(record, name):
        value = object.__getattribute__(record, name)
        cls = type(record)
        if name in FIELDS.get(cls, ()):
            seen.add((id(record), cls, name))
        return value

    with pytest.MonkeyPatch.context() as patch:
        for cls in FIELDS:
            patch.setattr(cls, "__getattribute__", watched, raising=False)
        yield seen


CONTEXTS = {}


def context_over(register):
    """A context of which all that is made once, from all records, is made already."""
    if id(register) not in CONTEXTS:
        CONTEXTS[id(register)] = made_ready(register)
    return CONTEXTS[id(register)]


def made_ready(register):
    context = Context(register=register, on=ON, codes=frozenset(rule.code for rule in catalogue()))
    for kind in (un.Text, un.Url, un.Consent):
        context.values(kind)
    assert context.wordings is not None
    for name in dir(type(register)):
        if isinstance(vars(type(register)).get(name), functools.cached_property):
            getattr(register, name)
    return context


@functools.cache
def reads_of(rule):
    """The fields that a rule reads of its own records, and those that it reads of others."""
    here, there = set(), set()
    for register in registers_for(rule):
        context = context_over(register)
        for record in [*engine.list_records_for_rule(rule, context)]:
            with watching() as seen:
                list(rule.check([record], context) or ())
            for key, cls, field in seen:
                (here if key == id(record) else there).add((cls, field))
    return here, there


def follows_references(rule):
    return not {REFERENCES, NAMING}.isdisjoint(rule.looks or ())


def declared_by(rule):
    classes = [cls for cls in FIELDS if rule.on in (cls, object)]
    here = {read for look in rule.looks or () for read in look.list_own_reads(classes)}
    there = {read for look in rule.looks or () for read in look.list_other_reads(classes)}
    if follows_references(rule):
        there |= {
            (cls, shape.name)
            for cls in FIELDS
            for shape in fields_of(cls)
            if shape.type in REFERENTS or nested_class(shape) is not None
        }
    return here, there


def undeclared(rule):
    """What a rule reads and does not say: of others anything, of its own record what matters where it compares."""
    here, there = reads_of(rule)
    said_here, said_there = declared_by(rule)
    return (there - said_there) | (here - said_here - said_there if rule.looks else set())


@pytest.mark.unmeasured
def test_what_a_rule_looks_at_can_be_shown():
    assert all(repr(look) for rule in COMPARING for look in rule.looks)


def test_no_rule_reads_what_it_does_not_say(subtests):
    for rule in some(RULES):
        with subtests.test(rule.code):
            assert not undeclared(rule), f"{rule.code} reads more than its looks say"


def without(rule, field):
    """A rule that reads what it read before, and no longer says that it reads a field of another record."""
    return attrs.evolve(rule, looks=tuple(less(look, field) for look in rule.looks))


def less(look, field):
    kept = {name: getattr(look, name, ()) for name in ("fields", "by", "onward") if hasattr(look, name)}
    kept = {
        name: tuple(less(one, field) if name == "onward" else one for one in value if one != field)
        for name, value in kept.items()
    }
    return look if isinstance(look, OwnFields) else attrs.evolve(look, **kept)


def test_every_field_that_is_no_longer_declared_is_missed():
    broken = 0
    for rule in COMPARING:
        for cls, field in reads_of(rule)[1] if not follows_references(rule) else ():
            poorer = without(rule, field)
            if (cls, field) not in declared_by(poorer)[1]:  # else it holds a reference that is followed, and is said so
                assert (cls, field) in undeclared(poorer), (rule.code, field)
                broken += 1
    assert broken > 70


def test_a_rule_that_says_it_looks_at_itself_alone_is_found_out(subtests):
    for rule in [rule for rule in COMPARING if reads_of(rule)[1]]:
        with subtests.test(rule.code):
            assert undeclared(attrs.evolve(rule, looks=()))


def test_whom_a_body_speaks_for_is_missed_where_it_is_not_said():
    rule = get_rule("CD011")
    assert undeclared(without(rule, "represents")) == {(un.Organization, "represents")}


def test_what_is_declared_are_fields(subtests):
    for rule in COMPARING:
        with subtests.test(rule.code):
            classes = [cls for cls in FIELDS if rule.on in (cls, object)]
            for look in rule.looks:
                assert isinstance(look, References) or [*look.list_own_reads(classes), *look.list_other_reads(classes)]


def test_rules_that_look_at_other_records_say_so():
    assert len(COMPARING) > 45
    assert {rule.code for rule in RULES if rule.on is un.Register and rule.looks is None} == set()
