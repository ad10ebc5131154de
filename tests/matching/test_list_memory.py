"""What a list said is remembered as digests, each made once."""

import hashlib
import hmac

import attrs
import pytest
from hypothesis import given, strategies as st
from tests.test_budgets import invented_register

import untoc_network as un
from untoc_network.matching.list_memory import ListMemory, to_canonical_text
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
    make = memory._make
    memory._make = lambda text: made.append(text.partition("\0")[0]) or make(text)
    bodies = [un.Person(id=f"p-{at}", name="Ana Ruiz", sources=cited) for at in range(5)]
    said = [memory.said_by(body) for body in bodies]
    assert made.count("sources") == 2
    apart = attrs.evolve(bodies[0], sources=(un.Citation(source_id="sheet"),))
    assert said == 5 * [memory.said_by(apart)]


def test_choices_that_several_rows_make_are_digested_once():
    memory = ListMemory(un.Register(), "l")
    bodies = [
        un.Organization(
            id=f"o-{at}",
            name=un.Text(en="Open House"),
            kind=un.OrganizationKind.NGO,
            themes=(un.Theme.CORRUPTION, un.Theme.FIREARMS)[: 1 + at % 2],
        )
        for at in range(6)
    ]
    said = [memory.said_by(body) for body in bodies]
    made = memory._made.cache_info()
    assert [memory.said_by(body) for body in bodies] == said
    assert [len(one) for one in said] == [3, 4] * 3
    again = memory._made.cache_info()
    assert (again.misses, again.hits) == (made.misses, made.hits + 12)  # of each body its name and kind


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("text", "text"),
        (un.Theme.CORRUPTION, "corruption"),
        (True, "True"),
        (7, "7"),
        (("a", None, 2), "[a\2\0022]"),
        (["a", ("b",)], "[a\2[b]]"),
        ({"b": 1, "a": None}, "{a\3\2b\0031}"),
        (un.Text(es="Casa", en="House"), "{en\3House\2es\3Casa}"),
        (un.PartialDate("2020-03"), "2020-03"),
        (un.Alias(name="CA", kind=un.AliasKind.ACRONYM), "{kind\3acronym\2language\3\2name\3CA}"),
        (1.5, "1.5"),
        (attrs.make_class("Word", ["text"])("a"), "{text\3a}"),
    ],
)
def test_the_text_of_which_digests_are_made_stays_as_registers_have_it(value, text):
    assert to_canonical_text(value) == text
