"""What every command takes alike: the same words, help, checks and errors, and results in a file as on the screen."""

import json

import pytest

import untoc_network as un
from untoc_network.cli.commands import COMMANDS
from untoc_network.cli.main import build_parser, main
from untoc_network.reports.report_text import FORMATS
from untoc_network.testing import invented_register

OWN = [name for name, command in COMMANDS.items() if command.module]
ON_OTHERWISE = {"reference", "duplicates", "merge-records"}
"""Commands whose day is none to judge on, or is left out unless it is given."""
FORMAT_OTHERWISE = {"submission"}
OUT_OTHERWISE = {"convert", "publish"}
"""Commands that name what they write as an argument of its own."""
LISTINGS = {
    "stats": (),
    "find": ("--theme", "firearms"),
    "duplicates": ("--exact",),
    "holdings": ("person-0",),
    "retention": (),
    "reviews": (),
    "next": ("--stakeholder", "organization-0"),
    "accreditations": (),
    "coverage": (),
    "diff": ("r.json",),
}


def options_of(name):
    (parser,) = build_parser(name)._map_subcommand_parsers().values()
    return {option: action for action in parser._actions for option in action.option_strings}


@pytest.mark.parametrize("option", ["--lang", "--no-color", "--on", "--format", "--output", "--large", "--audience"])
def test_an_option_has_the_same_words_help_and_check_everywhere(option):
    found = {name: options[option] for name in OWN if option in (options := options_of(name))}
    apart = {"--on": ON_OTHERWISE, "--format": FORMAT_OTHERWISE}.get(option, set())
    alike = {name: action for name, action in found.items() if name not in apart}
    assert len(alike) > 3
    assert len({tuple(action.option_strings) for action in found.values()}) == 1
    assert len({(action.type, action.metavar) for action in found.values()}) == 1
    assert len({action.help.removesuffix(" (%(default)s)") for action in alike.values()}) == 1


@pytest.mark.parametrize("name", OWN)
def test_every_command_takes_a_language_and_no_colour_and_writes_where_it_is_told(name):
    options = options_of(name)
    assert {"--lang", "--no-color"} <= set(options)
    assert ("--output" in options) is (name not in OUT_OTHERWISE)
    if name in LISTINGS or name in ("validate", "rules", "explain", "reference", "process"):
        assert {"text", "json"} <= {*options["--format"].choices}
        assert options["--format"].default == "text"


def test_reports_have_every_format():
    for name in ("validate", "import", "merge"):
        assert tuple(options_of(name)["--format"].choices) == tuple(FORMATS)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    un.dump(invented_register(2), "r.json")
    return tmp_path


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", LISTINGS)
def test_a_listing_is_the_same_in_a_file(folder, capsys, name, form):
    day = ["--on", "2024-06-30"] if "--on" in options_of(name) else []
    call = [name, "r.json", *LISTINGS[name], *day, "--format", form]
    code = main(call)
    printed = capsys.readouterr().out
    assert main([*call, "-o", "out.txt"]) == code
    assert capsys.readouterr().out == ""
    assert (folder / "out.txt").read_text("utf-8") == printed
    if form == "json":
        json.loads(printed)


@pytest.mark.parametrize(
    "call",
    [
        "stats r.json",
        "report r.json",
        "view r.json --audience public",
        "export r.json --to dot",
        "submission r.json --country PA",
        "pseudonyms r.json --key-file key.txt",
        "duplicates r.json --exact",
        "validate r.json",
    ],
)
def test_a_result_never_takes_the_place_of_the_register(folder, capsys, call):
    (folder / "key.txt").write_text("k" * 40)
    before = (folder / "r.json").read_bytes()
    assert main([*call.split(), "-o", "./r.json"]) == 2
    assert capsys.readouterr().err == "untoc-network: ./r.json: this file is read, and is not to be written over\n"
    assert (folder / "r.json").read_bytes() == before


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--on", "2022-02", "expected a whole day, such as 2022-03-28"),
        ("--lang", "xx", "is not one of the languages spoken here"),
        ("--format", "jsn", "--format: "),
        ("--large=yes", "", "--large: it takes no value"),
    ],
)
def test_a_wrong_value_is_told_alike_by_every_command(capsys, option, value, problem):
    for name in OWN:
        if option.partition("=")[0] in options_of(name):
            with pytest.raises(SystemExit) as ended:
                main([name, option, *filter(None, [value])])
            assert ended.value.code == 2
            told = capsys.readouterr().err
            assert told.startswith("untoc-network: ")
            assert problem in told.splitlines()[0]


@pytest.mark.parametrize("name", OWN)
def test_a_misspelt_option_is_told_by_every_command(capsys, name):
    with pytest.raises(SystemExit) as ended:
        main([name, "--no-clor"])
    told = capsys.readouterr().err
    expected = "untoc-network: there is no option --no-clor; did you mean '--no-color'?\n"
    assert (ended.value.code, told) == (2, expected)
