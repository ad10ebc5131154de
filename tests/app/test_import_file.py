"""Whatever comes from elsewhere, by its suffix."""

import json

import pytest

import untoc_network as un
from untoc_network.app.import_file import choose_import_exit_code


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text("Name,Country\nRefuge,XA\n,XB\n")
    (tmp_path / "people.json").write_text(json.dumps({"organizations": [{"id": "o1", "name": "Casa"}]}))
    (tmp_path / "empty.csv").write_text("")
    un.dump(un.Register(), "register.json")
    return tmp_path


def test_a_list_and_what_another_tool_wrote_are_imported_alike(folder):
    listed = un.import_file("list.csv")
    assert [one.name.best() for one in listed.register.organizations] == ["Refuge"]
    assert choose_import_exit_code(listed) == 1
    mapping = un.member_lists.SheetMapping(list="office", language="es")
    brought = un.import_file("people.json", form="popolo", mapping=mapping, existing=listed.register)
    assert [one.name.best() for one in brought.register.organizations] == ["Casa", "Refuge"]
    assert dict(brought.register["o1"].name) == {"es": "Casa"}
    assert "office" in {one.name for one in brought.register.lists}
    assert choose_import_exit_code(brought) == 0


def test_nothing_to_import_ends_with_two(folder):
    assert choose_import_exit_code(un.import_file("empty.csv")) == 2


def test_a_register_is_no_list(folder):
    with pytest.raises(un.UnsupportedFormat, match=r"register.json: this file is a register already, and no list"):
        un.import_file("register.json")
