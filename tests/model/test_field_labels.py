"""Labels for forms: of every field and every value of an enumeration, in every language."""

import itertools
from enum import StrEnum

import pytest

import untoc_network as un
from untoc_network.i18n.language_words import LANGUAGES, Words
from untoc_network.model.field_codes import list_model_classes
from untoc_network.values.fields import fields_of

CLASSES = sorted(list_model_classes(), key=lambda cls: cls.__name__)
ENUMERATIONS = sorted(
    {
        shape.type
        for cls in CLASSES
        for shape in fields_of(cls)
        if isinstance(shape.type, type) and issubclass(shape.type, StrEnum)
    },
    key=lambda one: one.__name__,
)


def test_every_field_has_a_label_and_a_description_in_every_language(subtests):
    for cls in CLASSES:
        with subtests.test(cls.__name__):
            assert len(LANGUAGES) == 4
            said = {language: un.labels(cls, lang=language) for language in LANGUAGES}
            for language, told in said.items():
                assert list(told) == [shape.name for shape in fields_of(cls)]
                assert all(one.label and one.description.endswith(".") for one in told.values())
                if language != "en":
                    assert not [name for name, one in told.items() if one.description == said["en"][name].description]


def test_every_value_of_an_enumeration_has_a_label(subtests):
    for enumeration, language in itertools.product(ENUMERATIONS, LANGUAGES):
        with subtests.test(enumeration.__name__, language=language):
            told = un.labels(enumeration, lang=language)
            assert list(told) == [choice.value for choice in enumeration]
            assert all(one.label and not one.description for one in told.values())


def test_labels_are_said_in_the_language_and_are_plain_data():
    assert un.to_dict(un.labels(un.Period, lang="es")["ending"]) == {
        "label": "Vigencia",
        "description": "Por qué no hay fecha final: sigue en curso o terminó un día que se desconoce.",
    }
    assert un.to_dict(un.labels(un.OrganizationKind, lang="fr")["ngo"]) == {"label": "ONG"}
    assert un.labels(un.Register, lang="pt-BR")["persons"].label == "Pessoas"
    assert un.labels(un.Organization)["parent_id"] == un.Label(label="Part of", description="The body it is a part of.")
    own = Words.of({"language": "qu", "fields": {"Network.name": "Suti"}, "labels": {"ngo": "ONG nisqa"}})
    assert un.labels(un.Network, lang=own)["name"] == un.Label(label="Suti", description="Its name, per language.")
    assert un.labels(un.OrganizationKind, lang=own)["ngo"].label == "ONG nisqa"


def test_own_fields_have_the_labels_that_they_were_declared_with():
    fees = un.Extension(
        "coalition", un.Organization, {"fee": int, "tier": str}, labels={"fee": {"en": "Fee", "es": "Cuota"}}
    )
    assert un.labels(fees, lang="es") == {"fee": un.Label(label="Cuota"), "tier": un.Label(label="tier")}
    assert un.labels(fees, lang="fr")["fee"].label == "Fee"


def test_what_has_no_labels_is_refused():
    for kind, said in ((un.Text, "Text"), (int, "int")):
        with pytest.raises(
            un.ImpossibleValue, match=f"^kind: expected a class of the model or an enumeration, got {said}$"
        ):
            un.labels(kind)
    with pytest.raises(un.ImpossibleValue, match="^kind: expected "):
        un.labels("Organization")
    with pytest.raises(un.UnknownLanguage):
        un.labels(un.Organization, lang="tlh")
