"""Verifying a record: its form, its seed, its parts, each rule, and every lot computed again."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from untoc_network import reference
from untoc_network.diagnostics.errors import InfeasibleDraw
from untoc_network.diagnostics.findings import Basis, Finding, Location, Report, Severity
from untoc_network.diagnostics.object_to_dict import to_dict
from untoc_network.diagnostics.templates import with_count
from untoc_network_lots.codes import SLUGS
from untoc_network_lots.draw_difference import difference
from untoc_network_lots.draw_procedure import draw
from untoc_network_lots.draw_record import FORMAT, DrawRecord, list_input_parts, mark_input_parts
from untoc_network_lots.outcome_rules import DrawViolation, violations
from untoc_network_lots.randomness import Seed, commitment, seed_of
from untoc_network_lots.record_reader import Path, Problems, from_plain

__all__ = ["NOT_A_RECORD", "to_finding", "verify"]

NOT_A_RECORD = "LT020"
"""The code of findings that say that a document is no record of a draw."""

_MOST_DIFFERENCES = 25
_OUTSIDE_THE_TABLE = {"exclusion": "LT013", "kept": "LT014"}


def verify(
    record: DrawRecord | Mapping[str, Any],
    *,
    digest: str | None = None,
    commitments: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Report:
    """Check a record from the ground up; where it was changed, the findings say where. Never raises on content.

    The seed must come from the contributions and these from their commitments, every part of the inputs must have its
    mark, the outcome must keep each rule, and every lot, computed again from seed and inputs, must be the same. A
    record that somebody made anew as a whole is sound in itself: give the `digest` that was published with the draw,
    and the `commitments`, by name, that were published before it. Where all of that holds, a single contributor, an
    empty secret and names that look alike are warnings.
    """
    document = to_dict(record) if isinstance(record, DrawRecord) else record
    problems: Problems = []
    read = from_plain(DrawRecord, document, (), problems)
    if read is None or read.format != FORMAT:
        problems = problems or [(("format",), f"expected the format {FORMAT}")]
        return Report(tuple(_make_finding(NOT_A_RECORD, path, words) for path, words in problems))
    found = [*_check_seed(read.seed), *_check_inputs(document, read)]
    if commitments is not None:
        found += _check_commitments(read.seed, commitments)
    if not found:
        found += _check_lots(document, read, progress)
    found += map(to_finding, violations(read.inputs, read.reviews))
    if digest is not None and digest != read.digest:
        found.append(_make_finding("LT024", ("digest",), f"the digest is not the published one, {digest}"))
    return Report(tuple(found or _warn_of_seed(read.seed)))


def to_finding(violation: DrawViolation) -> Finding:
    """A broken rule as a finding, resting on its row of the table `lot_rules`."""
    number = violation.rule.removeprefix("L")
    code = _OUTSIDE_THE_TABLE.get(violation.rule) or f"LT{int(number):03}"
    row = next((row for row in reference.table("lot_rules") if row.rule == violation.rule), None)
    basis = row and row.basis("drawing of lots", f"rule {row.rule}")
    return _make_finding(code, violation.place, violation.words, basis=basis, subject=violation.state or None)


def _make_finding(  # noqa: PLR0913
    code: str,
    path: Path,
    words: str,
    *,
    severity: Severity = Severity.ERROR,
    basis: Basis | None = None,
    subject: str | None = None,
) -> Finding:
    return Finding(
        code=code,
        slug=SLUGS[code],
        severity=severity,
        message=_escape_words(words),
        location=Location(path=path),
        basis=basis,
        subject=subject,
    )


def _check_seed(seed: Seed) -> Iterator[Finding]:
    for at, one in enumerate(seed.contributions):
        if one.commitment != commitment(one.name, one.secret):
            words = f"the secret of {one.name} is not the one it was committed to"
            yield _make_finding("LT021", ("seed", "contributions", at), words)
    secrets = {one.name: one.secret for one in seed.contributions}
    if not secrets or seed != seed_of(secrets):
        yield _make_finding("LT021", ("seed",), "the seed is not the one that the contributions give")


def _check_commitments(seed: Seed, published: Mapping[str, str]) -> Iterator[Finding]:
    """Whether the same participants committed to the same as was published before."""
    stated = {one.name: (at, one.commitment) for at, one in enumerate(seed.contributions)}
    for name in sorted(stated.keys() | published.keys()):
        at, given = stated.get(name, (None, None))
        if given is None:
            words = f"{name} published a commitment and contributes nothing"
        elif name not in published:
            words = f"{name} published no commitment"
        elif given != published[name]:
            words = f"the commitment of {name} is not the published one"
        else:
            continue
        yield _make_finding("LT027", ("seed", "contributions", *(() if at is None else (at,))), words)


def _warn_of_seed(seed: Seed) -> Iterator[Finding]:
    """What is sound and still lets somebody choose: one contributor, no secret, names that look alike."""
    place: Path = ("seed", "contributions")
    if len(seed.contributions) == 1:
        words = (
            f"{seed.contributions[0].name} contributes alone, and could have tried secrets until the draw was as wanted"
        )
        yield _make_finding("LT025", place, words, severity=Severity.WARNING)
    alike: dict[str, str] = {}
    for at, one in enumerate(seed.contributions):
        if not one.secret.strip():
            words = f"the secret of {one.name} is empty, which its commitment tells everybody"
            yield _make_finding("LT025", (*place, at), words, severity=Severity.WARNING)
        first = alike.setdefault(_fold_look(one.name), one.name)
        if first != one.name:
            words = f"the names {first} and {one.name} look alike, and may be of one contributor"
            yield _make_finding("LT026", (*place, at), words, severity=Severity.WARNING)


_LOOKS = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u043a\u043c\u0442\u0432\u043d"
    "\u03b1\u03bf\u03bd\u03c4\u03c1\u03b9\u03ba\u01310185i",
    "aeopcyxljsdhkmtbhaovtplklolbsl",
)
"""Letters of other scripts, and digits, with what they look like."""


def _fold_look(name: str) -> str:
    """A name as it looks at a glance: without case, accents, blanks and signs, and in one script."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()).translate(_LOOKS)
    return "".join(letter for letter in plain if letter.isalnum()) or name


def _check_inputs(document: Mapping[str, Any], read: DrawRecord) -> Iterator[Finding]:
    parts = list_input_parts(document["inputs"])
    marks = mark_input_parts(document["inputs"])
    if len(marks) != len(read.marks):
        yield _make_finding(
            "LT022", ("marks",), f"there are {len(read.marks)} marks for {len(marks)} parts of the inputs"
        )
        return
    for (path, _), mark, stated in zip(parts, marks, read.marks, strict=True):
        if mark != stated:
            yield _make_finding(
                "LT022", ("inputs", *path), "the inputs here, or their mark, were changed after the draw"
            )


def _check_lots(document: Any, read: DrawRecord, progress: Callable[[int, int], None] | None) -> Iterator[Finding]:
    try:
        again = to_dict(draw(read.inputs, seed=read.seed, progress=progress))
    except InfeasibleDraw as error:
        yield _make_finding("LT023", (), f"seed and inputs give no draw: {error}")
        return
    differing = list(difference(document, again))
    for path, stated, given in differing[:_MOST_DIFFERENCES]:
        yield _make_finding("LT023", path, f"the record states {stated}, but seed and inputs give {given}")
    if len(differing) > _MOST_DIFFERENCES:
        more = f"the record differs in {with_count(len(differing) - _MOST_DIFFERENCES, 'place|places')} more"
        yield _make_finding("LT023", (), more)


def _escape_words(words: str) -> str:
    """Words as a terminal may show them: a record from elsewhere can hold any letters."""
    return "".join(letter if letter.isprintable() else f"\\u{{{ord(letter):x}}}" for letter in words)
