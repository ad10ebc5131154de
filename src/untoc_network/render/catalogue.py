"""Rules for people: the page of one, and the list of all."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from untoc_network.findings import Finding
from untoc_network.rules.rule import Rule

__all__ = ["render_explanation", "render_rules", "rule_page"]


def render_explanation(rule: Rule, *, width: int | None = 80) -> Iterator[str]:
    """What a rule says and why, with an example that passes and one that fails."""
    explained = rule.explanation
    yield f"{rule.code} {rule.slug} ({rule.severity.value}, since {rule.since})"
    yield ""
    yield from _paragraphs(explained.statement, width)
    yield ""
    yield from _paragraphs(f"Why: {explained.why}", width)
    if rule.basis:
        yield ""
        yield from _paragraphs(f"Basis: {rule.basis}", width)
        if rule.basis.source:
            yield f"       {rule.basis.source}"
    if rule.needs_day:
        yield ""
        yield from _paragraphs("Runs only where the day is given (on=…, --on).", width)
    for title, example in explained.examples:
        yield ""
        yield f"{title}:"
        yield textwrap.indent(example, "    ")


def render_rules(rules: Iterable[Rule], areas: dict[str, str], *, width: int | None = 80) -> Iterator[str]:
    """One line a rule, by area."""
    area = None
    for rule in rules:
        if rule.area != area:
            if area is not None:
                yield ""
            area = rule.area
            yield f"{area}  {areas.get(area, '')}".rstrip()
        yield f"  {rule.code}  {rule.severity.value:<7}  {_cut(rule.explanation.summary, width)}"


def rule_page(rule: Rule, shown: Finding | None = None) -> str:
    """A rule's page of the documentation, in Markdown; `shown` is the finding on its failing example."""
    explained = rule.explanation
    facts = [f"`{rule.slug}`", f"severity **{rule.severity.value}**", f"since {rule.since}"]
    if rule.needs_day:
        facts.append("needs the day (`on=…`, `--on`)")
    basis = ""
    if rule.basis:
        source = f" ([source]({rule.basis.source}))" if rule.basis.source else ""
        basis = f"\n\n**Basis.** {rule.basis}{source}"
    examples = "".join(
        f"\n## {title}\n\n```{_language(example)}\n{example}\n```\n" for title, example in explained.examples
    )
    says = f"\n{shown.severity.value} {shown.code} {shown.message}" if shown else ""
    hint = f"\n    hint: {shown.hint}" if shown and shown.hint else ""
    finding = f"\n```text{says}{hint}\n```\n" if shown else ""
    return (
        f"# {rule.code}: {explained.summary}\n\n{', '.join(facts)}\n\n"
        f"**Why.** {explained.why[:1].upper()}{explained.why[1:]}{basis}\n{examples}{finding}"
    )


def _language(example: str) -> str:
    """In which language an example is highlighted: registers are JSON, member lists are plain text."""
    return "json5" if example.startswith(("{", "[")) else "text"


def _paragraphs(text: str, width: int | None) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width or 10_000, break_on_hyphens=False)


def _cut(text: str, width: int | None) -> str:
    room = max((width or 10_000) - 18, 1)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
