"""Finding values in records, and circles in what stands above what."""

import pytest
from hypothesis import given, strategies as st
from tests.profiles import portion

from untoc_network.model.organization_and_person import Organization, OrganizationKind, Person, Post
from untoc_network.model.traversal import locate_values
from untoc_network.rules.areas.duplicates_cycles_overlaps import find_cycles
from untoc_network.values.consent_and_contact import Contact
from untoc_network.values.dates import PartialDate, Period
from untoc_network.values.identifier import Identifier, IdentifierScheme
from untoc_network.values.multilingual_text import Text
from untoc_network.values.sources_and_claims import Citation

TEXT, HEAD = Text(en="NGO"), Text(en="Head")
POST = Post(
    key="p",
    title=HEAD,
    organization_id="xa-ngo",
    period=Period(start=PartialDate("2020")),
    sources=(Citation(source_id="note"),),
)
ORGANIZATION = Organization(
    id="xa-ngo",
    name=TEXT,
    kind=OrganizationKind.NGO,
    expertise=(HEAD, TEXT),
    founded=PartialDate("1999"),
    identifiers=(Identifier(scheme=IdentifierScheme.ROR, value="x"),),
)
PERSON = Person(id="p", name="A. Example", posts=(POST, POST))


@pytest.mark.parametrize(
    ("record", "wanted", "expected"),
    [
        (ORGANIZATION, Text, [(("name",), TEXT), (("expertise", 0), HEAD), (("expertise", 1), TEXT)]),
        (ORGANIZATION, Identifier, [(("identifiers", 0), ORGANIZATION.identifiers[0])]),
        (ORGANIZATION, PartialDate, [(("founded",), "1999")]),
        (ORGANIZATION, Contact, []),
        (PERSON, PartialDate, [(("posts", number, "period", "start"), "2020") for number in (0, 1)]),
        (PERSON, Citation, [(("posts", number, "sources", 0), POST.sources[0]) for number in (0, 1)]),
        (PERSON, Post, [(("posts", 0), POST), (("posts", 1), POST)]),
    ],
)
def test_every_value_of_a_type_is_found_with_its_path(record, wanted, expected):
    assert list(locate_values(record, wanted)) == expected


GRAPHS = st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3, unique=True))


def reached(graph, start):
    seen, todo = set(), [start]
    while todo:
        for after in graph.get(todo.pop(), ()):
            if after not in seen:
                seen.add(after)
                todo.append(after)
    return seen


@given(GRAPHS)
def test_without_the_steps_that_close_circles_there_are_none_and_each_is_on_one(graph):
    closing = list(find_cycles(graph, lambda name: graph.get(name, ())))
    assert len(closing) == len(set(closing))
    for below, above in closing:
        assert above in graph[below]
        assert below == above or below in reached(graph, above)
    left = {name: [after for after in afters if (name, after) not in closing] for name, afters in graph.items()}
    assert not [name for name in left if name in reached(left, name)]


LONG = portion(50_000)


@pytest.mark.unmeasured
def test_a_long_climb_is_no_recursion():
    steps = {number: [number + 1] for number in range(LONG)}
    assert list(find_cycles(steps, lambda number: steps.get(number, ()))) == []
    assert list(find_cycles(steps, lambda number: [(number + 1) % LONG])) == [(LONG - 1, 0)]


def test_many_ways_to_one_place_are_not_all_climbed():
    assert list(find_cycles(range(60), lambda number: [number + 1] * 2 if number < 60 else [])) == []
