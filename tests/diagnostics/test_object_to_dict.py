"""One serializer: what the library gives, as plain JSON types."""

import json

import attrs
import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm, to_dict
from untoc_network.serializers.structure.structuring import to_plain
from untoc_network.testing import registers


@pytest.mark.unmeasured
@given(registers())
@tries(100)
def test_a_record_has_the_form_in_which_files_hold_it(register):
    assert json.dumps(to_dict(register), sort_keys=True) == json.dumps(json.loads(un.dumps(register)), sort_keys=True)
    for record in register:
        assert to_dict(record) == to_plain(record)
        assert json.loads(json.dumps(to_dict(record))) == to_dict(record)


def test_what_is_plain_already_stays_so():
    assert to_dict([1, True, None, 2.5, "a", un.OrganizationKind.NGO, un.PartialDate("2024"), un.Text(en="A")]) == [
        *(1, True, None, 2.5, "a", "ngo", "2024", {"en": "A"})
    ]
    assert type(to_dict(un.OrganizationKind.NGO)) is type(to_dict(un.PartialDate("2024"))) is str


def test_what_has_no_plain_form_is_refused_by_its_class():
    with pytest.raises(un.ImpossibleValue, match=r"^object has no plain form$"):
        to_dict([object()])


@attrs.frozen
class _Inner:
    here: str
    there: str = attrs.field(default="secret", repr=False)


@attrs.frozen
class _Outer(HasPlainForm):
    inner: _Inner | None
    many: tuple[_Inner, ...] = ()

    plain_form = PlainForm("one=inner.here all=many.here many count", count=lambda outer: len(outer.many))


def test_a_table_renames_reaches_into_what_is_held_and_computes():
    held = _Inner("a")
    assert _Outer(held, (held, _Inner("b"))).to_dict() == {
        "one": "a",
        "all": ["a", "b"],
        "many": [{"here": "a"}, {"here": "b"}],
        "count": 2,
    }
    assert _Outer(None).to_dict() == {"one": None, "all": [], "many": [], "count": 0}
