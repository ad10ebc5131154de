"""Every field is classified on purpose: here stands what each is, and a new one is missing here until somebody thought of it."""

from pathlib import Path

from tests.builders import nested_classes

from untoc_network.model.register import Register
from untoc_network.values.fields import Sensitivity, fields_of

CLASSIFIED = Path(__file__).with_name("classified.txt")


def of_the_model():
    """A line for each field of each class: its name, and its class unless that is public."""
    for cls in sorted(set(nested_classes(Register)), key=lambda cls: cls.__name__):
        for shape in fields_of(cls):
            yield f"{cls.__name__}.{shape.name} {shape.sensitivity.value}"


def test_every_field_is_classified_in_the_list_of_fields():
    """Think of who could be hurt, write the class into `about(...)`, and then the line into the list."""
    listed = CLASSIFIED.read_text("utf-8").splitlines()
    now = list(of_the_model())
    assert {"not classified": sorted(set(now) - set(listed)), "no longer there": sorted(set(listed) - set(now))} == {
        "not classified": [],
        "no longer there": [],
    }


def test_the_list_knows_only_the_classes_there_are():
    assert {line.split()[1] for line in CLASSIFIED.read_text("utf-8").splitlines()} <= {
        one.value for one in Sensitivity
    }
