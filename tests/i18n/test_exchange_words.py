"""Words go to translators and come back: as `.po`, with the English, the parameters and where each entry is used."""

import json
from pathlib import Path

import pytest

import untoc_network as un
from untoc_network.i18n.language_words import Words, choose_interface_words, translated, words_in

pytest.importorskip("babel")  # a tool of development
from tools.build_words import english_words, missing_in, table_of
from tools.exchange_words import read_catalogue, write_catalogue

TEN = {
    "interface": {"error": "{number:pantay|pantaykuna}", "hint": "yuyaychay"},
    "engagement": {"and": "chaymanta", "head.country": "suyu"},
    "labels": {"ngo": "mana gobiernomanta"},
    "told": {"permission denied": "mana saqisqachu", "missing: {names}": "pisin: {names}", "FILE": "QILLQA"},
    "rules": {"SH003": {"message": "imayna huñu kasqan mana yachasqachu", "statement": "imayna huñu yachasqa"}},
}
"""A fifth language, Quechua, of ten entries."""


def english_of(table, english):
    return {
        key: english_of(value, english[key]) if isinstance(value, dict) else english[key]
        for key, value in table.items()
    }


def test_a_language_goes_out_and_comes_back_whole():
    table = table_of(next(words_in("es")))
    table["labels"] = {key: said for key, said in table["labels"].items() if "." not in key}
    made = write_catalogue("es", table)
    assert "#. parameters: {number:count}" in made
    assert "cli/parser.py" in made
    back, left = read_catalogue(made)
    assert (left, missing_in(back, english_words())) == ([], None)
    assert {key: back[key] for key in back if key != "language"} == {
        key: table[key] for key in back if key != "language"
    }


def test_a_fifth_language_of_ten_entries_speaks_where_it_has_words(tmp_path):
    english = english_of(TEN, english_words())
    table, left = read_catalogue(write_catalogue("qu", TEN, english))
    assert (table, left) == ({"language": "qu", **TEN}, [])
    words = Words.of(table)
    (tmp_path / "r.json").write_text(
        json.dumps({"schema_version": 1, "organizations": [{"id": "a", "name": {"en": "A"}, "kind": "unknown"}]})
    )
    register, _ = un.read(tmp_path / "r.json")
    said = {finding.code: finding.message for finding in translated(un.validate(register), words, "es")}
    assert said["SH003"] == TEN["rules"]["SH003"]["message"]
    assert choose_interface_words(words, "es").ui("error", number=2) == "2 pantaykuna"


def test_what_is_not_translated_or_has_other_parameters_is_left_out():
    english = {"interface": {"a": "{number} words", "b": "words", "c": "{x}"}}
    made = write_catalogue("qu", {"interface": {"a": "{numero} simi", "c": "{"}}, english)
    assert read_catalogue(made) == ({"language": "qu"}, ["interface.a", "interface.b", "interface.c"])


def test_the_page_on_adding_a_language_names_the_tools():
    page = Path(__file__).parents[2].joinpath("docs", "how-to", "add-a-language.md").read_text(encoding="utf-8")
    for command in ("python -m tools.exchange_words write qu", "python -m tools.exchange_words read qu.po"):
        assert command in page
