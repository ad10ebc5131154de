"""Running rules: each once, in order, whatever one of them does."""

import datetime as dt

import attrs
import pendulum
import pytest
from tests.builders import organization

import untoc_network as un
from untoc_network.diagnostics.findings import Severity
from untoc_network.model.record import Record
from untoc_network.rules.engine import RuleSet, validate
from untoc_network.rules.rule import Context, rule, violation

REGISTER = un.Register(
    organizations=(organization("b"), organization("a")),
    persons=(un.Person(id="p", name="A. Example"),),
    redirects=(un.Redirect(old_id="old", new_id="a"), un.Redirect(old_id="lost", new_id="x")),
)


def own(code="ZZ001", *, on=un.Organization, **more):
    return rule(code, on=on, **({"severity": Severity.INFO, "message": "{id}"} | more))


@own()
def each_is_seen(records, _):
    for record in records:
        yield violation(record, "name", id=record.id)


def seen(check, register=REGISTER, **more):
    return [(one.code, one.pointer, one.subject, one.message) for one in validate(register, rules=[check], **more)]


def test_a_rule_sees_the_records_of_its_class_and_findings_are_placed_in_the_register():
    assert seen(each_is_seen) == [
        ("ZZ001", "/organizations/0/name", "a", "a"),
        ("ZZ001", "/organizations/1/name", "b", "b"),
    ]
    assert seen(attrs.evolve(each_is_seen, on=un.Person)) == [("ZZ001", "/persons/0/name", "p", "p")]
    assert seen(attrs.evolve(each_is_seen, on=un.Event)) == []


def test_a_rule_on_every_record_sees_them_all():
    assert [subject for _, _, subject, _ in seen(attrs.evolve(each_is_seen, on=Record))] == ["a", "b", "p"]


def test_a_rule_is_not_called_where_there_is_nothing_for_it():
    called = []

    def whole(records, _):
        called.append(len(records))

    for on in (un.Event, un.Register, Record, object):
        assert seen(own(on=on)(whole), un.Register()) == []
    assert called == [1]


def test_a_rule_on_the_register_sees_it_once():
    @own(on=un.Register, message="{number}")
    def whole(registers, context):
        for register in registers:
            assert register is context.register
            yield violation(register, "title", number=len(register))
            yield violation(register.redirects[1], "new_id", number=0)

    assert seen(whole) == [("ZZ001", "/redirects/1/new_id", None, "0"), ("ZZ001", "/title", None, "3")]


def test_a_rule_may_find_nothing_without_being_a_generator():
    @own()
    def silent(records, context):
        return None

    assert seen(silent) == []


def crash_at_once(records, context):
    raise ZeroDivisionError("A. Example")


def crash_later(records, context):
    yield violation(REGISTER.organizations[0], id="first")
    raise KeyError("A. Example")


def yields_nonsense(records, context):
    yield "nonsense"


def lacks_a_parameter(records, context):
    yield violation(REGISTER, name="A. Example")


def asks_too_deep(records, context):
    return asks_too_deep(records, context)


@pytest.mark.parametrize(
    ("check", "error", "before"),
    [
        (crash_at_once, "ZeroDivisionError", 0),
        (crash_later, "KeyError", 1),
        (yields_nonsense, "AttributeError", 0),
        (lacks_a_parameter, "KeyError", 0),
        (asks_too_deep, "RecursionError", 0),
    ],
)
def test_a_rule_that_crashes_is_one_finding_without_personal_values_and_the_run_goes_on(check, error, before):
    crashing = own("AA001")(check)
    report = validate(REGISTER, rules=[crashing, each_is_seen])
    (held,) = report.errors
    assert (held.code, held.pointer, held.slug) == ("XX001", "", "rule-crashed")
    assert held.message == f"the rule AA001 ({crashing.slug}) stopped with an error: {error}"
    assert sum(one.code == "AA001" for one in report) == before
    assert sum(one.code == "ZZ001" for one in report) == 2
    assert "Example" not in str(report.to_dict())


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit])
def test_an_interruption_is_no_crash(interruption):
    @own()
    def interrupted(records, context):
        raise interruption

    with pytest.raises(interruption):
        validate(REGISTER, rules=[interrupted])


def test_severities_are_overridden_by_code():
    louder = RuleSet(rules=(each_is_seen,)).with_severities({"ZZ001": "error"})
    assert {one.severity for one in validate(REGISTER, rules=louder)} == {"error"}


def test_what_is_ignored_does_not_run():
    crashing = own("AA001")(crash_at_once)
    chosen = RuleSet(rules=(crashing, each_is_seen)).choosing(ignore=["AA"])
    assert {one.code for one in validate(REGISTER, rules=chosen)} == {"ZZ001"}


def test_own_rules_run_beside_the_catalogue():
    report = validate(REGISTER, rules=RuleSet.default().with_rules(each_is_seen))
    assert {one.code for one in report} == {one.code for one in validate(REGISTER)} | {"ZZ001"}
    assert "RF002" in {one.code for one in report}


def test_the_order_of_rules_does_not_matter_and_the_register_stays_as_it_was():
    rules, before = list(un.rules.catalogue()), un.dumps(REGISTER)
    assert list(validate(REGISTER, on="2026-11-24", rules=rules)) == list(
        validate(REGISTER, on="2026-11-24", rules=reversed(rules))
    )
    assert un.dumps(REGISTER) == before


@own(needs_day=True, message="{day}")
def it_is_that_day(records, context):
    for record in records:
        yield violation(record, day=context.day)


@pytest.mark.parametrize(
    "on",
    ["2022-03-28", un.PartialDate("2022-03-28"), dt.date(2022, 3, 28), dt.datetime(2022, 3, 28, 23, 59)]
    + [pendulum.date(2022, 3, 28), pendulum.datetime(2022, 3, 28, 12)],
    ids=repr,
)
def test_the_day_comes_as_text_or_as_a_date_of_any_library(on):
    assert [message for *_, message in seen(it_is_that_day, on=on)] == ["2022-03-28"] * 2


def test_without_a_day_rules_that_need_one_do_not_run():
    assert seen(it_is_that_day) == [("XX005", "", None, "these rules did not run, because no day was given: ZZ001")]
    assert validate(REGISTER, rules=[it_is_that_day]).not_run == ("ZZ001",)
    assert validate(REGISTER, rules=[it_is_that_day], on="2022-03-28").not_run == ()
    assert seen(each_is_seen) == seen(each_is_seen, on="2022-03-28")


def test_without_a_day_the_report_names_every_rule_that_needs_one_also_where_the_info_is_not_wanted():
    quiet = validate(REGISTER, rules=RuleSet.default().choosing(ignore=["XX005"]))
    assert quiet.not_run == tuple(rule.code for rule in RuleSet.default().active if rule.needs_day)
    assert not quiet.findings or {one.code for one in quiet}.isdisjoint({"XX005"})
    assert quiet.not_run[0] in "".join(one.message for one in validate(REGISTER) if one.code == "XX005")


@pytest.mark.parametrize(
    ("on", "problem"),
    [
        ("2022", "a register is judged on a whole day, such as 2022-03-28"),
        ("2022-03", "a register is judged on a whole day, such as 2022-03-28"),
        ("2022-03-28 or so", "a date is written 2022, 2022-03 or 2022-03-28"),
        ("today", "a date is written 2022, 2022-03 or 2022-03-28"),
        ("2022-02-30", "there is no such day in the calendar"),
    ],
)
def test_what_is_no_whole_day_is_refused(on, problem):
    with pytest.raises(un.ImpossibleValue) as refused:
        validate(REGISTER, on=on)
    assert str(refused.value) == problem


def test_a_context_finds_records_and_the_nearest_ids():
    context = Context(register=REGISTER)
    assert context.get("old") is context.get("a") is REGISTER["a"]
    assert (context.get("x"), context.get("lost"), context.get(None), context.get("")) == (None,) * 4
    assert context.nearest(("persons",)) is context.nearest(("persons",))
    assert context.nearest(("organizations",)).to("a") == "a"
    assert context.nearest(("persons",)).to("a") is None


def test_progress_is_told_after_each_rule_that_runs():
    told = []
    rules = [each_is_seen, attrs.evolve(it_is_that_day, code="ZZ002")]
    validate(REGISTER, rules=rules, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 1)]
    told.clear()
    validate(REGISTER, on="2022-03-28", rules=rules, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]


def test_a_rule_on_what_is_no_record_is_not_called_and_one_on_records_all():
    given = {}

    def seen(records, context):
        given[cls] = [record.id for record in records]

    for cls in (un.Post, un.Record, object):
        un.validate(REGISTER, rules=[un.rules.rule("ZZ001", on=cls, severity=un.Severity.INFO, message="")(seen)])
    assert un.Post not in given
    assert given[object] == [record.id for record in REGISTER]
    assert given[un.Record] == [record.id for record in REGISTER if isinstance(record, un.Record)]
