"""Which rules run, and how grave each is: a value, never a global."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from importlib import metadata

import attrs

from untoc_network.diagnostics.code import Explained
from untoc_network.diagnostics.errors import UnknownRule
from untoc_network.diagnostics.findings import Severity
from untoc_network.rules.presets import PRESETS

__all__ = ["RuleSet"]


def _by_code(rules: Iterable[Explained]) -> tuple[Explained, ...]:
    ordered = tuple(sorted(rules, key=lambda rule: rule.code))
    for before, after in itertools.pairwise(ordered):
        if before.code == after.code:
            raise UnknownRule(f"two rules have the code {before.code}; choose another for your own")
    return ordered


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    return (codes,) if isinstance(codes, str) else tuple(codes)


@attrs.frozen(kw_only=True)
class RuleSet:
    """Rules, a selection among them and their severities.

    `select` and `ignore` name codes or the beginnings of codes (`EV`, `EV0`, `EV012`); an empty `select` means all.
    What is ignored does not run. `severities` overrides by whole codes. What matches no rule raises `UnknownRule`.
    """

    rules: tuple[Explained, ...] = attrs.field(converter=_by_code)
    select: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=_codes)
    severities: Mapping[str, Severity] = attrs.field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        codes = {rule.code for rule in self.rules}
        for code in self.severities:
            if code not in codes:
                raise UnknownRule(f"no rule has the code {code!r}, whose severity is to be another")
        for wanted in (*self.select, *self.ignore):
            if not wanted or not any(rule.code.startswith(wanted) for rule in self.rules):
                areas = ", ".join(sorted({rule.area for rule in self.rules}))
                raise UnknownRule(f"no rule has a code that begins with {wanted!r}; the areas are {areas}")

    @classmethod
    def default(cls) -> RuleSet:
        """The whole catalogue with its own severities."""
        from untoc_network.rules.catalogue import catalogue

        return cls(rules=catalogue())

    @classmethod
    def named(cls, purpose: str) -> RuleSet:
        """The rule set for a purpose: `default`, `strict`, `lenient`, `privacy` or `mechanism`. Raises `UnknownRule`."""
        chosen = PRESETS.get(purpose)
        if chosen is None:
            raise UnknownRule(f"there is no rule set {purpose!r}; there are: {', '.join(PRESETS)}")
        rules = cls.default().rules
        severities = {rule.code: severity for rule in rules if (severity := chosen.severity_of(rule)) is not None}
        return cls(rules=rules, select=chosen.select, ignore=chosen.ignore, severities=severities)

    def with_installed(self) -> RuleSet:
        """These rules, and those that installed packages offer under the entry point `untoc_network.rules`.

        An entry point names a rule or a collection of rules; nothing is loaded before it is asked for. Raises
        `UnknownRule` where it names something else, or a code that is taken.
        """
        offered = (entry.load() for entry in metadata.entry_points(group="untoc_network.rules"))
        rules = [rule for offer in offered for rule in ((offer,) if isinstance(offer, Explained) else offer)]
        strange = [type(rule).__name__ for rule in rules if not isinstance(rule, Explained)]
        if strange:
            raise UnknownRule(f"an entry point of untoc_network.rules offers a {strange[0]}, and a rule is due")
        return self.with_rules(*rules)

    @property
    def active(self) -> tuple[Explained, ...]:
        """The rules that run, in the order of their codes."""
        return tuple(rule for rule in self.rules if self.runs(rule.code))

    def runs(self, code: str) -> bool:
        """Whether a rule of that code runs."""
        chosen = not self.select or code.startswith(self.select)
        return chosen and not code.startswith(self.ignore)

    def choosing(self, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> RuleSet:
        """The same rules, of which only these run: `select` replaces the selection, `ignore` adds to what is ignored."""
        return attrs.evolve(self, select=_codes(select) or self.select, ignore=(*self.ignore, *_codes(ignore)))

    def with_rules(self, *rules: Explained) -> RuleSet:
        """These rules too: your own. Raises `UnknownRule` where a code is taken."""
        return attrs.evolve(self, rules=(*self.rules, *rules))

    def with_severities(self, severities: Mapping[str, Severity | str]) -> RuleSet:
        """The same rules with other severities by code."""
        chosen = {code: Severity(severity) for code, severity in severities.items()}
        return attrs.evolve(self, severities={**self.severities, **chosen})
