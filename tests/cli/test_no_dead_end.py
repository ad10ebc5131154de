"""A register is no dead end: where nothing comes out, it is said why and what to do, and exit codes stay."""

import icalendar
import pytest

import untoc_network as un
from untoc_network.app.missing_members import explain_missing_members
from untoc_network.cli.main import main
from untoc_network.i18n.language_words import LANGUAGES, choose_interface_words

LIST = "Nombre;País\nCasa de las Mujeres;XA\nRed de los Andes;XA\nMesa del Sur;XA\n"
ON = un.PartialDate("2024-06-01")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "500")
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(capsys, *arguments):
    code = main([*arguments])
    return code, *capsys.readouterr()


def register_of(text=LIST, **settings):
    mapping = un.member_lists.SheetMapping(**settings)
    return un.import_bytes(text.encode(), file="l.csv", mapping=mapping).register


NET = {"network": "red", "network_name": "Red"}
LEFT = "Nombre;País;Hasta\nCasa;XA;2019\n"


@pytest.mark.parametrize(
    ("register", "reason"),
    [
        (un.Register(), "nobody-no-organizations"),
        (register_of(), "nobody-no-network"),
        (register_of(**NET).without("casa-de-las-mujeres-in-red", "red-de-los-andes-in-red", "mesa-del-sur-in-red")[0], "nobody-no-memberships"),
        (register_of(LEFT, columns={"Nombre": "name", "Hasta": "member.until"}, **NET), "nobody-left"),
        (register_of(**NET), None),
    ],
)  # fmt: skip
def test_why_nobody_is_a_member(register, reason):
    assert explain_missing_members(register, ON) == reason


def test_who_is_withheld_is_no_reason_for_others():
    register = register_of(**NET)
    bodies = {body.id for body in register.organizations}
    assert explain_missing_members(register, ON, withheld=bodies) == "nobody-shown"
    assert explain_missing_members(register, ON, withheld={"mesa-del-sur"}) is None
    assert explain_missing_members(register, ON, network_id="other") == "nobody-no-network"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_calendar_says_what_fills_it(folder, capsys, language):
    un.dump(register_of(), "r.json")
    code, _, err = run(capsys, "calendar", "r.json", "-o", "c.ics", "--lang", language)
    assert code == 0
    assert choose_interface_words(language).ui("calendar-empty") in err


def test_the_sessions_of_the_mechanism_fill_it(folder, capsys):
    un.dump(register_of(), "r.json")
    code, _, err = run(capsys, "calendar", "r.json", "-o", "c.ics", "--sessions", "--on", "2024-06-01")
    assert (code, "calendar is empty" in err) == (0, False)
    events = icalendar.Calendar.from_ical((folder / "c.ics").read_bytes()).walk("VEVENT")
    by_uid = {str(event["UID"]): event for event in events}
    session = by_uid["conference-session-12@untoc-network"]
    assert (str(session["DTSTART"].dt), str(session["DTEND"].dt)) == ("2024-10-14", "2024-10-19")
    assert session["SUMMARY"] == "Session 12 of the Conference"
    assert "cd-2023-ta.apply@untoc-network" in by_uid
    assert "conference-session-8@untoc-network" not in by_uid
    assert "conference-session-13@untoc-network" not in by_uid  # known to the month
    later = un.exchange.export(register_of(), "calendar", on="2027-01-01", sessions=True).data
    assert {str(event["UID"]) for event in icalendar.Calendar.from_ical(later).walk("VEVENT")} == {*by_uid}


def test_a_session_that_the_register_has_stands_in_the_calendar_once():
    register = un.load("examples/mechanism-2024.json")
    plain, more = (
        icalendar.Calendar.from_ical(un.exchange.export(register, "calendar", on=ON, sessions=asked).data).walk(
            "VEVENT"
        )
        for asked in (False, True)
    )
    days = [(str(event["DTSTART"].dt), str(event["SUMMARY"])) for event in more]
    assert len(days) == len(set(days))
    assert len(more) > len(plain)
    assert {str(event["UID"]) for event in plain} < {str(event["UID"]) for event in more}


def test_a_public_folder_without_members_says_why(folder, capsys):
    un.dump(register_of(), "r.json")
    publish = ("publish", "r.json", "--audience", "public", "--on", "2024-06-01")
    code, _, err = run(capsys, *publish[:2], "out", *publish[2:])
    assert code == 0
    assert choose_interface_words("en").ui("nobody-no-network") in err
    un.dump(register_of(**NET, constants={"member.since": "2024"}), "m.json")
    code, _, err = run(capsys, "publish", "m.json", "out2", *publish[2:])
    assert (code, "no member is shown" in err) == (0, False)


def test_a_network_whose_members_are_hidden_is_not_said_to_have_none(folder, capsys):
    rows = "Nombre;Apellidos;Organización\nAna;Ejemplo;Casa\n"
    un.dump(un.import_bytes(rows.encode(), mapping=un.member_lists.SheetMapping(**NET)).register, "r.json")
    publish = ("publish", "r.json", "out", "--audience", "public", "--on", "2024-06-01")
    code, _, err = run(capsys, *publish)
    assert code == 0
    assert choose_interface_words("en").ui("nobody-shown") in err
    assert "NW013" not in err
    code, _, err = run(capsys, *publish, "--lang", "es")
    assert "archivos escritos; omitido: " in err


def test_a_network_of_nobody_says_why_and_a_search_that_fits_nobody_does_not(folder, capsys):
    un.dump(register_of(LEFT, columns={"Nombre": "name", "Hasta": "member.until"}, **NET), "r.json")
    code, _, err = run(capsys, "find", "r.json", "--network", "red", "--on", "2024-06-01", "--lang", "fr")
    assert code == 0
    assert choose_interface_words("fr").ui("nobody-left") in err
    un.dump(register_of(**NET), "m.json")
    code, out, err = run(capsys, "find", "m.json", "--network", "red", "--theme", "firearms", "--on", "2024-06-01")
    assert (code, err) == (0, "")
    assert out


def test_a_calendar_of_nothing_ahead_says_so(folder, capsys):
    un.dump(register_of(), "r.json")
    given = ("next", "r.json", "--stakeholder", "mesa-del-sur", "--format", "calendar", "-o", "c.ics")
    code, _, err = run(capsys, *given, "--on", "2029-06-01")
    assert code == 0
    assert choose_interface_words("en").ui("nothing-ahead") in err
    _, _, err = run(capsys, *given, "--on", "2024-06-01")
    assert "nothing is recorded ahead" not in err


def test_a_list_that_becomes_a_large_register_says_how_it_is_read(folder, capsys, monkeypatch):
    _, _, err = run(capsys, "import", "l.csv", "-o", "r.json")
    assert "--large" not in err
    monkeypatch.setattr("untoc_network.cli.imports.Limits", lambda: un.Limits(max_values=20))
    code, _, err = run(capsys, "import", "l.csv", "-o", "s.json")
    size = (folder / "s.json").stat().st_size
    assert code == 0
    assert f"the register is large ({size:,} bytes); every command reads it with --large" in err
    with pytest.raises(un.InvalidDocument):
        un.load("s.json", limits=un.Limits(max_values=20))
