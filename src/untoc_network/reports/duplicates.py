"""Pairs that may be one, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.code import to_message_text
from untoc_network.diagnostics.templates import with_count
from untoc_network.matching import Pair
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import Register
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_duplicates"]


def render_duplicates(pairs: Iterable[Pair], register: Register, *, width: int | None = 80) -> Iterator[str]:
    """Each pair with its score and the evidence for and against it, weights in powers of two.

    Organizations are told with their names; of persons only ids and fields are told.
    """
    number = 0
    for number, pair in enumerate(pairs, start=1):  # noqa: B007 - the last one is the count
        yield f"{pair.score:.3f}  {pair.collection}"
        for record_id in (pair.first, pair.second):
            yield from wrap(f"  {record_id}{_find_record_name(register, record_id)}", width, rest="    ")
        for item in pair.evidence:
            places = item.fields[0] if item.fields[0] == item.fields[1] else " / ".join(item.fields)
            yield from wrap(f"    {item.weight:+5.1f}  {item.kind.replace('-', ' ')}  ({places})", width, rest="    ")
        yield ""
    yield f"{with_count(number, 'pair|pairs')} to look at"


def _find_record_name(register: Register, record_id: str) -> str:
    record = register.by_id.get(record_id)
    return f"  {to_message_text(record.name.best())}" if isinstance(record, Organization) else ""
