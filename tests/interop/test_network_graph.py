"""Graphs and pictures, read back by networkx, pydot and a parser of XML."""

import io
import re
from xml.etree import ElementTree as ET

import attrs
import pydot
import pytest
from hypothesis import given
from tests.profiles import tries

import untoc_network as un
from untoc_network.testing import model_strategies

from .conftest import HOSTILE, ON

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the parser of pydot's own

SHOWN = " ".join(HOSTILE.split()).replace("\x00", r"\u{0}").replace("\u202e", r"\u{202e}")
SVG = "{http://www.w3.org/2000/svg}"


def exported(register, form, **wished):
    return un.exchange.export(register, form, on=ON, **wished).data


def network(register, **wished):
    import networkx as nx  # which loads much, and each worker looks at every test file

    return nx.read_graphml(io.BytesIO(exported(register, "graphml", **wished)), force_multigraph=True)


def test_organizations_and_networks(register):
    graph = network(register)
    assert dict(graph.nodes(data="label")) == {
        "xa-net": "Network of XA",
        "xb-net": "Réseau",
        "xa-ngo": SHOWN,
        "xa-body": "Órgano",
    }
    assert graph.nodes["xa-ngo"] == {"label": SHOWN, "collection": "organizations", "kind": "ngo", "country": "XA"}
    assert sorted((a, b, more["kind"], more.get("start")) for a, b, more in graph.edges(data=True)) == [
        ("xa-body", "xa-net", "sponsor", None),
        ("xa-ngo", "xa-net", "member", "2022-03"),
    ]


def test_organizations_and_events(register):
    graph = network(register, view=un.exchange.GraphView.ORGANIZATION_EVENT)
    assert set(graph) == {"timed", "days", "month", "xa-ngo", "xa-body"}
    assert graph.nodes["timed"]["when"] == "2026-05-06"
    assert sorted(graph.edges(data="kind")) == [("xa-body", "timed", "donor"), ("xa-ngo", "timed", "organizer")]


def test_networks_and_networks(register):
    graph = network(register, view=un.exchange.GraphView.NETWORK_NETWORK, language="es")
    assert [*graph.edges(data="kind")] == [("xa-net", "xb-net", "part-of")]
    assert graph.nodes["xa-net"]["label"] == "Red de XA"


def test_periods_stand_at_the_ties(register):
    ended = attrs.evolve(register["m-1"], period=un.Period(end=un.PartialDate("2030")))
    graph = network(register.with_replaced(ended)[0])
    assert {more.get("end") for _, _, more in graph.edges(data=True)} == {None, "2030"}


def test_dot_comes_back_from_its_parser(register):
    (graph,) = pydot.graph_from_dot_data(exported(register, "dot").decode())
    labels = {node.get_name().strip('"'): node.get("label") for node in graph.get_nodes()}
    assert labels["xa-ngo"] == '"' + SHOWN.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert sorted((edge.get_source(), edge.get_destination()) for edge in graph.get_edges()) == [
        ('"xa-body"', '"xa-net"'),
        ('"xa-ngo"', '"xa-net"'),
    ]


LINE = re.compile(r'    n\d+(?:\["[^"]+"\]|\("[^"]+"\)|\{\{"[^"]+"\}\})|    n\d+ -->\|[a-z-]+\| n\d+')


@pytest.mark.parametrize("view", un.exchange.GraphView)
def test_mermaid_holds_no_letter_that_could_be_markup(register, view):
    head, *lines = exported(register, "mermaid", view=view).decode().splitlines()
    assert head == "flowchart LR"
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    labels = "".join(re.findall(r'"([^"]*)"', "\n".join(lines)))
    assert set("<>`[]{}|%\\") & set(labels) == set()
    restored = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), labels)
    assert (SHOWN in restored) is (view is not un.exchange.GraphView.NETWORK_NETWORK)


def drawn(register, **wished):
    return ET.fromstring(exported(register, "svg", **wished))


@pytest.mark.parametrize("view", un.exchange.GraphView)
def test_a_picture_holds_every_name_and_every_tie(register, view):
    root, graph = drawn(register, view=view), network(register, view=view)
    assert sorted(one.find(f"{SVG}title").text for one in root.iter(f"{SVG}g")) == sorted(
        label for _, label in graph.nodes(data="label")
    )
    assert len([*root.iter(f"{SVG}path")]) == graph.number_of_edges()
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "style",
        "rect",
        "text",
        "path",
        "line",
        "g",
    }
    assert root.get("role") == "img"
    assert SHOWN.split(" ", maxsplit=1)[0] in root.find(f"{SVG}title").text


def test_a_picture_of_many_shows_groups_of_them_and_those_with_the_most_ties():
    networks = tuple(
        un.Network(id=f"net-{number}", name=un.Text(en=f"Net {number}"), kind=un.NetworkKind.REGIONAL)
        for number in range(2)
    )
    places = ("PA", "PA", "PA", "HN", None, "CO")
    bodies = tuple(
        un.Organization(
            id=f"body-{number}",
            name=un.Text(en=f"Body {number}"),
            kind=un.OrganizationKind.NGO,
            seat=place and un.Place(country=place),
            themes=((), (), (), (), ("firearms", "youth"), ("firearms",))[number],
        )
        for number, place in enumerate(places)
    )
    joined = ((0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (4, 1), (5, 0))
    memberships = tuple(
        un.Membership(id=f"m-{body}-{net}", network_id=f"net-{net}", organization_id=f"body-{body}")
        for body, net in joined
    )
    register = un.Register(networks=networks, organizations=bodies, memberships=memberships)
    made = un.exchange.export(register, "svg", on=ON, most=3, language="es")
    root = ET.fromstring(made.data)
    texts = [one.text for one in root.iter(f"{SVG}text")]
    assert " ".join(texts) == (
        "Network Redes Organizaciones por país de sede Net 0 Net 1 Colombia (1) Panamá (3) no consta (1) y 1 más "
        "Vínculos miembro"
    )
    assert root.find(f"{SVG}desc").text.endswith(
        "Organizaciones por país de sede: Colombia (1), Panamá (3), no consta (1), y 1 más"
    )
    assert [(one.code, one.pointer, one.message) for one in made.report] == [
        ("EX005", "/organizations", "the picture shows 5 of 6 records in 'organizations', those with the most links")
    ]
    by_theme = ET.fromstring(un.exchange.export(register, "svg", on=ON, most=3, group_by="theme").data)
    assert (
        "Organizations by theme (some in several): not recorded (4), firearms (2), youth (1)"
        in by_theme.find(f"{SVG}desc").text
    )
    weights = {path.find(f"{SVG}title").text: path.get("stroke-width") for path in by_theme.iter(f"{SVG}path")}
    assert weights == {"member": "1.6", "member: 2": "2.1", "member: 4": "2.6"}


def test_each_role_has_a_look_of_its_own_and_its_place_in_the_legend():
    network = un.Network(
        id="net", name=un.Text(en="Net"), kind="regional", coordinator_ids=("b", "c"), sponsor_ids=("d",)
    )
    bodies = tuple(un.Organization(id=name, name=un.Text(en=name), kind="ngo") for name in "abcd")
    memberships = tuple(
        un.Membership(id=f"m-{body}", network_id="net", organization_id=body, role=role)
        for body, role in (("a", "member"), ("b", "coordinator"), ("c", "member"))
    )
    root = drawn(un.Register(networks=(network,), organizations=bodies, memberships=memberships), language="fr")
    looks = {
        path.find(f"{SVG}title").text: (path.get("stroke"), path.get("stroke-dasharray"))
        for path in root.iter(f"{SVG}path")
    }
    assert looks == {
        "membre": ("var(--s0)", None),
        "coordonnateur": ("var(--s1)", "7 4"),
        "parrain": ("var(--s2)", "2 3"),
    }
    assert [line.get("stroke") for line in root.iter(f"{SVG}line")] == ["var(--s0)", "var(--s1)", "var(--s2)"]
    assert [one.text for one in root.iter(f"{SVG}text")][-4:] == ["Liens", "membre", "coordonnateur", "parrain"]
    assert len([*root.iter(f"{SVG}path")]) == 5, "who coordinates by its membership has no second tie for that"


def test_a_picture_of_nothing_and_of_long_names():
    assert [one.text for one in drawn(un.Register()).iter(f"{SVG}text")] == ["Network"]
    long = un.Network(id="net", name=un.Text(en="N" * 60), kind=un.NetworkKind.REGIONAL)
    texts = [one.text for one in drawn(un.Register(networks=(long,), title=un.Text(en="T" * 200))).iter(f"{SVG}text")]
    *title, head, first, second, third = texts
    assert (len(title), "".join(title[:3]).strip("T"), title[3].strip("T")) == (4, "", "…")
    assert (head, first + second + third) == ("Networks", "N" * 60)


@tries(4)
@given(model_strategies.registers())
def test_every_register_can_be_drawn_and_comes_back(register):
    for view in un.exchange.GraphView:
        graph = network(register, view=view)
        assert len([*drawn(register, view=view, most=100).iter(f"{SVG}g")]) == len(graph)
        (dot,) = pydot.graph_from_dot_data(exported(register, "dot", view=view).decode())
        assert len(dot.get_edges()) == graph.number_of_edges()
        assert all(LINE.fullmatch(line) for line in exported(register, "mermaid", view=view).decode().splitlines()[1:])
