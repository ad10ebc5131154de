"""Commands of other distributions: found by entry points, never in the way of the library's own."""

import sys
import types
from importlib.metadata import EntryPoint

import pytest

import untoc_network as un
from untoc_network.cli import companions
from untoc_network.cli.main import main
from untoc_network.diagnostics.code import Code


def greet(commands):
    parser = commands.add_parser("greet", help="say hello")
    parser.set_defaults(run=lambda chosen: 7 if sys.stdout.write("hello\n") else 0)


def fail(commands):
    commands.add_parser("halfway")
    raise RuntimeError("not\ntoday")


def leave(commands):
    sys.exit("gone")


def explain():
    yield ILLUSTRATED
    raise RuntimeError("no more")


ILLUSTRATED = Code(code="ZZ001", module="elsewhere", slug="all-is-well", severity=un.Severity.INFO, message="-",
                   statement="All is well.", why="it is.", passes="{}", fails="[]")  # fmt: skip


def nested(commands):
    inner = commands.add_parser("nested").add_subparsers(metavar="COMMAND", required=True)
    inner.add_parser("do").add_argument("--fast", action="store_true")


@pytest.fixture
def declared(monkeypatch):
    """Have other distributions declare commands, each as a name and a value."""
    module = types.ModuleType("elsewhere")
    module.__dict__.update(greet=greet, nested=nested, fail=fail, leave=leave, value=3)
    module.__dict__.update(explain=explain, nothing=lambda commands: None)
    monkeypatch.setitem(sys.modules, "elsewhere", module)

    def declare(group=companions.GROUP, **values):
        found = [EntryPoint(name=name, value=value, group=group) for name, value in values.items()]
        monkeypatch.setattr(companions, "entry_points", lambda group: [one for one in found if one.group == group])

    return declare


def ended(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code, *capsys.readouterr()


def test_a_command_of_anybody_runs(declared, capsys):
    declared(greet="elsewhere:greet")
    assert main(["greet"]) == 7
    assert capsys.readouterr() == ("hello\n", "")
    code, out, err = ended(capsys, "--help")
    assert (code, err) == (0, "")
    assert "\nfrom other packages:\n  greet           elsewhere:greet\n" in out
    code, out, err = ended(capsys, "greett")
    assert (code, err) == (2, "untoc-network: there is no command 'greett'; did you mean 'greet'?\n")


def test_the_help_says_of_a_command_what_its_distribution_is_for(declared, capsys, monkeypatch):
    declared()
    entry = types.SimpleNamespace(name="own", value="x", dist=types.SimpleNamespace(metadata={"Summary": "helps"}))
    monkeypatch.setattr(companions, "entry_points", lambda group: [entry])
    assert "\n  own             helps\n" in ended(capsys, "--help")[1]


def test_a_command_of_a_companion_may_have_commands_of_its_own(declared, capsys):
    declared(nested="elsewhere:nested")
    code, _out, err = ended(capsys, "nested", "doo")
    assert (code, err) == (2, "untoc-network: COMMAND: there is no 'doo'; did you mean 'do'?\n")
    code, _out, err = ended(capsys, "nested", "do", "--fsat")
    assert (code, err) == (2, "untoc-network: there is no option --fsat; did you mean '--fast'?\n")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("absent", "nowhere.at.all:add_to", "ModuleNotFoundError: No module named 'nowhere'"),
        ("absent", "elsewhere:lost", "AttributeError: module 'elsewhere' has no attribute 'lost'"),
        ("absent", "elsewhere:value", "TypeError: 'int' object is not callable"),
        ("absent", "elsewhere:nothing", "ValueError: it adds no command"),
        ("absent", "elsewhere:greet", "ValueError: it adds 'greet'"),
        ("halfway", "elsewhere:fail", "RuntimeError: not today"),
        ("absent", "elsewhere:leave", "SystemExit: gone"),
    ],
)
def test_one_that_cannot_be_used_is_told_in_a_line_and_the_others_work(declared, capsys, name, value, words):
    declared(**{name: value, "greet": "elsewhere:greet"})
    assert main([name]) == 2
    assert capsys.readouterr().err == f"untoc-network: the command {name!r} ({value}) cannot be used: {words}\n"
    assert ended(capsys, "--help")[::2] == (0, "")
    assert main(["greet"]) == 7
    assert capsys.readouterr() == ("hello\n", "")


@pytest.mark.parametrize("arguments", [["rules", "--select", "XX"], ["explain", "RF002"]], ids=" ".join)
def test_a_command_of_the_library_asks_for_no_other(declared, capsys, arguments):
    declared(absent="nowhere:add_to", explain="elsewhere:greet", rules="elsewhere:greet")
    assert main(arguments) == 0
    assert capsys.readouterr().err == ""


def test_the_version_asks_for_no_other(declared, capsys):
    declared(absent="nowhere:add_to")
    assert ended(capsys, "--version")[::2] == (0, "")


def test_the_store_that_is_not_installed_says_how_to_get_it(declared, capsys):
    declared()
    assert main(["store", "init", "register.db"]) == 2
    line = "untoc-network: for a register in a database, untoc-network-store is needed; in a copy of the library: pip install ./packages/untoc-network-store\n"
    assert capsys.readouterr() == ("", line)


def test_a_companion_that_is_not_installed_says_how_to_get_it(declared, capsys):
    declared()
    assert main(["lots", "draw", "--seed", "x"]) == 2
    line = "untoc-network: for the drawing of lots, untoc-network-lots is needed; in a copy of the library: pip install ./packages/untoc-network-lots\n"
    assert capsys.readouterr() == ("", line)


def test_the_website_that_is_not_installed_says_how_to_get_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "untoc_network_site", None)
    monkeypatch.chdir(tmp_path)
    un.dump(un.example(), tmp_path / "register.json")
    assert main(["publish", "register.json", "out", "--audience", "public", "--site"]) == 2
    line = "untoc-network: for the website, the report and the pictures of a network, untoc-network-site is needed; in a copy of the library: pip install ./packages/untoc-network-site\n"
    assert capsys.readouterr() == ("", line)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("report", "register.json", "-o", "out.html"),
        ("graph", "register.json", "-o", "out.svg"),
        ("submission", "register.json", "--country", "PA", "-o", "out.html"),
    ],
)
def test_pages_and_pictures_say_how_to_get_what_draws_them(words, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "untoc_network_site", None)
    monkeypatch.chdir(tmp_path)
    un.dump(un.example(), tmp_path / "register.json")
    assert main([*words]) == 2
    assert "pictures of a network, untoc-network-site is needed" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["register.json"]


def test_the_website_is_no_command(declared, capsys):
    declared()
    assert ended(capsys, "site")[0] == 2


def test_what_the_program_itself_was_given_is_taken_where_nothing_else_is(declared, capsys, monkeypatch):
    declared(greet="elsewhere:greet")
    monkeypatch.setattr(sys, "argv", ["untoc-network", "greet"])
    assert main() == 7
    monkeypatch.setattr(sys, "argv", ["untoc-network"])
    with pytest.raises(SystemExit):
        main()


def test_a_code_of_anybody_is_explained(declared, capsys):
    declared(companions.CODES, ZZ="elsewhere:explain")
    for named in ("zz001", "All-is-well"):
        assert main(["explain", named]) == 0
        assert capsys.readouterr().out.startswith("ZZ001 all-is-well (info, since 0.1)\n\nAll is well.\n")


def test_codes_that_cannot_be_read_are_told_in_a_line(declared, capsys):
    declared(companions.CODES, ZZ="elsewhere:explain")
    assert main(["explain", "ZZ002"]) == 2
    first, second = capsys.readouterr().err.splitlines()
    assert first == "untoc-network: the codes 'ZZ' (elsewhere:explain) cannot be used: RuntimeError: no more"
    assert second.startswith("untoc-network: there is no rule 'ZZ002'")


def test_a_code_of_a_companion_that_is_not_installed_says_how_to_get_it(declared, capsys):
    declared(companions.CODES)
    assert main(["explain", "lt001"]) == 2
    line = "untoc-network: for the drawing of lots, untoc-network-lots is needed; in a copy of the library: pip install ./packages/untoc-network-lots\n"
    assert capsys.readouterr() == ("", line)
