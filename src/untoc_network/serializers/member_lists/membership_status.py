"""What a list says of how a membership stands: `active`, `baja 2024`, `ex miembro`, `suspended`, `in process`."""

from __future__ import annotations

import functools
import re
from enum import StrEnum

import attrs

from untoc_network.model.network import MembershipEnd
from untoc_network.serializers.member_lists.parsed_cell import NOT_UNDERSTOOD, CellParser, ParsedCell
from untoc_network.serializers.member_lists.vocabulary import answers, standings_by_words
from untoc_network.text.folding import fold, fold_to_words
from untoc_network.values.dates import PartialDate

__all__ = ["MembershipStatus", "Standing", "parse_membership_status"]


class Standing(StrEnum):
    """How a membership stands, as lists have words for it."""

    RUNNING = "running"
    ENDED = "ended"
    WITHDREW = "withdrew"
    EXCLUDED = "excluded"
    DISSOLVED = "dissolved"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    """For the time being: it neither runs in full nor has it ended."""
    NONE = "none"
    """Whoever only applied, or was refused, is no member."""


@attrs.frozen
class MembershipStatus:
    """How a membership stands, and the day that the cell names with it: the first one, or the last."""

    standing: Standing
    day: PartialDate | None = None

    @property
    def is_over(self) -> bool:
        """Whether the membership has ended."""
        return self.standing not in (Standing.RUNNING, Standing.SUSPENDED, Standing.NONE)

    @property
    def end_reason(self) -> MembershipEnd | None:
        """Why it ended, where the word says so."""
        return MembershipEnd(self.standing) if self.standing in [*MembershipEnd] else None


_WORD = re.compile(r"[^\W_]+")
_FILLERS = frozenset(
    {
        *("a", "au", "ano", "ate", "da", "de", "del", "depuis", "desde", "do", "du", "el", "em", "en", "fecha"),
        *("from", "hasta", "in", "le", "of", "on", "partir", "since", "the", "until", "year"),
    }
)
"""Words between a standing and its day."""


def parse_membership_status(parse_day: CellParser, text: str, order: str | None) -> ParsedCell:
    """How a membership stands, by the longest known words in the cell; what is left of the cell can be a day."""
    answer = answers().get(fold(text))
    if answer is not None:
        return ParsedCell(values=(MembershipStatus(Standing.RUNNING if answer else Standing.ENDED),))
    words = [(" ".join(fold_to_words(found[0])), found.span()) for found in _WORD.finditer(text)]
    found = _find_standings([word for word, _ in words])
    if len({standing for standing, _ in found}) != 1:
        return NOT_UNDERSTOOD
    standing = found[0][0]
    used = {at for _, places in found for at in places}
    left = [span for at, (_, span) in enumerate(words) if at not in used]
    while left and " ".join(fold_to_words(text[slice(*left[0])])) in _FILLERS:
        left.pop(0)
    if not left:
        return ParsedCell(values=(MembershipStatus(standing),))
    day = parse_day(text[left[0][0] : left[-1][1]], order)
    status = MembershipStatus(standing, day.values[0] if day.values else None)
    return ParsedCell(values=(status,), is_complete=day.is_complete, is_ambiguous=day.is_ambiguous)


def _find_standings(words: list[str]) -> list[tuple[Standing, range]]:
    """The standings that some words name, the longest phrases first, each with the places of its words."""
    found: list[tuple[Standing, range]] = []
    used: set[int] = set()
    for length in range(_longest_phrase(), 0, -1):
        for start in range(len(words) - length + 1):
            places = range(start, start + length)
            standing = standings_by_words().get(" ".join(words[start : start + length]))
            if standing is not None and used.isdisjoint(places):
                found.append((Standing(standing), places))
                used.update(places)
    return found


@functools.cache
def _longest_phrase() -> int:
    return max(len(phrase.split()) for phrase in standings_by_words())
