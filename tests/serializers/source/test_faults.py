"""Faults at every step of writing: what stands under a name is the old one or the new one, and nothing is left over.

Each way of writing is tried on a disk that refuses its first call, its second, and so on; interrupted, and killed, at
each line that it goes through. Afterwards it is written once more.
"""

import contextlib
import os
import signal

import pytest
from tests.profiles import portion
from tests.serializers.source.faults import Disk, stop_at_step

import untoc_network as un
from untoc_network import publishing
from untoc_network.serializers.source import file_replacement
from untoc_network.serializers.source.file_replacement import replace_folder, write_atomically

OLD = un.Register(
    title=un.Text(en="Old"),
    organizations=(un.Organization(id="a", name=un.Text(en="A"), kind=un.OrganizationKind.NGO),),
)
NEW = un.Register(title=un.Text(en="New"))
FORMS = ("r.json", "r.yaml", "r.ndjson", "r.zip", "r.d", "r.datapackage", "published")
"""A file in each form, a register in each form of a folder, and a publication."""
WAYS = [
    *(("file", there, True) for there in (True, False)),
    *(("folder", there, exchanging) for there in (True, False) for exchanging in (True, False)),
    *((name, True, True) for name in FORMS),
]
"""What is written, whether something is replaced by it, and whether the system can let two folders change places."""


def write(register, path):
    if path.name == "file":
        write_atomically(path, [b"a", str(register.title).encode()])
    elif path.name == "folder":
        beside = [("old", b"c")] if register is OLD else []
        replace_folder(path, [("a", str(register.title).encode()), ("b/c", b"b"), *beside], lambda _: ())
    elif path.name == "published":
        made = publishing.publish(register, path, audience="public", on="2026-11-24", rules=un.RuleSet.named("lenient"))
        assert made.ok
    else:
        un.dump(register, path)


def look(folder):
    """All that is below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]}{'' if way[1] else ' anew'}{'' if way[2] else ' renamed twice'}")
def way(request, monkeypatch):
    name, there, exchanging = request.param
    if not exchanging:
        monkeypatch.setattr(file_replacement, "_exchange", lambda *_: False)
    return name, there


@pytest.fixture
def contents(tmp_path, way):
    """What is there before, and after."""
    name, there = way
    found = []
    for register in (OLD, NEW):
        folder = tmp_path / f"of {register.title}"
        folder.mkdir()
        write(register, folder / name)
        found.append(look(folder))
    return (found[0] if there else {}), found[1]


def enter(tmp_path, way, number):
    """A folder for one step, with what is there before, and the path to write to."""
    name, there = way
    folder = tmp_path / f"step {number}"
    folder.mkdir()
    if there:
        write(OLD, folder / name)
    return folder, folder / name


def choose_steps(number, way):
    """Some of so many steps here, all of them in CI; those of a form go through the same lines as a file or a folder."""
    most = portion(min(number, 100)) if way[0] in ("file", "folder") else portion(20)
    return sorted({1 + (number - 1) * one // max(1, most - 1) for one in range(most)})


def test_where_the_disk_refuses_any_call_nothing_is_lost_and_nothing_is_left(tmp_path, way, contents, record_property):
    refused = 0

    def refuse(number):
        folder, path = enter(tmp_path, way, number)
        disk = Disk(number)
        with pytest.MonkeyPatch.context() as patched:
            disk.install(patched)
            try:
                write(NEW, path)
                told = False
            except un.UntocNetworkError:
                told = True
        assert look(folder) in contents
        write(NEW, path)
        assert look(folder) == contents[1]
        assert os.listdir(folder) == [path.name]
        return disk.made, told

    number, _ = refuse(0)
    steps = choose_steps(number, way)
    for step in steps:
        refused += refuse(step)[1]
    assert refused
    record_property("inputs", len(steps))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_where_it_is_interrupted_at_any_line_nothing_is_lost(tmp_path, way, contents, record_property):
    def interrupt():
        raise KeyboardInterrupt

    def stop(step):
        folder, path = enter(tmp_path, way, step)
        gone = 0
        with contextlib.suppress(KeyboardInterrupt):
            gone = stop_at_step(step, lambda: write(NEW, path), interrupt)
        assert {name: data for name, data in look(folder).items() if not name.startswith(".")} in contents
        write(NEW, path)
        assert look(folder) == contents[1]
        assert os.listdir(folder) == [path.name]
        return gone

    steps = choose_steps(stop(0), way)
    for step in steps:
        stop(step)
    record_property("inputs", len(steps))


@pytest.mark.unmeasured
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a copy of this process")
def test_where_it_is_killed_at_any_line_nothing_is_lost(tmp_path, way, contents, record_property):
    def stop(step):
        folder, path = enter(tmp_path, way, step)
        child = os.fork()
        if not child:
            try:
                stop_at_step(step, lambda: write(NEW, path), lambda: os.kill(os.getpid(), signal.SIGKILL))
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        left = {name: data for name, data in look(folder).items() if not name.startswith(".")}
        assert left in contents or may_be_away(folder, path, left)
        write(NEW, path)
        assert look(folder) == contents[1]
        assert os.listdir(folder) == [path.name]
        return os.WIFSIGNALED(status)

    def may_be_away(folder, path, left):
        """Between two renamings the old folder waits beside its place, and the next who writes there puts it back."""
        if file_replacement._exchange(path, path) or left:
            return False
        write_atomically(folder / "another", [])
        (folder / "another").unlink()
        return look(folder) == contents[0]

    number = stop_at_step(0, lambda: write(NEW, enter(tmp_path, way, 0)[1]), None)
    steps = choose_steps(number, way)
    assert sum(stop(step) for step in steps)
    record_property("inputs", len(steps))
