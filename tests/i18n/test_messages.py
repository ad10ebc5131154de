"""What every message and hint must be like, in all four languages: understood alone, wherever it is read.

A message stands in a log line, in SARIF or at a line of a review, far from the report and the program that made it: it
has a subject of its own, and names no option, no call and no file of ours. The command line adds its options itself.
"""

import importlib.util
import re
from pathlib import Path

import pytest

from untoc_network.diagnostics.code import flow
from untoc_network.diagnostics.templates import list_parameters
from untoc_network.i18n.language_words import LANGUAGES, words_in
from untoc_network.rules.catalogue import catalogue

FOREIGN = {
    "an option of the command line": r"(?<!\w)--[a-z]",
    "a command": r"\buntoc-network [a-z]|\bpip install\b",
    "a name of the Python interface": r"\bun\.[A-Za-z_]|\w\(\)|`",
    "a file of the repository": r"\b(src|docs|tests|tools|packages)/|\b\w+\.(py|md)\b",
}
SUBJECTLESS = {
    "en": r"it|its|they|this|these|that|he|she|is|are|was|were|has|have|had|does|left|due",
    "es": r"él|ella|ello|esto|esta|este|es|está|son|están|tiene|tienen|fue|termina|comienza|sigue|coincide|omitidos?",
    "pt": r"ele|ela|isto|isso|esta|este|é|está|são|estão|tem|têm|foi|termina|começa|coincide|omitidos?",
    "fr": r"il|elle|ils|elles|c['’]est|ce n['’]est|ceci|cela|est|sont|a|ont|omise?s?",
}
THESE_RULES = {"en": {"XX005"}, "es": {"XX005"}, "pt": {"XX005"}, "fr": {"XX005"}}
"""Where the word stands before its noun: "these rules did not run"."""


def said_of(each, language):
    """The message, the hint and the phrases of a code in a language."""
    if language == "en":
        return each.message, each.hint or "", dict(each.phrases)
    words = next(words_in(language)).rules[each.code]
    return words.message, words.hint, dict(words.phrases)


def opening(message, phrases):
    """The message as it can begin: where a phrase stands first, each of the phrases."""
    return [*phrases.values()] if re.match(r"\{problem:phrase\}", message) else [message]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_or_hint_names_what_only_one_surface_has(language):
    for each in catalogue():
        message, hint, phrases = said_of(each, language)
        for text in (message, hint, *phrases.values()):
            for what, pattern in FOREIGN.items():
                assert not re.search(pattern, text), f"{each.code} ({language}) names {what}: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_has_a_subject_of_its_own(language):
    without = re.compile(rf"(?:\{{place\}} ?: )?(?:{SUBJECTLESS[language]})(?![\w'’])", re.IGNORECASE)
    for each in catalogue():
        message, _, phrases = said_of(each, language)
        if each.code not in THESE_RULES[language]:
            for text in opening(message, phrases):
                assert not without.match(text), f"{each.code} ({language}) begins without a subject: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_one_phrase_without_a_final_point(language):
    for each in catalogue():
        message, hint, phrases = said_of(each, language)
        for text in (message, hint, *phrases.values()):
            assert not text.endswith(".")
            assert text == flow(text)


def test_no_message_says_where_it_stands_or_what_is_due():
    """`expected x, got y`, as other validators have it."""
    for each in catalogue():
        assert not re.search(r"\bis due here\b|\bas it is due\b", each.message), each.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_count_has_both_forms_everywhere(language):
    for each in catalogue():
        for text, english in zip(said_of(each, language)[:2], (each.message, each.hint or ""), strict=True):
            assert {one for one in list_parameters(text) if one[1] == "count"} == {
                one for one in list_parameters(english) if one[1] == "count"
            }, each.code


def test_what_the_lots_say_is_held_to_the_same():
    """The companion makes its messages itself; none begins with a pronoun or a bare verb."""
    without = re.compile(rf"f?\"(?:{SUBJECTLESS['en']})\b(?! \d)")
    folder = Path(__file__).parents[2] / "packages" / "untoc-network-lots" / "src" / "untoc_network_lots"
    for name in ("outcome_rules", "verification", "record_reader"):
        spec = importlib.util.find_spec(f"untoc_network_lots.{name}")
        text = Path(spec.origin if spec else folder / f"{name}.py").read_text(encoding="utf-8")
        words = re.findall(r"(?:words = \(?\s*|_finding\([^\"]*\"LT\d+\", [^\"]*|append\(\(path, )(f?\"[^\"]*\")", text)
        assert words
        assert not [one for one in words if without.match(one)]
