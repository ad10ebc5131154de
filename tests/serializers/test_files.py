"""Registers in files: the suffix, what cannot be opened, writing whole or not at all."""

import io
import os
import stat
import sys

import pytest

import untoc_network as un
from untoc_network.serializers import files
from untoc_network.serializers.files import find_register_folder

REGISTER = un.Register(title=un.Text(en="Invented"))


@pytest.mark.parametrize("kind", [str, lambda path: path], ids=["text", "path"])
def test_what_was_dumped_is_loaded(tmp_path, kind):
    path = kind(tmp_path / "r.json")
    un.dump(REGISTER, path)
    assert un.load(path) == REGISTER
    register, report = un.read(path)
    assert register == REGISTER
    assert list(report) == []


def test_the_suffix_is_read_in_any_case(tmp_path):
    un.dump(REGISTER, tmp_path / "R.JSON")
    assert un.load(tmp_path / "R.JSON") == REGISTER


@pytest.mark.parametrize("name", ["r.txt", "r", "json", "r.json.gz"])
def test_a_suffix_without_a_format_is_refused_for_reading_and_writing(tmp_path, name):
    for call in (un.read, un.load, lambda path: un.dump(REGISTER, path)):
        with pytest.raises(un.UnsupportedFormat) as refused:
            call(tmp_path / name)
        assert (
            str(refused.value)
            == f"{name}: the suffix is not one of .d, .datapackage, .json, .jsonl, .ndjson, .yaml, .yml, .zip"
        )
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_opened_is_named_with_the_reason(tmp_path):
    (tmp_path / "folder.json").mkdir()
    for name, reason in (("none.json", "no such file or directory"), ("folder.json", "is a directory")):
        path = tmp_path / name
        for call in (un.read, un.load):
            with pytest.raises(un.UnreadableInput) as unreadable:
                call(path)
            assert str(unreadable.value) == f"{path}: {reason}"


def test_a_name_that_no_file_can_have_is_unreadable():
    with pytest.raises(un.UnreadableInput):
        un.read("a\x00b.json")


def test_an_error_without_words_still_has_some(monkeypatch):
    def broken(*_):
        raise OSError

    monkeypatch.setattr("builtins.open", broken)
    with pytest.raises(un.UnreadableInput, match=r"^r\.json: cannot be read$"):
        un.read("r.json")


def test_findings_name_the_file(tmp_path):
    path = tmp_path / "r.json"
    path.write_text("[]")
    assert [found.location.file for found in un.read(path)[1]] == [str(path)]
    with pytest.raises(un.InvalidDocument, match=r"^line 1: IO004 expected an object, got a list$"):
        un.load(path)


def test_a_hyphen_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(un.dumps(REGISTER))))
    assert un.load("-") == REGISTER
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"[]")))
    assert {found.location.file for found in un.read("-")[1]} == {"<stdin>"}


class Endless(io.RawIOBase):
    """A file without end that counts what was taken."""

    taken = 0

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b" " * len(buffer)
        self.taken += len(buffer)
        return len(buffer)


def test_a_file_without_end_ends_at_the_limit(monkeypatch):
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(endless)))
    register, report = un.read("-", limits=un.Limits(max_bytes=1000))
    assert register is None
    assert [found.message for found in report] == ["the document has more than 1,000 bytes"]
    assert endless.taken < 100_000


def test_a_file_of_just_the_limit_is_read(tmp_path):
    un.dump(REGISTER, tmp_path / "r.json")
    size = (tmp_path / "r.json").stat().st_size
    assert un.load(tmp_path / "r.json", limits=un.Limits(max_bytes=size)) == REGISTER
    assert un.read(tmp_path / "r.json", limits=un.Limits(max_bytes=size - 1))[0] is None


@pytest.mark.parametrize("failing", ["replace", "chmod"])
def test_where_writing_fails_what_was_there_stays_and_nothing_else_is_left(tmp_path, monkeypatch, failing):
    path = tmp_path / "r.json"
    path.write_text("before")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, failing, fail)
    with pytest.raises(un.UnwritableOutput, match=r"r\.json: disk full$"):
        un.dump(REGISTER, path)
    assert [(one.name, one.read_text()) for one in tmp_path.iterdir()] == [("r.json", "before")]


def test_a_register_that_cannot_be_written_touches_no_file(tmp_path):
    with pytest.raises(un.ImpossibleValue):
        un.dump(un.Register(title=un.Text(en="\ud83d")), tmp_path / "r.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_a_new_file_has_the_usual_mode_and_an_old_one_keeps_its_own(tmp_path):
    path = tmp_path / "r.json"
    before = os.umask(0o027)
    try:
        un.dump(REGISTER, path)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.chmod(0o604)
    un.dump(REGISTER, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_writing_changes_no_setting_of_the_process(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "umask", lambda _: pytest.fail("the umask is one for all threads"))
    for _ in range(2):
        un.dump(REGISTER, tmp_path / "r.json")
    un.dump(REGISTER, tmp_path / "r.d")


def test_the_example_is_loaded_from_the_package(tmp_path, monkeypatch):
    un.dump(REGISTER, tmp_path / "e.json")
    monkeypatch.setattr(files, "EXAMPLE", tmp_path / "e.json")
    assert un.example() == REGISTER


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path):
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_bytes(b"{}")
    link.symlink_to(target)
    un.dump(un.Register(), link)
    assert link.is_symlink()
    assert un.load(target) == un.Register()


def test_a_folder_that_is_not_there_takes_no_file(tmp_path):
    with pytest.raises(un.UnwritableOutput, match=r"none: no such file or directory$"):
        un.dump(un.Register(), tmp_path / "none" / "r.json")


# -- a part of a folder ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".d", ".datapackage", ".D"])
def test_a_file_in_the_folder_of_a_register_is_told_as_that_where_it_is_read_alone(tmp_path, suffix):
    folder = tmp_path / f"register{suffix}"
    un.dump(un.example(), folder)
    (folder / "more").mkdir()
    kind = "csv" if suffix == ".datapackage" else "yaml"
    beside, below = folder / f"notes.{kind}", folder / "more" / f"organizations.{kind}"
    beside.touch()
    below.touch()
    for part in (*folder.glob("*.*"), below):
        assert find_register_folder(part) == str(folder)
        register, report = un.read(part)
        assert register is None
        assert [(found.code, found.location.file, found.message) for found in report] == [
            (
                "IO021",
                str(part),
                "the files do not form a register: the file is in the folder of a register; read the folder",
            )
        ]
    assert find_register_folder(folder / "organizations.none") is None
    assert find_register_folder(folder / f"none.{kind}") is None


def test_a_whole_register_in_a_folder_of_another_kind_is_read(tmp_path):
    for folder in ("conf.d", "registers"):
        (tmp_path / folder).mkdir()
        un.dump(un.example(), tmp_path / folder / "americas.yaml")
        assert find_register_folder(tmp_path / folder / "americas.yaml") is None
        assert un.load(tmp_path / folder / "americas.yaml") == un.example()


def test_a_form_that_is_named_is_taken_at_its_word(tmp_path):
    un.dump(un.example(), tmp_path / "register.d")
    register, _ = un.read(tmp_path / "register.d" / "register.yaml", form="yaml")
    assert register is not None
