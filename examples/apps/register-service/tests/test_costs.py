"""What a request costs, counted in calls of functions: the work of a change is that of what it touches."""

import itertools
import sys
from functools import partial

import pytest
from register_service.access import ANYBODY, Caller
from register_service.desk import make_tag

import untoc_network as un
from untoc_network.testing import invented_register

WRITER = Caller(id="office-2", audience=un.Audience.INTERNAL, writes=True)
ON = "2026-11-24"
SIZE = 500
AT_10_000 = 10_000 / SIZE
"""How much more the whole of 10,000 organizations takes; what a change takes does not grow, as is shown here too."""


def count_calls(do):
    """How many functions of Python and of C are called; the collector of garbage may add a few."""
    number = itertools.count()
    sys.setprofile(lambda _frame, event, _: next(number) if event in ("call", "c_call") else None)
    try:
        do()
    finally:
        sys.setprofile(None)
    return next(number)


@pytest.fixture
def desk(make_service):
    service = make_service(invented_register(SIZE))
    for caller in (ANYBODY, WRITER):
        service.desk.see(caller)
    return service.desk


def patch(desk, number, year):
    key = f"organization-{number}"
    tag = make_tag(desk.see(WRITER).find(un.Organization, key))
    return desk.patch(WRITER, un.Organization, key, f'{{"founded": "{year}"}}'.encode(), tag)


def test_a_change_takes_a_hundredth_of_what_loading_and_checking_all_takes(desk):
    data = un.dumps(desk.see(WRITER).live.register)
    whole = count_calls(lambda: un.Live(un.loads(data), on=ON).report)
    for number in range(3):
        patch(desk, number, 1990)  # what is compiled and indexed once
    calls = sorted(count_calls(partial(patch, desk, 4 * number, 1900 + number)) for number in range(100))
    assert calls[98] * 100 <= whole * AT_10_000
    assert calls[98] <= calls[50] * 2


def test_what_a_change_and_a_look_take_does_not_grow_with_the_register(make_service):
    counted = []
    for size in (100, 1000):
        desk = make_service(invented_register(size), f"of-{size}").desk
        change, look = partial(patch, desk, 5), partial(desk.see, ANYBODY)
        for year in range(1950, 1953):  # what is compiled and indexed once
            change(year)
            look()
        calls = [(count_calls(partial(change, year)), count_calls(look)) for year in range(1960, 1963)]
        counted.append([min(one) for one in zip(*calls, strict=True)])
    (small_patch, small_look), (large_patch, large_look) = counted
    assert large_patch <= small_patch * 1.1
    assert large_look <= small_look * 1.1


def test_a_look_after_a_change_takes_a_hundredth_of_a_whole_view(desk):
    whole = count_calls(lambda: un.privacy.view(desk.see(WRITER).live.register, "public", ON))
    for number in range(3):
        patch(desk, number, 1990)
        desk.see(ANYBODY)
    patch(desk, 5, 1999)
    assert count_calls(lambda: desk.see(ANYBODY).find(un.Organization, "organization-5")) * 100 <= whole * AT_10_000
