"""What speaks for and against two records being one, with the weight of each, and the score that follows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from enum import StrEnum

import attrs

from untoc_network.diagnostics.object_to_dict import HasPlainForm

__all__ = ["WEIGHTS", "Evidence", "EvidenceKind", "Pair", "calculate_score"]


class EvidenceKind(StrEnum):
    """What two records have in common, or what tells them apart."""

    SAME_IDENTIFIER = "same-identifier"
    SAME_CONTACT = "same-contact"
    SAME_NAME = "same-name"
    SIMILAR_NAME = "similar-name"
    SAME_HOST = "same-host"
    ACRONYM_OF = "acronym-of"
    """The acronym of one is the initials of the other."""
    SAME_ACRONYM = "same-acronym"
    SAME_ORGANIZATION = "same-organization"
    SAME_COUNTRY = "same-country"
    SAME_CITY = "same-city"
    SAME_YEAR = "same-year"
    OTHER_NAME = "other-name"
    """Both have a full name, and no two of their names are alike."""
    OTHER_KIND = "other-kind"
    OTHER_CITY = "other-city"
    OTHER_YEAR = "other-year"
    OTHER_IDENTIFIER = "other-identifier"
    """Both have an identifier of one register that gives each body only one, and they differ."""
    OTHER_COUNTRY = "other-country"
    """Bodies of one name in two countries are mostly chapters of one, or namesakes."""
    SAME_PARENT = "same-parent"
    """Both are parts of one body."""
    PART_OF = "part-of"
    """One is part of the other."""


WEIGHTS: Mapping[EvidenceKind, float] = {
    EvidenceKind.SAME_IDENTIFIER: 14.0,
    EvidenceKind.SAME_CONTACT: 8.0,
    EvidenceKind.SAME_NAME: 8.0,
    EvidenceKind.SIMILAR_NAME: 7.0,
    EvidenceKind.SAME_HOST: 4.0,
    EvidenceKind.ACRONYM_OF: 4.0,
    EvidenceKind.SAME_ACRONYM: 3.0,
    EvidenceKind.SAME_ORGANIZATION: 3.0,
    EvidenceKind.SAME_COUNTRY: 1.0,
    EvidenceKind.SAME_CITY: 1.5,
    EvidenceKind.SAME_YEAR: 2.0,
    EvidenceKind.OTHER_NAME: -3.0,
    EvidenceKind.OTHER_KIND: -2.0,
    EvidenceKind.OTHER_CITY: -1.5,
    EvidenceKind.OTHER_YEAR: -2.0,
    EvidenceKind.OTHER_IDENTIFIER: -6.0,
    EvidenceKind.OTHER_COUNTRY: -8.0,
    EvidenceKind.SAME_PARENT: -4.0,
    EvidenceKind.PART_OF: -12.0,
}
"""By how many powers of two each speaks for (or, where negative, against) two records being one; at the most, for
similar names. Chosen by judgement and tried on organizations whose records were spoilt on purpose, not estimated."""

PRIOR = -4.0
"""Where the sum begins: of the pairs that come to be compared at all, one in about sixteen is taken to be one body."""


@attrs.frozen(kw_only=True)
class Evidence(HasPlainForm):
    """One thing that speaks for or against two records being one.

    `weight` is in powers of two. `fields` are the places in the first and the second record; what stands there is not
    repeated, so that evidence about persons can be shown.
    """

    kind: EvidenceKind
    weight: float
    fields: tuple[str, str]


@attrs.frozen(kw_only=True)
class Pair(HasPlainForm):
    """Two records of one collection that may be one: their ids, in order, a score from 0 to 1, and what it rests on.

    The gravest evidence comes first. A score is an order of what to look at first, not a probability.
    """

    collection: str
    first: str
    second: str
    score: float
    evidence: tuple[Evidence, ...]


def calculate_score(evidence: tuple[Evidence, ...]) -> float:
    """The score that weights add up to, between 0 and 1."""
    total = PRIOR + sum(item.weight for item in evidence)
    return round(1 / (1 + math.pow(2, -total)), 3)
