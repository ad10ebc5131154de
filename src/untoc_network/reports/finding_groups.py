"""Findings of one kind together, for people: what many places share is told once, and what to do first.

A kind is a rule, of one gravity, and what its phrases and the column are: whatever is mended in one go. A report keeps
every finding, and what programs read has each; only text, Markdown and pages tell them in groups.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

import attrs

from untoc_network.diagnostics.findings import Finding, Params, Report, Severity
from untoc_network.i18n.language_words import Words

__all__ = ["MOST_PLACES", "FindingGroup", "group_findings", "list_first_steps", "split_groups"]

MOST_PLACES = 5
"""Places of one kind that are told one by one; of more, so many are told and the others counted."""
_MOST_STEPS = 5
_OF_KIND = frozenset(
    ("doubt", "expected", "guess", "header", "letters", "object", "problem", "reason", "remedy", "wanted", "what")
)
"""Parameters that say what kind of fault it is, or name its column; the others tell one place from another."""
_OF_PLACE = frozenset(("cell", "cells", "place", "row"))
"""Parameters that repeat where a finding stands."""


@attrs.frozen
class FindingGroup:
    """Findings of one kind, in the order of their places."""

    findings: Sequence[Finding]

    @property
    def severity(self) -> Severity:
        """How grave each of them is."""
        return self.findings[0].severity

    @property
    def is_alike(self) -> bool:
        """Whether they say the same, each of its place."""
        said = _drop_place(self.findings[0])
        return all(_drop_place(finding) == said for finding in self.findings)

    @property
    def cells(self) -> int:
        """The cells that they are about, where they are about whole columns; else 0."""
        numbers = [dict(finding.params).get("cells") for finding in self.findings if _find_column(finding)]
        return sum(number for number in numbers if isinstance(number, int))

    @property
    def weight(self) -> int:
        """How many places are mended with them."""
        return max(len(self.findings), self.cells)

    def pick_examples(self) -> Sequence[Finding]:
        """As many as are told one by one, with as many different words as there are, in the order of their places."""
        by_words: dict[object, int] = {}
        for at, finding in enumerate(self.findings):
            by_words.setdefault(_drop_place(finding), at)
            if len(by_words) == MOST_PLACES:
                break
        picked = dict.fromkeys((*by_words.values(), *range(min(len(self.findings), MOST_PLACES))))
        return [self.findings[at] for at in sorted(itertools.islice(picked, MOST_PLACES))]


def _find_column(finding: Finding) -> str | int | None:
    """The header or the letters of the column that it is about."""
    params = dict(finding.params)
    return params.get("header", params.get("letters"))


def _drop_place(finding: Finding) -> tuple[Params | str, str | None]:
    """What a finding says apart from its place."""
    params = tuple((name, value) for name, value in finding.params if name not in _OF_PLACE)
    return (params if finding.params else finding.message), finding.hint


def _find_kind(finding: Finding) -> tuple[Severity, str, Params]:
    """What is the same of all findings of a group."""
    kind = tuple((name, value) for name, value in finding.params if name in _OF_KIND)
    return finding.severity, finding.code, kind


def group_findings(findings: Iterable[Finding]) -> list[FindingGroup]:
    """The findings by their kind, each kind where its first place is."""
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(_find_kind(finding), []).append(finding)
    return [FindingGroup(group) for group in groups.values()]


def split_groups(
    findings: Iterable[Finding],
    *,
    all: bool = False,  # noqa: A002 - as the option is called
) -> tuple[list[FindingGroup], Iterator[Finding]]:
    """The kinds that have more places than are told one by one, gravest first, and the findings of the others.

    With `all` there are no such kinds: each finding is told.
    """
    if all:
        return [], iter(findings)
    held = [*findings]
    large = [group for group in group_findings(held) if len(group.findings) > MOST_PLACES]
    kinds = {_find_kind(group.findings[0]) for group in large}
    others = (finding for finding in held if _find_kind(finding) not in kinds)
    return sorted(large, key=lambda group: group.severity.rank), others


def list_first_steps(report: Report, words: Words) -> Iterator[str]:
    """What to do first, in a line each: errors, then what mends most places; nothing where a glance shows it all."""
    every = group_findings(report)
    if sum(group.weight for group in every) <= MOST_PLACES:
        return
    groups = [group for group in every if group.severity is Severity.ERROR or group.weight > 1]
    groups.sort(key=lambda group: (group.severity is not Severity.ERROR, -group.weight, group.severity.rank))
    for group in groups[:_MOST_STEPS]:
        yield _describe_step(group, words)


def _describe_step(group: FindingGroup, words: Words) -> str:
    first = group.findings[0]
    column = _find_column(first)
    place = words.label(group.severity) if column is None else words.ui("of-column", column=column)
    number = words.ui("cells", number=group.cells) if group.cells else words.ui("places", number=len(group.findings))
    is_one_hint = all(finding.hint == first.hint for finding in group.findings)
    told = (first.hint if is_one_hint else None) or (first.message if group.is_alike else f"{first.message} …")
    return f"{place} ({number}){words.colon} {told} [{first.code}]"
