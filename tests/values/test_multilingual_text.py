"""One thing named in several languages."""

import copy
import pickle

import attrs
import pytest
from hypothesis import given, strategies as st

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.multilingual_text import FALLBACK, Text

WORDINGS = st.dictionaries(st.sampled_from(["en", "es", "fr", "pt", "qu", "zh-Hant"]), st.text(), min_size=1)


@given(WORDINGS)
def test_a_text_reads_like_the_mapping_it_was_made_from(wordings):
    text = Text(wordings)
    assert dict(text) == wordings
    assert len(text) == len(wordings)
    assert list(text) == sorted(wordings)
    assert repr(text) == f"Text({dict(sorted(wordings.items()))!r})"


@given(WORDINGS)
def test_texts_are_equal_and_hash_alike_whatever_the_order_of_languages(wordings):
    one, two = Text(wordings), Text(dict(reversed(wordings.items())))
    assert one == two
    assert hash(one) == hash(two)
    assert repr(one) == repr(two)
    for twin in (pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):
        assert twin == one


@given(WORDINGS, st.lists(st.sampled_from(["de", "en", "qu"])))
def test_the_best_wording_is_the_first_wanted_else_after_the_fallback_order_else_any(wordings, wanted):
    order = [*wanted, *FALLBACK, *sorted(wordings)]
    assert Text(wordings).best(*wanted) == next(wordings[tag] for tag in order if tag in wordings)
    assert str(Text(wordings)) == Text(wordings).best()


def test_keywords_add_to_a_mapping():
    assert Text({"es": "Red"}, en="Network") == Text(en="Network", es="Red")


@pytest.mark.parametrize(
    ("wordings", "problem"),
    [
        ({}, "a text needs a wording in at least one language"),
        (None, "a text needs a wording in at least one language"),
        ({"en": 1}, "the wording in each language must be text"),
        ({"en": None}, "the wording in each language must be text"),
        ({"EN": "A. Example"}, "each key must be a language tag such as es or pt-BR"),
        ({"": "A. Example"}, "each key must be a language tag such as es or pt-BR"),
    ],
)
def test_what_is_no_text_is_refused_without_repeating_it(wordings, problem):
    with pytest.raises(ImpossibleValue) as refused:
        Text(wordings)
    assert str(refused.value) == problem


def test_a_text_is_frozen_and_equals_only_a_text():
    text = Text(en="Network")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        text._wordings = {}
    assert text != {"en": "Network"}
    assert text != "Network"
    with pytest.raises(KeyError, match="^'es'$"):
        text["es"]
