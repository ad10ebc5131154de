"""Every command at 80 and 120 columns, on a terminal, piped, and without colour: whole words, nothing cut."""

import contextlib
import fcntl
import json
import os
import re
import struct
import sys
import termios
import threading
from pathlib import Path

import attrs
import pytest
from tools.build_hazards import TWO_PARTS

import untoc_network as un
import untoc_network_lots as lots
from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import main
from untoc_network.testing import invented_register

MECHANISM = "examples/mechanism-2024.json"
DAY = ("--on", "2024-03-01")
CALLS = {
    "validate": ("bad.json", *DAY),
    "import": ("list.csv", "--dry-run"),
    "start": ("list.csv", "--network-name", "Net", "--replace"),
    "convert": ("r.json", "-"),
    "migrate": ("r.json", "--check"),
    "schema": ("-o", "schema.json"),
    "completion": ("fish", "-o", "completion"),
    "stats": ("m.json", *DAY),
    "report": ("r.json", "-o", "page.html", *DAY),
    "find": ("m.json", "--theme", "firearms", *DAY),
    "diff": ("r.json", "other.json"),
    "publish": ("r.json", "public", "--audience", "public", *DAY),
    "view": ("r.json", "--audience", "public", "-o", "view.json", *DAY),
    "export": ("m.json", "-o", "network.ics", *DAY),
    "calendar": ("m.json", "-o", "network2.ics", *DAY),
    "graph": ("m.json", "-o", "network.svg", *DAY),
    "pseudonyms": ("r.json", "--key-file", "key.txt", "-o", "study.json"),
    "duplicates": ("twice.json", "--exact"),
    "merge-records": ("twice.json", "one", "two", "-o", "merged.json", "--undo", "undo.json"),
    "undo-merge": ("merged.json", "undo.json", "-o", "parted.json"),
    "merge": ("r.json", "other.json", "third.json", "-o", "both.json"),
    "holdings": ("r.json", "person-0"),
    "erase": ("r.json", "person-0", "-o", "erased.json", *DAY),
    "retention": ("r.json", *DAY),
    "country": ("MEX", "m.json", *DAY),
    "reviews": ("m.json", *DAY),
    "next": ("m.json", "--stakeholder", "asj-honduras", *DAY),
    "accreditations": ("m.json", *DAY),
    "coverage": ("m.json", *DAY),
    "submission": ("m.json", "--country", "PA", "-o", "panama.md", *DAY),
    "process": ("country-review",),
    "reference": ("parties",),
    "rules": (),
    "explain": ("EV014",),
    "lots": ("draw", "--seed", "s", "--settled-groups", "--review-group", "1"),
    "store": ("log", "r.db"),
}
OTHERS = {
    "reference dialogues": ("reference", "dialogues"),
    "reference review_steps": ("reference", "review_steps"),
    "reference articles": ("reference", "articles"),
    "process accreditation": ("process", "accreditation"),
    "explain IM008": ("explain", "IM008"),
    "rules by provision": ("rules", "--by", "provision"),
    "lots verify": ("lots", "verify", "draw.json"),
    "store check": ("store", "check", "r.db", *DAY),
    "store init": ("store", "init", "r.db"),
}
RUNS = {name: (name, *arguments) for name, arguments in CALLS.items()} | OTHERS
PRINTED = {"convert"}
"""What is not for people, and as wide as it is."""
END = b"\x04the end of what a call prints"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, request):
    path = tmp_path_factory.mktemp("widths")
    register = invented_register(3)
    un.dump(register, path / "r.json")
    name = un.Text(en="The organization of the many words that a name may have, " * 3)
    for file, founded in (("other.json", "1999"), ("third.json", "2001")):
        changed = attrs.evolve(register.organizations[0], name=name, founded=un.PartialDate(founded))
        un.dump(register.with_replaced(changed)[0], path / file)
    one = un.Organization(id="one", name=name, kind=un.OrganizationKind.NGO, seat=un.Place(country="XA"))
    un.dump(un.Register(organizations=(one, attrs.evolve(one, id="two"))), path / "twice.json")
    bad = {"schema_version": 1, "organizations": [{"id": "a", "name": {"en": "A"}, "kind": "x", "parent_id": "b"}] * 3}
    (path / "bad.json").write_text(json.dumps(bad))
    (path / "list.csv").write_text("Name;Country;Remarks\nRefuge;Atlantis;none\n;XA;\n")
    (path / "key.txt").write_text("k" * 40)
    (path / "m.json").write_bytes((request.config.rootpath / MECHANISM).read_bytes())
    before = Path.cwd()
    os.chdir(path)
    try:
        main(["merge-records", "twice.json", "one", "two", "-o", "merged.json", "--undo", "undo.json"])
        states = tuple(
            lots.Participant(code=f"X{one}", instruments=("UNTOC",), regional_group="ns"[one > "F"])
            for one in "ABCDEFGHIJKL"
        )
        Path("draw.json").write_bytes(
            lots.draw(lots.Inputs(participants=states, terms=lots.Terms.usual()), seed="s").to_json()
        )
        main(["store", "init", "r.db"])
        main(["store", "load", "r.db", "r.json", "--by", "the-office-of-the-register", *DAY])
    finally:
        os.chdir(before)
    return path


@pytest.fixture
def call(folder, monkeypatch):
    """Run a command on a terminal of so many columns, or into a pipe, and give all that it printed."""
    monkeypatch.chdir(folder)
    for name in ("COLUMNS", "LINES", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")

    def run(arguments, columns=None):
        reading, writing = os.pipe() if columns is None else os.openpty()
        if columns is not None:
            fcntl.ioctl(writing, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        pieces = []

        def drain():
            while not b"".join(pieces[-len(END) :]).endswith(END):
                pieces.append(os.read(reading, 1 << 16))

        reader = threading.Thread(target=drain)
        reader.start()
        with open(writing, "w", encoding="utf-8") as stream, monkeypatch.context() as patched:
            for name in ("stdout", "__stdout__", "stderr"):
                patched.setattr(sys, name, stream)
            try:
                with contextlib.suppress(SystemExit):
                    main(arguments)
            finally:
                stream.write(END.decode())
                stream.flush()
                reader.join()  # before the stream is closed: a terminal may lose what is still on its way then
        os.close(reading)
        return b"".join(pieces).removesuffix(END).decode().replace("\r\n", "\n")

    return run


def too_wide(text, columns):
    """Lines wider than there is room though they could have been wrapped: at a space behind a word of theirs."""
    plain = (re.sub(r"\x1b\[[0-9;]*m", "", line.rpartition("\r")[2]) for line in text.splitlines())
    return [line for line in plain if len(line) > columns and " " in line.strip().partition(": ")[2].strip()[:columns]]


def words_of(text):
    """The words, whatever stands between them; a list has colons behind its heads where a table has none."""
    return {word.rstrip(":") for word in re.sub(r"\x1b\[[0-9;]*[mK]", "", text).split()}


def test_every_command_is_tried():
    assert set(CALLS) == set(COMMANDS)


@pytest.mark.parametrize("name", RUNS)
def test_nothing_is_wider_than_the_terminal_or_cut_and_a_pipe_gets_no_colour(call, name):
    piped = call([*RUNS[name]])
    assert "\x1b" not in piped
    for columns in (80, 120):
        told = call([*RUNS[name]], columns)
        if name not in PRINTED:
            assert too_wide(told, columns) == []
            assert words_of(piped) <= words_of(told)


@pytest.mark.parametrize("name", RUNS)
def test_a_terminal_gets_no_colour_that_is_refused(call, name):
    told = call([*RUNS[name], "--no-color"], 80)
    assert "\x1b[" not in told.replace("\r\x1b[2K", "")  # the line of progress is taken away


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", [*COMMANDS, "lots draw", "lots verify", *TWO_PARTS["store"], ""])
def test_help_fits_the_terminal(call, name, columns):
    told = call([*name.split(), "--help"], columns)
    assert max(map(len, told.splitlines())) <= columns
    assert "\x1b" not in told
