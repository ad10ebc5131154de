"""E-mail addresses, telephones and numbers of documents, compared in the forms in which people write them.

Telephones count by their digits: without `+` or `00`, and from the end without the code of the country where eight
digits are left. An address counts without case, with or without `mailto:`, and with its at sign spelled out. Numbers
of documents count by their letters and digits.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

__all__ = [
    "ContactFinder",
    "extract_phone_digits",
    "find_contacts",
    "find_document_numbers",
    "normalize_document_number",
    "normalize_email",
    "to_international_phone",
]

SHORTEST_PHONE, SHORTEST_NATIONAL, LONGEST_PHONE = 5, 8, 16
SHORTEST_NUMBER, LONGEST_NUMBER = 5, 24
_LONGEST_CODE = 5
"""So many digits may stand before a national number: a code of a country, with a sign to dial abroad."""
_ABROAD = ("011", "00", "0")
"""What is dialled before the code of a country, or before a number in its own country."""
_PLUS = frozenset("+\uff0b")
_SIGNS = frozenset("+\uff0b(")
_DIGITS = re.compile(r"\d")
_PHONE_GAP = re.compile(r"/|(?:\(0\)|[ \u00a0\u2007\u2009\u202f().\-\u2010-\u2014+_]){1,6}")
_GROUP = re.compile(r"\d+")
_EXTENSION = re.compile(r"[\s,;]*(?:ext|extension|x|anexo|int|interno|ramal|poste)[. ]{0,2}\d{1,6}\s*$", re.IGNORECASE)
_NUMBER_GROUP = re.compile(r"[0-9A-Za-z]+")
_NUMBER_GAP = re.compile(r"[ \u00a0.\-\u2010-\u2014/]{1,2}")
_AT = re.compile(
    r"@|%40|&#64;|&commat;|[(\[{] {0,2}(?:at|arroba) {0,2}[)\]}]|(?<=\s)(?:at|arroba)(?=\s)", re.IGNORECASE
)
_AT_SIGNS = ("@", "at", "AT", "At", "arroba", "ARROBA", "Arroba", "%40", "&#64;", "&commat;")
"""What `_AT` finds has one of these, but for mixed case."""
_MANY_DIGITS = re.compile(r"\d(?:\D{0,6}\d){4}")
_LOCAL = re.compile(r"([\w.+%'\-]{1,64})\s{0,2}$")
_DOT = r"(?:\.|\s{0,2}[(\[{] {0,2}(?:dot|punto|point|ponto) {0,2}[)\]}]\s{0,2}|\s(?:dot|punto|point|ponto)\s)"
_DOMAIN = re.compile(rf"\s{{0,2}}([\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{1,8}})", re.IGNORECASE)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_FREE = {"googlemail.com": "gmail.com"}
_TWIN_CODES = (("521", "52"), ("549", "54"))
"""Mexico and Argentina: dialled to a mobile telephone with one digit more."""


def normalize_email(text: str) -> str | None:
    """An e-mail address as it is compared, or None where the text is none.

    >>> normalize_email("mailto:Ana@Example.org"), normalize_email("ana (at) example.org")
    ('ana@example.org', 'ana@example.org')
    """
    return next((email for email, _, _ in _iterate_emails(text)), None)


def extract_phone_digits(text: str) -> str:
    """The digits of a telephone, without a sign to dial abroad, an extension and `(0)`.

    >>> phone_digits("00507 6000-6000 ext. 2"), phone_digits("+44 (0)20 7946 0000")
    ('50760006000', '442079460000')
    """
    digits = _to_ascii_digits(_EXTENSION.sub("", text).replace("(0)", ""))
    return digits[2:] if digits.startswith("00") and len(digits) >= SHORTEST_NATIONAL + 2 else digits


def to_international_phone(text: str) -> str | None:
    """The digits of a telephone in full form, with the code of its country, or None.

    >>> international_number("+507 6000 6000"), international_number("6000-6000")
    ('50760006000', None)
    """
    plain = text.strip().removeprefix("tel:").lstrip("( \u00a0")
    digits = extract_phone_digits(text)
    is_full = plain.startswith(("+", "\uff0b", "00")) and SHORTEST_NATIONAL <= len(digits) < LONGEST_PHONE
    return _get_shortest_phone_variant(digits) if is_full else None


def normalize_document_number(text: str) -> str:
    """The letters and digits of a number, in capitals.

    >>> normalize_number("12.345.678-k")
    '12345678K'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum()).upper()


def find_document_numbers(text: str) -> Iterator[str]:
    """What in a text may be the number of a document, as it is compared: letters and digits, most of them digits."""
    for word in re.findall(r"[0-9A-Za-z][0-9A-Za-z./\-]{3,30}", text):
        number = normalize_document_number(word)
        digits = sum(letter.isdigit() for letter in number)
        if SHORTEST_NUMBER <= len(number) <= LONGEST_NUMBER and digits >= SHORTEST_NUMBER:
            yield number


def find_contacts(text: str) -> Iterator[tuple[str, str, int, int]]:
    """What in a text may be an address, a telephone in full form or the number of a document, as each is compared.

    Yields `email`, `phone` or `id`, the value, and where it starts and ends. Telephones and numbers are all those that
    the groups of digits can be, so most of them are none: it is for looking each up among those that are known.
    """
    yield from (("email", email, start, end) for email, start, end in _iterate_emails(text))
    for groups in _iterate_phone_digit_runs(text):
        for place, (_, start, _) in enumerate(groups):
            number = ""
            for digits, _, end in groups[place:]:
                number += digits
                plain = number.removeprefix("00")
                if len(plain) >= LONGEST_PHONE:
                    break
                if len(plain) >= SHORTEST_NATIONAL:
                    yield "phone", _get_shortest_phone_variant(plain), _extend_back_over_signs(text, start), end
    for number, start, end in _iterate_document_numbers(text):
        if sum(letter.isdigit() for letter in number) >= SHORTEST_NUMBER:
            yield "id", number, start, end


class ContactFinder:
    """Finds known addresses, telephones and numbers of documents in texts. Work grows with the text alone."""

    def __init__(self, *, emails: Iterable[str] = (), phones: Iterable[str] = (), numbers: Iterable[str] = ()) -> None:
        self._emails = {email for email in map(normalize_email, emails) if email}
        full, national = set[str](), set[str]()
        for phone in phones:
            digits = extract_phone_digits(phone)
            if len(digits) >= SHORTEST_PHONE:
                (full if to_international_phone(phone) else national).update(_iterate_phone_variants(digits))
        self._full = full
        self._national = national | {one[1:] for one in national if one[0] == "0" and len(one) > SHORTEST_NATIONAL}
        self._ends = {one[at:] for one in full for at in range(len(one) - SHORTEST_NATIONAL + 1)}
        self._local = {whole[-length:] for whole in full | national for length in (6, 7) if len(whole) > length}
        self._numbers = {number for number in map(normalize_document_number, numbers) if len(number) >= SHORTEST_NUMBER}

    def __bool__(self) -> bool:
        return bool(self._emails or self._full or self._national or self._numbers)

    def select(self, texts: Iterable[str]) -> Iterator[str]:
        """Of many texts those that have an at sign, or the digits of a number: in no other can one of them stand."""
        has_numbers = bool(self._full or self._national or self._numbers)
        for text in texts if self else ():
            at = bool(self._emails) and any(sign in text for sign in _AT_SIGNS)
            if at or (has_numbers and _MANY_DIGITS.search(text)):
                yield text

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where one of them surely stands in a text: start and end of each."""
        if self._emails:
            yield from ((start, end) for email, start, end in _iterate_emails(text) if email in self._emails)
        if self._full or self._national:
            yield from self._phones(text)
        if self._numbers:
            yield from self._documents(text)

    def may_hold(self, text: str) -> bool:
        """Whether a number in a text ends one of the telephones, and could be it as it is dialled in its town."""
        return bool(self._local) and any(
            number in self._local
            for groups in _iterate_phone_digit_runs(text)
            if (number := "".join(digits for digits, _, _ in groups)) and len(number) in (6, 7)
        )

    def _phones(self, text: str) -> Iterator[tuple[int, int]]:
        for groups in _iterate_phone_digit_runs(text):
            is_full = groups[0][0].startswith("00") or text[groups[0][1] - 1 : groups[0][1]] in _PLUS
            before = 0
            for place, (first, start, _) in enumerate(groups):
                number = ""
                is_rest = is_full and 0 < before <= _LONGEST_CODE
                for digits, _, end in groups[place:]:
                    number += digits
                    if len(number) > LONGEST_PHONE + len(_ABROAD[0]):
                        break
                    if self._is_known(number, is_rest=is_rest):
                        yield _extend_back_over_signs(text, start), end
                before += len(first)

    def _is_known(self, number: str, *, is_rest: bool) -> bool:
        """Whether digits are a telephone that is looked for; `is_rest` where the code of a country stands before."""
        if number in self._national or (not is_rest and number in self._ends):
            return True
        longest = min(_LONGEST_CODE, len(number) - SHORTEST_NATIONAL)
        return any(number[cut:] in self._national for cut in range(1, longest + 1)) or any(
            number.startswith(sign) and number[len(sign) :] in (self._ends if sign == "0" else self._full)
            for sign in _ABROAD
        )

    def _documents(self, text: str) -> Iterator[tuple[int, int]]:
        return ((start, end) for number, start, end in _iterate_document_numbers(text) if number in self._numbers)


def _iterate_document_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """What the groups of letters and digits make that stand together."""
    groups = [(one.group().upper(), one.start(), one.end()) for one in _NUMBER_GROUP.finditer(text)]
    for place, (_, start, before) in enumerate(groups):
        number, here = "", before
        for letters, begin, end in groups[place:]:
            if begin > here and not _NUMBER_GAP.fullmatch(text, here, begin):
                break
            number, here = number + letters, end
            if len(number) > LONGEST_NUMBER:
                break
            yield number, start, end


def _iterate_phone_digit_runs(text: str) -> Iterator[list[tuple[str, int, int]]]:
    """Groups of digits that only blanks and the signs of telephones part."""
    run: list[tuple[str, int, int]] = []
    for found in _GROUP.finditer(text):
        if run and not _PHONE_GAP.fullmatch(text, run[-1][2], found.start()):
            yield run
            run = []
        is_trunk = found.group() == "0" and text[found.start() - 1 : found.end() + 1] == "(0)"
        if not is_trunk or not run:
            run.append((_to_ascii_digits(found.group()), *found.span()))
    if run:
        yield run


def _extend_back_over_signs(text: str, start: int) -> int:
    while start and text[start - 1] in _SIGNS:
        start -= 1
    return start


def _to_ascii_digits(text: str) -> str:
    found = _DIGITS.findall(text)
    return "".join(found) if text.isascii() else "".join(str(unicodedata.decimal(digit)) for digit in found)


def _iterate_phone_variants(digits: str) -> Iterator[str]:
    yield digits
    for long, short in _TWIN_CODES:
        if digits.startswith(long) and len(digits) == _TWIN_LENGTH:
            yield short + digits[len(long) :]
        elif digits.startswith(short) and len(digits) == _TWIN_LENGTH - 1:
            yield long + digits[len(short) :]


_TWIN_LENGTH = 13


def _get_shortest_phone_variant(digits: str) -> str:
    return min(_iterate_phone_variants(digits), key=len)


def _iterate_emails(text: str) -> Iterator[tuple[str, int, int]]:
    for sign in _AT.finditer(text):
        local = _LOCAL.search(text, max(0, sign.start() - 66), sign.start())
        domain = _DOMAIN.match(text, sign.end())
        if local and domain:
            yield _normalize_email_parts(local[1], domain[1]), local.start(1), domain.end(1)


@functools.lru_cache(maxsize=1 << 10)
def _normalize_email_parts(local: str, domain: str) -> str:
    name = unicodedata.normalize("NFKC", local).casefold().partition("+")[0].strip(".'%")
    host = unicodedata.normalize("NFKC", _DOTS.sub(".", domain)).casefold()
    host = _FREE.get(host, host)
    return f"{name.replace('.', '') if host == 'gmail.com' else name}@{host}"
