"""The words of lists are data: each table is in the form that its head promises."""

from collections import Counter
from enum import StrEnum

import pytest

import untoc_network as un
from untoc_network.serializers.member_lists.vocabulary import answers, generic_domains, language_tags, values_by_word
from untoc_network.text.folding import fold, fold_to_words
from untoc_network.text.word_tables import get_months_by_name, read_word_tables

TABLES = read_word_tables("untoc_network.serializers.member_lists", "vocabulary.toml")
KINDS = {name: getattr(un, name) for name in TABLES["values"]}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_word_for_a_value_stands_for_one_that_there_is(kind: type[StrEnum]):
    assert set(TABLES["values"][kind.__name__]) <= set(kind)
    assert set(values_by_word(kind).values()) == set(kind)


@pytest.mark.parametrize(
    "table",
    [
        TABLES["languages"],
        TABLES["answers"],
        TABLES["membership_standings"],
        TABLES["attendances"],
        *TABLES["values"].values(),
    ],
)
def test_words_are_written_as_they_are_compared_and_stand_for_one_thing(table: dict[str, list[str]]):
    words = [word for words in table.values() for word in words]
    assert words == [" ".join(fold_to_words(word)) for word in words]
    things = Counter(word for words in table.values() for word in {fold(word) for word in words})
    assert set(things.values()) == {1}


def test_words_are_looked_up_as_they_are_written():
    assert (answers()["si"], answers()["nao"]) == (True, False)
    assert language_tags()["castellano"] == "es"
    assert "ngo" in generic_domains()
    assert [get_months_by_name()[word] for word in ("enero", "mars", "dez")] == [1, 3, 12]


@pytest.mark.parametrize("table", ["no_names", "of_no_body", "individuals", "attendance_headers"])
def test_lists_of_words_are_written_as_they_are_compared_and_name_each_once(table: str):
    words = TABLES[table]
    assert words == [" ".join(fold_to_words(word)) for word in words]
    assert len(words) == len({*words})
