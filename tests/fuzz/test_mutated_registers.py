"""Registers as mutated documents hold them: everything writes them whole, and every command ends as it should."""

import functools
import itertools
import json
import random
import re
import xml.etree.ElementTree as ET

import pytest
from tools.build_hazards import surfaces

import untoc_network as un
from tests.fuzz.readers import DAY, READERS
from tests.fuzz.test_mutated_inputs import documents
from tests.measuring import count_example
from tests.profiles import portion
from untoc_network.cli.main import main
from untoc_network.interop.registry import FORMS
from untoc_network.reports.report_text import FORMATS, render_report
from untoc_network.serializers.registry import REGISTER_FORMATS

UNSEEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]"
"""What could steer a terminal, or turn a line around."""


@functools.cache
def read_registers(wanted):
    """So many registers that mutated documents hold, with what was told of each; some with errors that rules find."""
    read = (un.reads(data) for data in documents("json", 2))
    sound = ((register, report) for register, report in read if register is not None and report.ok)
    return tuple(
        (register, report.merge(un.validate(register, on=DAY))) for register, report in itertools.islice(sound, wanted)
    )


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", REGISTER_FORMATS)
def test_every_form_gives_back_what_was_written(name, record_property):
    form, tried = REGISTER_FORMATS[name], portion(40)
    for register, _ in read_registers(tried):
        written = dict(form.files(register)) if form.files else b"".join(form.pieces(register))
        again, report = form.reads(written)
        assert report.ok
        assert again == register
    record_property("inputs", tried)


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", FORMS)
def test_every_form_for_other_tools_is_written_whole(name, record_property):
    tried = portion(40)
    for register, _ in read_registers(tried):
        data = un.exchange.export(register, name, on=DAY).data
        text = data.decode()
        assert not re.search(UNSEEN, text)
        match name:
            case "jsonld" | "popolo" | "geojson":
                json.loads(text)
            case "graphml" | "svg":
                ET.fromstring(text)
            case "calendar":
                assert text.startswith("BEGIN:VCALENDAR\r\n")
                assert un.exchange.read_data(data, "calendar")[0] is not None
    record_property("inputs", tried)


@pytest.mark.parametrize("name", [f"report in {name}" for name in FORMATS])
def test_every_report_is_written_whole(name, record_property):
    form, tried = name.removeprefix("report in "), portion(40)
    for _, report in read_registers(tried):
        count_example(40)
        text = "".join(render_report(report, form, languages=("es", "en")))
        assert not re.search(UNSEEN, text)
        match form:
            case "json" | "sarif":
                json.loads(text)
            case "junit":
                ET.fromstring(text)
    record_property("inputs", tried)


CALLS = {
    "validate": "@",
    "import": "@list -o out.json",
    "start": "@list --network-name XA -o out.json --replace",
    "convert": "@ out.yaml",
    "migrate": "@ --check",
    "schema": "",
    "completion": "bash",
    "stats": "@",
    "report": "@ -o out.html",
    "find": "@ --country XA",
    "diff": "@ r.json",
    "publish": "@ out --audience public",
    "view": "@ --audience members",
    "export": "@ -o out.popolo",
    "calendar": "@ -o out.ics",
    "graph": "@ -o out.svg",
    "pseudonyms": "@ --key-file key",
    "duplicates": "@",
    "merge-records": "@ organization-0 organization-1 --undo undo.json",
    "undo-merge": "r.json @undo",
    "merge": "r.json @ r.json",
    "holdings": "@ person-0",
    "erase": "@ person-0",
    "retention": "@ --keep 1years",
    "country": "Panama @",
    "reviews": "@",
    "next": "@ --stakeholder organization-0",
    "accreditations": "@",
    "coverage": "@",
    "submission": "@ --country Chile",
    "process": "",
    "reference": "parties",
    "lots draw": "--seed x --source @word",
    "lots verify": "@draw",
    "store init": "new.db",
    "store load": "r.db @ --by office",
    "store dump": "r.db -o out.json",
    "store log": "r.db",
    "store check": "r.db",
    "store erase": "r.db person-0",
    "rules": "",
    "explain": "@word",
}
"""How each command is called: `@` is the mutated register, `@` and a word another document of its kind."""
KINDS = {"@": "json", "@list": "list csv", "@undo": "undo of a merge", "@draw": "record of a draw"}
DATED = {"validate", "stats", "report", "find", "publish", "view", "export", "calendar", "graph", "erase", "retention",
         "country", "reviews", "next", "accreditations", "coverage", "submission", "store load", "store check", "store erase"}  # fmt: skip
WORDS = ("--nothing", "--format", "json", "--lang", "es", "-o", "x/y/z", "\x1b[31m", "\u202e", "--on", "2022-02-30", "", "-", "é" * 300,
         "--large", "nowhere.json", "r.json", "--to", "yaml", "--audience", "public", "\ud800")  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_every_command_ends_as_it_should(name, tmp_path, monkeypatch, capsys, record_property):
    monkeypatch.chdir(tmp_path)
    un.dump(un.testing.invented_register(3), tmp_path / "r.json")
    (tmp_path / "key").write_text("k" * 32)
    if name.startswith("store "):
        un.store.create(tmp_path / "r.db", un.testing.invented_register(3)).close()
    dice, tried = random.Random(name), portion(20)
    kind = next((KINDS[word] for word in CALLS[name].split() if word in KINDS), None)
    given = iter(()) if kind is None else itertools.chain(READERS[kind].seeds(), documents(kind, 3))
    for number in range(tried):
        count_example(20)
        document = next(given, b"")
        (tmp_path / "m.json").write_bytes(document)
        (tmp_path / "m.csv").write_bytes(document)
        words = [_word(word, dice) for word in CALLS[name].split()]
        words += ["--on", DAY] if name in DATED else []
        if number % 3 == 2:
            words.insert(dice.randint(0, len(words)), dice.choice(WORDS))
        monkeypatch.setattr("sys.stdin", None)
        code = _call([*name.split(), *words])
        out, err = capsys.readouterr()
        assert code in {0, 1, 2}, (words, code)
        assert "Traceback" not in err
        assert not re.search(UNSEEN, out + err)
        assert (tmp_path / "r.json").exists()
    record_property("inputs", tried)


def _call(words):
    try:
        return main(words)
    except SystemExit as end:
        return end.code


def _word(word, dice):
    if word == "@word":
        return dice.choice(WORDS)
    return "m.csv" if word == "@list" else "m.json" if word.startswith("@") else word


def test_every_command_is_called():
    assert set(CALLS) == set(surfaces()["commands"])
