"""Names in texts: as people write them, surely or perhaps."""

import time
import unicodedata

import pytest
from hypothesis import given, strategies as st

from untoc_network.text.folding import fold_to_words, id_has_part_of_name
from untoc_network.text.name_finder import NameFinder
from untoc_network.text.slugs import make_slug


def spans(names, text, **more):
    return [text[start:end] for start, end in NameFinder(names, **more).spans(text)]


def unsure(names, text, **more):
    return [text[one.start : one.end] for one in NameFinder(names, **more).mentions(text) if not one.is_sure]


def test_a_name_is_found_as_whole_words_without_case_and_accents():
    names = ("José Ñandú", "Ana Ejemplo", "Ana Ejemplo Larga", "Madonna", "Li")
    text = "jose ÑANDU; ANA-EJEMPLO, Ana Ejemplos, Ana Ejemplo Larga, Mádonna, Li."
    assert spans(names, text) == ["jose ÑANDU", "ANA-EJEMPLO", "Ana Ejemplo Larga", "Mádonna"]
    assert "ana-ejemplo-2022" in NameFinder(names)
    assert "ana" not in NameFinder(names)


def test_a_name_of_nine_words_is_found_in_its_order_alone():
    nine, eight = "Ana Eva Ida Isa Lia Mia Noa Pia Ejemplo", "Ana Eva Ida Isa Lia Mia Noa Ejemplo"
    assert spans([nine], f"{nine}; Ejemplo, {nine.removesuffix(' Ejemplo')}") == [nine]
    assert len(spans([eight], f"{eight}; Ejemplo, {eight.removesuffix(' Ejemplo')}")) == 2


def test_no_names_are_found_nowhere():
    assert not NameFinder(())
    assert not NameFinder(["", "—"])
    assert spans((), "anything") == []


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (
            "Søren Łukasik",
            "Soren Lukasik, SOEREN LUKASIK; Lukasik, Søren",
            "Soren Lukasik|SOEREN LUKASIK|Lukasik, Søren",
        ),
        ("José Núñez", "ver Núñez, José; NÚÑEZ José; nuñez,jose", "Núñez, José|NÚÑEZ José|nuñez,jose"),
        ("Núñez, José", "José Núñez y Núñez, José", "José Núñez|Núñez, José"),
        ("Núñez， José", "José Núñez", "José Núñez"),
        ("Dr. Ana Ejemplo, PhD", "Ana Ejemplo (tel.)", "Ana Ejemplo"),
        ("Ana (Nita) Ejemplo", "Ana Ejemplo", "Ana Ejemplo"),
        ("José M. Núñez", "José M Núñez, José-M.-Núñez", "José M Núñez"),
        ("A. Lima", "A. Lima; fue a Lima", "A. Lima"),
        ("Bo Li", "Bo Li, Li, Bo", "Bo Li|Li, Bo"),
        ("Li", "Li", "Li"),
        ("李明", "李明说，李 明", "李明|李 明"),
        ("欧阳·明轩", "与欧阳明轩会面", "欧阳明轩"),
        ("김민수", "김민수는 왔다", "김민수"),
        ("สมชาย ใจดี", "คุณสมชาย ใจดีมา", "สมชาย ใจดี"),
        ("Νίκος Παπάς", "ΝΙΚΟΣ ΠΑΠΑΣ; Παπάς, Νίκος", "ΝΙΚΟΣ ΠΑΠΑΣ|Παπάς, Νίκος"),
        ("Ана Пример", "ана пример", "ана пример"),
        ("Ana Ejemplo", "Ana\nEjemplo Ana\n\nEjemplo", "Ana\nEjemplo"),
        ("Ana Ejemplo", "https://example.org/Ana%20Ejemplo?x=1", "Ana%20Ejemplo"),
        ("José Núñez", "x&amp;Jos&eacute;&nbsp;N&uacute;&ntilde;ez!", "Jos&eacute;&nbsp;N&uacute;&ntilde;ez"),
        ("RQZ", "Hosted by RQZ, not rqz", "RQZ"),
        ("Ana Ejemplo", "Ana\u200b Ejem\u00adplo", "Ana\u200b Ejem\u00adplo"),
        ("Red 5", "Red 5, Red 5G", "Red 5"),
        ("5 Voces", "5 Voces, A5 Voces", "5 Voces"),
        ("Esperanza", "con esperanza, Esperanza", "Esperanza"),
        ("Sr. X", "Sr. X", "Sr. X"),
        ("X", "X", ""),
    ],
)
def test_a_name_is_found_as_people_write_it(name, text, found):
    for written in (name, unicodedata.normalize("NFD", name)):
        assert "|".join(spans([written], text)) == found
    decomposed = unicodedata.normalize("NFD", text)
    assert "|".join(spans([name], decomposed)) == unicodedata.normalize("NFD", found)


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Paz Lima", "Mujeres por la Paz, Lima", "Paz, Lima"),
        ("Lima Paz", "Mujeres por la Paz, Lima", "Paz, Lima"),
        ("Lima Paz", "vinieron Rosa Paz, Lima y Sol", "Paz, Lima"),
        ("Lima Paz", "Rosa Paz, Lima Torres", "Paz, Lima"),
        ("Paz Lima", "Lima Paz vino", "Lima Paz"),
        ("A. Lima", "fue a Lima", "a Lima"),
        ("Li", "Li came, and li", "Li"),
        ("Esperanza", "con esperanza", "esperanza"),
        ("Paz Lima", "paz; lima y Paz / Lima / Paz ------- Lima", "Paz / Lima"),
    ],
)
def test_what_may_be_another_is_found_and_not_sure(name, text, found):
    assert "|".join(unsure([name], text)) == found
    assert spans([name], text) == []


@pytest.mark.parametrize(
    "text", ["Ana; María; Ejemplo", f"Ana{' ' * 30}María Ejemplo", "Ana, María, Ejemplo", "Ana Ejemplo"]
)
def test_words_that_stand_too_far_apart_are_no_name(text):
    assert [*NameFinder(["Ana María Ejemplo"]).mentions(text)] == []


def test_an_inverted_name_that_opens_a_sentence_is_sure():
    assert spans(["Lima Paz"], "Ver Paz, Lima") == ["Paz, Lima"]
    assert spans(["Lima Paz"], "Sra. Paz, Lima") == ["Paz, Lima"]


def test_a_name_within_the_name_of_another_who_stays_is_not_sure():
    others = ["Mujeres por la Paz, Lima", "Ana Ejemplo Larga", "Fundación Ana Ejemplo", "Nobody", "Ana Ejemplo"]
    assert spans(["Paz Lima"], "mujeres-por-la-paz-lima", others=others) == []
    assert unsure(["Paz Lima"], "Mujeres por la Paz, Lima", others=others) == []
    assert spans(["Ana Ejemplo"], "Ana Ejemplo Larga, Ana Ejemplo", others=others) == ["Ana Ejemplo"]
    assert unsure(["Ana Ejemplo"], "La Fundación Ana Ejemplo", others=others) == ["Ana Ejemplo"]


def test_names_of_bodies_stand_in_their_order_and_with_their_own_signs():
    bodies = ["Refuge (Quetzalia)", "Calle Sauce 33, Lima", "Paz Lima"]
    text = "Refuge (Quetzalia), at Calle Sauce 33, Lima; Lima, Paz; Paz, Lima"
    assert spans((), text, bodies=bodies) == ["Refuge (Quetzalia", "Calle Sauce 33, Lima"]


def test_a_part_of_a_name_in_an_id():
    assert fold_to_words("Ana-María d'Example") == ("ana", "maria", "d", "example")
    assert id_has_part_of_name("speaker-maria", "Ana María")
    assert not id_has_part_of_name("speaker-li", "Li Example")
    assert not id_has_part_of_name("member-200", "A. Example 200")


# -- what makes a slug is found again ------------------------------------------------------------------------------------

LETTERS = (
    "abcdefghijklmnopqrstuvwxyzáéíóúñüçøłđßæœþðıőșğžščřåäö",
    "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊς",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
)


@st.composite
def names(draw):
    """Names of one to four words in Latin, Greek or Cyrillic letters, from two letters on, or of two Chinese ones."""
    if draw(st.booleans()):
        return draw(st.text("李明王芳欧阳轩伟", min_size=2, max_size=4))
    words = st.text(draw(st.sampled_from(LETTERS)), min_size=2, max_size=9).map(str.title)
    return " ".join(draw(st.lists(words, min_size=1, max_size=4)))


@given(names(), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["NFC", "NFD"]), st.data())
def test_what_makes_a_slug_of_a_name_is_found_again(name, one, other, data):
    mentions = NameFinder([unicodedata.normalize(one, name)])
    written = unicodedata.normalize(other, name)
    assert make_slug(written) in mentions
    assert f"{make_slug(written)}-2" in mentions
    assert f"{make_slug(written)}-xa" in mentions
    assert written.upper() in mentions
    assert written in NameFinder([make_slug(written)]) or not make_slug(written).isalpha()
    words = name.split()
    if len(words) > 1:
        place = data.draw(st.integers(1, len(words) - 1))
        inverted = unicodedata.normalize(other, f"{' '.join(words[place:])}, {' '.join(words[:place])}")
        assert inverted in mentions
        assert make_slug(inverted) in mentions
        assert make_slug(name) in NameFinder([inverted])


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4), st.lists(st.text(max_size=30), max_size=2))
def test_any_text_is_read_and_what_is_found_lies_in_it(text, some, others):
    for one in NameFinder(some, bodies=others[:1], others=others).mentions(text):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.unmeasured
def test_the_work_is_linear_in_names_and_texts_that_share_words():
    def took(number):
        before = time.process_time()
        mentions = NameFinder(f"Maria X{place}" for place in range(number))
        assert not [*mentions.spans("maria " * 5 * number)]
        assert len([*mentions.spans("1 " * number + "Maria X1 " * number)]) == number
        return time.process_time() - before

    took(100)
    assert took(4000) < 16 * max(took(1000), 0.02)


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("https://example.org/lima-ana/cv", True),
        ("https://example.org/lima-ana-cv", False),
        ("https://example.org/dr-lima-ana", False),
        ("https://example.org/lima-ana.html", False),
        ("see lima-ana.", True),
        ("see pro-lima-ana now", False),
        ("written by lima ana", False),
    ],
)
def test_the_family_name_first_is_sure_where_it_is_all_of_a_part_of_an_address_or_id(text, is_sure):
    (found,) = NameFinder(["Ana Lima"]).mentions(text)
    assert fold_to_words(text[found.start : found.end]) == ("lima", "ana")
    assert found.is_sure is is_sure
