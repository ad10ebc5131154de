"""`validate`: what it prints, what it hides, how it ends."""

import io
import json
import sys

import pytest

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.serializers import files

NGO = {"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}
CLEAN = {"schema_version": 1}
WRONG = {"schema_version": 1, "organizations": [NGO | {"parent_id": "lost"}]}
NULL = {"schema_version": 1, "title": None}


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def written(name, document):
        text = document if isinstance(document, str) else json.dumps(document, indent=1)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return name

    return written


@pytest.fixture
def told(capsys):
    def run(*arguments):
        code = main(["validate", "--on", "2022-03-28", *arguments])
        printed = capsys.readouterr()
        assert printed.err == ""
        return code, printed.out

    return run


def codes(output):
    return {found["code"] for found in json.loads(output)["findings"]}


def test_a_clean_register_ends_with_zero(write, told):
    code, out = told(write("r.json", CLEAN))
    assert code == 0
    first, second = out.splitlines()
    assert first == "0 errors, 0 warnings, 0 infos"
    assert second.startswith("0 records checked by ")
    assert second.endswith(" rules on 2022-03-28")


def test_findings_are_printed_with_file_line_and_hint(write, told):
    code, out = told("--select", "RF", write("r.json", WRONG))
    assert code == 1
    assert out == (
        "r.json\n\norganizations[0] xa-ngo\n"
        "  10:17 organizations[0].parent_id: error RF002 no record has the id 'lost'\n"
        "      hint: add the record, or correct the id\n\n"
        "1 error, 0 warnings, 0 infos\n1 record checked by 7 rules on 2022-03-28\n"
    )


@pytest.mark.parametrize(
    ("document", "arguments", "code"),
    [
        (WRONG, ["--select", "RF"], 1),
        (WRONG, ["--select", "RF", "--fail-on", "warning"], 1),
        (WRONG, ["--select", "RF", "--fail-on", "never"], 0),
        (NULL, [], 0),
        (NULL, ["--fail-on", "warning"], 1),
        (NULL, ["--fail-on", "info"], 1),
        (NULL, ["--fail-on", "warning", "--ignore", "IO014"], 0),
        (NULL, ["--fail-on", "warning", "--select", "RF"], 0),
        ("[]", [], 1),
        ("[]", ["--ignore", "IO"], 1),
        ("[]", ["--fail-on", "never"], 0),
        ("[", [], 2),
        ("[", ["--fail-on", "never", "--ignore", "IO"], 2),
        ("[" * 100, ["--fail-on", "never"], 2),
    ],
)
def test_the_exit_code_tells_how_grave_it_is(write, told, document, arguments, code):
    assert told(*arguments, write("r.json", document))[0] == code


def test_what_is_selected_or_ignored_may_be_written_in_any_case(write, told):
    path = write("r.json", WRONG)
    assert codes(told("--format", "json", "--select", "rf002, sr", path)[1]) == {"RF002", "SR001"} & codes(
        told("--format", "json", path)[1]
    ) | {"RF002"}
    assert "RF002" not in codes(told("--format", "json", "--ignore", "rf,", path)[1])


def test_what_keeps_a_register_from_being_read_is_never_hidden(write, told):
    path = write("r.json", CLEAN | {"zzz": 1, "title": None})
    assert codes(told("--format", "json", "--select", "EV", path)[1]) == {"IO002"}


def test_json_says_what_was_checked(write, told):
    code, out = told("--format", "json", "--select", "RF", write("r.json", WRONG))
    assert code == 1
    document = json.loads(out)
    assert document["checked"] == {"on": "2022-03-28", "records": 1, "rules": 7, "inputs": 1}
    assert document["counts"] == {"error": 1, "warning": 0, "info": 0}
    assert document["findings"][0]["file"] == "r.json"


def test_json_is_json_whatever_stands_in_the_register(write, told):
    path = write("r.json", CLEAN | {"events\u2028\x85": 1, "organizations": [NGO | {"kind": "a\u2029b"}]})
    assert codes(told("--format", "json", path)[1]) == {"IO002", "IO003"}


def test_several_registers_are_checked_each_by_itself(write, told):
    paths = write("b.json", WRONG), write("a.json", WRONG), write("c.json", CLEAN)
    code, out = told("--format", "json", "--select", "RF,IO", *paths)
    assert code == 1
    document = json.loads(out)
    assert [found["file"] for found in document["findings"]] == ["a.json", "b.json"]
    assert document["checked"]["records"] == 2
    assert document["checked"]["inputs"] == 3


def test_one_text_that_is_no_json_among_several_ends_with_two_and_hides_nothing(write, told):
    code, out = told("--format", "json", write("a.json", "["), write("b.json", WRONG))
    assert code == 2
    assert {"IO012", "RF002"} <= codes(out)


def test_a_hyphen_is_standard_input(write, told, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(WRONG).encode())))
    code, out = told("--select", "RF", "-")
    assert code == 1
    assert out.startswith("<stdin>\n\norganizations[0] xa-ngo\n  1:")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (
            ["--select", "QQ", "-"],
            "no rule has a code that begins with 'QQ'; the areas are AC, CD, CR, CT, EV, EX, GR, IC, IM, IO, MG, NW, PO, PR, PT, RF, SH, SR, XX",
        ),
        (["--ignore", "RF999", "-"], "no rule has a code that begins with 'RF999'"),
    ],
)
def test_what_cannot_be_done_ends_with_two_and_says_why(write, capsys, arguments, problem):
    assert main(["validate", *arguments]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("untoc-network: ")
    assert problem in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ("2022-03", "untoc-network: --on: '2022-03': expected a whole day, such as 2022-03-28"),
        ("today", "untoc-network: --on: 'today': a date is written 2022, 2022-03 or 2022-03-28"),
        ("2022-02-30", "untoc-network: --on: '2022-02-30': there is no such day in the calendar"),
    ],
)
def test_what_is_no_whole_day_is_refused(day, problem, capsys):
    with pytest.raises(SystemExit):
        main(["validate", "--on", day, "-"])
    assert problem in capsys.readouterr().err


def test_without_a_day_it_is_today(write, capsys):
    assert main(["validate", write("r.json", CLEAN)]) == 0
    day = un.PartialDate(capsys.readouterr().out.split()[-1])
    assert day.is_exact


def test_the_example_is_checked_under_its_name(write, told, tmp_path, monkeypatch):
    monkeypatch.setattr(files, "EXAMPLE", tmp_path / write("e.json", WRONG))
    code, out = told("--example", "--select", "RF")
    assert code == 1
    assert out.startswith("e.json\n")


def test_a_pipe_gets_whole_lines_and_a_terminal_wrapped_ones(write, told, monkeypatch):
    path = write("r.json", CLEAN | {"zzz": 1})
    assert max(map(len, told(path)[1].splitlines())) > 80
    monkeypatch.setenv("COLUMNS", "80")
    assert max(map(len, told(path)[1].splitlines())) <= 80


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [([], {}, True), (["--no-color"], {}, False), ([], {"NO_COLOR": "1"}, False), ([], {"TERM": "dumb"}, False)],
)
def test_a_terminal_is_coloured_unless_refused(write, monkeypatch, arguments, environment, coloured):
    path = write("r.json", CLEAN | {"zzz": 1})
    for name, value in ({"TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["validate", *arguments, path]) == 1
    assert ("\x1b[31;1merror\x1b[0m IO002" in terminal.getvalue()) is coloured
    assert ("\x1b" in terminal.getvalue()) is coloured


def test_a_missing_file_does_not_hide_what_the_others_say(tmp_path, capsys):
    there = tmp_path / "r.json"
    there.write_text('{"schema_version": 1, "zzz": 1}')
    code = main(["validate", str(tmp_path / "none.json"), str(there)])
    out = capsys.readouterr()
    assert code == 2
    assert "IO002" in out.out
    assert out.err == f"untoc-network: {tmp_path / 'none.json'}: no such file or directory\n"


# -- formats ------------------------------------------------------------------------------------------------------------

OPENINGS = {
    "text": "r.json\n\n",
    "json": '{\n  "ok": false,\n',
    "sarif": '{\n  "$schema": ',
    "junit": '<?xml version="1.0" encoding="UTF-8"?>\n',
    "github": "::error file=r.json,line=10,col=17,title=RF002 ",
    "markdown": "## 1 error, 0 warnings, 0 infos\n\n1 record checked by 7 rules on 2022-03-28\n",
    "html": "<!DOCTYPE html>\n",
}


@pytest.mark.parametrize("form", OPENINGS)
def test_a_report_in_any_format_is_printed_or_written_to_a_file(write, told, capsys, tmp_path, form):
    choice = ["--on", "2022-03-28", "--select", "RF", "--format", form, write("r.json", WRONG)]
    code, out = told(*choice)
    assert code == 1
    assert out.startswith(OPENINGS[form])
    assert main(["validate", *choice, "-o", "report"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "untoc-network: 1 error, 0 warnings, 0 infos; written to report\n"
    assert (tmp_path / "report").read_bytes() == out.encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "report"]


def test_a_hyphen_as_output_is_standard_output(write, told, tmp_path):
    path = write("r.json", WRONG)
    assert told("-o", "-", path) == told(path)
    assert [file.name for file in tmp_path.iterdir()] == ["r.json"]


def test_a_file_gets_whole_lines_without_colours(write, told, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    assert main(["validate", "--output", "report.txt", write("r.json", CLEAN | {"zzz": 1})]) == 1
    text = (tmp_path / "report.txt").read_text()
    assert max(map(len, text.splitlines())) > 80
    assert "\x1b" not in text


def test_what_programs_read_is_utf_8_whatever_the_terminal_is_set_to(write, monkeypatch):
    path = write("r.json", CLEAN | {"organizations": [NGO | {"kind": "ñ"}]})
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\r\n")
    monkeypatch.setattr(sys, "stdout", stream)
    stream.write("before\n")
    assert main(["validate", "--format", "github", path]) == 1
    before, _, printed = stream.buffer.getvalue().partition(b"\r\n")
    assert before == b"before"
    assert "'ñ'".encode() in printed
    assert b"\r" not in printed


@pytest.mark.parametrize("link", [False, True])
def test_a_report_never_takes_the_place_of_the_register(write, capsys, tmp_path, link):
    path = tmp_path / write("r.json", CLEAN)
    output = tmp_path / "other.json" if link else path
    if link:
        output.symlink_to(path)
    assert main(["validate", "-o", str(output), "r.json"]) == 2
    assert capsys.readouterr().err == f"untoc-network: {output}: this file is read, and is not to be written over\n"
    assert json.loads(path.read_text()) == CLEAN


def test_what_was_there_stays_where_a_report_cannot_be_written(write, capsys, monkeypatch, tmp_path):
    path = write("r.json", CLEAN)
    (tmp_path / "report.html").write_text("before")

    def broken(report, form, **_):
        yield "half"
        raise KeyboardInterrupt

    monkeypatch.setattr("untoc_network.cli.validate.render_report", broken)
    assert main(["validate", "-o", "report.html", path]) == 130
    assert (tmp_path / "report.html").read_text() == "before"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["r.json", "report.html"]


def test_a_folder_that_is_not_there_is_one_line(write, capsys, tmp_path):
    assert main(["validate", "-o", "none/report.html", write("r.json", CLEAN)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"untoc-network: {tmp_path.resolve() / 'none'}: no such file or directory\n"


def test_a_folder_is_no_file_to_write_to(write, capsys, tmp_path):
    (tmp_path / "folder").mkdir()
    assert main(["validate", "-o", "folder", write("r.json", CLEAN)]) == 2
    assert capsys.readouterr().err == "untoc-network: folder: is a directory\n"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["folder", "r.json"]


def test_a_fault_without_words_still_has_some(write, capsys, monkeypatch, tmp_path):
    def broken(*_):
        raise OSError

    monkeypatch.setattr("os.replace", broken)
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "-o", "a\u202e", write("r.json", CLEAN)]) == 2
    assert capsys.readouterr().err == "untoc-network: a\\u{202e}: cannot be written\n"


def test_where_nothing_could_be_read_the_report_says_so(write, capsys, tmp_path):
    assert main(["validate", "-o", "report.html", "none.json"]) == 2
    assert "none.json: no such file or directory\n" in capsys.readouterr().err
    assert "IO035" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_suffix_of_no_form_is_told(capsys):
    assert main(["validate", "r.txt"]) == 2
    problem = "the suffix is not one of .d, .datapackage, .json, .jsonl, .ndjson, .yaml, .yml, .zip"
    told = capsys.readouterr()
    assert told.err == f"untoc-network: r.txt: {problem}\n"
    assert f"IO035 the input could not be read: {problem} " in " ".join(told.out.split())  # however wide the terminal


def test_the_example_can_be_reported_to_a_file(told, capsys, tmp_path):
    target = tmp_path / "report.md"
    assert main(["validate", "--on", "2022-03-28", "--example", "--format", "markdown", "-o", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("## 0 errors, ")


# -- settings and known findings ---------------------------------------------------------------------------------------


def test_the_settings_of_the_folder_hold_and_the_command_line_comes_first(write, told):
    write("register.json", {"schema_version": 1, "organizations": [NGO]})
    assert told("register.json")[0] == 0
    write("untoc-network.toml", 'rules = "strict"\n')
    assert told("register.json")[0] == 1
    assert told("--rules", "default", "register.json")[0] == 0
    write("pyproject.toml", "[tool.untoc-network]\nignore = ['SR']\n")
    assert told("--config", "pyproject.toml", "--rules", "strict", "register.json")[0] == 0
    assert told("--fail-on", "never", "register.json")[0] == 0


def test_unusable_settings_end_with_two_and_one_line(write, capsys):
    write("register.json", CLEAN)
    write("untoc-network.toml", "rule = 1\n")
    assert main(["validate", "register.json"]) == 2
    assert capsys.readouterr().err == (
        "untoc-network: untoc-network.toml: there is no key 'rule'; did you mean 'rules'?\n"
    )


def test_known_findings_are_not_told_again(write, told):
    write("register.json", WRONG)
    assert told("--write-baseline", "known.json", "register.json")[0] == 1
    code, out = told("--baseline", "known.json", "register.json")
    assert (code, out.splitlines()[0]) == (0, "0 errors, 0 warnings, 0 infos")
    worse = {
        "schema_version": 1,
        "organizations": [NGO | {"parent_id": "lost"}, NGO | {"id": "xb", "parent_id": "gone"}],
    }
    write("register.json", worse)
    code, out = told("--baseline", "known.json", "register.json")
    assert code == 1
    assert "'gone'" in out
    assert "'lost'" not in out


FORMS_OF_REPORTS = ["text", "json", "markdown", "html", "github", "junit", "sarif"]


@pytest.mark.parametrize("form", FORMS_OF_REPORTS)
@pytest.mark.parametrize("name", ["gone.json", "gone.d", "register.unknown"])
def test_an_input_that_could_not_be_read_is_in_every_form_of_the_report(tmp_path, monkeypatch, capsys, form, name):
    monkeypatch.chdir(tmp_path)
    un.dump(un.Register(), "sound.json")
    for paths in ([name], ["sound.json", name], [name, "sound.json"]):
        assert main(["validate", *paths, "--on", "2026-01-01", "--format", form]) == 2
        printed = capsys.readouterr()
        assert f"untoc-network: {name}: " in printed.err
        assert "IO035" in printed.out
        assert "the input could not be read" in printed.out
        if form == "json":
            assert json.loads(printed.out)["ok"] is False
        if form == "sarif":
            (run,) = json.loads(printed.out)["runs"]
            (invocation,) = run["invocations"]
            assert invocation["executionSuccessful"] is False
            (told,) = invocation["toolExecutionNotifications"]
            assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == name
        if form == "junit":
            assert 'errors="1"' in printed.out
            assert '<error type="IO035"' in printed.out


def test_a_baseline_never_takes_in_that_an_input_could_not_be_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["validate", "gone.json", "--write-baseline", "known.json"]) == 2
    assert main(["validate", "gone.json", "--baseline", "known.json", "--format", "json"]) == 2
    assert "IO035" in capsys.readouterr().out
