"""Every public function refuses what it was never meant to take, by the name of the argument."""

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


@pytest.mark.parametrize("name", FUNCTIONS)
def test_what_is_foreign_is_refused_by_the_name_of_the_argument(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    function = FUNCTIONS[name]
    parameters = calls._allowed_classes_by_parameter(function.__wrapped__)
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


def test_an_error_of_the_callers_own_stays_as_it_is():
    def told(done, of):
        raise KeyError(done, of)

    with pytest.raises(KeyError):
        un.import_bytes(b"name\nRefuge\n", file="list.csv", progress=told)


def test_what_an_annotation_does_not_say_is_not_asked():
    T = typing.TypeVar("T")

    def function(one: "Nowhere", two: typing.Any, three: T, four: float, *rest: int, **more: int):  # noqa: F821
        return one

    assert {name: kinds for name, (kinds, _) in calls._allowed_classes_by_parameter(function).items()} == {
        "one": (), "two": (), "three": (), "four": (int, float)
    }  # fmt: skip
    assert calls.check_arguments(function)(1, 2, 3, 4, 5, six=6) == 1
    with pytest.raises(un.ImpossibleValue, match=r"^four: expected a number, got None$"):
        calls.check_arguments(function)(1, 2, 3, four=None)
