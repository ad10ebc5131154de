"""`python -m benchmarks.changes`: a change through `Live` beside a whole validation, and the view after it beside all.

The register is the worst of its kind: one network has all organizations as members, states how many these are and has a
coordinator, and one source is cited by all records. Figures are the least of several rounds, in CPU milliseconds.
"""

from __future__ import annotations

import argparse
import operator
import time
from collections.abc import Callable, Mapping
from typing import Any

import attrs

import untoc_network as un
from untoc_network.testing import invented_register

ON = "2026-11-24"
SIZES = (1_000, 10_000, 100_000)
ONE = 70
"""The number of the organization that is changed, and of what belongs to it."""

HUBS = ("network, founded", "source, removed")
"""Changes that cost what names the record."""

Change = Callable[[un.Register], Mapping[str, Any]]


def replacing(record_id: str, **fields: Any) -> Change:
    """A record with other values."""
    return lambda register: {"replaced": [attrs.evolve(register[record_id], **fields)]}


def adding(record_id: str, **fields: Any) -> Change:
    """A record like another."""
    return lambda register: {"added": [attrs.evolve(register[record_id], **fields)]}


def removing(record_id: str) -> Change:
    """No record of that id."""
    return lambda _: {"removed": [record_id]}


CHANGES: Mapping[str, Change] = {
    "organization, name": replacing(f"organization-{ONE}", name={"en": "Another"}),
    "organization, name of another": replacing(f"organization-{ONE}", name={"en": "Organization 5"}),
    "organization, dissolved": replacing(f"organization-{ONE}", dissolved="2021"),
    "organization, parent misspelt": replacing(f"organization-{ONE}", parent_id="organization-x"),
    "organization, added": adding(f"organization-{ONE}", id="another", name={"en": "Another"}),
    "organization, removed": removing(f"organization-{ONE}"),
    "person, name": replacing(f"person-{ONE}", name="B. Example"),
    "membership, period": replacing(f"membership-{ONE}", period=None),
    "membership, added": adding(f"membership-{ONE}", id="another"),
    "event, kind": replacing(f"event-{ONE}", kind="workshop"),
    "network": replacing("network", name={"en": "Another"}),
    "network, founded": replacing("network", founded="2030"),
    "source": replacing("minutes", title={"en": "Another"}),
    "source, removed": removing("minutes"),
}


def make_register(organizations: int) -> un.Register:
    """The invented register, with all that makes its one network look at its members."""
    register = invented_register(organizations)
    counted = un.Count(value=organizations, qualifier="exact", unit="organizations", basis="members")
    network = attrs.evolve(register["network"], coordinator_ids=["organization-1"], stated_members=[counted])
    return attrs.evolve(register, networks=[network])


def least_milliseconds(run: Callable[[], object], rounds: int) -> float:
    """The least CPU time of some rounds."""

    def take() -> float:
        start = time.process_time()
        run()
        return time.process_time() - start

    return 1_000 * min(take() for _ in range(rounds))


def attempt(live: un.Live, change: Mapping[str, Any]) -> int:
    """A change, and what it introduces and resolves."""
    step = live.attempt(**change)
    return len(step.introduced) + len(step.resolved)


def measure(organizations: int, rounds: int = 5, *, hubs: bool = True) -> dict[str, float]:
    """Milliseconds of a whole validation, of the first `Live`, and of each change."""
    register = make_register(organizations)
    un.Live(make_register(2), on=ON)  # so that what is made once is made
    made: list[un.Live] = []
    found = {
        "validate": least_milliseconds(lambda: un.validate(attrs.evolve(register), on=ON), min(3, rounds)),
        "first Live": least_milliseconds(lambda: made.append(un.Live(register, on=ON)), 1),
    }
    (live,) = made
    for name in [one for one in CHANGES if hubs or one not in HUBS]:
        arguments = CHANGES[name](register)
        few = 1 if name in HUBS else rounds
        found[name] = least_milliseconds(lambda arguments=arguments: attempt(live, arguments), few)  # type: ignore[misc]
    return found


def measure_views(organizations: int, rounds: int = 5, *, withheld: int = 0) -> dict[str, float]:
    """Milliseconds of the view of all, of few records without a `Live`, and of the view after each change.

    So many persons, spread over the register, agreed to nothing.
    """
    register = make_register(organizations)
    every = organizations // withheld if withheld else 0
    persons = [
        attrs.evolve(one, consents=()) if every and place % every == 1 else one
        for place, one in enumerate(register.persons)
    ]
    register = attrs.evolve(register, persons=persons)
    ids = [f"organization-{ONE}"]
    found = {
        "view": least_milliseconds(lambda: un.privacy.view(attrs.evolve(register), "public", ON), min(3, rounds)),
        "view, only one": least_milliseconds(
            lambda: un.privacy.view(attrs.evolve(register), "public", ON, only=ids), min(3, rounds)
        ),
    }
    live = un.Live(register, on=ON)
    live.view("public")
    for name in CHANGES.keys() - set(HUBS):
        arguments = CHANGES[name](register)

        changed = iter([live.attempt(**arguments).accept() for _ in range(rounds)])
        found[name] = least_milliseconds(lambda changed=changed: next(changed).view("public"), rounds)  # type: ignore[misc]
    return found


def figures(organizations: int, rounds: int = 5, *, large: int | None = None) -> dict[str, Any]:
    """The dearest change as a share of a validation, and the first `Live` in validations.

    Where `large` is given, also each change in so many organizations, and how many times as much the dearest takes.
    """
    found = measure(organizations, rounds, hubs=False)
    more: dict[str, Any] = {}
    if large is not None:
        grown = measure(large, rounds, hubs=False)
        more["live_milliseconds"] = {organizations: found, large: grown}
        dearest = (max(at[name] for name in CHANGES.keys() & at.keys()) for at in (grown, found))
        more["live_change_growth"] = operator.truediv(*dearest)
    return more | {
        "live_change_share": largest_share(found),
        "live_first_validations": found["first Live"] / found["validate"],
        "live_view_share": largest_share(measure_views(organizations, rounds), "view"),
    }


def largest_share(found: Mapping[str, float], whole: str = "validate") -> float:
    """The dearest change of a record that is no hub, as a share of a whole validation, or of a whole view."""
    return max(taken for name, taken in found.items() if name in CHANGES and name not in HUBS) / found[whole]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changes", description=__doc__)
    parser.add_argument("--withheld", type=int, default=0, help="persons who agreed to nothing, for the views")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="organizations of the largest register")
    chosen = parser.parse_args()
    sizes = [size for size in SIZES if size <= chosen.most]
    found = {size: measure(size) for size in sizes}
    print(f"{'milliseconds, at organizations':<40}", *(f"{size:>12,}" for size in sizes))
    for name in found[sizes[0]]:
        print(f"{name:<40}", *(f"{found[size][name]:>12,.3f}" for size in sizes))
    print(
        f"{'first Live, validations':<40}",
        *(f"{found[size]['first Live'] / found[size]['validate']:>12,.2f}" for size in sizes),
    )
    print(
        f"{'dearest change, 1/x of a validation':<40}", *(f"{1 / largest_share(found[size]):>12,.0f}" for size in sizes)
    )
    views = {size: measure_views(size, withheld=chosen.withheld) for size in sizes}
    for name in views[sizes[0]]:
        title = f"view after: {name}" if name in CHANGES else name
        print(f"{title:<50}", *(f"{views[size][name]:>12,.3f}" for size in sizes))
    print(
        f"{'dearest view after a change, 1/x of a view':<50}",
        *(f"{1 / largest_share(views[size], 'view'):>12,.0f}" for size in sizes),
    )


if __name__ == "__main__":
    main()
