"""Fields that nobody declared, through all that is done with a register: none is lost, and none is shown to more."""

import pytest
from hypothesis import given

import untoc_network as un
from tests.builders import organization, person
from tests.profiles import tries
from untoc_network.interop.registry import FORMS, export
from untoc_network.matching import diff, merge, merge_records, undo_merge
from untoc_network.privacy import erase, holdings, pseudonymise, view
from untoc_network.testing import registers
from untoc_network.testing.model_strategies import values

DAY = "2026-11-24"
PERSON = person("p-1", name="Zoraida Quintanilla")
OWN = un.Extra({"coalition": {"fee": 100, "tags": ["founder"]}})


def register_with(extra, *others):
    return un.Register(organizations=(organization("ngo", extra=extra), *others), persons=(PERSON,))


def own_fields(register):
    return {
        (record.id, *field): one
        for record in register
        for field, one in (record.extra.one_by_one() if record.extra else {}).items()
    }


@pytest.mark.parametrize("audience", ["public", "members"])
def test_nobody_beyond_the_internal_circle_sees_one_or_that_there_is_one(audience):
    seen = view(register_with(OWN), audience, DAY)
    (record,) = seen.register.organizations
    assert (record.extra, record.blanks) == (None, ())
    assert [(one.id, one.field, one.reason) for one in seen.redactions if one.field] == [("ngo", "extra", "internal")]


@tries(20)
@given(registers())
def test_no_view_shows_a_field_that_the_register_does_not_have(register):
    assert own_fields(view(register, "public", DAY).register) == {}
    held = view(register, "internal", DAY).register
    assert {key[1:] for key in own_fields(held)} <= {key[1:] for key in own_fields(register)}
    assert view(held, "internal", DAY).register == held


def test_the_internal_circle_sees_them_without_what_leads_to_somebody_who_is_withheld():
    said = {"coalition": {"fee": 100, "said": ["by Zoraida\u00ad Quintanilla"], "Quintanilla-Zoraida": 1}}
    seen = view(register_with(un.Extra(said)), "internal", DAY)
    assert seen.register.organizations[0].extra.to_plain() == {"coalition": {"fee": 100, "said": ["by […]"]}}
    assert ("ngo", "extra", "looks-personal") in {(one.id, one.field, one.reason) for one in seen.redactions}
    untouched = view(register_with(un.Extra({"a": {"b": "soft\u00adly"}})), "internal", DAY)
    assert untouched.register.organizations[0].extra == un.Extra({"a": {"b": "softly"}})
    alone = view(register_with(un.Extra({"a": {"Zoraida-Quintanilla": 1}})), "internal", DAY)
    assert alone.register.organizations[0].extra is None


@pytest.mark.parametrize("form", FORMS)
def test_no_form_for_other_tools_shows_them(form):
    register = register_with(un.Extra({"secretspace": {"secretname": "secretvalue"}}))
    assert b"secret" not in export(register, form, on=DAY).data


def test_erasing_a_person_masks_and_tells_them_there():
    said = {"coalition": {"said": "by Zoraida Quintanilla", "maybe": "Zoraida", "fee": 1}}
    register = register_with(un.Extra(said))
    assert {(one.path, one.how) for one in holdings(register, "p-1").held if one.record_id == "ngo"} == {
        ("extra.coalition.said", "mention"),
        ("extra.coalition.maybe", "doubt"),
    }
    done = erase(register, "p-1")
    assert done.register.organizations[0].extra.to_plain()["coalition"]["said"] == "by […]"
    assert ("ngo", "extra") in done.changed
    assert done.to_check == (("ngo", "extra.coalition.maybe"),)


def test_own_fields_of_a_person_are_held_and_go_with_the_person():
    mine = person("p-1", name="Zoraida Quintanilla", extra=un.Extra({"coalition": {"paid": True, "no": 7}}))
    register = un.Register(persons=(mine,))
    assert {(one.path, one.value) for one in holdings(register, "p-1").held} >= {
        ("extra.coalition.paid", "true"),
        ("extra.coalition.no", "7"),
    }
    assert own_fields(erase(register, "p-1").register) == own_fields(pseudonymise(register, bytes(32))) == {}


# -- merging -----------------------------------------------------------------------------------------------------------


def test_two_records_that_are_one_have_the_fields_of_both_and_what_contradicts_is_noted():
    other = organization("old", extra=un.Extra({"coalition": {"fee": 90, "since": "2019"}, "other": {"x": 1}}))
    merged = merge_records(register_with(OWN, other), "ngo", "old")
    (record,) = merged.register.organizations
    assert record.extra.to_plain() == {
        "coalition": {"fee": 100, "since": "2019", "tags": ["founder"]},
        "other": {"x": 1},
    }
    assert merged.unsettled == ("extra.coalition.fee",)
    assert [note.text for note in record.notes] == ["old: extra.coalition.fee: 90"]
    assert undo_merge(merged.register, merged.undo).register == register_with(OWN, other)


@tries(20)
@given(registers(), values(un.Extra) | values(un.Extra))
def test_no_merge_of_versions_loses_what_one_side_added(register, extra):
    ours = register_with(None).merged(register)[0] if "ngo" not in register.by_id else register_with(None)
    theirs = ours.with_replaced(organization("ngo", extra=extra))[0]
    for one, two in ((ours, theirs), (theirs, ours)):
        done = merge(ours, one, two)
        assert own_fields(done.register) == own_fields(theirs)
        assert done.conflicts == ()


def test_what_both_sides_did_is_put_together_field_by_field():
    base = register_with(un.Extra({"a": {"fee": 1, "gone": 2, "both": 3, "out": 4}}))
    ours = register_with(un.Extra({"a": {"fee": 5, "both": 6, "out": 7, "new": True}}))
    theirs = register_with(un.Extra({"a": {"fee": 1, "gone": 2, "both": 8}, "b": {"x": "y"}}))
    done = merge(base, ours, theirs)
    assert own_fields(done.register) == own_fields(
        register_with(un.Extra({"a": {"fee": 5, "both": 6, "out": 7, "new": True}, "b": {"x": "y"}}))
    )
    assert [(one.rule.code, one.field, one.public) for one in done.conflicts] == [
        ("MG001", "extra.a.both", False),
        ("MG002", "extra.a.out", False),
    ]
    assert merge(base, register_with(None), base).register == register_with(None)
    assert own_fields(merge(base, register_with(None), theirs).register).keys() == {
        ("ngo", "a", "both"),
        ("ngo", "b", "x"),
    }


def test_what_differs_is_told_field_by_field_and_no_value_of_it():
    before, after = (
        register_with(un.Extra({"a": {"b": 1, "c": 1, "e": 1}})),
        register_with(un.Extra({"a": {"b": True, "d": 1, "e": 1}})),
    )
    assert [(one.kind, one.id, one.field, one.params) for one in diff(before, after)] == [
        ("field-changed", "ngo", "extra.a.b", ()),
        ("field-cleared", "ngo", "extra.a.c", ()),
        ("field-set", "ngo", "extra.a.d", ()),
    ]
