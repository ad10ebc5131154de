"""Consents that two sides changed: what both versions allow."""

from __future__ import annotations

from collections.abc import Sequence

from untoc_network.values.consent_and_contact import Consent
from untoc_network.values.consent_evaluation import apply_first_withdrawal, intersect_consents

__all__ = ["merge_consents"]


def merge_consents(
    base: Sequence[Consent], ours: Sequence[Consent], theirs: Sequence[Consent]
) -> tuple[tuple[Consent, ...], bool]:
    """The consents that both sides leave of those of the base, and what each added; and whether the sides contradict.

    A consent that is gone on a side while another to the same purpose is new there was changed. Of what both changed
    the narrower of both is left, what one side took out is gone, and a withdrawal of one side ends what the other has.
    """
    (mine, added), (others, added_there) = _split_changed_and_new(base, ours), _split_changed_and_new(base, theirs)
    outcomes = [_merge_consent(*three) for three in zip(base, mine, others, strict=True)]
    versions, left = _split_changed_and_new(added, added_there)
    outcomes += [_merge_consent(None, one, version or one) for one, version in zip(added, versions, strict=True)]
    merged = dict.fromkeys((*(one for one, _ in outcomes if one is not None), *left))
    # what a withdrawal ended stays ended where the other side took the withdrawn consent out
    ended = tuple(dict.fromkeys(apply_first_withdrawal(one, (*ours, *theirs)) for one in merged))
    return ended, any(contradicts for _, contradicts in outcomes) or ended != tuple(merged)


def _merge_consent(before: Consent | None, mine: Consent | None, other: Consent | None) -> tuple[Consent | None, bool]:
    """One consent in three versions: what is left of it, and whether the sides contradict."""
    if other in (before, mine):
        return mine, False
    if mine == before:
        return other, False
    return (intersect_consents(mine, other) if mine is not None and other is not None else None), True


def _split_changed_and_new(
    before: Sequence[Consent], after: Sequence[Consent]
) -> tuple[list[Consent | None], list[Consent]]:
    """What each consent is afterwards, None where it is gone; and those that are new."""
    left = [one for one in after if one not in before]
    now: list[Consent | None] = []
    for one in before:
        version = one if one in after else _find_new_version(one, left)
        now.append(version)
        if version in left:
            left.remove(version)
    return now, left


def _find_new_version(consent: Consent, others: Sequence[Consent]) -> Consent | None:
    """The likeliest new version of a consent among those to its purpose."""
    ours = [one for one in others if one.purpose is consent.purpose]
    return max(ours, key=lambda one: (one.basis is consent.basis, one.audience is consent.audience), default=None)
