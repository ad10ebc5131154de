"""How much the generated tests try: everything in CI, and a twentieth of it where somebody waits.

`CI=true` chooses; `pytest --hypothesis-profile=ci` does so by hand.
"""

import os
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import HealthCheck, settings

__all__ = ["measured_portion", "portion", "some", "tries"]

T = TypeVar("T")
_ALL = 100
_LOCAL = 5
_MEASURED = 10
_FEWEST = 2
"""The first example is the simplest there is, and says little alone."""
_USUAL = settings(
    settings.get_profile("default"),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # how fast the machine is, is no matter of the code
)

settings.register_profile(
    "ci", _USUAL, max_examples=_ALL, derandomize=True, database=None, print_blob=True
)  # the same in every run, so that nobody's work fails for what it did not change
settings.register_profile("local", _USUAL, max_examples=_LOCAL)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def portion(most: int) -> int:
    """So many of the tries or rounds that a test has in CI are for this profile."""
    return min(most, max(_FEWEST, most * settings().max_examples // _ALL))


def some(cases: Iterable[T]) -> list[T]:
    """All of the cases in CI, and a twentieth of them, from the first on at even distances, where somebody waits."""
    every = [*cases]
    return every[:: max(1, len(every) // portion(len(every) or 1))]


def measured_portion(most: int) -> int:
    """At so many of the tries or rounds that a test has with these settings coverage looks: a tenth of those in CI."""
    return min(most, max(_FEWEST, most * _MEASURED // settings().max_examples))


def tries(most: int, **how: object) -> settings:
    """Settings for a property that is tried so many times in CI; each goes by its name in `hypothesis.settings`."""
    return settings(max_examples=portion(most), **how)
