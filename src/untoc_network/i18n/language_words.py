"""The words of one language: what each rule says in it, the labels of values and fields, and those of reports."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from untoc_network.diagnostics.errors import UnknownLanguage
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.diagnostics.templates import NO_PHRASES, fill_template, format_number, to_label

__all__ = ["LANGUAGES", "RuleWords", "Words", "choose_interface_words", "english", "translated", "words_in"]

_SOUNDS_AS_I = re.compile(r"h?[ií](?![aeo])", re.IGNORECASE)

LANGUAGES = ("en", "es", "pt", "fr")
"""The languages that the library speaks."""


@attrs.frozen(kw_only=True)
class RuleWords:
    """What one rule says in a language: its page, its message and hint, and the phrases that these choose from.

    A text that is empty is not there in this language.
    """

    statement: str = ""
    why: str = ""
    message: str = ""
    hint: str = ""
    phrases: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)


_FIELD = "field-"
_LIST = "Register."
_FILE = "x"
"""Stands for the name of a file before what stopped its reader, since texts have that name in front."""
_OF_FIELD = "field."
_NAMING_FIELDS = ("{field:phrase}", "{what:phrase} ({field})")
"""How messages name a field of lists: what fields are called stands once in a language, in its interface."""


@attrs.frozen(kw_only=True)
class Words:
    """The words of a language.

    `rules` by code; `areas` the titles of the areas of rules; `labels` by value of an enumeration, or by
    `Enumeration.value` where one enumeration says it otherwise than the others; `fields` the labels
    of fields by `Class.field`; `descriptions` what is said of fields, by what the model says of them in English;
    `interface` what reports and pages say around the findings; `engagement` what is said of taking part; `commands`
    what each command is for, and what the help says around them; `topics` what the questionnaires ask, by topic; `told`
    what help, errors and notes tell, by the English text that stands where it is told.
    """

    language: str
    rules: Mapping[str, RuleWords] = attrs.field(default=NO_PHRASES, hash=False)
    areas: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    labels: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    fields: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    descriptions: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    interface: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    engagement: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    commands: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    topics: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)
    told: Mapping[str, str] = attrs.field(default=NO_PHRASES, hash=False)

    @functools.cached_property
    def labels_and_collections(self) -> Mapping[str, str]:
        """The labels of values, those of the lists of a register, such as `country_reviews`, and of `field.starts`.

        A field that two thirds of its classes call the same has that label, one that they call differently none.
        """
        lists = {
            name.removeprefix(_LIST): f"{label[:1].lower()}{label[1:]}"
            for name, label in self.fields.items()
            if name.startswith(_LIST)
        }
        said: dict[str, list[str]] = {}
        for name, label in self.fields.items():
            said.setdefault(f"{_OF_FIELD}{name.partition('.')[2]}", []).append(label)
        shared = {name: max(labels, key=labels.count) for name, labels in said.items()}
        fields = {name: label for name, label in shared.items() if 3 * said[name].count(label) >= 2 * len(said[name])}
        return {**fields, **lists, **self.labels}

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Words:
        """The words in a table as TOML gives it, such as that of your own rules: `language`, `rules` and so on."""
        rules = {code: RuleWords(**said) for code, said in table.get("rules", {}).items()}
        interface = table.get("interface", {})
        named = {key.removeprefix(_FIELD): said for key, said in interface.items() if key.startswith(_FIELD)}
        for code, said in rules.items():
            if any(one in said.message for one in _NAMING_FIELDS):
                rules[code] = attrs.evolve(said, phrases={**named, **said.phrases})
        return cls(**{**table, "rules": rules})

    def ui(self, key: str, **params: str | int) -> str:
        """A text of the interface, filled."""
        return fill_template(self.interface[key], params, labels=self.labels, language=self.language)

    def tell(self, english: str, **params: str | int) -> str:
        """What stands in the code in English, as this language says it, filled."""
        return fill_template(self.told.get(english, english), params, labels=self.labels, language=self.language)

    def number(self, value: float, form: str = ",") -> str:
        """A number as this language writes it; `form` says how English writes it, such as `.3f`."""
        return format_number(value, self.language, form)

    def listed(self, items: Sequence[str]) -> str:
        """Several one after the other: `A, B and C`. The Spanish *y* is *e* before the sound of an *i*."""
        *first, last = items or ("",)
        if not first:
            return last
        before_i = self.language == "es" and _SOUNDS_AS_I.match(last)
        return f"{', '.join(first)} {'e' if before_i else self.engagement['and']} {last}"

    @property
    def colon(self) -> str:
        """What ends a label before what it names; French has a no-break space in it."""
        return "\u00a0:" if self.language == "fr" else ":"

    def chain(self, parts: Iterable[str]) -> str:
        """Statements one after the other, `A; B`; French has a no-break space before the sign."""
        return ("\u00a0; " if self.language == "fr" else "; ").join(parts)

    def label(self, value: str, enumeration: str = "") -> str:
        """The label of a value of an enumeration, such as `constructive-dialogue`; plain text needs its name."""
        return to_label(value, self.labels, enumeration)


@functools.cache
def _load_packaged_words(language: str) -> Words:
    import tomllib

    text = Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8")
    return Words.of(tomllib.loads(text))


def words_in(*languages: str | Words) -> Iterator[Words]:
    """The words of these languages in order: tags such as `es` or `pt-BR`, or words of your own. English ends it.

    Raises `UnknownLanguage` where the library does not speak one of them.
    """
    for language in languages:
        if isinstance(language, Words):
            yield language
            continue
        if not isinstance(language, str):
            raise UnknownLanguage(f"a language is a tag such as es, not a value of type {type(language).__name__}")
        spoken = language.strip().replace("_", "-").partition("-")[0].lower()
        if spoken not in LANGUAGES:
            raise UnknownLanguage(f"{language!r} is not one of the languages spoken here: {', '.join(LANGUAGES)}")
        yield _load_packaged_words(spoken)
        if spoken == "en":
            return


def english() -> Words:
    """The words of reports and pages in English; what the rules say in English stands with the rules."""
    return _load_packaged_words("en")


def choose_interface_words(*languages: str | Words) -> Words:
    """The first of these words that reports and pages can be made with; English where none can."""
    return next((words for words in words_in(*languages) if words.interface), english())


def translated(
    report: Report, *languages: str | Words, country_name: Callable[..., str] = lambda code, *_: code
) -> Report:
    """The report with its messages and hints in the first of these languages that has them, else as they are.

    A language is a tag such as `es` or `pt-BR`, or words of your own, for rules of your own. Codes, places and
    parameters stay the same in every language. `country_name` gives the name of a country by its code and a language,
    as `Reference.name_of` does. Raises `UnknownLanguage` where the library does not speak one of them.
    """
    spoken = tuple(words_in(*languages))
    if not any(words.rules for words in spoken):
        return report
    return Report(tuple(_translate_finding(finding, spoken, country_name) for finding in report), report.origin)


def _call_with_language(country_name: Callable[..., str], language: str, code: str) -> str:
    return country_name(code, language)


def _translate_parameter(name: str, value: str | int, words: Words) -> str | int:
    """What stands in a finding in English itself: a text of ours, or why a file could not be read."""
    if not isinstance(value, str) or " " not in value:
        return value
    if name == "problem" and words.told and value not in words.told:
        from untoc_network.i18n.told_texts import translate_text  # which reads the words here

        return translate_text(f"{_FILE}: {value}", words).removeprefix(_FILE).lstrip("\u00a0: ")
    return words.told.get(value, value)


def _translate_finding(finding: Finding, spoken: tuple[Words, ...], country_name: Callable[..., str]) -> Finding:
    for words in spoken:
        said, language = words.rules.get(finding.code), words.language
        if said is not None and said.message:
            params = {name: _translate_parameter(name, value, words) for name, value in finding.params}
            put = functools.partial(
                fill_template,
                params=params,
                phrases=said.phrases,
                labels=words.labels_and_collections,
                language=language,
                country_name=functools.partial(_call_with_language, country_name, language),
            )
            hint = finding.hint and said.hint and put(said.hint)
            return attrs.evolve(finding, message=put(said.message), hint=hint or finding.hint)
    return finding
