"""Write `tests/rules/neighbours.txt`: what each rule finds in its examples, and in what lies one change beside them.

    python tools/build_neighbours.py          # write the file
    python tools/build_neighbours.py AC002    # print every reaction of this rule, with the places of its findings

For every example of a rule that judges registers, and every further case in `cases.toml`, each change is made alone: a
field left out, an element taken away, a bare one put before it, a day moved by one or known to the year only, another
member of an enumeration, another id or country, a number one more or less. A reaction is a change after which the rule
finds another number of things than in the example itself.

The file has a line for each case in which something is found or may be: what is found there, at changes of which fields
more or fewer is found, how many reactions there are, and a digest of all of them, so that none changes unnoticed. It is
all that a changed rule costs beside the rule and its texts. A test holds file and rules together; read the
difference before you commit it, and where only a digest changed, print the reactions before and after.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import attrs

import untoc_network as un
from untoc_network.diagnostics.code import CatalogueEntry
from untoc_network.diagnostics.codes import checks
from untoc_network.diagnostics.findings import to_pointer
from untoc_network.model.record import SourcedRecord
from untoc_network.model.register import COLLECTIONS
from untoc_network.rules.catalogue import catalogue
from untoc_network.values.dates import PartialDate
from untoc_network.values.fields import FieldShape, fields_of, nested_class
from untoc_network.values.sources_and_claims import Blank, BlankReason

NEIGHBOURS = Path(__file__).resolve().parent.parent / "tests" / "rules" / "neighbours.txt"
CASES = NEIGHBOURS.with_name("cases.toml")
ON = "2026-11-24"

Path_ = tuple[str | int, ...]
Neighbour = tuple[Path_, str, Any]
"""Where something is changed, what the change is, and the thing as changed."""


def neighbours(register: un.Register) -> Iterator[Neighbour]:
    """Every register that is one change beside this one."""
    others = {record.id for record in register} | {"nowhere"}
    countries = set(_countries(register)) | {"XY"}
    for name in (*COLLECTIONS, "redirects"):
        records = getattr(register, name)
        for path, what, changed in _of_many(records, {"id": others, "country": countries}):
            yield (name, *path), what, attrs.evolve(register, **{name: changed})


def _of_many(held: tuple[Any, ...], known: Any) -> Iterator[Neighbour]:
    for place, one in enumerate(held):
        before, after = held[:place], held[place + 1 :]
        yield (place,), "absent", before + after
        if attrs.has(type(one)):
            yield from (((place,), "bare before", (*before, bare, *held[place:])) for bare in _bare(one))
            yield (place,), "twice", (*held, one)
        for path, what, changed in _of_one(one, known):
            yield (place, *path), what, (*before, changed, *after)


def _bare(one: Any) -> Iterator[Any]:
    """The same with nothing but what it must have, under an id that sorts before."""
    needed = {shape.name: getattr(one, shape.name) for shape in fields_of(type(one)) if shape.required}
    named = {name: f"0-{needed[name]}" for name in ("id", "key") if name in needed}
    yield from _made(lambda: type(one)(**(needed | named)))


def _of_one(value: Any, known: Any) -> Iterator[Neighbour]:
    if attrs.has(type(value)):
        for shape in fields_of(type(value)):
            if shape.name != "id":
                yield from _of_field(value, shape, known)
    else:
        yield from (((), what, other) for what, other in _instead(value, known))


def _of_field(owner: Any, shape: FieldShape, known: Any) -> Iterator[Neighbour]:
    value = getattr(owner, shape.name)
    if value is None or value == ():
        return
    if not shape.required and not isinstance(value, bool):
        nothing = () if shape.many else None
        yield from _evolved(owner, shape, ((), "absent", nothing))
        if isinstance(owner, SourcedRecord):
            blank = Blank(field=shape.name, reason=BlankReason.UNKNOWN)
            open_about_it = {shape.name: nothing, "blanks": (*owner.blanks, blank)}
            yield from (
                ((shape.name,), "unknown", made) for made in _made(lambda: attrs.evolve(owner, **open_about_it))
            )
    for neighbour in _of_many(value, known) if shape.many else _of_one(value, known):
        yield from _evolved(owner, shape, neighbour)


def _evolved(owner: Any, shape: FieldShape, neighbour: Neighbour) -> Iterator[Neighbour]:
    path, what, changed = neighbour
    for made in _made(lambda: attrs.evolve(owner, **{shape.name: changed})):
        yield (shape.name, *path), what, made


def _made(make: Any) -> Iterator[Any]:
    """What is made, unless its class refuses it."""
    try:
        yield make()
    except un.ImpossibleValue:
        return


def _instead(value: Any, known: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, bool):
        yield str(not value).lower(), not value
    elif isinstance(value, int):
        yield from ((str(other), other) for other in (value - 1, value + 1))
    elif isinstance(value, Enum):
        yield from ((other.value, other) for other in type(value) if other is not value)
    elif isinstance(value, PartialDate):
        yield from _days(value)
    else:
        for kind in ("id", "country"):
            if value in known[kind]:
                yield from ((other, type(value)(other)) for other in sorted(known[kind] - {value}))


def _days(value: PartialDate) -> Iterator[tuple[str, PartialDate]]:
    if value.is_exact:
        day = value.earliest
        yield "the day before", PartialDate.of(day.subtract(days=1))
        yield "the day after", PartialDate.of(day.add(days=1))
        yield "year only", PartialDate(value[:4])
    if not value.certainly_after(PartialDate(ON)):
        yield "in 2100", PartialDate("2100")


def _countries(held: Any) -> Iterator[str]:
    for shape in fields_of(type(held)):
        value = getattr(held, shape.name)
        for one in value if shape.many else (value,):
            if nested_class(shape) and one is not None:
                yield from _countries(one)
            elif "country" in shape.name and isinstance(one, str):
                yield one


def read(rule: CatalogueEntry, example: str) -> tuple[un.Register | None, un.Report]:
    """An example as its area reads it: member lists as CSV, registers as JSON."""
    if rule.area == "IM":
        return None, un.import_bytes(example.encode()).report
    text = example if "schema_version" in example else example.replace("{", '{"schema_version": 1, ', 1)
    return un.reads(text)


def judged(rule: CatalogueEntry, register: un.Register) -> list[un.Finding]:
    """What this rule finds. Raises `AssertionError` where it crashes."""
    report = un.validate(register, on=ON, rules=[rule])
    crashed = checks.rule_crashed.code
    assert not any(hit.code == crashed for hit in report), f"{rule.code}: {next(iter(report)).message}"
    return list(report)


def cases(code: str) -> Iterator[tuple[str, str]]:
    """The examples of a rule, its failing one first, and then its further cases: a name, and the document."""
    explained = next(rule for rule in catalogue() if rule.code == code).explanation
    yield from (("fails", explained.fails), ("passes", explained.passes))
    for case in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]:
        if code in case["rules"]:
            yield case["says"], case["register"]


def reactions_of(rule: CatalogueEntry) -> dict[str, dict[str, Any]]:
    """By the name of each case, what a rule finds there (`finds`) and how it reacts to changes beside it (`reacts`)."""
    known: dict[str, dict[str, Any]] = {}
    for name, example in cases(rule.code):
        register, report = read(rule, example)
        if rule.on is None or register is None:
            hits, reacts = [hit for hit in report if hit.code == rule.code], {}
        else:
            hits = judged(rule, register)
            reacts = _reactions(rule, register, len(hits))
        assert name in {"fails", "passes"} or report.ok, f"{name}: {list(report)}"
        found = [{"at": hit.pointer} | dict(hit.params) | _resting(hit, rule) for hit in hits]
        known[name] = {"finds": found, "reacts": reacts}
    return known


def _resting(hit: un.Finding, rule: CatalogueEntry) -> dict[str, str]:
    """What this one finding rests on, where that is more than the rule's own basis."""
    return {"rests on": str(hit.basis)} if hit.basis is not None and hit.basis != rule.cited else {}


def _reactions(rule: CatalogueEntry, register: un.Register, usual: int) -> dict[str, dict[str, list[str]]]:
    """Where something is changed, how, and the places of the findings then; what is unknown as what is absent."""
    reacts: dict[str, dict[str, list[str]]] = {}
    absent = usual
    for path, what, changed in neighbours(register):
        places = [hit.pointer for hit in judged(rule, changed)]
        if len(places) != (absent if what == "unknown" else usual):
            reacts.setdefault(to_pointer(path), {})[what] = places
        absent = len(places)
    return reacts


def summary(rule: CatalogueEntry) -> str:
    """What the file has of a rule: its severity and options, and a line a case."""
    options = [name for name in ("needs_day", "requires_complete") if getattr(rule, name)]
    cases_of_it = reactions_of(rule).items()
    lines = (_line(name, case["finds"], case["reacts"]) for name, case in cases_of_it if any(case.values()))
    return "\n".join((" ".join((rule.code, rule.severity.value, *options)), *lines))


def _line(name: str, finds: list[dict[str, Any]], reacts: dict[str, dict[str, list[str]]]) -> str:
    told = [" ".join((one["at"], *(f"{key}={value}" for key, value in one.items() if key != "at"))) for one in finds]
    by_effect: dict[str, dict[str, None]] = {"fewer": {}, "more": {}, "elsewhere": {}}
    for pointer, changes in reacts.items():
        field = ".".join(token for token in pointer.split("/")[1:] if not token.isdigit())
        for places in changes.values():
            more = len(places) - len(finds)
            by_effect["more" if more > 0 else "fewer" if more else "elsewhere"][field] = None
    effects = [f"{effect} at {', '.join(fields)}" for effect, fields in by_effect.items() if fields]
    number = sum(map(len, reacts.values()))
    digest = hashlib.sha256(json.dumps([finds, reacts], sort_keys=True).encode()).hexdigest()[:12]
    parts = (f"finds {'; '.join(told)}" if told else "", *effects, f"{number} reactions {digest}" if number else "")
    return f"  {name}: {' | '.join(part for part in parts if part)}"


def text(rules: Iterable[CatalogueEntry]) -> str:
    """The text of the file."""
    return "".join(f"{summary(rule)}\n" for rule in rules)


if __name__ == "__main__":
    if sys.argv[1:]:
        for rule in catalogue():
            if rule.code in sys.argv[1:]:
                print(json.dumps({rule.code: reactions_of(rule)}, indent=1, ensure_ascii=False))
    else:
        NEIGHBOURS.write_text(text(catalogue()), encoding="utf-8")
