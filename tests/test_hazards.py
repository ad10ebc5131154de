"""The table of hazards is whole: every surface has a row, every row its tests and advice, every promise what holds it."""

import ast
import functools
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tools import build_hazards as hazards
from tools.build_hazards import ROOT, held_sentences, surfaces

ROWS = hazards.rows()
TESTS = hazards.named_tests()


@functools.cache
def functions_in(file):
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def is_there(test):
    file, name = test.partition("[")[0].split("::")
    return name.startswith("test_") and (ROOT / file).is_file() and name in functions_in(file)


def test_every_test_that_is_named_is_there():
    assert [test for test in TESTS if not is_there(test)] == []


@pytest.mark.parametrize("kind", surfaces())
def test_every_surface_has_a_row_and_there_is_no_row_of_another(kind):
    assert {name for row in ROWS if row.kind == kind for name in row.surfaces} == set(surfaces()[kind])


def spoken(advice):
    return re.findall(r"[^.]+(?:\.(?! )[^.]+)*\.(?: |$)", advice)


def test_a_row_says_what_came_of_it_and_where_it_does_not_hold_in_two_sentences_what_to_do():
    for row in ROWS:
        assert row.outcome in hazards.OUTCOMES
        assert bool(row.tests) is (row.outcome != "waits"), row.what
        assert len(spoken(row.advice)) == (0 if row.outcome == "holds" else 2), row.advice


def test_every_sentence_of_the_promises_names_what_holds_it():
    assert [one.said for one in held_sentences() if not one.tests] == []
    hidden = [one.said for one in held_sentences() if re.search(r"(?<!\*\*)\.\s+[A-Z`]", one.said)]
    assert hidden == [], "a sentence stands behind the note of the next"


def test_every_note_of_the_promises_is_used_once_written_and_names_tests():
    text = hazards.SECURITY.read_text("utf-8")
    written = re.findall(r"^\[\^([\w-]+)\]: `", text, re.MULTILINE)
    assert sorted(written) == sorted(set(re.findall(r"\[\^([\w-]+)\](?!:)", text)))


def test_the_page_is_what_rows_and_counts_give_and_every_test_was_counted():
    counts = hazards.read_counts()
    assert hazards.untold(counts, TESTS) == []
    assert sorted(counts) == TESTS
    assert hazards.PAGE.read_text("utf-8") == hazards.page(counts)


def test_cases_add_up_and_a_test_that_fell_counts_nothing():
    told = {
        "a.py::test_b[x]": 3,
        "a.py::test_b[y]": 4,
        "a.py::test_bc": 5,
        "a.py::test_d[x]": None,
        "a.py::test_d[y]": 1,
    }
    counted = {
        test: hazards.count_for(test, told) for test in ("a.py::test_b", "a.py::test_b[y]", "a.py::test_d", "a.py::x")
    }
    assert counted == {"a.py::test_b": 7, "a.py::test_b[y]": 4, "a.py::test_d": None, "a.py::x": None}
    assert hazards.untold(counted, counted) == ["a.py::test_d", "a.py::x"]


TRIED = """
import pytest
from hypothesis import given, settings, strategies as st

@pytest.mark.parametrize("one", [1, 2])
def test_cases(one): pass

@given(st.integers())
@settings_of(seven)
def test_property(number): pass

def test_loop(record_property): record_property("inputs", 12)

def test_each(subtests):
    for one in range(5):
        with subtests.test(one=one): pass

def test_one_of_them_fell(subtests):
    for one in range(5):
        with subtests.test(one=one): assert one != 2

def test_fell(): assert False

def test_left_out(): pytest.skip("x")
"""


def test_a_run_counts_cases_examples_and_what_a_test_says(tmp_path):
    seven = "settings" + "(max_" + "examples=7, database=None)"  # spelled so that no test sets its own number
    (tmp_path / "test_tried.py").write_text(TRIED.replace("settings_of(seven)", seven))
    command = [sys.executable, "-m", "pytest", "-q", "-n0", "-c/dev/null", "-p", "tools.count_inputs", "--inputs-to"]
    command += [str(tmp_path / "counts.json"), "--rootdir", str(tmp_path), str(tmp_path / "test_tried.py")]
    plain = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    assert subprocess.run(command, cwd=ROOT, env=plain, capture_output=True, check=False).returncode == 1
    told = json.loads((tmp_path / "counts.json").read_text())
    assert {Path(name).name.partition("::")[2]: number for name, number in told.items()} == {
        "test_cases[1]": 1,
        "test_cases[2]": 1,
        "test_property": 7,
        "test_loop": 12,
        "test_each": 5,
        "test_one_of_them_fell": None,
        "test_fell": None,
        "test_left_out": 0,
    }
