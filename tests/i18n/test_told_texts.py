"""What help, errors and notes tell, in every language: found by its English text, with the values that were put in."""

import re

import pytest
from hypothesis import example, given, strategies as st
from tools.gather_told import MAKING, SOURCES

from untoc_network.diagnostics.templates import fill_template, split_template
from untoc_network.i18n.language_words import LANGUAGES, Words, english, words_in
from untoc_network.i18n.told_texts import TOO_SHORT, translate_text

OTHERS = [language for language in LANGUAGES if language != "en"]
WORDS = {language: next(words_in(language)) for language in OTHERS}
OWN = Words.of(
    {
        "language": "es",
        "told": {
            "FILE": "ARCHIVO",
            "missing: {names}": "falta: {names}",
            "no country is called '{name}'": "ningún país se llama «{name}»",
            "{problem}; did you mean '{name}'?": "{problem}; ¿quiso decir «{name}»?",
            "{number:place|places} changed": "{number:lugar cambiado|lugares cambiados}",
            "{place}: {problem}": "{place} → {problem}",
            "permission denied": "no hay permiso",
        },
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "permission denied": "no hay permiso",
        "r.json: permission denied": "r.json → no hay permiso",
        "r.json: 3 places changed": "r.json → 3 lugares cambiados",
        "1 place changed": "1 lugar cambiado",
        "no country is called 'Panma'; did you mean \"Côte d'Or\"?": "ningún país se llama «Panma»; ¿quiso decir «Côte d'Or»?",
        "missing: FILE, ONE": "falta: ARCHIVO, ONE",
        "note: this is said in another language": "note: this is said in another language",
        "File: nothing": "File: nothing",
        "": "",
    }.items(),
)
def test_a_text_is_found_by_its_words_and_its_values_are_put_in_again(text, said):
    assert translate_text(text, OWN) == said


def test_what_makes_texts_is_there_under_that_name():
    """One that is called otherwise now would have its texts untranslated, and nothing would tell."""
    for stem, names in MAKING.items():
        source = "".join(path.read_text("utf-8") for folder in SOURCES for path in folder.rglob(f"{stem}.py"))
        assert {*names} <= {*re.findall(r"(?m)^(?:async |def |class )*(\w+)", source)}, stem


def test_english_says_what_stands_in_the_code():
    assert translate_text("permission denied", english()) == "permission denied"


def fill(template, values):
    """A template of the code with these values, as Python puts them in."""
    names = [(name, spec) for _, name, spec in split_template(template) if name is not None]
    put = {name: 3 if spec else value for (name, spec), value in zip(names, values, strict=False)}
    return fill_template(template, put)


ENGLISH = sorted(WORDS["es"].told)
MOST_VALUES = max(len(split_template(text)) for text in ENGLISH)


@given(st.lists(st.text(max_size=12), min_size=MOST_VALUES, max_size=MOST_VALUES), st.sampled_from(ENGLISH))
@example(["{x}", "a: b", "'", '"; "', "{", "}", "\\"][:MOST_VALUES] + [""] * max(MOST_VALUES - 7, 0), ENGLISH[0])
def test_no_value_makes_a_text_fail(values, template):
    text = fill(template, values)
    for words in WORDS.values():
        assert isinstance(translate_text(text, words), str)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_found_whatever_its_values_are_called(language):
    words, values = WORDS[language], [f"x{number}x" for number in range(MOST_VALUES)]
    for template in ENGLISH:
        said = translate_text(fill(template, values), words)
        if TOO_SHORT.fullmatch(template):
            continue
        own = any(letter.isalpha() for before, _, _ in split_template(template) for letter in before)
        assert said != fill(template, values) or not own or words.told[template] == template, template
