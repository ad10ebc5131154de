"""How a site is to be made: its languages, its address, and what a network gives of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import attrs

from untoc_network.diagnostics.errors import ImpossibleValue, UnreadableInput
from untoc_network.i18n.language_words import words_in
from untoc_network.values.consent_and_contact import Audience
from untoc_network.values.dates import PartialDate
from untoc_network_site.colour_contrast import Colour, parse_colour

__all__ = ["OWN_TEXTS", "ContactLink", "Logo", "SiteOptions", "make_site_options"]

OWN_TEXTS = ("home", "members", "events", "countries", "reviews", "take-part", "sources", "data")
"""The pages that can begin with a text of one's own: `home.es.md` is that of the home page in Spanish."""
_ACCENT = "#0b57a4"
_LOGOS = {".svg": "svg", ".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".webp": "webp"}
_EXPECTED = {
    "base_url": "base_url: expected the address that the site will have, such as https://example.org/",
    "contact": "contact: expected an address of mail or of the web, such as net@example.org",
}
_MOST_OF_A_LOGO, _MOST_OF_A_TEXT = 100_000, 50_000
"""In bytes: a page weighs at most 150 KB with all that it loads."""


@attrs.frozen(kw_only=True)
class Logo:
    """A picture of one's own: the name that it has in the site, and what is in it."""

    name: str
    data: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ContactLink:
    """Where errors are reported to: what is shown, and the address that it leads to."""

    text: str
    address: str


@attrs.frozen(kw_only=True)
class SiteOptions:
    """How a site is to be made. `base_url` ends with a slash; `texts` are in Markdown, by page and language."""

    audience: Audience
    on: PartialDate
    languages: tuple[str, ...]
    base_url: str | None
    title: str | None
    accent: Colour
    logo: Logo | None
    contact: ContactLink | None
    texts: dict[tuple[str, str], str] = attrs.field(hash=False, repr=False)
    templates: Path | None

    @property
    def is_public(self) -> bool:
        """Whether everybody may see it: only then is it made to be found by others."""
        return self.audience is Audience.PUBLIC


def make_site_options(  # noqa: PLR0913
    *,
    audience: Audience,
    on: PartialDate,
    languages: Iterable[str],
    base_url: str | None = None,
    title: str | None = None,
    accent: str | None = None,
    logo: str | os.PathLike[str] | None = None,
    contact: str | None = None,
    texts: str | os.PathLike[str] | None = None,
    templates: str | os.PathLike[str] | None = None,
) -> SiteOptions:
    """The options of a call. Raises `UnknownLanguage`, `ImpossibleValue`, `UnreadableInput`."""
    spoken = tuple(dict.fromkeys(next(words_in(one)).language for one in languages))
    if not spoken:
        raise ImpossibleValue("languages: a site has at least one")
    if title is not None and not title.strip():
        raise ImpossibleValue("title: expected a text that is not blank")
    return SiteOptions(
        audience=audience,
        on=on,
        languages=spoken,
        base_url=None if base_url is None else f"{_check_address(base_url, 'base_url').rstrip('/')}/",
        title=title,
        accent=parse_colour(_ACCENT if accent is None else accent),
        logo=None if logo is None else _read_logo(Path(logo)),
        contact=None if contact is None else _parse_contact(contact),
        texts={} if texts is None else _read_texts(_check_folder(texts, "texts"), spoken),
        templates=None if templates is None else _check_folder(templates, "templates"),
    )


def _parse_contact(contact: str) -> ContactLink:
    """An address of mail or of the web, as a link."""
    if re.fullmatch(r"[0-9A-Za-z._+-]+@[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)+", contact) is not None:
        return ContactLink(text=contact, address=f"mailto:{contact}")
    address = _check_address(contact, "contact")
    return ContactLink(text=address, address=address)


def _check_address(address: str, what: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    is_plain = re.fullmatch(r"[!-~]+", address) is not None and not parts.username
    is_plain = is_plain and (what == "contact" or not (parts.query or parts.fragment))
    if parts.scheme not in ("http", "https") or not parts.hostname or not is_plain:
        raise ImpossibleValue(_EXPECTED[what])
    return address


def _check_folder(folder: str | os.PathLike[str], what: str) -> Path:
    path = Path(folder)
    if not path.is_dir():
        raise UnreadableInput(f"{what}: there is no such folder")
    return path


def _read_logo(path: Path) -> Logo:
    kind = _LOGOS.get(path.suffix.lower())
    if kind is None:
        raise ImpossibleValue(f"logo: the suffix is not one of {', '.join(_LOGOS)}")
    return Logo(name=f"logo.{kind}", data=_read(path, "logo", _MOST_OF_A_LOGO))


def _read_texts(folder: Path, languages: Iterable[str]) -> dict[tuple[str, str], str]:
    found = {}
    for page, language in ((page, language) for page in OWN_TEXTS for language in languages):
        path = folder / f"{page}.{language}.md"
        if path.exists():
            try:
                found[page, language] = _read(path, "texts", _MOST_OF_A_TEXT).decode("utf-8-sig")
            except UnicodeDecodeError:
                raise UnreadableInput(f"texts: {path.name} is not in UTF-8") from None
    return found


def _read(path: Path, what: str, most: int) -> bytes:
    try:
        data = path.read_bytes()
    except OSError:
        raise UnreadableInput(f"{what}: the file cannot be read") from None
    if len(data) > most:
        raise ImpossibleValue(f"{what}: a file has at most {most:,} bytes")
    return data
