"""Every template of the catalogues, in every language, with values of the kind that each of its parameters has.

Nothing that a register, a list or a caller says makes a text fail or leaves a tag in it; and what is told fits a
terminal.
"""

import io
import re
import zlib
from contextlib import redirect_stderr
from functools import cache

import attrs
import pytest
from hypothesis import example, given, strategies as st
from tests.profiles import tries
from tools import build_words

import untoc_network as un
from untoc_network.cli.language_choice import speaking
from untoc_network.cli.output import print_findings
from untoc_network.cli.parser import print_note
from untoc_network.diagnostics.findings import Report
from untoc_network.diagnostics.templates import NO_PHRASES, fill_template, split_template
from untoc_network.engagement.translatable_message import MessageFormatter, make_message
from untoc_network.i18n.language_words import LANGUAGES, Words, words_in
from untoc_network.reference import packaged
from untoc_network_site.site_words import load_site_words

pytestmark = pytest.mark.unmeasured  # other tests reach each branch

ODD = (
    "",
    " ",
    "{x}",
    "{",
    "}}",
    "{0!r:>9}",
    "a: b",
    "'",
    '"; "',
    "\\",
    "%s",
    "\u05d0\u202e\u0627",
    "a\u0301\u200d\n\t",
    "x" * 500,
)
PLAIN = ("xa-refuge", "2024", "Refugio", "7", "Ana-María", "r.json")
DAYS = ("2024-03-01", "2024-04-30", "2024-10", "2024", "2024-13", "unknown")
COUNTRIES = ("PA", "MX, BR", "XA", "FR")
NUMBERS = (0, 1, 2, 999, 1000, 12345, 10**12)
SPECIAL = (
    "phrase",
    "count",
    "number",
    "from-one",
    "day",
    "country",
    "definite",
    "label",
    "field",
    "articles",
    "doubt",
    "state",
    "topics",
)
"""How a parameter can be put in, what tells most of its kind first."""


@attrs.frozen
class Template:
    """A text with how it is filled; of a rule with the phrases that it chooses from."""

    place: str
    text: str
    words: Words
    phrases: dict[str, str] = attrs.field(factory=dict)

    @property
    def language(self):
        return self.words.language

    def list_texts(self, values, within=()):
        """This text and each phrase that these values choose."""
        yield self.text
        for _, name, spec in split_template(self.text):
            phrase = self.phrases.get(values[name]) if spec == "phrase" else None
            if phrase is not None and values[name] not in within:
                yield from attrs.evolve(self, text=phrase).list_texts(values, (*within, values[name]))


@cache
def list_templates(language):
    """All templates of a language that have parameters."""
    words, site = next(words_in(language)), load_site_words(language)
    table = build_words.english_words() if language == "en" else build_words.table_of(words)
    found = []
    for part in ("interface", "engagement", "told"):
        found += [Template(f"{part}.{key}", text, words) for key, text in table[part].items()]
    found += [Template(f"site.{key}", text, words) for key, text in site.items()]
    for code, said in table["rules"].items():
        phrases = dict(words.rules[code].phrases if language != "en" else said.get("phrases", {}))
        named = {"message": said["message"], "hint": said.get("hint", ""), **phrases}
        found += [Template(f"rules.{code}.{key}", text, words, phrases) for key, text in named.items()]
    return [one for one in found if any(name for _, name, _ in split_template(one.text))]


@cache
def find_kinds(place, phrases, text):
    """Of each parameter of a text and of its phrases how it is put in, the way that says most."""
    kinds = {}
    for one in (text, *phrases):
        for _, name, spec in split_template(one):
            if name is not None:
                kinds.setdefault(name, set()).add("count" if "|" in spec else spec)
    return {name: next((one for one in SPECIAL if one in specs), "") for name, specs in kinds.items()}


def choose_values(template, pools):
    """A value for each parameter, of its kind."""
    kinds = find_kinds(template.place, tuple(template.phrases.values()), template.text)
    numbers = dict.fromkeys(("count", "number", "from-one"), NUMBERS)
    mine = {"": pools[""], "phrase": (*template.phrases, pools[""][0]), **numbers}
    told = template.place.startswith("engagement.")
    values = {}
    for name, kind in kinds.items():
        pool = mine.get(kind) or pools[kind]
        value = pool[(zlib.crc32(name.encode()) + pools["seed"]) % len(pool)]
        if told and kind == "" and pools["seed"] % 3 == 0:
            value = un.Text(en=value or "Refuge", fr="Refuge")
        values[name] = (value,) if kind == "topics" else value
    return values


@cache
def make_formatter(language):
    return MessageFormatter([language])


@cache
def fill_one(language, spec, value, place):
    """A value as its place has it."""
    words = next(words_in(language))
    if place == "engagement":
        return make_formatter(language).format_field(value, spec)
    return fill_with(words, f"{{x:{spec}}}", {"x": value})


def fill_with(words, text, values, phrases=NO_PHRASES):
    return fill_template(
        text,
        values,
        phrases=phrases,
        labels=words.labels_and_collections,
        language=words.language,
        country_name=lambda code: packaged().name_of(code, words.language),
    )


def fill(template, values):
    """A template as its room fills it."""
    place, _, key = template.place.partition(".")
    if place == "engagement":
        return make_formatter(template.language).of(make_message(key, values))
    return fill_with(template.words, template.text, values, template.phrases)


def check(template, pools, *, plain):
    values = choose_values(template, pools)
    said = fill(template, values)
    room = template.place.partition(".")[0]
    for text in template.list_texts(values):
        for _, name, spec in split_template(text):
            if name is None or (spec == "phrase" and values[name] in template.phrases):
                continue
            put = fill_one(template.language, "" if spec == "phrase" else spec, values[name], room)
            if spec == "definite":
                put = put.rpartition(" ")[2]  # its article can melt with the word before it
            assert put in said, (template.place, name, values[name])
    if plain:
        of_code = any('"' in text for text in template.list_texts(values))  # which the test of typesetting lists
        assert not re.search(r"\{\w*(:[^{}]*)?\}", said), (template.place, said)
        assert "  " not in said, (template.place, said)
        assert of_code or template.language == "en" or not re.search("['\"]", said), (template.place, said)


LABELS = tuple(sorted(next(words_in("es")).labels))
ENUMERATED = tuple(one for one in LABELS if "." not in one)
ARTICLES = (("UNTOC 5",), ("UNTOC 5", "UNTOC 6", "TIP 3"))
TOPICS = ("untoc-1", "nothing")
POOLS = {
    "day": DAYS,
    "country": COUNTRIES,
    "definite": ("UNTOC", "TIP, SOM", "FIREARMS"),
    "label": ("ngo", "TIP, SOM", "held"),
    "field": ("starts", "affiliations[0].role", "unheard[0]"),
    "articles": ARTICLES,
    "doubt": tuple(un.Certainty),
    "state": ("submitted", "nothing", "admitted"),
    "topics": TOPICS,
}


@st.composite
def pools(draw, texts):
    """Values of each kind, out of which each parameter has one."""
    return {
        **POOLS,
        "": tuple(draw(st.lists(texts, min_size=3, max_size=5))),
        "day": (*DAYS, draw(st.dates()).isoformat()),
        "label": (*POOLS["label"], *draw(st.lists(st.sampled_from(ENUMERATED), min_size=2, max_size=4))),
        "seed": draw(st.integers(0, 10_000)),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@tries(4)
@given(values=pools(st.sampled_from(ODD) | st.text(max_size=20)))
@example(values={**POOLS, "": ODD, "seed": 3})
@example(values={**POOLS, "": ODD, "seed": 11})
def test_no_value_makes_a_template_fail_and_each_is_in_it(language, values):
    for template in list_templates(language):
        check(template, values, plain=False)


@pytest.mark.parametrize("language", LANGUAGES)
@tries(4)
@given(values=pools(st.sampled_from(PLAIN)))
def test_a_template_brings_no_tag_no_double_space_and_no_straight_quote(language, values):
    for template in list_templates(language):
        check(template, values, plain=True)


# -- at a terminal -----------------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """What the command line prints to; `COLUMNS` says how wide it is."""

    def isatty(self):
        return True


LONG = {**POOLS, "": ("la-organización-de-ejemplo", "un nombre de varias palabras", "7"), "seed": 5}


def list_wide_lines(text):
    """Lines wider than 80 columns that have a space where they could have been broken."""
    return [line for line in text.splitlines() if len(line) > 80 and " " in line.strip()[:80]]


@pytest.fixture
def terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    return Terminal()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_is_wrapped_at_a_terminal(terminal, language):
    templates = [one for one in list_templates(language) if one.place.startswith("rules.")]
    report = Report(
        tuple(
            un.Finding(
                code="ZZ001",  # of nobody, so that it stays as it is filled
                slug="filled",
                severity=un.Severity.WARNING,
                message=said,
                hint=said,
                subject=f"record-{number}",
                location=un.Location(path=("organizations", number, "contacts", 0, "value"), line=number),
            )
            for number, one in enumerate(templates)
            if (said := fill(one, choose_values(one, LONG)))
        )
    )
    with redirect_stderr(terminal):
        print_findings(report, [language], all=True)
    assert terminal.getvalue().count("record-") == len(report)
    assert list_wide_lines(terminal.getvalue()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_is_wrapped_at_a_terminal(terminal, language):
    with redirect_stderr(terminal), speaking("en"):  # in the language already
        for one in list_templates(language):
            if not one.place.startswith(("rules.", "site.")):
                print_note(fill(one, choose_values(one, LONG)))
    assert terminal.getvalue()
    assert list_wide_lines(terminal.getvalue()) == []
