"""Whether the comments of a file stay where a register is written over it: only where the register says no less.

A comment is free text in which nobody can find all personal values. So it goes where something that not everyone may
see is gone from the register: a person who was erased would live on in it, and what a view withholds would stand beside
the view.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from untoc_network.model.register import Register
from untoc_network.model.traversal import walk_values
from untoc_network.serializers.registry import RegisterFormat
from untoc_network.text.personal_data_patterns import MASK
from untoc_network.values.extra import Extra
from untoc_network.values.fields import FieldShape, Sensitivity
from untoc_network.values.ids_and_codes import Url
from untoc_network.values.multilingual_text import Text

__all__ = ["choose_comments", "says_less"]


def choose_comments(
    form: RegisterFormat, register: Register, new: Mapping[str, bytes], old: Mapping[str, bytes], *, keep: bool | None
) -> tuple[dict[str, bytes], int]:
    """The files to be written, by name, with the comments of the old ones that stay; and how many do not.

    Those of a file that is written no more are among the latter. Where `keep` is None, they stay unless the register
    says less than the old files do; what holds no register cannot be compared, and its comments go.
    """
    counts = {name: form.count_comments(data) for name, data in old.items()}
    total = sum(counts.values())
    if keep is None and total:
        before, _ = form.reads(old if form.files else old[""])
        keep = before is not None and not says_less(register, before)
    if not keep or not total or form.merge_with_old is None:
        return dict(new), total
    merged = {name: form.merge_with_old(old[name], data) if counts.get(name) else data for name, data in new.items()}
    return merged, sum(number for name, number in counts.items() if name not in new)


def says_less(after: Register, before: Register) -> bool:
    """Whether something that not everyone may see, or a word that is masked now, was in the register before."""
    if {*after.erasures} - {*before.erasures} or _count_masks(after) > _count_masks(before):
        return True
    return bool(Counter(_list_non_public_places(before, after)) - Counter(_list_non_public_places(after, after)))


def _list_non_public_places(register: Register, current: Register) -> Iterator[tuple[str, ...]]:
    """Each place with something in it that not everyone may see, by the id that its record has now."""
    for record in register:
        for found in walk_values(record, _is_not_public):
            if isinstance(found.value, Extra):
                yield from ((current.resolved(record.id), *field) for field in found.value.one_by_one())
            elif found.value is not False:
                yield current.resolved(record.id), *(part for part in found.path if isinstance(part, str))


def _count_masks(register: Register) -> int:
    texts = (found.value for found in walk_values(register, _is_text))
    return sum("\n".join(_list_texts(text)).count(MASK) for text in texts)


def _list_texts(value: Any) -> Iterable[str]:
    if isinstance(value, Extra):
        return [text for _, text in value.leaves()]
    return value.values() if isinstance(value, Text) else (value,)


def _is_not_public(_: object, shape: FieldShape) -> bool:
    return shape.sensitivity is not Sensitivity.PUBLIC


def _is_text(_: object, shape: FieldShape) -> bool:
    return shape.type in (str, Text, Url, Extra)
