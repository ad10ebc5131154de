"""The command line as a whole: exit codes, broken pipes, interruptions."""

import io
import json
import os
import runpy
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.measuring import untraced

import untoc_network as un
from untoc_network.cli.main import _replace_closed_streams, main, script


def run(*arguments, stdin=b"", stdout=subprocess.PIPE, **environment):
    return subprocess.run(
        [sys.executable, "-m", "untoc_network", *arguments],
        input=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**untraced(), **environment},
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [[], ["validate"], ["frobnicate"], ["validate", "--on", "today", "-"], ["validate", "--format", "xml", "-"]]
    + [["validate", "--example", "r.json"], ["validate", "--fail-on", "grave", "-"], ["explain"]],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two_and_says_first_what_is_wrong(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("untoc-network: ")
    assert "usage:" not in told.err


def test_the_version_is_told(capsys, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["untoc-network", "--version"])
    for run_it in (main, script):
        with pytest.raises(SystemExit) as ended:
            run_it()
        assert ended.value.code == 0
        assert capsys.readouterr().out == f"untoc-network {un.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["validate", "--help"], ["rules", "--help"], ["explain", "--help"]])
def test_help_is_there_for_every_command(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert "untoc-network" in capsys.readouterr().out


def test_an_interruption_ends_with_130_and_says_nothing(monkeypatch, capsys):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("untoc_network.serializers.files.read", interrupted)
    monkeypatch.setattr(sys, "argv", ["untoc-network", "validate", "r.json"])
    assert (main(), script()) == (130, 130)
    assert capsys.readouterr() == ("", "")


def closed_pipe():
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def test_a_closed_pipe_is_quiet(monkeypatch):
    writing = closed_pipe()
    with open(writing, "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        monkeypatch.setattr(sys, "argv", ["untoc-network", "rules"])
        assert script() == 0
        stream.write("into nothing")


def test_a_host_keeps_its_streams_and_their_descriptors(monkeypatch, tmp_path):
    with open(tmp_path / "out.txt", "w", encoding="ascii", errors="strict") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["rules", "--select", "XX"]) == 0
        assert stream.errors == "strict"
    with open(os.dup(closed := closed_pipe()), "w", encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["rules"]) == 0
        assert os.path.sameopenfile(stream.fileno(), closed)
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    os.close(closed)


def test_a_closed_pipe_is_quiet_to_the_very_end_of_the_program():
    writing = closed_pipe()
    ended = run("rules", stdout=writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_the_module_runs_as_a_program():
    ended = run("validate", "--on", "2022-03-28", "-", stdin=b'{"schema_version": 1}')
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.splitlines()[0] == b"0 errors, 0 warnings, 0 infos"
    assert run("validate", "-", stdin=b"[]").returncode == 1
    assert run("validate", "-", stdin=b"[").returncode == 2


@pytest.mark.parametrize(("happens", "code"), [(lambda: 3, 3), (KeyboardInterrupt, 130)])
def test_the_module_leaves_with_the_code_of_the_command(monkeypatch, happens, code):
    def script():
        found = happens()
        if isinstance(found, BaseException):
            raise found
        return found

    monkeypatch.setattr("untoc_network.cli.main.script", script)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("untoc_network", run_name="__main__")
    assert ended.value.code == code


HOSTILE = '{"schema_version": 1, "organizations": [{"id": "a", "name": {"en": "A"}, "kind": "ñ😀"}]}'.encode()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_json_output_is_json_whatever_the_encoding_of_the_terminal(encoding, monkeypatch, capsys):
    stdout = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HOSTILE)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stdout, encoding=encoding))
    assert main(["validate", "--format", "json", "-"]) == 1
    sys.stdout.flush()
    assert capsys.readouterr().err == ""
    (found,) = json.loads(stdout.getvalue())["findings"]
    assert found["params"]["value"] == "…", (
        "what may be a name is not repeated, and the sign for it is not ASCII either"
    )


def test_text_that_a_terminal_cannot_show_is_escaped_and_no_crash():
    ended = run("validate", "-", stdin=HOSTILE, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (1, b"")
    assert b"'\\u2026' is not one of" in ended.stdout


class Plain:
    """A stream that cannot be set up anew, as embedding programs have them."""

    def __init__(self):
        self.written = ""

    def write(self, text):
        self.written += text

    def flush(self):
        pass

    def isatty(self):
        return False


def test_it_runs_where_the_streams_are_somebody_elses(monkeypatch):
    stream = Plain()
    monkeypatch.setattr(sys, "stdout", stream)
    assert main(["rules", "--select", "XX"]) == 0
    assert "XX001" in stream.written
    assert main(["rules", "--select", "XX", "--format", "json"]) == 0
    monkeypatch.setattr(sys, "argv", ["untoc-network", "rules", "--select", "XX"])
    assert script() == 0


def test_an_interruption_while_modules_are_loaded_leaves_at_once(monkeypatch):
    left = []
    monkeypatch.setattr(os, "_exit", left.append)
    monkeypatch.setattr(sys, "argv", ["untoc-network", "rules"])
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("untoc_network.cli.main._run_command_line", lambda _: signal.raise_signal(signal.SIGINT) or 0)
    assert script() == 0
    assert left == [130]
    assert signal.getsignal(signal.SIGINT) is before


def interrupting(folder, where):
    """Python started with a module in the way that is interrupted while it is loaded."""
    (folder / "sitecustomize.py").write_text(
        f"import sys\nclass Interrupts:\n    def find_spec(self, name, *_):\n        if name == {where!r}:\n"
        "            raise KeyboardInterrupt\nsys.meta_path.insert(0, Interrupts())\n"
    )
    return os.pathsep.join([str(folder), *sys.path])


@pytest.mark.parametrize("where", ["untoc_network.cli.main", "untoc_network.cli.commands", "untoc_network.rules"])
def test_an_interruption_is_quiet_from_the_first_moment(tmp_path, where):
    ended = run("validate", "--example", PYTHONPATH=interrupting(tmp_path, where))
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, b"", b"")


LOADED = """\
import sys
from pathlib import Path
sys.argv = ["untoc-network", *{arguments!r}]
from untoc_network.cli.main import script
try:
    script()
except SystemExit:
    print(*sorted(name for name in sys.modules if name.startswith("untoc_network")), file=sys.stderr)
"""
ROOMS = {
    "--version": {"cli", "cli.main"},
    "--help": {
        "cli",
        "cli.main",
        "cli.commands",
        "cli.companions",
        "cli.help_overview",
        "cli.language_choice",
        "cli.parser",
        "values",
        "values.fields",
        "values.garbage_collection",
    }
    | {
        "diagnostics",
        "diagnostics.errors",
        "diagnostics.findings",
        "diagnostics.object_to_dict",
        "diagnostics.shared_methods",
        "i18n",
        "diagnostics.templates",
        "i18n.language_words",
    },
}


@pytest.mark.parametrize("option", ROOMS)
def test_version_and_help_load_next_to_nothing(option):
    ended = subprocess.run([sys.executable, "-c", LOADED.format(arguments=[option])], capture_output=True, check=True)
    loaded = {name.removeprefix("untoc_network.") for name in ended.stderr.decode().split()}
    assert loaded == {"untoc_network", *ROOMS[option]}


# -- streams that are full or closed -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def full():
    """A stream onto which nothing goes."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no device that is full")
    with open("/dev/full", "wb") as stream:
        yield stream


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    "arguments",
    [["--version"], ["--help"], ["rules", "--help"], ["rules"], ["rules", "--format", "json"]],
    ids=" ".join,
)
def test_a_standard_output_that_is_full_is_told_in_a_line(full, arguments, unbuffered):
    ended = run(*arguments, stdout=full, PYTHONUNBUFFERED=unbuffered)
    assert (ended.returncode, ended.stderr) == (2, b"untoc-network: standard output: no space left on device\n")


def shell(line, folder):
    return subprocess.run(
        ["sh", "-c", line.replace("untoc-network", f"{sys.executable} -m untoc_network")],
        capture_output=True,
        check=False,
        cwd=folder,
    )


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize(
    ("line", "code", "out", "err"),
    [
        ("untoc-network --version >&-", 2, b"", b"untoc-network: standard output: cannot be written to\n"),
        ("untoc-network schema -o s.json >&-", 0, b"", b""),
        ("untoc-network schema -o s.json >&- 2>&- <&-", 0, b"", b""),
        ("untoc-network nonsense 2>&-", 2, b"", b""),
        ("untoc-network nonsense 2>/dev/full", 2, b"", b""),
        ("untoc-network --version >/dev/full 2>/dev/full", 2, b"", b""),
        ("untoc-network convert - - <&-", 2, b"", b"untoc-network: standard input: is closed, or holds no bytes\n"),
        ("untoc-network schema -o /dev/full", 2, b"", b"untoc-network: /dev/full: no space left on device\n"),
    ],
)
def test_a_program_with_closed_or_full_streams_ends_as_it_should(tmp_path, line, code, out, err):
    ended = shell(line, tmp_path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (code, out, err)
    if "s.json" in line:
        assert json.loads((tmp_path / "s.json").read_bytes())
        assert [path.name for path in tmp_path.iterdir()] == ["s.json"]


def closed(monkeypatch, *names):
    for name in names:
        monkeypatch.setattr(sys, name, None)


def test_closed_streams_are_replaced_in_the_program_itself(monkeypatch, tmp_path):
    opened = iter([0, 1, 2, 3])
    monkeypatch.setattr(os, "open", lambda *_: next(opened))
    closed(monkeypatch, "stdin", "stdout", "stderr")
    _replace_closed_streams()
    assert list(opened) == []
    with pytest.raises(OSError, match="not writable"):
        sys.stdout.write("a")
    sys.stderr.write("a")
    sys.stdout.close()
    sys.stderr.close()


class Full:
    """A stream that takes nothing."""

    def __init__(self, number):
        self.number = number

    def write(self, _):
        raise OSError(28, "No space left on device")

    def flush(self):
        raise OSError(28, "No space left on device")

    def isatty(self):
        return False

    def fileno(self):
        return self.number


@pytest.mark.parametrize("both", [True, False])
def test_what_cannot_be_written_is_not_tried_again(monkeypatch, capsys, tmp_path, both):
    with open(tmp_path / "out", "wb") as out, open(tmp_path / "err", "wb") as err:
        monkeypatch.setattr(sys, "stdout", Full(out.fileno()))
        if both:
            monkeypatch.setattr(sys, "stderr", Full(err.fileno()))
        monkeypatch.setattr(sys, "argv", ["untoc-network", "rules"])
        assert main() == 2
        assert script() == 2
        null = Path(os.devnull).stat()
        assert os.path.samestat(os.fstat(out.fileno()), null)
        assert os.path.samestat(os.fstat(err.fileno()), null) is both
