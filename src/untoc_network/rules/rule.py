"""What a rule is: one pure function that says what must hold, and everything that explains it."""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.findings import Basis, Certainty, Finding, Location, Severity, params_of, pointer_to
from untoc_network.i18n.templates import NONE, fill
from untoc_network.rules.citations import OWN

__all__ = ["Check", "Explanation", "Found", "Rule", "found", "printable", "reader_rule", "rule", "shown", "shown_key"]

LONGEST_SHOWN = 120
"""So many characters of a value stand in a message at the most."""


@attrs.frozen
class Found:
    """What a rule yields: the record, the path within it, and the parameters of the message.

    Parameters may come from public fields only.
    """

    record: Any
    path: tuple[str | int, ...]
    params: dict[str, str | int] = attrs.field(hash=False)
    basis: Basis | None = None


def found(record: Any, *path: str | int, rests_on: Basis | None = None, **params: str | int) -> Found:
    """A place in a record where the rule does not hold; `params` fill the rule's message and hint.

    `rests_on` is the fact behind this one finding, where that is more than the rule's own basis; a finding that rests
    on what is only recalled is a warning at most.
    """
    return Found(record, path, params, rests_on)


Check = Callable[..., "Iterator[Found] | None"]
"""Called with the records of the rule's class and the `Context`. What readers hold has no records to be called with."""


@attrs.frozen(kw_only=True)
class Explanation:
    """A rule's docstring in its four parts; the examples are documents as JSON text."""

    statement: str
    why: str
    passes: str
    fails: str

    @property
    def examples(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Both examples with their names, laid out for reading where they are JSON that may be laid out anew."""
        return ("passes", _laid_out(self.passes)), ("fails", _laid_out(self.fails))

    @property
    def summary(self) -> str:
        """The statement without its final point."""
        return " ".join(self.statement.split()).removesuffix(".")


@attrs.frozen(kw_only=True)
class Rule:
    """One rule of the catalogue.

    `on` is the class of record that it looks at, or `Register` for the whole; None for what the readers hold while
    they read. `says` and `hint` are templates that the parameters of a finding fill; in `{problem:phrase}` the
    parameter is a key of `phrases`, in `{kind:label}` a value of an enumeration. A rule with `needs_day` runs
    only where the day is given; one that judges `by_absence` is void where a part of the register is not readable.
    """

    code: str
    check: Check = attrs.field(repr=False, eq=False)
    on: type[Any] | None
    severity: Severity
    says: str
    hint: str | None = None
    basis: Basis | None = None
    since: str = "0.1"
    phrases: Mapping[str, str] = attrs.field(default=NONE, repr=False, hash=False)
    needs_day: bool = False
    by_absence: bool = False
    holding: tuple[str, ...] = ()
    """The fields that it is about: it is not called with records that hold nothing in any of them."""

    def __reduce__(self) -> tuple[Callable[[str, str], Rule], tuple[str, str]]:
        """As the name in its module, where rules stand in the place of their functions."""
        return _rule_named, (self.check.__module__, self.check.__name__)

    @property
    def slug(self) -> str:
        """The truth that the rule asserts, as its function is named."""
        return self.check.__name__.replace("_", "-")

    @property
    def area(self) -> str:
        """The two letters that open its code."""
        return self.code[:2]

    @property
    def cited(self) -> Basis | None:
        """What its findings cite: its basis, unless that is this library's own and says no more than the rule does."""
        return None if self.basis is None or self.basis.document in OWN else self.basis

    @functools.cached_property
    def explanation(self) -> Explanation:
        """The docstring in its four parts; a part that it lacks is empty."""
        statement, *parts = re.split(
            r"^(Why|Passes|Fails):", inspect.cleandoc(self.check.__doc__ or ""), flags=re.MULTILINE
        )
        named = dict(zip(parts[::2], parts[1::2], strict=True))
        why, passes, fails = (textwrap.dedent(named.get(name, "")).strip() for name in ("Why", "Passes", "Fails"))
        return Explanation(statement=statement.strip(), why=why, passes=passes, fails=fails)

    def finding(  # noqa: PLR0913
        self,
        path: Iterable[str | int],
        params: Mapping[str, str | int],
        *,
        line: int | None = None,
        column: int | None = None,
        subject: str | None = None,
        severity: Severity | None = None,
        basis: Basis | None = None,
    ) -> Finding:
        """A finding of this rule at a place, its message filled in.

        `severity` overrides the rule's own; `basis` is what this one finding rests on.
        """
        shown_params = {name: value if isinstance(value, int) else shown(value) for name, value in params.items()}
        return Finding(
            code=self.code,
            slug=self.slug,
            severity=severity or _at_most(self.severity, basis or self.basis),
            message=fill(self.says, shown_params, phrases=self.phrases),
            hint=fill(self.hint, shown_params, phrases=self.phrases) if self.hint else None,
            basis=basis or self.cited,
            subject=subject,
            location=Location(pointer=pointer_to(map(_shown_token, path)), line=line, column=column),
            params=params_of(shown_params),
            from_absence=self.by_absence,
        )


def _rule_named(module: str, name: str) -> Rule:
    named = getattr(importlib.import_module(module), name)
    assert isinstance(named, Rule)
    return named


def _at_most(severity: Severity, basis: Basis | None) -> Severity:
    """An error that rests on what is only recalled is a warning."""
    recalled = basis is not None and basis.certainty is Certainty.RECALLED
    return Severity.WARNING if recalled and severity is Severity.ERROR else severity


def _laid_out(example: str) -> str:
    """The example over several lines, unless it is broken on purpose and would not come out the same."""
    try:
        document = json.loads(example)
    except ValueError:
        return example
    same = json.dumps(document, ensure_ascii=False) == example
    return json.dumps(document, ensure_ascii=False, indent=2) if same else example


def rule(  # noqa: PLR0913
    code: str,
    *,
    on: type[Any] | None,
    severity: Severity,
    says: str,
    hint: str | None = None,
    basis: Basis | None = None,
    phrases: Mapping[str, str] = NONE,
    needs_day: bool = False,
    by_absence: bool = False,
    holding: tuple[str, ...] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function `(records, context)` that yields `found(...)` for each place where it does not hold.

    The function's name is the truth that it asserts; its docstring has four parts: statement, Why, Passes, Fails. A
    rule on `object` that is about a few fields names them in `holding`, and is called only with records that hold
    something there.
    """

    def made(check: Check) -> Rule:
        return Rule(
            code=code,
            check=check,
            on=on,
            severity=severity,
            says=says,
            hint=hint,
            basis=basis,
            phrases=phrases,
            needs_day=needs_day,
            by_absence=by_absence,
            holding=holding,
        )

    return made


def reader_rule(  # noqa: PLR0913
    code: str,
    *,
    severity: Severity = Severity.ERROR,
    says: str,
    hint: str | None = None,
    phrases: Mapping[str, str] = NONE,
    basis: Basis | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule that readers hold while they read: a function without a body, for its name and docstring."""
    return rule(code, on=None, severity=severity, says=says, hint=hint, phrases=phrases, basis=basis)


def shown(value: str | int) -> str:
    """A value as a message may show it: on one line, without what could steer a terminal, not too long."""
    text = printable(str(value)[:LONGEST_SHOWN])
    return text if len(str(value)) <= LONGEST_SHOWN else f"{text}…"


def printable(text: str) -> str:
    """A text on one line: what is invisible, or could steer a terminal or turn the reading order, is escaped."""
    if text.isprintable():
        return text
    return "".join(letter if _is_plain(letter) else f"\\u{{{ord(letter):x}}}" for letter in text)


def shown_key(key: str) -> str:
    """A key of a document as a message may show it: what does not look like a field's name could be somebody's data."""
    return key if _NAME.fullmatch(key) else f"[{len(key)} characters]"


_NAME = re.compile(r"(?:[$_]{0,2}[A-Za-z][A-Za-z0-9_-]{0,39})?")


def _shown_token(token: str | int) -> str | int:
    return token if isinstance(token, int) else shown_key(token)


def _is_plain(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
