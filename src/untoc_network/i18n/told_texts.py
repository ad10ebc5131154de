"""What the program tells in English, said in another language: a text as a whole, or one into which values were put.

Exceptions and the texts of the command line stand in English where they are told, as messages of Python do. A language
has them under `told`, by the English text with a name for each value: `there is no table '{name}'`. A text is looked
for among these; the values stay as they are, but for those that are such a text themselves.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping

import attrs

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.diagnostics.templates import fill_template, split_template
from untoc_network.i18n.language_words import Words

__all__ = ["TOO_SHORT", "format_basis", "join_provision", "translate_text"]


@attrs.frozen(kw_only=True)
class _Pattern:
    """An English text with values in it: what it holds in any case, and how much of that, to look for it first.

    One without words of its own, such as `{place}: {problem}`, is one only where a part of it is an English text.
    """

    english: str
    translation: str
    longest: str
    weight: int
    numbers: frozenset[str]
    has_words: bool

    def read_values(self, text: str) -> Mapping[str, str | int] | None:
        """The values that were put into the text; None where it is another."""
        found = _compile_pattern(self.english).fullmatch(text) if self.longest in text else None
        if found is None:
            return None
        values = found.groupdict()
        return values | {name: int(values[name].replace(",", "")) for name in self.numbers}


def translate_text(text: str, words: Words) -> str:
    """The text in the language of the words, as it is where they have no such text."""
    whole = words.told.get(text)
    if whole is not None:
        return whole
    for pattern in _list_patterns(words):
        values = pattern.read_values(text)
        if values is None:
            continue
        told = {
            name: value if isinstance(value, int) else _translate_value(value, words) for name, value in values.items()
        }
        if pattern.has_words or told != values:
            return fill_template(pattern.translation, told, language=words.language)
    return text


def format_basis(basis: Basis, words: Words) -> str:
    """A document with its provision in the language of the words, and a remark where it is not read in its source."""
    place = join_provision(translate_text(basis.document, words), basis.provision, words)
    doubt = "" if basis.certainty is Certainty.SEEN else f" ({words.label(basis.certainty)})"
    return f"{place}{doubt}"


def join_provision(document: str, provision: str | None, words: Words) -> str:
    """A document as the language calls it, with its provision: `, rule 17(2)`, or after a colon what is said there.

    One colon is enough: after the name of a document that has one, words follow a comma too.
    """
    if provision is None:
        return document
    mark = "," if ":" in document or _PART.match(provision) else words.colon
    return f"{document}{mark} {translate_text(provision, words)}"


_PART = re.compile(r"(?:\w+ )?[\w-]*\d")


def _translate_value(value: str, words: Words) -> str:
    """A value that is a text itself, or several; names and what a person wrote stay as they are."""
    whole = translate_text(value, words) if " " in value else value
    return whole if whole != value else ", ".join(_translate_name(part, words) for part in value.split(", "))


def _translate_name(value: str, words: Words) -> str:
    """The name of an argument, such as `REGISTER`, as help has it; anything else as it is."""
    return words.told.get(value, value) if value.isupper() else value


@functools.lru_cache(maxsize=8)
def _list_patterns(words: Words) -> tuple[_Pattern, ...]:
    """The texts that take values, those with the most words of their own first."""
    made = (_make_pattern(english, said) for english, said in words.told.items() if not TOO_SHORT.fullmatch(english))
    return tuple(sorted(made, key=lambda pattern: -pattern.weight))


TOO_SHORT = re.compile(r"[^{]*|\{\w+\} \w+(?: \{\w+\})?")
"""Texts without values, and a single word between them, such as `{one} left {other}`, which would be found anywhere."""


def _make_pattern(english: str, translation: str) -> _Pattern:
    fields = split_template(english)
    fixed = [re.split("['\"]", before) for before, _, _ in fields]
    parts = [part for several in fixed for part in several]
    return _Pattern(
        english=english,
        translation=translation,
        longest=max(parts, key=len),
        weight=sum(len(part) for part in parts),
        numbers=frozenset(name for _, name, spec in fields if name and spec),
        has_words=any(letter.isalpha() for part in parts for letter in part),
    )


@functools.lru_cache(maxsize=512)
def _compile_pattern(english: str) -> re.Pattern[str]:
    return re.compile("".join(_write_pattern(english)), re.DOTALL)


def _write_pattern(english: str) -> Iterator[str]:
    """The pattern of a text. A value that is quoted stands in quotes of either kind, as Python writes it."""
    for before, name, spec in split_template(english):
        yield re.escape(before).replace("'", "['\"]")
        if name is not None:
            forms = f" (?:{re.escape(spec).replace(re.escape('|'), '|')})" if "|" in spec else ""
            yield rf"(?P<{name}>[\d,]{{0,30}}\d){forms}" if spec else f"(?P<{name}>.*?)"
