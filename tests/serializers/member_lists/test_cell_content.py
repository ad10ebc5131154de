"""What cells hold: told by their letters, or by words in them."""

import pytest

from untoc_network.serializers.member_lists.cell_content import (
    CellSort,
    find_sorts,
    holds_value,
    put_given_name_first,
    read_content,
    share_named_in,
)


@pytest.mark.parametrize(
    ("text", "sorts"),
    [
        ("info@example.org; ana@example.org", {CellSort.EMAIL, CellSort.MAILBOX}),
        ("<ana.ruiz@example.org>", {CellSort.EMAIL}),
        ("www.example.org", {CellSort.LINK}),
        ("casa.example.org/a", {CellSort.LINK}),
        ("2001", {CellSort.YEAR, CellSort.NUMBER}),
        ("12.5 %", {CellSort.NUMBER}),
        ("+51 1 600-0000", {CellSort.PHONE}),
        ("2022-2024", {CellSort.YEAR}),
        ("111.444.777-35", {CellSort.PHONE, CellSort.PAPERS}),
        ("Dra.", {CellSort.TITLE}),
        ("2024-03-01 10:00:00", {CellSort.DATE, CellSort.TIME}),
        ("28/03/2022", {CellSort.DATE}),
        ("Perú", {CellSort.COUNTRY}),
        ("sí", {CellSort.YES_OR_NO}),
        ("ONG", {CellSort.KIND}),
        ("Ana Ruiz Sol", {CellSort.PERSON}),
        ("RUIZ SOL, Ana", {CellSort.PERSON}),
        ("Dra. Inés Ejemplo", {CellSort.PERSON}),
        ("Ana", {CellSort.GIVEN_NAME}),
        ("Ana Banco", {CellSort.GIVEN_NAME}),
        ("Casa Abierta, A.C.", {CellSort.BODY}),
        ("Exemplo S.A.", {CellSort.BODY}),
        ("Asociación Ana Ruiz", {CellSort.BODY}),
        ("Caminos de Luz", {CellSort.BODY}),
        ("Qwertz Uiop", set()),
        ("El Faro", {CellSort.BODY}),
        ("Qwertz A.", set()),
        ("Qwertz for Uiop", {CellSort.BODY}),
        ("x" * 200, {CellSort.LONG}),
        ("", set()),
    ],
)
def test_a_cell_is_of_sorts(text, sorts):
    assert find_sorts(text) == sorts


def test_a_column_is_judged_on_a_sample_from_all_over_it():
    content = read_content([str(2000 + number % 2) for number in range(5_000)] + ["x"])
    assert (content.number, content.share(CellSort.YEAR), content.share(CellSort.EMAIL)) == (60, 1.0, 0.0)
    assert content.distinct < 0.1
    assert read_content([]).number == 0
    assert read_content([]).share() == 0.0


@pytest.mark.parametrize(
    ("text", "is_value"),
    [
        *(("ana@example.org", True), ("https://example.org", True), ("+51 1 600-0000", True), ("28/03/2022", True)),
        *(("name.en", False), ("2019", False), ("Nombre", False), ("x" * 300, False)),
    ],
)
def test_no_header_holds_an_address_a_telephone_number_or_a_date(text, is_value):
    assert holds_value(text) is is_value


def test_addresses_of_persons_have_their_names_in_them():
    names = {1: ["Ana", "Ruiz Sol"], 2: ["Luz Mar"], 9: ["Iris"]}
    assert share_named_in({1: "ruizsol@example.org", 2: "info@example.org", 5: "x@example.org"}, names) == 0.5
    assert share_named_in({}, names) == 0.0


@pytest.mark.parametrize(
    ("name", "put"),
    [
        ("Ruiz Sol, Ana", "Ana Ruiz Sol"),
        ("Ana Ruiz, Luz Mar", "Ana Ruiz, Luz Mar"),
        ("Ana Ruiz", "Ana Ruiz"),
        ("Casa, Qwertz", "Casa, Qwertz"),
        (", Ana", ", Ana"),
        ("Ruiz, Ana, Luz", "Ruiz, Ana, Luz"),
    ],
)
def test_a_family_name_before_a_comma_goes_behind_the_given_name(name, put):
    assert put_given_name_first(name) == put
