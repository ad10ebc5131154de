"""The house of the tests mirrors that of the library, so that what holds a module is found where the module is."""

import re
from collections import defaultdict
from pathlib import Path

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


def test_each_test_stands_in_a_folder_of_the_library():
    assert [path for path in FILES if not (LIBRARY / path.parent).is_dir()] == []


def test_a_test_that_has_the_name_of_a_module_stands_in_its_room():
    rooms = {path: HOMES.get(path.stem.removeprefix("test_"), path.parts[0]) for path in FILES}
    assert [path for path in FILES if path.parts[0] not in rooms[path]] == []


def test_every_room_has_tests():
    rooms = {path.parent.name for path in LIBRARY.glob("*/__init__.py")}
    assert rooms == {path.parts[0] for path in FILES}


def named_paths():
    """The paths that CONTRIBUTING.md names: of the repository, or within the library."""
    text = (TESTS.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    words = (word for quoted in re.findall(r"`([^`\n]+)`", text) for word in quoted.split())
    return sorted({word for word in words if re.fullmatch(r"[\w.-]*/[\w./-]*", word)})


def test_what_the_page_of_the_house_names_is_there():
    roots = (TESTS.parent, TESTS, LIBRARY, *LIBRARY.iterdir())
    assert [path for path in named_paths() if not any((root / path).exists() for root in roots)] == []


def test_the_page_of_the_house_names_every_room():
    assert {f"{path.parent.name}/" for path in LIBRARY.glob("*/__init__.py")} <= set(named_paths())
