"""Quotation marks, apostrophes and spaces: what each language has in print, in every text of its catalogues."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

from untoc_network.diagnostics.code import flow
from untoc_network.reports.text_wrapping import wrap

TOOL = Path(__file__).parents[2] / "tools" / "typeset_words.py"
CODE = {
    "IO004.phrases.quote",
    "IO004.phrases.wordings",
    "IO004.phrases.decimal",
    "IO020.hint",
    "NW003.hint",
    "SR003.hint",
}
"""Texts that show what is to be typed in a document of JSON, with its straight quotes."""


def tool():
    spec = importlib.util.spec_from_file_location("typeset_words", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TYPESETTING = tool()


def texts(language):
    for path in TYPESETTING.catalogues(language):
        yield from TYPESETTING.texts_of(tomllib.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("language", TYPESETTING.QUOTES)
def test_every_text_is_set_as_its_language_is_printed(language):
    """What fails here is mended by `python tools/typeset_words.py fr`."""
    plain = {place: text for place, text in texts(language) if TYPESETTING.typeset(text, language) != text}
    assert plain == {}
    assert not [place for place, text in texts(language) if "'" in text]
    straight = {place.removeprefix("rules.") for place, text in texts(language) if '"' in text}
    assert {place for place in straight if '"' not in place} <= CODE  # what is told stands under its English text


def test_english_keeps_the_quotes_of_the_library_straight():
    own, *_ = TYPESETTING.catalogues("en")
    english = tomllib.loads(own.read_text(encoding="utf-8"))
    assert not [place for place, text in TYPESETTING.texts_of(english) if re.search("[‘’“”«»\u00a0\u202f]", text)]


@pytest.mark.parametrize("sign", ":;!?")
def test_a_plain_space_before_a_sign_is_seen_in_french(sign):
    assert TYPESETTING.typeset(f"le réseau {sign} ici", "fr") == f"le réseau\u00a0{sign} ici"
    assert TYPESETTING.typeset(f"le réseau{sign} ici", "fr") == f"le réseau\u00a0{sign} ici"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("l'étape '{step}' n'est pas là", "l’étape «\u00a0{step}\u00a0» n’est pas là"),
        ("l'{x}, « {y} » et «{z}»", "l’{x}, «\u00a0{y}\u00a0» et «\u00a0{z}\u00a0»"),
        (
            "{number:lien n'est|liens ne sont} ('{id}') !",
            "{number:lien n’est|liens ne sont} («\u00a0{id}\u00a0»)\u00a0!",
        ),
        ('écrire "a": "b"', 'écrire "a": "b"'),
        ("à 10:00, https://example.org ?", "à 10:00, https://example.org\u00a0?"),
    ],
)
def test_what_is_typed_is_printed_as_french_has_it(typed, printed):
    assert TYPESETTING.typeset(typed, "fr") == printed
    assert TYPESETTING.typeset(printed, "fr") == printed
    assert TYPESETTING.typeset_catalogue('a = "il a : b"\n# c : d\n', "fr") == 'a = "il a\u00a0: b"\n# c : d\n'


@pytest.mark.parametrize(("language", "printed"), [("es", "30\u00a0% más"), ("fr", "30\u00a0% más"), ("pt", "30% más")])
def test_a_percentage_stays_with_its_sign(language, printed):
    for typed in ("30 % más", "30% más", printed):
        assert TYPESETTING.typeset(typed, language) == printed


def test_words_that_belong_together_stay_together_on_a_line():
    kept = "un texte «\u00a0ici\u00a0»\u00a0: là"
    assert flow("un  texte\n«\u00a0ici\u00a0»\u00a0: là ") == kept
    assert wrap(kept, 11) == ["un texte", "«\u00a0ici\u00a0»\u00a0:", "là"]


def test_spanish_opens_what_it_asks():
    """But for a mark that stands for something that is not known, as `?` does in tables."""
    asked = {place: text for place, text in texts("es") if re.search(r"\w[»)]?\?|[¿]", text)}
    assert len(asked) > 20
    assert not [place for place, text in asked.items() if text.count("¿") != len(re.findall(r"\?(?=\W|$)", text))]
