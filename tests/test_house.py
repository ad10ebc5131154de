"""The house of the tests mirrors that of the library, so that what holds a module is found where the module is."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LIBRARY = TESTS.parent / "src" / "untoc_network"
NO_ROOMS = {"fuzz", "second_day"}
"""What goes through the whole house."""

FILES = [
    path.relative_to(TESTS)
    for path in sorted(TESTS.rglob("test_*.py"))
    if path.parent != TESTS and path.relative_to(TESTS).parts[0] not in NO_ROOMS
]


def homes():
    """The rooms in which there is a module, or a folder, of each name."""
    found = defaultdict(set)
    for path in LIBRARY.rglob("*.py"):
        parts = path.relative_to(LIBRARY).parts
        if len(parts) > 1:
            found[path.parent.name if path.stem == "__init__" else path.stem].add(parts[0])
    return found


HOMES = homes()


@pytest.mark.parametrize("path", FILES, ids=str)
def test_each_test_stands_in_a_folder_of_the_library(path):
    assert (LIBRARY / path.parent).is_dir()


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_test_that_has_the_name_of_a_module_stands_in_its_room(path):
    rooms = HOMES.get(path.stem.removeprefix("test_"))
    assert rooms is None or path.parts[0] in rooms


def test_every_room_has_tests():
    rooms = {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
    assert rooms == {path.parts[0] for path in FILES}


def named_paths():
    """The paths that CONTRIBUTING.md names: of the repository, or within the library."""
    text = (TESTS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    words = (word for quoted in re.findall(r"`([^`\n]+)`", text) for word in quoted.split())
    return sorted({word for word in words if re.fullmatch(r"[\w.-]*/[\w./-]*", word)})


@pytest.mark.parametrize("path", named_paths())
def test_what_the_page_of_the_house_names_is_there(path):
    assert any((root / path).exists() for root in (TESTS.parent, TESTS, LIBRARY, *LIBRARY.iterdir()))


def test_the_page_of_the_house_names_every_room():
    assert {f"{path.parent.name}/" for path in LIBRARY.glob("*/__init__.py")} <= set(named_paths())
