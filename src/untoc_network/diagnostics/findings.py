"""What every check says: findings, each with its place, and the report that gathers them.

A finding is data, not text: a code, named parameters and a place. The message is the code's English template
filled with the parameters, so that other languages and formats can be made from the same finding.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Protocol

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm, PlainForm
from untoc_network.diagnostics.shared_methods import SharedMethods

__all__ = [
    "Basis",
    "Certainty",
    "Finding",
    "FindingLocator",
    "Location",
    "Report",
    "Severity",
    "escape_token",
    "format_path",
    "from_pointer",
    "sort_params",
    "to_pointer",
]

Path = tuple[str | int, ...]
"""The way into a document or an object: keys and names of fields as text, positions in lists as numbers."""
Params = tuple[tuple[str, str | int], ...]


class Severity(StrEnum):
    """How much a finding matters: an error must be mended, a warning looked at, an info known."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest; sorts errors before warnings before infos."""
        return tuple(Severity).index(self)

    def reaches(self, threshold: Severity) -> bool:
        """Whether this severity is at least as grave as `threshold`."""
        return self.rank <= threshold.rank


class Certainty(StrEnum):
    """How sure a fact is: read in its source, derived from read facts, only recalled, or disputed between sources.

    `partial` is what was read in part: what it rests on says which.
    """

    SEEN = "seen"
    DERIVED = "derived"
    PARTIAL = "partial"
    RECALLED = "recalled"
    DISPUTED = "disputed"

    @classmethod
    def least(cls, certainties: Iterable[Certainty]) -> Certainty:
        """The least certain of some."""
        return max(certainties, key=tuple(cls).index)


@attrs.frozen(kw_only=True)
class Basis(SharedMethods):
    """The provision or document that a rule rests on, where it was read, and how sure that is."""

    document: str
    provision: str | None = None
    source: str | None = None
    certainty: Certainty = Certainty.SEEN

    def no_surer_than(self, *others: Basis | None) -> Basis:
        """The same provision, only as sure as the least certain of itself and of others, as far as there are any."""
        told = (self, *filter(None, others))
        return attrs.evolve(self, certainty=Certainty.least(basis.certainty for basis in told))

    def __str__(self) -> str:
        place = f"{self.document}, {self.provision}" if self.provision else self.document
        return place if self.certainty is Certainty.SEEN else f"{place} ({self.certainty})"


@attrs.frozen(kw_only=True, init=False)
class Location(SharedMethods):
    """Where in the input a finding stands.

    `path` leads into the document, and may be given as the JSON Pointer (RFC 6901) that writes it; `line` and `column`
    count from 1, the column in characters; both are None where the text of the input is not known.
    """

    path: Path = ()
    line: int | None = None
    column: int | None = None
    file: str | None = None

    def __init__(
        self,
        *,
        path: Iterable[str | int] = (),
        line: int | None = None,
        column: int | None = None,
        file: str | None = None,
        pointer: str | None = None,
    ) -> None:
        given = path if pointer is None else from_pointer(pointer)
        self.__attrs_init__(path=tuple(given), line=line, column=column, file=file)

    @property
    def pointer(self) -> str:
        """The path as a JSON Pointer."""
        return to_pointer(self.path)


@attrs.frozen(kw_only=True)
class Finding(SharedMethods, HasPlainForm):
    """One thing that a check has to say about one place."""

    code: str
    slug: str
    severity: Severity
    message: str
    location: Location = Location()
    hint: str | None = None
    basis: Basis | None = None
    subject: str | None = None
    params: Params = ()
    from_absence: bool = False
    """Whether it rests on something *not* being there: it is void where a part of the register could not be read."""

    @property
    def path(self) -> Path:
        """The way into the document, keys and positions."""
        return self.location.path

    @property
    def pointer(self) -> str:
        """JSON Pointer of the place."""
        return self.location.pointer

    @property
    def line(self) -> int | None:
        """Line of the place, from 1, where known."""
        return self.location.line

    @property
    def column(self) -> int | None:
        """Column of the place in characters, from 1, where known."""
        return self.location.column

    @property
    def fingerprint(self) -> str:
        """What stays the same when lines or records move: rule, record, place within it, words; 64 hexadecimal digits.

        A record is known by its id, not by its position. Numbers are left out, since they may count lines or bytes.
        """
        import hashlib
        import json

        place = [str(token) for token in self.path]
        if self.subject:
            place = [*place[:1], self.subject, *place[2:]]
        words = [(name, value) for name, value in self.params if isinstance(value, str)]
        return hashlib.sha256(json.dumps([self.code, place, words]).encode()).hexdigest()

    plain_form = PlainForm(
        "code slug severity message hint basis file=location.file pointer line column subject params",
        left_out=(None,),
        basis=lambda finding: finding.basis and str(finding.basis),
        params=lambda finding: dict(finding.params) or None,
    )

    def with_location(self, **changes: Any) -> Finding:
        """The same finding at another `path`, `line`, `column` or `file`; what is not named stays."""
        return attrs.evolve(self, location=attrs.evolve(self.location, **changes))


class FindingLocator(Protocol):
    """Knows the text that a register was read from, so that later findings can be given their place in it."""

    def locate(self, finding: Finding) -> Finding | None:
        """The finding with line and column, or None where it merely follows from an earlier one."""

    def without_text(self) -> FindingLocator:
        """One that answers alike and knows the places alone, not the text: what a pickled report carries."""


def _find_place(finding: Finding) -> tuple[str, int, int]:
    place = finding.location
    return place.file or "", place.line or 0, place.column or 0


def _make_key_at_place(finding: Finding) -> tuple[object, ...]:
    return tuple((isinstance(token, int), token) for token in finding.location.path), finding.code, finding.message


def _sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by place; path, code and message, which take longer to compare, only where several are at one."""
    ordered: list[Finding] = []
    for _, here in itertools.groupby(sorted(findings, key=_find_place), _find_place):
        first, *others = here
        ordered += sorted((first, *others), key=_make_key_at_place) if others else (first,)
    return tuple(ordered)


@attrs.frozen(eq=False, repr=False)
class Report(HasPlainForm):
    """The findings of one or more checks, ordered by place.

    Iterating gives the findings. `ok` tells whether there is no error. `merge` adds what another check found on the
    same register: where this report came from reading a file, the added findings get their line and column, and
    those that merely follow from what could not be read are held back. `not_run` has the codes of rules that were
    chosen and did not run, since no day was given: that they found nothing says nothing.
    """

    findings: tuple[Finding, ...] = attrs.field(default=(), converter=_sort_findings)
    origin: FindingLocator | None = None
    not_run: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __eq__(self, other: object) -> bool:
        return self.findings == other.findings if isinstance(other, Report) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.findings)

    def __repr__(self) -> str:
        return f"<Report: {', '.join(f'{number} {severity}' for severity, number in self.counts().items())}>"

    def __getstate__(self) -> tuple[tuple[Finding, ...], FindingLocator | None, tuple[str, ...]]:
        """The findings, and where later ones stand in the text, which is worked out now and holds no word of it."""
        return self.findings, None if self.origin is None else self.origin.without_text(), self.not_run

    def __setstate__(self, state: tuple[tuple[Finding, ...], FindingLocator | None, tuple[str, ...]]) -> None:
        for name, value in zip(("findings", "origin", "not_run"), state, strict=True):
            object.__setattr__(self, name, value)

    def __deepcopy__(self, _memo: object) -> Report:
        return self

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings of severity error."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """True where nothing is an error."""
        return not self.errors

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, gravest first, zeros included."""
        return {severity: sum(finding.severity is severity for finding in self.findings) for severity in Severity}

    def reaches(self, threshold: Severity) -> bool:
        """Whether any finding is at least as grave as `threshold`."""
        return any(finding.severity.reaches(threshold) for finding in self.findings)

    def merge(self, *others: Report) -> Report:
        """This report and the others as one; findings without a line get theirs in the text that this one read."""
        if not all(isinstance(other, Report) for other in others):
            from untoc_network.diagnostics.errors import ImpossibleValue  # which knows reports

            raise ImpossibleValue("others: each must be a Report")
        added = (
            found if found.line is not None else self._locate_finding(found) for other in others for found in other
        )
        findings = (*self.findings, *(found for found in added if found is not None))
        return Report(findings, self.origin, tuple(sorted({code for one in (self, *others) for code in one.not_run})))

    def _locate_finding(self, finding: Finding) -> Finding | None:
        return finding if self.origin is None else self.origin.locate(finding)

    plain_form = PlainForm(
        "ok counts findings not_run", left_out=(None,), counts=counts, not_run=lambda report: report.not_run or None
    )


def escape_token(token: str | int) -> str:
    """One reference token of a JSON Pointer, escaped as RFC 6901 asks."""
    return str(token).replace("~", "~0").replace("/", "~1")


def to_pointer(path: Iterable[str | int]) -> str:
    """The JSON Pointer of a path of keys and positions; the empty text is the whole document."""
    return "".join(f"/{escape_token(token)}" for token in path)


def from_pointer(pointer: str) -> Path:
    """The path that a JSON Pointer writes, with positions in lists as numbers."""
    tokens = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
    return tuple(int(token) if _POSITION.fullmatch(token) else token for token in tokens)


def format_path(path: Iterable[str | int]) -> str:
    """A path as people write it: `events[1].counts[0].unit`."""
    return "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")


_POSITION = re.compile(r"0|[1-9][0-9]{0,9}")


def sort_params(values: Mapping[str, str | int]) -> Params:
    """Named parameters in one stable order."""
    return tuple(sorted(values.items()))
