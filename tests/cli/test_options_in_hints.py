"""The command line's own part of a hint: which option or command does what the library only describes."""

import pytest

from untoc_network.cli.options_in_hints import translate_with_options
from untoc_network.diagnostics.findings import Finding, Report, Severity
from untoc_network.rules.catalogue import catalogue


def said(code, **changes):
    found = Finding(code=code, slug="s", severity=Severity.INFO, message="m", **{"hint": "do it", **changes})
    (told,) = translate_with_options(Report((found,)), "en")
    return told.hint


@pytest.mark.parametrize(
    ("finding", "hint"),
    [
        (("IO010", {}), "do it (--large)"),
        (("IM008", {"params": (("remedy", "write-date"),)}), "do it (--dates dmy, mdy, ymd)"),
        (("IM008", {"params": (("remedy", "write-id"),)}), "do it"),
        (("IO011", {"params": (("remedy", "never"),)}), "do it"),
        (("EV001", {}), "do it"),
        (("IO010", {"hint": None}), None),
    ],
)
def test_a_hint_names_the_option_that_does_it(finding, hint):
    code, changes = finding
    assert said(code, **changes) == hint


@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_the_option_follows_the_hint_in_every_language(language):
    large = next(each for each in catalogue() if each.code == "IO010")
    (told,) = translate_with_options(Report((large.finding((), {"limit": 1}),)), language)
    assert told.hint.endswith(" (--large)")
    assert not told.hint.startswith("split")
