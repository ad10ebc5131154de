"""The public face: lazy, complete, and honest about what it does not have."""

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from tools import build_stub

import untoc_network as un
import untoc_network.pydantic as un_pydantic
from untoc_network.values import ids_and_codes as ids


def test_every_public_name_resolves():
    assert [name for name in un.__all__ if getattr(un, name) is None] == []
    assert set(un.__all__) <= set(dir(un))


def test_public_names_are_listed_once_and_in_order():
    assert un.__all__[0] == "__version__"
    assert un.__all__[1:] == sorted(set(un.__all__[1:]))


def test_every_home_lists_the_name_as_public():
    for module, names in un._HOMES.items():
        home = __import__(f"untoc_network.{module}", fromlist=["__all__"])
        assert set(names) <= set(home.__all__)


def test_each_public_name_means_one_thing():
    meanings = defaultdict(dict)
    for room in (un, un.lots, *(getattr(un, name) for name in un._ROOMS)):
        for name in room.__all__:
            meanings[name][id(getattr(room, name))] = room.__name__
    assert not [(name, *rooms.values()) for name, rooms in meanings.items() if len(rooms) > 1]


def test_type_checkers_are_told_the_same():
    stubs = ((un, build_stub.stub()), (ids, build_stub.ids_stub()), (un_pydantic, build_stub.pydantic_stub()))
    for module, text in stubs:
        there = ast.parse(Path(module.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
        assert ast.dump(there) == ast.dump(ast.parse(text))


def test_an_unknown_name_is_an_attribute_error_that_names_it():
    with pytest.raises(AttributeError, match=r"^module 'untoc_network' has no attribute 'Organisation'$"):
        _ = un.Organisation


def test_a_name_is_loaded_once_and_kept():
    un.__dict__.pop("Text", None)
    first = un.Text
    assert vars(un)["Text"] is first


def test_importing_loads_no_submodule_and_no_dependency():
    code = "import sys, untoc_network; print([m for m in sys.modules if m.split('.')[0] in ('attrs','attr','cattrs','pendulum') or m.startswith('untoc_network.')])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("room", un._ROOMS)
def test_a_room_is_loaded_when_it_is_first_asked_for(room):
    assert un.__getattr__(room) is sys.modules[f"untoc_network.{un._ROOMS[room]}"]


def test_a_companion_is_an_attribute_where_it_is_installed(monkeypatch):
    assert un.lots.__name__ == "untoc_network_lots"
    assert "lots" not in un.__all__
    monkeypatch.setitem(sys.modules, "untoc_network_lots", None)
    with pytest.raises(un.MissingExtra) as missing:
        _ = un.lots
    assert str(missing.value) == (
        "for the drawing of lots, untoc-network-lots is needed; in a copy of the library: pip install ./packages/untoc-network-lots"
    )


def test_what_a_companion_itself_misses_is_not_taken_for_the_companion(monkeypatch):
    def without(name):
        raise ModuleNotFoundError(f"No module named '{name}.part'", name=f"{name}.part")

    monkeypatch.setattr(un.importlib, "import_module", without)
    with pytest.raises(ModuleNotFoundError, match=r"untoc_network_lots\.part"):
        _ = un.lots


@pytest.mark.parametrize("room", ["process", "reference"])
def test_a_room_that_loads_some_names_later_has_no_others(room):
    with pytest.raises(AttributeError, match=f"^module 'untoc_network.{room}' has no attribute 'nothing'$"):
        _ = getattr(un, room).nothing
    assert all(getattr(getattr(un, room), name) is not None for name in getattr(un, room).__all__)
