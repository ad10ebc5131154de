"""`start`: what is shown, asked, taken as an option and written; nothing is agreed to by Enter."""

import io
import subprocess
import sys

import pytest

import untoc_network as un
from untoc_network.app.list_start import name_field
from untoc_network.cli.main import main
from untoc_network.diagnostics.codes.member_lists import FIELD_NAMES
from untoc_network.i18n.language_words import LANGUAGES, choose_interface_words, english
from untoc_network.serializers.member_lists.column_mapping import FIELDS

LIST = """\
Nombre;País;Correo;Fundada;Autoriza publicación;En riesgo;Persona de contacto
Casa de las Mujeres;XA;info@casa.example.org;03/04/2012;sí;no;Ana Ejemplo
Red de los Andes;XA;info@andes.example.org;03/05/2013;no;no;
Mesa del Sur;XB;info@sur.example.org;04/05/2014;sí;sí;
Foro del Norte;XB;;;;;
"""
NAMED = ("--network-name", "Red del Sur")
CONSENT = ("--consent-basis", "form", "--consent-audience", "public", "--consent-given", "2024-03-01")
WRITTEN = {"l.register.json", "l.mapping.toml", "l.report.txt", "l.to-do.md"}


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    (tmp_path / "l.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def start(folder, capsys, monkeypatch):
    def call(*options, answers=None):
        stdin = io.StringIO("yes\n" * 20) if answers is None else Terminal("".join(f"{one}\n" for one in answers))
        monkeypatch.setattr(sys, "stdin", stdin)
        code = main(["start", "l.csv", *options])
        return code, capsys.readouterr().err

    return call


def written(folder):
    return {path.name for path in folder.iterdir()} - {"l.csv"}


def test_without_a_terminal_nothing_is_asked_and_what_is_missing_is_told(folder, start):
    code, err = start()
    assert code == 2
    assert "the name of the network is missing: give it with --network-name NAME" in err
    assert "?" not in err
    assert written(folder) == set()


def test_without_answers_nothing_is_agreed_to(folder, start):
    code, err = start(*NAMED)
    assert code == 0
    assert written(folder) == WRITTEN
    register = un.load("l.register.json")
    assert all(not body.consents for body in register.organizations)
    assert all(not one.consents for one in register.persons)
    assert all(body.founded is None for body in register.organizations)
    assert [one.name["es"] for one in register.networks] == ["Red del Sur"]
    assert "info@" not in err
    assert "Ana" not in err


def test_enter_agrees_to_nothing(folder, start):
    code, err = start(answers=["", "Red del Sur", "", "", "", ""])
    assert code == 0
    assert "?" in err
    register = un.load("l.register.json")
    assert all(not body.consents for body in register.organizations)
    assert all(body.founded is None for body in register.organizations)
    assert [one.id for one in register.networks] == ["red-del-sur"]


ANSWERS = ["1", "Red del Sur", "dmy", "es", "2024-03", "form", "public", "2024-03-01"]


def test_answers_and_options_say_the_same(folder, start):
    assert start(answers=ANSWERS)[0] == 0
    answered = (folder / "l.register.json").read_bytes()
    mapping = (folder / "l.mapping.toml").read_bytes()
    options = ("--list-of", "organizations", *NAMED, "--dates", "dmy", "--language", "es")
    code, _ = start(*options, "--member-since", "2024-03", *CONSENT, "--replace")
    assert code == 0
    assert (folder / "l.register.json").read_bytes() == answered
    assert (folder / "l.mapping.toml").read_bytes() == mapping
    register = un.load("l.register.json")
    assert {body.id: len(body.consents) for body in register.organizations} == {
        "casa-de-las-mujeres": 1,
        "red-de-los-andes": 0,
        "mesa-del-sur": 0,  # at risk: no answer for all is hers
        "foro-del-norte": 0,
    }
    assert register.persons[0].consents == ()
    assert str(register["casa-de-las-mujeres"].founded) == "2012-04-03"
    assert {str(one.period.start) for one in register.memberships} == {"2024-03"}


def test_the_mapping_makes_the_same_register_next_time(folder, start):
    assert start(*NAMED, *CONSENT)[0] == 0
    assert main(["import", "l.csv", "--mapping", "l.mapping.toml", "-o", "r.json"]) == 0
    assert (folder / "r.json").read_bytes() == (folder / "l.register.json").read_bytes()
    assert main(["import", "l.csv", "--mapping", "l.mapping.toml", "--into", "r.json", "-o", "s.json"]) == 0
    assert (folder / "s.json").read_bytes() == (folder / "r.json").read_bytes()
    assert start("--mapping", "l.mapping.toml", "--suggest-mapping", "n.toml", "--replace", "-o", "t.json")[0] == 0
    assert (folder / "t.json").read_bytes() == (folder / "r.json").read_bytes()


def test_an_answer_that_cannot_be_is_asked_for_again(folder, start):
    code, err = start(answers=["planets", "1", "Red", "9", "2", "Spanish", "", "soon", "", ""])
    assert code == 0
    assert err.count("That cannot be: ") == 4
    assert "organizations, contacts, persons, participants" in err


TOLD = {
    "en": "That cannot be: the answer must be a date such as 2024-06-15, 2024-06 or 2024",
    "es": "Respuesta no válida: la respuesta debe ser una fecha como 2024-06-15, 2024-06 o 2024",
    "pt": "Resposta inválida: a resposta deve ser uma data como 2024-06-15, 2024-06 ou 2024",
    "fr": "Ce n’est pas possible : la réponse doit être une date telle que 2024-06-15, 2024-06 ou 2024",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_taken_as_it_is_written_where_it_can_be_one_only(folder, start, language):
    words = choose_interface_words(language)
    answers = ["¿?", *ANSWERS[:-1], "03/04/2024", "?", "15/06/2024"]
    code, err = start("--lang", language, answers=answers)
    told = " ".join(err.split())
    assert code == 0
    assert told.count(TOLD[language]) == 1
    assert told.count("2024-06-15") >= 4  # the question twice, what is wrong, what `?` explains
    for key in ("start-given-why", "start-how"):
        assert " ".join(words.ui(key).split()) in told
    consents = un.load("l.register.json")["casa-de-las-mujeres"].consents
    assert [str(one.given) for one in consents] == ["2024-06-15"]


def test_pairs_that_may_be_one_are_told_by_name_or_by_id_alone(folder, start):
    rows = (
        "Casa de las Mujeres;XA;info@casa.example.org;;;no;Ana Ejemplo",
        "La Casa de las Mujeres;XA;info@casa.example.org;;;no;",
        "Mesa del Sur;XB;info@sur.example.org;;;sí;",
        "La Mesa del Sur;XB;info@sur.example.org;;;sí;",
    )
    (folder / "l.csv").write_text("\n".join((LIST.partition("\n")[0], *rows)), encoding="utf-8")
    _, err = start(*NAMED)
    told = "2 pairs of records may be one; look before publishing: untoc-network duplicates l.register.json"
    assert told in " ".join(err.split())
    listed = (folder / "l.to-do.md").read_text(encoding="utf-8")
    assert "Casa de las Mujeres (`casa-de-las-mujeres`) · La Casa de las Mujeres (`la-casa-de-las-mujeres`)" in listed
    assert "`la-mesa-del-sur` · `mesa-del-sur`" in listed
    assert "Mesa del Sur" not in listed
    assert "Ana" not in listed + err
    assert "info@" not in listed + err


def test_answers_that_end_too_early_write_nothing(folder, start):
    code, err = start(answers=["1", "Red"])
    assert code == 2
    assert "the answers ended before the questions; nothing was written" in err
    assert written(folder) == set()


def test_no_name_is_no_network(folder, start):
    code, err = start(answers=["", ""])
    assert code == 2
    assert "--network-name NAME" in err


def test_nothing_that_is_there_is_replaced_unasked(folder, start):
    (folder / "l.to-do.md").write_text("mine", encoding="utf-8")
    code, err = start(*NAMED)
    assert code == 2
    assert "there are already: l.to-do.md; nothing was written" in err
    assert start(*NAMED, answers=[""])[0] == 2
    assert (folder / "l.to-do.md").read_text() == "mine"
    assert written(folder) == {"l.to-do.md"}
    assert start(*NAMED, answers=["yes", *[""] * 9])[0] == 0
    assert (folder / "l.to-do.md").read_text() != "mine"


def test_the_keeper_sees_cells_and_others_first_letters_alone(start):
    _, err = start(answers=["", "Red", *[""] * 9])
    assert "Nombre → name of the organization: Casa de las Mujeres" in err
    assert "Persona de contacto → name of the person: " in err
    assert "A·· E······" in err
    assert "i···@" in err
    assert "info@" not in err


def test_what_is_written_beside_has_no_address_and_no_person(folder, start):
    start(*NAMED, *CONSENT)
    for name in WRITTEN - {"l.register.json"}:
        text = (folder / name).read_text(encoding="utf-8")
        assert "Ana" not in text.replace("Andes", "")
        assert "example.org" not in text
    to_do = (folder / "l.to-do.md").read_text(encoding="utf-8")
    assert "Mesa del Sur" not in to_do
    assert "`mesa-del-sur`" in to_do
    assert "`casa-de-las-mujeres-contact-1`" in to_do
    assert "Su organización figura en la lista de miembros de Red del Sur" in to_do


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_and_what_to_do_are_in_the_language_that_is_asked_for(folder, start, language):
    words = choose_interface_words(language)
    _, err = start("--lang", language, answers=["1", "Red", *[""] * 9])
    plain = " ".join(err.split())
    for key in ("start-columns", "start-network", "start-dates", "start-since", "start-basis"):
        assert " ".join(words.ui(key).split()) in plain
    asked = [line for line in err.splitlines() if "untoc-network: " not in line]  # notes are whole in a pipe
    assert [line for line in asked if len(line) > 80] == []
    assert words.ui("todo-title") in (folder / "l.to-do.md").read_text(encoding="utf-8")


def test_a_list_without_consents_and_without_a_language_says_so(folder, start):
    (folder / "l.csv").write_text("Name;Country;Member since\nA;XA;2020\nB;XA;2021\n", encoding="utf-8")
    code, err = start(answers=["", "Net", ""])
    assert code == 0
    assert "No column asks the organizations for consent" in " ".join(err.split())
    to_do = (folder / "l.to-do.md").read_text(encoding="utf-8")
    assert "Dear colleagues" in to_do
    assert "- [ ] A (`a`)" in to_do


def test_who_said_no_is_not_asked_again(folder, start):
    rows = ("Nombre;País;Persona de contacto;¿Autoriza publicar?", "A;PA;Eva Uno;no", "B;PA;Eva Dos;tal vez", "C;PA;;")
    (folder / "l.csv").write_text("\n".join(rows), encoding="utf-8")
    assert start(*NAMED)[0] == 0
    to_do = (folder / "l.to-do.md").read_text(encoding="utf-8")
    asked, *_ = to_do.partition("## ")[2].split("\n## ")
    assert [name in asked for name in ("`a`", "`b`", "`c`")] == [False, True, True]
    assert [f"`{name}-contact-1`" in to_do for name in "ab"] == [False, True]


def test_a_sheet_of_which_nothing_can_be_read_is_told(folder, start):
    (folder / "l.csv").write_text("1;2\n3;4\n", encoding="utf-8")
    code, err = start(*NAMED)
    assert code == 2
    assert "IM0" in err
    assert written(folder) == set()


def test_in_a_list_of_persons_no_answer_holds_of_all(folder, start):
    (folder / "l.csv").write_text("Nombre;Apellidos;Autoriza publicación\nAna;Ejemplo;sí\nLuis;Muestra;sí\n", "utf-8")
    code, err = start(*NAMED, *CONSENT)
    assert code == 2
    assert "each person's consent has its own basis and audience" in err
    assert start(*NAMED)[0] != 2
    assert all(not person.consents for person in un.load("l.register.json").persons)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--language", "Spanish"], "language must be a language tag"),
        (["--member-since", "soon"], "'member.since' must be a date"),
        (["--consent-given", "soon"], "'consent.given' must be a date"),
        (["-o", "l.csv"], "this file is read"),
    ],
)
def test_an_option_that_cannot_be_is_refused(start, options, problem):
    code, err = start(*NAMED, *options)
    assert code == 2
    assert problem in err


def test_other_files_than_lists_are_for_import(folder, capsys):
    assert main(["start", "meetings.ics"]) == 2
    assert "import reads calendars" in capsys.readouterr().err


def test_ctrl_c_at_a_question_writes_nothing(folder, monkeypatch):
    class Interrupted(Terminal):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupted())
    assert main(["start", "l.csv"]) == 130
    assert written(folder) == set()


def test_a_pipe_is_no_answer(folder):
    done = subprocess.run(
        [sys.executable, "-m", "untoc_network", "start", "l.csv"],
        input="yes\n" * 50, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "--network-name NAME" in done.stderr


def test_what_a_cell_or_header_holds_does_nothing_to_terminal_or_page(folder, start):
    header = "x" * 900
    (folder / "l.csv").write_text(f"Name;{header};B\x1b[2J\n[House](javascript:x) <b>;{header};c\n", encoding="utf-8")
    code, err = start("--network-name", "<i>Net</i>", answers=[""] * 9)
    assert code == 0
    assert "\x1b" not in err
    assert max(map(len, err.replace("] > ", "\n").splitlines()[:-2])) <= 80
    to_do = (folder / "l.to-do.md").read_text(encoding="utf-8")
    assert "[House](" not in to_do
    assert "<b>" not in to_do
    assert "<i>" not in to_do


UNCALLED = "Wer,Was,Wo\nQwertz Asdf,x,Lima\nUiop Jkl,y,Cusco\n"


def test_where_no_column_is_called_a_name_the_keeper_says_which_one_is(folder, start):
    (folder / "l.csv").write_text(UNCALLED, encoding="utf-8")
    assert start(*NAMED)[0] == 2
    code, err = start(answers=[""])
    assert code == 2
    assert "Which one names the organizations or persons?" in " ".join(err.split())
    assert "1  Wer: Q····· A··· | U··· J··" in err
    assert start(answers=["1", "", "Red", "", ""])[0] == 0
    assert [one.name for one in un.load("l.register.json").persons] == ["Qwertz Asdf", "Uiop Jkl"]
    assert start(*NAMED, "--name-column", "Wer", "--replace")[0] == 0
    assert [one.id for one in un.load("l.register.json").organizations] == ["qwertz-asdf", "uiop-jkl"]
    assert main(["import", "l.csv", "--name-column", "Wer", "--list-of", "persons", "-o", "p.json"]) == 0
    assert [one.name for one in un.load("p.json").persons] == ["Qwertz Asdf", "Uiop Jkl"]
    (folder / "m.toml").write_text('[columns]\n"Wo" = "city"\n', encoding="utf-8")
    assert main(["import", "l.csv", "--mapping", "m.toml", "--name-column", "Wer", "-o", "q.json"]) == 0
    assert [one.seat.city for one in un.load("q.json").organizations] == ["Lima", "Cusco"]


def test_another_table_is_read_by_the_row_of_its_headers(folder, start):
    (folder / "l.csv").write_text("Name,Country\nA,XA\n\nName,City\nB,Port\n", encoding="utf-8")
    assert start(*NAMED, "--header-row", "4")[0] == 0
    assert [one.id for one in un.load("l.register.json").organizations] == ["b"]
    assert main(["import", "l.csv", "--header-row", "0", "-o", "r.json"]) == 2


def test_a_list_is_brought_into_a_register(folder, start):
    assert start(*NAMED)[0] == 0
    (folder / "l.csv").write_text("Nombre;País\nCasa Nueva;XA\n", encoding="utf-8")
    more = ("--to-do", "n.md", "--suggest-mapping", "n.toml", "--report", "n.txt")
    code, err = start("--into", "l.register.json", *more)
    assert code == 2
    assert "there are already: l.register.json" in err
    code, err = start("--into", "l.register.json", *more, answers=["yes", "", "", ""])
    assert code == 0
    assert "What is the network called?" not in err
    register = un.load("l.register.json")
    assert {one.network_id for one in register.memberships if one.organization_id == "casa-nueva"} == {"red-del-sur"}
    assert len(register.organizations) == 5


CAME = "Nombre;Apellidos;Asistió\nAna;Ejemplo;sí\nLuis;Muestra;no\n"


def test_of_participants_the_event_is_asked_for_and_made(folder, start):
    (folder / "l.csv").write_text(CAME, encoding="utf-8")
    answers = ["", "Encuentro", "soon", "2024-03-05", "workshop", "es"]
    code, err = start(*NAMED, answers=answers)
    assert code == 0
    assert "What is the event called that those on the list took part in?" in err
    (event,) = un.load("l.register.json").events
    assert (event.id, event.name["es"], event.starts, event.kind) == (
        "encuentro",
        "Encuentro",
        "2024-03-05",
        "workshop",
    )
    assert len(event.roles) == 1
    named = ["--event-name", "Encuentro", "--event-date", "2024-03-05", "--event-kind", "workshop", "--language", "es"]
    assert start(*NAMED, *named, "-o", "n.json", "--replace")[0] == 0
    assert un.load("n.json") == un.load("l.register.json")


def test_no_event_is_made_by_enter_and_one_of_the_register_can_be_chosen(folder, start):
    (folder / "l.csv").write_text(CAME, encoding="utf-8")
    assert start(*NAMED, answers=["", "", "es"])[0] == 0
    assert un.load("l.register.json").events == ()
    events = [{"id": one, "name": {"es": one}, "kind": "workshop"} for one in ("taller-a", "taller-b")]
    (folder / "r.json").write_bytes(un.dumps(un.Register(events=events)))
    more = (*NAMED, "--into", "r.json", "-o", "n.json", "--replace")
    assert start(*more, answers=["", "taller-b", "es"])[0] == 0
    assert [len(one.roles) for one in un.load("n.json").events] == [0, 1]
    assert start(*more, answers=["", "", "Taller C", "", "", "es"])[0] == 0
    assert {one.id for one in un.load("n.json").events} == {"taller-a", "taller-b", "taller-c"}
    assert start(*more, "--event", "taller-a", answers=["", "es"])[0] == 0
    assert [len(one.roles) for one in un.load("n.json").events] == [1, 0]
    assert start(*more, "--event", "taller-d", answers=["", "", "es"])[0] == 0
    assert len(un.load("n.json").events) == 2


def test_of_several_networks_of_a_register_the_keeper_chooses(folder, start):
    networks = [{"id": one, "name": {"en": one}, "kind": "national-alliance"} for one in ("red-a", "red-b")]
    (folder / "r.json").write_bytes(un.dumps(un.Register(networks=networks)))
    assert start("--into", "r.json", "-o", "n.json")[0] == 2
    assert start("--into", "r.json", "-o", "n.json", answers=["", "2", *[""] * 6])[0] == 0
    assert {one.network_id for one in un.load("n.json").memberships} == {"red-b"}
    assert start("--into", "r.json", "-o", "o.json", "--network", "red-a", "--replace")[0] == 0
    assert {one.network_id for one in un.load("o.json").memberships} == {"red-a"}
    assert start("--into", "r.json", "-o", "o.json", "--replace", answers=["", "", "Red C", *[""] * 6])[0] == 0
    assert {one.network_id for one in un.load("o.json").memberships} == {"red-c"}


def test_each_field_is_called_as_people_call_it():
    for language in LANGUAGES:
        words = choose_interface_words(language)
        called = [name_field(field, words) for field in FIELDS]
        assert not any("." in one or "_" in one for one in called)
        assert len({*called}) == len(called)
    interface = english().interface
    assert {key.removeprefix("field-"): said for key, said in interface.items() if key[:6] == "field-"} == FIELD_NAMES
    assert name_field("person2.email", words) == "courriel de la personne 2"
    assert name_field("person3.post", words) == "fonction de la personne 3"
    assert name_field("extra.coalition.fee", words) == "extra.coalition.fee"
