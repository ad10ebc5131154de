"""Templates: what parameters, phrases and labels make of them."""

import gc

import pytest
from hypothesis import given, strategies as st

from untoc_network.diagnostics.templates import fill_template, list_parameters, to_label

FIELDS = {"field.affiliations": "Afiliaciones", "field.role": "Función"}


@pytest.mark.parametrize(
    ("path", "said"),
    {
        "role": "Función",
        "affiliations[0].role": "Afiliaciones 1, Función",
        "affiliations[staff]": "Afiliaciones staff",
        f"affiliations[{'9' * 5000}]": f"Afiliaciones {'9' * 5000}",
        "affiliations[²].role": "Afiliaciones ², Función",
        "affiliations, role": "Afiliaciones, Función",
        "affiliations[0].foundation": "affiliations[0].foundation",
        "affiliations[a.b].role": "affiliations[a.b].role",
        "": "",
    }.items(),
)
def test_a_field_is_told_by_its_labels_where_each_step_has_one(path, said):
    assert fill_template("{field:field}", {"field": path}, labels=FIELDS, language="es") == said
    assert fill_template("{field:field}", {"field": path}) == path


@pytest.mark.parametrize(
    ("template", "params", "text"),
    [
        ("no parameter {{at}} all", {}, "no parameter {at} all"),
        ("'{id}' has {number}", {"id": "a{b}", "number": 3}, "'a{b}' has 3"),
        ("characters {start:from-one} to {end}", {"start": 0, "end": 6}, "characters 1 to 6"),
        ("it is a {kind:label}", {"kind": "side-event"}, "it is a side event"),
        ("it is {kind:label}", {"kind": "ngo"}, "it is una ONG"),
        ("wrong: {problem:phrase}", {"problem": "plain"}, "wrong: plain words"),
        ("wrong: {problem:phrase}", {"problem": "near", "near": "x"}, "wrong: did you mean 'x'?"),
        ("wrong: {problem:phrase}", {"problem": "the parser's own {words}"}, "wrong: the parser's own {words}"),
        ("wrong: {problem:phrase}", {"problem": "endless"}, "wrong: again endless"),
    ],
)
def test_a_template_is_filled(template, params, text):
    phrases = {"plain": "plain words", "near": "did you mean '{near}'?", "endless": "again {problem:phrase}"}
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


@pytest.mark.parametrize(
    ("language", "template", "day", "said"),
    [
        ("en", "adopted on {on:day}", "2022-10-21", "adopted on 2022-10-21"),
        ("es", "se aprobó el {on:day}", "2022-10-21", "se aprobó el 21 de octubre de 2022"),
        ("es", "se aprobó el {on:day}", "2022-10", "se aprobó en octubre de 2022"),
        ("es", "hasta el {on:day}", "2022", "hasta 2022"),
        ("es", "(del {on:day})", "2022-10", "(de octubre de 2022)"),
        ("es", "al {on:day}", "2022-10", "a octubre de 2022"),
        ("es", "({on:day})", "2022-10", "(octubre de 2022)"),
        ("es", "el {on:day}", "2022-13-01", "el 2022-13-01"),
        ("es", "el {on:day}", "hoy", "el hoy"),
        ("pt", "em {on:day}", "2022-10-21", "em 21 de outubro de 2022"),
        ("pt", "desde {on:day}", "2022-10-01", "desde 1º de outubro de 2022"),
        ("fr", "le {on:day}", "2022-10-01", "le 1er octobre 2022"),
        ("fr", "le {on:day}", "2022-10", "en octobre 2022"),
        ("fr", "daté du {on:day}", "2022-03", "daté de mars 2022"),
        ("fr", "daté du {on:day}", "2022-10", "daté d\u2019octobre 2022"),
        ("fr", "daté du {on:day}", "2022-10-21", "daté du 21 octobre 2022"),
        ("fr", "jusqu'au {on:day}", "2022", "jusqu'en 2022"),
    ],
)
def test_a_day_is_written_as_the_language_does(language, template, day, said):
    assert fill_template(template, {"on": day}, language=language) == said


@pytest.mark.parametrize(
    ("language", "template", "said"),
    [
        ("en", "an article of {treaty:definite}", "an article of TIP"),
        ("es", "un artículo de {treaty:definite}", "un artículo del Protocolo"),
        ("es", "parte en {treaty:definite}", "parte en el Protocolo"),
        ("es", "de {treaty:definite}", "del Protocolo"),
        ("es", "{treaty:definite} no", "el Protocolo no"),
    ],
)
def test_a_label_has_its_article_which_melts_with_the_word_before_it(language, template, said):
    labels = {"definite.TIP": "el Protocolo", "TIP": "Protocolo"} if language == "es" else {}
    assert fill_template(template, {"treaty": "TIP"}, labels=labels, language=language) == said


def test_several_values_are_each_put_into_words():
    names = {"PA": "Panamá", "MX": "México"}.__getitem__
    params = {"missing": "submit-feedback (PA, MX: TIP), hold-dialogue", "who": "PA, MX"}
    labels = {"hold-dialogue": "celebrar el diálogo", "TIP": "Protocolo"}
    said = fill_template("{missing:label}; {who:country}", params, labels=labels, country_name=names)
    assert said == "submit feedback (Panamá, México: Protocolo), celebrar el diálogo; Panamá, México"


def test_what_is_filled_leaves_no_work_for_the_garbage_collector():
    texts = (
        ("{one:phrase}", {"one": "two"}, {"two": "{n:place|places} of {kind:label}"}),
        ("{field:field}", {"field": "a"}, {}),
    )
    rounds = 200
    gc.collect()
    gc.disable()
    try:
        for template, params, phrases in texts * rounds:
            fill_template(template, params | {"n": 2, "kind": "research-paper"}, phrases=phrases)
        assert gc.collect() < rounds  # what runs beside the test may leave some, each call would leave several
    finally:
        gc.enable()
