"""On workers of their own the check finds what it finds here, also where one of them is killed in the middle."""

import builtins
import json
import os
import signal

import polars as pl
import pytest

import untoc_network as un
from untoc_network.bulk import cluster
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


def test_workers_find_the_same_also_where_one_is_killed(client, path, tmp_path):
    expected = list(un.bulk.check(path, on=ON))
    assert len(expected) == 60
    assert list(cluster.check_on(client, path, on=ON)) == expected
    pids = client.run(os.getpid)
    killed = []

    def at_the_first_chunk(_done, _of):
        if not killed:
            killed.append(next(iter(pids.values())))
            os.kill(killed[0], signal.SIGKILL)

    again = cluster.check_on(client, path, on=ON, rules=un.RuleSet.default(), progress=at_the_first_chunk)
    assert list(again) == expected
    assert killed
    rules = [un.get_rule("RF002"), un.get_rule("SR001")]
    assert {finding.code for finding in cluster.check_on(client, path, rules=rules, jobs=1)} == {"RF002", "SR001"}


def test_findings_become_a_table(path, tmp_path):
    report = un.bulk.check(path, on=ON)
    cluster.write_findings(report, tmp_path / "findings.parquet")
    table = pl.read_parquet(tmp_path / "findings.parquet")
    assert table.height == len(report)
    assert table["code"].to_list() == [finding.code for finding in report]
    assert table.schema["line"] == pl.Int64
    cluster.write_findings(un.Report(), tmp_path / "none.parquet")
    assert pl.read_parquet(tmp_path / "none.parquet").columns == table.columns


def test_without_polars_one_line_says_what_to_install(tmp_path, monkeypatch):
    importing = builtins.__import__

    def refusing(name, *rest):
        if name == "polars":
            raise ImportError(name)
        return importing(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(un.MissingExtra, match=r"untoc-network\[cluster\]"):
        cluster.write_findings(un.Report(), tmp_path / "x.parquet")
