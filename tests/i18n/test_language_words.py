"""The languages: each whole, with the parameters of English, in every report and page."""

import json
import re
import tomllib
from importlib import resources

import pytest
from tools import build_words

import untoc_network as un
from untoc_network.cli.main import main
from untoc_network.diagnostics.code import flow
from untoc_network.diagnostics.findings import Finding, Report
from untoc_network.engagement.translatable_message import MessageFormatter
from untoc_network.i18n.language_words import LANGUAGES, Words, choose_interface_words, english, translated, words_in
from untoc_network.model.contribution import ContributionStatus
from untoc_network.process.dialogue_procedures import ApplicationState
from untoc_network.process.questionnaire_procedure import QuestionnaireState
from untoc_network.reports.report_text import FORMATS, render_report
from untoc_network.reports.rule_pages import group_rules, render_explanation, render_rule_page, render_rules
from untoc_network.rules.catalogue import AREAS
from untoc_network.rules.rule import rule

OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def every_english_text():
    return build_words.english_words()


def in_order(table, wanted):
    """Every text of a table that the other does not have."""
    return build_words.missing_in(wanted, table)


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_text_with_the_same_parameters_and_no_other(every_english_text, language):
    table = build_words.table_of(next(words_in(language)))
    of_one_enumeration = {key for key in table["labels"] if "." in key and not key.startswith("definite.")}
    assert of_one_enumeration <= {*build_words.choices()}
    table["labels"] = {key: label for key, label in table["labels"].items() if "." not in key}
    assert build_words.missing_in(table, every_english_text) is None
    assert in_order(table, every_english_text) is None


def test_english_says_nothing_twice(every_english_text):
    assert set(english().labels) <= set(every_english_text["labels"])
    assert all(label != value.replace("-", " ") for value, label in english().labels.items())
    assert (english().rules, english().areas) == ({}, {})


def failing(rule):
    """What a rule finds in its failing example."""
    text = rule.explanation.fails
    if not text.startswith("{"):
        return ()
    register, report = un.reads(json.dumps({"schema_version": 1, **json.loads(text)})) if is_json(text) else (None, ())
    found = [*report, *(un.validate(register, on="2026-11-24") if register is not None else ())]
    return tuple(finding for finding in found if finding.code == rule.code)


def is_json(text):
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.fixture(scope="module")
def found():
    return Report(tuple(finding for each in un.rules.catalogue() for finding in failing(each)))


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_and_hint_is_said_in_the_language(found, language):
    english_ones = {(finding.code, finding.pointer): finding for finding in found}
    for finding in translated(found, language):
        before = english_ones[finding.code, finding.pointer]
        assert finding.message != before.message, finding.code
        assert (finding.hint is None) is (before.hint is None)
        assert finding.hint is None or finding.hint != before.hint, finding.code
        assert not re.search(r"\{\w*(:\w+)?\}", finding.message)
        assert (finding.params, finding.severity, finding.location) == (before.params, before.severity, before.location)
    assert len({finding.code for finding in found}) > 140


def finding(code="SH003", **changes):
    return Finding(**{"code": code, "slug": "s", "severity": un.Severity.INFO, "message": "m", **changes})


def test_languages_are_asked_in_their_order_and_english_is_the_last():
    own = Words.of(
        {"language": "qu", "rules": {"ZZ001": {"message": "'{name}' mana kanchu"}, "SH003": {"statement": "x"}}}
    )
    report = Report((finding("ZZ001", params=(("name", "a"),)), finding(), finding("ZZ002", hint="h")))
    said = {found.code: found.message for found in translated(report, own, "es-MX")}
    assert said["ZZ001"] == "'a' mana kanchu"
    assert said["SH003"] == next(words_in("es")).rules["SH003"].message
    assert said["ZZ002"] == "m"
    assert [found.message for found in translated(report, "en", "es")] == [found.message for found in report]
    assert choose_interface_words(own, "es").language == "es"
    assert choose_interface_words(own).language == "en"


def test_a_hint_that_a_language_lacks_stays_english():
    own = Words.of({"language": "qu", "rules": {"ZZ001": {"message": "…"}}})
    (said,) = translated(Report((finding("ZZ001", hint="do"),)), own)
    assert (said.message, said.hint) == ("…", "do")


def test_a_language_that_is_not_spoken_is_refused():
    with pytest.raises(un.UnknownLanguage) as error:
        translated(Report(), "tlh")
    assert str(error.value) == f"'tlh' is not one of the languages spoken here: {', '.join(LANGUAGES)}"


def test_rules_of_your_own_choose_their_phrases():
    @rule(
        "ZZ001",
        on=un.Organization,
        severity=un.Severity.INFO,
        message="it is {what:phrase}",
        phrases={"late": "late by {days} days"},
    )
    def own(records, context):
        """One."""

    assert own.finding((), {"what": "late", "days": 3}).message == "it is late by 3 days"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_speaks_every_language(found, form, language):
    text = "".join(render_report(found, form, languages=[language]))
    words = choose_interface_words(language)
    spoken = next(iter(translated(found, language))).message
    assert form == "markdown" or re.split("['«]", spoken[:20])[0] in text
    if form in ("text", "markdown", "github"):
        assert words.ui("error", number=found.counts()[un.Severity.ERROR]) in text
    if form == "html":
        assert f'<html lang="{language}">' in text
        assert words.ui("all-areas") in text


@pytest.mark.parametrize("language", OTHERS)
def test_pages_and_the_list_of_rules_are_in_the_language(language):
    words = choose_interface_words(language)
    for each in un.rules.catalogue():
        said = words.rules[each.code]
        assert said.statement.rstrip(".") in render_rule_page(each, words=words)
        assert flow(said.statement) in flow("\n".join(render_explanation(each, words=words)))
    listed = "\n".join(
        render_rules(group_rules(un.rules.catalogue(), "area", {}, words=words), width=None, words=words)
    )
    assert all(words.areas[area] in listed for area in AREAS)


def test_counts_have_the_number_of_the_language():
    assert [english().ui("error", number=number) for number in (0, 1, 2)] == ["0 errors", "1 error", "2 errors"]
    french = Words(language="fr", interface={"error": "{number:erreur|erreurs}"})
    assert [french.ui("error", number=number) for number in (0, 1, 2)] == ["0 erreur", "1 erreur", "2 erreurs"]


@pytest.mark.parametrize(
    ("language", "of_an_application", "of_a_questionnaire"),
    [("es", "presentada", "presentado"), ("pt", "entregue", "entregue"), ("fr", "soumise", "soumis")],
)
def test_one_value_can_be_said_differently_for_each_enumeration(language, of_an_application, of_a_questionnaire):
    words = next(words_in(language))
    assert words.label(ApplicationState.SUBMITTED) == of_an_application
    assert words.label("submitted", "ApplicationState") == of_an_application
    assert words.label(ContributionStatus.SUBMITTED) == of_an_application
    assert words.label(QuestionnaireState.SUBMITTED) == words.label("submitted") == of_a_questionnaire
    assert MessageFormatter([language]).state("submitted") == of_an_application


@pytest.mark.parametrize(
    ("language", "names", "letters", "start"),
    [
        ("en", "English", "Cyrillic and Latin", "starts"),
        ("es", "inglés", "cirílicas y latinas", "Primer día"),
        ("pt", "inglês", "cirílicas e latinas", "Primeiro dia"),
        ("fr", "anglais", "cyrilliques et latines", "Premier jour"),
    ],
)
def test_languages_scripts_and_fields_have_names(language, names, letters, start):
    codes = {each.code: each for each in un.rules.catalogue()}
    params = {
        "IM010": {"place": "A1", "guess": "language", "language": "en"},
        "SH009": {"scripts": "Cyrillic, Latin"},
        "SR008": {"field": "starts"},
        "SR006": {"field": "foundation"},
    }
    report = Report(tuple(codes[code].finding((), some) for code, some in params.items()))
    told = {found.code: found.message for found in translated(report, language)}
    said = {"IM010": names, "SH009": letters, "SR008": start, "SR006": "foundation"}
    assert not {code: text for code, text in told.items() if said[code] not in text}


def test_a_field_that_classes_call_differently_keeps_its_name():
    labels = next(words_in("es")).labels_and_collections
    assert labels["field.title"] == "Título"
    assert "field.organization_id" not in labels
    assert not [name for name in english().labels_and_collections if name.startswith("field.")]


def test_the_tables_are_valid_toml_in_one_form():
    for language in LANGUAGES:
        text = resources.files("untoc_network.i18n").joinpath(f"{language}.toml").read_text(encoding="utf-8")
        assert tomllib.loads(text)["language"] == language


# -- at the command line -------------------------------------------------------------------------------------------------


def test_the_command_line_speaks(capsys, tmp_path):
    (tmp_path / "r.json").write_text(
        '{"schema_version": 1, "organizations": [{"id": "a", "name": {"en": "A"}, "kind": "unknown"}]}'
    )
    assert main(["validate", "--lang", "es", "--on", "2026-11-24", "--select", "SH003", str(tmp_path / "r.json")]) == 0
    told = capsys.readouterr().out
    words = next(words_in("es"))
    assert words.rules["SH003"].message in " ".join(told.split())
    assert "1 nota informativa" in told
    assert main(["explain", "SH003", "--lang", "es"]) == 0
    assert words.rules["SH003"].statement in capsys.readouterr().out
    assert main(["rules", "--select", "SH003", "--lang", "es", "--format", "json"]) == 0
    (facts,) = json.loads(capsys.readouterr().out)
    assert (facts["message"], facts["why"]) == (words.rules["SH003"].message, words.rules["SH003"].why)


def test_an_unknown_language_is_refused_in_a_line(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["validate", "--lang", "tlh", "x.json"])
    assert stop.value.code == 2
    assert "'tlh' is not one of the languages spoken here" in capsys.readouterr().err


def test_a_project_settles_its_language(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "untoc-network.toml").write_text('lang = ["es-GT", "en"]\n')
    (tmp_path / "r.json").write_text('{"schema_version": 1}')
    assert main(["validate", "r.json"]) == 0
    assert "0 errores" in capsys.readouterr().out
    (tmp_path / "untoc-network.toml").write_text('lang = "tlh"\n')
    assert main(["validate", "r.json"]) == 2
    assert 'lang must be a language such as "es", or a list of them' in capsys.readouterr().err
