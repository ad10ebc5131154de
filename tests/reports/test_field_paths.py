"""Paths into records, and values of lists at them, as people call them; in English as the file has them."""

import pytest

import untoc_network as un
from untoc_network.i18n.language_words import english, words_in
from untoc_network.reports.field_paths import name_path, name_value

SPANISH = next(words_in("es"))


@pytest.mark.parametrize(
    ("path", "said"),
    {
        "affiliations[0].organization_id": "Afiliaciones 1, En nombre de",
        "consents[3].basis": "Consentimientos 4, Base",
        "affiliations[representative].zone.es": "Afiliaciones representative, zone, español",
        "nothing.within": "nothing, within",
        "extra.coalition[a b]": "Campos propios, coalition[a b]",
        "": "",
    }.items(),
)
def test_each_step_of_a_path_has_the_label_of_its_class(path, said):
    assert name_path(path, un.Person, SPANISH) == said
    assert name_path(path, un.Person, english()) == path


@pytest.mark.parametrize(
    ("value", "path", "said"),
    [
        ("form", "consents[0].basis", "formulario"),
        ("form", "affiliations[0].key", "form"),
        ("form", "nowhere.basis", "form"),
        ("a form…", "consents[0].basis", "a form…"),
        ("seen", "sources[2].certainty", "visto en la fuente"),
    ],
)
def test_a_value_of_a_list_has_its_label(value, path, said):
    assert name_value(value, path, un.Person, SPANISH) == said
    assert name_value(value, path, un.Person, english()) == value
