"""Numbers that states give to bodies and to persons: which one a text can be, by its form and its check digits.

Only what is certain is claimed: a number whose check digits this library does not know is told by its form alone, and
only where that form belongs to no other number. A number that is, or may be, a person's is told as such: whoever keeps
a list of bodies must not take it for theirs.

The table of kinds is most of the file: they are read beside each other, since a text can be several.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import attrs

from untoc_network.values.identifier import Identifier, IdentifierScheme

__all__ = ["NationalNumber", "find_national_numbers"]


@attrs.frozen(kw_only=True)
class NationalNumber:
    """A number as its register's own form has it, and what kind of number it is.

    `name` is what people call it (`NIT`, `CNPJ`), `country` the code of the state, `list_code` its list at
    org-id.guide, or None where that has none. `is_personal` tells that the number is a natural person's. `is_certain`
    tells that the text can be nothing else: it is punctuated as this number alone is, or its form and check digits
    leave no room. Otherwise only a header, or the other cells of a column, can tell.
    """

    name: str
    country: str
    value: str = attrs.field(repr=False)
    list_code: str | None = None
    is_personal: bool = False
    is_certain: bool = False

    def to_identifier(self) -> Identifier | None:
        """The number as an identifier of a body; None for a number of a person."""
        if self.is_personal:
            return None
        if self.list_code is None:
            return Identifier(scheme=IdentifierScheme.OTHER, value=f"{self.name}:{self.value}")
        return Identifier(scheme=IdentifierScheme.ORG_ID, value=f"{self.list_code}:{self.value}")


def find_national_numbers(text: str) -> tuple[NationalNumber, ...]:
    """The numbers that a text can be as a whole: those whose form it has and whose check digits agree.

    >>> [number.name for number in find_national_numbers("11.222.333/0001-81")]
    ['CNPJ']

    A text without punctuation can be several: whoever knows the header of its column, or the country, can choose.
    """
    plain = _DASHES.sub("-", " ".join(text.split())).upper()
    return tuple(number for kind in _KINDS if (number := kind.read(plain)) is not None)


_DASHES = re.compile("[\u2010-\u2015\u2212]")
_PUNCTUATION = re.compile(r"[\s./-]")


@attrs.frozen(kw_only=True)
class _NumberKind:
    """A kind of number: its forms without punctuation and with it, and its check digits.

    `is_strong` tells that form and check digits leave no room for another number, `is_told_by_marks` that no other
    number is punctuated so, `needs_marks` that without them it could be anything. The check digit is no part of the
    reference of some lists, `drops_check_digit`.
    """

    name: str
    country: str
    plain: re.Pattern[str]
    marked: re.Pattern[str] | None = None
    check: Callable[[str], bool] | None = None
    list_code: str | None = None
    is_personal: bool = False
    is_strong: bool = False
    is_told_by_marks: bool = True
    needs_marks: bool = False
    drops_check_digit: bool = False

    def read(self, text: str) -> NationalNumber | None:
        """The number that a text is; None where it is none of this kind."""
        is_marked = self.marked is not None and self.marked.fullmatch(text) is not None
        value = _PUNCTUATION.sub("", text) if is_marked else text
        if self.plain.fullmatch(value) is None or (self.needs_marks and not is_marked):
            return None
        if self.check is not None and not self.check(value):
            return None
        return NationalNumber(
            name=self.name,
            country=self.country,
            value=value[:-1] if self.drops_check_digit else value,
            list_code=self.list_code,
            is_personal=self.is_personal,
            is_certain=self.is_strong or (is_marked and self.is_told_by_marks),
        )


# -- check digits ----------------------------------------------------------------------------------------------------


def _sum_weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))


def _has_luhn_digit(number: str) -> bool:
    """The algorithm of ISO/IEC 7812-1: every second digit from the right counts twice, its own digits added."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number)))
    return sum(count // 10 + count % 10 for count in doubled) % 10 == 0


def _has_two_digits_of_brazil(number: str, weights: tuple[int, ...]) -> bool:
    """Two check digits of modulus 11, the second over the first; equal digits throughout are no number."""
    if len(set(number)) == 1:
        return False
    body = number[:-2]
    for _ in range(2):
        rest = _sum_weighted(body, weights[-len(body) :]) % 11
        body += str(0 if rest < 2 else 11 - rest)
    return body == number


def _is_cnpj(number: str) -> bool:
    return _has_two_digits_of_brazil(number, (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))


def _is_cpf(number: str) -> bool:
    return _has_two_digits_of_brazil(number, (11, 10, 9, 8, 7, 6, 5, 4, 3, 2))


def _is_nit_of_colombia(number: str) -> bool:
    """Modulus 11 with primes as weights from the right."""
    rest = _sum_weighted(number[-2::-1], (3, 7, 13, 17, 19, 23, 29, 37, 41, 43)) % 11
    return (rest if rest < 2 else 11 - rest) == int(number[-1])


def _is_rut(number: str) -> bool:
    """Modulus 11 with the weights 2 to 7 from the right, and K for ten."""
    rest = _sum_weighted(number[-2::-1], (2, 3, 4, 5, 6, 7, 2, 3)) % 11
    return "0123456789K0"[11 - rest] == number[-1]


def _is_cuit(number: str) -> bool:
    rest = _sum_weighted(number, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return (11 - rest) % 11 == int(number[-1])


def _is_ruc_of_peru(number: str) -> bool:
    rest = _sum_weighted(number[:-1], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) % 11
    return (11 - rest) % 10 == int(number[-1])


def _is_ruc_of_ecuador(number: str) -> bool:
    """The third digit tells the kind: 9 a private body, 6 a public one, a lower one a person with an identity card."""
    if not _has_province(number):
        return False
    if number[2] == "9":
        return _sum_weighted(number[:10], (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0
    return _sum_weighted(number[:9], (3, 2, 7, 6, 5, 4, 3, 2, 1)) % 11 == 0


def _is_card_of_ecuador(number: str) -> bool:
    return _has_province(number) and _has_luhn_digit(number[:10])


def _has_province(number: str) -> bool:
    return 1 <= int(number[:2]) <= 24 or number[:2] == "30"


def _is_nif_of_body(number: str) -> bool:
    """Luhn over the seven digits behind the letter; the check digit is a digit or the letter in its place."""
    digits = number[1:8]
    check = next(check for check in range(10) if _has_luhn_digit(f"{digits}{check}"))
    return number[8] in (str(check), "JABCDEFGHI"[check])


def _is_nif_of_person(number: str) -> bool:
    """The rest by 23 of the number, as a letter; of foreigners X, Y and Z count as 0, 1 and 2."""
    digits = int(number[:-1].translate(str.maketrans("XYZ", "012")))
    return "TRWAGMYFPDXBNJZSQVHLCKE"[digits % 23] == number[-1]


def _is_nif_of_portugal(number: str) -> bool:
    rest = _sum_weighted(number, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return (0 if rest < 2 else 11 - rest) == int(number[-1])


def _is_ruc_of_paraguay(number: str) -> bool:
    """Modulus 11 with the weights 2 and up from the right."""
    return -_sum_weighted(number[-2::-1], range(2, 12)) % 11 % 10 == int(number[-1])


def _is_rut_of_uruguay(number: str) -> bool:
    return str(-_sum_weighted(number[:11], (4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11) == number[-1]


def _is_rnc(number: str) -> bool:
    return (10 - _sum_weighted(number[:8], (7, 9, 8, 6, 5, 4, 3, 2)) % 11) % 9 + 1 == int(number[-1])


def _is_rif(number: str) -> bool:
    """The letter counts too: V 4, E 8, J 12, P 16, G 20."""
    rest = (4 + 4 * "VEJPG".index(number[0]) + _sum_weighted(number[1:9], (3, 2, 7, 6, 5, 4, 3, 2))) % 11
    return "00987654321"[rest] == number[-1]


def _is_siret(number: str) -> bool:
    return _has_luhn_digit(number) and _has_luhn_digit(number[:9])


def _is_number_of_french_person(number: str) -> bool:
    return 97 - int(number[:13]) % 97 == int(number[13:])


# -- kinds -----------------------------------------------------------------------------------------------------------

_MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_DATE = rf"[0-9]{{2}}{_MONTH_AND_DAY}"

_KINDS = (
    _NumberKind(
        name="CNPJ",
        country="BR",
        list_code="BR-CNPJ",
        plain=re.compile(r"[0-9]{14}"),
        marked=re.compile(r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-[0-9]{2}"),
        check=_is_cnpj,
    ),
    _NumberKind(
        name="CPF",
        country="BR",
        plain=re.compile(r"[0-9]{11}"),
        marked=re.compile(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}"),
        check=_is_cpf,
        is_personal=True,
    ),
    # A person's number is that of the identity card; those of bodies have nine digits and begin with 8 or 9.
    _NumberKind(
        name="NIT",
        country="CO",
        list_code="CO-NIT",
        drops_check_digit=True,
        plain=re.compile(r"[89][0-9]{9}"),
        marked=re.compile(r"[89][0-9]{2}(?:\.[0-9]{3}){2} ?- ?[0-9]|[89][0-9]{8} ?- ?[0-9]"),
        check=_is_nit_of_colombia,
    ),
    _NumberKind(
        name="RUT",
        country="CL",
        list_code="CL-RUT",
        plain=re.compile(r"[5-9][0-9]{7}[0-9K]"),
        marked=re.compile(r"[5-9][0-9](?:\.[0-9]{3}){2} ?- ?[0-9K]"),
        check=_is_rut,
    ),
    _NumberKind(
        name="RUT",
        country="CL",
        list_code="CL-RUT",
        plain=re.compile(r"[5-9][0-9]{7}[0-9K]"),
        marked=re.compile(r"[5-9][0-9]{7} ?- ?[0-9K]"),
        check=_is_rut,
        is_told_by_marks=False,
        needs_marks=True,
    ),
    # Below fifty millions are the numbers of persons.
    _NumberKind(
        name="RUN",
        country="CL",
        plain=re.compile(r"[1-4]?[0-9]{7}[0-9K]"),
        marked=re.compile(r"[1-4]?[0-9](?:\.[0-9]{3}){2} ?- ?[0-9K]|[1-4]?[0-9]{7} ?- ?[0-9K]"),
        check=_is_rut,
        is_personal=True,
    ),
    _NumberKind(
        name="CUIT",
        country="AR",
        list_code="AR-CUIT",
        plain=re.compile(r"3[034][0-9]{9}"),
        marked=re.compile(r"3[034]-[0-9]{8}-[0-9]"),
        check=_is_cuit,
    ),
    _NumberKind(
        name="CUIL",
        country="AR",
        plain=re.compile(r"2[03-7][0-9]{9}"),
        marked=re.compile(r"2[03-7]-[0-9]{8}-[0-9]"),
        check=_is_cuit,
        is_personal=True,
    ),
    _NumberKind(
        name="RUC",
        country="PE",
        list_code="PE-RUC",
        plain=re.compile(r"20[0-9]{9}"),
        check=_is_ruc_of_peru,
    ),
    _NumberKind(
        name="RUC",
        country="PE",
        plain=re.compile(r"1[0-9]{10}"),
        check=_is_ruc_of_peru,
        is_personal=True,
    ),
    _NumberKind(
        name="RUC",
        country="EC",
        list_code="EC-RUC",
        plain=re.compile(r"[0-9]{2}[69][0-9]{7}00[1-9]"),
        marked=re.compile(r"[0-9]{10}-00[1-9]"),
        check=_is_ruc_of_ecuador,
        is_strong=True,
    ),
    _NumberKind(
        name="cédula",
        country="EC",
        plain=re.compile(r"[0-9]{2}[0-5][0-9]{7}(?:00[1-9])?"),
        marked=re.compile(r"[0-9]{9}-[0-9]|[0-9]{10}-00[1-9]"),
        check=_is_card_of_ecuador,
        is_personal=True,
    ),
    _NumberKind(
        name="cédula",
        country="DO",
        plain=re.compile(r"[0-9]{11}"),
        marked=re.compile(r"[0-9]{3}-[0-9]{7}-[0-9]"),
        check=_has_luhn_digit,
        is_personal=True,
    ),
    _NumberKind(
        name="RFC",
        country="MX",
        list_code="MX-RFC",
        plain=re.compile(rf"[A-Z&Ñ]{{3}}{_DATE}[0-9A-Z]{{2}}[0-9A]"),
        marked=re.compile(rf"[A-Z&Ñ]{{3}}[ -]?{_DATE}[ -]?[0-9A-Z]{{2}}[0-9A]"),
    ),
    _NumberKind(
        name="RFC",
        country="MX",
        plain=re.compile(rf"[A-Z&Ñ]{{4}}{_DATE}[0-9A-Z]{{2}}[0-9A]"),
        marked=re.compile(rf"[A-Z&Ñ]{{4}}[ -]?{_DATE}[ -]?[0-9A-Z]{{2}}[0-9A]"),
        is_personal=True,
    ),
    _NumberKind(
        name="CURP",
        country="MX",
        plain=re.compile(rf"[A-ZÑ]{{4}}{_DATE}[HMX][A-Z]{{2}}[A-ZÑ]{{3}}[0-9A-Z][0-9]"),
        is_personal=True,
        is_strong=True,
    ),
    _NumberKind(
        name="SIRET",
        country="FR",
        plain=re.compile(r"[0-9]{14}"),
        marked=re.compile(r"[0-9]{3} [0-9]{3} [0-9]{3} ?[0-9]{5}"),
        check=_is_siret,
    ),
    _NumberKind(
        name="SIREN",
        country="FR",
        plain=re.compile(r"[0-9]{9}"),
        check=_has_luhn_digit,
    ),
    _NumberKind(
        name="RNA",
        country="FR",
        plain=re.compile(r"W[0-9][0-9AB][0-9]{7}"),
        is_strong=True,
    ),
    _NumberKind(
        name="NIR",
        country="FR",
        plain=re.compile(r"[12][0-9]{2}(?:0[1-9]|1[0-2])[0-9]{10}"),
        marked=re.compile(r"[12] [0-9]{2} [0-9]{2} [0-9]{2} [0-9]{3} [0-9]{3} [0-9]{2}"),
        check=_is_number_of_french_person,
        is_personal=True,
        is_strong=True,
    ),
    _NumberKind(
        name="NIF",
        country="ES",
        list_code="ES-NIF",
        plain=re.compile(r"[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]"),
        marked=re.compile(r"[ABCDEFGHJNPQRSUVW][ -][0-9]{7}[ -]?[0-9A-J]"),
        check=_is_nif_of_body,
    ),
    _NumberKind(
        name="DNI",
        country="ES",
        plain=re.compile(r"[0-9XYZ][0-9]{7}[A-Z]"),
        marked=re.compile(r"[0-9XYZ][ -]?[0-9]{7}[ -]?[A-Z]|[0-9]{2}\.[0-9]{3}\.[0-9]{3}[ -]?[A-Z]"),
        check=_is_nif_of_person,
        is_personal=True,
    ),
    _NumberKind(
        name="NIPC",
        country="PT",
        list_code="PT-NIPPC",
        plain=re.compile(r"[569][0-9]{8}"),
        check=_is_nif_of_portugal,
    ),
    _NumberKind(
        name="NIF",
        country="PT",
        plain=re.compile(r"[123][0-9]{8}"),
        check=_is_nif_of_portugal,
        is_personal=True,
    ),
    _NumberKind(
        name="RUC",
        country="PY",
        list_code="PY-RUC",
        plain=re.compile(r"80[0-9]{7}"),
        marked=re.compile(r"80[0-9]{6}-[0-9]"),
        check=_is_ruc_of_paraguay,
        is_told_by_marks=False,
    ),
    _NumberKind(
        name="RUT",
        country="UY",
        plain=re.compile(r"(?:0[1-9]|1[0-9]|2[01])[0-9]{6}001[0-9]"),
        check=_is_rut_of_uruguay,
        is_strong=True,
    ),
    _NumberKind(
        name="RNC",
        country="DO",
        plain=re.compile(r"[145][0-9]{8}"),
        marked=re.compile(r"[145]-[0-9]{2}-[0-9]{5}-[0-9]"),
        check=_is_rnc,
    ),
    _NumberKind(
        name="RIF",
        country="VE",
        plain=re.compile(r"[JG][0-9]{9}"),
        marked=re.compile(r"[JG]-[0-9]{8}-?[0-9]"),
        check=_is_rif,
        is_strong=True,
    ),
    _NumberKind(
        name="RIF",
        country="VE",
        plain=re.compile(r"[VEP][0-9]{9}"),
        marked=re.compile(r"[VEP]-[0-9]{8}-?[0-9]"),
        check=_is_rif,
        is_personal=True,
        is_strong=True,
    ),
    _NumberKind(
        name="cédula jurídica",
        country="CR",
        plain=re.compile(r"3[0-9]{9}"),
        marked=re.compile(r"3-[0-9]{3}-[0-9]{6}"),
        needs_marks=True,
    ),
    _NumberKind(
        name="EIN",
        country="US",
        list_code="US-EIN",
        plain=re.compile(r"[0-9]{9}"),
        marked=re.compile(r"[0-9]{2}-[0-9]{7}"),
        is_told_by_marks=False,
    ),
    _NumberKind(
        name="SSN",
        country="US",
        plain=re.compile(r"[0-9]{9}"),
        marked=re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{4}"),
        needs_marks=True,
        is_personal=True,
    ),
)
"""The kinds of numbers. Lists are those of org-id.guide that are not retired. Where no algorithm is published, or this
library does not know it, the form alone is asked; so it is for the RFC, of which many are in use with a wrong digit."""
