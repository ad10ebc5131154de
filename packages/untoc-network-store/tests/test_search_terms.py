"""Ids found in the database by what people filter for; no person is found by anything."""

import attrs
import pytest

import untoc_network as un
from untoc_network_store.search_terms import list_terms

NGO = "asj-honduras"
BESIDE = "corporacion-espacios-de-mujer"


@pytest.mark.parametrize(
    ("collection", "filters", "found"),
    [
        ("organizations", {"country": "HN"}, (NGO,)),
        ("organizations", {"country": "HN", "kind": "government"}, ()),
        ("organizations", {"name": "asociacion mas jus"}, (NGO,)),
        ("organizations", {"name": "Asociación Más%"}, (NGO,)),
        ("organizations", {"name": "ociacion"}, ()),
        ("organizations", {"network": "americas-network"}, (NGO, BESIDE)),
        ("organizations", {"network": "americas-network", "after": NGO}, (BESIDE,)),
        ("organizations", {"network": "americas-network", "limit": 1}, (NGO,)),
        ("memberships", {"network": "americas-network"}, ("americas-network-asj", "americas-network-espacios-de-mujer")),
        ("sources", {"language": "es"}, ("note-es",)),
        ("organizations", {"theme": un.Theme.TRAFFICKING_IN_PERSONS}, ("gaatw",)),
        ("persons", {"country": "PA"}, ()),
    ],
)  # fmt: skip
def test_records_are_found(store, collection, filters, found):
    assert store.find(collection, **filters) == found


def test_all_of_a_collection_are_found_in_the_order_of_their_ids(store):
    assert store.find() == tuple(one.id for one in un.example().organizations)
    assert store.find("persons") == tuple(one.id for one in un.example().persons)
    with pytest.raises(un.ImpossibleValue, match="collection: expected the name of a collection"):
        store.find("people")


def test_what_is_found_follows_what_is_committed(store):
    changed = attrs.evolve(store.register[un.Organization, NGO], name={"en": "Refuge of Honduras"}, seat=None)
    store.commit(store.live.attempt(replaced=[changed]))
    assert store.find(country="HN") == ()
    assert store.find(name="refuge") == (NGO,)
    assert store.check().damaged == ()


def test_a_person_has_no_terms():
    assert not any([*list_terms(person)] for person in un.example().persons)


def test_a_long_name_fits_an_index(place):
    name = {"en": " ".join(f"word{number}" for number in range(1_000))}
    with un.store.create(place, un.Register(organizations=[un.Organization(id="xa", name=name, kind="ngo")])) as store:
        assert store.find(name="word7") == ("xa",)
        assert store.find(name="word999") == ()
