"""How much is tried: scaled in one place, and everything in CI."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.measuring import _Measuring, count_example
from tests.profiles import measured_portion, portion, some, tries

ROOT = Path(__file__).parent.parent
TOLD = (
    "from hypothesis import settings; from tests.profiles import portion; print(settings().max_examples, portion(30))"
)


@pytest.mark.parametrize(("ci", "told"), [("true", "100 30"), ("", "5 2")])
def test_ci_tries_everything_and_others_a_twentieth(ci, told):
    ran = subprocess.run(
        [sys.executable, "-c", TOLD], cwd=ROOT, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"{told}\n"


def test_what_is_tried_seldom_is_tried_twice_and_never_more_than_it_says():
    assert [portion(most) for most in (1, 2, 3)][:2] == [1, 2]
    assert portion(3) in (2, 3)
    assert tries(1).max_examples == 1


def test_some_of_many_cases_are_all_in_ci_and_begin_with_the_first():
    assert some("a") == ["a"]
    assert some([]) == []
    chosen = some(range(140))
    assert chosen[0] == 0
    assert len(chosen) == portion(140)


def test_coverage_looks_at_a_tenth_of_the_examples(monkeypatch):
    told = []
    with monkeypatch.context() as patched:
        patched.setattr(_Measuring, "tracer", object())
        patched.setattr(_Measuring, "examples", 0)
        patched.setattr(sys, "settrace", told.append)
        for _ in range(portion(100)):
            count_example(portion(100))
    assert told == [None] * (portion(100) - 10)
    assert [measured_portion(portion(most)) for most in (1, 2, 100, 300)] == [
        1,
        2,
        min(10, portion(100)),
        min(30, portion(300)),
    ]


def test_no_test_says_by_itself_how_often_it_is_tried():
    fixed = re.compile(r"\bmax_examples=|\bsettings\(")
    others = [path for path in (ROOT / "tests").rglob("*.py") if path.name not in ("profiles.py", Path(__file__).name)]
    assert [path.name for path in others if fixed.search(path.read_text(encoding="utf-8"))] == []
