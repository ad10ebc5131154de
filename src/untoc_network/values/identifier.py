"""Identifiers that other registers gave: a scheme and a value, with the scheme's own check digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum

import attrs

from untoc_network.values.fields import about
from untoc_network.values.json_forms import FromText
from untoc_network.values.self_checked_classes import SelfChecked

__all__ = ["RETIRED", "Identifier", "IdentifierScheme", "to_own_form"]


class IdentifierScheme(StrEnum):
    """Registers of organizations whose form this library knows; `other` for the rest, as `list:value`.

    National registers use the list codes of org-id.guide under `org-id`, such as `CO-RUE:900123`.
    """

    ROR = "ror"
    ISNI = "isni"
    LEI = "lei"
    WIKIDATA = "wikidata"
    GRID = "grid"
    ORG_ID = "org-id"
    OTHER = "other"


RETIRED = {IdentifierScheme.GRID: IdentifierScheme.ROR}
"""Schemes that are no longer maintained, and the one to use instead."""


@attrs.frozen(kw_only=True, weakref_slot=False)
class Identifier(SelfChecked):
    """One identifier of an organization in another register."""

    scheme: IdentifierScheme = attrs.field(
        converter=FromText[IdentifierScheme], metadata=about("Scheme", "The register that gave the identifier.")
    )
    value: str = attrs.field(metadata=about("Value", "The identifier in its register's own form."))

    @property
    def is_well_formed(self) -> bool:
        """Whether the value has its scheme's form."""
        return re.fullmatch(_FORMS[self.scheme], self.value) is not None

    @property
    def is_sound(self) -> bool:
        """Whether the value has its scheme's form and its check digits, where the scheme has any, agree."""
        check = _CHECKS.get(self.scheme)
        return self.is_well_formed and (check is None or check(self.value))


def to_own_form(scheme: IdentifierScheme, published: str) -> str | None:
    """An identifier as its register's own form has it, from a form in which it is published; None where it is none.

    >>> to_own_form(IdentifierScheme.ROR, "https://ror.org/05dxps055"), to_own_form(IdentifierScheme.ISNI, "Ana")
    ('05dxps055', None)

    Registers show addresses, prefixes, blanks and small letters that are no part of the identifier. What has wrong
    check digits without them is no identifier.
    """
    host, shorten = _PUBLISHED.get(scheme, (None, str.strip))
    text = _UNSEEN.sub("", published).strip()
    if host:
        bare = re.sub(rf"(?i:(?:https?://)?(?:{host})|(?:{scheme}|wd|urn:{scheme})[: ]\s*)", "", text, count=1)
        text = shorten(re.split(r"[/?#]", bare, maxsplit=1)[0])
    made = Identifier(scheme=scheme, value=shorten(text))
    return made.value if made.is_sound else None


_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


def _drop_gaps(text: str) -> str:
    return re.sub(r"[\s\u2010-\u2015-]", "", text).upper()


def _name_list(text: str) -> str:
    """The list of org-id.guide in capitals, and a colon after it, where the aid standard IATI has a hyphen."""
    return re.sub(r"^\s*([A-Za-z]{2,3}-[A-Za-z0-9]{1,20})\s*[:-]\s*", lambda found: f"{found[1].upper()}:", text)


_PUBLISHED: dict[IdentifierScheme, tuple[str | None, Callable[[str], str]]] = {
    IdentifierScheme.ROR: (r"(?:www\.)?ror\.org/", str.lower),
    IdentifierScheme.ISNI: (r"(?:www\.)?isni\.org/(?:isni/)?", _drop_gaps),
    IdentifierScheme.LEI: (r"(?:www\.)?(?:lei\.info/|gleif\.org/lei/|search\.gleif\.org/#/record/)", _drop_gaps),
    IdentifierScheme.WIKIDATA: (r"(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/", str.upper),
    IdentifierScheme.GRID: (r"(?:www\.)?grid\.ac/institutes/", str.lower),
    IdentifierScheme.ORG_ID: (None, _name_list),
}
"""Where the registers show an identifier, and what makes their own form of what stands there."""


def _has_ror_check_digits(value: str) -> bool:
    """Crockford base 32 of the number, then two digits: 98 - (number * 100) mod 97 (ROR's own description)."""
    number = 0
    for letter in value[:7]:
        number = number * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(letter)
    return 98 - (number * 100) % 97 == int(value[7:])


def _has_isni_check_digit(value: str) -> bool:
    """ISO/IEC 7064 MOD 11-2 over sixteen characters."""
    total = 0
    for digit in value[:15]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == value[15]


def _has_lei_check_digits(value: str) -> bool:
    """ISO/IEC 7064 MOD 97-10 over twenty characters, letters counting from 10."""
    return int("".join(str(int(letter, 36)) for letter in value)) % 97 == 1


_FORMS = {
    IdentifierScheme.ROR: r"0[0-9a-hj-km-np-tv-z]{6}[0-9]{2}",
    IdentifierScheme.ISNI: r"[0-9]{15}[0-9X]",
    IdentifierScheme.LEI: r"[0-9A-Z]{18}[0-9]{2}",
    IdentifierScheme.WIKIDATA: r"Q[1-9][0-9]{0,11}",
    IdentifierScheme.GRID: r"grid\.[0-9]{1,8}\.[0-9a-f]{1,2}",
    IdentifierScheme.ORG_ID: r"[A-Z]{2,3}-[A-Z0-9]{1,20}:.{1,100}",
    IdentifierScheme.OTHER: r".{1,200}",
}

_CHECKS: dict[IdentifierScheme, Callable[[str], bool]] = {
    IdentifierScheme.ROR: _has_ror_check_digits,
    IdentifierScheme.ISNI: _has_isni_check_digit,
    IdentifierScheme.LEI: _has_lei_check_digits,
}
