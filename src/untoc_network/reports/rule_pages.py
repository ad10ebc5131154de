"""Rules for people: the page of one, and the list of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import indent

import attrs

from untoc_network.diagnostics.code import CatalogueEntry, Explanation
from untoc_network.diagnostics.findings import Basis, Finding, Severity
from untoc_network.i18n.language_words import Words, english
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
    """The explanation of a rule in these words, where they have it."""
    said = words.rules.get(rule.code)
    if said is None or not said.statement:
        return rule.explanation
    return attrs.evolve(rule.explanation, statement=said.statement, why=said.why)


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
    yield from _wrap_paragraphs(f"{capitalize_first(words.ui('why'))}: {explained.why}", width)
    if rule.basis:
        yield ""
        yield from _wrap_paragraphs(f"{capitalize_first(words.ui('basis'))}: {rule.basis}", width)
        if rule.basis.source:
            yield f"       {rule.basis.source}"
    if rule.needs_day:
        yield ""
        yield from _wrap_paragraphs(words.ui("needs-day"), width)
    for title, example in explained.examples:
        yield ""
        yield f"{capitalize_first(words.ui(title))}:"
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
    "provision": (lambda rule, *_: str(rule.basis or "—"), lambda rule: (rule.cited is None, str(rule.basis))),
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
    hint = f"\n    {words.ui('hint')}: {shown.hint}" if shown and shown.hint else ""
    finding = f"\n```text{says}{hint}\n```\n" if shown else ""
    return (
        f"# {rule.code}: {explained.summary}\n\n{', '.join(facts)}\n\n"
        f"**{capitalize_first(words.ui('why'))}.** {capitalize_first(explained.why)}{basis}\n{examples}{finding}"
    )


def _render_basis(basis: Basis, words: Words) -> str:
    """A basis in Markdown, with a link to its source where that is a page."""
    source = basis.source or ""
    page = f"../{source.removeprefix('docs/')}" if source.startswith("docs/") else source
    linked = page != source or source.startswith(("http://", "https://"))
    return f"{basis} ([{words.ui('source')}]({page}))" if linked else f"{basis} ({source})" if source else str(basis)


def _highlight_language(example: str) -> str:
    """In which language an example is highlighted: registers are JSON, member lists are plain text."""
    return "json5" if example.startswith(("{", "[")) else "text"


def _wrap_paragraphs(text: str, width: int | None, begins: str = "") -> list[str]:
    return wrap(" ".join(text.split()), width and max(width, len(begins) + 20), begins, " " * len(begins))
