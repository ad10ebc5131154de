"""A site, made of one view of a register and brought into a folder: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping

import attrs

from untoc_network.app.publishing.audience_publication import (
    find_publication_forms,
    make_checked_view,
    make_publication_files,
)
from untoc_network.app.publishing.publication_forms import PublicationForm
from untoc_network.app.publishing.publication_index import PublishedFile
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language_words import words_in
from untoc_network.model.register import Register
from untoc_network.privacy.redactions import Redaction, View
from untoc_network.rules.engine import RuleSet
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import require_whole_day
from untoc_network_site.feeds import CALENDAR, write_calendar, write_feed, write_forwarding_page, write_sitemap
from untoc_network_site.overview_pages import write_data, write_home, write_sources, write_take_part
from untoc_network_site.page_templates import make_environment
from untoc_network_site.record_pages import (
    write_countries,
    write_events,
    write_members,
    write_organizations,
    write_redirects,
)
from untoc_network_site.review_pages import write_reviews
from untoc_network_site.site_content import gather_content
from untoc_network_site.site_folder import read_earlier, read_remembered, update_folder
from untoc_network_site.site_memory import SiteMemory, read_memory
from untoc_network_site.site_options import SiteOptions, make_site_options
from untoc_network_site.site_pages import LanguageSite
from untoc_network_site.site_withdrawal import take_down
from untoc_network_site.stylesheet import draw_card, draw_shared

__all__ = ["Site", "build"]


@attrs.frozen(kw_only=True)
class Site:
    """What came of building: the files that there are now, those that were written, and those that were removed.

    There are none where the site was refused, but then some may have been removed: those of an earlier site that could
    show what may not be shown any more. `stuck` are those of them that could not be removed. `report` has the findings
    on what the audience would see, `redactions` what was left out for it, `to_check` the places of which only a person
    can say whether they lead to somebody who is withheld. None is for that audience.
    """

    report: Report
    files: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    redactions: tuple[Redaction, ...] = attrs.field(default=(), repr=len)  # type: ignore[arg-type]
    to_check: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=len)  # type: ignore[arg-type]

    @property
    def ok(self) -> bool:
        """Whether it was built."""
        return self.report.ok


@check_arguments
def build(  # noqa: PLR0913
    register: Register,
    folder: str | os.PathLike[str],
    *,
    audience: Audience | str = Audience.PUBLIC,
    on: dt.date | str,
    languages: Iterable[str] = ("es", "en"),
    base_url: str | None = None,
    title: str | None = None,
    accent: str | None = None,
    logo: str | os.PathLike[str] | None = None,
    contact: str | None = None,
    texts: str | os.PathLike[str] | None = None,
    templates: str | os.PathLike[str] | None = None,
    forms: Iterable[str | PublicationForm] = ("json", "csv-folder"),
    rules: RuleSet | None = None,
) -> Site:
    """Build the website of what an audience may see of a register on a day, into a folder.

    The first of the languages is the one that the site opens with. `base_url` is the address that it will have: with
    it there are a list of pages for search engines and addresses in the feed. `accent` is a colour such as `#0b57a4`,
    made darker or lighter where it could not be read; `logo` a picture; `contact` an address of
    mail or of the web to which errors are reported; `texts` a folder of texts in Markdown that
    pages begin with, such as `home.es.md`; `templates` a folder of templates in the place of those of their name.
    `forms` are those of the downloads.

    The view is checked first, as `publish` checks it; where that finds an error nothing is written. The same register,
    day and options give the same bytes. Files that changed are written, and those of an earlier build that are not
    made any more are removed; other files in the folder stay.

    Where the site is refused, or cannot be built, an earlier one in the folder stays as it was, unless it showed what
    may not be shown any more: then each of its files goes that would not be the same today, its calendars call off
    what is gone, and the result, or a note on the exception, says so.

    Raises `WouldExpose` where the view still held what the audience may not see, `UnwritableOutput` where the folder
    cannot be written, has links or holds other files in the place of pages, `UnreadableInput` where logo, texts or
    templates are not there, `UnusableConfiguration` for a template that cannot be used, `ImpossibleValue`,
    `UnknownLanguage` and `UnsupportedFormat` for options that cannot be.
    """
    seen_by, day = audience_from_name(audience), require_whole_day(on)
    files: Mapping[str, bytes] = {}
    try:
        options = make_site_options(
            audience=seen_by,
            on=day,
            languages=languages,
            base_url=base_url,
            title=title,
            accent=accent,
            logo=logo,
            contact=contact,
            texts=texts,
            templates=templates,
        )
        chosen = find_publication_forms(forms)
        seen, report = make_checked_view(register, seen_by, day, rules)
        told = Site(report=report, redactions=seen.redactions, to_check=seen.to_check)
        if report.ok:
            files, memory = _make_files(register, seen, options, chosen, folder)
            change = update_folder(folder, files, memory.to_plain())
            return attrs.evolve(told, files=change.files, written=change.written, removed=change.removed)
    except Exception as error:
        taken = take_down(register, folder, seen_by, day, lambda _: files)
        for note in taken.list_notes():
            error.add_note(note)
        raise
    taken = take_down(
        register, folder, seen_by, day, lambda seen: _make_files(register, seen, options, chosen, folder)[0]
    )
    return attrs.evolve(told, removed=taken.removed, stuck=taken.stuck)


def _make_files(
    register: Register,
    seen: View,
    options: SiteOptions,
    forms: tuple[PublicationForm, ...],
    folder: str | os.PathLike[str],
) -> tuple[Mapping[str, bytes], SiteMemory]:
    """All files of a site, and what it remembers."""
    published: list[PublishedFile] = []
    words = next(words_in(options.languages[0]))
    downloads = make_publication_files(seen.register, options.audience, options.on, forms, published, words)
    files = {f"data/{name}": data for name, data in downloads}
    content = gather_content(register, seen, options, tuple(published), read_memory(read_remembered(folder)))
    environment = make_environment(options.templates)
    sites = [LanguageSite(content, environment, language) for language in options.languages]
    first = sites[0]
    for site in sites:
        files |= dict(_write_pages(site))
        previous = read_earlier(folder, f"{site.language}/{CALENDAR}")
        files |= dict(write_calendar(site, previous)) | dict(write_feed(site)) | dict(draw_card(site))
    pages = [name for name in files if name.endswith(".html") and not name.startswith("data/")]
    for site in sites:
        for path, target in write_redirects(site):
            where, leads_to = f"{site.language}/{path}", f"{site.language}/{target}"
            files |= dict(write_forwarding_page(site, where, site.say("moved"), [(site.language, leads_to)]))
    files |= dict(draw_shared(first)) | dict(write_sitemap(first, pages))
    doors = [(site.language, f"{site.language}/index.html") for site in sites]
    files |= dict(write_forwarding_page(first, "index.html", first.title, doors))
    return files, content.memory


def _write_pages(site: LanguageSite) -> Iterator[tuple[str, bytes]]:
    for write in _PAGES:
        yield from write(site)


_PAGES = (
    write_home,
    write_members,
    write_organizations,
    write_events,
    write_countries,
    write_reviews,
    write_take_part,
    write_sources,
    write_data,
)
"""What writes the pages of a language, the downloads last."""
