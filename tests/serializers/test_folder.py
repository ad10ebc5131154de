"""A folder that is read: as it was at one moment, and nothing in it that might not end."""

import io
import os
import sys

import pytest

import untoc_network as un
from untoc_network.serializers import folder


def register(tag):
    title = un.Text(en=tag)
    return un.Register(
        title=title,
        organizations=(un.Organization(id="o", name=title, kind=un.OrganizationKind.NGO),),
        sources=(un.Source(id="m", title=title, kind=un.SourceKind.DOCUMENT),),
    )


def between(monkeypatch, act):
    """Let something happen before each file is read."""
    read, files = folder.read_limited, []

    def read_limited(name, limits):
        files.append(name)
        act(len(files))
        return read(name, limits)

    monkeypatch.setattr(folder, "read_limited", read_limited)
    return files


@pytest.mark.parametrize("form", ["d", "datapackage"])
@pytest.mark.parametrize("moment", range(1, 4))
def test_a_folder_that_is_replaced_while_it_is_read_is_read_again(tmp_path, monkeypatch, form, moment):
    path = tmp_path / f"r.{form}"
    un.dump(register("OLD"), path)
    files = between(monkeypatch, lambda number: un.dump(register("NEW"), path) if number == moment else None)
    assert un.load(path) == register("NEW")
    assert len(files) > 3


@pytest.mark.parametrize("change", ["written", "added", "removed"])
def test_a_folder_in_which_a_file_changes_is_read_again(tmp_path, monkeypatch, change):
    path = tmp_path / "r.d"
    un.dump(register("OLD"), path)
    sources = path / "sources.yaml"

    def act(number):
        if number != 3:
            return
        if change == "written":
            sources.write_text(sources.read_text().replace("OLD", "NEW"))
        elif change == "added":
            (path / "notes").write_text("")
        else:
            sources.unlink()

    between(monkeypatch, act)
    found, report = un.read(path)
    assert len(report) == (change == "added")
    assert [str(one.title) for one in found.sources] == {"written": ["NEW"], "added": ["OLD"], "removed": []}[change]


def test_a_folder_that_changes_each_time_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "r.d"
    un.dump(register("OLD"), path)
    between(monkeypatch, lambda number: (path / "notes.txt").write_text("a" * number))
    with pytest.raises(un.UnreadableInput, match=r"r\.d: the folder was changed each time that it was read$"):
        un.read(path)


def test_a_file_that_cannot_be_read_is_told_where_nothing_changes(tmp_path):
    path = tmp_path / "r.d"
    un.dump(register("OLD"), path)
    (path / "persons.yaml").symlink_to("nowhere")
    with pytest.raises(un.UnreadableInput, match=r"persons\.yaml: no such file or directory$"):
        un.read(path)


@pytest.mark.skipif(os.name == "nt", reason="pipes and devices of POSIX")
@pytest.mark.parametrize("name", ["persons.yaml", "notes.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "device", "folder"])
def test_what_is_no_file_is_not_read(tmp_path, name, kind):
    path = tmp_path / "r.d"
    un.dump(register("OLD"), path)
    if kind == "pipe":
        os.mkfifo(path / name)
    elif kind == "device":
        (path / name).symlink_to("/dev/zero")
    else:
        (path / name).mkdir()
    found, (told,) = un.read(path)
    assert found == register("OLD")
    assert (told.code, told.location.file) == ("IO021", str(path / name))
    assert dict(told.params)["problem"] == ("no-file" if name == "persons.yaml" else "no-part")


@pytest.mark.parametrize("stream", [None, io.StringIO("{}")])
def test_a_standard_input_without_bytes_is_unreadable(monkeypatch, stream):
    monkeypatch.setattr(sys, "stdin", stream)
    with pytest.raises(un.UnreadableInput, match="^standard input: is closed, or holds no bytes$"):
        un.read("-")
