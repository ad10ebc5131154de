"""What readers, importers, exports and merges can say is data, and each code is found under its slug."""

import importlib
import itertools
import json

import pytest

import untoc_network as un
from untoc_network.diagnostics.code import Code, Explanation, mask_value
from untoc_network.diagnostics.findings import Severity
from untoc_network.rules.catalogue import catalogue
from untoc_network.rules.rule import Rule
from untoc_network.serializers.registry import find_format


def test_a_code_stands_in_its_module_under_its_slug(subtests):
    for code in [each for each in catalogue() if isinstance(each, Code)]:
        with subtests.test(code.code):
            module, name = code.home
            assert getattr(importlib.import_module(module), name) is code
            assert name.replace("_", "-") == code.slug


def test_a_code_looks_at_no_record_and_needs_no_day():
    code = Code(
        module="m",
        code="ZZ001",
        slug="it-is-so",
        severity=Severity.INFO,
        message="{value} is odd",
        statement="It is so.",
        why="it must be.",
        passes="a",
        fails="b",
    )
    assert (code.on, code.needs_day, code.area, code.home) == (None, False, "ZZ", ("m", "it_is_so"))
    assert code.explanation == Explanation(statement="It is so.", why="it must be.", passes="a", fails="b")
    assert code.finding((), {"value": 1}).message == "1 is odd"
    assert "must" not in repr(code)


def test_what_runs_is_a_rule_and_all_else_is_a_code():
    assert {type(each) for each in catalogue()} == {Code, Rule}
    assert {each.code for each in catalogue() if each.on is None} == {
        each.code for each in catalogue() if isinstance(each, Code)
    }


PERSONAL = (
    "Ana Ejemplo",
    "Ejemplo, Ana",
    "Zoraida",
    "ANA EJEMPLO",
    "EJEMPLO",
    "D'Ejemplo",
    "Ana-María Ejemplo",
    "Núñez",
    "安娜",
    "Анна",
    "ana ejemplo",
    "ana@example.org",
    "@ana_e",
    "https://example.org/ana",
    "+507 6612-3456",
    "66123456",
    "6612-3456",
    "8-765-4321",
    "XA123456",
    "8.98123, -79.51987",
    "Calle Sauce 33, Piso 2",
)
"""Names, ways to somebody, numbers of documents and places, as they stand in a column that slipped."""
WORDS = ("ngo", "ngos", "ngo-network", "xa-refuge", "PA", "USA", "EV012", "2022", "2022-13", "2022-02-30", "28.3.2022")
WORDS += (
    "2022-03-28T10:00+02:00[Europe/Vienna]",
    "posts.title",
    "roles[0].on",
    "posts[head].period",
    "pt-BR",
    "-3",
    "",
)


@pytest.mark.parametrize("value", PERSONAL)
def test_a_value_that_may_be_somebodys_is_not_repeated(value):
    assert mask_value(value) == "…"


@pytest.mark.parametrize("value", WORDS)
def test_a_word_that_is_a_code_an_id_or_a_day_is_repeated(value):
    assert mask_value(value) == value


@pytest.mark.unmeasured
def test_no_reader_repeats_what_stands_where_a_code_is_due(subtests):
    for value, form in itertools.product(PERSONAL, ["json", "yaml", "ndjson"]):
        with subtests.test(form, value=value):
            organization = {
                "id": "xa-ngo",
                "name": {"en": "X"},
                "kind": value,
                "founded": value,
                "countries": [value],
                "languages": [value],
                "themes": [value],
                "parent_id": value,
                "at_risk": value,
                "links": [{"kind": value, "url": "https://example.org"}],
                "identifiers": [{"scheme": value, "value": "1"}, {"scheme": "ror", "value": value}],
                "claims": [{"field": value, "value": "x", "source": {"source_id": value}}],
                "blanks": [{"field": value, "reason": value}],
                "accepted": [{"rule": value, "reason": "x"}],
                value: "x",
            }
            whole = {"schema_version": 1, "organizations": [organization]}
            if form == "ndjson":
                text = (
                    '{"schema_version": 1}\n'
                    + json.dumps({"collection": "organizations", "record": organization})
                    + "\n"
                )
            else:
                text = json.dumps(whole)
            register, report = find_format("-", form).reads(text.encode())
            if register is not None:
                report = report.merge(un.validate(register, on="2026-01-01"))
            assert len(report) > 3
            for told in ("text", "json", "sarif", "junit", "github", "markdown", "html"):
                assert value not in "".join(
                    piece if isinstance(piece, str) else piece.decode() for piece in un.render_report(report, told)
                )


@pytest.mark.parametrize("header", ["ana@example.org", "+507 6612-3456", "8-765-4321", "https://example.org/ana"])
def test_a_first_row_that_is_no_header_leads_to_nobody(header):
    imported = un.import_bytes(f"Name,{header},Country\nX,1,PA\n".encode(), file="m.csv")
    assert header not in json.dumps(imported.report.to_dict(), ensure_ascii=False)
