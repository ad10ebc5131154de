"""What stands behind a finding: its code, its words in English, what it rests on, and what explains it.

A `Code` is all of that as data: what a reader, an importer, an export or a merge can say. A rule that runs has the same
and a function (`untoc_network.rules.rule`).
"""

from __future__ import annotations

import abc
import ast
import functools
import importlib
import inspect
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from untoc_network.diagnostics.citations import OWN
from untoc_network.diagnostics.findings import Basis, Certainty, Finding, Location, Severity, sort_params
from untoc_network.diagnostics.shared_methods import SharedMethods
from untoc_network.diagnostics.templates import NO_PHRASES, fill_template

__all__ = [
    "PRIVACY",
    "CatalogueEntry",
    "Code",
    "Explanation",
    "escape_unprintable",
    "flow",
    "mask_key",
    "mask_value",
    "read_docstring",
    "to_message_text",
]

PRIVACY = "PR"
"""The letters that open the codes of all rules on what could expose people."""

MAX_VALUE_LENGTH = 120
"""So many characters of a value stand in a message at the most."""


@attrs.frozen(kw_only=True)
class Explanation(SharedMethods):
    """What must hold, why, and two examples; the examples are documents as text."""

    statement: str
    why: str
    passes: str
    fails: str

    @property
    def examples(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Both examples with their names, laid out for reading where they are JSON that may be laid out anew."""
        return ("passes", _indent_json(self.passes)), ("fails", _indent_json(self.fails))

    @property
    def summary(self) -> str:
        """The statement without its final point."""
        return flow(self.statement).removesuffix(".")


@attrs.frozen(kw_only=True)
class CatalogueEntry(SharedMethods, abc.ABC):
    """What all codes of the catalogue have, whether a reader tells them or a rule that runs.

    `message` and `hint` are templates that the parameters of a finding fill; in `{problem:phrase}` the parameter is a
    key of `phrases`, in `{kind:label}` a value of an enumeration. What `requires_complete` records is void where a part
    of the register is not readable.
    """

    code: str
    severity: Severity
    message: str
    hint: str | None = None
    basis: Basis | None = None
    since: str = "0.1"
    phrases: Mapping[str, str] = attrs.field(default=NO_PHRASES, repr=False, hash=False)
    requires_complete: bool = False

    def __reduce__(self) -> tuple[Callable[[str, str], CatalogueEntry], tuple[str, str]]:
        """As its name in its module."""
        return _import_code, self.home

    @property
    @abc.abstractmethod
    def home(self) -> tuple[str, str]:
        """The module that holds it, and its name there."""

    @property
    def slug(self) -> str:
        """The name of the fault, in words with hyphens."""
        return self.home[1].replace("_", "-")

    @property
    @abc.abstractmethod
    def explanation(self) -> Explanation:
        """What must hold, why, and two examples."""

    @property
    def on(self) -> type[Any] | None:
        """The class of record that it looks at; None for what is told while reading, importing or merging."""
        return None

    @property
    def needs_day(self) -> bool:
        """Whether it can be told only where a day is given."""
        return False

    @property
    def area(self) -> str:
        """The two letters that open its code."""
        return self.code[:2]

    @property
    def cited(self) -> Basis | None:
        """What its findings cite: its basis, unless that is this library's own and says no more than the rule does."""
        return None if self.basis is None or self.basis.document in OWN else self.basis

    @property
    def told_severity(self) -> Severity:
        """How grave its findings are, unless one of them says otherwise."""
        return _soften_if_unsure(self.severity, self.basis)

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
        """A finding of this code at a place, its message filled in.

        `severity` overrides the code's own; `basis` is what this one finding rests on.
        """
        shown_params = {name: _show_param(name, value) for name, value in params.items()}
        return Finding(
            code=self.code,
            slug=self.slug,
            severity=severity or _soften_if_unsure(self.severity, basis or self.basis),
            message=fill_template(self.message, shown_params, phrases=self.phrases),
            hint=fill_template(self.hint, shown_params, phrases=self.phrases) if self.hint else None,
            basis=basis or self.cited,
            subject=subject,
            location=Location(path=map(_mask_path_token, path), line=line, column=column),
            params=sort_params(shown_params),
            from_absence=self.requires_complete,
        )


@attrs.frozen(kw_only=True)
class Code(CatalogueEntry):
    """What a reader, an importer, an export or a merge can say: data, in the `module` that holds it under its slug."""

    module: str = attrs.field(repr=False)
    slug: str
    statement: str = attrs.field(repr=False)
    why: str = attrs.field(repr=False)
    passes: str = attrs.field(repr=False)
    fails: str = attrs.field(repr=False)

    @property
    def home(self) -> tuple[str, str]:
        """The module that holds it, and its name there."""
        return self.module, self.slug.replace("-", "_")

    @property
    def explanation(self) -> Explanation:
        """What must hold, why, and two examples."""
        return Explanation(statement=self.statement, why=self.why, passes=self.passes, fails=self.fails)


def _import_code(module: str, name: str) -> CatalogueEntry:
    named: CatalogueEntry = getattr(importlib.import_module(module), name)
    return named


def _soften_if_unsure(severity: Severity, basis: Basis | None) -> Severity:
    """An error that rests on what was neither read nor follows from what was is a warning."""
    unsure = basis is not None and basis.certainty not in (Certainty.SEEN, Certainty.DERIVED)
    return Severity.WARNING if unsure and severity is Severity.ERROR else severity


def _indent_json(example: str) -> str:
    """The example over several lines, unless it is broken on purpose and would not come out the same."""
    import json

    try:
        document = json.loads(example)
    except ValueError:
        return example
    same = json.dumps(document, ensure_ascii=False) == example
    return json.dumps(document, ensure_ascii=False, indent=2) if same else example


def read_docstring(documented: Callable[..., Any]) -> str:
    """The docstring of a function or class, out of its source where Python was told to leave docstrings out (`-OO`).

    It is empty where there is none, or neither it nor the source is at hand.
    """
    if documented.__doc__ is not None:
        return inspect.cleandoc(documented.__doc__)
    import textwrap

    try:
        (definition,) = ast.parse(textwrap.dedent(inspect.getsource(documented))).body
    except (OSError, SyntaxError):
        return ""
    return ast.get_docstring(definition) or "" if isinstance(definition, (ast.FunctionDef, ast.ClassDef)) else ""


def to_message_text(value: str | int) -> str:
    """A value as a message may show it: on one line, without what could steer a terminal, not too long."""
    text = str(value)
    if len(text) > MAX_VALUE_LENGTH:
        return f"{escape_unprintable(text[:MAX_VALUE_LENGTH])}…"
    return escape_unprintable(text)


def escape_unprintable(text: str) -> str:
    """A text on one line: what is invisible, or could steer a terminal or turn the reading order, is escaped."""
    if text.isprintable():
        return text
    return "".join(letter if _is_printable_letter(letter) else f"\\u{{{ord(letter):x}}}" for letter in text)


def flow(text: str) -> str:
    """The text on one line, with one blank for each line break; spaces that keep words together stay."""
    return _compile(r"[^\S\u00a0\u202f]+").sub(" ", text).strip()


_compile = functools.cache(re.compile)
"""A pattern of this module, when it is needed first: a program whose registers are sound needs none."""


def mask_value(value: str) -> str:
    """A value of a document as a message may show it where another kind of value was due.

    A column slips, and a name, an address or a telephone stands where a code, an id or a day was expected. So only what
    has the form of such a word is shown, and nothing of all else.

    >>> mask_value("ngos"), mask_value("2022-13"), mask_value("Ana Ejemplo"), mask_value("6612-3456")
    ('ngos', '2022-13', '…', '…')
    """
    return value if _compile(_WORD_OF_A_CODE).fullmatch(value) or _compile(_DAY_OR_MOMENT).fullmatch(value) else "…"


_WORD_OF_A_CODE = (
    r"(?:[a-zß-öø-ÿ](?:[a-zß-öø-ÿ0-9]|[-_.](?=[a-z0-9])|\[[a-z0-9_-]{0,40}\])*"
    r"|[A-Z]{1,3}|[A-Z]{2}[0-9]{3}|[0-9A-F]{4}|[a-z]{2}-[A-Z]{2}|-?[0-9]{0,4})"
)
"""A word in small letters with hyphens, such as an id or a choice; a short code in capitals; a short number."""
_DAY_OR_MOMENT = (
    r"[0-9]{4}(?:[-/.][0-9]{1,2}){1,2}(?:[T ][0-9:.]{1,15}(?:Z|[+-][0-9:]{2,6})?(?:\[[A-Za-z_/]{1,40}\])?)?"
    r"|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}|[0-9]{1,2}:[0-9]{2}|[0-9]{4}-W[0-9]{2}(?:-[0-9])?"
)
_GIVEN = frozenset({"value", "field", "code", "target"})
"""Parameters that hold what a document has in the place of something else."""
_WAY_TO_SOMEBODY = r"@|://|(?:[0-9][^A-Za-z]{0,2}){6}"
"""What no header of a column has: where the first row is no header, its cells stand in the place of headers."""


def _show_param(name: str, value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    if name in _GIVEN or (name == "header" and _compile(_WAY_TO_SOMEBODY).search(value)):
        value = mask_value(value)
    return to_message_text(value)


def mask_key(key: str, *, capitals: bool = False) -> str:
    """A key of a document as a message may show it: what does not look like a field's name could be somebody's data.

    With `capitals`, names are in capitals, as in calendars.
    """
    return (
        key
        if _compile(_NAME).fullmatch(key) or (capitals and _compile(_CAPITALS).fullmatch(key))
        else f"[{len(key)} characters]"
    )


_NAME = r"(?:[$_]{0,2}[a-z][A-Za-z0-9_-]{0,39}|[A-Z]{1,3})?"
_CAPITALS = r"[A-Z][A-Z0-9-]{0,39}"


def _mask_path_token(token: str | int) -> str | int:
    return token if isinstance(token, int) else mask_key(token)


def _is_printable_letter(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
