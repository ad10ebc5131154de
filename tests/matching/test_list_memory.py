"""What a list said is remembered as digests, each made once."""

import hashlib
import hmac

import attrs
from hypothesis import given, strategies as st
from tests.test_budgets import invented_register

import untoc_network as un
from untoc_network.matching.list_memory import ListMemory
from untoc_network.model.register import list_named_ids, list_references
from untoc_network.model.remembered_lists_and_erasures import RememberedList


@given(st.text(st.characters(codec="utf-8"), max_size=150), st.text())
def test_a_digest_is_the_keyed_one_of_the_standard_library(salt, text):
    register = un.Register(lists=(RememberedList(name="l", salt=salt),))
    plain = hmac.digest(salt.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()
    assert ListMemory(register, "l").digest(text) == plain[:16]


def test_the_ids_that_a_record_names_are_those_of_its_references():
    for record in invented_register(10):
        assert sorted(list_named_ids(record)) == sorted(one.target for one in list_references(record))


def test_what_all_records_cite_is_digested_once():
    memory = ListMemory(un.Register(), "l")
    cited = (un.Citation(source_id="sheet"),)
    made = []
    digest = memory.digest
    memory.digest = lambda *parts: made.append(parts[0]) or digest(*parts)
    bodies = [un.Person(id=f"p-{at}", name="Ana Ruiz", sources=cited) for at in range(5)]
    said = [[*memory.said_by(body)] for body in bodies]
    assert made.count("sources") == 2
    apart = attrs.evolve(bodies[0], sources=(un.Citation(source_id="sheet"),))
    assert said == 5 * [[*memory.said_by(apart)]]
