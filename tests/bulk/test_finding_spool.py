"""Findings come line by line in the order of the file, however many there are and whatever memory holds of them."""

import random

import pytest
from tests.builders import finding

from untoc_network.bulk import finding_spool
from untoc_network.bulk.finding_spool import FindingSpool, SpooledFinding


@pytest.fixture
def tiny(monkeypatch):
    monkeypatch.setattr(finding_spool, "RUN", 10)
    monkeypatch.setattr(finding_spool, "BATCH", 3)


@pytest.mark.parametrize("number", [0, 1, 9, 10, 11, 30, 95])
def test_what_is_taken_in_in_any_order_comes_line_by_line(tiny, number):
    lines = [line // 2 for line in range(number)]
    random.Random(number).shuffle(lines)
    spool = FindingSpool()
    spool.add(SpooledFinding(line, ("events", line), finding(message=str(at)), line) for at, line in enumerate(lines))
    groups = [*spool.lines()]
    assert [one.line for group in groups for one in group] == sorted(lines)
    assert [len({one.line for one in group}) for group in groups] == [1] * len(set(lines))
    assert {one.finding.message for group in groups for one in group} == {str(at) for at in range(number)}


def test_what_waits_in_a_file_is_gone_once_it_is_read_or_given_up(tiny):
    spool = FindingSpool()
    spool.add(SpooledFinding(line, (), finding(), 0) for line in range(25))
    file = spool._file
    lines = spool.lines()
    next(lines)
    assert not file.closed
    lines.close()
    assert file.closed
