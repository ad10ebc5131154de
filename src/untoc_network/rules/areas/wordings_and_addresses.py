"""SH: names, wordings and addresses, whatever record they stand in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from untoc_network.diagnostics.findings import Severity
from untoc_network.model.organization_and_person import Person
from untoc_network.model.traversal import locate_values
from untoc_network.rules import citations
from untoc_network.rules.rule import Context, Violation, rule, violation
from untoc_network.values.ids_and_codes import Url
from untoc_network.values.multilingual_text import Alias, Text


def _list_wordings(record: Any) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every name in every language in a record, with its path; a person's names too."""
    for path, text in locate_values(record, Text):
        yield from (((*path, language), wording) for language, wording in text.items())
    for path, alias in locate_values(record, Alias):
        yield (*path, "name"), alias.name
    if isinstance(record, Person):
        yield ("name",), record.name
        yield from ((("other_names", position), name) for position, name in enumerate(record.other_names))


def _find_suspect_wordings(
    records: Iterable[Any], context: Context, judge: Callable[[str], object]
) -> Iterator[tuple[Any, tuple[str | int, ...], str]]:
    """Every record, path and wording that is suspicious; no path is looked for unless some wording is."""
    suspicious = {wording for wording in context.wordings if judge(wording)}
    for record in records if suspicious else ():
        for path, wording in _list_wordings(record):
            if wording in suspicious:
                yield record, path, wording


@rule(
    "SH001",
    on=object,
    severity=Severity.ERROR,
    message="the text is blank",
    hint="write the name or wording, or leave the field out",
    basis=citations.USE,
)
def blank_text(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A name or wording has at least one visible character.

    Why: a blank name cannot be found, listed or told from a mistake.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": " "}, "kind": "ngo"}]}
    """
    for record, path, _ in _find_suspect_wordings(records, context, lambda wording: not wording.strip()):
        yield violation(record, *path)


@rule(
    "SH008",
    on=object,
    severity=Severity.ERROR,
    message="the text holds the invisible character U+{code}",
    hint="delete the character; type the text again if you cannot see it",
    basis=citations.DIRECTIONS,
)
def hidden_character(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A name or wording holds no control character, no bidirectional override and no other invisible character.

    Why: such characters make text show as other text, break files and slip past searches.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of \\u202eAX"}, "kind": "ngo"}]}
    """
    for record, path, wording in _find_suspect_wordings(records, context, lambda wording: not wording.isprintable()):
        hidden = next((letter for letter in wording if _is_hidden(letter)), None)
        if hidden is not None:
            yield violation(record, *path, code=f"{ord(hidden):04X}")


_JOINERS = "\u200c\u200d"
"""Zero-width (non-)joiner: invisible, but needed to spell Persian, Sinhala and other languages."""


def _is_hidden(letter: str) -> bool:
    if letter in _JOINERS:
        return False
    return unicodedata.category(letter) in {"Cc", "Cf", "Co", "Cn", "Zl", "Zp"}


@rule(
    "SH009",
    on=object,
    severity=Severity.WARNING,
    message="one word mixes {scripts:phrase} letters",
    hint="type the word again in one alphabet",
    phrases={
        "Cyrillic, Greek": "Cyrillic and Greek",
        "Cyrillic, Greek, Latin": "Cyrillic, Greek and Latin",
        "Cyrillic, Latin": "Cyrillic and Latin",
        "Greek, Latin": "Greek and Latin",
    },
    basis=citations.MIXED_SCRIPTS,
)
def mixed_scripts(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """No word mixes Latin, Cyrillic and Greek letters.

    Why: letters that look alike make two names look the same, and searches miss them.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "Centre Правда"}, "kind": "ngo"}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "C\\u0435ntre"}, "kind": "ngo"}]}
    """
    for record, path, wording in _find_suspect_wordings(records, context, _has_letters_that_look_latin):
        mixed = next((scripts for word in wording.split() if len(scripts := _list_scripts(word)) > 1), None)
        if mixed:
            yield violation(record, *path, scripts=", ".join(sorted(mixed)))


_GREEK_AND_CYRILLIC = frozenset(
    chr(letter)
    for first, last in (
        (0x0370, 0x052F),
        (0x1C80, 0x1C8F),
        (0x1D00, 0x1DBF),
        (0x1F00, 0x1FFF),
        (0x2DE0, 0x2DFF),
        (0xA640, 0xA69F),
        (0xAB30, 0xAB6F),
        (0x10140, 0x1018F),
        (0x1E030, 0x1E08F),
    )
    for letter in range(first, last + 1)
)
"""The blocks in which all Greek and Cyrillic letters lie."""


def _has_letters_that_look_latin(wording: str) -> bool:
    return not wording.isascii() and not _GREEK_AND_CYRILLIC.isdisjoint(wording)


def _list_scripts(word: str) -> set[str]:
    names = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return {name.title() for name in names & {"LATIN", "CYRILLIC", "GREEK"}}


@rule(
    "SH010",
    on=object,
    severity=Severity.INFO,
    message="the alias is the same as the name",
    hint="leave the alias out",
    basis=citations.IDENTITY,
    fields=("aliases",),
)
def redundant_alias(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """An alias differs from the name.

    Why: the alias adds nothing, and hides that another name was meant.

    Passes:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "aliases": [{"name": "NXA", "kind": "acronym"}]}]}

    Fails:
        {"organizations": [{"id": "xa-ngo", "name": {"en": "NGO of XA"}, "kind": "ngo", "aliases": [{"name": "NGO of XA", "kind": "short"}]}]}
    """
    for record in records:
        for position, alias in enumerate(getattr(record, "aliases", ())):
            if alias.name in record.name.values():
                yield violation(record, "aliases", position, "name")


@rule(
    "SH011",
    on=object,
    phrases={
        "unreadable": "it cannot be read",
        "scheme": "it does not begin with http:// or https://",
        "host": "it names no host",
        "credentials": "it carries a user name or password",
    },
    severity=Severity.ERROR,
    message="the address is not a plain web address: {problem:phrase}",
    hint="write https://, the host and the path, without user name or password",
    basis=citations.WEB_ADDRESSES,
)
def unsafe_web_address(records: Iterable[Any], context: Context) -> Iterator[Violation]:
    """A web address begins with http or https, names a host and carries no user name or password.

    Why: other schemes can run code or open files on the reader's machine, and credentials in an address are published
    with it.

    Passes:
        {"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page", "url": "https://example.org/page"}]}

    Fails:
        {"sources": [{"id": "page", "title": {"en": "Page"}, "kind": "web-page", "url": "javascript:alert(1)"}]}
    """
    wrong = {url for url in context.values(Url) if _find_address_problem(url)}
    for record in records if wrong else ():
        for path, url in locate_values(record, Url):
            problem = _find_address_problem(url)
            if problem:
                yield violation(record, *path, problem=problem)


def _find_address_problem(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "unreadable"
    if parts.scheme not in ("http", "https"):
        return "scheme"
    if not host:
        return "host"
    return "credentials" if "@" in parts.netloc else None
