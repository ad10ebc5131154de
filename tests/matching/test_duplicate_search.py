"""Pairs that may be one: found by what they share, told apart by what differs, explained, and never all with all."""

import sys

import pytest
from hypothesis import given, strategies as st
from tests.profiles import tries

import untoc_network as un
from untoc_network.matching import duplicates
from untoc_network.matching.compared_records import prepare_person
from untoc_network.matching.duplicate_search import LARGEST_WHOLE, REACH, iterate_pairs
from untoc_network.testing import objects


def organization(record_id, name, *, country="XA", city=None, **fields):
    seat = un.Place(country=country, city=city) if country else None
    text = name if isinstance(name, un.Text) else un.Text(es=name)
    return un.Organization(id=record_id, name=text, **{"kind": un.OrganizationKind.NGO, "seat": seat, **fields})


def found(*records, min_score=0.5, **options):
    kinds = {un.Organization: "organizations", un.Person: "persons"}
    register = un.Register(**{kinds[type(records[0])]: records})
    return [
        (pair.first, pair.second, pair.score, {item.kind.value: item.fields for item in pair.evidence})
        for pair in duplicates(register, min_score=min_score, **options)
    ]


def alias(name, kind=un.AliasKind.OTHER):
    return un.Alias(name=name, kind=kind)


def identifier(value, scheme=un.IdentifierScheme.WIKIDATA):
    return un.Identifier(scheme=scheme, value=value)


def website(url, kind=un.LinkKind.WEBSITE):
    return un.Link(kind=kind, url=url)


def test_the_same_name_in_any_language_or_alias_is_found_with_its_places():
    one = organization("b", un.Text(es="Sociedad másJusta", en="Juster Society"))
    two = organization("a", "Otro nombre", aliases=(alias("JUSTER  SOCIETY"),))
    assert found(one, two, similar=False) == [
        (
            "a",
            "b",
            0.97,
            {"same-name": ("aliases[0].name", "name.en"), "same-country": ("seat.country", "seat.country")},
        )
    ]


def test_namesakes_in_two_countries_score_low_and_say_why():
    one, two = organization("a", "Cruz Blanca"), organization("b", "Cruz Blanca", country="XB")
    assert found(one, two) == []
    ((_, _, score, evidence),) = found(one, two, min_score=0)
    assert score < 0.1
    assert evidence.keys() == {"same-name", "other-country"}


def test_a_part_and_its_whole_score_low_and_say_why():
    whole, part = organization("a", "Cruz Blanca"), organization("b", "Cruz Blanca", parent_id="a")
    for records in ((whole, part), (organization("a", "Cruz Blanca", parent_id="b"), organization("b", "Cruz Blanca"))):
        assert found(*records) == []
        ((_, _, score, evidence),) = found(*records, min_score=0)
        assert score < 0.1
        assert "part-of" in evidence


def test_parts_of_one_body_say_so():
    one, two = (organization(name, "Cruz Blanca", parent_id="p") for name in ("a", "b"))
    ((_, _, score, evidence),) = found(one, two)
    assert 0.5 < score < 0.9
    assert evidence["same-parent"] == ("parent_id", "parent_id")


def test_an_identifier_outweighs_another_country_and_a_second_one_speaks_against():
    one = organization("a", "Uno", identifiers=(identifier("Q42"),))
    two = organization("b", "Dos", country="XB", identifiers=(identifier("Q42"),))
    assert found(one, two, min_score=0)[0][3]["same-identifier"] == ("identifiers[0]", "identifiers[0]")
    assert found(one, organization("b", "Dos", identifiers=(identifier("Q42"),)))[0][2] > 0.9
    other = organization("b", "Uno", identifiers=(identifier("Q43"),))
    ((_, _, score, evidence),) = found(one, other, min_score=0)
    assert score < 0.5
    assert evidence["other-identifier"] == ("identifiers[0]", "identifiers[0]")
    local = organization("b", "Uno", identifiers=(identifier("XA-1:2", un.IdentifierScheme.ORG_ID),))
    assert "other-identifier" not in found(one, local)[0][3]


@pytest.mark.parametrize(
    ("url", "shared"),
    [
        ("http://example.org/contacto?x=1", True),
        ("https://WWW.Example.org:8080/", True),
        ("https://other.example.org/", False),
        ("https://[broken/", False),
        ("mailto:a", False),
    ],
)
def test_websites_are_compared_by_their_hosts(url, shared):
    one = organization("a", "Uno", links=(website("https://www.example.org/"),))
    two = organization("b", "Dos", links=(website(url),))
    pairs = found(one, two, min_score=0)
    assert bool(pairs) == shared
    social = organization("b", "Dos", links=(website(url, un.LinkKind.SOCIAL),))
    assert found(one, social, min_score=0) == []


def test_what_many_share_says_less():
    def sharing(number):
        return [organization(f"o-{at}", f"{at}", links=(website("https://example.org/"),)) for at in range(number)]

    scores = [found(*sharing(number), min_score=0)[0][2] for number in (2, 3, 9)]
    assert scores == sorted(set(scores), reverse=True)
    assert found(*sharing(17), min_score=0) == []


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("APDC", "Asociación para los Derechos Ciudadanos"),
        ("APLDC", "Asociación para los Derechos Ciudadanos"),
        ("ADC", "Asociación por los Derechos Civiles"),
    ],
)
def test_an_acronym_is_found_by_the_initials_of_a_name(acronym, name):
    one, two = organization("a", acronym), organization("b", name)
    pairs = found(one, two, min_score=0)
    if acronym == "APDC":
        assert pairs == []
    else:
        assert pairs[0][3]["acronym-of"] == ("name.es", "name.es")
    assert found(one, organization("b", name, country="XB"), min_score=0) == []


def test_an_acronym_in_brackets_or_as_an_alias_counts():
    one = organization("a", "Red de Mujeres (REDMU)")
    two = organization("b", "Otra cosa", aliases=(alias("redmu", un.AliasKind.ACRONYM),))
    ((_, _, _, evidence),) = found(one, two, min_score=0)
    assert evidence["same-acronym"] == ("name.es", "aliases[0].name")
    assert evidence["other-name"] == ("name.es", "name.es")
    spelled = found(organization("a", "OCEANA"), organization("b", "Oceana"))
    assert "same-name" in spelled[0][3]
    assert found(organization("a", "Red (de la mujer)"), organization("b", "Red"), similar=False) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Refugio Ñandú para la Niñez", "Refujio Nandu para Niñez"),
        ("Instituto de Justicia y Paz", "Justicia y Paz, Instituto de"),
        ("National Academy of Neuropsychology", "National Acaremy o fNeuropsychology"),
        ("Sociedad de Ecología Andina", "Sociedad Ecologia Andina, S.A."),
    ],
)
def test_names_that_differ_by_a_slip_or_the_order_of_words_are_similar(one, two):
    ((_, _, score, evidence),) = found(organization("a", one), organization("b", two))
    assert evidence["similar-name"] == ("name.es", "name.es")
    assert found(organization("a", one), organization("b", two), similar=False) == []
    ((_, _, surer, more),) = found(
        organization("a", one, city="Puerto", founded=un.PartialDate("1999")),
        organization("b", two, city="PUERTO", founded=un.PartialDate("1999-05")),
    )
    assert surer > score
    assert {"same-city", "same-year"} <= more.keys()
    ((_, _, less, fewer),) = found(
        organization("a", one, city="Puerto", founded=un.PartialDate("1999")),
        organization("b", two, city="Sierra", founded=un.PartialDate("2001")),
        min_score=0,
    )
    assert less < score
    assert {"other-city", "other-year"} <= fewer.keys()


def test_similar_names_are_looked_for_unless_two_countries_are_known():
    one = organization("a", "Refugio Ñandú para la Niñez")
    assert found(one, organization("b", "Refujio Ñandú para la Niñez", country="XB"), min_score=0) == []
    ((_, _, score, evidence),) = found(one, organization("b", "Refujio Ñandú para la Niñez"), min_score=0)
    assert "same-country" in evidence
    other = organization("b", "Refujio Ñandú para la Niñez", kind=un.OrganizationKind.MEDIA)
    ((_, _, less, evidence),) = found(one, other, min_score=0)
    assert "other-kind" in evidence
    assert less < score
    unknown = organization("b", "Refujio Ñandú para la Niñez", country=None)
    ((_, _, less, evidence),) = found(one, unknown)
    assert less < score
    assert evidence == {"similar-name": ("name.es", "name.es")}
    same = organization("b", "Refugio Ñandú para la Niñez", kind=un.OrganizationKind.MEDIA)
    assert "other-kind" in found(one, same)[0][3]
    nowhere = [organization(name, "Refugio Ñandú", country=None) for name in ("a", "b")]
    assert found(*nowhere)[0][3].keys() == {"same-name"}


def test_a_body_of_no_known_country_is_compared_with_all_by_name_and_acronym():
    elsewhere = organization("b", "Red Andina de Mujeres Unidas", country="XB")
    here = organization("c", "Red Andina de Mujeres Unidas y Libres", country="XC")
    nowhere = organization("a", "Red Andina Mujeres Unida", country=None)
    assert [pair[:2] for pair in found(elsewhere, here, nowhere, min_score=0)] == [("a", "b"), ("a", "c")]
    short = organization("d", "RAMU", country=None)
    assert [pair[:2] for pair in found(elsewhere, short, min_score=0)] == [("b", "d")]
    assert found(elsewhere, organization("d", "RAMU", country="XC"), min_score=0) == []
    shorts = [organization(f"d-{at}", "RAMU", country=country) for at, country in enumerate((None, "XB", "XC"))]
    assert [pair[:2] for pair in found(*shorts, min_score=0)] == [("d-0", "d-1"), ("d-0", "d-2")]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("O.N.G. Libertad", "ONG Libertad"),
        ("O. N. G. Libertad", "ONG Libertad"),
        ("Łódź Center", "Lodz Centre"),
        ("Sørland Đuro", "Sorland Duro"),
        ("St. Mary Refuge", "Saint Mary Refuge"),
        ("Sta. Ana Refugio", "Santa Ana Refugio"),
        ("Transparency Intl", "Transparency International"),
        ("Transparency Int'l", "Transparency International"),
        ("Nat\u2019l Assn of Refuges", "National Association of Refuges"),
        ("Refugio Ñandú A.C.", "Refugio Nandu, AC"),
        ("Refugio Ñandú, S.A.", "Refugio Nandu"),
    ],
)
def test_points_strokes_abbreviations_and_legal_forms_do_not_matter(one, two):
    ((_, _, score, _),) = found(organization("a", one), organization("b", two))
    assert score > 0.9


def test_an_acronym_may_have_points():
    ((_, _, _, evidence),) = found(organization("a", "ABC"), organization("b", "A.B.C."), min_score=0)
    assert "same-acronym" in evidence


@pytest.mark.parametrize(
    ("one", "two", "low", "high"),
    [
        ("Dr. Ana Ejemplo", "Ana Ejemplo", 0.9, 1),
        ("Lic. Ana Ejemplo, PhD", "Ejemplo, Ana", 0.9, 1),
        ("Ana Ejemplo Pérez", "Ana Ejemplo", 0.2, 0.5),
        ("Ana María Ejemplo", "Ana Ejemplo", 0.2, 0.5),
        ("Dr. Ejemplo", "EJEMPLO, Dr", 0.9, 1),
    ],
)
def test_titles_do_not_matter_and_a_part_of_a_persons_names_is_told_low(one, two, low, high):
    ((_, _, score, _),) = found(person("p-1", one), person("p-2", two), min_score=0)
    assert low < score < high
    role = un.Affiliation(key="for", organization_id="o")
    ((_, _, more, _),) = found(person("p-1", one, affiliations=(role,)), person("p-2", two, affiliations=(role,)))
    assert more > max(score, 0.5)


def test_persons_who_share_less_than_all_words_of_one_are_not_told():
    for one, two in (("Ana Ejemplo", "Ana"), ("Ana Ejemplo Pérez", "Ana Ejemplo Ruiz"), ("Ana Ejemplo", "Eva Ejemplo")):
        assert found(person("p-1", one), person("p-2", two)) == []


def test_a_pair_that_somebody_found_not_to_be_one_is_told_no_more():
    register = un.Register(organizations=tuple(organization(name, "Red Uno") for name in "abc"))
    decided = un.matching.not_duplicates(register, "c", "a", on="2026-01-02", by="b")
    (pair,) = decided.distinct
    assert (pair.one_id, pair.other_id, str(pair.on), pair.by_id) == ("a", "c", "2026-01-02", "b")
    assert [(one.first, one.second) for one in duplicates(decided)] == [("a", "b"), ("b", "c")]
    assert un.matching.not_duplicates(decided, "a", "c") is decided
    joined = un.matching.merge_records(decided, "b", "a").register
    assert duplicates(joined) == ()
    assert un.loads(un.dumps(decided)) == decided
    assert un.matching.not_duplicates(register, "a", "b").distinct[0].on is None


@pytest.mark.parametrize(
    ("one", "other", "by", "error", "said"),
    [
        (
            "a",
            "a",
            None,
            un.ImpossibleValue,
            "'a' and 'a' cannot be kept apart: they are one record, or of two kinds",
        ),
        (
            "a",
            "p",
            None,
            un.ImpossibleValue,
            "'a' and 'p' cannot be kept apart: they are one record, or of two kinds",
        ),
        ("a", "x", None, un.UnknownRecord, "'x'"),
        ("a", "b", "y", un.UnknownRecord, "no record has the id 'y'"),
    ],
)
def test_only_two_records_of_one_kind_are_told_apart(one, other, by, error, said):
    register = un.Register(
        organizations=tuple(organization(name, "Red Uno") for name in "ab"), persons=(person("p", "Ana"),)
    )
    with pytest.raises(error, match=said):
        un.matching.not_duplicates(register, one, other, by=by)


def test_names_that_share_only_what_many_names_have_are_not_similar():
    filler = [organization(f"o-{at}", f"Fundación para la {word}") for at, word in enumerate(("Paz", "Vida", "Luz"))]
    assert found(*filler, min_score=0) == []
    assert found(organization("a", "—"), organization("b", "…"), min_score=0) == []


def test_a_record_is_no_duplicate_of_itself():
    links = (website("https://example.org/a"), website("https://example.org/b"))
    names = (alias("Red Andina de Mujeres"), alias("Red de las Mujeres Andinas"))
    assert found(organization("a", "Red Andina Mujeres", links=links, aliases=names), min_score=0) == []


def test_slips_are_found_beside_words_that_only_one_has():
    one, two = (
        organization("a", "Instituto Andino de Jusicia Popular"),
        organization("b", "Instituto Andino de Justicia"),
    )
    ((_, _, _, evidence),) = found(one, two, min_score=0)
    assert "similar-name" in evidence


def person(record_id, name, **more):
    return un.Person(id=record_id, name=name, **more)


def test_persons_are_compared_and_nothing_of_them_is_told():
    contact = un.Contact(kind=un.ContactKind.EMAIL, value="Ana@example.org")
    post = un.Post(key="head", title=un.Text(en="Head"), organization_id="o")
    speaks = un.Affiliation(key="for", organization_id="o")
    one = person("p-1", "Ana Ejemplo Ruiz", contacts=(contact,), posts=(post,))
    two = person("p-2", "EJEMPLO RUIZ, Ana", contacts=(contact,), affiliations=(speaks,))
    ((_, _, score, evidence),) = found(one, two)
    assert score > 0.99
    assert evidence == {
        "same-name": ("name", "name"),
        "same-contact": ("contacts[0]", "contacts[0]"),
        "same-organization": ("posts[0].organization_id", "affiliations[0].organization_id"),
    }
    (pair,) = duplicates(un.Register(persons=(one, two)))
    assert "jemplo" not in f"{pair!r}{pair.to_dict()}"
    assert found(person("p-1", "Ana Ejemplo"), person("p-2", "Eva Muestra"), min_score=0) == []
    elsewhere = un.Affiliation(key="for", organization_id="other")
    ((_, _, _, evidence),) = found(one, person("p-2", "Ana Ejemplo Ruiz", affiliations=(elsewhere,)))
    assert evidence.keys() == {"same-name"}
    slip = found(person("p-1", "Ana Ejemplo"), person("p-2", "Otra", other_names=("Ana Ejemlo",)), min_score=0)
    assert slip[0][3] == {"similar-name": ("name", "other_names[0]")}


@given(st.lists(objects(un.Organization), max_size=5, unique_by=lambda record: record.id), st.randoms())
@tries(12)
def test_the_order_of_records_does_not_matter_and_pairs_come_in_order(records, chance):
    shuffled = list(records)
    chance.shuffle(shuffled)
    pairs = duplicates(un.Register(organizations=tuple(records)), min_score=0)
    assert pairs == duplicates(un.Register(organizations=tuple(shuffled)), min_score=0)
    assert [pair.score for pair in pairs] == sorted((pair.score for pair in pairs), reverse=True)
    assert all(pair.first < pair.second and pair.evidence for pair in pairs)


@pytest.mark.parametrize("size", [2, LARGEST_WHOLE, LARGEST_WHOLE + 1, 1000])
def test_a_block_costs_each_of_its_members_no_more_than_a_fixed_number(size):
    pairs = list(iterate_pairs(range(size)))
    whole = size <= LARGEST_WHOLE
    assert len(pairs) == (size * (size - 1) // 2 if whole else size * REACH - REACH * (REACH + 1) // 2)
    assert len(pairs) <= REACH * size


def compared(number, monkeypatch):
    """How many names are compared in a register in which everybody shares everything."""
    from untoc_network.matching.name_similarity import NameSimilarityScorer

    calls = []
    monkeypatch.setattr(NameSimilarityScorer, "compare", lambda self, one, others: calls.extend(others) or {})
    records = [organization(f"o-{at:05}", f"Red de Mujeres Unidas {at}", links=()) for at in range(number)]
    duplicates(un.Register(organizations=tuple(records)))
    return len(calls)


def test_the_work_grows_with_the_records_and_not_with_the_pairs(monkeypatch):
    small, large = compared(200, monkeypatch), compared(2000, monkeypatch)
    assert large < 11 * small


def test_without_rapidfuzz_only_exact_evidence_is_looked_for(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    one, two = organization("a", "Red Uno"), organization("b", "red uno")
    assert len(found(one, two, similar=False)) == 1
    with pytest.raises(un.MissingExtra) as missing:
        found(one, two)
    assert str(missing.value) == (
        'to look for similar names, rapidfuzz is needed: pip install "untoc-network[match]", or look for exact'
        " evidence alone"
    )


@pytest.mark.parametrize(
    ("kind", "one", "other", "is_same"),
    [
        ("email", "Ana@example.org", "mailto:ana@EXAMPLE.org", True),
        ("email", "ana@example.org", "ana (at) example.org", True),
        ("phone", "+507 6000-6000", "00507 60006000", True),
        ("phone", "6000-6000", "6000 6000", True),
        ("phone", "+507 6000-6000", "+506 6000-6000", False),
        ("phone", "+507 6000-6000", "6000-6000", False),
        ("messaging", "@Ana_E", "@ana_e ", True),
        ("messaging", "@ana_1", "@ana1", False),
        ("phone", "ask", "ASK", True),
    ],
)
def test_contacts_are_the_same_however_they_are_written(kind, one, other, is_same):
    signs = [
        {
            sign.key
            for sign in prepare_person(
                un.Person(id="p", name="P", contacts=(un.Contact(kind=un.ContactKind(kind), value=value),))
            ).signs
        }
        for value in (one, other)
    ]
    assert (signs[0] == signs[1]) == is_same
