"""Rules for people: the page of one, and the list of all."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping

import attrs

from untoc_network.findings import Finding, Severity
from untoc_network.rules.rule import Explanation, Rule
from untoc_network.words.language import Words, english

__all__ = ["explanation_in", "opened", "render_explanation", "render_rules", "rule_page"]


def explanation_in(words: Words, rule: Rule) -> Explanation:
    """The explanation of a rule in these words, where they have it."""
    said = words.rules.get(rule.code)
    if said is None or not said.statement:
        return rule.explanation
    return attrs.evolve(rule.explanation, statement=said.statement, why=said.why)


def opened(text: str) -> str:
    """A text as it opens a line."""
    return text[:1].upper() + text[1:]


def render_explanation(rule: Rule, *, width: int | None = 80, words: Words | None = None) -> Iterator[str]:
    """What a rule says and why, with an example that passes and one that fails."""
    words = words or english()
    explained = explanation_in(words, rule)
    yield f"{rule.code} {rule.slug} ({words.label(rule.severity)}, {words.ui('since', version=rule.since)})"
    yield ""
    yield from _paragraphs(explained.statement, width)
    yield ""
    yield from _paragraphs(f"{opened(words.ui('why'))}: {explained.why}", width)
    if rule.basis:
        yield ""
        yield from _paragraphs(f"{opened(words.ui('basis'))}: {rule.basis}", width)
        if rule.basis.source:
            yield f"       {rule.basis.source}"
    if rule.needs_day:
        yield ""
        yield from _paragraphs(words.ui("needs-day"), width)
    for title, example in explained.examples:
        yield ""
        yield f"{opened(words.ui(title))}:"
        yield textwrap.indent(example, "    ")


def render_rules(
    rules: Iterable[Rule], areas: Mapping[str, str], *, width: int | None = 80, words: Words | None = None
) -> Iterator[str]:
    """One line a rule, by area."""
    words = words or english()
    wide = max(len(words.label(severity)) for severity in Severity)
    area = None
    for rule in rules:
        if rule.area != area:
            if area is not None:
                yield ""
            area = rule.area
            yield f"{area}  {words.areas.get(area) or areas.get(area, '')}".rstrip()
        yield f"  {rule.code}  {words.label(rule.severity):<{wide}}  {_cut(explanation_in(words, rule).summary, width)}"


def rule_page(rule: Rule, shown: Finding | None = None, *, words: Words | None = None) -> str:
    """A rule's page of the documentation, in Markdown; `shown` is the finding on its failing example."""
    words = words or english()
    explained = explanation_in(words, rule)
    severity = f"{words.ui('severity')} **{words.label(rule.severity)}**"
    facts = [f"`{rule.slug}`", severity, words.ui("since", version=rule.since)]
    if rule.needs_day:
        facts.append(words.ui("needs-day-short"))
    basis = ""
    if rule.basis:
        source = f" ([{words.ui('source')}]({rule.basis.source}))" if rule.basis.source else ""
        basis = f"\n\n**{opened(words.ui('basis'))}.** {rule.basis}{source}"
    examples = "".join(
        f"\n## {opened(words.ui(title))}\n\n```{_language(example)}\n{example}\n```\n"
        for title, example in explained.examples
    )
    says = f"\n{words.label(shown.severity)} {shown.code} {shown.message}" if shown else ""
    hint = f"\n    {words.ui('hint')}: {shown.hint}" if shown and shown.hint else ""
    finding = f"\n```text{says}{hint}\n```\n" if shown else ""
    return (
        f"# {rule.code}: {explained.summary}\n\n{', '.join(facts)}\n\n"
        f"**{opened(words.ui('why'))}.** {opened(explained.why)}{basis}\n{examples}{finding}"
    )


def _language(example: str) -> str:
    """In which language an example is highlighted: registers are JSON, member lists are plain text."""
    return "json5" if example.startswith(("{", "[")) else "text"


def _paragraphs(text: str, width: int | None) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width or 10_000, break_on_hyphens=False)


def _cut(text: str, width: int | None) -> str:
    room = max((width or 10_000) - 18, 1)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
