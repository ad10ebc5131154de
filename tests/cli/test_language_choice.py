"""The language of a call is chosen once: option, environment, settings; then all that is told is told in it."""

import pytest

from untoc_network.cli.language_choice import VARIABLE, find_spoken_words, list_spoken_languages, say, speaking
from untoc_network.cli.main import main
from untoc_network.i18n.language_words import words_in


def said(language, english):
    return next(words_in(language)).told[english]


UNKNOWN = said("es", "no person has this id")
PERMISSION = said("es", "permission denied")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(VARIABLE, raising=False)
    (tmp_path / "r.json").write_text('{"schema_version": 1}')
    return tmp_path


def told(capsys, *words):
    try:
        code = main(words)
    except SystemExit as stop:
        code = stop.code
    return code, "".join(capsys.readouterr())


def test_the_option_comes_before_the_environment_and_that_before_the_settings(folder, capsys, monkeypatch):
    (folder / "untoc-network.toml").write_text('lang = "pt"\n')
    assert told(capsys, "holdings", "r.json", "x") == (2, f"untoc-network: {said('pt', 'no person has this id')}\n")
    monkeypatch.setenv(VARIABLE, "fr, en")
    assert told(capsys, "holdings", "r.json", "x") == (2, f"untoc-network: {said('fr', 'no person has this id')}\n")
    assert told(capsys, "holdings", "r.json", "x", "--lang", "es") == (2, f"untoc-network: {UNKNOWN}\n")
    assert told(capsys, "holdings", "r.json", "x", "--lang=en,es") == (2, "untoc-network: no person has this id\n")


def test_the_settings_of_a_python_project_count_where_they_have_a_table_of_ours(folder, capsys):
    project = folder / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n')
    assert list_spoken_languages() == ()
    project.write_text('[tool.untoc-network]\nlang = ["es", "pt"]\n')
    assert list_spoken_languages() == ("es", "pt")
    assert told(capsys, "holdings", "r.json", "x")[1] == f"untoc-network: {UNKNOWN}\n"


def test_settings_that_cannot_be_used_are_told_in_english(folder, capsys):
    (folder / "untoc-network.toml").write_text("lang = 3\n")
    code, text = told(capsys, "validate", "r.json")
    assert (code, "lang must be a language" in text) == (2, True)
    assert say("permission denied") == "permission denied"


def test_an_environment_that_asks_for_what_is_not_spoken_is_told(folder, capsys, monkeypatch):
    monkeypatch.setenv(VARIABLE, "tlh")
    code, text = told(capsys, "validate", "r.json")
    assert (code, text.startswith(f"untoc-network: {VARIABLE}: 'tlh' is not one of the languages")) == (2, True)
    assert told(capsys, "--help")[0] == 0


def test_english_needs_no_words_and_a_call_leaves_nothing_behind(folder):
    with speaking("en"):
        assert find_spoken_words() is None
    with speaking("es,fr"):
        assert say("permission denied") == PERMISSION
    assert say("permission denied") == "permission denied"


def test_help_is_in_the_language_of_the_call(folder, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    for language, words in {"es": "uso: ", "pt": "uso: ", "fr": "utilisation"}.items():
        code, text = told(capsys, "lots", "draw", "--help", "--lang", language)
        assert code in (0, 2)  # the companion may not be installed
        code, text = told(capsys, "validate", "--help", "--lang", language)
        assert (code, text.startswith(words)) == (0, True)
        assert max(map(len, text.splitlines())) <= 80
    assert told(capsys, "--lang=pt")[1].startswith("untoc-network COMANDO")
    assert told(capsys, "--help", "--lang", "es")[1].startswith("untoc-network COMANDO")


def test_a_stream_that_is_full_is_told_in_the_language(folder, capsys, monkeypatch):
    def fail(words):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("untoc_network.cli.main._run_command_line", fail)
    assert told(capsys, "validate", "r.json", "--lang", "es") == (
        2,
        f"untoc-network: {said('es', 'standard output')}: {said('es', 'no space left on device')}\n",
    )


def test_a_document_that_cannot_be_loaded_is_told_with_its_finding(folder, capsys):
    (folder / "r.json").write_text('{"schema_version": 1,\n"organizations": [{"id": "A B"}]}')
    code, text = told(capsys, "reviews", "r.json", "--lang", "es")
    assert (code, text.startswith("untoc-network: línea 2: ")) == (2, True)
    assert " más)" in text
    assert told(capsys, "reviews", "r.json")[1].startswith("untoc-network: line 2: ")
