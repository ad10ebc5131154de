"""Sound registers are sound, and documents that break one rule break that rule alone."""

import pytest
from hypothesis import given, strategies as st
from tests.profiles import portion, some, tries

import untoc_network as un
from untoc_network.rules.catalogue import ON_REQUEST
from untoc_network.testing import register_strategies, sound_registers, violating

ON = "2024-01-11"
NOT_BY_TEXT = {rule.code for rule in un.rules.catalogue() if rule.area in ("EX", "IC", "IM", "MG", "PO")} | {
    *(
        "IO010",
        "IO013",
        "IO018",
        "IO019",
        "IO020",
        "IO021",
        "IO030",
        "IO031",
        "IO032",
        "IO033",
        "IO034",
        "IO035",
        "IO036",
        "IO037",
        "IO038",
        "IO039",
        "IO041",
        "XX001",
        "XX005",
        "XX006",
    )
}
BREAKABLE = [rule.code for rule in un.rules.catalogue() if rule.code not in NOT_BY_TEXT]


@given(sound_registers())
@tries(1000)
def test_no_rule_finds_anything_in_a_thousand_sound_registers(register):
    assert [(hit.code, hit.pointer, hit.message) for hit in un.validate(register, on=ON)] == []


@pytest.mark.parametrize("code", some(BREAKABLE))
@given(data=st.data())
@tries(3)
def test_a_document_that_breaks_one_rule_has_no_other_error(code, data):
    register, report = un.reads(data.draw(violating(code)))
    if register is not None:
        rules = un.RuleSet(rules=un.rules.catalogue(), select=(code,) if code in ON_REQUEST else ())
        report = report.merge(un.validate(register, on="2026-11-24", rules=rules))
    assert code in {hit.code for hit in report}
    assert {hit.code for hit in report.errors} <= {code}


def test_rules_that_no_text_can_break_say_so(subtests):
    for code in sorted(NOT_BY_TEXT):
        with subtests.test(code):
            with pytest.raises(un.ImpossibleValue, match=f"no short JSON text breaks {code}"):
                violating(code)
            with pytest.raises(un.UnknownRule):
                violating("QQ001")


def test_documents_that_break_a_rule_stand_beside_six_registers_however_many_are_drawn(monkeypatch):
    made = []
    build = register_strategies._build_sound_register
    monkeypatch.setattr(
        register_strategies, "_build_sound_register", lambda *how, **more: made.append(how) or build(*how, **more)
    )
    register_strategies._list_sound_records.cache_clear()
    drawn = set()

    @tries(200, database=None)
    @given(violating("EV001"))
    def draw(text):
        drawn.add(text)

    draw()
    assert len(made) <= 6
    assert len(drawn) > portion(50)
