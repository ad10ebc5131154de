"""What a rule that runs is: one pure function that says what must hold, and everything that explains it."""

from __future__ import annotations

import ast
import functools
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.code import Explained, Explanation
from untoc_network.diagnostics.findings import Basis, Severity
from untoc_network.diagnostics.templates import NONE
from untoc_network.rules.looks import Look

__all__ = ["Check", "Rule", "Violation", "rule", "violation"]


@attrs.frozen
class Violation:
    """What a rule yields: the record, the path within it, and the parameters of the message.

    Parameters may come from public fields only.
    """

    record: Any
    path: tuple[str | int, ...]
    params: dict[str, str | int] = attrs.field(hash=False)
    basis: Basis | None = None


def violation(record: Any, *path: str | int, rests_on: Basis | None = None, **params: str | int) -> Violation:
    """A place in a record where the rule does not hold; `params` fill the rule's message and hint.

    `rests_on` is the fact behind this one finding, where that is more than the rule's own basis; a finding that rests
    on what is only recalled is a warning at most.
    """
    return Violation(record, path, params, rests_on)


Check = Callable[..., "Iterator[Violation] | None"]
"""Called with the records of the rule's class and the `Context`."""


@attrs.frozen(kw_only=True)
class Rule(Explained):
    """A rule that runs, explained by the docstring of its function.

    `on` is the class of record that it looks at, or `Register` for the whole. `message` and `hint` are templates that
    the parameters of a finding fill; in `{problem:phrase}` the parameter is a key of `phrases`, in `{kind:label}` a
    value of an enumeration. A rule with `needs_day` runs only where the day is given; what one that
    `requires_complete` records finds is void where a part of the register is not readable.
    """

    check: Check = attrs.field(repr=False, eq=False)
    on: type[Any] | None
    needs_day: bool = False
    fields: tuple[str, ...] = ()
    """The fields that it is about: it is not called with records that hold nothing in any of them."""
    looks: tuple[Look, ...] | None = attrs.field(default=None, repr=False, eq=False)
    """What it looks at beside its own record: nothing where this is empty. See `rules.looks`; None: it is not said."""

    @property
    def home(self) -> tuple[str, str]:
        """The module and the name of its function, in whose place it stands."""
        return self.check.__module__, self.check.__name__

    @functools.cached_property
    def explanation(self) -> Explanation:
        """The docstring in its four parts; a part that it lacks is empty."""
        statement, *parts = re.split(r"^(Why|Passes|Fails):", _documented(self.check), flags=re.MULTILINE)
        named = dict(zip(parts[::2], parts[1::2], strict=True))
        why, passes, fails = (textwrap.dedent(named.get(name, "")).strip() for name in ("Why", "Passes", "Fails"))
        return Explanation(statement=statement.strip(), why=why, passes=passes, fails=fails)


def _documented(check: Check) -> str:
    """The docstring of a function, out of its source where Python was told to leave docstrings out (`-OO`)."""
    if check.__doc__ is not None:
        return inspect.cleandoc(check.__doc__)
    try:
        (function,) = ast.parse(textwrap.dedent(inspect.getsource(check))).body
    except (OSError, SyntaxError):
        return ""
    return ast.get_docstring(function) or "" if isinstance(function, ast.FunctionDef) else ""


def rule(  # noqa: PLR0913
    code: str,
    *,
    on: type[Any] | None,
    severity: Severity,
    message: str,
    hint: str | None = None,
    basis: Basis | None = None,
    phrases: Mapping[str, str] = NONE,
    needs_day: bool = False,
    requires_complete: bool = False,
    fields: tuple[str, ...] = (),
    looks: tuple[Look, ...] | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function `(records, context)` that yields `violation(...)` for each place where it does not hold.

    The function's name is the fault that it finds; its docstring has four parts: statement, Why, Passes, Fails. A
    rule on `object` that is about a few fields names them in `fields`, and is called only with records that hold
    something there. `looks=()` says that it looks at no record beside the one it judges, which lets streams and
    processes run it on a few records at a time; of a rule that does not say so they keep all records whole.
    """

    def made(check: Check) -> Rule:
        return Rule(
            code=code,
            check=check,
            on=on,
            severity=severity,
            message=message,
            hint=hint,
            basis=basis,
            phrases=phrases,
            needs_day=needs_day,
            requires_complete=requires_complete,
            fields=fields,
            looks=looks,
        )

    return made
