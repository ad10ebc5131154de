"""A register lived with for years: whatever comes in, in whatever order, what people decided holds."""

import importlib.util
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis.stateful import run_state_machine_as_test

import untoc_network as un
from tests.profiles import tries
from tests.second_day.decisions import PROMISES, ParseAborted, Word
from tests.second_day.life import Office
from tests.second_day.machine import YEARS, SecondDays
from tests.second_day.world import BODIES, OFFICE, PARTNER, ROSTER, Sheet

ROOT = Path(__file__).parent.parent.parent
_SPEC = importlib.util.spec_from_file_location("second_day", ROOT / "docs/second_day.py")
SCRIPT = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(SCRIPT)


@pytest.mark.unmeasured
def test_what_was_decided_holds_through_random_years():
    run_state_machine_as_test(
        SecondDays, settings=tries(YEARS, stateful_step_count=15, suppress_health_check=list(HealthCheck))
    )


def imported(*names):
    """An office that imported these lists, with the consents of all bodies and persons in them."""
    office = Office()
    for name in names:
        sheet = Sheet(name, BODIES)
        for row in sheet.rows:
            if name == OFFICE:
                sheet.set_consent(row, "public", "2025-03-01")
            if name == ROSTER and row["person"]:
                sheet.set_person_consent(row, "public", "2025-03-01")
        office.import_sheet(sheet, "the first time")
    return office


def test_what_was_agreed_to_is_shown_so_that_the_promises_are_not_kept_by_hiding_everything():
    office = imported(OFFICE, PARTNER, ROSTER)
    seen = office.shown()["public"]
    assert {"casa-de-luz", "red-orilla"} <= seen.records.keys()
    assert "oficina@quelonio.example.org" in seen.folded
    assert "ana ejemplo" in seen.folded
    office.withdraw(next(one for one, owner in office.ledger.owner.items() if owner == "ana"))
    assert "ana ejemplo" not in office.shown()["public"].folded


def test_what_is_broken_is_told_with_the_diary():
    office = imported(OFFICE)
    office.withdraw("casa-de-luz")
    office.register = un.Register(
        organizations=tuple(
            one if one.id != "casa-de-luz" else un.Organization(id=one.id, name=one.name, kind=one.kind)
            for one in office.register.organizations
        ),
        persons=office.register.persons,
        sources=office.register.sources,
    )
    with pytest.raises(ParseAborted, match="2026-01-03 publish") as broken:
        office.publish()
    assert broken.value.promise in PROMISES
    assert "withdraw casa-de-luz" in str(broken.value)


@pytest.mark.parametrize(
    ("word", "day", "reach"),
    [
        (Word(), "2026-01-02", "nobody"),
        (Word().given(1, "public", "2026-01-01"), "2026-01-02", "public"),
        (Word().given(1, "public", "2026-01-01").narrowed(), "2026-01-02", "members"),
        (Word().given(1, "public", "2026-01-01").changed(withdrawn="2026-01-02"), "2026-01-02", "nobody"),
        (Word().given(1, "public", "2026-01-01").changed(until="2026-01-02"), "2026-01-02", "public"),
        (Word().given(1, "public", "2026-01-01").changed(until="2026-01-02"), "2026-01-03", "nobody"),
        (
            Word().given(1, "public", "2026-01-01").changed(withdrawn="2026-01-02").given(2, "public", "2026-01-02"),
            "2026-01-03",
            "nobody",
        ),
        (
            Word().given(1, "public", "2026-01-01").changed(withdrawn="2026-01-02").given(2, "members", "2026-01-03"),
            "2026-01-03",
            "members",
        ),
    ],
)
def test_the_oracle_reads_a_card_as_people_do(word, day, reach):
    assert word.at(day) == reach


def test_the_page_of_what_holds_is_what_the_run_gives():
    assert SCRIPT.page() == SCRIPT.PAGE.read_text(encoding="utf-8")
