"""Rules for people: the page of one, and the list of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import indent

import attrs

from untoc_network.diagnostics.code import CatalogueEntry, Explanation, flow
from untoc_network.diagnostics.findings import Basis, Finding, Severity
from untoc_network.i18n.language_words import Words, english
from untoc_network.i18n.told_texts import format_basis
from untoc_network.reports.text_wrapping import wrap

__all__ = [
    "GROUPINGS",
    "capitalize_first",
    "group_rules",
    "render_explanation",
    "render_rule_page",
    "render_rules",
    "translate_explanation",
]


def translate_explanation(words: Words, rule: CatalogueEntry) -> Explanation:
    """The explanation of a rule in these words, where they have it; that of a companion is told by its English text."""
    said, english = words.rules.get(rule.code), rule.explanation
    if said is not None and said.statement:
        return attrs.evolve(english, statement=said.statement, why=said.why)
    told = (words.told.get(" ".join(text.split()), text) for text in (english.statement, english.why))
    return attrs.evolve(english, **dict(zip(("statement", "why"), told, strict=True)))


def capitalize_first(text: str) -> str:
    """A text as it opens a line."""
    return text[:1].upper() + text[1:]


def render_explanation(rule: CatalogueEntry, *, width: int | None = 80, words: Words | None = None) -> Iterator[str]:
    """What a rule says and why, with an example that passes and one that fails."""
    words = words or english()
    explained = translate_explanation(words, rule)
    yield f"{rule.code} {rule.slug} ({words.label(rule.severity)}, {words.ui('since', version=rule.since)})"
    yield ""
    yield from _wrap_paragraphs(explained.statement, width)
    yield ""
    yield from _wrap_paragraphs(f"{capitalize_first(words.ui('why'))}{words.colon} {explained.why}", width)
    if rule.basis:
        yield ""
        yield from _wrap_paragraphs(
            f"{capitalize_first(words.ui('basis'))}{words.colon} {format_basis(rule.basis, words)}", width
        )
        source = _tell_source(rule.basis, words)
        if source:
            yield f"       {source}"
    if rule.needs_day:
        yield ""
        yield from _wrap_paragraphs(words.ui("needs-day"), width)
    for title, example in explained.examples:
        yield ""
        yield f"{capitalize_first(words.ui(title))}{words.colon}"
        yield indent(example, "    ")


def render_rules(
    groups: Mapping[str, Iterable[CatalogueEntry]], *, width: int | None = 80, words: Words | None = None
) -> Iterator[str]:
    """What each rule asserts, under the titles of the groups."""
    words = words or english()
    wide = max(len(words.label(severity)) for severity in Severity)
    for number, (title, rules) in enumerate(groups.items()):
        if number:
            yield ""
        yield from wrap(title, width)
        for rule in rules:
            begins = f"  {rule.code}  {words.label(rule.severity):<{wide}}  "
            yield from _wrap_paragraphs(translate_explanation(words, rule).summary, width, begins)


def group_rules(
    rules: Iterable[CatalogueEntry], by: str, areas: Mapping[str, str], *, words: Words | None = None
) -> dict[str, list[CatalogueEntry]]:
    """The rules by `area`, `severity` or `provision`, each under its title: errors first, own laws last."""
    title, order = GROUPINGS[by]
    words = words or english()
    groups: dict[str, list[CatalogueEntry]] = {}
    for rule in sorted(rules, key=order):
        groups.setdefault(title(rule, {**areas, **words.areas}, words), []).append(rule)
    return groups


_Title = Callable[[CatalogueEntry, Mapping[str, str], Words], str]
GROUPINGS: Mapping[str, tuple[_Title, Callable[[CatalogueEntry], tuple[object, ...]]]] = {
    "area": (lambda rule, areas, _: f"{rule.area}  {areas.get(rule.area, '')}".rstrip(), lambda _: ()),
    "severity": (lambda rule, _, words: words.label(rule.severity), lambda rule: (rule.severity.rank,)),
    "provision": (
        lambda rule, _, words: format_basis(rule.basis, words) if rule.basis else "—",
        lambda rule: (rule.cited is None, str(rule.basis)),
    ),
}
"""What rules can be grouped by: the title of a rule's group, and what the groups are ordered by."""


def render_rule_page(rule: CatalogueEntry, shown: Finding | None = None, *, words: Words | None = None) -> str:
    """A rule's page of the documentation, in Markdown; `shown` is the finding on its failing example."""
    words = words or english()
    explained = translate_explanation(words, rule)
    severity = f"{words.ui('severity')} **{words.label(rule.severity)}**"
    facts = [f"`{rule.slug}`", severity, words.ui("since", version=rule.since)]
    if rule.needs_day:
        facts.append(words.ui("needs-day-short"))
    basis = f"\n\n**{capitalize_first(words.ui('basis'))}.** {_render_basis(rule.basis, words)}" if rule.basis else ""
    examples = "".join(
        f"\n## {capitalize_first(words.ui(title))}\n\n```{_highlight_language(example)}\n{example}\n```\n"
        for title, example in explained.examples
    )
    says = f"\n{words.label(shown.severity)} {shown.code} {shown.message}" if shown else ""
    hint = f"\n    {words.ui('hint')}{words.colon} {shown.hint}" if shown and shown.hint else ""
    finding = f"\n```text{says}{hint}\n```\n" if shown else ""
    return (
        f"# {rule.code}: {explained.summary}\n\n{', '.join(facts)}\n\n"
        f"**{capitalize_first(words.ui('why'))}.** {capitalize_first(explained.why)}{basis}\n{examples}{finding}"
    )


def _render_basis(basis: Basis, words: Words) -> str:
    """A basis in Markdown, with a link to its source where that is a page."""
    source = _tell_source(basis, words)
    page = f"../{source.removeprefix('docs/')}" if source.startswith("docs/") else source
    linked = page != source or source.startswith(("http://", "https://"))
    told = capitalize_first(format_basis(basis, words))
    return f"{told} ([{words.ui('source')}]({page}))" if linked else f"{told} ({source})" if source else told


def _tell_source(basis: Basis, words: Words) -> str:
    """Where a basis was read: an address, or what it says; nothing where the basis is called recalled anyway."""
    source = basis.source or ""
    return "" if source == basis.certainty else words.told.get(source, source)


def _highlight_language(example: str) -> str:
    """In which language an example is highlighted: registers are JSON, member lists are plain text."""
    return "json5" if example.startswith(("{", "[")) else "text"


def _wrap_paragraphs(text: str, width: int | None, begins: str = "") -> list[str]:
    return wrap(flow(text), width and max(width, len(begins) + 20), begins, " " * len(begins))
