"""Where people wait: a cold start, one record, one fault, one change, one view, one import; and the other forms.

Each function gives figures by their names. Works are done in turn, and of each the least CPU time counts: what else the
machine does can only add to it. Ratios are times of the first over times of the second, so that less is faster here.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

import untoc_network as un
from benchmarks import twins
from benchmarks.changes import make_register
from benchmarks.peers import LIMITS, ON, Work, importable, in_turn, least
from untoc_network.serializers.files import EXAMPLE
from untoc_network.testing import invented_register

__all__ = ["cold_starts", "faults", "first_import", "forms", "imports", "list_of_members", "one_record", "views"]

SMALL = b'{"schema_version": 1, "organizations": [{"id": "x", "kind": "ngo", "name": {"en": "X"}}]}'
EACH_TENTH = 10


# -- a cold start ------------------------------------------------------------------------------------------------------


def cold_starts(rounds: int) -> dict[str, float]:
    """CPU milliseconds of fresh interpreters with compiled bytecode, over one that imports attrs and cattrs alone."""
    program = f"import untoc_network as un; un.validate(un.load({str(EXAMPLE)!r}), on={ON!r})"
    commands = {
        "cold_attrs_and_cattrs_ms": ["-c", "import attrs, cattrs"],
        "cold_version_ms": ["-m", "untoc_network", "--version"],
        "cold_help_ms": ["-m", "untoc_network", "--help"],
        "cold_validate_ms": ["-m", "untoc_network", "validate", str(EXAMPLE)],
        "cold_read_and_validate_ms": ["-c", program],
    }
    if importable("followthemoney"):
        commands["cold_followthemoney_ms"] = ["-c", "from followthemoney import model; model.get('Person')"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        runs = [
            {name: _child_milliseconds(words, environment) for name, words in commands.items()}
            for _ in range(rounds + 1)
        ]
    found = {name: min(run[name] for run in runs[1:]) for name in commands}  # the first wrote the bytecode
    bare = found["cold_attrs_and_cattrs_ms"]
    return found | {f"{name.removesuffix('_ms')}_over_ms": taken - bare for name, taken in [*found.items()][1:]}


def _child_milliseconds(words: list[str], environment: Mapping[str, str]) -> float:
    import resource  # not on Windows

    def taken() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return 1_000 * (usage.ru_utime + usage.ru_stime)

    before = taken()
    subprocess.run([sys.executable, *words], env=environment, capture_output=True, check=False)
    return taken() - before


# -- one record --------------------------------------------------------------------------------------------------------


def one_record(rounds: int) -> dict[str, float]:
    """Microseconds that a document of one record takes to read, here and elsewhere.

    A service reads one a request, so that what has to be set up for each reading weighs more than the reading.
    """
    import msgspec

    from untoc_network.serializers.structure.structuring import converter

    model, checked = twins.pydantic_model(), msgspec.json.Decoder(twins.msgspec_struct(forbidding=True))
    readers = {
        "small_read_us": un.reads,
        "small_json_loads_us": json.loads,
        "small_pydantic_us": model.model_validate_json,
        "small_checked_struct_us": checked.decode,
        "small_cattrs_us": lambda data: converter().structure(json.loads(data), un.Register),
    }
    works = {name: _many_times(lambda read=read: read(SMALL)) for name, read in readers.items()}  # type: ignore[misc]
    found = {name: taken * 1e6 / MANY for name, taken in least(in_turn(works, rounds)).items()}
    return found | {"small_read_vs_json_loads": found["small_read_us"] / found["small_json_loads_us"]}


MANY = 1_000


def _many_times(work: Work) -> Work:
    def many() -> None:
        for _ in range(MANY):
            work()

    return many


# -- faults ------------------------------------------------------------------------------------------------------------


def faults(organizations: int, rounds: int) -> dict[str, float]:
    """What faults cost beside reading the sound document: one key misspelt, one in each tenth record."""
    sound = un.dumps(invented_register(organizations))
    model = twins.pydantic_model()
    documents = {
        "clean": sound,
        "one_fault": _misspell(sound, every=sound.count(KEY) // 2),
        "tenth_faulty": _misspell(sound, every=EACH_TENTH),
    }
    works: dict[str, Work] = {
        name: lambda data=data: un.reads(data, limits=LIMITS)  # type: ignore[misc]
        for name, data in documents.items()
    }
    for name in ("clean", "one_fault"):
        works[f"pydantic_{name}"] = lambda data=documents[name]: _refused_or_read(model, data)  # type: ignore[misc]
    found = least(in_turn(works, rounds))
    return {
        "one_fault_vs_clean": found["one_fault"] / found["clean"],
        "tenth_faulty_vs_clean": found["tenth_faulty"] / found["clean"],
        "pydantic_one_fault_vs_clean": found["pydantic_one_fault"] / found["pydantic_clean"],
    }


KEY, MISSPELT = b'"sources": [', b'"sourses": ['


def _misspell(data: bytes, *, every: int) -> bytes:
    """The text with the key misspelt each so many times, once at the least."""
    parts = data.split(KEY)
    pieces = [parts[0]]
    for number, part in enumerate(parts[1:], start=1):
        pieces += [MISSPELT if number % every == 0 else KEY, part]
    return b"".join(pieces)


def _refused_or_read(model: Any, data: bytes) -> None:
    with contextlib.suppress(ValueError):
        model.model_validate_json(data)


# -- other forms -------------------------------------------------------------------------------------------------------


def forms(organizations: int, rounds: int, *, all_peers: bool) -> dict[str, float]:
    """What a register takes to read in its other forms beside JSON; ruamel reads YAML to plain values alone."""
    register = invented_register(organizations)
    data = {form: un.dumps(register, form=form) for form in ("json", "ndjson", "yaml", "csv")}
    works: dict[str, Work] = {
        form: lambda form=form, text=text: un.reads(text, form=form, limits=LIMITS)  # type: ignore[misc]
        for form, text in data.items()
    }
    works["json lines"] = lambda: [json.loads(line) for line in data["ndjson"].splitlines()]
    if all_peers and importable("ruamel.yaml"):
        from ruamel.yaml import YAML

        works["ruamel"] = lambda: YAML(typ="safe", pure=True).load(data["yaml"])
    found = least(in_turn(works, rounds, longest=5))
    ratios = {f"{form}_vs_json": found[form] / found["json"] for form in ("ndjson", "yaml", "csv")}
    ratios["ndjson_vs_json_loads_of_lines"] = found["ndjson"] / found["json lines"]
    return ratios | ({"yaml_vs_ruamel": found["yaml"] / found["ruamel"]} if "ruamel" in found else {})


# -- a view ------------------------------------------------------------------------------------------------------------


def views(organizations: int, rounds: int, withheld: int) -> dict[str, float]:
    """The public view beside writing the same register; with so many persons who agreed to nothing, spread over it."""
    register = make_register(organizations)
    every = organizations // withheld
    persons = [
        attrs.evolve(one, consents=()) if place % every == 1 else one for place, one in enumerate(register.persons)
    ]
    some_hidden = attrs.evolve(register, persons=persons)
    works: dict[str, Work] = {
        "dump": lambda: un.dumps(register),
        "view": lambda: un.privacy.view(attrs.evolve(register), "public", ON),
        "view with withheld": lambda: un.privacy.view(attrs.evolve(some_hidden), "public", ON),
    }
    found = least(in_turn(works, rounds))
    return {
        "view_vs_dump": found["view"] / found["dump"],
        "view_with_withheld_vs_dump": found["view with withheld"] / found["dump"],
    }


# -- an import ---------------------------------------------------------------------------------------------------------


def imports(rows: int, rounds: int) -> dict[str, float]:
    """Seconds of importing a member list for the first time, and of importing the same once more."""
    data = list_of_members(rows)
    register = un.import_bytes(data, limits=LIMITS, list="members").register
    works: dict[str, Work] = {
        "import_s": lambda: un.import_bytes(data, limits=LIMITS, list="members"),
        "import_again_s": lambda: un.import_bytes(data, limits=LIMITS, list="members", existing=register),
    }
    found = least(in_turn(works, rounds, longest=20))
    return found | {"import_rows_per_second": rows / found["import_s"]}


def first_import(rows: int) -> float:
    """CPU seconds of importing a list of so many members for the first time."""
    data = list_of_members(rows)
    return least(in_turn({"import": lambda: un.import_bytes(data, limits=LIMITS, list="members")}, 1))["import"]


def list_of_members(rows: int) -> bytes:
    """A list of invented members as networks keep them: names, countries, towns, pages, a person and when they came."""
    return "\n".join(["Name,Country,City,Website,Contact person,Email,Member since", *_rows(rows)]).encode()


def _rows(rows: int) -> Iterator[str]:
    for number in range(rows):
        page = f"https://member-{number}.example.org/"
        person = f"Ana Ejemplo {number},office-{number}@example.org"
        yield f"Network House {number},XA,Town {number % 50},{page},{person},{2000 + number % 20}"
