"""`export`, `calendar`, `graph`, and `import` of what other tools wrote."""

import io
import sys

import pytest

import untoc_network as un
from untoc_network.cli.main import main


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    un.dump(un.example(), "register.json")
    return tmp_path


def test_the_suffix_names_the_form_and_what_is_left_out_is_told(folder, capsys):
    assert (
        main(
            [
                "export",
                "register.json",
                "-o",
                "network.svg",
                "--on",
                "2026-01-01",
                "--view",
                "organization-event",
                "--most",
                "1",
            ]
        )
        == 0
    )
    out, err = capsys.readouterr()
    assert out == ""
    said = " ".join(err.split())
    assert "info EX001 6 records of 'persons' left out as not public" in said
    assert "info EX005 the picture shows 1 of 2 records in 'events', those with the most links" in said
    assert err.startswith("register.json\n")
    assert (folder / "network.svg").read_bytes() == un.exchange.export(
        un.example(), "svg", on="2026-01-01", view=un.exchange.GraphView.ORGANIZATION_EVENT, most=1
    ).data


@pytest.mark.parametrize("form", un.exchange.FORMS)
def test_every_form_goes_to_standard_output(folder, capsysbinary, form):
    assert main(["export", "register.json", "--to", form, "--on", "2026-01-01", "--language", "es"]) == 0
    assert capsysbinary.readouterr().out == un.exchange.export(un.example(), form, on="2026-01-01", language="es").data


def test_calendar_and_graph_are_short_forms(folder, capsys):
    assert main(["calendar", "register.json", "-o", "out.ics", "--on", "2026-01-01"]) == 0
    before = (folder / "out.ics").read_bytes()
    assert main(["calendar", "register.json", "-o", "out.ics", "--on", "2026-02-02", "--previous", "out.ics"]) == 0
    assert (folder / "out.ics").read_bytes() == before
    assert main(["graph", "register.json", "-o", "out.dot"]) == 0
    assert (folder / "out.dot").read_text().startswith("digraph network {")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["export", "register.json"], "name the form: --to calendar|jsonld|popolo|graphml|dot|mermaid|svg|geojson"),
        (["graph", "register.json", "-o", "a.ics"], "a.ics: the form is not one of svg, graphml, dot, mermaid"),
        (["export", "register.json", "-o", "a.docx"], "a.docx: the suffix is not one of"),
        (["export", "none.json", "-o", "a.svg"], "none.json: no such file or directory"),
        (["export", "register.json", "-o", "none/a.svg"], "no such file or directory"),
        (["calendar", "register.json", "-o", "a.ics", "--previous", "none.ics"], "none.ics: no such file or directory"),
        (["calendar", "register.json", "-o", "a.ics", "--previous", "a\0b"], "cannot be read"),
        (["graph", "register.json", "-o", "a.svg", "--most", "0"], "a picture shows at least one of each kind"),
        (["import", "a.ics", "--mapping", "m.toml"], "--mapping is for member lists, not for the form calendar"),
    ],
)
def test_bad_calls_are_told_in_one_line(folder, capsys, arguments, line):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert line in err
    assert err.count("\n") == 1


def test_a_folder_in_the_way_is_told(folder, capsys):
    (folder / "a.svg").mkdir()
    assert main(["graph", "register.json", "-o", "a.svg"]) == 2
    assert "a.svg: is a directory" in capsys.readouterr().err


@pytest.mark.parametrize(("content", "code"), [("{", 2), ('{"schema_version": 1, "zzz": 1}', 1)])
def test_nothing_is_written_from_a_register_with_an_error(folder, capsys, content, code):
    (folder / "register.json").write_text(content)
    assert main(["export", "register.json", "-o", "a.svg"]) == code
    assert capsys.readouterr().err.endswith("untoc-network: nothing was written\n")
    assert not (folder / "a.svg").exists()


def test_what_must_not_leave_gives_an_exit_code(folder, capsys):
    (folder / "register.json").write_text(
        '{"schema_version": 1, "events": [{"id": "e", "name": {"en": "E"}, "kind": "workshop", "starts": "2022-01-01", "page": "https://zoom.us/j/1"}]}'
    )
    assert main(["calendar", "register.json", "-o", "a.ics"]) == 1
    assert "1:" in capsys.readouterr().err
    assert b"zoom" not in (folder / "a.ics").read_bytes()


def test_many_findings_are_cut(folder, capsys):
    events = ", ".join(f'{{"id": "e{number}", "name": {{"en": "E"}}, "kind": "workshop"}}' for number in range(30))
    (folder / "register.json").write_text(f'{{"schema_version": 1, "events": [{events}]}}')
    assert main(["calendar", "register.json", "-o", "a.ics"]) == 0
    err = capsys.readouterr().err
    assert err.count(" EX002 ") == 1
    assert "and 25 more; --all shows each" in err
    assert err.endswith("untoc-network: 0 errors, 30 warnings, 0 infos; 5 of 30 shown\n")
    assert main(["calendar", "register.json", "-o", "a.ics", "--all"]) == 0
    err = capsys.readouterr().err
    assert err.count(" EX002 ") == 30
    assert err.endswith("untoc-network: 0 errors, 30 warnings, 0 infos\n")


def test_silence_where_nothing_is_to_be_told(folder, capsys):
    (folder / "register.json").write_text('{"schema_version": 1}')
    assert main(["graph", "register.json", "-o", "a.svg"]) == 0
    assert capsys.readouterr() == ("", "")


# -- import ----------------------------------------------------------------------------------------------------------


def test_a_calendar_comes_into_a_register_and_back_without_a_change(folder, capsys):
    assert main(["calendar", "register.json", "-o", "out.ics"]) == 0
    assert main(["import", "out.ics", "--into", "register.json", "-o", "more.json"]) == 0
    assert main(["import", "out.ics", "--into", "more.json", "-o", "again.json"]) == 0
    assert "untoc-network: records: none changed; 0 errors" in capsys.readouterr().err
    assert (folder / "again.json").read_bytes() == (folder / "more.json").read_bytes()
    assert len(un.load("more.json").events) == len(un.example().events)


def test_popolo_is_imported_by_its_name(folder, capsys):
    assert main(["export", "register.json", "--to", "popolo", "-o", "out.json"]) == 0
    assert main(["import", "out.json", "--from", "popolo", "--language", "en", "-o", "r.json"]) == 0
    assert un.load("r.json")["asj-honduras"].seat == un.Place(country="HN")
    assert main(["import", "register.json", "--from", "calendar", "-o", "x.json", "--report", "report.txt"]) == 2
    assert "IC001" in (folder / "report.txt").read_text()
    assert not (folder / "x.json").exists()


def test_a_calendar_from_standard_input(folder, capsys, monkeypatch):
    stream = io.TextIOWrapper(
        io.BytesIO(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
    )
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["import", "-", "--from", "calendar", "-o", "r.json"]) == 1
    assert "error IC004 the entry has no title" in capsys.readouterr().err
