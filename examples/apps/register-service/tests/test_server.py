"""The service as a program: its commands, its log, many requests, and the memory that they leave behind."""

import json
import random
import re
import subprocess
import sys
import threading
from pathlib import Path

import httpx2
import pytest
from register_service import __main__ as program
from register_service.access import Caller, make_token

import untoc_network as un
import untoc_network_store

PATH = ":".join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
NGO = "/organizations/asj-honduras"


class Server:
    """The program in a process of its own, on a port that is free."""

    def __init__(self, folder, *arguments, **environment):
        command = [sys.executable, "-m", "register_service", "serve", "--port", "0", *arguments]
        environment["PYTHONPATH"] = PATH
        self.process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env=environment)
        self.log = []
        for line in self.process.stderr:
            self.log.append(line)
            if found := re.search(r"running on (http://[0-9.:]+)", line):
                break
        self.reader = threading.Thread(target=lambda: self.log.extend(self.process.stderr))
        self.reader.start()
        self.client = httpx2.Client(base_url=found[1], timeout=60)

    def read_memory(self):
        """The bytes that the process has in memory."""
        return int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]) * 4096

    def stop(self):
        self.client.close()
        self.process.terminate()
        self.process.wait()
        self.reader.join()
        self.process.stderr.close()


def make_writer(folder):
    caller = Caller(id="office-1", audience=un.Audience.INTERNAL, writes=True)
    return {"Authorization": f"Bearer {make_token(folder / 'tokens.json', caller)}"}


def test_one_command_serves_the_example_and_memory_stays_flat(tmp_path, request):
    writer = make_writer(tmp_path)
    server = Server(tmp_path, "--example")
    try:
        assert server.client.get("/health").json() == {"status": "ok"}
        soak(server, writer, 200)  # until all is loaded and compiled
        before = server.read_memory()
        soak(server, writer, request.config.getoption("--soak"))
        grown = server.read_memory() / before
    finally:
        server.stop()
    assert grown < 1.2
    told = "".join(server.log)
    assert len(re.findall(r" (?:GET|POST|PATCH|DELETE) \S+ [2-4]\d\d \d+ ms, by (?:-|office-1)\n", told)) > 200
    assert [word for word in ("Ejemplo", "ejemplo", "ERROR", writer["Authorization"][7:]) if word in told] == []
    with untoc_network_store.open(tmp_path / "register.db", on="2026-11-24") as store:
        assert un.reads(un.dumps(store.register))[1].ok
    assert {file.stat().st_mode & 0o77 for file in tmp_path.glob("*")} == {0}


def soak(server, writer, times):
    """Many requests of all kinds, each answered as it should be."""
    choose, client = random.Random(times), server.client
    sheet = b"Name;Country;Type\nCasa de Ejemplo;PA;ONG\n"
    for number in range(times):
        kind = choose.randrange(10)
        if kind < 4:
            collection = choose.choice(["organizations", "persons", "events", "statements", "nowhere"])
            address = f"/{collection}" if kind < 2 else f"/{collection}/asj-honduras"
            assert client.get(address, headers=choose.choice([{}, writer])).status_code in (200, 404)
        elif kind == 4:
            assert client.get("/persons?text=Ana+Ejemplo").json()["items"] == []
        elif kind == 5:
            assert client.get("/calendar.ics").status_code == 200
        elif kind < 8:
            tag = client.get("/organizations/asj-honduras", headers=writer).headers["ETag"]
            patch = {"founded": str(1900 + number % 100)}
            headers = {**writer, "If-Match": tag}
            assert client.patch("/organizations/asj-honduras", json=patch, headers=headers).status_code == 200
        elif kind == 8:
            made = {
                "id": f"x{number}",
                "name": {"es": "Casa de Ejemplo"},
                "kind": "ngo",
                "sources": [{"source_id": "note-en"}],
            }
            answer = client.post("/organizations", json=made, headers=writer)
            assert answer.status_code == 201
            headers = {**writer, "If-Match": answer.headers["ETag"]}
            assert client.delete(f"/organizations/x{number}", headers=headers).status_code == 200
        else:
            headers = {**writer, "Content-Type": "text/csv"}
            assert client.post("/imports?list=office", content=sheet, headers=headers).json()["applied"] is False
            assert client.post("/organizations", content=b"[" * 1000, headers=writer).status_code == 415


def test_one_variable_puts_it_on_postgresql(tmp_path, request):
    url = request.config.getoption("--postgresql")
    if url is None:
        pytest.skip("PostgreSQL IS NOT TRIED: give the address of an empty database with --postgresql=URL")
    writer = make_writer(tmp_path)
    servers = [Server(tmp_path, "--example", DATABASE_URL=url) for _ in range(2)]
    try:
        one, other = (server.client for server in servers)
        tag = one.get(NGO, headers=writer).headers["ETag"]
        headers = {**writer, "If-Match": tag}
        assert one.patch(NGO, json={"founded": "1998"}, headers=headers).status_code == 200
        assert other.get(NGO).json()["founded"] == "1998"
        assert other.patch(NGO, json={"founded": "1999"}, headers=headers).status_code == 412
        soak(servers[0], writer, 20)
    finally:
        for server in servers:
            server.stop()
    assert [file.name for file in tmp_path.glob("register.db*")] == []


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("DATABASE_URL", "TOKENS_FILE", "VIEW_KEY_FILE", "MAX_BODY_BYTES"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_serving_takes_a_register_and_keeps_its_key(here, monkeypatch, capsys):
    served = []
    monkeypatch.setattr(program.uvicorn, "run", lambda app, **settings: served.append((app, settings)))
    with pytest.raises(SystemExit) as stopped:
        program.main(["serve"])
    assert stopped.value.code == 2
    assert "no store is there" in capsys.readouterr().err
    program.main(["serve", "--example"])
    key = (here / "view.key").read_text()
    program.main(["serve", "--host", "::", "--port", "80", "--processes", "4"])
    assert (here / "view.key").read_text() == key
    settings = served[-1][1]
    assert (settings["host"], settings["port"], settings["workers"]) == ("::", 80, 4)
    assert (settings["access_log"], settings["server_header"]) == (False, False)
    app = program.open_app()
    with untoc_network_store.open("register.db") as store:
        assert store.register == un.example()
    app._app.state.desk._store.close()


def test_a_token_is_shown_once_and_kept_as_a_digest(here, monkeypatch, capsys):
    monkeypatch.setenv("TOKENS_FILE", "people.json")
    program.main(["token", "member-1"])
    program.main(["token", "office-1", "--audience", "internal", "--writes"])
    first, second = capsys.readouterr().out.split()
    held = json.loads((here / "people.json").read_text())
    assert list(held.values()) == [
        {"id": "member-1", "audience": "members", "writes": False},
        {"id": "office-1", "audience": "internal", "writes": True},
    ]
    assert first not in str(held)
    assert second not in str(held)
    for arguments, problem in (
        (["member-2", "--writes"], "only those who keep the register change it"),
        (["Ana Ejemplo"], "a caller is known by an id"),
    ):
        with pytest.raises(SystemExit) as stopped:
            program.main(["token", *arguments])
        assert stopped.value.code == 2
        assert problem in capsys.readouterr().err
    assert json.loads((here / "people.json").read_text()) == held
