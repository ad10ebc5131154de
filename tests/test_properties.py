"""What holds for every register and every text whatsoever."""

import json
import random

import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from tests.profiles import tries
from untoc_network.testing import registers

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=30,
)
REGISTER_KEYS = st.sampled_from(
    ["schema_version", "organizations", "persons", "events", "sources", "redirects", "title"]
)
RECORD_KEYS = st.sampled_from(
    ["id", "name", "kind", "sources", "seat", "contacts", "links_to", "claims", "starts", "x"]
)
NEARLY_REGISTERS = st.dictionaries(
    REGISTER_KEYS,
    st.just(1) | ANY_JSON | st.lists(st.dictionaries(RECORD_KEYS, ANY_JSON, max_size=6), max_size=3),
    max_size=6,
)


@given(registers())
@tries(60)
def test_what_is_valid_comes_back_equal_and_byte_for_byte(register):
    data = un.dumps(register)
    again = un.loads(data)
    assert again == register
    assert un.dumps(again) == data


@given(registers(), st.sampled_from([None, 1, "\t"]))
@tries(20)
def test_layout_and_order_of_keys_do_not_matter(register, indent):
    document = json.loads(un.dumps(register))
    loose = json.dumps(dict(reversed(document.items())), indent=indent)
    assert un.loads(loose) == register


def judged(data):
    register, report = un.reads(data)
    if register is not None:
        report = report.merge(un.validate(register, on="2026-11-24"))
        assert not [finding for finding in report if finding.code == "XX001"]
    return register, report


@given(ANY_JSON | NEARLY_REGISTERS)
@tries(300)
def test_reading_and_judging_any_json_raises_nothing(document):
    register, report = judged(json.dumps(document))
    if any(finding.code.startswith("IO") for finding in report.errors):
        with pytest.raises(un.InvalidDocument):
            un.loads(json.dumps(document))
    else:
        assert un.loads(json.dumps(document)) == register


@given(st.binary(max_size=200) | st.text(max_size=200))
@tries(300)
def test_reading_anything_at_all_raises_nothing(data):
    register, report = judged(data)
    assert not report.ok or un.loads(un.dumps(register)) == register


def _broken_somewhere(document, draw):
    """The document with one value, wherever it stands, replaced by another."""
    holder, key = None, None
    here = document
    while isinstance(here, (dict, list)) and here and (holder is None or draw(st.integers(0, 3))):
        holder = here
        key = draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        here = here[key]
    holder[key] = draw(ANY_JSON)
    return document


@given(registers(most=2), st.data())
@tries(80)
def test_one_broken_value_never_raises_and_is_placed_on_its_line(register, data):
    document = _broken_somewhere(json.loads(un.dumps(register)), data.draw)
    text = json.dumps(document, indent=1)
    _, report = judged(text)
    lines = text.splitlines()
    for finding in report:
        if finding.pointer:
            assert finding.line is not None
            last = finding.path[-1]
            spot = lines[finding.line - 1][finding.column - 1 :]
            assert spot
            assert spot[0] not in " ,:" or last.isdigit()


@given(registers())
@tries(40)
def test_judging_is_pure_and_ordered(register):
    before = un.dumps(register)
    first = un.validate(register, on="2026-11-24")
    rules = list(un.rules.catalogue())
    random.Random(1).shuffle(rules)
    assert un.validate(register, on="2026-11-24", rules=rules) == first
    assert un.dumps(register) == before
    assert list(first) == sorted(first, key=lambda finding: list(first).index(finding))
    assert un.validate(un.loads(before), on="2026-11-24") == first


@given(registers())
@tries(40)
def test_findings_on_what_was_read_stand_where_the_register_has_them(register):
    plain = un.validate(register, on="2026-11-24")
    read, report = un.reads(un.dumps(register))
    placed = report.merge(un.validate(read, on="2026-11-24"))
    shape = {finding.code for finding in report}
    assert shape <= {"IO014", "IO040"}  # a period of which nothing is known; own fields that nobody declared
    assert sorted((f.code, f.pointer) for f in placed if f.code not in shape) == sorted(
        (f.code, f.pointer) for f in plain
    )
    assert all(finding.line is not None for finding in placed)
