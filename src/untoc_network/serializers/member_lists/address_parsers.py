"""Addresses and telephone numbers as people write them into cells: each is read whole, or not at all.

A part of an address is another person's address, so nothing is ever cut out of a word. An address begins and ends at
the edge of the cell, at a blank, a bracket, a quotation mark, or at a mark that no address of its kind can hold. A mark
that it can hold, or that stands where a dot may have been meant (`ana,perez@example.org`), is an edge only where there
is an address on its other side. What is doubtful gives no address; the cell stays in the notes, and a finding asks.

One file holds all kinds, since they share the edges and the pieces that a cell is cut into.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

import attrs

from untoc_network import reference
from untoc_network.serializers.member_lists.parsed_cell import CellParser, ParsedCell
from untoc_network.serializers.member_lists.vocabulary import (
    generic_domains,
    services_by_word,
    words_beside_phones,
    words_for_nothing,
)
from untoc_network.text.folding import fold, fold_to_words
from untoc_network.values.ids_and_codes import Url
from untoc_network.values.self_checked_classes import TEXT_FORMS

__all__ = ["make_social_link_parser", "parse_emails", "parse_links", "parse_phones", "parse_social_links"]

_BETWEEN = frozenset(
    ["", "y", "e", "and", "et", "o", "or", "ou", "u", "&", "+", "-", "\u2013", "\u2014", "\u2022", "\u00b7"]
)
"""What may stand between two addresses and says nothing of its own."""
_OPENING, _QUOTES = "<([{", '"\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a'
_CLOSING = ">)]}"
_SURE = ";|\uff1b\uff5c"
"""Marks that stand in no address and are not typed for a dot."""
_FULL_WIDTH = "\uff0c\uff1b\u3001\uff5c"
"""Commas, semicolon and bar as they are written in East Asia."""


def _may_be_in_address(letter: str) -> bool:
    """Whether a letter outside ASCII can be part of an address (RFC 6531, RFC 5890): letters, their marks, digits."""
    return unicodedata.category(letter)[0] in "LM" or unicodedata.category(letter) == "Nd"


def _consists_of(text: str, ascii_letters: re.Pattern[str]) -> bool:
    """Whether a text is of such letters alone, or of letters outside ASCII."""
    ascii_part = text if text.isascii() else "".join(letter for letter in text if letter.isascii())
    return ascii_letters.fullmatch(ascii_part) is not None and (
        ascii_part is text or all(letter.isascii() or _may_be_in_address(letter) for letter in text)
    )


@attrs.frozen
class _AddressPiece:
    """A piece of a cell: the address that it is, if it is one, and whether it says more than that."""

    text: str = attrs.field(repr=False)
    address: str | None = attrs.field(default=None, repr=False)
    says_more: bool = False

    @property
    def is_left(self) -> bool:
        """Whether something would be lost if only its address was kept."""
        return self.says_more if self.address else self.text.strip(" .:,;|/\t\n").casefold() not in _BETWEEN


def _join_pieces(
    pieces: Sequence[_AddressPiece], *, guess: str | None = "address-in-text", remedy: str | None = None
) -> ParsedCell:
    found = tuple(dict.fromkeys(piece.address for piece in pieces if piece.address))
    whole = bool(found) and not any(piece.is_left for piece in pieces)
    return ParsedCell(
        values=found, is_complete=whole, guess=guess if found and not whole else None, remedy=None if whole else remedy
    )


_PLAIN_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}"
_PLAIN_EMAIL = re.compile(rf"(?=.{{1,63}}\Z)[a-z0-9]+(?:[._-][a-z0-9]+)*@{_PLAIN_HOST}")
_PLAIN_LINK = re.compile(rf"(?=.{{1,63}}\Z)https?://{_PLAIN_HOST}(?:/[a-z0-9-]+)*/?")
_PLAIN_PHONE = re.compile(r"\+?[0-9](?: ?[0-9]){7,14}")
"""What most cells are, an address or a number alone: the long way gives them the same, at ten times the cost."""

# -- e-mail ------------------------------------------------------------------------------------------------------------

_EDGES = re.compile(rf"([\s,;|/&{re.escape(_OPENING + _CLOSING)}{_QUOTES}{_FULL_WIDTH}]+)")
_IN_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%'*+=?^_`~-]*")
_IN_LABEL = re.compile(r"[A-Za-z0-9-]*")
_LABEL_OF_CELL = re.compile(r"[^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)*:(?=.)")
_BULLETS = "\u2022\u25aa\u25cf\u25e6\u2023\u00a1\u00bf"
_DOT_IN_WORDS = frozenset(["dot", "punto", "ponto", "point"])
_BLANKS = re.compile(r"\s+")


_AT_IN_WORDS = re.compile(r"(?<=[\w.+-])\s*[(\[{]\s*(?:at|arroba|arobase)\s*[)\]}]\s*(?=\w)", re.IGNORECASE)
_DOT_IN_BRACKETS = re.compile(r"(?<=\w)\s*[(\[{]\s*(?:dot|punto|ponto|point)\s*[)\]}]\s*(?=\w)", re.IGNORECASE)


def parse_emails(text: str, _: str | None) -> ParsedCell:
    """The e-mail addresses in a cell; the rest of what it says is not lost.

    `info [at] example [dot] org` is read as what it stands for, which is told.
    """
    if _PLAIN_EMAIL.fullmatch(text):
        return ParsedCell(values=(text,))
    if _AT_IN_WORDS.search(text):
        plain = _parse_plain_emails(_DOT_IN_BRACKETS.sub(".", _AT_IN_WORDS.sub("@", text)))
        if plain.is_complete:
            return attrs.evolve(plain, guess="signs-in-words")
    return _parse_plain_emails(text)


def _parse_plain_emails(text: str) -> ParsedCell:
    pieces = _EDGES.split(text)
    read = [_parse_email(piece) for piece in pieces[::2]]
    for at, one in enumerate(read):
        if one.address and not (_may_address_begin(pieces, read, at) and _may_address_end(pieces, read, at)):
            read[at] = _AddressPiece(text=one.text)
    found = _join_pieces(read)
    return found if found.is_complete else attrs.evolve(found, remedy=_find_email_remedy(text))


_REMEDIES = {
    "write-at-sign": re.compile(
        r"[(\[{<]\s*(?:at|arroba|arobase|a)\s*[)\]}>]|\w (?:at|arroba|arobase) [\w-]+\.\w", re.IGNORECASE
    ),
    "write-without-blank": re.compile(r"\w\s+@\s*\w|\w@\s+\w"),
}


def _find_email_remedy(text: str) -> str | None:
    return next((key for key, sign in _REMEDIES.items() if sign.search(text)), None)


def _parse_email(piece: str) -> _AddressPiece:
    """What stands between two edges: an address, or something else."""
    core = _strip_invisible_marks(piece).lstrip(_BULLETS)
    label = None if core[:7].lower() == "mailto:" else _LABEL_OF_CELL.match(core)
    core = core[label.end() :] if label else core
    more = bool(label)
    if core[:7].lower() == "mailto:":
        core, _, query = core[7:].partition("?")
        more = more or bool(query)
        core = "" if "%" in core else core  # an escaped letter may be anything
    if core[-1:] in (".", ":", "!", "?"):
        core = core[:-1]
    for opening, closing in ("''", "\u2018\u2019"):
        if core[:1] == opening and core[1:].endswith(closing):
            core = core[1:-1]
    return _AddressPiece(text=piece, address=core if _is_email(core) else None, says_more=more)


def _strip_invisible_marks(text: str) -> str:
    """A text without invisible marks at its ends; within a word they are no edge. ASCII has none."""
    if text.isascii():
        return text
    shown = [at for at, letter in enumerate(text) if unicodedata.category(letter) != "Cf"]
    return text[shown[0] : shown[-1] + 1] if shown else ""


def _is_email(text: str) -> bool:
    local, _, domain = text.partition("@")
    return (
        len(text) <= 254
        and len(local.encode()) <= 64
        and all(local.split("."))
        and (local[0] == "_" or local[0].isalnum())
        and _consists_of(local.replace(".", ""), _IN_LOCAL_PART)
        and _is_host_name(domain)
    )


def _is_host_name(text: str) -> bool:
    """Whether a text is the name of a host, in any letters, with at least one dot (RFC 1123, RFC 5890)."""
    labels = text.split(".")
    sound = all(
        0 < len(label) <= 63 and label.strip("-") == label and _consists_of(label, _IN_LABEL) for label in labels
    )
    return sound and len(labels) > 1 and _may_be_top_level_domain(labels[-1])


def _may_be_top_level_domain(label: str) -> bool:
    """Whether the last part of a host can be one; `orgTel` is two words that ran together."""
    if not label.isascii():
        return not any(map(str.isnumeric, label))
    letters = label.isalpha() and len(label) > 1 and (label.islower() or label.isupper() or label.istitle())
    return letters or label.lower().startswith("xn--")


def _may_address_begin(pieces: Sequence[str], read: Sequence[_AddressPiece], at: int) -> bool:
    """Whether a piece stands where an address can begin, and not in the middle of a longer one."""
    if at == 0 or not pieces[2 * at - 2] or read[at - 1].address:
        return True
    before, edge = pieces[2 * at - 2], pieces[2 * at - 1]
    if before.casefold() in _DOT_IN_WORDS:
        return False
    if edge.isspace():
        return not (before[-1] in "._+@-" and any(map(str.isalnum, before)))
    return edge[-1].isspace() or edge[-1] in _SURE + _OPENING or (edge[-1] in _QUOTES and len(edge) > 1)


def _may_address_end(pieces: Sequence[str], read: Sequence[_AddressPiece], at: int) -> bool:
    """Whether a piece stands where an address can end."""
    if 2 * at + 2 > len(pieces) or not pieces[2 * at + 2] or read[at + 1].address:
        return True
    edge, after = pieces[2 * at + 1], pieces[2 * at + 2]
    if after.casefold() in _DOT_IN_WORDS:
        return False
    if edge.isspace():
        return not (_continues_word_before(after) or _is_host_parted_by_blank(pieces[2 * at], after))
    return edge[0].isspace() or edge[0] in _SURE + _CLOSING or len(edge) > 1


def _continues_word_before(after: str) -> bool:
    """Whether a word begins as if it belonged to the one before."""
    return after[0] in ".-_" and after[1:2].isalnum()


def _is_host_parted_by_blank(before: str, after: str) -> bool:
    """Whether a blank behind a dot may part a host from its last part: `mail.example. org`."""
    last = before.rstrip(".").rpartition(".")[2]
    return (
        before.endswith(".")
        and last.lower() not in _load_top_level_domains()
        and after.strip(".,;").lower() in _load_top_level_domains()
    )


# -- addresses on the web ----------------------------------------------------------------------------------------------

_STARTS = r"(?:https?://|www\.)"
_MARKS_OF_LISTS = rf"[,;|{_FULL_WIDTH}]+"
_BETWEEN_ADDRESSES = re.compile(_MARKS_OF_LISTS)
_BEFORE_ANOTHER = re.compile(rf"{_MARKS_OF_LISTS}(?={_STARTS}|$)", re.IGNORECASE)
_IN_HOST = re.compile(rf"((?:https?://)?[^/?#]*?){_MARKS_OF_LISTS}", re.IGNORECASE)
_LEADING = re.compile(rf"[^/.]*?[:=(\[{{<{_QUOTES}'\u2018](?={_STARTS})", re.IGNORECASE)
_WEB = re.compile(
    r"(https?://(?:[^\s/?#@]*@)?)?([^\s/?#@:]+)(?::[0-9]{1,5})?([/?#][^\s<>\"|\\^`{}\u201c\u201d\u00ab\u00bb\u2026]*)?",
    re.IGNORECASE,
)
_IPV4 = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
_PAIRS = ("()", "[]", "<>", "{}", "\u201c\u201d", "\u00ab\u00bb", "\u2018\u2019", '""', "''")
_OPENING_OF_PAIRS = frozenset(pair[0] for pair in _PAIRS)
_CLOSING_OR_STOP = frozenset([*(pair[1] for pair in _PAIRS), *".,;:!"])
_REST_OF_PATH = re.compile(r"\S*[/=%]\S*|\S+\.[a-z0-9]{2,5}[.,;]?", re.IGNORECASE)


def parse_links(text: str, _: str | None) -> ParsedCell:
    """Web addresses; to one that begins with no scheme, https is added as a guess."""
    return _parse_links(text, hosts_alone=True)


def parse_social_links(text: str, _: str | None) -> ParsedCell:
    """Web addresses of pages in a service; a handle, with a dot in it or without, is none."""
    return _parse_links(text, hosts_alone=False)


def _parse_links(text: str, *, hosts_alone: bool) -> ParsedCell:
    if _PLAIN_LINK.fullmatch(text):
        return ParsedCell(values=(text,))
    words = text.split()
    read = [_split_web_addresses(word) for word in words]
    for at in range(1, len(words)):
        if _is_address_cut_by_blank(words[at - 1], words[at], read[at - 1], read[at]):
            read[at - 1], read[at] = [_AddressPiece(text=words[at - 1])], [_AddressPiece(text=words[at])]
    pieces = [piece for word in read for piece in word]
    if not hosts_alone or any(piece.is_left for piece in pieces):
        # among other words a name with a dot in it may be anything
        pieces = [_AddressPiece(text=piece.text) if _is_host_alone(piece.address or "") else piece for piece in pieces]
    bare = any(piece.address and not _has_scheme(piece.address) for piece in pieces)
    found = _join_pieces(pieces, remedy=None if hosts_alone else "write-address-of-page")
    if not bare:
        return found
    urls = (url if _has_scheme(url) else f"https://{url}" for url in found.values)
    return attrs.evolve(found, values=tuple(dict.fromkeys(urls)), guess="no-scheme")


def _split_web_addresses(word: str) -> list[_AddressPiece]:
    """What a word without blanks holds; marks of lists part it before another address, and within a host's name."""
    pieces: list[_AddressPiece] = []
    for part in _BEFORE_ANOTHER.split(_strip_invisible_marks(word)):
        hosts, rest = [], part
        while mark := _IN_HOST.match(rest):
            hosts.append(_parse_web_address(mark[1]))
            rest = rest[mark.end() :]
        here = [*hosts, _parse_web_address(rest)]
        sure = len(here) == 1 or all(one.address or not one.text for one in here)
        pieces += here if sure else [_AddressPiece(text=part)]
    return pieces


def _parse_web_address(piece: str) -> _AddressPiece:
    """A piece as a web address, without what leads it in and what closes it."""
    leading = _LEADING.match(piece)
    core = piece[leading.end() :] if leading else piece
    core = core.lstrip(_BULLETS)
    opened = leading[0][-1] if leading else ""
    if core[:1] in _OPENING_OF_PAIRS:
        opened, core = core[0], core[1:]
    core = _strip_closing(core, opened)
    found = None if core.endswith("..") else _WEB.fullmatch(core)
    sound = found is not None and _is_web_address(*found.groups()) and TEXT_FORMS[Url].fits(core)
    says_more = leading is not None and any(map(str.isalnum, leading[0]))
    return _AddressPiece(text=piece, address=core if sound else None, says_more=says_more)


def _strip_closing(text: str, opened: str) -> str:
    """A text without the full stop and the brackets behind it that were not opened within."""
    while text and text[-1] in _CLOSING_OR_STOP:
        pair = next((pair for pair in _PAIRS if text[-1] == pair[1]), None)
        full_stop = text[-1] in ".,;:!" and text[-2:-1] != text[-1]
        closing = pair and (text.count(pair[1]) > text.count(pair[0]) or pair[0] == pair[1] == opened)
        if not (full_stop or closing):
            break
        text = text[:-1]
    return text


def _is_web_address(scheme: str | None, host: str, rest: str | None) -> bool:
    if rest and (
        rest.count("(") != rest.count(")") or any(map(_is_known_host_name, _BETWEEN_ADDRESSES.split(rest)[1:]))
    ):
        return False
    if scheme:
        return _is_host_name(host) or _IPV4.fullmatch(host) is not None
    if host[:4].lower() == "www.":
        return _is_host_name(host[4:])
    return _is_known_host_name(host)


def _is_known_host_name(text: str) -> bool:
    """Whether a bare word is the name of a host, and not a handle: its last part is a known top-level domain."""
    host = re.split(r"[/?#:]", text)[0]
    return _is_host_name(host) and host.rpartition(".")[2].lower() in _load_top_level_domains()


def _is_host_alone(address: str) -> bool:
    return bool(address) and not re.match(_STARTS, address, re.IGNORECASE) and not re.search(r"[/?#]", address)


def _has_scheme(address: str) -> bool:
    return address[:8].lower().startswith(("http://", "https://"))


def _is_address_cut_by_blank(
    before: str, after: str, read: Sequence[_AddressPiece], following: Sequence[_AddressPiece]
) -> bool:
    """Whether the blank between two words may stand within an address."""
    last, first = read[-1].address, following[0].address
    if last and not first:
        inside = re.search(r"[^/:]/[^/]", last) is not None and before[-1].isalnum()
        return (
            _continues_word_before(after)
            or _is_host_parted_by_blank(before, after)
            or (inside and _is_rest_of_path(after))
        )
    if first and not last:
        return (
            before[-1] in "._/-" and any(map(str.isalnum, before)) and re.match(_STARTS, after, re.IGNORECASE) is None
        )
    return False


def _is_rest_of_path(after: str) -> bool:
    """Whether a word looks like the rest of a path."""
    return any(map(str.isalnum, after)) and _REST_OF_PATH.fullmatch(after) is not None


@functools.cache
def _load_top_level_domains() -> frozenset[str]:
    """Top-level domains: those of countries, and the generic ones that bodies of this kind use."""
    countries = {row.code.lower() for row in reference.table("countries")}
    return frozenset({*countries, *generic_domains()})


# -- accounts of services ----------------------------------------------------------------------------------------------

_LONGEST_HANDLES = 200
_MARKS_OF_HANDLES = re.compile(r"\s*[,;|\n\r]\s*|\s+(?:(?:y|e|and|et)\s+|/\s+)?(?=@)|\s+(?:y|e|and|et)\s+")


def make_social_link_parser(header: str) -> CellParser:
    """What parses a column of pages in a service by its header; where that names one service, handles are read too."""
    services = {services_by_word()[word] for word in fold_to_words(header) if word in services_by_word()}
    if len(services) != 1:
        return parse_social_links
    (service,) = services
    return functools.partial(_parse_handles, re.compile(service.form), service.address)


def _parse_handles(form: re.Pattern[str], address: str, text: str, order: str | None) -> ParsedCell:
    """Names of accounts as addresses of their pages, which is a guess; without an @, only what is no plain word."""
    links = parse_social_links(text, order)
    if links.values or len(text) > _LONGEST_HANDLES or fold(text) in words_for_nothing():
        return links
    handles = [part.strip() for part in _MARKS_OF_HANDLES.split(text.strip()) if part.strip()]
    if not handles or not all(form.fullmatch(handle) for handle in handles):
        return links
    found = (address.replace("*", handle.lstrip("@/")) for handle in handles)
    return ParsedCell(values=tuple(dict.fromkeys(found)), guess="account")


# -- telephone ---------------------------------------------------------------------------------------------------------

_DASHES = "\u2010-\u2015\u2212"
_PHONE = re.compile(
    rf"(?:tel:)?(\(?\+? ?\(?[0-9][0-9 ()./{_DASHES}-]{{4,28}}[0-9]"
    r"(?: ?(?:ext|extension|extensi\u00f3n|int|interno|anexo|ramal|poste|x)\.?:? ?[0-9]{1,6})?)",
    re.IGNORECASE,
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}")
_CUT_NUMBER = re.compile(r"[0-9][.,][0-9]+ ?E ?\+? ?[0-9]{1,2}", re.IGNORECASE)
_NUMERIC_CELL = re.compile(r"\+?[0-9]{6,15}[.,]0")
_DASH_BETWEEN = re.compile(rf"(?<=[0-9)]) +[{_DASHES}-] +(?=[+(0-9])")
_FEWEST_BESIDE_DASH = 7
_NUMBER_AMONG_WORDS = re.compile(r"([^(+0-9]*+)(.*[0-9]\)?)([^0-9]*)", re.DOTALL)
_BETWEEN_PHONES = re.compile(r"([;|\n\r,/]+|\s+(?:y|e|and|et|o|or|ou)\s+|\s*&\s*|\s+(?=\(?\+))", re.IGNORECASE)
_RUN_OF_BLANKS = re.compile(r"\s{9,}")
_FEWEST_DIGITS, _MOST_DIGITS = 6, 15
"""The most after ITU-T E.164; more are two numbers with a blank between them."""


def parse_phones(text: str, _: str | None) -> ParsedCell:
    """Telephone numbers; what is too short for one, such as the end of `6000-0000/01`, is none."""
    if _PLAIN_PHONE.fullmatch(text):
        return ParsedCell(values=(text,))
    pieces = _BETWEEN_PHONES.split(_part_at_dashes(_RUN_OF_BLANKS.sub(_shorten_blanks, text)))
    read: list[_AddressPiece] = []
    is_told = False
    for at, piece in enumerate(pieces[::2]):
        core, is_more = ("", False) if _is_label_of_phone(piece) else _strip_words_beside_phone(piece)
        one = _parse_phone(core)
        cut = at > 0 and pieces[2 * at - 1] in (",", "/") and not read[-1].address and read[-1].text[-1:].isdigit()
        read.append(_AddressPiece(text=piece) if cut or (is_more and not one.address) else one)
        is_told = is_told or (is_more and one.address is not None)
    remedy = "write-all-digits" if _CUT_NUMBER.search(text) else None
    found = _join_pieces(read, guess=None, remedy=remedy)
    return attrs.evolve(found, guess="words-beside-number") if is_told and found.values else found


def _part_at_dashes(text: str) -> str:
    """A text in which a dash between two numbers that are long enough for telephones is a mark between them."""
    parts = _DASH_BETWEEN.split(text)
    digits = [sum(map(str.isdigit, part)) for part in parts]
    return "; ".join(parts) if min(digits) >= _FEWEST_BESIDE_DASH else text


def _strip_words_beside_phone(piece: str) -> tuple[str, bool]:
    """A piece without known words before and behind the number, and whether they tell more than that it is one."""
    found = _NUMBER_AMONG_WORDS.fullmatch(piece)
    kinds = [words_beside_phones().get(word) for side in (1, 3) for word in fold_to_words(found[side])] if found else []
    return (found[2], "kind" in kinds) if found and kinds and None not in kinds else (piece, False)


def _is_label_of_phone(piece: str) -> bool:
    """Whether a piece is only what stands before a number: `Tel:` of `Tel: +507 600-0000`."""
    words = fold_to_words(piece)
    return bool(words) and all(word in words_beside_phones() for word in words)


def _shorten_blanks(run: re.Match[str]) -> str:
    """The blanks between two words, as few as tell what is between them: what is looked for after each is far away."""
    breaks = "\n" if any(mark in run[0] for mark in "\r\n") else ""
    return f"{breaks} " if run[0][-1] not in "\r\n" else breaks


def _parse_phone(piece: str) -> _AddressPiece:
    core = piece.strip(" .\t")
    if core[:1] == "(" and core[-1:] == ")" and core.count("(") == 1:
        core = core[1:-1]
    core = core[:-2] if _NUMERIC_CELL.fullmatch(core) else core
    found = None if _DATE.fullmatch(core) else _PHONE.fullmatch(core)
    digits = sum(map(str.isdigit, re.split("[a-z]", found[1], flags=re.IGNORECASE)[0])) if found else 0
    whole = found is not None and _FEWEST_DIGITS <= digits <= _MOST_DIGITS and core.count("(") == core.count(")")
    return _AddressPiece(text=piece, address=found[1] if found and whole else None)
