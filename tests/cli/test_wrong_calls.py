"""Wrong calls, and what each says: the error first, the nearest that is known, nothing before it, and exit code 2."""

import json

import pytest
from tests.cli.test_main import run

from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import main

REGISTER = {
    "schema_version": 1,
    "organizations": [{"id": "xa-refuge", "kind": "ngo", "name": {"en": "Refuge"}}],
    "persons": [{"id": "member-7", "name": "Ana Example"}],
}
CALLS = {
    "": "a command is missing\nsee: untoc-network --help",
    "frobnicate": "there is no command 'frobnicate'\nsee: untoc-network --help",
    "valdate r.json": "there is no command 'valdate'; did you mean 'validate'?",
    "dup r.json": "there is no command 'dup'; did you mean 'duplicates'?",
    "--versoin": "there is no option --versoin before a command; did you mean '--version'?",
    "--frobnicate": "there is no option --frobnicate before a command",
    "validate": "missing: PATH or --example\nsee: untoc-network validate --help",
    "validate .": ".: the path is a folder; name a register in it, such as a.json, r.json",
    "validate empty": "empty: the path is a folder; name a register in it",
    f"validate {'a' * 300}": f"{'a' * 300}: the suffix is not one of .d, .datapackage, .json, .jsonl, .ndjson, .yaml, .yml, .zip",
    "validate m.csv": "m.csv: the file is a list, not a register; make one of it: untoc-network import m.csv -o m.json",
    "validate elsewhere.json": "elsewhere.json: no such file or directory",
    "validate reg.jsn": "reg.jsn: the suffix is not one of .d, .datapackage, .json, .jsonl, .ndjson, .yaml, .yml, .zip",
    "validate r.jsn": "r.jsn: the suffix is not one of .d, .datapackage, .json, .jsonl, .ndjson, .yaml, .yml, .zip; did you"
    " mean 'r.json'?",
    "validate r.json --most-of-a-rule 0": "--most-of-a-rule: '0': expected a whole number from 1\n"
    "see: untoc-network validate --help",
    "validate r.json --jobs 300": "--jobs: '300': expected a whole number from 1 to 256\nsee: untoc-network validate --help",
    "explain dangling-referense": "there is no rule 'dangling-referense'; did you mean dangling-reference?",
    "publish r.json out --audience publc": "--audience: there is no 'publc'; did you mean 'public'?",
    "graph r.json -o x.pdf": "x.pdf: the suffix is not one of .dot, .geojson, .graphml, .gv, .ics, .jsonld, .mermaid, .mmd,"
    " .popolo, .svg",
    "stats r.json -o r.json": "r.json: this file is read, and is not to be written over",
    "help valdate": "there is no command 'valdate'; did you mean 'validate'?",
    "retention r.json --keep soon": "--keep: 'soon': expected a number of days, weeks, months or years, like 24months\n"
    "see: untoc-network retention --help",
    "validate rr.json": "rr.json: no such file or directory; did you mean 'r.json'?",
    "validate nowhere/r.json": "nowhere/r.json: no such file or directory",
    "validate --fail-on foo r.json": "--fail-on: 'foo' is none of error, warning, info, never\n"
    "see: untoc-network validate --help",
    "validate --fail-on erro r.json": "--fail-on: there is no 'erro'; did you mean 'error'?",
    "validate --fial-on error r.json": "there is no option --fial-on; did you mean '--fail-on'?",
    "validate --frobnicate r.json": "there is no option --frobnicate\nsee: untoc-network validate --help",
    "validate --on 2022-02-30 r.json": "--on: '2022-02-30': there is no such day in the calendar\n"
    "see: untoc-network validate --help",
    "validate --on 2022-02 r.json": "--on: '2022-02': expected a whole day, such as 2022-03-28\n"
    "see: untoc-network validate --help",
    "validate --on 28.3.2022 r.json": "--on: '28.3.2022': a date is written 2022, 2022-03 or 2022-03-28; did you mean"
    " '2022-03-28'?",
    "validate --on 20220328 r.json": "--on: '20220328': a date is written 2022, 2022-03 or 2022-03-28; did you mean"
    " '2022-03-28'?",
    "validate --on today r.json": "--on: 'today': a date is written 2022, 2022-03 or 2022-03-28\n"
    "see: untoc-network validate --help",
    "validate --lang xx r.json": "--lang: 'xx' is not one of the languages spoken here: en, es, pt, fr\n"
    "see: untoc-network validate --help",
    "validate --format": "--format: a value is missing\nsee: untoc-network validate --help",
    "validate --stream=yes r.json": "--stream: it takes no value\nsee: untoc-network validate --help",
    "validate --example r.json": "PATH does not go with --example\nsee: untoc-network validate --help",
    "import r.json": "r.json: this file is a register already, and no list; check it with: untoc-network validate r.json",
    "import m.cvs": "m.cvs: no such file or directory; did you mean 'm.csv'?",
    "next r.json --member a --network b": "--network does not go with --stakeholder",
    "next r.json --stakeholder xa-refug": "no record has the id 'xa-refug'; did you mean 'xa-refuge'?",
    "next r.json --stakeholder q": "no record has the id 'q'",
    "next m.csv --stakeholder q": "m.csv: the file is a list, not a register; make one of it: untoc-network import m.csv -o m.json",
    "erase r.json xa-refug": "no person has this id",
    "erase r.json member-77": "no person has this id; did you mean 'member-7'?",
    "coverage r.json --review xa-refuge": "'xa-refuge' is not a country review",
    "reviews r.json --country Panma": "no country, or more than one, is called 'Panma'; did you mean 'Panam\u00e1'?",
    "reviews r.json --country Qqq": "no country, or more than one, is called 'Qqq'",
    "validate --baseline a.json r.json": "a.json: the file is not a baseline; write one with --write-baseline",
    "explain EV99": "there is no rule 'EV99'; list them with: untoc-network rules",
    "coverage r.json --audience publik": "--audience: there is no 'publik'; did you mean 'public'?",
    "submission r.json --country PA --cluster x": "--cluster: 'x': expected a whole number\n"
    "see: untoc-network submission --help",
    "diff r.json": "missing: B\nsee: untoc-network diff --help",
    "diff r.json a.json b.json": "'b.json' is one word too many\nsee: untoc-network diff --help",
    "diff r.json a.json b.json c.json": "too many words: b.json c.json\nsee: untoc-network diff --help",
    "duplicates r.json --distinct a": "--distinct: 2 values are due\nsee: untoc-network duplicates --help",
    "reference partis": "TABLE: there is no 'partis'; did you mean 'parties'?",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "m.csv").write_text("Name,Country\nRefuge,XA\n")
    for name in ("r.json", "a.json"):
        (tmp_path / name).write_text(json.dumps(REGISTER))
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("call", CALLS)
def test_a_wrong_call_says_first_what_is_wrong_and_ends_with_two(call, capsys):
    try:
        code = main(call.split())
    except SystemExit as ended:
        code = ended.code
    told = capsys.readouterr()
    assert (code, told.err) == (2, f"untoc-network: {CALLS[call]}\n")
    if not call.startswith("validate"):
        assert told.out == ""


def test_a_file_that_cannot_be_looked_for_is_an_error_like_any_other(folder, capsys):
    assert main(["convert", "folder\0/r.json", "-"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    (folder / "r.d.json").mkdir()
    assert main(["convert", "r.d.json", "-"]) == 2
    assert capsys.readouterr().err == "untoc-network: r.d.json: is a directory\n"


def test_a_folder_names_some_of_many_registers(folder, capsys):
    for number in range(6):
        (folder / "empty" / f"{number}.json").write_text("{}")
    assert main(["validate", "empty"]) == 2
    assert ", such as 0.json, 1.json, 2.json, 3.json, …\n" in capsys.readouterr().err


def test_a_list_is_imported_whatever_its_suffix_says(folder, capsys):
    (folder / "m.json").write_text("Name,Country\nRefuge,XA\n")
    assert main(["import", "m.json", "-o", "n.json"]) == 0
    assert "Refuge" in (folder / "n.json").read_text()
    assert "it is a register already" not in capsys.readouterr().err


# -- help -------------------------------------------------------------------------------------------------------------


def said(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    told = capsys.readouterr()
    assert (ended.value.code, told.err) == (0, "")
    return told.out


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("command", ["", *(name for name, command in COMMANDS.items() if command.module)])
def test_help_is_as_wide_as_there_is_room_and_has_examples(command, columns, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    out = said(capsys, *command.split(), "--help")
    assert max(map(len, out.splitlines())) <= columns
    assert f"untoc-network {command}" in out.partition("examples:")[2]
    assert "\x1b" not in out
    assert len(out.splitlines()) > 5


@pytest.mark.parametrize("command", ["reviews", "schema"])
def test_help_is_piped_without_colour(command):
    ended = run(command, "--help", COLUMNS="80", FORCE_COLOR="1", NO_COLOR="1")
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert b"\x1b" not in ended.stdout


def test_help_is_found_however_it_is_asked_for(capsys):
    assert said(capsys, "-h") == said(capsys, "--help") == said(capsys, "--he") == said(capsys, "help")
    assert said(capsys, "help", "stats") == said(capsys, "stats", "-h")
    assert said(capsys, "--version") == said(capsys, "--vers")


@pytest.mark.parametrize(
    ("language", "title"),
    [("es", "empezar"), ("pt", "começar"), ("fr", "commencer\N{NO-BREAK SPACE}"), ("xx", "start"), ("", "start")],
)
def test_help_is_in_four_languages(language, title, capsys):
    assert f"\n{title}:\n" in said(capsys, "--help", "--lang", language)
    assert f"\n{title}:\n" in said(capsys, f"--lang={language}", "--help")


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_help_in_a_language_is_as_wide_as_there_is_room(columns, language, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, said(capsys, "--help", "--lang", language).splitlines())) <= columns


def test_all_that_help_says_is_of_a_command_or_around_them():
    from untoc_network.i18n.language_words import english

    assert {*COMMANDS} <= {*english().commands}
