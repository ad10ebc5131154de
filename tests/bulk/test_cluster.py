"""On workers of their own the check finds what it finds here, also where one of them is killed in the middle."""

import json
import os
import signal

import pytest

import untoc_network as un
from untoc_network.testing import invented_register

ON = "2026-11-24"
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def client():
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
        ) as workers,
        distributed.Client(workers) as found,
    ):
        yield found


@pytest.fixture
def path(tmp_path):
    register = invented_register(60)
    file = tmp_path / "some.ndjson"
    un.dump(register, file)
    with file.open("a") as stream:
        for number in range(30):
            record = {"id": f"unit-{number}", "kind": "unit", "name": {"en": "A unit"}, "parent_id": "lost"}
            stream.write(json.dumps({"collection": "organizations", "record": record}) + "\n")
    return file


def check_on(client, path, **how):
    """As `docs/how-to/check-on-a-cluster.md` has it."""
    how = {"jobs": 4, "on": ON} | how
    return un.bulk.check(path, run=lambda work, parts: map(client.gather, client.map(work, parts, pure=False)), **how)


def test_workers_find_the_same_also_where_one_is_killed(client, path, tmp_path):
    expected = list(un.bulk.check(path, on=ON))
    assert len(expected) == 60
    assert list(check_on(client, path)) == expected
    pids = client.run(os.getpid)
    killed = []

    def at_the_first_chunk(_done, _of):
        if not killed:
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    again = check_on(client, path, rules=un.RuleSet.default(), progress=at_the_first_chunk)
    assert list(again) == expected
    assert killed
    rules = [un.rules.get_rule("RF002"), un.rules.get_rule("SR001")]
    assert {finding.code for finding in check_on(client, path, rules=rules, jobs=1, on=None)} == {"RF002", "SR001"}
