"""Names by their letters alone: run together, parted elsewhere, in longer words."""

import pytest

from untoc_network.text.respaced_name_finder import RespacedNameFinder
from untoc_network.text.tokens import tokenize

ANA = RespacedNameFinder([("ana", "torres"), ("zoraida", "quintanilla"), ("li",), ("umbral77",), ("2245", "7781")])


def mentions(text):
    tokens = tokenize(text)
    return [
        (text[slice(*tokens.span(first, end))], "sure" if is_sure else "unsure")
        for first, end, is_sure in ANA.mentions(tokens)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zoraidaquintanilla", [("zoraidaquintanilla", "sure")]),
        ("#VivaZoraidaQuintanilla", [("VivaZoraidaQuintanilla", "sure")]),
        ("vivazoraidaquintanillas", [("vivazoraidaquintanillas", "sure")]),
        ("Zo-rai-da Quin-ta-nilla", [("Zo-rai-da Quin-ta-nilla", "sure")]),
        ("a n a t o r r e s", [("a n a t o r r e s", "sure")]),
        ("anatorres", [("anatorres", "sure")]),
        ("AnaTorres2024", [("AnaTorres", "sure")]),
        ("hola AnaTorresVive", [("AnaTorresVive", "sure")]),
        ("marianatorres", [("marianatorres", "unsure")]),
        ("Mariana Torres", []),
        ("Ana Torresola", []),
        ("Ana Torres", [("Ana Torres", "unsure")]),
        ("Ana / Torres", [("Ana / Torres", "unsure")]),
        ("Ana\n\n\nTorres", []),
        ("misszoraida quintanilla", [("misszoraida quintanilla", "unsure")]),
        ("anat / orres", [("anat / orres", "unsure")]),
        ("2245-7781", [("2245-7781", "unsure")]),
        ("224 57781", [("224 57781", "sure")]),
        ("12245 77810", []),
        ("ana", []),
        ("", []),
    ],
)
def test_letters_are_judged_by_where_they_begin_and_end(text, found):
    assert mentions(text) == found


def test_of_many_texts_those_are_selected_that_may_have_one():
    texts = [
        "nothing here",
        "Ana Torres",
        "sra. Li",
        "anatorr",
        "ana%20torres",
        "x &amp; y",
        "año sin nada",
        "ANÁ, TORRES",
        "umbral77",
    ]
    assert set(ANA.select(texts)) == {"Ana Torres", "sra. Li", "ana%20torres", "ANÁ, TORRES", "umbral77"}
    assert set(ANA.select(["nothing\x01here", "Ana Torres"])) == {"nothing\x01here", "Ana Torres"}
    assert set(ANA.select(["nothing\x01here"])) == set()
    assert list(RespacedNameFinder([]).select(["Ana Torres"])) == []
    assert not RespacedNameFinder([])


def test_a_long_name_is_found_by_its_first_letters():
    long = tuple(f"word{letter}" for letter in "abcdefghijklmnopqrst")
    assert [*RespacedNameFinder([long]).select(["x" + "".join(long)])] == ["x" + "".join(long)]


def test_the_work_does_not_grow_with_names_that_share_their_words():
    many = RespacedNameFinder([("asociacion", "de", "mujeres", f"n{number}") for number in range(2000)])
    text = "asociacion de mujeres n7 " * 200
    assert sum(1 for _ in many.mentions(tokenize(text))) == 200
    assert max(map(len, many._blocks.values())) < 20
