"""Several writers at once: of those that expect one digest one wins, and what is unsound together is refused."""

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

import untoc_network as un
import untoc_network_store as kept

ON = "2026-11-24"
NGO = "asj-honduras"
BESIDE = "corporacion-espacios-de-mujer"
WON, LATE, UNSOUND, BROKEN = range(4)
FORKED = multiprocessing.get_context("fork")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are copies of this process")


def race(place, *attempts):
    """Let each attempt commit its step in a process of its own, all at once; gives how each ended."""
    start = FORKED.Barrier(len(attempts))

    def write(attempt):
        ended = BROKEN
        try:
            with kept.open(place, on=ON) as store:
                step, expected = attempt(store.live)
                start.wait()
                store.commit(step, expected=expected)
                ended = WON
        except kept.ChangedSince:
            ended = LATE
        except kept.IntroducesErrors:
            ended = UNSOUND
        finally:
            os._exit(ended)

    writers = [FORKED.Process(target=write, args=(attempt,)) for attempt in attempts]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return [writer.exitcode for writer in writers]


def test_of_eight_writers_who_expect_one_digest_one_wins(store, place):
    digest = un.digest(store.register[NGO])

    def found(year):
        def attempt(live):
            changed = attrs.evolve(live.register[un.Organization, NGO], founded=str(year))
            return live.attempt(replaced=[changed]), {NGO: digest}

        return attempt

    ended = race(place, *map(found, range(1990, 1998)))
    assert sorted(ended) == [WON] + 7 * [LATE]
    assert [entry.id for entry in store.log()] == [NGO]
    assert store.register[NGO].founded == str(1990 + ended.index(WON))


def test_of_two_changes_that_are_sound_alone_the_second_is_refused(store, place):
    network = store.register.networks[0].id
    newcomer = attrs.evolve(store.register[un.Organization, NGO], id="xa-newcomer")
    store.commit(store.live.attempt(added=[newcomer]))
    membership = un.Membership(id="m-newcomer", organization_id="xa-newcomer", network_id=network)

    ended = race(
        place,
        lambda live: (live.attempt(added=[membership]), None),
        lambda live: (live.attempt(removed=["xa-newcomer"]), None),
    )
    assert sorted(ended) == [WON, UNSOUND]
    assert store.live.report.ok
    assert ("m-newcomer" in store.register) == ("xa-newcomer" in store.register) == (ended[0] == WON)


def test_writers_of_different_records_all_win(store, place):
    def rename(record_id):
        def attempt(live):
            changed = attrs.evolve(live.register[un.Organization, record_id], founded="1990")
            return live.attempt(replaced=[changed]), {record_id: un.digest(live.register[record_id])}

        return attempt

    assert race(place, rename(NGO), rename(BESIDE)) == [WON, WON]
    assert store.revision == 3
    assert {store.register[NGO].founded, store.register[BESIDE].founded} == {"1990"}


def test_readers_wait_for_no_writer(store, place):
    other = kept.open(place, on=ON, timeout=0)
    with store._database.write_transaction():
        assert other.register == store.register == other.live.register
        assert other.log() == ()
        assert other.find(country="HN") == (NGO,)
    other.close()


def test_threads_share_a_store(store):
    def write(number):
        for year in range(1990, 1993):
            old = store.live.register[un.Organization, f"thread-{number}"]
            step = store.live.attempt(replaced=[attrs.evolve(old, founded=str(year))])
            assert store.commit(step, expected={old.id: un.digest(old)}).step.live.register[old.id].founded == str(year)
            assert store.live.register[old.id].founded == str(year)

    ngo = store.register[un.Organization, NGO]
    threads = [f"thread-{number}" for number in range(4)]
    store.commit(store.live.attempt(added=[attrs.evolve(ngo, id=name) for name in threads]))
    with ThreadPoolExecutor(4) as pool:
        assert [*pool.map(write, range(4))] == [None] * 4
    assert store.revision == 14
    assert {store.register[name].founded for name in threads} == {"1992"}
    assert store.live.report == un.validate(store.register, on=ON)
