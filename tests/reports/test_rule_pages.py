"""Rules for people: the page of one, the list of all."""

import pytest

from untoc_network.diagnostics.findings import Basis, Severity
from untoc_network.i18n.language_words import words_in
from untoc_network.model.register import Register
from untoc_network.reports.rule_pages import group_rules, render_explanation, render_rule_page, render_rules
from untoc_network.rules import citations
from untoc_network.rules.catalogue import get_rule
from untoc_network.rules.rule import rule

BASIS = Basis(document="resolution 9/1", source="https://example.org/9-1")


def made(code="ZZ001", **more):
    def truth(registers, context):
        """It is true.

        Why: falsehood is costly.

        Passes:
            {"a": 2}

        Fails:
            {"a": 1,}
        """

    return rule(
        code, on=Register, **({"severity": Severity.WARNING, "message": "it is not", "hint": "mend it"} | more)
    )(truth)


def test_a_rule_is_explained_with_both_examples():
    assert list(render_explanation(made())) == [
        "ZZ001 truth (warning, since 0.1)",
        "",
        "It is true.",
        "",
        "Why: falsehood is costly.",
        "",
        "Passes:",
        '    {\n      "a": 2\n    }',
        "",
        "Fails:",
        '    {"a": 1,}',
    ]


@pytest.mark.parametrize(
    ("basis", "lines"),
    [
        (BASIS, ["Basis: resolution 9/1", "       https://example.org/9-1"]),
        (Basis(document="resolution 9/1"), ["Basis: resolution 9/1"]),
    ],
)
def test_the_basis_and_the_need_for_a_day_are_told(basis, lines):
    explained = list(render_explanation(made(basis=basis, needs_day=True), width=None))
    assert explained[5 : 10 + len(lines)] == [
        "",
        *lines,
        "",
        "Runs only where the day is given (on=…, --on).",
        "",
        "Passes:",
    ]


def test_an_explanation_is_wrapped():
    assert max(map(len, list(render_explanation(made(), width=20))[2:5])) <= 20


def listed(rules, by="area", areas=(), **more):
    return list(render_rules(group_rules(rules, by, dict(areas), **more), width=None))


def test_rules_are_listed_by_area():
    rules = [made(), made("ZZ002"), made("YY001", severity=Severity.ERROR)]
    assert listed(rules, areas={"ZZ": "Truth"}) == [
        "ZZ  Truth",
        "  ZZ001  warning  It is true",
        "  ZZ002  warning  It is true",
        "",
        "YY",
        "  YY001  error    It is true",
    ]
    assert listed([]) == []


def test_rules_are_listed_by_severity_the_gravest_first():
    rules = [made(), made("YY001", severity=Severity.ERROR), made("ZZ002")]
    assert [line.split()[0] for line in listed(rules, "severity") if line] == [
        "error",
        "YY001",
        "warning",
        "ZZ001",
        "ZZ002",
    ]
    spanish = next(words_in("es"))
    assert listed(rules, "severity", words=spanish)[0] == spanish.label(Severity.ERROR)


def test_rules_are_listed_by_what_they_rest_on_and_the_laws_of_the_library_come_last():
    rules = [
        made(basis=citations.TIME),
        made("ZZ002"),
        made("ZZ003", basis=BASIS),
        made("ZZ004", basis=citations.NUMBERS),
    ]
    assert [line for line in listed(rules, "provision") if line and not line.startswith("  ")] == [
        "RFC 8259, section 6, numbers",
        "resolution 9/1",
        "—",
        "the laws of this library: time runs forward",
    ]


def test_a_summary_is_wrapped_beside_its_code_and_never_squeezed():
    groups = {"ZZ": [made()]}
    assert list(render_rules(groups, width=24))[1] == "  ZZ001  warning  It is true"
    _, first, *more = render_rules({"EV": [get_rule("EV014")]}, width=50)
    assert more
    assert {line[:18] for line in more} == {" " * 18}
    assert max(map(len, (first, *more))) <= 50
    assert " ".join(line[18:] for line in (first, *more)) == get_rule("EV014").explanation.summary


def test_the_page_of_a_rule():
    page = render_rule_page(made(basis=BASIS, needs_day=True))
    assert page == (
        "# ZZ001: It is true\n\n"
        "`truth`, severity **warning**, since 0.1, needs the day (`on=…`, `--on`)\n\n"
        "**Why.** Falsehood is costly.\n\n"
        "**Basis.** Resolution 9/1 ([source](https://example.org/9-1))\n\n"
        '## Passes\n\n```json5\n{\n  "a": 2\n}\n```\n\n'
        '## Fails\n\n```json5\n{"a": 1,}\n```\n'
    )


@pytest.mark.parametrize(("hint", "lines"), [("mend it", "\n    hint: mend it"), (None, "")])
def test_the_page_shows_the_finding_on_the_failing_example(hint, lines):
    shown = made(hint=hint).finding((), {})
    page = render_rule_page(made(basis=Basis(document="resolution 9/1")), shown)
    assert page.endswith(f"\n```text\nwarning ZZ001 it is not{lines}\n```\n")
    assert "\n\n**Basis.** Resolution 9/1\n" in page


def test_a_rule_that_rests_on_no_document_has_no_basis_on_its_page():
    page = render_rule_page(made())
    assert page.startswith(
        "# ZZ001: It is true\n\n`truth`, severity **warning**, since 0.1\n\n**Why.** Falsehood is costly.\n\n## Passes\n"
    )


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (None, ""),
        ("recalled", " (recalled)"),
        ("http://example.org/9-1", " ([source](http://example.org/9-1))"),
        ("docs/explanation/x.md#y", " ([source](../explanation/x.md#y))"),
    ],
)
def test_a_page_links_the_source_where_that_is_a_page(source, told):
    page = render_rule_page(made(basis=Basis(document="resolution 9/1", source=source)))
    assert f"\n\n**Basis.** Resolution 9/1{told}\n\n## Passes" in page


def test_what_is_no_page_is_told_in_the_language_and_what_is_recalled_once():
    spanish, article = next(words_in("es")), made(basis=citations.ARTICLE_37)
    assert "(texto del tratado, BWBV0001668 (copia: https://" in render_rule_page(article, words=spanish)
    assert any("texto del tratado" in line for line in render_explanation(article, words=spanish))
    limit = made(basis=citations.MOST_REVIEWS)
    assert "recalled" not in render_rule_page(limit, words=spanish)
    assert [line for line in render_explanation(limit) if line.endswith("recalled")] == []
