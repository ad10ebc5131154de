"""The collected header rows are well formed, and nobody chose in which half a list is."""

from collections import Counter
from pathlib import Path

import pytest
from tests.serializers.member_lists.header_lists import HALVES, HEADERS, KINDS, half_of, real_lists

from untoc_network.serializers.member_lists.column_mapping import parse_target

LISTS = [*real_lists("tuned"), *real_lists("held_out")]
RECALLED = real_lists("recalled")


def test_a_list_is_in_one_half_by_the_hash_of_its_name():
    assert [real.half for real in LISTS] == [half_of(real.name) for real in LISTS]
    assert max(Counter(real.name for real in (*LISTS, *RECALLED)).values()) == 1


def test_the_halves_hold_what_was_read_and_nothing_that_was_only_recalled():
    assert {real.certainty for real in LISTS} == {"read"}
    assert {real.certainty for real in RECALLED} == {"recalled"}
    assert all(real.found for real in LISTS)


def test_there_are_enough_lists_of_each_kind_and_language():
    assert len(LISTS) >= 110
    for half in HALVES:
        counted = Counter(real.of for real in real_lists(half)) + Counter(real.language for real in real_lists(half))
        assert {of for of in KINDS if counted[of] < 1} == set()
        assert {language for language in ("en", "es", "pt", "fr") if counted[language] < 7} == set()


def test_each_column_has_a_header_and_fields_that_a_mapping_can_name(subtests):
    for real in [*LISTS, *RECALLED]:
        with subtests.test(real.name):
            assert real.of in KINDS
            assert real.columns
            for column in real.columns:
                assert column.header.strip()
                assert all(parse_target(field) is not None for field in column.fields)
                assert column.personal or not column.fields[0].startswith("person")
                assert bool(column.part) == column.fields[0].endswith(".name")


@pytest.mark.parametrize("path", sorted(HEADERS.rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_cell_stands_among_the_headers(path):
    """An address would be one; a telephone number or a year too, but columns bear numbers."""
    text = Path(path).read_text(encoding="utf-8")
    assert ".example" not in text
    assert "@" not in text.replace("Email @conseiller-numerique.fr", "")
    assert "http" not in text


def test_first_and_last_names_beside_each_other_are_told_apart():
    real = next(real for real in real_lists("tuned") if real.name == "agents-of-structures")
    assert [column.part for column in real.columns[:4]] == ["", "given", "family", ""]
