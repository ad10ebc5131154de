"""Tutorials, glossary and list of rules in other languages: no paragraph is missing, and what commands print is true."""

import re
from collections import Counter

import pytest
from sybil import Document
from tools.page_translations import (
    DOCS,
    LANGUAGES,
    Entry,
    catalogue_file,
    list_messages,
    list_pages,
    page_source,
    put_in_commands,
    read_catalogue,
    swap_words,
    write_catalogue,
)

PAGES = list_pages()
WITH_COMMANDS = [page for page in PAGES if "```console" in page_source(page)]


def catalogue(language, page):
    return read_catalogue(catalogue_file(language, page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_paragraph_of_a_page_is_translated(language, page):
    known = catalogue(language, page)
    assert list(known) == list_messages(page_source(page), PAGES), "python -m tools.page_translations"
    assert [message for message, entry in known.items() if not entry.text or entry.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_links_and_code_are_those_of_the_english(language, page):
    for message, entry in catalogue(language, page).items():
        links, code = (Counter(re.findall(one, message)) for one in (r"\]\(([^)]*)\)", r"`[^`]+`"))
        assert Counter(re.findall(r"\]\(([^)]*)\)", entry.text)) == links, message
        assert code <= Counter(re.findall(r"`[^`]+`", entry.text)), message


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_what_a_tutorial_shows_in_a_language_is_printed(request, monkeypatch, tmp_path, language, page):
    examples = request.config.pluginmanager.get_plugin(str(DOCS.parent / "conftest.py"))
    (tmp_path / "examples").symlink_to(DOCS.parent / "examples")
    shown = tmp_path / "page.md"
    shown.write_text(put_in_commands(page_source(page), catalogue(language, page)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for example in Document.parse(str(shown), *examples.PARSERS).examples():
        example.evaluate()
    assert f"--lang {language}" in shown.read_text(encoding="utf-8")


def test_a_catalogue_keeps_what_it_knows_marks_what_was_changed_and_forgets_what_is_gone():
    known = {"Kept.": Entry("Queda."), "The day is over.": Entry("El día terminó."), "Gone.": Entry("Fue.")}
    written = write_catalogue("es", ["The day is not over.", "Kept.", 'A "word"\nnew\n'], known)
    assert '\n#, fuzzy\nmsgid "The day is not over."\nmsgstr "El día terminó."\n' in written
    assert read_catalogue(written) == {
        "The day is not over.": Entry("El día terminó.", fuzzy=True),
        "Kept.": Entry("Queda."),
        'A "word"\nnew\n': Entry(),
    }
    assert write_catalogue("es", read_catalogue(written), read_catalogue(written)) == written


def test_a_command_is_put_in_where_its_translation_holds():
    page = "Text.\n\n```console\n$ one\n$ two\n```\n"
    assert put_in_commands(page, {"$ one\n$ two\n": Entry("$ uno\n")}) == "Text.\n\n```console\n$ uno\n```\n"
    assert put_in_commands(page, {"$ one\n$ two\n": Entry("$ uno\n", fuzzy=True)}) == page


def test_words_of_the_glossary_come_first_in_their_language():
    table = "| word | meaning | español | português | français |\n|---|---|---|---|---|\n| rule | a check | regla | regra | règle |\n"
    assert swap_words(f"{table}\n| you say | look at |\n", "pt") == (
        "| palavra | meaning | español | English | français |\n|---|---|---|---|---|\n"
        "| regra | a check | regla | rule | règle |\n\n| you say | look at |\n"
    )
    assert list_messages(table) == ["meaning", "a check"]
