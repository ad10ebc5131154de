"""Writers and servers killed at random moments: what was acknowledged is there, and the register is sound.

    python -m pytest packages/untoc-network-store/tests/test_killed_writers.py --kills 50

kills so often; without the option 25 times in CI, and twice elsewhere.
"""

import os
import random
import signal

import attrs
import pytest
from sqlalchemy import event
from tests.profiles import portion

import untoc_network as un
import untoc_network_store as kept

ON = "2026-11-24"
NGO = "asj-honduras"
BESIDE = "corporacion-espacios-de-mujer"

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kills copies of this process, as Linux can"),
    pytest.mark.unmeasured,
]


def write_without_end(place, record_id, told):
    """Commit one change of a record after another, and say of each which year it wrote, once it is acknowledged."""
    with kept.open(place, on=ON) as store:
        year = int(store.register[record_id].founded or 1000)
        while True:
            year += 1
            old = store.live.register[un.Organization, record_id]
            step = store.live.attempt(replaced=[attrs.evolve(old, founded=str(year))])
            store.commit(step, expected={record_id: un.digest(old)}, by="xa-office", at="2026-11-24T10:00Z")
            os.write(told, b"%d\n" % year)


class Writer:
    """A copy of this process that writes, until it is killed or its server is."""

    def __init__(self, place, record_id):
        hears, told = os.pipe()
        self.record_id, self.child = record_id, os.fork()
        if not self.child:
            try:
                os.close(hears)
                write_without_end(place, record_id, told)
            except kept.UnusableStore:
                pass
            finally:
                os._exit(0)
        os.close(told)
        self.hears, self.last = hears, None

    def wait_for(self, acknowledged):
        """Wait until so many changes are acknowledged; it goes on meanwhile."""
        for _ in range(acknowledged):
            assert self.hear(), "the writer ended by itself"

    def hear(self):
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(self.hears, 1)
            if not byte:
                return False
            line += byte
        self.last = int(line)
        return True

    def kill(self):
        os.kill(self.child, signal.SIGKILL)

    def end(self):
        """Hear all that was acknowledged, once the writer is gone."""
        while self.hear():
            pass
        os.waitpid(self.child, 0)
        os.close(self.hears)


def wait_for_a_moment_that_nothing_announces(dice, writer):
    writer.wait_for(dice.randint(1, 5))
    for _ in range(dice.randrange(20_000)):
        pass


def require_sound(place, *writers):
    """The store holds all that the writers, who are gone, were told is written, and is sound."""
    with kept.open(place, on=ON) as store:
        checked = store.check()
        assert checked.ok
        entries = [entry for entry in store.log() if entry.revision <= checked.revision]
        assert [entry.revision for entry in entries] == list(range(2, checked.revision + 1))
        for writer in writers:
            organization = store.register[writer.record_id]
            assert int(organization.founded) in {writer.last, writer.last + 1}, "what was acknowledged is lost"
            last = store.log(id=writer.record_id)[-1]
            assert last.digest_after == un.digest(organization)
            assert last.values["founded"][1] == organization.founded


def test_a_writer_that_is_killed_loses_nothing_that_was_acknowledged(store, place, request, record_property):
    kills = request.config.getoption("kills")
    dice = random.Random(request.config.getoption("fuzz_seed"))
    beside = Writer(place, BESIDE)
    for _ in range(kills):
        writer = Writer(place, NGO)
        wait_for_a_moment_that_nothing_announces(dice, writer)
        writer.kill()
        writer.end()
        require_sound(place, writer)  # while another goes on
    beside.wait_for(1)
    beside.kill()
    beside.end()
    require_sound(place, beside)
    record_property("inputs", kills)


def test_a_server_that_is_killed_loses_nothing_that_was_acknowledged(server, request, record_property):
    kills = request.config.getoption("kills")
    dice = random.Random(request.config.getoption("fuzz_seed"))
    place = server.url()
    kept.create(place, un.example(), on=ON).close()
    for _ in range(kills):
        writers = [Writer(place, NGO), Writer(place, BESIDE)]
        writers[1].wait_for(1)
        wait_for_a_moment_that_nothing_announces(dice, writers[0])
        server.kill()
        for writer in writers:
            writer.end()
        server.start()
        require_sound(place, *writers)
    record_property("inputs", kills)


def erase_until(place, most):
    """Erase a person in a copy of this process that is gone at a statement; gives whether it came to the end."""
    child = os.fork()
    if not child:
        try:
            with kept.open(place, on=ON) as store:
                left = iter(range(most))

                def count(*_):
                    if next(left, None) is None:
                        os.kill(os.getpid(), signal.SIGKILL)

                event.listen(store._database.engine, "before_cursor_execute", count)
                event.listen(store._database.engine, "commit", count)
                store.erase("ana-quetzalli", on=ON)
                os._exit(7)
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_an_erasure_that_is_killed_at_any_statement_is_whole_or_none(tmp_path, record_property):
    ana = un.Person(id="ana-quetzalli", name="Ana Quetzalli")
    house = un.Organization(id="xa", name={"en": "X"}, kind="ngo", notes=[un.Note(text="ask Ana Quetzalli")])
    before, most = un.Register(persons=[ana], organizations=[house]), 0
    ended, was_erased = False, set()
    while not ended:
        folder = tmp_path / str(most)
        folder.mkdir()
        kept.create(folder / "register.db", before, on=ON).close()
        ended = erase_until(folder / "register.db", most)
        with kept.open(folder / "register.db", on=ON) as store:
            assert store.check().damaged == ()
            is_erased = "ana-quetzalli" not in store.register
            assert is_erased or store.register == before
            assert is_erased == any(entry.action == "erased" for entry in store.log())
            held = b"".join(path.read_bytes() for path in folder.iterdir())
            assert is_erased != (b"Quetzalli" in held)
        was_erased.add(is_erased)
        most += 8 // portion(8)
    assert was_erased == {True, False}
    record_property("inputs", most)
