"""Laws that every class of the model keeps."""

import copy
import pickle
import typing

import attrs
import pytest
from hypothesis import given, strategies as st

import untoc_network as un
from tests.builders import nested_classes
from tests.profiles import tries
from untoc_network.model.register import COLLECTIONS, Redirect, Register
from untoc_network.testing import objects, registers
from untoc_network.values.fields import Sensitivity, fields_of
from untoc_network.values.self_checked_classes import SelfChecked

CLASSES = sorted(set(nested_classes(Register)), key=lambda cls: cls.__name__)
every_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)


def test_every_public_class_of_the_model_is_in_the_register():
    homes = ("untoc_network.model.", "untoc_network.values.")
    public = {value for name in un.__all__ if attrs.has(value := getattr(un, name)) and isinstance(value, type)}
    of_the_model = {cls for cls in public if cls.__module__.startswith(homes)}
    outside = {un.Record, un.SourcedRecord, un.Change, un.Entry, un.TimeLimit, un.Extension, un.Label}
    assert of_the_model - outside == set(CLASSES)


def test_a_class_is_frozen_slotted_and_keyword_only(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            assert "__slots__" in vars(cls)
            assert not hasattr(cls, "__dict__") or "__dict__" not in cls.__slots__
            assert all(field.kw_only for field in attrs.fields(cls))
            assert cls.__setattr__ is not object.__setattr__


def test_a_class_has_nothing_that_a_compiled_decoder_would_skip(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            for field in attrs.fields(cls):
                assert field.converter is None
                assert field.alias == field.name
                assert not field.name.startswith("_")
                assert field.validator is None


def test_a_class_holds_its_constructor_to_the_types_of_its_fields(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            assert issubclass(cls, SelfChecked)
            assert cls.__attrs_post_init__ is SelfChecked.__attrs_post_init__ or cls is Register


def test_no_field_is_a_choice_between_two_classes(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            hints = typing.get_type_hints(cls)
            for hint in (hints[field.name] for field in attrs.fields(cls)):
                members = [part for part in typing.get_args(hint) if part not in (type(None), Ellipsis)]
                assert len(members) <= 1


def test_every_field_has_a_label_a_description_and_a_sensitivity(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            for shape in fields_of(cls):
                assert shape.label
                assert shape.description.endswith((".", "."))
                assert isinstance(shape.sensitivity, Sensitivity)


def test_what_is_personal_or_at_risk_is_left_out_of_repr(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            hidden = {Sensitivity.PERSONAL, Sensitivity.AT_RISK}
            fields = attrs.fields_dict(cls)
            for shape in fields_of(cls):
                if shape.sensitivity in hidden:
                    assert fields[shape.name].repr is False, shape.name


def test_an_id_is_the_first_thing_of_every_record():
    for cls in COLLECTIONS.values():
        assert "id" in {shape.name for shape in fields_of(cls) if shape.required}


@every_class
@given(data=st.data())
@tries(15)
def test_objects_hash_copy_and_pickle_by_value(cls, data):
    held = data.draw(registers(most=1) if cls is Register else objects(cls))
    for twin in (pickle.loads(pickle.dumps(held)), copy.deepcopy(held), attrs.evolve(held)):
        assert twin == held
        assert hash(twin) == hash(held)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(held, fields_of(cls)[0].name, None)


@given(register=registers(), seed=st.randoms(use_true_random=False))
@tries(20)
def test_a_register_is_the_same_whatever_order_its_records_came_in(register, seed):
    shuffled = {name: seed.sample(getattr(register, name), len(getattr(register, name))) for name in COLLECTIONS}
    twin = attrs.evolve(register, **{name: tuple(records) for name, records in shuffled.items()})
    assert twin == register
    assert un.dumps(twin) == un.dumps(register)


def test_redirects_are_no_collection_of_records():
    assert Redirect not in COLLECTIONS.values()
