"""`import` on the command line: what is written where, exit codes, one clear line."""

import json

import pytest

import untoc_network as un
from untoc_network.cli.main import main

LIST = "Nombre;País;Correo\nRefugio;XA;info@example.org\nEscuela;Atlantis;\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(capsys, *arguments):
    code = main(["import", *arguments])
    return code, *capsys.readouterr()


def test_a_list_becomes_a_register_and_the_summary_tells_where_its_cells_are(folder, capsys):
    code, out, err = run(capsys, "l.csv", "-o", "r.json", "--language", "es")
    assert (code, out) == (0, "")
    assert err == (
        "l.csv\n\nthe document\n"
        "  3:2 warning IM008 expected the name of one country in B3, column 'País'; the content is kept in the notes\n"
        "      hint: write the name in English, Spanish, French or Portuguese, or the code\n\n"
        "untoc-network: 8 cells: 4 in fields, 1 in notes, 3 headers; records: 3 added; 0 errors, 1 warning, 3 infos; "
        "--report FILE --all writes all findings\n"
    )
    assert len(un.load("r.json").organizations) == 2


def test_the_suffix_chooses_the_format_of_the_register(folder, capsys):
    assert run(capsys, "l.csv", "-o", "r.yaml")[0] == 0
    assert not (folder / "r.yaml").read_text(encoding="utf-8").startswith("{")
    assert un.load("r.yaml") == un.import_sheet("l.csv").register


def test_without_a_file_the_register_goes_to_standard_output(folder, capsys):
    _, out, _ = run(capsys, "l.csv")
    assert [one["id"] for one in json.loads(out)["organizations"]] == ["escuela", "refugio"]


def test_the_suggested_mapping_is_written_and_taken(folder, capsys):
    code, out, _ = run(
        capsys, "l.csv", "--suggest-mapping", "m.toml", "--dates", "dmy", "--network", "red", "--sheet", "x"
    )
    assert (code, out) == (0, "")
    assert (
        (folder / "m.toml")
        .read_text(encoding="utf-8")
        .endswith(
            'dates = "dmy"\nlanguage = "es"\nnetwork = "red"\nsheet = "x"\n\n'
            '[columns]\n"Nombre" = "name"  # its header says so, and its cells agree\n'
            '"País" = "country"  # its header says so\n'
            '"Correo" = "email"  # its header says so, and its cells agree\n'
        )
    )
    code, _, err = run(capsys, "l.csv", "--mapping", "m.toml", "-o", "r.json")
    assert code == 0
    assert "; records: 5 added; 0 errors, 1 warning, 0 infos\n" in err
    _, out, _ = run(capsys, "l.csv", "--suggest-mapping", "-")
    assert out.startswith("# Which column of a member list goes where")


def test_what_the_list_is_of_can_be_said(folder, capsys):
    run(capsys, "l.csv", "--suggest-mapping", "m.toml", "--list-of", "contacts")
    assert '\nof = "contacts"\n' in (folder / "m.toml").read_text(encoding="utf-8")
    assert un.member_lists.load_mapping("m.toml").of == "contacts"


def test_all_findings_go_to_a_report(folder, capsys):
    code, _, err = run(capsys, "l.csv", "-o", "r.json", "--report", "f.json", "--format", "json")
    assert code == 0
    assert err.endswith("4 infos; written to f.json\n")
    assert len(json.loads((folder / "f.json").read_text())["findings"]) == 5


def test_a_list_is_brought_into_a_register_and_the_second_time_nothing_changes(folder, capsys):
    run(capsys, "l.csv", "-o", "r.json")
    before = (folder / "r.json").read_bytes()
    code, _, err = run(capsys, "l.csv", "--into", "r.json", "-o", "r.json")
    assert code == 0
    assert "; records: none changed; " in err
    assert (folder / "r.json").read_bytes() == before


def test_errors_in_rows_end_with_one_and_the_rest_is_written(folder, capsys):
    (folder / "l.csv").write_text("Name;Country\n;XA\nRefuge;XB\n")
    code, _, err = run(capsys, "l.csv", "-o", "r.json")
    assert code == 1
    assert "2:1 error IM004 row 2 names no organization; its cells are not imported (1)" in err
    assert len(un.load("r.json").organizations) == 1


@pytest.mark.parametrize("data", [b"a\x00b", b"PK\x03\x04", b"x;y\n1;2", b""])
def test_what_cannot_be_read_ends_with_two_and_writes_nothing(folder, capsys, data):
    (folder / "l.csv").write_bytes(data)
    code, out, err = run(capsys, "l.csv", "-o", "r.json")
    assert (code, out) == (2, "")
    assert "untoc-network: nothing imported; 1 error" in err
    assert not (folder / "r.json").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["none.csv"], "none.csv: no such file or directory"),
        (["l.csv", "-o", "l.csv"], "l.csv: this file is read, and is not to be written over"),
        (["l.csv", "--report", "l.csv"], "l.csv: this file is read, and is not to be written over"),
        (["l.csv", "--network", "Red 1"], "the command line: network must be the id of a network"),
        (["l.csv", "--mapping", "none.toml"], "none.toml: no such file or directory"),
        (["l.csv", "-o", "nowhere/r.json"], "nowhere: no such file or directory"),
        (["l.csv", "-o", "r.txt"], "r.txt: the suffix is not one of"),
        (["l.csv", "-o", "folder.json"], "folder.json: is a directory"),
        (["l.csv", "-o", "r.json", "--report", "folder.json"], "folder.json: is a directory"),
        (["l.csv", "--into", "none.json"], "none.json: no such file or directory"),
    ],
)
def test_a_bad_call_is_one_line_and_ends_with_two(folder, capsys, arguments, problem):
    (folder / "folder.json").mkdir()
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("untoc-network: ")
    assert problem in err


def test_the_gravest_twenty_are_shown(folder, capsys):
    (folder / "l.csv").write_text("Name;Country\nSchool;Peru\n" + "Refuge;Atlantis\n" * 30 + ";XA\n")
    _, _, err = run(capsys, "l.csv", "-o", "r.json")
    assert err.count(" warning IM008 ") == 1
    assert "      also at 4:2, 5:2, 6:2, 7:2 and 25 more; --all shows each\n" in err
    assert "what to do first\n  1. error (1 place): write the name into the row, or delete the row [IM004]\n" in err
    _, _, err = run(capsys, "l.csv", "-o", "r.json", "--all")
    assert (err.count(" warning IM008 "), err.count(" info "), err.count("--all")) == (30, 29, 0)


def test_of_few_findings_of_many_kinds_the_gravest_twenty_are_shown(folder, capsys):
    headers = [f"Country{number}" for number in range(9)]
    (folder / "m.toml").write_text("[columns]\nName = 'name'\n" + "".join(f"{one} = 'countries'\n" for one in headers))
    cells = [f"House {number};" + ";".join("Atlantis" for _ in headers) for number in range(3)]
    cells.append("School;" + ";".join("Peru" for _ in headers))
    (folder / "l.csv").write_text("\n".join([f"Name;{';'.join(headers)}", *cells]) + "\n")
    _, _, err = run(capsys, "l.csv", "-o", "r.json", "--mapping", "m.toml")
    assert err.count(" warning IM008 ") == 20
    assert "27 warnings" in err


# -- the list again ----------------------------------------------------------------------------------------------------

ASKED = "Name;City;Consent to publish;Consent scope;Consent basis\nCasa;Port;{};public;form\n"


def test_a_dry_run_tells_field_by_field_and_writes_nothing(folder, capsys):
    (folder / "m.csv").write_text("Name;City\nCasa;Port\nMesa;Bay\n", encoding="utf-8")
    assert run(capsys, "m.csv", "-o", "r.json")[0] == 0
    before = (folder / "r.json").read_bytes()
    (folder / "m.csv").write_text(ASKED.format("yes").replace("Port", "Hill"), encoding="utf-8")
    code, out, err = run(capsys, "m.csv", "--into", "r.json", "-o", "r.json", "--dry-run")
    assert (code, (folder / "r.json").read_bytes()) == (0, before)
    assert out == (
        "organizations casa seat.city: 'Port' becomes 'Hill' (changed in the list)\n"
        "organizations casa consents.publication: added (new in the list)\n"
        "C2: the consent to publication on the list allows 'casa' to be shown to the audience 'public'\n"
        "mesa: no longer in the list; it stays\n"
    )
    assert "records: 1 replaced, 1 no longer listed" in err
    code, out, _ = run(capsys, "m.csv", "--into", "r.json", "--dry-run", "--format", "json")
    told = json.loads(out)
    assert [(one["field"], one.get("after")) for one in told["edits"]] == [
        ("seat.city", "Hill"),
        ("consents.publication", None),
    ]
    assert (told["shown"], told["gone"]) == (["casa"], ["mesa"])


def test_consents_of_a_list_may_be_accepted(folder, capsys):
    (folder / "m.csv").write_text(ASKED.format("yes"), encoding="utf-8")
    assert run(capsys, "m.csv", "-o", "r.json")[0] == 0
    register = un.load("r.json")
    over = [
        {**one, "withdrawn": "2025-01-01"} for one in json.loads(un.dumps(register))["organizations"][0]["consents"]
    ]
    document = json.loads(un.dumps(register))
    document["organizations"][0]["consents"] = over
    (folder / "r.json").write_text(json.dumps(document), encoding="utf-8")
    for more, number in (((), 1), (("--accept-consents",), 2)):
        later = (
            ASKED.format("yes").replace("basis\n", "basis;Consent date\n").replace("form\n", f"form;202{number + 5}\n")
        )
        (folder / "m.csv").write_text(later, encoding="utf-8")
        assert run(capsys, "m.csv", "--into", "r.json", "-o", "r.json", *more)[0] == 0
        assert len(un.load("r.json")["casa"].consents) == number


def test_a_list_is_known_by_the_name_that_it_is_given(folder, capsys):
    assert run(capsys, "l.csv", "--list", "office", "-o", "r.json")[0] == 0
    (folder / "other.csv").write_text("Nombre;País;Correo\nRefugio;XA;info@example.org\n", encoding="utf-8")
    code, _, err = run(capsys, "other.csv", "--list", "office", "--into", "r.json", "-o", "r.json")
    assert (code, "1 no longer listed" in err) == (0, True)
    assert [one.name for one in un.load("r.json").lists] == ["office"]


def test_popolo_again_tells_what_it_would_do(folder, capsys):
    one = {"organizations": [{"id": "o1", "name": "Casa"}, {"id": "o2", "name": "Mesa"}]}
    (folder / "p.json").write_text(json.dumps(one), encoding="utf-8")
    assert run(capsys, "p.json", "--from", "popolo", "-o", "r.json")[0] == 0
    before = (folder / "r.json").read_bytes()
    one["organizations"] = [{"id": "o1", "name": "Casa", "founding_date": "1999"}]
    (folder / "p.json").write_text(json.dumps(one), encoding="utf-8")
    code, out, err = run(capsys, "p.json", "--from", "popolo", "--into", "r.json", "--dry-run")
    assert (code, out) == (
        0,
        "organizations o1 founded: added '1999' (new in the list)\no2: no longer in the list; it stays\n",
    )
    assert "records: 1 replaced, 1 no longer listed" in err
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLUMNS", "40")
        wrapped = run(capsys, "p.json", "--from", "popolo", "--into", "r.json", "--dry-run", "--lang", "es")[1]
    assert wrapped.startswith("organizaciones o1 Fundada: agregado\n  «1999»")
    assert run(capsys, "p.json", "--from", "popolo", "--into", "r.json", "-o", "r.json")[0] == 0
    assert (folder / "r.json").read_bytes() != before
    (folder / "p.json").write_text("[", encoding="utf-8")
    assert run(capsys, "p.json", "--from", "popolo", "--into", "r.json")[0] == 2


def test_participants_take_part_in_the_event_that_is_named(tmp_path, capsys):
    event = un.Event(id="meeting", name={"es": "Encuentro"}, kind="conference")
    (tmp_path / "r.json").write_bytes(un.dumps(un.Register(events=[event])))
    (tmp_path / "l.csv").write_text("First name;Last name;Ticket type;Attended\nAna;Ruiz;free;yes\nLuz;Mar;free;no\n")
    path = str(tmp_path / "l.csv")
    given = ["--event", "meeting", "--into", str(tmp_path / "r.json"), "-o", str(tmp_path / "n.json")]
    assert main(["import", path, *given]) == 0
    new = un.loads((tmp_path / "n.json").read_bytes())
    ((role),) = new["meeting"].roles
    assert (new[role.stakeholder_id].name, role.kind) == ("Ana Ruiz", "participant")
    capsys.readouterr()
    assert main(["import", path, "-o", str(tmp_path / "n.json")]) == 0
    assert "(--event ID, --event-name NAME, --event-date DATE)" in " ".join(capsys.readouterr().err.split())


def test_the_event_of_a_list_is_made_by_options(tmp_path):
    (tmp_path / "l.csv").write_text("First name;Last name;Attended\nAna;Ruiz;yes\nLuz;Mar;no\n")
    output, mapping = str(tmp_path / "n.json"), str(tmp_path / "m.toml")
    named = ["--event-name", "Our meeting", "--event-date", "2024-03-05/2024-03-06", "--event-kind", "workshop"]
    assert main(["import", str(tmp_path / "l.csv"), *named, "-o", output, "--suggest-mapping", mapping]) == 0
    made = un.load(output)
    (event,) = made.events
    assert (event.id, event.starts, event.ends, event.kind) == ("our-meeting", "2024-03-05", "2024-03-06", "workshop")
    assert [made[role.stakeholder_id].name for role in event.roles] == ["Ana Ruiz"]
    assert main(["import", str(tmp_path / "l.csv"), "--mapping", mapping, "-o", output]) == 0
    assert un.load(output) == made
    assert main(["import", str(tmp_path / "l.csv"), *named, "--event", "meeting-5", "-o", output]) == 0
    assert [one.id for one in un.load(output).events] == ["meeting-5"]
    assert main(["import", str(tmp_path / "l.csv"), "--event-date", "soon", "-o", output]) == 2
