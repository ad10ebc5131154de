"""A register in which rules find much, changes of it, and rules of one's own: what tests of `Live` set out from."""

import contextlib
import functools
import json
from collections import Counter, defaultdict, deque

import attrs
import pytest

import untoc_network as un
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import COLLECTIONS, Redirect
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.looked_at_fields import REFERENCES, naming_fields, referenced_fields, related_fields
from untoc_network.rules.record_indexes import list_targets

DAY = "2026-11-24"
FEES = un.Extension("coalition", un.Organization, {"fee": int})
RULES = tuple(rule for rule in catalogue() if isinstance(rule, un.rules.Rule) and rule.on is not None)


def read_example(text):
    register, _ = un.reads(json.dumps({"schema_version": 1, **json.loads(text)}))
    return register


def rename_ids(text, suffix):
    """An example with ids of its own."""
    register = read_example(text)
    for record in register or ():
        text = text.replace(f'"{record.id}"', f'"{record.id}{suffix}"')
    return read_example(text) or un.Register()


@functools.cache
def make_mixed_register(every=1):
    """The records of every so many of the examples of all rules together, each id once."""
    held = defaultdict(dict)
    texts = [text for rule in RULES for _, text in rule.explanation.examples]
    for number, text in enumerate(texts[::every]):
        for record in rename_ids(text, f"-{number}"):
            held[type(record)].setdefault(record.id, record)
    seen = set()
    return un.Register(
        extensions=(FEES,),
        **{
            name: tuple(one for one in held[cls].values() if not (one.id in seen or seen.add(one.id)))
            for name, cls in COLLECTIONS.items()
        },
    )


def make_key(finding):
    """What the law compares: the place within the record too."""
    path = finding.path if finding.subject is None else finding.path[2:]
    return finding.code, finding.severity, finding.subject, path, finding.message, finding.hint


def count(findings):
    return Counter(map(make_key, findings))


_JUDGED = deque(maxlen=3)
"""What was validated last: a step is looked at before it is taken, and again as what it leaves."""


def judge_whole(live):
    """The report of a whole validation, of one register on one day made once."""
    for register, on, rules, report in _JUDGED:
        if register is live.register and on == live.on and rules is live.rules:
            return report
    report = un.validate(live.register, on=live.on, rules=live.rules)
    _JUDGED.append((live.register, live.on, live.rules, report))
    return report


def assert_law(live):
    """The report is that of a whole validation: places, and what did not run, as well."""
    expected = judge_whole(live)
    assert count(live.report) == count(expected)
    assert live.report == expected
    assert live.report.not_run == expected.not_run


def assert_step(step):
    """What a step introduces and resolves is what differs between the two reports."""
    before, after = count(step.before.report), count(step.live.report)
    assert count(step.introduced) == after - before
    assert count(step.resolved) == before - after
    assert set(step.introduced) <= set(step.live.report)
    assert set(step.resolved) <= set(step.before.report)


@contextlib.contextmanager
def watching_records():
    """The ids of the records of which anything but the id and the acceptances is read meanwhile."""
    seen = set()
    fields = {cls: frozenset(attrs.fields_dict(cls)) - {"id", "accepted"} for cls in COLLECTIONS.values()}

    def watched(record, name):
        if name in fields[type(record)]:
            seen.add(object.__getattribute__(record, "id"))
        return object.__getattribute__(record, name)

    with pytest.MonkeyPatch.context() as patch:
        for cls in fields:
            patch.setattr(cls, "__getattribute__", watched, raising=False)
        yield seen


# -- changes -----------------------------------------------------------------------------------------------------------


class DrawnChange:
    """A change of up to four records: fields of others, ids that come, go, and become those of another kind."""

    def __init__(self, chance, register):
        self.chance, self.register, self.records = chance, register, list(register)
        self.replaced, self.added, self.removed = {}, {}, []
        kinds = (
            [self.shake] * 9
            + [self.remove] * 3
            + [self.copy] * 3
            + [self.fill] * 2
            + [self.turn]
            + [self.accept] * 2
            + [self.annotate]
        )
        for _ in range(chance.randint(1, 4)):
            record = chance.choice(self.records)
            if record.id not in (*self.replaced, *self.removed):
                with contextlib.suppress(un.ImpossibleValue):
                    chance.choice(kinds)(record)

    def shake(self, record):
        alike = [one for one in self.records if type(one) is type(record)]
        fields = self.chance.sample(sorted(attrs.fields_dict(type(record)).keys() - {"id"}), self.chance.randint(1, 3))
        other = self.chance.choice(alike)
        self.replaced[record.id] = attrs.evolve(record, **{field: getattr(other, field) for field in fields})

    def remove(self, record):
        self.removed.append(record.id)

    def copy(self, record):
        self.add(record, f"{record.id}-{self.chance.randrange(9)}")

    def fill(self, record):
        """Under an id that something names already."""
        named = sorted(list_targets(self.chance.choice(self.records)))
        if named:
            self.add(record, self.chance.choice(named))

    def turn(self, record):
        """Under the id of a record of another kind."""
        other = self.chance.choice(self.records)
        if type(other) is not type(record) and other.id not in (*self.removed, *self.replaced, *self.added):
            self.removed.append(other.id)
            self.added[other.id] = attrs.evolve(record, id=other.id)

    def accept(self, record):
        accepted = tuple(
            un.Acceptance(
                rule=self.chance.choice(RULES).code,
                reason="known",
                until=self.chance.choice([None, "2026-01-01", "2027-01-01"]),
            )
            for _ in range(2)
        )
        if isinstance(record, un.SourcedRecord):  # a source takes none
            self.replaced[record.id] = attrs.evolve(record, accepted=accepted)

    def annotate(self, record):
        """With fields of one's own: as declared, as nobody declared them, and seldom as is not allowed."""
        fee = self.chance.choice([1, 2, 3, 4, 5, 6, 7, "none"])
        extra = self.chance.choice([{"coalition": {"fee": fee}}, {"elsewhere": {"since": "2020"}}, {}])
        self.replaced[record.id] = attrs.evolve(record, extra=extra)

    def add(self, record, record_id):
        if record_id not in self.register and record_id not in self.added:
            self.added[record_id] = attrs.evolve(record, id=record_id)


def draw_change(chance, register):
    """The arguments of an attempt."""
    drawn = DrawnChange(chance, register)
    return {"replaced": list(drawn.replaced.values()), "added": list(drawn.added.values()), "removed": drawn.removed}


def redirect(register, old_id, new_id):
    """A register in which an id leads to another record, whether it has one or not."""
    without = register.without(old_id)[0] if old_id in register.by_id else register
    return attrs.evolve(without, redirects=(*without.redirects, Redirect(old_id=old_id, new_id=new_id)))


# -- rules of one's own ------------------------------------------------------------------------------------------------


def make_rule(code, on, *, looks=None, fields=(), needs_day=False):
    return un.rules.rule(
        code, on=on, severity=un.Severity.WARNING, message="{n}", looks=looks, fields=fields, needs_day=needs_day
    )


@make_rule("ZZ001", un.Organization)
def counts_all(records, context):
    """Counts over everything and does not say so."""
    records = list(records)
    if len(records) % 3 == 0:
        yield un.rules.violation(records[0], "name", n=len(records))


@make_rule("ZZ002", un.Person, looks=())
def long_name(records, context):
    """Looks at each record by itself."""
    for record in records:
        if len(record.name) > 9:
            yield un.rules.violation(record, "name", n=1)


@make_rule("ZZ003", un.Event)
def crashes_at_times(records, context):
    """Breaks down behind the first finding where an event has more than one theme."""
    for record in records:
        if record.themes:
            yield un.rules.violation(record, "themes", n=len(record.themes))
        if len(record.links_to) > 1:
            raise RuntimeError(record.name.en)


@make_rule("ZZ004", un.Membership, looks=(referenced_fields("organization_id", "kind"),))
def member_of_a_kind(records, context):
    """Looks at what it names."""
    for record in records:
        member = context.get(record.organization_id)
        if isinstance(member, un.Organization) and member.kind is un.OrganizationKind.NGO:
            yield un.rules.violation(record, "organization_id", n=1)


@make_rule("ZZ005", un.Register, looks=(related_fields(un.Party, "country"),))
def counts_parties(records, context):
    """Looks at all records of a class, and finds something on each; breaks down where there are seven."""
    for register in records:
        for party in register.parties:
            yield un.rules.violation(party, n=len(register.parties))
        if len(register.parties) % 7 == 0:
            raise ValueError


@make_rule("ZZ006", un.Source, looks=())
def points_elsewhere(records, context):
    """Finds something on what it was not called with, and on nothing that there is, although it says otherwise."""
    for record in records:
        found = context.get(record.publisher_id)
        if found is not None and not isinstance(found, un.Source):
            yield un.rules.violation(found, n=1)
        if record.kind is un.SourceKind.WEB_PAGE:
            yield un.rules.violation(attrs.evolve(record), n=2)


@make_rule("ZZ007", un.Network, looks=(naming_fields(un.Membership, "network_id", "period"),))
def counts_dated_memberships(records, context):
    """Looks at what names it."""
    for record in records:
        dated = sum(one.period is not None for one in context.register.memberships_by_network.get(record.id, ()))
        if dated:
            yield un.rules.violation(record, n=dated)


def share_kind(records, _):
    return ((one, one.kind) for one in records)


def share_title(records, _):
    return ((one, one.title.en) for one in records)


@make_rule("ZZ008", un.Register, looks=(related_fields(un.Project, "title", sharing=share_title),))
def counts_namesakes(records, context):
    """Compares those that share a key."""
    for register in records:
        titles = Counter(one.title.en for one in register.projects)
        for one in register.projects:
            yield un.rules.violation(one, n=titles[one.title.en])


@make_rule("ZZ009", object, fields=("urls", "links"), needs_day=True)
def knows_the_day(records, context):
    """Reads the day, and is called with what holds something."""
    for record in records:
        yield un.rules.violation(record, n=len(str(context.day)))


@make_rule("ZZ010", un.Statement, looks=(related_fields(un.Event, "kind"),))
def anything_may_matter(records, context):
    """Says what it looks at without a key."""
    for record in records:
        yield un.rules.violation(record, n=len({event.kind for event in context.register.events}))


@make_rule("ZZ011", un.Register, looks=())
def frame(records, context):
    """Looks at the register itself."""
    for register in records:
        yield un.rules.violation(register, "title", n=len(register))


@make_rule("ZZ012", SourcedRecord, looks=())
def without_source(records, context):
    """Is on all classes of a kind."""
    for record in records:
        if not record.sources:
            yield un.rules.violation(record, "sources", n=0)


@make_rule("ZZ013", un.Register, looks=(REFERENCES,))
def counts_references(records, context):
    """Looks at every reference."""
    for register in records:
        yield un.rules.violation(register, n=len(register.references))


@make_rule("ZZ014", un.Organization, looks=())
def breaks_down_at_a_parent(records, context):
    """Looks at each record by itself, and breaks down at some."""
    for record in records:
        if record.parent_id is not None:
            raise LookupError(record.parent_id)
        yield un.rules.violation(record, n=len(record.name))


@make_rule("ZZ015", un.Organization, looks=())
def tells_the_parent(records, context):
    """Finds something on the parent, although it says that it looks at each record by itself."""
    for record in records:
        if record.parent_id is not None:
            yield un.rules.violation(context.get(record.parent_id) or record, n=1)


@make_rule("ZZ016", un.Register, looks=(related_fields(un.Source, "kind", "url", sharing=share_kind),))
def tells_a_stranger(records, context):
    """Compares those that share a key, and finds something on what is not there."""
    for register in records:
        for record in register.sources:
            yield un.rules.violation(attrs.evolve(record, id="stranger") if record.url else record, n=1)


@make_rule("ZZ017", un.Organization, looks=())
def reads_the_day_at_times(records, context):
    """Asks for the day where it matters, and does not say so."""
    for record in records:
        if record.dissolved is not None and context.on is not None and record.dissolved.certainly_before(context.on):
            yield un.rules.violation(record, "dissolved", n=1)


OWN_RULES = (
    reads_the_day_at_times,
    without_source,
    counts_references,
    breaks_down_at_a_parent,
    tells_a_stranger,
    counts_all,
    long_name,
    crashes_at_times,
    member_of_a_kind,
    counts_parties,
    points_elsewhere,
    counts_dated_memberships,
    counts_namesakes,
    knows_the_day,
    anything_may_matter,
    frame,
)
