"""One folding of names, for ids and for whatever compares names."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from untoc_network.reference.text_words import fold_word
from untoc_network.text.folding import fold, fold_letter, fold_to_words
from untoc_network.text.slugs import LONGEST_SLUG, make_slug
from untoc_network.values.ids_and_codes import Key
from untoc_network.values.self_checked_classes import TEXT_FORMS


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Søren Łukasik", "soren lukasik"),
        ("Straße, STRASSE", "strasse strasse"),
        ("Þóra Ægir Đorđe Œuvre", "thora aegir dorde oeuvre"),
        ("Işıl İnci", "isil inci"),
        ("O'Brien O’Brien Oʼbrien", "o brien o brien o brien"),
        ("Νίκος ΝΊΚΟΣ", "νικοσ νικοσ"),
        ("Андрей Ёлкин", "андреи елкин"),
        ("Ａｎａ ﬁn", "ana fin"),
        ("An\u200ba Ejem\u00adplo", "ana ejemplo"),
        ("李明", "李明"),
        ("Ana™ ㏂ №5", "ana 5"),
        ("ŉ ªº ²", "n ao 2"),
        ("—", ""),
    ],
)
def test_the_words_of_a_name(name, words):
    for written in (name, unicodedata.normalize("NFD", name)):
        assert " ".join(fold_to_words(written)) == words


@given(st.text())
def test_words_are_the_same_however_a_text_is_encoded_and_fold_to_themselves(text):
    words = fold_to_words(text)
    assert fold_to_words(unicodedata.normalize("NFD", text)) == words
    assert fold_to_words(unicodedata.normalize("NFC", text)) == words
    assert fold_to_words(" ".join(words)) == words
    assert all(word.isalnum() for word in words)


@given(st.characters(categories=["L", "M", "N"]))
def test_country_names_and_compared_names_fold_alike(letter):
    assert fold_word(letter) == fold_letter(letter).replace(" ", "") == fold(letter).replace(" ", "")


@given(st.text())
def test_a_slug_has_the_form_of_an_id_and_is_the_same_however_the_name_is_encoded(name):
    slug = make_slug(name)
    assert TEXT_FORMS[Key].fits(slug)
    assert len(slug) <= LONGEST_SLUG
    assert make_slug(unicodedata.normalize("NFD", name)) == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Søren Łukasik", "soren-lukasik"),
        ("x" * 200, "x" * 70),
        ("日本", "name-cf2abf0c5be3"),
        ("李 Ming", "ming-5b610608c5cf"),
        ("—", "name-bda050585a00"),
    ],
)
def test_what_a_slug_cannot_say_is_in_its_fingerprint(name, slug):
    assert make_slug(name) == slug


def test_names_of_two_scripts_that_share_their_latin_words_have_two_slugs():
    assert make_slug("Фонд ABC") != make_slug("Клуб ABC")
    assert len(make_slug("李" + " x" * 200)) <= LONGEST_SLUG
