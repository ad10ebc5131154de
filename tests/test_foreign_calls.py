"""Every public function refuses what it was never meant to take, by the name of the argument."""

import contextlib
import datetime as dt
import inspect
import typing

import pytest

import untoc_network as un
from untoc_network.values import argument_checks as calls

ROOMS = (un, *(getattr(un, room) for room in un._ROOMS))
FUNCTIONS = {
    f"{room.__name__}.{name}": function
    for room in ROOMS
    for name in room.__all__
    if inspect.isfunction(function := getattr(room, name)) and hasattr(function, "__wrapped__")
}
FOREIGN = (None, 3, "nothing of the kind", b"bytes", {}, [], object(), 0.5, dt.date(2026, 1, 1), un.Place())
FITTING = {"register": un.example(), "on": "2026-01-01", "audience": "public", "before": un.Register()}


def required(function):
    return [one.name for one in inspect.signature(function).parameters.values() if one.default is one.empty
            and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)]  # fmt: skip


def test_what_is_foreign_is_refused_by_the_name_of_the_argument(tmp_path, monkeypatch, subtests):
    for name, function in FUNCTIONS.items():
        with subtests.test(name):
            monkeypatch.chdir(tmp_path)
            parameters = calls._plan_check(function.__wrapped__).kinds
            for foreign in FOREIGN:
                for wrong in required(function):
                    kinds, _ = parameters[wrong]
                    if kinds and not isinstance(foreign, kinds):
                        given = {one: FITTING.get(one) for one in required(function)} | {wrong: foreign}
                        with pytest.raises(un.ImpossibleValue) as caught:
                            function(**given)
                        assert str(caught.value).partition(":")[0] in required(function)


def test_the_functions_that_take_a_register_refuse_by_name():
    asked = {name for name, function in FUNCTIONS.items() if "register" in inspect.signature(function).parameters}
    assert len(asked) > 20


@pytest.mark.parametrize("on", [None, 3, [], {}, "someday"])
def test_a_day_that_is_none_is_refused(on):
    for call in (
        lambda: un.privacy.view(un.example(), "public", on),
        lambda: un.exchange.export(un.example(), "calendar", on=on),
        lambda: un.track(un.example(), on),
        lambda: un.statistics.stats(un.example(), on=on),
    ):
        with pytest.raises(un.ImpossibleValue):
            call()


def test_an_audience_that_is_none_is_refused_with_those_there_are():
    with pytest.raises(un.ImpossibleValue, match=r"^audience: expected one of public, members, internal"):
        un.privacy.view(un.example(), "everybody", "2026-01-01")
    with pytest.raises(un.ImpossibleValue, match=r"^audience: expected an Audience or text, got None$"):
        un.privacy.view(un.example(), None, "2026-01-01")


def test_where_a_record_is_foreign_it_is_named_with_its_field():
    register = un.example()
    broken = register.organizations[0]
    object.__setattr__(broken, "consents", 3)
    with pytest.raises(
        un.ImpossibleValue, match=r"^organizations\[0\].consents: Organization.consents: expected a tuple"
    ):
        un.privacy.view(register, "public", "2026-01-01")
    with pytest.raises(un.ImpossibleValue, match=r"^consents: Organization.consents: expected a tuple"):
        calls.check_arguments(lambda held: len(held[1].consents) + 1)([un.Place(), broken])


def test_an_error_of_the_callers_own_stays_as_it_is():
    def told(done, of):
        raise KeyError(done, of)

    with pytest.raises(KeyError):
        un.import_bytes(b"name\nRefuge\n", file="list.csv", progress=told)


def test_what_an_annotation_does_not_say_is_not_asked():
    T = typing.TypeVar("T")

    def function(one: "Nowhere", two: typing.Any, three: T, four: float, *rest: int, **more: int):  # noqa: F821
        return one

    plan = calls._plan_check(function)
    assert {name: kinds for name, (kinds, _) in plan.kinds.items()} == {
        "one": (), "two": (), "three": (), "four": (int, float)
    }  # fmt: skip
    assert plan.rest == ("rest", ((int,), "a number"))
    assert calls.check_arguments(function)(1, 2, 3, 4, 5, six=6) == 1
    with pytest.raises(un.ImpossibleValue, match=r"^four: expected a number, got None$"):
        calls.check_arguments(function)(1, 2, 3, four=None)


def test_each_of_several_is_looked_at_and_one_text_is_not_several():
    @calls.check_arguments
    def function(
        self,
        codes: "list[str] | None",
        days: typing.Sequence[dt.date] = (),
        pair: tuple[int, str] = (1, ""),
        *rest: un.Place,
    ):
        return len(rest)

    assert function(None, None) == function(3, ["a"], ()) == function(3, [], [dt.date(2026, 1, 1)], (1, "")) == 0
    assert function(None, None, (), (2, ""), un.Place(), un.Place()) == 2
    for arguments, said in {
        (0, ("a",)): "codes: expected a list or None, got a value of type tuple",
        (0, None, "2026"): "days: expected several, each a date, got a value of type str",
        (0, None, (dt.date(2026, 1, 1), "x")): "days[1]: expected a date, got a value of type str",
        (0, None, (), 3): "pair: expected a tuple, got a value of type int",
        (0, None, (), (1, ""), un.Place(), 4): "rest[1]: expected a Place, got a value of type int",
    }.items():
        with pytest.raises(un.ImpossibleValue) as caught:
            function(*arguments)
        assert str(caught.value) == said
    with pytest.raises(un.ImpossibleValue, match=r"^codes\[0\]: expected text, got None$"):
        function(0, codes=[None])


BROKEN = object.__new__(un.Organization)
RECORD = un.example().organizations[0]
MORE_FOREIGN = (*FOREIGN, BROKEN, [BROKEN], RECORD, un.Register(), {"id": "x"}, (1,), True, "\ud800", set(), print)
PROTOCOLS = {"Text": {"get", "keys", "items", "values", "best"}}
"""What has to raise what any mapping does."""
HELD = [
    un.example(), RECORD, un.PartialDate("2020"), un.Period(start="2020"), un.Report(), un.RuleSet.named("strict"),
    un.Instant("2022-05-06T10:00+02:00"), un.process.COUNTRY_REVIEW, un.Limits(),
]  # fmt: skip
CALLS = {f"{room.__name__}.{name}": value for room in ROOMS for name in room.__all__ if inspect.isfunction(value := getattr(room, name))}  # fmt: skip
CALLS |= {
    f"{type(held).__name__}.{name}": method
    for held in HELD
    for name in [*dir(held), "__getitem__", "__contains__"]
    if (not name.startswith("_") or name in ("__getitem__", "__contains__"))
    and inspect.ismethod(method := getattr(held, name, None))
    and name not in dir(str)
}
del CALLS["untoc_network.rule"], CALLS["untoc_network.rules.rule"]  # which make decorators, of whatever comes next


def test_nothing_foreign_gives_an_error_that_is_not_of_this_library(tmp_path, monkeypatch, subtests):
    for name in CALLS:
        with subtests.test(name):
            monkeypatch.chdir(tmp_path)
            call = CALLS[name]
            parameters = [one for one in inspect.signature(call).parameters.values() if one.kind is not one.VAR_KEYWORD]
            fitting = {one: FITTING.get(one) for one in required(call)}
            for one in parameters:
                for foreign in MORE_FOREIGN:
                    named = fitting | ({} if one.kind is one.VAR_POSITIONAL else {one.name: foreign})
                    rest = (foreign,) if one.kind is one.VAR_POSITIONAL else ()
                    first = [named.pop(other.name) for other in parameters if other.name in named and (rest or other.kind is other.POSITIONAL_ONLY) and other.kind is not other.KEYWORD_ONLY]  # fmt: skip
                    with contextlib.suppress(un.UntocNetworkError):
                        given = call(*first, *rest, **named)
                        if inspect.isgenerator(given):
                            next(given, None)
