"""Rules for people: the page of one, and the list of all."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping

from untoc_network.findings import Basis, Finding
from untoc_network.rules.rule import Rule

__all__ = ["GROUPINGS", "grouped", "render_explanation", "render_rules", "rule_page"]


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


def render_rules(groups: Mapping[str, Iterable[Rule]], *, width: int | None = 80) -> Iterator[str]:
    """One line a rule, under the titles of the groups."""
    for number, (title, rules) in enumerate(groups.items()):
        if number:
            yield ""
        yield title
        for rule in rules:
            yield f"  {rule.code}  {rule.severity.value:<7}  {_cut(rule.explanation.summary, width)}"


def grouped(rules: Iterable[Rule], by: str, areas: Mapping[str, str]) -> dict[str, list[Rule]]:
    """The rules by `area`, `severity` or `provision`, each under its title; provisions go by their documents."""
    title = _TITLES[by]
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(title(rule, areas), []).append(rule)
    return groups if by == "area" else dict(sorted(groups.items(), key=lambda group: _order(by, group[1][0])))


_TITLES: Mapping[str, Callable[[Rule, Mapping[str, str]], str]] = {
    "area": lambda rule, areas: f"{rule.area}  {areas.get(rule.area, '')}".rstrip(),
    "severity": lambda rule, _: rule.severity.value,
    "provision": lambda rule, _: str(rule.basis or "nothing that it names"),
}
GROUPINGS = tuple(_TITLES)
"""What rules can be grouped by."""


def _order(by: str, rule: Rule) -> tuple[object, ...]:
    """Errors first; provisions by their documents, those of this library last."""
    if by == "severity":
        return (rule.severity.rank,)
    return rule.cited is None, str(rule.basis)


def rule_page(rule: Rule, shown: Finding | None = None) -> str:
    """A rule's page of the documentation, in Markdown; `shown` is the finding on its failing example."""
    explained = rule.explanation
    facts = [f"`{rule.slug}`", f"severity **{rule.severity.value}**", f"since {rule.since}"]
    if rule.needs_day:
        facts.append("needs the day (`on=…`, `--on`)")
    basis = f"\n\n**Basis.** {_cited(rule.basis)}" if rule.basis else ""
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


def _cited(basis: Basis) -> str:
    """A basis in Markdown, with a link to its source where that is a page."""
    source = basis.source or ""
    page = f"../{source.removeprefix('docs/')}" if source.startswith("docs/") else source
    linked = page != source or source.startswith(("http://", "https://"))
    return f"{basis} ([source]({page}))" if linked else f"{basis} ({source})" if source else str(basis)


def _language(example: str) -> str:
    """In which language an example is highlighted: registers are JSON, member lists are plain text."""
    return "json5" if example.startswith(("{", "[")) else "text"


def _paragraphs(text: str, width: int | None) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width or 10_000, break_on_hyphens=False)


def _cut(text: str, width: int | None) -> str:
    room = max((width or 10_000) - 18, 1)
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"
