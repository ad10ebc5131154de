"""Budgets on counts: what is loaded, how often collections are read, how calls grow with the register."""

import ast
import builtins
import gc
import json
import re
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest

import untoc_network as un
from tests.measuring import untraced
from untoc_network.bulk.record_stream import read_chunks
from untoc_network.bulk.retained_records import RetainedPart
from untoc_network.model.register import COLLECTIONS
from untoc_network.serializers.fast import fast_json as compiled
from untoc_network.serializers.files import EXAMPLE
from untoc_network.testing import invented_register

ON = "2026-11-24"
pytestmark = pytest.mark.unmeasured


def loaded_by(statement):
    code = (
        "import socket, sys, json\n"
        "def refused(*_, **__): raise AssertionError('a socket was opened')\n"
        "socket.socket = refused\n"
        f"{statement}\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('untoc_network')]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], env=untraced(), capture_output=True, text=True, check=True)
    return set(json.loads(ran.stdout))


def test_importing_the_package_loads_nothing_else():
    assert loaded_by("import untoc_network") == {"untoc_network"}


def test_a_model_class_loads_no_rule_format_or_renderer():
    loaded = loaded_by("import untoc_network as un; un.Organization")
    assert not [
        name for name in loaded if name.split(".")[1:2] in (["rules"], ["serializers"], ["reports"], ["testing"])
    ]


def test_a_register_without_a_log_loads_no_procedure():
    loaded = loaded_by("import untoc_network as un; un.validate(un.example(), on='2026-11-24')")
    assert not [name for name in loaded if name.startswith("untoc_network.process.")]


COMMAND = "from untoc_network.cli.main import main\ntry: main({})\nexcept SystemExit: pass"
PROGRAM = "import untoc_network as un\nun.validate(un.load(PATH), on='2026-11-24')"
NEEDLESS = {
    *("cattrs", "csv", "email", "hashlib", "importlib.metadata", "pendulum", "pickle", "ruamel", "yaml", "zipfile"),
    *("untoc_network.bulk", "untoc_network.interop", "untoc_network.matching", "untoc_network.testing"),
    *("untoc_network.engagement", "untoc_network.privacy", "untoc_network.statistics", "untoc_network.text.tokens"),
    *("untoc_network.process.review_tracker", "untoc_network.reference.country_mentions"),
    *("untoc_network.reference.row_types", "untoc_network.serializers.codecs.csv_table"),
    *("untoc_network.serializers.codecs.ndjson", "untoc_network.serializers.codecs.yaml"),
    *("untoc_network.serializers.member_lists", "untoc_network.serializers.structure.structuring"),
}
"""What a register in JSON is read and checked without, where its form is sound."""


COUNTING = """\
import attrs, builtins, sys
before, compile, letters = {{*sys.modules}}, builtins.compile, []
def counted(text, *given, **named):
    letters.append(len(text) if isinstance(text, str) else 0)
    return compile(text, *given, **named)
builtins.compile = counted
{}
print('\\nloaded', sum(letters), *{{*sys.modules}} - before)
"""


def modules_of(statement):
    """What a statement loads in a fresh interpreter, and how many letters of code it writes and compiles."""
    code = COUNTING.format(statement)
    ran = subprocess.run([sys.executable, "-c", code], env=untraced(), capture_output=True, text=True, check=True)
    letters, *loaded = ran.stdout.rpartition("\nloaded ")[2].split()
    return {*loaded}, int(letters)


@pytest.mark.parametrize(
    ("statement", "most_ours", "most", "most_letters"),
    [
        pytest.param(COMMAND.format("['--version']"), 3, 40, 1_000, id="--version"),
        pytest.param(COMMAND.format("['--help']"), 16, 110, 8_000, id="--help"),
        pytest.param(COMMAND.format("['validate', PATH, '--on', '2026-11-24']"), 144, 220, 138_000, id="validate"),
        pytest.param(PROGRAM, 117, 170, 122_000, id="read and validate"),
    ],
)
def test_a_start_loads_and_compiles_what_it_needs(statement, most_ours, most, most_letters):
    # Milliseconds are measured in benchmarks/: a module takes half of one, a class of the model as much.
    loaded, letters = modules_of(f"PATH = {str(EXAMPLE)!r}\n{statement}")  # in which something is found
    ours = {name for name in loaded if name.startswith("untoc_network")}
    assert len(ours) <= most_ours
    assert len(loaded) <= most
    assert letters <= most_letters
    if "untoc_network.model.register" in loaded:
        assert not loaded & NEEDLESS
    if statement is PROGRAM:  # which asks for no line of what is found
        assert not loaded & {"untoc_network.serializers.codecs.json_scanner", "untoc_network.app.baseline"}


def test_what_was_read_once_is_read_again_without_compiling_anything(monkeypatch):
    register = invented_register(3)
    data = un.dumps(register)

    def go_round():
        again = un.loads(data)
        assert again == register
        assert list(un.validate(again, on=ON)) == []
        assert un.dumps(again) == data
        assert len({*again}) == len(again)

    go_round()
    again = []
    for module, name in ((builtins, "compile"), (builtins, "eval"), (builtins, "exec"), (re._compiler, "compile")):
        do = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, do=do, **named: again.append(given) or do(*given, **named))
    go_round()
    monkeypatch.undo()
    assert again == []


def test_the_sample_is_sound():
    assert list(un.validate(invented_register(30), on=ON)) == []


class Counted(tuple):
    """A collection that counts how often it is gone through."""

    passes = 0

    def __iter__(self):
        type(self).passes += 1
        return super().__iter__()


def passes_over(organizations):
    register = invented_register(organizations)
    for name in COLLECTIONS:
        object.__setattr__(register, name, Counted(getattr(register, name)))
    Counted.passes = 0
    un.validate(register, on=ON)
    return Counted.passes


def test_no_rule_goes_through_a_collection_once_a_record():
    assert passes_over(10) == passes_over(200) > 0


def calls_of(work):
    counted = 0

    def count(_frame, event, _argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("do", ["validate", "dumps", "reads", "index", "stream"])
def test_work_grows_with_the_register_and_no_faster(do, tmp_path):
    def calls(organizations):
        register = invented_register(organizations)
        data = un.dumps(register)
        un.validate(register, on=ON)
        fresh = un.loads(data)
        path = tmp_path / f"{organizations}.ndjson"
        un.bulk.write_records(path, register)
        un.bulk.check(path, on=ON)
        work = {
            "stream": lambda: un.bulk.check(path, on=ON),
            "validate": lambda: un.validate(fresh, on=ON),
            "dumps": lambda: un.dumps(fresh),
            "reads": lambda: un.reads(data),
            "index": lambda: (fresh.references, fresh.referrers, fresh.by_id, fresh.memberships_by_network),
        }
        return calls_of(work[do])

    calls(1)  # so that what is compiled once is
    assert calls(400) <= 4.1 * calls(100)


def test_a_small_document_is_read_without_setting_anything_up(monkeypatch):
    # Time against `json.loads` is measured in benchmarks/; what was set up anew for each was 5,000 calls.
    small = b'{"schema_version": 1, "organizations": [{"id": "x", "kind": "ngo", "name": {"en": "X"}}]}'
    un.reads(small)
    assert calls_of(lambda: un.reads(small)) < 200
    monkeypatch.setattr(compiled, "is_usable", lambda: False)
    un.reads(small)
    assert calls_of(lambda: un.reads(small)) < 800


def test_writing_gives_the_garbage_collector_nothing_to_do():
    # It goes through all that the process holds, which takes longer than the writing where the process is large.
    register = invented_register(1000)
    un.dumps(register)
    runs = []

    def count(phase, info):
        runs.append((phase, info["generation"]))

    gc.collect()
    gc.callbacks.append(count)
    try:
        un.dumps(register)
    finally:
        gc.callbacks.remove(count)
    assert len(runs) <= 2  # one run, which begins and ends


def test_indexes_are_built_once():
    register = invented_register(20)
    first = (register.by_id, register.references, register.redirected, register.memberships_by_network)
    un.validate(register, on=ON)
    again = (register.by_id, register.references, register.redirected, register.memberships_by_network)
    assert all(one is two for one, two in zip(first, again, strict=True))


def test_the_types_of_the_public_face_are_those_of_its_table():
    stub = ast.parse(Path(un.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    imported = {
        (statement.module, name.asname)
        for statement in stub.body
        if isinstance(statement, ast.ImportFrom)
        for name in statement.names
    }
    homes = {room: f"untoc_network.{place}".rpartition(".") for room, place in un._ROOMS.items()}
    # What is imported by another name than its own is no public name to pyright until that is assigned.
    rooms = {(package, room if room == module else f"_{room}") for room, (package, _, module) in homes.items()}
    assert imported == rooms | {(f"untoc_network.{home}", name) for name, home in un._HOME_OF.items()}


def bytes_a_record(keep, few=100, many=600):
    """What each further record takes, where `keep` makes something of a register's bytes."""

    def taken(organizations):
        register = invented_register(organizations)
        tracemalloc.start()
        try:
            kept = keep(register)
            gc.collect()
            return tracemalloc.get_traced_memory()[0], len(register), kept
        finally:
            tracemalloc.stop()

    keep(invented_register(1))
    (less, fewer, _), (more, larger, _) = taken(few), taken(many)
    return (more - less) / (larger - fewer)


def test_a_register_takes_few_bytes_a_record():
    assert bytes_a_record(lambda register: un.loads(un.dumps(register))) < 650


def test_what_is_kept_of_records_that_stream_by_takes_few_bytes_a_record(tmp_path):
    def keep(register):
        path = tmp_path / f"{len(register)}.ndjson"
        un.bulk.write_records(path, register)
        kept = RetainedPart(whole=False)
        for chunk in read_chunks(path, 0, None, limits=un.Limits()):
            kept.take(chunk)
        return kept

    assert bytes_a_record(keep) < 150
