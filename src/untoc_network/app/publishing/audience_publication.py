"""A view, checked and written: all of it, or nothing."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator

import attrs

from untoc_network.app.publishing.publication_forms import PUBLICATION_FORMS, PublicationForm
from untoc_network.app.publishing.publication_index import PublishedFile, build_index_files, list_others
from untoc_network.diagnostics.codes.exports import withheld_value_shown
from untoc_network.diagnostics.errors import UnsupportedFormat
from untoc_network.diagnostics.findings import Report
from untoc_network.i18n.language_words import Words, words_in
from untoc_network.model.register import Register
from untoc_network.privacy.export_guard import refuse_exposed
from untoc_network.privacy.redactions import Redaction, View
from untoc_network.privacy.view import view
from untoc_network.rules.engine import RuleSet, validate
from untoc_network.serializers.source.file_replacement import replace_folder
from untoc_network.values.argument_checks import check_arguments
from untoc_network.values.consent_and_contact import Audience, audience_from_name
from untoc_network.values.dates import PartialDate, require_whole_day

__all__ = ["Publication", "find_publication_forms", "make_checked_view", "make_publication_files", "publish"]


@attrs.frozen(kw_only=True)
class Publication:
    """What came of publishing: the files that were written, none where it was refused, and why.

    `report` has the findings on what the audience would see, `redactions` what was left out for it, `to_check` the
    places of which only a person can say whether they lead to somebody who is withheld. None is for that audience.
    """

    report: Report
    files: tuple[PublishedFile, ...]
    redactions: tuple[Redaction, ...] = attrs.field(repr=len)  # type: ignore[arg-type]
    to_check: tuple[tuple[str, str], ...] = attrs.field(default=(), repr=len)  # type: ignore[arg-type]

    @property
    def ok(self) -> bool:
        """Whether it was published."""
        return self.report.ok


@check_arguments
def publish(  # noqa: PLR0913
    register: Register,
    folder: str | os.PathLike[str],
    *,
    audience: Audience | str,
    on: dt.date | str,
    forms: Iterable[str | PublicationForm] = ("json", "csv-folder"),
    rules: RuleSet | None = None,
    language: str = "en",
) -> Publication:
    """Write what an audience may see on a day into a folder, in some forms, with an index and checksums.

    The view is checked first, by the strict rules unless others are given; where one finds an error nothing is
    written. The folder is put in its place once all is written: until then, and where anything fails, it stays as it
    was. A folder that is there is replaced if nothing is in it but an earlier publication, each file as it was
    written. The page of the index is in `language`.

    Raises `WouldExpose` where the view still held what the audience may not see, `UnsupportedFormat` for a form that
    there is not, `UnwritableOutput` where the folder cannot be written or holds other files, `ImpossibleValue` where
    `on` is no whole day or there is no such audience, `UnknownLanguage` where the library does not speak it.
    """
    words = next(words_in(language))
    chosen, seen_by, day = find_publication_forms(forms), audience_from_name(audience), require_whole_day(on)
    seen, report = make_checked_view(register, seen_by, day, rules)
    published: list[PublishedFile] = []
    if report.ok:
        files = make_publication_files(seen.register, seen_by, day, chosen, published, words)
        replace_folder(folder, files, list_others)
    return Publication(report=report, files=tuple(published), redactions=seen.redactions, to_check=seen.to_check)


def make_checked_view(
    register: Register, audience: Audience, on: PartialDate, rules: RuleSet | None = None
) -> tuple[View, Report]:
    """What an audience may see, with the findings on it; where they have no error it was looked at once more.

    Raises `WouldExpose` where the view still held what the audience may not see.
    """
    seen = view(register, audience, on)
    report = validate(seen.register, on=on, rules=rules or RuleSet.named("strict"))
    exposed = (withheld_value_shown.finding((field,), {"field": field}, subject=one) for one, field in seen.exposed)
    report = report.merge(Report(findings=tuple(exposed)))
    if report.ok:
        refuse_exposed(register, seen.register, audience, on, seen.origins)
    return seen, report


def find_publication_forms(forms: Iterable[str | PublicationForm]) -> tuple[PublicationForm, ...]:
    """The forms of these names. Raises `UnsupportedFormat` for one that there is not."""
    return tuple(map(_find_publication_form, forms))


def _find_publication_form(form: str | PublicationForm) -> PublicationForm:
    if isinstance(form, PublicationForm):
        return form
    if form not in PUBLICATION_FORMS:
        raise UnsupportedFormat(f"{form}: the form is not one of {', '.join(PUBLICATION_FORMS)}")
    return PUBLICATION_FORMS[form]


def make_publication_files(  # noqa: PLR0913, PLR0917
    register: Register,
    audience: Audience,
    on: PartialDate,
    outputs: tuple[PublicationForm, ...],
    published: list[PublishedFile],
    words: Words,
) -> Iterator[tuple[str, bytes]]:
    """Every file with its name, the index last; what is told of each is added to `published`."""
    for output in outputs:
        for file, data in output.files(register):
            published.append(PublishedFile.of(file, output.name, data))
            yield file, data
    yield from build_index_files(register, audience, on, outputs, published, words)
