"""What is said of taking part, as a key and values, and put into words by the templates of each language.

The templates stand under `engagement` in the files of the languages.

A value in a template is written as it is (`{day}`), as a country by its name (`{country:country}`), as a value of a
list in words (`{kind:label}`), as a number (`{days:number}`) or a count (`{number:member|members}`), as a state of an
application (`{state:state}`), as articles of treaties (`{articles:articles}`), as a place of which the facts speak
(`{place:place}`) or as a remark on how sure something is (`{certainty:doubt}`). Several values are written one after
the other. The name of a thing is taken in the language that is asked for.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.diagnostics.inflection import contract, format_day, settle_article
from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.diagnostics.templates import format_number, split_template, with_count
from untoc_network.i18n.language_words import Words, english, words_in
from untoc_network.i18n.told_texts import join_provision, translate_text
from untoc_network.reference import packaged
from untoc_network.reference.facts import Reference
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.multilingual_text import Text

__all__ = [
    "Message",
    "MessageFormatter",
    "Value",
    "format_message",
    "has_wording",
    "list_template_fields",
    "make_message",
]

Value = str | int | Text | tuple[str, ...]
"""An id, a code, a date, a number, a value of a list, or the name of something in several languages; never a phrase."""


@attrs.frozen(kw_only=True)
class Message(HasPlainForm):
    """A key of a wording, and the values that fill its template."""

    key: str
    values: tuple[tuple[str, Value], ...] = ()

    plain_form = PlainForm("key values", values=lambda said: dict(said.values))


def make_message(key: str, values: Mapping[str, Value] | None = None, /, **more: Value) -> Message:
    """A wording with its values in one stable order."""
    return Message(key=key, values=tuple(sorted({**(values or {}), **more}.items())))


def has_wording(key: str) -> bool:
    """Whether there is a wording of this key."""
    return key in english().engagement


@functools.cache
def list_template_fields(key: str) -> tuple[str, ...]:
    """The names of the values that a wording takes, the same in every language."""
    return tuple(name for _, name, _ in split_template(english().engagement[key]) if name)


@check_arguments
def format_message(
    what: Message | str, *, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None
) -> str:
    """What is said, or the wording of a key, in the first of these languages that has words for it; else in English.

    A language is a tag such as `es` or `pt-BR`, or words of your own. Names of countries and things are in the first of
    them that they have a name in. Raises `UnknownLanguage` for a language that is not spoken.
    """
    return MessageFormatter(languages, reference).of(what)


class MessageFormatter:
    """Puts into words what is said, in the first of some languages that has the words."""

    def __init__(self, languages: Sequence[str | Words] = ("en",), reference: Reference | None = None) -> None:
        spoken = tuple(words_in(*languages))
        self.words = next((words for words in spoken if words.engagement), english())
        self.languages = tuple(words.language for words in spoken)
        self.reference = reference or packaged()
        self.ways: dict[str, Callable[[Any], str]] = {
            "": self.plain,
            "label": self.label,
            "definite": self.definite,
            "country": self.country,
            "state": self.state,
            "articles": self.articles,
            "doubt": self._doubt,
            "topics": self.topic,
            "number": self.number,
            "place": self.place,
        }

    def of(self, what: Message | str) -> str:
        """What is said, or the wording of a key, in words."""
        key, values = (what, ()) if isinstance(what, str) else (what.key, what.values)
        if key not in self.words.engagement:
            raise ImpossibleValue("what: no wording has this key")
        return "".join(self._fill(self.words.engagement[key], dict(values)))

    def _fill(self, template: str, values: Mapping[str, Value]) -> Iterator[str]:
        """The parts of a template with its values; before a month or a year stands another word than before a day."""
        for before, name, spec in split_template(template):
            if name is None:
                yield before
            else:
                said, language = self.format_field(values[name], spec), self.words.language
                before = settle_article(before, str(values[name]), language)  # noqa: PLW2901
                yield from contract(before, said, language) if spec == "definite" else (before, said)

    def plain(self, value: str | int) -> str:
        """A value as it is, but a day as the language writes it."""
        return format_day(str(value), self.words.language)

    def number(self, value: float) -> str:
        """A number as the language writes it."""
        return format_number(value, self.words.language)

    def label(self, value: str) -> str:
        """A value of a list in words, or several: `UNTOC, TIP`."""
        return (
            ", ".join(self.words.label(one) for one in value.split(", ")) if ", " in value else self.words.label(value)
        )

    def definite(self, value: str) -> str:
        """An instrument with its article, or several."""
        return ", ".join(self.words.label(one, "definite") for one in value.split(", "))

    def state(self, state: str) -> str:
        """A state of an application; one that was not begun is one of which nothing is recorded."""
        return self.words.engagement.get(f"state.{state}") or self.words.label(state, "ApplicationState")

    def country(self, code: str) -> str:
        """The name of a country by its code."""
        return self.reference.name_of(code, *self.languages)

    def topic(self, topic: str) -> str:
        """What a part of the questionnaires asks, and a remark where that was not read; of an unknown one its name."""
        row = self.reference.questionnaire_topic(topic)
        label = self.words.topics.get(topic, topic)
        return label if row is None else f"{label}{self._doubt(row.certainty)}"

    def place(self, place: str) -> str:
        """A place where sessions are held by the name that the language has for it; any other as it is."""
        return self.words.told.get(place, place)

    def name(self, text: Text) -> str:
        """The wording of a text in the best of the languages."""
        return text.best(*self.languages)

    def basis(self, basis: Basis) -> str:
        """A document with its provision, and a remark where it is not read in its source."""
        return f"{join_provision(self.text(basis.document), basis.provision, self.words)}{self._doubt(basis.certainty)}"

    def text(self, english: str) -> str:
        """What facts say in English, such as the title of an article, as this language says it where it does."""
        return translate_text(english, self.words)

    def format_field(self, value: Any, format_spec: str) -> str:
        """A value as text, in the way that its place asks for."""
        if isinstance(value, Text):
            return self.name(value)
        if isinstance(value, tuple) and format_spec != "articles":
            return self.words.listed([self.format_field(item, format_spec) for item in value])
        if "|" in format_spec:
            return with_count(value, format_spec, self.words.language)
        return self.ways[format_spec](value)

    def articles(self, items: tuple[str, ...]) -> str:
        """`UNTOC 5`, `UNTOC 6` and `TIP 3` as people cite them: UNTOC 5, 6; TIP 3."""
        pairs = [item.partition(" ")[::2] for item in items]
        groups = itertools.groupby(pairs, key=lambda pair: pair[0])
        return self.words.chain(self._cite(treaty, [number for _, number in group]) for treaty, group in groups)

    def _cite(self, treaty: str, numbers: Sequence[str]) -> str:
        key = "articles.one" if len(numbers) == 1 else "articles.several"
        return self.of(make_message(key, treaty=treaty, numbers=", ".join(numbers)))

    def _doubt(self, certainty: str) -> str:
        return "" if certainty == Certainty.SEEN else f" ({self.of(f'certainty.{certainty}')})"
