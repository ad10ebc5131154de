"""Names as they stand in other tools: in the language that is wanted, without what the tool's format cannot carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from untoc_network.model.country_review import CountryReviewStep as Step
from untoc_network.reference import packaged
from untoc_network.values.text import FALLBACK, Text

__all__ = ["APPLICATIONS_CLOSE", "DEADLINES", "carried", "country_in", "in_language", "wording_in"]

_UNDETERMINED = "und"
_UNCARRIED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Controls and halves of surrogate pairs, which no XML holds, and what turns the order of reading."""

APPLICATIONS_CLOSE = Text(
    en="Applications close: {name}",
    es="Cierre de inscripciones: {name}",
    fr="Clôture des candidatures : {name}",
    pt="Encerramento das inscrições: {name}",
)
"""The title of the last day for applications to a dialogue."""

DEADLINES = {
    Step.NOMINATE_FOCAL_POINT: Text(
        en="Nomination of focal points due",
        es="Plazo para nombrar puntos focales",
        fr="Échéance : désignation des points de contact",
        pt="Prazo para designar pontos focais",
    ),
    Step.NOMINATE_EXPERTS: Text(
        en="Nomination of governmental experts due",
        es="Plazo para nombrar expertos gubernamentales",
        fr="Échéance : désignation des experts gouvernementaux",
        pt="Prazo para designar peritos governamentais",
    ),
    Step.HOLD_INITIAL_CONSULTATION: Text(
        en="Initial consultation due",
        es="Plazo para la consulta inicial",
        fr="Échéance : consultation initiale",
        pt="Prazo para a consulta inicial",
    ),
    Step.SUBMIT_QUESTIONNAIRE: Text(
        en="Self-assessment questionnaire due",
        es="Plazo para el cuestionario de autoevaluación",
        fr="Échéance : questionnaire d'auto-évaluation",
        pt="Prazo para o questionário de autoavaliação",
    ),
    Step.SUBMIT_FEEDBACK: Text(
        en="Written feedback due",
        es="Plazo para los comentarios escritos",
        fr="Échéance : observations écrites",
        pt="Prazo para os comentários escritos",
    ),
    Step.SHARE_WITH_WORKING_GROUPS: Text(
        en="Outcome due to the working groups",
        es="Plazo para remitir los resultados a los grupos de trabajo",
        fr="Échéance : transmission des résultats aux groupes de travail",
        pt="Prazo para enviar os resultados aos grupos de trabalho",
    ),
}
"""The titles of the deadlines of a country review."""


def wording_in(text: Text, language: str) -> tuple[str | None, str]:
    """The language and the wording of a text: in the one that is wanted, else in the nearest or a usual one.

    The language is None where it is not determined.
    """
    tag = next(tag for tag in _tried(text, language) if tag in text)
    return (None if tag == _UNDETERMINED else tag), text[tag]


def in_language(text: Text, language: str) -> str:
    """The wording alone."""
    return wording_in(text, language)[1]


def _tried(text: Text, language: str) -> Iterator[str]:
    general = language.partition("-")[0]
    yield language
    yield general
    yield from (tag for tag in text if tag.partition("-")[0] == general)
    yield from FALLBACK
    yield from text


def country_in(code: str, language: str) -> str:
    """The short name of a country in English, Spanish, French or Portuguese; its code where the tables have none."""
    row = packaged().country(code)
    if row is None or row.code != code:
        return code
    names = {"en": row.en, "es": row.es, "fr": row.fr, "pt": row.pt}
    return names.get(language.partition("-")[0], row.en)


def carried(text: str) -> str:
    """A text on one line; what formats cannot carry, or what turns the order of reading, is written as its number."""
    line = " ".join(text.split())
    return _UNCARRIED.sub(lambda found: f"\\u{{{ord(found[0]):x}}}", line)
