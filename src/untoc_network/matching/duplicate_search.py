"""Pairs of records that may be one: found by what they share, scored, explained, and never merged by themselves."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import TypeVar

from untoc_network.matching.comparable_names import SHORTEST_ACRONYM, ComparableName
from untoc_network.matching.compared_records import ComparedRecord, prepare_organization, prepare_person
from untoc_network.matching.duplicate_evidence import WEIGHTS, Evidence, EvidenceKind, Pair, calculate_score
from untoc_network.matching.name_similarity import NameSimilarityScorer
from untoc_network.model.register import Register
from untoc_network.values.argument_checks import check_arguments

__all__ = ["LARGEST_WHOLE", "MIN_SCORE", "REACH", "duplicates", "iterate_pairs"]

MIN_SCORE = 0.5
"""The score from which on a pair is worth a look."""

_TELLING_WORDS = 3
"""By so many of its rarest words a name is looked for among the others."""
_NEIGHBOURS = 3
"""With so many names that follow it in the alphabet, read forwards and backwards, each name is compared."""
_ALIKE = 0.6
"""From here on two names are similar: their evidence weighs nothing here and all where they are of the same words."""
_PART_OF_A_NAME = 0.75
"""So alike are names of persons of which one has all words of the other: many have two family names or given names."""

LARGEST_WHOLE = 17
"""In a block of so many, all are compared with all; in a larger one, each with the next few."""

REACH = 8
"""How many of those that follow a member of a larger block it is compared with: as many as in the largest whole one."""

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

Place = tuple[int, ComparableName]
"""The position of a subject, and one of its names."""
Found = defaultdict[tuple[int, int], dict[str, Evidence]]
"""Of each pair of subjects, the weightiest evidence of each aspect: two ways to share a name do not count twice."""

_ASPECTS = {
    EvidenceKind.SAME_NAME: "name",
    EvidenceKind.SIMILAR_NAME: "name",
    EvidenceKind.SAME_ACRONYM: "acronym",
    EvidenceKind.ACRONYM_OF: "acronym",
}


@check_arguments
def duplicates(register: Register, *, min_score: float = MIN_SCORE, similar: bool = True) -> tuple[Pair, ...]:
    """The pairs of organizations and of persons that may be one, the likeliest first.

    Records are compared where they share a name, accents, case, blanks and articles aside, an identifier, a contact or
    the host of a website, wherever they are; by an acronym and, unless `similar` is false, by similar names, unless
    they are known to be in two countries. What tells them apart (another country or kind, one being part of the other)
    lowers the score and stands in the explanation. A pair that somebody found not to be one is not told.

    Nothing is merged. A pair holds ids and places in records, no value of any. What this costs grows with the number of
    records, not of pairs: in what more than 17 records share, each is compared only with the 8 that follow it by
    name. Pure: the same register gives the same pairs. Raises `MissingExtra` where similar names are asked for and
    rapidfuzz is not installed.
    """
    subjects = {
        "organizations": [prepare_organization(record) for record in register.organizations],
        "persons": [prepare_person(record) for record in register.persons],
    }
    apart = {tuple(sorted(map(register.resolved, (pair.one_id, pair.other_id)))) for pair in register.distinct}
    pairs = (pair for name, held in subjects.items() for pair in _score_pairs(name, held, min_score, similar=similar))
    found = (pair for pair in pairs if (pair.first, pair.second) not in apart)
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.collection, pair.first, pair.second)))


def _score_pairs(collection: str, subjects: list[ComparedRecord], min_score: float, *, similar: bool) -> Iterator[Pair]:
    subjects.sort(key=lambda subject: (subject.names[0].letters if subject.names else "", subject.id))
    places = [(position, name) for position, subject in enumerate(subjects) for name in subject.names]
    places.sort(key=lambda place: (place[1].letters, subjects[place[0]].country, place[0]))
    found: Found = defaultdict(dict)
    _compare_by_signs(subjects, found)
    _compare_by_names(places, found)
    _compare_by_acronyms(subjects, places, found)
    if similar:
        _compare_by_similar_names(subjects, places, found, persons=collection == "persons")
    for (one, other), evidence in found.items():
        first, second = sorted((subjects[one], subjects[other]), key=lambda subject: subject.id)
        turned = first is not subjects[one]
        shared = tuple(_swap_evidence_fields(item) if turned else item for item in evidence.values())
        gathered = (*shared, *_compare_pair(first, second, {item.kind for item in shared}))
        score = calculate_score(gathered)
        if score >= min_score:
            ordered = tuple(sorted(gathered, key=lambda item: (-abs(item.weight), item.kind)))
            yield Pair(collection=collection, first=first.id, second=second.id, score=score, evidence=ordered)


# -- blocks: records that share something, of which pairs are made without ever comparing all with all ----------------


def group_by_key(keyed: Iterable[tuple[K, T]]) -> Mapping[K, Sequence[T]]:
    """The items under each key that has more than one, in the order in which they came."""
    first: dict[K, T] = {}
    blocks: dict[K, list[T]] = {}
    for key, item in keyed:
        if key not in first:  # most keys have one alone, for which no list is made
            first[key] = item
        elif key in blocks:
            blocks[key].append(item)
        else:
            blocks[key] = [first[key], item]
    return blocks


def iterate_pairs(block: Sequence[T]) -> Iterator[tuple[T, T]]:
    """The pairs of a block that are compared: for each member at the most `LARGEST_WHOLE - 1`.

    A block that everybody is in, such as that of a word in every name, so costs no more for each member than a small
    one. Members stand in the order of their names, so those that follow are those most like it.
    """
    for member, others in _iterate_followers(block):
        for other in others:
            yield member, other


def _iterate_followers(block: Sequence[T]) -> Iterator[tuple[T, Sequence[T]]]:
    """Each member of a block with those that it is compared with."""
    reach = _get_reach(block)
    for position, member in enumerate(block):
        yield member, block[position + 1 : position + 1 + reach]


def _get_reach(block: Sequence[T]) -> int:
    return len(block) if len(block) <= LARGEST_WHOLE else REACH


# -- what they share ---------------------------------------------------------------------------------------------------


def _keep_weightiest_evidence(
    found: Found, one: tuple[int, str], other: tuple[int, str], kind: EvidenceKind, weight: float
) -> None:
    """Keep a piece of evidence on two subjects, unless a weightier one of its aspect is there."""
    if one[0] == other[0]:
        return
    (first, field), (second, other_field) = sorted((one, other))
    aspect = _ASPECTS.get(kind, kind.value)
    known = found[first, second].get(aspect)
    if known is None or known.weight < weight:
        found[first, second][aspect] = Evidence(kind=kind, weight=weight, fields=(field, other_field))


def _swap_evidence_fields(evidence: Evidence) -> Evidence:
    first, second = evidence.fields
    return Evidence(kind=evidence.kind, weight=evidence.weight, fields=(second, first))


def _keep_shared_evidence(found: Found, kind: EvidenceKind, weight: float, block: Sequence[tuple[int, str]]) -> None:
    """Keep that all in a block share something; what many share, such as the host of a platform, says less of each."""
    weight = round(weight - math.log2(max(len({position for position, _ in block}) - 1, 1)), 1)
    for one, other in iterate_pairs(block) if weight > 0 else ():
        _keep_weightiest_evidence(found, one, other, kind, weight)


def _compare_by_signs(subjects: Sequence[ComparedRecord], found: Found) -> None:
    keyed = (
        ((sign.kind, sign.key), (position, sign.field))
        for position, subject in enumerate(subjects)
        for sign in subject.signs
    )
    for (kind, _), block in group_by_key(keyed).items():
        _keep_shared_evidence(found, kind, WEIGHTS[kind], block)


def _compare_by_names(places: Sequence[Place], found: Found) -> None:
    for block in group_by_key((name.letters, (position, name)) for position, name in places).values():
        if not all(name.is_acronym for _, name in block):
            fields = [(position, name.field) for position, name in block]
            _keep_shared_evidence(found, EvidenceKind.SAME_NAME, WEIGHTS[EvidenceKind.SAME_NAME], fields)


def _compare_by_acronyms(subjects: Sequence[ComparedRecord], places: Sequence[Place], found: Found) -> None:
    keyed = (
        ((group, letters), (position, name))
        for position, name in places
        for letters in ((name.letters,) if name.is_acronym else name.initials)
        if len(letters) >= SHORTEST_ACRONYM
        for group in (subjects[position].country, _ANYWHERE)
    )
    for (group, letters), block in group_by_key(keyed).items():
        longer = min(len(letters), 6) - 4  # three letters are shared by chance more often than five
        acronyms = [place for place in block if place[1].is_acronym]
        if not acronyms:  # the first letters of names say something beside an acronym alone
            continue
        several = len({position for position, _ in acronyms})
        for kind, here, number in (
            (EvidenceKind.SAME_ACRONYM, acronyms, several),
            (EvidenceKind.ACRONYM_OF, block, len(block)),
        ):
            weight = round(WEIGHTS[kind] + longer - math.log2(max(number - 1, 1)), 1)
            for one, other in iterate_pairs(here) if weight > 0 else ():
                same = one[1].is_acronym and other[1].is_acronym
                fits = same if kind is EvidenceKind.SAME_ACRONYM else one[1].is_acronym != other[1].is_acronym
                if fits and (group != _ANYWHERE or _is_country_of_one_known(subjects, one, other)):
                    _keep_weightiest_evidence(found, (one[0], one[1].field), (other[0], other[1].field), kind, weight)


_ANYWHERE = "*"
"""The group in which names of bodies of no known country are compared with those of one."""


def _is_country_of_one_known(subjects: Sequence[ComparedRecord], one: Place, other: Place) -> bool:
    """Whether of one of two names alone the country is known."""
    return bool(subjects[one[0]].country) is not bool(subjects[other[0]].country)


def _compare_by_similar_names(
    subjects: Sequence[ComparedRecord], places: Sequence[Place], found: Found, *, persons: bool
) -> None:
    full = [place for place in places if not place[1].is_acronym]
    likeness = NameSimilarityScorer(name for _, name in full)
    for (one, name), others in _iterate_candidate_names(subjects, full):
        alike = likeness.compare(name, [other_name for _, other_name in others])
        for at, (other, other_name) in enumerate(others):
            likeness_of_both = alike.get(at, 0.0)
            if persons and _has_all_words_of_other(name, other_name):
                likeness_of_both = max(likeness_of_both, _PART_OF_A_NAME)
            if likeness_of_both > _ALIKE and name.letters != other_name.letters:
                weight = round(WEIGHTS[EvidenceKind.SIMILAR_NAME] * (likeness_of_both - _ALIKE) / (1 - _ALIKE), 1)
                _keep_weightiest_evidence(
                    found, (one, name.field), (other, other_name.field), EvidenceKind.SIMILAR_NAME, weight
                )


def _has_all_words_of_other(name: ComparableName, other: ComparableName) -> bool:
    """Whether of two names of persons, of two words at the least, one has all words of the other."""
    shorter, longer = sorted((name, other), key=lambda one: len(one.words))
    return len(shorter.words) > 1 and set(shorter.words) <= set(longer.words)


def _iterate_candidate_names(
    subjects: Sequence[ComparedRecord], full: Sequence[Place]
) -> Iterator[tuple[Place, list[Place]]]:
    """Names with those that are worth comparing: within each country, and those of no country with all others."""
    for places in group_by_key((subjects[place[0]].country, place) for place in full).values():
        yield from _iterate_close_names(places)
    if {bool(subjects[position].country) for position, _ in full} == {True, False}:
        for one, others in _iterate_close_names(full):
            yield one, [other for other in others if _is_country_of_one_known(subjects, one, other)]


def _iterate_close_names(places: Sequence[Place]) -> Iterator[tuple[Place, list[Place]]]:
    """Each name with those that share a telling word, or stand beside it in the alphabet; each two of them once.

    The others are gathered name by name, as numbers: of a hundred thousand bodies there are millions of pairs, of which
    nothing need be remembered then. Numbers ascend in each block, so that a name stands in it where it was come to.
    """
    common = Counter(word for _, name in places for word in name.words)
    telling = [_list_telling_words(name.words, common) for _, name in places]
    blocks = group_by_key((word, number) for number, words in enumerate(telling) for word in words)
    come_to: Counter[str] = Counter()
    neighbours = _AlphabeticNeighbours([name.letters for _, name in places])
    for number, (place, words) in enumerate(zip(places, telling, strict=True)):
        following: list[int] = []
        for word in words:
            if (block := blocks.get(word)) is not None:
                position = come_to[word]
                come_to[word] = position + 1
                following += block[position + 1 : position + 1 + _get_reach(block)]
        following += neighbours.list_following(number)
        yield place, [places[other] for other in dict.fromkeys(following) if places[other][0] != place[0]]


def _list_telling_words(words: Iterable[str], common: Counter[str]) -> tuple[str, ...]:
    """The rarest words of a name that others have too, each once."""
    shared = sorted([(count, word) for word in words if (count := common[word]) > 1])
    return tuple(dict.fromkeys([word for _, word in shared[:_TELLING_WORDS]]))


class _AlphabeticNeighbours:
    """Each name with those that stand beside it, read forwards (one beginning) and backwards (one end)."""

    def __init__(self, letters: Sequence[str]) -> None:
        self._orders: list[tuple[list[int], list[int]]] = []
        for spelt in (letters, [one[::-1] for one in letters]):
            ordered = sorted(range(len(letters)), key=spelt.__getitem__)
            ranks = [0] * len(ordered)
            for rank, number in enumerate(ordered):
                ranks[number] = rank
            self._orders.append((ordered, ranks))

    def list_following(self, number: int) -> list[int]:
        """Those beside a name that come after it."""
        return [
            other
            for ordered, ranks in self._orders
            for other in ordered[max(ranks[number] - _NEIGHBOURS, 0) : ranks[number] + _NEIGHBOURS + 1]
            if other > number
        ]


# -- what else is known of both ----------------------------------------------------------------------------------------


def _compare_pair(
    first: ComparedRecord, second: ComparedRecord, shared: AbstractSet[EvidenceKind]
) -> Iterator[Evidence]:
    """What speaks for or against two subjects being one, besides what brought them together."""
    for same, differing, field, one, other in (
        (EvidenceKind.SAME_COUNTRY, EvidenceKind.OTHER_COUNTRY, "seat.country", first.country, second.country),
        (EvidenceKind.SAME_CITY, EvidenceKind.OTHER_CITY, "seat.city", first.city, second.city),
        (EvidenceKind.SAME_YEAR, EvidenceKind.OTHER_YEAR, "founded", first.year, second.year),
        (None, EvidenceKind.OTHER_KIND, "kind", first.kind, second.kind),
        (EvidenceKind.SAME_PARENT, None, "parent_id", first.parent, second.parent),
    ):
        kind = same if one == other else differing
        if one and other and kind is not None:
            yield _make_evidence(kind, field, field)
    yield from _compare_names(first, second, shared)
    yield from _compare_identifiers(first, second, shared)
    if first.parent == second.id:
        yield _make_evidence(EvidenceKind.PART_OF, "parent_id", "id")
    if second.parent == first.id:
        yield _make_evidence(EvidenceKind.PART_OF, "id", "parent_id")
    yield from _compare_organizations_of_persons(first, second)


def _make_evidence(kind: EvidenceKind, field: str, other_field: str) -> Evidence:
    return Evidence(kind=kind, weight=WEIGHTS[kind], fields=(field, other_field))


def _compare_names(
    first: ComparedRecord, second: ComparedRecord, shared: AbstractSet[EvidenceKind]
) -> Iterator[Evidence]:
    if not {EvidenceKind.SAME_NAME, EvidenceKind.SIMILAR_NAME} & shared:
        full = [next((name.field for name in one.names if not name.is_acronym), None) for one in (first, second)]
        if full[0] is not None and full[1] is not None:
            yield _make_evidence(EvidenceKind.OTHER_NAME, full[0], full[1])


def _compare_identifiers(
    first: ComparedRecord, second: ComparedRecord, shared: AbstractSet[EvidenceKind]
) -> Iterator[Evidence]:
    if EvidenceKind.SAME_IDENTIFIER in shared:
        return
    held = {scheme: field for scheme, _, field in second.identifiers}
    for scheme, _, field in first.identifiers:
        if scheme in held:
            yield _make_evidence(EvidenceKind.OTHER_IDENTIFIER, field, held[scheme])
            return


def _compare_organizations_of_persons(first: ComparedRecord, second: ComparedRecord) -> Iterator[Evidence]:
    held = dict(reversed(second.organizations))
    for organization, field in first.organizations:
        if organization in held:
            yield _make_evidence(EvidenceKind.SAME_ORGANIZATION, field, held[organization])
            return
