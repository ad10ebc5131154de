"""The one form of ids, country codes, language tags and addresses."""

import pytest

from untoc_network.values import ids_and_codes as ids
from untoc_network.values.self_checked_classes import TEXT_FORMS

PERSON, COUNTRY, LANGUAGE, URL = (
    TEXT_FORMS[kind] for kind in (ids.PersonId, ids.CountryCode, ids.LanguageTag, ids.Url)
)


@pytest.mark.parametrize(
    ("form", "fitting", "not_fitting"),
    [
        (
            PERSON,
            ["a", "0", "xa-ngo", "a" * 100],
            ["", "-a", "a-", "a--b", "A", "é", "a_b", "a\n", "a b", "a" * 101, "٣"],
        ),
        (COUNTRY, ["XA", "ZZ"], ["", "X", "XAA", "xa", "X1", "XA\n", "ÄA"]),
        (
            LANGUAGE,
            ["es", "und", "pt-BR", "zh-Hant", "es-419", "zh-Hant-TW"],
            ["", "e", "ES", "pt-br", "pt_BR", "es-41", "es\n"],
        ),
        (URL, ["https://example.org/ñ", "x", "x" * 2048], ["", "a b", "a\n", "a\x7f", "\x00", "x" * 2049]),
    ],
)
def test_a_text_has_one_form(form, fitting, not_fitting):
    assert [text for text in fitting if not form.fits(text)] == []
    assert [text for text in not_fitting if form.fits(text)] == []


def test_every_type_of_id_has_the_form_of_a_slug():
    kinds = [getattr(ids, name) for name in ids.__all__ if name.endswith("Id")]
    assert len(kinds) == 19
    assert {TEXT_FORMS[kind] for kind in (*kinds, ids.Key)} == {PERSON}
