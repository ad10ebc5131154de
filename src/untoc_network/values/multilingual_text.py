"""One thing named in several languages."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from enum import StrEnum

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue
from untoc_network.values.fields import about
from untoc_network.values.ids_and_codes import LanguageTag
from untoc_network.values.json_forms import FromText
from untoc_network.values.self_checked_classes import TEXT_FORMS, SelfChecked, is_encodable_text

__all__ = ["FALLBACK", "Alias", "AliasKind", "Note", "Text"]

FALLBACK = ("en", "es", "fr", "pt")
"""The order in which languages are tried where the wanted one is missing."""


class Text(Mapping[str, str]):
    """A wording per language, read like a mapping from language tag to text, and frozen.

    >>> name = Text(es="Red Regional", en="Regional Network")
    >>> name["es"], name.best("pt", "es"), str(name)
    ('Red Regional', 'Red Regional', 'Regional Network')

    Raises `ImpossibleValue` where it names no language or a tag that is none.
    """

    __slots__ = ("_wordings",)
    _wordings: dict[str, str]

    def __init__(self, wordings: Mapping[str, str] | None = None, /, **more: str) -> None:
        if wordings is not None and not isinstance(wordings, Mapping):
            raise ImpossibleValue("text-no-wordings")
        merged = {**wordings, **more} if wordings else more
        if not merged:
            raise ImpossibleValue("text-empty")
        for tag, wording in merged.items():
            if not isinstance(wording, str):
                raise ImpossibleValue("text-no-text")
            if not is_encodable_text(wording):
                raise ImpossibleValue("text-surrogate")
            if not isinstance(tag, str) or not TEXT_FORMS[LanguageTag].fits(tag):
                raise ImpossibleValue("text-no-language")
        object.__setattr__(self, "_wordings", dict(sorted(merged.items())))

    def __getitem__(self, language: str) -> str:
        return self._wordings[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._wordings)

    def __len__(self) -> int:
        return len(self._wordings)

    def values(self) -> ValuesView[str]:
        """The wordings."""
        return self._wordings.values()

    def items(self) -> ItemsView[str, str]:
        """Each language tag with its wording."""
        return self._wordings.items()

    def __eq__(self, other: object) -> bool:
        return self._wordings == other._wordings if isinstance(other, Text) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._wordings.items()))

    def __setattr__(self, name: str, value: object) -> None:
        raise attrs.exceptions.FrozenInstanceError

    def __reduce__(self) -> tuple[type[Text], tuple[dict[str, str]]]:
        return Text, (self._wordings,)

    def __repr__(self) -> str:
        return f"Text({self._wordings!r})"

    def __str__(self) -> str:
        return self.best()

    def best(self, *languages: str) -> str:
        """The wording in the first of `languages` there is, else after the fallback order, else in any language."""
        for language in (*languages, *FALLBACK):
            if language in self._wordings:
                return self._wordings[language]
        return next(iter(self._wordings.values()))


class AliasKind(StrEnum):
    """In what way another name is another name."""

    ACRONYM = "acronym"
    FORMER = "former"
    SHORT = "short"
    SPELLING = "spelling"
    LATER = "later"
    OTHER = "other"


@attrs.frozen(kw_only=True, weakref_slot=False)
class Alias(SelfChecked):
    """Another name of the same thing, as a source prints it."""

    name: str = attrs.field(metadata=about("Name", "The other name, letter by letter."))
    kind: AliasKind = attrs.field(
        converter=FromText[AliasKind],
        metadata=about("Kind", "Acronym, former or later name, short form, other spelling."),
    )
    language: LanguageTag | None = attrs.field(
        default=None, metadata=about("Language", "The language of the name, where it has one.")
    )


@attrs.frozen(kw_only=True, weakref_slot=False)
class Note(SelfChecked):
    """A remark, or what stood in a place for which the model has no field."""

    text: str = attrs.field(metadata=about("Text", "The remark."))
    heading: str | None = attrs.field(
        default=None,
        metadata=about("Heading", "What the remark is about, such as the header of the column it came from."),
    )
