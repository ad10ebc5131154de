"""Pairs that may be one, for people at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from untoc_network.diagnostics.code import to_message_text
from untoc_network.i18n.language_words import Words, english
from untoc_network.matching import Pair
from untoc_network.model.organization_and_person import Organization
from untoc_network.model.register import COLLECTIONS, Register
from untoc_network.reports.field_paths import name_path
from untoc_network.reports.text_wrapping import wrap

__all__ = ["render_duplicates"]


def render_duplicates(
    pairs: Iterable[Pair], register: Register, *, width: int | None = 80, words: Words | None = None
) -> Iterator[str]:
    """Each pair with its score and the evidence for and against it, weights in powers of two.

    Organizations are told with their names; of persons only ids and fields are told.
    """
    words = words or english()
    number = 0
    for number, pair in enumerate(pairs, start=1):  # noqa: B007 - the last one is the count
        yield f"{words.number(pair.score, '.3f')}  {words.labels_and_collections.get(pair.collection, pair.collection)}"
        cls = COLLECTIONS[pair.collection]
        for record_id in (pair.first, pair.second):
            yield from wrap(f"  {record_id}{_find_record_name(register, record_id)}", width, rest="    ")
        for item in pair.evidence:
            places = " / ".join(dict.fromkeys(name_path(field, cls, words) for field in item.fields))
            yield from wrap(
                f"    {words.number(item.weight, '+5.1f')}  {words.tell(item.kind.replace('-', ' '))}  ({places})",
                width,
                rest="    ",
            )
        yield ""
    yield words.tell("{number:pair|pairs} to look at", number=number)


def _find_record_name(register: Register, record_id: str) -> str:
    record = register.by_id.get(record_id)
    return f"  {to_message_text(record.name.best())}" if isinstance(record, Organization) else ""
