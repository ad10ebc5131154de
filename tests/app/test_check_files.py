"""Files checked together, as an embedding program asks for it: the report, how much was looked at, how it ends."""

import json

import pytest

import untoc_network as un
from untoc_network.app.check_files import choose_exit_code

ON = un.PartialDate("2026-01-02")
NGO = {"id": "xa", "name": {"en": "A"}, "kind": "ngo"}
WRONG = {"schema_version": 1, "organizations": [NGO | {"parent_id": "lost"}]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.json").write_text(json.dumps(WRONG))
    un.dump(un.Register(), "sound.json")
    lines = [{"schema_version": 1}, {"collection": "organizations", **WRONG["organizations"][0]}]
    (tmp_path / "wrong.ndjson").write_text("\n".join(map(json.dumps, lines)))
    return tmp_path


def test_several_files_give_one_report_and_one_exit_code(folder):
    checked = un.check_files(["sound.json", folder / "wrong.json"], on=ON)
    assert [finding.code for finding in checked.report.errors] == ["RF002"]
    assert (checked.exit_code, checked.summary.records, checked.summary.inputs) == (1, 1, 2)
    assert un.check_files(["sound.json"], on=ON).exit_code == 0


def test_what_cannot_be_opened_is_in_the_report_with_the_words_of_the_caller(folder):
    checked = un.check_files(["gone.json", "sound.json"], on=ON)
    assert checked.exit_code == 2
    assert [finding.location.file for finding in checked.report] == ["gone.json"]
    told = un.check_files(["gone.json"], on=ON, explain=lambda problem, path: f"{path}: {type(problem).__name__}")
    assert dict(told.report.findings[0].params) == {"problem": "UnreadableInput"}


def test_a_project_settles_rules_gravity_and_what_is_known(folder):
    assert un.check_files(["wrong.json"], on=ON, settings=un.settings.Configuration(fail_on="never")).exit_code == 0
    un.check_files(["wrong.json"], on=ON, baseline_to="known.json")
    checked = un.check_files(["wrong.json"], on=ON, settings=un.settings.Configuration(baseline="known.json"))
    assert (len(checked.report), checked.exit_code) == (0, 0)
    with pytest.raises(un.UnknownRule):
        un.check_files(["wrong.json"], on=ON, settings=un.settings.Configuration(select=("QQ999",)))


def test_a_stream_is_told_as_a_file_is(folder):
    streamed = un.check_files(["wrong.ndjson"], on=ON, stream=True)
    whole = un.check_files(["wrong.ndjson"], on=ON)
    assert streamed.report == whole.report
    assert streamed.summary == whole.summary


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_the_gravity_that_fails_is_the_callers(fail_on, code):
    finding = un.Finding(code="XX999", slug="x", severity=un.Severity.WARNING, message="m", location=un.Location())
    assert choose_exit_code(un.Report((finding,)), fail_on) == code
