"""What is known of a field besides its type."""

import typing

import attrs
import pytest
from tests.builders import nested_classes

import untoc_network as un
from untoc_network.values.fields import FieldShape, Sensitivity, about, fields_of, map_type_hints, nested_class


@attrs.frozen(kw_only=True)
class Leaf:
    name: str = attrs.field(metadata=about("Name", "A name.", Sensitivity.PERSONAL))


@attrs.frozen(kw_only=True)
class Tree:
    leaves: tuple[Leaf, ...] = attrs.field(default=(), metadata=about("Leaves", "Its leaves."))
    crown: Leaf | None = attrs.field(default=None, metadata=about("Crown", "Its crown."))


def shape(**more):
    plain = {"many": False, "optional": False, "required": False, "sensitivity": Sensitivity.PUBLIC}
    return FieldShape(**(plain | more))


@pytest.mark.parametrize(
    ("cls", "shapes"),
    [
        (
            Tree,
            (
                shape(name="leaves", type=Leaf, many=True, label="Leaves", description="Its leaves."),
                shape(name="crown", type=Leaf, optional=True, label="Crown", description="Its crown."),
            ),
        ),
        (
            Leaf,
            (
                shape(
                    name="name",
                    type=str,
                    required=True,
                    label="Name",
                    description="A name.",
                    sensitivity=Sensitivity.PERSONAL,
                ),
            ),
        ),
    ],
)
def test_fields_are_told_by_the_type_of_one_value(cls, shapes):
    assert fields_of(cls) == shapes


def test_a_nested_class_is_what_the_field_holds():
    assert [nested_class(field) for field in fields_of(Tree)] == [Leaf, Leaf]
    assert [nested_class(field) for field in fields_of(Leaf)] == [None]


@pytest.mark.parametrize("cls", [Tree, *nested_classes(un.Register)], ids=lambda cls: cls.__name__)
def test_types_are_those_that_typing_gives(cls):
    assert map_type_hints(cls) == typing.get_type_hints(cls)
