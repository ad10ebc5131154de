"""Names in texts: whole words, whatever the case and the accents."""

from untoc_network.values.mentions import Mentions, has_part_of_a_name
from untoc_network.values.names import words_of


def spans(names, text):
    return [text[start:end] for start, end in Mentions(names).spans(text)]


def test_a_name_is_found_as_whole_words_without_case_and_accents():
    names = ("José Ñandú", "Ana Ejemplo", "Ana Ejemplo Larga", "Madonna", "Li")
    text = "jose ÑANDU; ANA-EJEMPLO, Ana Ejemplos, Ana Ejemplo Larga, Mádonna, Li."
    found = ["jose ÑANDU", "ANA-EJEMPLO", "Ana Ejemplo Larga", "Mádonna", "Li"]
    assert "ana-ejemplo-2022" in Mentions(names)
    assert "ana" not in Mentions(names)


def test_no_names_are_found_nowhere():
    assert not Mentions(())
    assert not Mentions(["", "—"])
    assert spans((), "anything") == []


def test_a_part_of_a_name_in_an_id():
    assert words_of("Ana-María d'Example") == ("ana", "maria", "d", "example")
    assert has_part_of_a_name("speaker-maria", "Ana María")
    assert not has_part_of_a_name("speaker-li", "Li Example")
    assert not has_part_of_a_name("member-200", "A. Example 200")
