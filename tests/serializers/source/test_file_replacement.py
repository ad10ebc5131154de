"""Files and folders replaced whole: what may be replaced, what is kept of it, and what is said where it cannot be."""

import errno
import os
import socket
import stat
import threading

import pytest
from tests.serializers.source.faults import Disk

import untoc_network as un
from untoc_network.serializers.source import file_replacement
from untoc_network.serializers.source.file_replacement import replace_folder, write_atomically

posix = pytest.mark.skipif(os.name == "nt", reason="files of POSIX")
linux = pytest.mark.skipif(not hasattr(os, "listxattr"), reason="attributes of Linux")


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def write_folder(path, **files):
    replace_folder(path, list(files.items()), lambda _: ())


# -- what is no file ---------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("name", ["/dev/null", "link"])
def test_a_device_is_written_into_and_stays(tmp_path, name):
    path = tmp_path / name
    if name == "link":
        path.symlink_to("/dev/null")
    write_atomically(path, [b"a", b"b"])
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@posix
def test_a_full_device_is_told_and_stays(tmp_path):
    path = tmp_path / "full"
    try:
        os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, 7))
        path.open("wb").close()
    except OSError:
        pytest.skip("devices are made by the superuser alone")
    with pytest.raises(un.UnwritableOutput, match=r"full: no space left on device$"):
        write_atomically(path, [b"a"])
    assert stat.S_ISCHR(path.stat().st_mode)


@posix
def test_a_pipe_is_written_into_and_stays(tmp_path):
    path, got = tmp_path / "pipe", []
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: got.append(path.read_bytes()))
    reader.start()
    write_atomically(path, [b"a", b"b"])
    reader.join()
    assert got == [b"ab"]
    assert stat.S_ISFIFO(path.stat().st_mode)


@posix
def test_a_pipe_whose_reader_leaves_is_told(tmp_path):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = threading.Thread(target=lambda: path.open("rb").close())
    reader.start()
    with pytest.raises(un.UnwritableOutput, match=r"pipe: broken pipe$"):
        write_atomically(path, (b"a" * 100_000 for _ in range(100)))
    reader.join()


@posix
def test_a_socket_is_refused_and_stays(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # its name may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        with pytest.raises(un.UnwritableOutput, match=r"^socket: no such device or address$"):
            write_atomically("socket", [b"a"])
    assert stat.S_ISSOCK((tmp_path / "socket").stat().st_mode)


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="open files of Linux")
@pytest.mark.parametrize("name", ["/dev/fd/{}", "/proc/self/fd/{}", "/proc/thread-self/fd/{}"])
def test_a_file_that_stands_open_is_written_on(tmp_path, name):
    log = tmp_path / "log"
    log.write_bytes(b"begun\n")
    with log.open("ab") as file:
        write_atomically(name.format(file.fileno()), [b"a", b"b"])
        link = tmp_path / "link"
        link.symlink_to(name.format(file.fileno()))
        write_atomically(link, [b"c"])
    assert log.read_bytes() == b"begun\nabc"


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="open files of Linux")
def test_an_open_file_that_is_only_read_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"a")
    with (tmp_path / "a").open("rb") as file, pytest.raises(un.UnwritableOutput, match="bad file descriptor$"):
        write_atomically(f"/dev/fd/{file.fileno()}", [b"b"])
    assert (tmp_path / "a").read_bytes() == b"a"


# -- what cannot be written --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [lambda path: write_atomically(path, [b"new"]), write_folder], ids=["file", "folder"])
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a\0b", r"a\\u\{0\}b: no file can have this name"),
        ("a\ud800b", r"a\\u\{d800\}b: no file can have this name"),
        ("x" * 256, "x: file name too long"),
        ("/".join(["x" * 200] * 30), "x: file name too long"),
        ("loop", "loop: too many levels of symbolic links"),
        ("turn/a", "turn/a: too many levels of symbolic links"),
        ("file/a", "file/a: not a directory"),
        ("none/a", "none: no such file or directory"),
        ("dangling/a", "none: no such file or directory"),
    ],
)
def test_what_no_disk_can_have_is_one_line_and_one_exception(tmp_path, write, name, problem):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "turn").symlink_to(tmp_path / "back")
    (tmp_path / "back").symlink_to(tmp_path / "turn")
    (tmp_path / "dangling").symlink_to(tmp_path / "none")
    (tmp_path / "file").write_bytes(b"old")
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(un.UnwritableOutput, match=f"{problem}$"):
        write(tmp_path / name)
    assert sorted(os.listdir(tmp_path)) == before
    assert (tmp_path / "file").read_bytes() == b"old"


def test_a_name_that_turns_the_reading_order_is_shown_escaped(tmp_path):
    with pytest.raises(un.UnwritableOutput) as refused:
        write_atomically(tmp_path / "file\u202e" / "a", [b""])
    assert "\u202e" not in str(refused.value)


def test_a_folder_is_not_replaced_by_a_file_nor_a_file_by_a_folder(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    for name in ("folder", "link", ""):
        with pytest.raises(un.UnwritableOutput, match="is a directory$"):
            write_atomically(tmp_path / name, [b"new"])
    with pytest.raises(un.UnwritableOutput, match="expected a folder, but a file has that name$"):
        write_folder(tmp_path / "file", a=b"new")
    assert (tmp_path / "file").read_bytes() == b"old"


@posix
def test_the_longest_names_are_written(tmp_path):
    write_atomically(tmp_path / ("x" * 255), [b"a"])
    write_folder(tmp_path / ("y" * 255), a=b"a")
    assert sorted(files_in(tmp_path)) == ["x" * 255, f"{'y' * 255}/a"]


def test_a_dangling_link_is_followed(tmp_path):
    (tmp_path / "link").symlink_to("target")
    write_atomically(tmp_path / "link", [b"a"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_bytes() == b"a"


def test_a_file_with_a_second_name_is_left_alone(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    os.link(tmp_path / "a", tmp_path / "b")
    with pytest.raises(un.UnwritableOutput, match=r"second name \(a hard link\), which would keep the old content$"):
        write_atomically(tmp_path / "a", [b"new"])
    assert files_in(tmp_path) == {"a": b"old", "b": b"old"}


# -- rights ------------------------------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o604, 0o755, 0o4711, 0o2755])
def test_modes_stay(tmp_path, mode):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(mode)
    write_atomically(tmp_path / "a", [b"new"])
    write_folder(tmp_path / "d", a=b"old")
    (tmp_path / "d").chmod(0o700)
    (tmp_path / "d" / "a").chmod(mode)
    write_folder(tmp_path / "d", a=b"new", b=b"new")
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == mode
    assert stat.S_IMODE((tmp_path / "d").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "d" / "a").stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="the superuser gives files to others")
def test_owners_stay(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    write_folder(tmp_path / "d", a=b"old")
    for path in (tmp_path / "a", tmp_path / "d", tmp_path / "d" / "a"):
        os.chown(path, 1234, 4321)
    write_atomically(tmp_path / "a", [b"new"])
    write_folder(tmp_path / "d", a=b"new")
    assert {(path.stat().st_uid, path.stat().st_gid) for path in tmp_path.rglob("*")} == {(1234, 4321)}


@posix
@pytest.mark.parametrize("write", [lambda path: write_atomically(path, [b"new"]), write_folder], ids=["file", "folder"])
def test_who_cannot_keep_the_owner_does_not_replace(tmp_path, monkeypatch, write):
    for name in ("a", "d"):
        (write_folder if name == "d" else lambda path: path.write_bytes(b"old"))(tmp_path / name)
    path = tmp_path / ("d" if write is write_folder else "a")

    class Foreign:
        """Says that whoever has a file now is somebody else."""

        def __getattr__(self, name):
            return getattr(os, name)

        def stat(self, at, **how):
            found = os.stat(at, **how)
            mine = os.fspath(at) == os.fspath(path)
            return os.stat_result((*found[:4], 4242, *found[5:10])) if mine else found

        def chown(self, *_):
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(file_replacement, "os", Foreign())
    before = files_in(tmp_path)
    with pytest.raises(un.UnwritableOutput, match="the owner or group would change, which takes other rights$"):
        write(path)
    assert files_in(tmp_path) == before
    assert sorted(os.listdir(tmp_path)) == ["a", "d"]


@posix
def test_what_may_not_be_written_is_not_replaced(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_, **__: False)  # the superuser may always
    monkeypatch.setattr(os, "supports_effective_ids", set())
    with pytest.raises(un.UnwritableOutput, match="a: permission denied$"):
        write_atomically(tmp_path / "a", [b"new"])
    assert files_in(tmp_path) == {"a": b"old"}


@linux
def test_what_users_noted_at_a_file_stays(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    try:
        os.setxattr(tmp_path / "a", "user.note", b"mine")
    except OSError:
        pytest.skip("the disk keeps no attributes")
    write_atomically(tmp_path / "a", [b"new"])
    assert os.getxattr(tmp_path / "a", "user.note") == b"mine"

    def none(_):
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "listxattr", none)
    write_atomically(tmp_path / "a", [b"newer"])
    assert files_in(tmp_path) == {"a": b"newer"}


@posix
def test_what_is_not_yet_in_its_place_is_for_nobody_else(tmp_path):
    seen = []

    def pieces():
        for piece in (b"a" * 100_000, b"b"):
            yield piece
            (place,) = (path for path in tmp_path.iterdir() if path.name != "d")
            seen.append([stat.S_IMODE(path.stat().st_mode) for path in (place, place / "new")])

    write_atomically(tmp_path / "a", pieces())
    (tmp_path / "a").unlink()

    def files():
        for name in "ab":
            yield name, b"a"
            (place,) = tmp_path.iterdir()
            seen.append([stat.S_IMODE(place.stat().st_mode), 0o600])

    replace_folder(tmp_path / "d", files(), lambda _: ())
    assert seen == [[0o700, 0o600]] * 4


# -- what was left behind ----------------------------------------------------------------------------------------------


def leave_behind(folder, number=1, **old):
    place = folder / f".untoc-network-{number:016x}"
    (place / "new").mkdir(parents=True)
    (place / "new" / "secret").write_bytes(b"secret")
    for name, data in old.items():
        (place / "old" / name).mkdir(parents=True)
        (place / "old" / name / "a").write_bytes(data)
    return place


@posix
def test_what_a_killed_process_left_is_taken_away_by_the_next(tmp_path):
    leave_behind(tmp_path)
    leave_behind(tmp_path, 2)
    (tmp_path / ".untoc-network-notes").mkdir()
    (tmp_path / ".untoc-network-00000000000000ff").symlink_to(tmp_path / ".untoc-network-notes")
    write_atomically(tmp_path / "a", [b"new"])
    assert sorted(os.listdir(tmp_path)) == [".untoc-network-00000000000000ff", ".untoc-network-notes", "a"]


@posix
def test_a_folder_that_was_moved_away_comes_back(tmp_path):
    leave_behind(tmp_path, d=b"old", there=b"old")
    write_folder(tmp_path / "there", a=b"newer")
    assert files_in(tmp_path) == {"d/a": b"old", "there/a": b"newer"}
    leave_behind(tmp_path, there=b"old")
    write_atomically(tmp_path / "f", [b"new"])
    assert files_in(tmp_path) == {"d/a": b"old", "there/a": b"newer", "f": b"new"}


@posix
def test_what_another_is_writing_stays(tmp_path):
    def pieces():
        yield b"a"
        leave_behind(tmp_path)
        write_atomically(tmp_path / "b", [b"b"])
        assert len([name for name in os.listdir(tmp_path) if name.startswith(".untoc")]) == 2
        yield b"a"

    write_atomically(tmp_path / "a", pieces())
    assert files_in(tmp_path).keys() > {"a", "b"}
    write_atomically(tmp_path / "a", [b"c"])
    assert files_in(tmp_path) == {"a": b"c", "b": b"b"}


def test_where_no_folder_can_be_shared_it_is_written_all_the_same(tmp_path, monkeypatch):
    leave_behind(tmp_path)
    Disk(path=tmp_path).install(monkeypatch)
    write_atomically(tmp_path / "a", [b"new"])
    assert (tmp_path / "a").read_bytes() == b"new"


# -- folders -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("exchange", [True, False])
def test_what_came_into_a_folder_meanwhile_is_not_lost(tmp_path, monkeypatch, exchange):
    if not exchange:
        monkeypatch.setattr(file_replacement, "_exchange", lambda *_: False)
    write_folder(tmp_path / "d", a=b"old")

    def files():
        yield "a", b"new"
        (tmp_path / "d" / "mine").write_bytes(b"mine")

    def others(folder):
        return [name for name in os.listdir(folder) if name != "a"]

    with pytest.raises(un.UnwritableOutput, match=r"d: the folder holds other files, which would be lost: mine$"):
        replace_folder(tmp_path / "d", files(), others)
    assert files_in(tmp_path) == {"d/a": b"old", "d/mine": b"mine"}
    assert os.listdir(tmp_path) == ["d"]


@pytest.mark.parametrize(
    "library", [None, {}, {"renameat2": -1}, {"renamex_np": -1}, {"renameat2": -1, "renamex_np": 0}]
)
def test_folders_change_places_by_the_call_that_the_system_has(tmp_path, monkeypatch, library):
    import ctypes

    called = []

    class Library:
        def __getattr__(self, name):
            if name not in library:
                raise AttributeError(name)
            return lambda *given: called.append(name) or library[name]

    def load(_):
        if library is None:
            raise TypeError("as Windows does")
        return Library()

    monkeypatch.setattr(ctypes, "CDLL", load)
    done = file_replacement._exchange(tmp_path / "a", tmp_path / "b")
    assert done is (0 in (library or {}).values())
    assert called == [*(library or ())]
    if not done:
        write_folder(tmp_path / "d", a=b"old")
        write_folder(tmp_path / "d", a=b"new", b=b"new")
        assert files_in(tmp_path) == {"d/a": b"new", "d/b": b"new"}
        assert os.listdir(tmp_path) == ["d"]


@pytest.mark.parametrize(
    "stray", ["budget.csv", "notes.json", ".git", "sub/organizations.csv", "link.csv", "datapackage.json.bak"]
)
def test_only_parts_of_a_register_are_replaced_by_one(tmp_path, stray):
    folder = tmp_path / "r.datapackage"
    un.dump(un.example(), folder)
    (folder / stray).parent.mkdir(exist_ok=True)
    (folder / stray).write_bytes(b"mine")
    with pytest.raises(un.UnwritableOutput, match="the folder holds other files, which would be lost"):
        un.dump(un.Register(), folder)
    assert (folder / stray).read_bytes() == b"mine"


@posix
def test_a_part_that_is_a_link_or_has_a_second_name_is_not_replaced(tmp_path):
    for number, make in enumerate((os.symlink, os.link)):
        folder = tmp_path / f"{number}.d"
        un.dump(un.Register(), folder)
        os.rename(folder / "register.yaml", tmp_path / f"{number}.yaml")
        make(tmp_path / f"{number}.yaml", folder / "register.yaml")
        with pytest.raises(un.UnwritableOutput, match=r"would be lost: register\.yaml$"):
            un.dump(un.example(), folder)
