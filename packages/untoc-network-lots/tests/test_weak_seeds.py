"""A seed that somebody could have chosen is told, and commitments are held against those that were published."""

import json
from collections import Counter

import pytest

import untoc_network_lots as lots
from untoc_network.cli.main import main
from untoc_network.diagnostics.findings import Severity
from untoc_network_lots.verification import _warn_of_seed

SECRETS = {"chair": "4f" * 32, "observer": "a0" * 32}
INPUTS = lots.packaged_inputs(on="2022-10-31")


@pytest.fixture(scope="module")
def drawn():
    return lots.draw(INPUTS, seed=lots.seed_of(SECRETS))


def codes_of(secrets):
    """The warnings on a seed that is made of these secrets."""
    return Counter(finding.code for finding in _warn_of_seed(lots.seed_of(secrets)))


def test_a_sound_draw_has_no_warning(drawn):
    assert list(lots.verify(drawn)) == []


@pytest.mark.parametrize("secret", ["", " ", "\t\n", "\u2003"])
def test_an_empty_secret_is_a_warning(secret):
    assert codes_of(SECRETS | {"chair": secret}) == {"LT025": 1}


def test_who_contributes_alone_can_choose():
    assert codes_of({"chair": "4f" * 32}) == {"LT025": 1}
    assert codes_of({"rehearsal": ""}) == {"LT025": 2}


@pytest.mark.parametrize(
    "name",
    [
        "Chair",
        "CHAIR",
        "ch\u0430ir",
        "\u0441hair",
        "cha\u00efr",
        "chair ",
        "ch air",
        "c-hair",
        "chalr",
        "cha1r",
        "\uff43hair",
        "ch\u03b1\u03b9r",
    ],
)
def test_names_that_look_alike_are_a_warning(name):
    assert codes_of(SECRETS | {name: "77" * 32}) == {"LT026": 1}


@pytest.mark.parametrize("name", ["chairs", "co-chair", "observer 2", "secretary", "議長", "!"])
def test_other_names_are_none(name):
    assert codes_of(SECRETS | {name: "77" * 32}) == {}


def test_the_published_commitments_are_held_against_the_record(drawn):
    published = {name: lots.commitment(name, secret) for name, secret in SECRETS.items()}
    assert lots.verify(drawn, commitments=published).ok
    for wrong in (
        {},
        {**published, "chair": lots.commitment("chair", "another")},
        {name: one for name, one in published.items() if name != "chair"},
        {**published, "third": "00"},
    ):
        report = lots.verify(drawn, commitments=wrong)
        assert {finding.code for finding in report} == {"LT027"}
        assert not report.ok


def test_on_the_command_line(drawn, tmp_path, capsys):
    record, published = tmp_path / "draw.json", tmp_path / "commitments.json"
    record.write_bytes(drawn.to_json())
    published.write_text(json.dumps({name: lots.commitment(name, secret) for name, secret in SECRETS.items()}))
    assert main(["lots", "verify", str(record), "--commitments", str(published)]) == 0
    published.write_text(json.dumps({"chair": "00"}))
    assert main(["lots", "verify", str(record), "--commitments", str(published)]) == 1
    assert "LT027" in capsys.readouterr().out
    for text in ("[]", '{"chair": 1}', "{"):
        published.write_text(text)
        assert main(["lots", "verify", str(record), "--commitments", str(published)]) == 2
        assert "expected a JSON object from names to commitments" in capsys.readouterr().err


def test_what_is_weak_is_no_error():
    report = lots.verify(lots.draw(INPUTS, seed="rehearsal"))
    assert report.ok
    assert {finding.severity for finding in report} == {Severity.WARNING}
