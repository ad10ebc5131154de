"""`store`: what a keeper of a list does with a database; results, exit codes, one clear line."""

import datetime as dt
import json
import shutil

import attrs
import pytest

import untoc_network as un
import untoc_network_store as kept
from untoc_network.cli.main import main
from untoc_network.i18n.language_words import words_in
from untoc_network.serializers.files import EXAMPLE
from untoc_network_store import commands

ON = "2026-11-24"
NGO = "asj-honduras"


@pytest.fixture
def told(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(commands, "_now", lambda: dt.datetime(2026, 11, 24, 10, tzinfo=dt.UTC))
    shutil.copy(EXAMPLE, "register.json")

    def run(*arguments):
        code = main(["store", *arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def loaded(told):
    assert told("init", "register.db") == (0, "", "untoc-network: the store is there; it is empty\n")
    assert told("load", "register.db", "register.json", "--by", "xa-office", "--on", ON) == (
        0, "", "untoc-network: loaded, revision 2: 0 errors, 0 warnings, 3 infos\n"
    )  # fmt: skip
    return told


def test_a_file_goes_into_a_store_and_comes_back_the_same(loaded, tmp_path):
    assert loaded("dump", "register.db", "-o", "again.json") == (0, "", "untoc-network: revision 2: 48 records\n")
    assert un.load(tmp_path / "again.json") == un.load(tmp_path / "register.json")
    assert loaded("dump", "register.db")[1].encode() == un.dumps(un.example())


def test_the_log_is_told(loaded):
    code, out, _ = loaded("log", "register.db")
    head, *lines = out.splitlines()
    assert (code, head.split()) == (0, ["revision", "at", "by", "action", "collection", "id", "fields"])
    assert f"2         2026-11-24T10:00:00+00:00  xa-office  added     organizations  {NGO}" in out
    assert len(lines) == 49  # and what is said of the whole register
    assert loaded("log", "register.db", "--since", "2")[:2] == (0, "nothing changed\n")
    (entry,) = json.loads(loaded("log", "register.db", "--id", NGO, "--format", "json")[1])
    assert (entry["revision"], entry["by"], entry["action"]) == (2, "xa-office", "added")


def test_what_others_changed_since_is_not_written_over(loaded, tmp_path):
    with kept.open("register.db", on=ON) as store:
        changed = attrs.evolve(store.register[un.Organization, NGO], founded="1998")
        store.commit(store.live.attempt(replaced=[changed]))
    line = f"untoc-network: nothing was loaded: somebody else has changed since: '{NGO}'\n"
    assert loaded("load", "register.db", "register.json", "--revision", "2") == (1, "", line)
    assert loaded("load", "register.db", "register.json", "--revision", "3", "--on", ON)[0] == 0
    with kept.open("register.db") as store:
        assert store.register == un.load("register.json")


def test_an_older_file_is_not_loaded_over_an_erasure(loaded):
    assert loaded("erase", "register.db", "csu-officer", "--on", ON)[0] == 0
    line = "untoc-network: nothing was loaded: the register does not know of erasures; erase there too: "
    code, out, err = loaded("load", "register.db", "register.json", "--on", ON)
    assert (code, out, err.startswith(line)) == (1, "", True)


def test_errors_that_a_register_brings_are_refused_unless_the_store_is_empty(loaded, tmp_path):
    lost = un.Membership(id="m-lost", organization_id="nowhere", network_id="americas-network")
    un.dump(un.example().with_added(lost)[0], "lost.json")
    code, out, err = loaded("load", "register.db", "lost.json", "--lang", "es", "--on", ON)
    assert (code, out) == (1, "")
    assert "RF002" in err
    told = next(words_in("es")).told["nothing was loaded: the register would bring errors to the store"]
    assert err.endswith(f"untoc-network: {told}\n")
    loaded("init", "other.db")
    assert loaded("load", "other.db", "lost.json", "--on", ON)[0] == 0
    code, out, _ = loaded("check", "other.db", "--on", ON)
    assert (code, out.splitlines()[-1]) == (1, "revision 2; 0 damaged rows")


def test_a_store_is_checked(loaded):
    code, out, _ = loaded("check", "register.db", "--on", ON)
    assert (code, out.splitlines()[-1]) == (0, "revision 2; 0 damaged rows")
    with kept.open("register.db") as store, store._database.write_transaction() as connection:
        connection.exec_driver_sql(f"UPDATE untoc_records SET digest = 'x' WHERE id = '{NGO}'")
    code, out, _ = loaded("check", "register.db", "--on", ON)
    assert (code, out.splitlines()[-2:]) == (1, [f"damaged: {NGO}", "revision 2; 1 damaged row"])
    code, out, _ = loaded("check", "register.db", "--on", ON, "--format", "json")
    found = json.loads(out)
    assert (code, found["damaged"], found["revision"]) == (1, [NGO], 2)
    assert {one["severity"] for one in found["findings"]} == {"info"}


def test_a_person_is_erased(loaded, monkeypatch):
    line = "untoc-network: erased, revision 3; csu-officer stands in the place\n"
    assert loaded("erase", "register.db", "csu-officer", "--by", "xa-office", "--on", ON) == (0, "", line)
    monkeypatch.setattr(kept.Store, "clear_bytes", lambda _: False)
    code, _, err = loaded("erase", "register.db", un.example().persons[-1].id, "--on", ON)
    assert code == 1
    assert err.splitlines()[-1] == (
        "untoc-network: bytes of the person are left in the file, since somebody reads it; check the store again later"
    )
    assert loaded("erase", "register.db", "nobody")[::2] == (2, "untoc-network: no person has this id\n")


def test_places_to_check_are_told(told):
    ana = un.Person(id="member-7", name="Ana Rosa Quetzalli")
    house = un.Organization(id="xa", name={"en": "X"}, kind="ngo", notes=[un.Note(text="ask Quetzalli")])
    kept.create("register.db", un.Register(persons=[ana], organizations=[house])).close()
    code, _, err = told("erase", "register.db", "member-7", "--on", ON)
    assert code == 0
    assert "untoc-network: to check, for it may be the person: xa notes[0].text\n" in err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("dump", "nowhere.db"), "nowhere.db: no store is there; make one with init\n"),
        (("init", "register.db"), "register.db: a store is there already; open it\n"),
        (("init", "nowhere/register.db"), "nowhere/register.db: no such file or directory\n"),
        (("dump", "register.json"), "register.json: file is not a database\n"),
        (("load", "register.db", "register.json", "--by", "Ana Q"), "by: expected the id of who made the change, of small letters, digits and hyphens\n"),
        (("dump", "mysql://one/two"), "a store is in a file of SQLite, or in PostgreSQL: name a file, or postgresql://…\n"),
    ],
)  # fmt: skip
def test_a_bad_call_ends_with_two_and_one_line(told, arguments, line):
    kept.create("register.db").close()
    code, out, err = told(*arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert err.endswith(line)


def test_the_command_line_alone_reads_the_clock():
    assert commands._now().tzinfo is dt.UTC
