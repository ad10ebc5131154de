"""Persons and what they act as; which organizations belong to a State."""

from untoc_network.model.organization_and_person import GOVERNMENTAL, Affiliation, Capacity, CapacityKind, Person, Post
from untoc_network.values.multilingual_text import Text


def test_posts_capacities_and_affiliations_are_all_a_statement_can_be_made_in():
    post = Post(key="post", title=Text(en="Head"), organization_id="xa-ngo")
    capacity = Capacity(key="capacity", kind=CapacityKind.PROSECUTOR)
    affiliation = Affiliation(key="affiliation", organization_id="xa-ngo")
    person = Person(id="p", name="A. Example", affiliations=(affiliation,), posts=(post,), capacities=(capacity,))
    assert person.roles == (post, capacity, affiliation)


def test_what_belongs_to_a_state():
    assert sorted(GOVERNMENTAL) == ["diplomatic-mission", "government", "government-body"]
