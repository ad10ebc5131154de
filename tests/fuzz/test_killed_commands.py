"""Commands killed at random moments: what they replace is the old one or the new one, and the next run leaves nothing.

    python -m pytest tests/fuzz/test_killed_commands.py --kills 200

kills so often, in turn over all commands and forms; without the option 25 times in CI, and twice elsewhere.
"""

import contextlib
import io
import os
import random
import select
import shutil
import signal
import time

import pytest

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.testing import invented_register

DAY = "2024-01-01"
WRITING = {
    "convert to json": "convert r.json out.json",
    "convert to yaml": "convert r.json out.yaml",
    "convert to ndjson": "convert r.json out.ndjson",
    "convert to zip": "convert r.json out.zip",
    "convert to a folder of yaml": "convert r.json out.d",
    "convert to a folder of tables": "convert r.json out.datapackage",
    "publish": f"publish r.json out --audience public --rules lenient --on {DAY} --redactions left.json",
    "publish in every form": f"publish r.json out --audience public --rules lenient --on {DAY} --forms json,yaml,csv-folder",
    "view": f"view r.json --audience members --on {DAY} -o out.json --redactions left.json",
    "export": f"export r.json --on {DAY} -o out.graphml",
    "calendar": f"calendar r.json --on {DAY} -o out.ics",
    "pseudonyms": "pseudonyms r.json --key-file key -o out.json",
    "erase": f"erase r.json person-0 --on {DAY} -o out.json",
    "merge-records": "merge-records r.json organization-0 organization-1 -o out.json --undo undo.json",
    "import": "import list.csv -o out.json",
    "validate": f"validate r.json --on {DAY} --format html -o out.html --write-baseline known.json",
    "report": f"report r.json --on {DAY} -o out.html",
}
UNLIKE = {"erase", "import"}
"""What these write differs from run to run: by a salt, and by nothing else that is asked for here."""
GIVEN = ("r.json", "old.json", "key", "list.csv")


@pytest.fixture
def command_folder(tmp_path, monkeypatch):
    """Kill commands in a folder that holds what they read; gives what calls one and what stands there after it."""
    monkeypatch.chdir(tmp_path)
    un.dump(invented_register(3), "r.json")
    un.dump(invented_register(1), "old.json")
    (tmp_path / "key").write_text("k" * 32)
    (tmp_path / "list.csv").write_text("name,country\nInvented One,XA\n")
    return tmp_path


def run(words):
    """Run a command to its end, silently."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        assert main(words) in {0, 1}


def start(words, limit=None):
    """Run a command in a copy of this process, and kill it after so many seconds; gives the seconds that it took."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        try:
            run(words)
        finally:
            os._exit(0)
    ended = os.pidfd_open(child)
    select.select([ended], [], [], limit)
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(ended)
    return time.monotonic() - began


def look(folder):
    """What stands at the top of a folder: the bytes of a file, the names and bytes of all files of a folder."""
    return {
        path.name: path.read_bytes()
        if path.is_file()
        else {one.relative_to(path).as_posix(): one.read_bytes() for one in path.rglob("*") if one.is_file()}
        for path in folder.iterdir()
        if path.name not in GIVEN
    }


def clear(folder):
    for path in folder.iterdir():
        if path.name not in GIVEN:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.mark.unmeasured
@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kills copies of this process, as Linux can")
def test_a_command_that_is_killed_loses_nothing_and_the_next_leaves_nothing_behind(
    command_folder, request, record_property
):
    folder, kills = command_folder, request.config.getoption("kills")
    dice = random.Random(request.config.getoption("fuzz_seed"))
    names = list(WRITING) if kills > 5 else dice.sample(list(WRITING), 5)
    told, cut = {}, 0
    for number in range(kills):
        name = names[number % len(names)]
        words = WRITING[name].split()
        earlier = [word.replace("r.json", "old.json") if word == "r.json" else word for word in words]
        if name not in told:
            clear(folder)
            run(words)  # here, so that its modules are loaded before it is copied
            after = look(folder)
            clear(folder)
            if name not in UNLIKE | {"merge-records"}:
                start(earlier)
            before, lasts = look(folder), start(words)
            told[name] = before, after, lasts
            assert after
            assert not [path for path in after if path.startswith(".")], name
        before, after, lasts = told[name]
        clear(folder)
        if before:
            start(earlier)
            assert look(folder).keys() == before.keys(), name
        start(words, dice.random() * lasts)
        for path, content in look(folder).items():
            cut += path.startswith(".")
            if path.startswith(".") or (name in UNLIKE and un.load(path) is not None):
                continue
            assert content in (before.get(path), after[path]), (name, path)
        assert before.keys() <= look(folder).keys(), name
        start(words)
        assert look(folder).keys() == after.keys(), name
        assert name in UNLIKE or look(folder) == after, name
    record_property("inputs", kills)
    request.node.add_report_section("call", "kills", f"{kills} killed, {cut} files and folders left half written")
