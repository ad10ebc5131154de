"""Fields of one's own: what they take, that they never change, and what is never shown of them."""

import copy
import datetime as dt
import pickle
from decimal import Decimal
from enum import Enum, StrEnum

import attrs
import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from untoc_network.diagnostics.errors import IMPOSSIBLE
from untoc_network.testing.model_strategies import values
from untoc_network.values.extra import Extra, iter_extra_faults


class Standing(StrEnum):
    ACTIVE = "active"


class Rank(Enum):
    FIRST = 1


def nested(depth):
    return [nested(depth - 1)] if depth else "end"


@given(values(Extra))
def test_it_reads_like_the_mapping_it_was_made_from_and_is_one_value(extra):
    plain = extra.to_plain()
    again = Extra(plain)
    assert (again, hash(again), again.to_plain()) == (extra, hash(extra), plain)
    for twin in (pickle.loads(pickle.dumps(extra)), copy.copy(extra), copy.deepcopy(extra)):
        assert twin == extra
    assert [*extra] == sorted(plain)
    assert Extra.joined(extra.one_by_one().values()) == extra
    assert extra.with_texts(lambda text: text) is extra
    assert extra.find_fault() is None


def test_lists_are_tuples_and_nothing_in_it_can_be_set():
    extra = Extra({"coalition": {"tags": ["a", "b"], "desk": {"room": 4}}})
    assert extra["coalition"]["tags"] == ("a", "b")
    assert extra["coalition"]["desk"]["room"] == 4
    assert len(extra) == len(extra["coalition"]) - 1 == 1
    for held in (extra, extra["coalition"], extra["coalition"]["desk"]):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            held._items = {}
        with pytest.raises(TypeError):
            held["new"] = 1


def test_what_a_file_has_the_same_of_is_equal_and_what_it_has_otherwise_is_not():
    typed = Extra({"a": {"sum": Decimal("12.50"), "on": dt.date(2026, 1, 2), "is": Standing.ACTIVE}})
    assert typed == Extra({"a": {"sum": "12.50", "on": "2026-01-02", "is": "active"}})
    source = un.Source(id="s", title={"en": "S"}, kind="report", extra=typed)
    assert un.to_dict(source)["extra"] == typed.to_plain()
    assert un.Source(**un.to_dict(source)) == source
    assert typed.to_plain() == {"a": {"is": "active", "on": "2026-01-02", "sum": "12.50"}}
    assert Extra({"a": {"b": True}}) != Extra({"a": {"b": 1}})
    assert Extra({"a": {"b": 1}}) != {"a": {"b": 1}}


def test_repr_says_what_fields_there_are_and_nothing_of_what_they_hold():
    extra = Extra({"coalition": {"fee": 100, "note": "of A. Example"}, "other": {"x": {"y": "A. Example"}}})
    assert repr(extra) == "Extra(coalition: fee, note; other: x)"
    assert repr(extra["other"]) == "<x>"
    assert "extra" not in repr(un.Source(id="s", title=un.Text(en="S"), kind=un.SourceKind.REPORT, extra=extra))


@pytest.mark.parametrize(
    ("fields", "key", "path"),
    [
        (None, "extra-no-fields", ()),
        ({"a": 1}, "extra-no-fields", ("a",)),
        ({}, "extra-empty", ()),
        ({"a": {}}, "extra-empty", ("a",)),
        ({"a": {"b": []}}, "extra-empty", ("a", "b")),
        ({"a": {"b": [{}]}}, "extra-empty", ("a", "b", 0)),
        ({"a.b": {"c": 1}}, "extra-name", ("a.b",)),
        ({1: {"c": 1}}, "extra-name", (1,)),
        ({"a": {"": 1}}, "extra-name", ("a", "")),
        ({"a": {"b": {"c d": 1}}}, "extra-name", ("a", "b", "c d")),
        ({"a": {"b": 10**15}}, "extra-number", ("a", "b")),
        ({"a": {"b": Decimal("NaN")}}, "extra-number", ("a", "b")),
        ({"a": {"b": Decimal("1E+60")}}, "extra-number", ("a", "b")),
        ({"a": {"b": 1.5}}, "extra-value", ("a", "b")),
        ({"a": {"b": None}}, "extra-value", ("a", "b")),
        ({"a": {"b": Rank.FIRST}}, "extra-value", ("a", "b")),
        ({"a": {"b": dt.datetime(2026, 1, 2, tzinfo=dt.UTC)}}, "extra-value", ("a", "b")),
        ({"a": {"b": "\ud800"}}, "text-surrogate", ("a", "b")),
        ({"a": {"b": nested(9)}}, "extra-deep", ("a", "b", *[0] * 8)),
    ],
)
def test_what_no_file_could_carry_is_refused_by_its_place_and_without_its_value(fields, key, path):
    assert [(fault.key, fault.path) for fault in iter_extra_faults(fields)] == [(key, path)]
    with pytest.raises(un.ImpossibleValue) as refused:
        Extra(fields)
    assert str(refused.value) == IMPOSSIBLE[key]


def test_eight_lists_in_each_other_are_taken():
    assert Extra({"a": {"b": nested(8)}}).to_plain() == {"a": {"b": nested(8)}}


def test_one_that_was_made_past_its_constructor_is_found():
    empty = Extra({"a": {"b": 1}})
    object.__setattr__(empty, "_items", {})
    for broken, problem in ((empty, "extra-empty"), (object.__new__(Extra), "extra-empty")):
        source = un.Source(id="s", title=un.Text(en="S"), kind=un.SourceKind.REPORT, extra=broken)
        (finding,) = un.checked(source)
        assert (finding.code, finding.pointer, dict(finding.params)) == ("IO015", "/extra", {"problem": problem})


# -- texts in it -------------------------------------------------------------------------------------------------------


def test_every_value_is_a_text_with_its_path_and_names_are_texts_besides():
    extra = Extra({"coalition": {"fee": 100, "paid": True, "desk": {"who": ["A. Example", Standing.ACTIVE]}}})
    assert dict(extra.leaves()) == {
        ("coalition", "fee"): "100",
        ("coalition", "paid"): "true",
        ("coalition", "desk", "who", 0): "A. Example",
        ("coalition", "desk", "who", 1): "active",
    }
    names = [text for path, text in extra.texts() if (path, text) not in [*extra.leaves()]]
    assert names == ["coalition", "desk", "who", "fee", "paid"]


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"a": {"b": "A. Example", "c": "x"}}, {"a": {"b": "[…]", "c": "x"}}),
        ({"a": {"b": ["x", {"y": "A. Example"}]}}, {"a": {"b": ["x", {"y": "[…]"}]}}),
        ({"a": {"555": "x", "c": "x"}}, {"a": {"c": "x"}}),  # a name cannot be masked
        ({"a": {"b": 555, "c": 5}}, {"a": {"c": 5}}),  # no more can a number
        ({"555": {"b": "x"}}, None),
    ],
)
def test_texts_are_changed_and_what_cannot_be_goes(fields, left):
    def change(text):
        return text.replace("A. Example", "[…]").replace("555", "[…]")

    changed = Extra(fields).with_texts(change)
    assert (changed and changed.to_plain()) == left


def test_a_text_for_which_nothing_is_given_takes_its_field_along():
    assert Extra({"a": {"b": "x", "c": "y"}}).with_texts(lambda text: None if text == "x" else text) == Extra(
        {"a": {"c": "y"}}
    )


@given(st.data())
def test_a_value_that_stays_stays_the_same_object(data):
    extra = data.draw(values(Extra))
    assert extra.rewritten(lambda *field: field[-1]) is extra
    assert extra.rewritten(lambda *_: None) is None
