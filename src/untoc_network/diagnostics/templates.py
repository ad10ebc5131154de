"""Templates, which all words of messages are: parameters fill them as they are, as a phrase, a label, or with a count.

    fill_template("{problem:phrase}", {"problem": "comments"}, phrases={"comments": "JSON has no comments"})
    fill_template("the {kind:label} is published", {"kind": "research-paper"})
    fill_template("{number:record is|records are} left out", {"number": 2})
    fill_template("más de {limit:number} filas", {"limit": 100_000}, language="es")
    fill_template("se aprobó el {on:day}", {"on": "2022-10-21"}, language="es")
    fill_template("{country:country} no es parte en {instrument:definite}", params, labels=labels, country_name=name_of)

Parameters are values, the same in every language: ids, codes, days, numbers. All wording is in the templates. A label
or a country may be several, `a, b`: each is put into words. `definite` is a label with its article, `definite.UNTOC`.
A field is told by its labels, `field.starts`, each step of a path by its own; one that has none stands as it is.
A number that counts or measures is written as the language writes it, 12,345 in English; one that names something, such
as a year, a line or a session, stands as it is, without `number`. `from-one` is what programs count from 0.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

__all__ = [
    "NO_PHRASES",
    "fill_template",
    "format_number",
    "list_parameters",
    "name_field",
    "split_template",
    "to_label",
    "with_count",
]

NO_PHRASES: Mapping[str, str] = MappingProxyType({})
_ONE = re.compile(r"[^\s,():]+")
"""One of several values: `submit-feedback (PA, MX: TIP), hold-dialogue`."""
_STEP = re.compile(r"(\w+)(?:\[([^\[\]]*)\])?")
"""A step of the path to a field: `starts`, or `affiliations[0]`, or `counts[attendance]`."""
_NAMED = ("label", "definite", "country")
_INFLECTED = ("day", "definite")
_COUNTRY = re.compile("[A-Z]{2}")
_SIGNS: Mapping[str, dict[int, int]] = {
    "es": str.maketrans(",.", "\u00a0,"),
    "pt": str.maketrans(",.", ".,"),
    "fr": str.maketrans(",.", "\u00a0,"),
}
"""What stands for the comma and the point of an English number; a narrow space is not in old code pages."""


def fill_template(  # noqa: PLR0913
    template: str,
    params: Mapping[str, str | int],
    *,
    phrases: Mapping[str, str] = NO_PHRASES,
    labels: Mapping[str, str] = NO_PHRASES,
    language: str = "en",
    country_name: Callable[[str], str] = str,
) -> str:
    """The template with its parameters put in; a phrase may hold parameters of its own, out of the same ones.

    `language` decides which form of a count is taken, and how days are written; `country_name` gives the name of a
    country by its code. A key that no phrase has stands for itself, and so does one within its own phrase. Raises
    `KeyError` where a parameter is missing.
    """
    return _Filling(params, phrases, labels, language, country_name).fill(template)


class _Filling(NamedTuple):
    """What templates are filled with. Functions that call each other would be garbage that Python finds late."""

    params: Mapping[str, str | int]
    phrases: Mapping[str, str]
    labels: Mapping[str, str]
    language: str
    country_name: Callable[[str], str]

    def fill(self, template: str, within: tuple[str, ...] = ()) -> str:
        parts: list[str] = []
        for before, name, spec in split_template(template):
            put = "" if name is None else self._put_in(self.params[name], spec, within)
            is_inflected = spec in _INFLECTED and self.language != "en"
            parts += _inflect(before, put, spec, self.language) if is_inflected else (before, put)
        return "".join(parts)

    def _put_in(self, value: Any, spec: str, within: tuple[str, ...]) -> str:
        text = str(value)
        if "|" in spec:
            return with_count(value, spec, self.language)
        if spec == "from-one":
            return str(int(value) + 1)
        if spec == "number":
            return format_number(value, self.language)
        if spec == "field":
            return ", ".join(name_field(one, self.labels) for one in text.split(", "))
        if spec == "phrase":
            phrase = self.phrases.get(text)
            return text if phrase is None or text in within else self.fill(phrase, (*within, text))
        return _ONE.sub(lambda one: self._name_one(one[0], spec), text) if spec in _NAMED else text

    def _name_one(self, text: str, spec: str) -> str:
        if spec == "country" or _COUNTRY.fullmatch(text):
            return self.country_name(text)
        return to_label(text, self.labels, spec if spec == "definite" else "")


def _inflect(before: str, value: str, spec: str, language: str) -> tuple[str, str]:
    from untoc_network.diagnostics.inflection import contract, format_day, settle_article  # which English does without

    if spec == "definite":
        return contract(before, value, language)
    return settle_article(before, value, language), format_day(value, language)


def to_label(value: str, labels: Mapping[str, str] = NO_PHRASES, enumeration: str = "") -> str:
    """The label of a value of an enumeration; in English it is the value without hyphens.

    A language can say one value differently for each enumeration, under `ApplicationState.submitted`; the class is that
    of the value, or named where the value is plain text.
    """
    own = labels.get(f"{enumeration or type(value).__name__}.{value}")
    return own or labels.get(value) or value.replace("-", " ")


def name_field(path: str, labels: Mapping[str, str]) -> str:
    """A path such as `affiliations[0].role` by the labels of its steps, `Afiliaciones 1, Función`.

    It stays as it is where a step has no label, as in English, whose labels are the names.
    """
    parts = []
    for step in path.split("."):
        found = _STEP.fullmatch(step)
        label = found and labels.get(f"field.{found[1]}")
        if not found or not label:
            return path
        which = found[2] or ""
        number = str(int(which) + 1) if which.isdecimal() and len(which) < 10 else which
        parts.append(f"{label} {number}".rstrip())
    return ", ".join(parts)


def with_count(number: int, forms: str, language: str = "en") -> str:
    """A number with its word, of the forms `place|places`: `1 place`, `2 places`. French counts 0 as one."""
    one, more = forms.split("|")
    return f"{format_number(number, language)} {one if (number < 2 if language == 'fr' else number == 1) else more}"


def format_number(number: float, language: str = "en", form: str = ",") -> str:
    """A number as the language writes it: 12,345.6 in English, 12.345,6 in Portuguese. Spanish parts from 10,000 on.

    `form` says how English writes it, such as `.3f`; what Python cannot write so, such as a text, stands as it is.
    """
    if isinstance(number, str):
        return number
    english = format(number, form)
    if language == "es" and abs(number) < 10_000:
        english = english.replace(",", "")
    return english.translate(_SIGNS.get(language, {}))


@functools.lru_cache(maxsize=2_000)  # templates are the library's own, and those of the rules that a program adds
def split_template(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """What stands before each parameter of a template, its name, and how it is put in; no name at the end."""
    import string  # which a program whose registers are sound need not load

    parts = [*string.Formatter().parse(template)]
    if any(conversion for *_, conversion in parts):
        raise ValueError(f"{template}: a parameter is put in as it is")
    return tuple((before, name, spec or "") for before, name, spec, _ in parts)


def list_parameters(template: str) -> frozenset[tuple[str, str]]:
    """The parameters of a template, each with how it is put in; what a translation must have too."""
    fields = [(name, spec) for _, name, spec in split_template(template) if name is not None]
    return frozenset((name, "count" if "|" in spec else spec) for name, spec in fields)
