"""Templates: what parameters, phrases and labels make of them."""

import pytest
from hypothesis import given, strategies as st

from untoc_network.diagnostics.templates import fill_template, list_parameters, to_label


@pytest.mark.parametrize(
    ("template", "params", "text"),
    [
        ("no parameter {{at}} all", {}, "no parameter {at} all"),
        ("'{id}' has {number}", {"id": "a{b}", "number": 3}, "'a{b}' has 3"),
        ("it is a {kind:label}", {"kind": "side-event"}, "it is a side event"),
        ("it is {kind:label}", {"kind": "ngo"}, "it is una ONG"),
        ("wrong: {problem:phrase}", {"problem": "plain"}, "wrong: plain words"),
        ("wrong: {problem:phrase}", {"problem": "near", "near": "x"}, "wrong: did you mean 'x'?"),
        ("wrong: {problem:phrase}", {"problem": "the parser's own {words}"}, "wrong: the parser's own {words}"),
    ],
)
def test_a_template_is_filled(template, params, text):
    phrases = {"plain": "plain words", "near": "did you mean '{near}'?"}
    assert fill_template(template, params, phrases=phrases, labels={"ngo": "una ONG"}) == text


@given(st.text())
def test_what_a_parameter_holds_is_never_a_template(text):
    assert fill_template("<{a}|{b:phrase}>", {"a": text, "b": text}) == f"<{text}|{text}>"


@given(st.sampled_from(["{a.__class__}", "{a[0]}", "{a!r}", "{0}", "{}"]))
def test_a_template_reaches_into_no_value(template):
    with pytest.raises((KeyError, ValueError)):
        if fill_template(template, {"a": "x"}) == "'x'":
            raise KeyError(template)


def test_a_missing_parameter_is_an_error():
    with pytest.raises(KeyError, match="near"):
        fill_template("{near}", {"far": "x"})


def test_a_value_without_a_label_is_its_words():
    assert to_label("technical-assistance-need") == "technical assistance need"


def test_the_parameters_of_a_template_are_named_with_how_they_are_put_in():
    assert list_parameters("{a} {b:phrase} {{c}} {a}") == {("a", ""), ("b", "phrase")}
