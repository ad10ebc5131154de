"""Numbers that a person reads: with the signs of the language, and none in what only names something."""

import io
import re

import pytest
from tools import build_words

import untoc_network as un
from untoc_network.cli.language_choice import speaking
from untoc_network.cli.output import ProgressLine
from untoc_network.diagnostics.templates import fill_template, format_number, split_template
from untoc_network.engagement.translatable_message import format_message, make_message
from untoc_network.i18n.language_words import LANGUAGES, Words, words_in
from untoc_network.i18n.told_texts import translate_text
from untoc_network.privacy.count_table import Hidden
from untoc_network.reports.duplicates import render_duplicates
from untoc_network.reports.report_text import render_report
from untoc_network.reports.statistics_text import format_cell

WRITTEN = {
    "en": ("999", "1,234", "12,345", "1,234,567.5", "0.875", "+5.1"),
    "es": ("999", "1234", "12\u00a0345", "1\u00a0234\u00a0567,5", "0,875", "+5,1"),
    "pt": ("999", "1.234", "12.345", "1.234.567,5", "0,875", "+5,1"),
    "fr": ("999", "1\u00a0234", "12\u00a0345", "1\u00a0234\u00a0567,5", "0,875", "+5,1"),
}
OF_NAMES = {
    "interface.line": "of a file, to be looked for there",
    "interface.column": "of a file, to be looked for there",
    "rules.CR025.message": "a group or phase is called by its number",
    "rules.IC023.message": "a version of an entry",
    "told.line {number}: {problem}": "of a file",
    "told.review groups are numbered from 1 to {number}": "a group is called by its number",
    "told.{argument}: {number} values are due": "of one argument",
    "told.rule L{number}": "a rule is called by its number",
    "told.{state} has deferred reviewing in review group {number} (L9)": "a group is called by its number",
    "told.the record states {stated}, but seed and inputs give {given}": "a part of a record, as it stands there",
    "told.at most {number} States review {state} (L5)": "of one State, out of some 190",
    "told.expected {code} to review {least} to {most} States, got {loads}": "of one State, out of some 190",
    "told.{state} reviews at least {number} (L10)": "of one State, out of some 190",
    "told.{state} reviews at most {number} (L10)": "of one State, out of some 190",
}
"""Where a number is what something is called, or a handful in any case."""
COUNTING = re.compile("number|limit|total|cells|counted|stated|covered|most|fewest|minimum|events|max_.*")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_written_as_the_language_writes_it(language):
    numbers = [(999,), (1234,), (12345,), (1234567.5,), (0.875, ".3f"), (5.1, "+5.1f")]
    told = tuple(format_number(number, language, *form).strip() for number, *form in numbers)
    assert told == WRITTEN[language]
    assert fill_template("{n:number} {n:a|b} {n}", {"n": 12345}, language=language) == (f"{told[2]} {told[2]} b 12345")
    assert format_message(make_message("find.some", number=12345), languages=[language]).count(told[2])
    words = next(words_in(language))
    assert (words.number(12345), format_cell(12345, words)) == (told[2], told[2])
    assert format_cell(Hidden.HIDDEN, words) == words.ui("report-hidden")


def test_another_language_and_what_is_no_number_stay_plain():
    assert (format_number(12345, "qu"), format_number("a few", "es"), format_number("1234", "pt")) == (
        "12,345",
        "a few",
        "1234",
    )


def test_what_counts_is_put_in_as_a_number():
    bare = {
        place
        for place, text in list_texts(build_words.english_words())
        for _, name, spec in split_template(text)
        if name and not spec and COUNTING.fullmatch(name)
    }
    assert bare == {*OF_NAMES}


def list_texts(table, path=()):
    for key, value in table.items():
        if isinstance(value, str):
            yield ".".join((*path, key)), value
        else:
            yield from list_texts(value, (*path, key))


OWN = Words.of(
    {
        "language": "pt",
        "told": {
            "{path}: the file is larger than {most:number} bytes": "{path}: o arquivo tem mais de {most:number} bytes",
            "{number:place|places} changed in '{id}'": "{number:lugar mudou|lugares mudaram} em “{id}”",
            "{number:row|rows}": "{number:linha|linhas}",
        },
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    {
        "r.json: the file is larger than 1,048,576 bytes": "r.json: o arquivo tem mais de 1.048.576 bytes",
        "12,345 places changed in '12,345'": "12.345 lugares mudaram em “12,345”",
        "1 place changed in '7'": "1 lugar mudou em “7”",
        f"{'9' * 5000} places changed in 'a'": f"{'9' * 5000} places changed in 'a'",
    }.items(),
)
def test_a_number_that_was_told_in_english_is_told_as_the_language_has_it(text, said):
    assert translate_text(text, OWN) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_counts_as_the_language_does(monkeypatch, language):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    with speaking(language):
        ProgressLine("checking")(1234, 12345)
    assert terminal.getvalue().endswith(f"] {WRITTEN[language][1]}/{WRITTEN[language][2]}")


def test_weights_and_scores_have_the_decimal_sign():
    one = un.Organization(
        id="one", name=un.Text(en="Refuge of the North"), kind=un.OrganizationKind.NGO, seat=un.Place(country="XA")
    )
    register = un.Register(organizations=(one, un.Organization(id="two", name=one.name, kind=one.kind, seat=one.seat)))
    pairs = un.matching.duplicates(register)
    told = "\n".join(render_duplicates(pairs, register, words=next(words_in("fr"))))
    assert re.match(r"0,\d{3}  ", told)
    assert re.search(r"\n    [ +-]*\d+,\d  ", told)
    assert not re.search(r"\d\.\d", told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_counts_by_itself_is_told_how(language):
    finding = un.Finding(code="SH003", slug="s", severity=un.Severity.INFO, message="m")
    page = "".join(render_report(un.Report((finding,)), "html", languages=[language]))
    place = re.search(r'data-shown="([^"]*)" data-from="(\d+)" data-sign="([^"]+)"', page)
    assert {"{shown}", "{all}"} == {*re.findall(r"\{.*?\}", place[1])}
    assert format_number(int(place[2]), language)[-4] == place[3]
    assert format_number(int(place[2]) - 1, language).isdigit()
