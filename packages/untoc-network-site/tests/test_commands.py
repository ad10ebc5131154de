"""`publish --site` on the command line."""

import json

import attrs
import pytest
from tests.builders import membership, network, organization

import untoc_network as un
from untoc_network.cli.main import main


@pytest.fixture
def register(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    un.dump(un.example(), tmp_path / "register.json")
    return "register.json"


def call(capsys, *words):
    code = main(["publish", *words, "--audience", "public", "--on", "2024-12-31"])
    told = capsys.readouterr()
    assert told.out == ""
    return code, told.err


def test_a_site_is_built_and_built_again(register, tmp_path, capsys):
    more = (
        "--site",
        "--languages",
        "en,fr",
        "--title",
        "Our net",
        "--base-url",
        "https://example.org",
        "--forms",
        "json",
    )
    code, told = call(capsys, register, "out", *more)
    assert code == 0
    assert " files of the site written, 0 unchanged, 0 removed; " in told
    page = (tmp_path / "out/fr/data/index.html").read_text("utf-8")
    assert "Our net" in page
    assert "register.json" in page
    assert "datapackage" not in page
    code, told = call(capsys, register, "out", *more, "--redactions", "left.json")
    assert code == 0
    assert "untoc-network: 0 files of the site written, " in told
    assert json.loads((tmp_path / "left.json").read_text())["redactions"]


def test_what_has_an_error_is_not_built(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    un.dump(un.Register(networks=(un.Network(id="net", name={"en": "Net"}, kind="regional"),)), "register.json")
    code, told = call(capsys, "register.json", "out", "--site")
    assert code == 1
    assert "nothing was written" in told
    assert not (tmp_path / "out").exists()


def test_an_option_of_the_site_alone_is_told(register, capsys):
    code, told = call(capsys, register, "out", "--base-url", "https://example.org")
    assert (code, told) == (2, "untoc-network: --base-url goes with --site\n")


def test_what_may_not_be_shown_any_more_goes_where_the_site_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    bodies = tuple(organization(name) for name in ("one", "two"))
    held = un.Register(organizations=bodies, networks=(network(),), memberships=(membership("one"), membership("two")))
    assert un.site.build(held, "out", on="2024-12-31", rules=un.RuleSet(rules=())).ok
    un.dump(attrs.evolve(held, organizations=(bodies[0], attrs.evolve(bodies[1], at_risk=True))), "register.json")
    code, told = call(capsys, "register.json", "out", "--site")
    assert code == 1
    assert "nothing was written; " in told
    assert " files of the earlier website removed, which could show what may not be shown any more; " in told
    assert not (tmp_path / "out/en/organization/two.html").exists()
    page = tmp_path / "out/es/organization/one.html"
    page.unlink()
    page.mkdir()
    un.dump(attrs.evolve(held, organizations=()), "register.json")
    code, told = call(capsys, "register.json", "out", "--site", "--templates", "nowhere")
    assert code == 2
    assert "there is no such folder; files of the earlier site that were removed, which could show" in told
    code, told = call(capsys, "register.json", "out", "--site")
    assert "1 file of the earlier website could not be removed and may show what may not be shown any more" in told
