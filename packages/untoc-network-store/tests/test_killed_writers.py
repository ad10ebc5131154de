"""Writers and servers killed at random moments: what was acknowledged is there, and the register is sound.

    python -m pytest packages/untoc-network-store/tests/test_killed_writers.py --kills 50

kills so often; without the option five times.
"""

import os
import random
import signal

import attrs
import pytest

import untoc_network as un
import untoc_network_store as kept

ON = "2026-11-24"
NGO = "asj-honduras"

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kills copies of this process, as Linux can"),
    pytest.mark.unmeasured,
]


def write_without_end(place, told):
    """Commit one change after another, and say of each which year it wrote, once it is acknowledged."""
    with kept.open(place, on=ON) as store:
        year = int(store.register[NGO].founded or 1000)
        while True:
            year += 1
            old = store.live.register[un.Organization, NGO]
            step = store.live.attempt(replaced=[attrs.evolve(old, founded=str(year))])
            store.commit(step, expected={NGO: un.digest(old)}, by="xa-office", at="2026-11-24T10:00Z")
            os.write(told, b"%d\n" % year)


class Writer:
    """A copy of this process that writes, until it is killed or its server is."""

    def __init__(self, place):
        hears, told = os.pipe()
        self.child = os.fork()
        if not self.child:
            try:
                os.close(hears)
                write_without_end(place, told)
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

    def end(self):
        """The last year that was acknowledged, once the writer is gone."""
        while self.hear():
            pass
        os.waitpid(self.child, 0)
        os.close(self.hears)
        return self.last


def require_sound(place, acknowledged):
    with kept.open(place, on=ON) as store:
        checked = store.check()
        assert checked.ok
        year = int(store.register[NGO].founded)
        assert year in {acknowledged, acknowledged + 1}, "a change that was acknowledged is lost"
        entries = store.log()
        assert [entry.revision for entry in entries] == list(range(2, checked.revision + 1))
        assert entries[-1].digest_after == un.digest(store.register[NGO])
        assert entries[-1].values == {"founded": [entries[-1].values["founded"][0], str(year)]}


def test_a_writer_that_is_killed_loses_nothing_that_was_acknowledged(store, place, request, record_property):
    kills = request.config.getoption("kills")
    dice = random.Random(request.config.getoption("fuzz_seed"))
    for _ in range(kills):
        writer = Writer(place)
        writer.wait_for(dice.randint(1, 6))
        for _ in range(dice.randrange(20_000)):  # a moment that nothing announces
            pass
        os.kill(writer.child, signal.SIGKILL)
        require_sound(place, writer.end())
    record_property("inputs", kills)


def test_a_server_that_is_killed_loses_nothing_that_was_acknowledged(server, request, record_property):
    kills = request.config.getoption("kills")
    dice = random.Random(request.config.getoption("fuzz_seed"))
    place = server.url()
    kept.create(place, un.example(), on=ON).close()
    for _ in range(kills):
        writer = Writer(place)
        writer.wait_for(dice.randint(1, 6))
        for _ in range(dice.randrange(20_000)):
            pass
        server.kill()
        last = writer.end()
        server.start()
        require_sound(place, last)
    record_property("inputs", kills)
