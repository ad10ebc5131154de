"""The fields that a column can go to, and the headers by which each is known in en, es, pt and fr."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

import attrs

from untoc_network.text.folding import fold
from untoc_network.values.consent import Purpose

__all__ = [
    "FIELDS",
    "ID",
    "IGNORE",
    "KEY",
    "NAMES",
    "NOTE",
    "ColumnTarget",
    "fold_header",
    "parse_target",
    "recognise_header",
]

NOTE, IGNORE = "note", "ignore"
KEY, ID = "key", "id"
"""The key by which a list itself knows its rows, and the id of the record in the register: only a mapping says so."""
CONSENT_PARTS = (*Purpose, "audience", "basis", "given", "expires")

NAMES = ("name", "name.en", "name.es", "name.pt", "name.fr")
"""The fields that name the organization: its name, and its name in one language."""

FIELDS: Mapping[str, str] = {
    "name": "name|organization|organisation|organization name|name organization|organisation name|name organisation"
    "|ngo|member|institution|nombre|organizacion|nombre organizacion|nombre institucion|institucion|entidad|razon social"
    "|miembro|nombre ong|ong|nome|organizacao|nome organizacao|instituicao|entidade|nome entidade|membro|nom"
    "|nom organisation|association|asociacion|associacao|membre",
    "name.en": "name en|name english|english name|nombre ingles|nombre en ingles|nome ingles|nome em ingles|nom anglais",
    "name.es": "nombre es|name spanish|spanish name|nombre espanol|nombre en espanol|nome espanhol|nom espagnol",
    "name.pt": "nome pt|name portuguese|portuguese name|nombre portugues|nome portugues|nom portugais",
    "name.fr": "nom fr|name french|french name|nombre frances|nome frances|nom francais",
    "acronym": "acronym|abbreviation|sigla|siglas|acronimo|abreviatura|sigle|acronyme",
    "alias": "alias|aliases|other names|other name|also known as|aka|otros nombres|otro nombre|outros nomes|autres noms",
    "former_name": "former name|former names|previous name|nombre anterior|nombres anteriores|nome anterior|ancien nom",
    "kind": "kind|type|types|type organization|organization type|sector|category|tipo|tipo organizacion|categoria|setor"
    "|tipo entidad|tipo organizacao|type organisation|categorie|secteur",
    "flags": "flags|led by|liderada por|liderado por|liderazgo|lideranca|dirigee par",
    "country": "country|iso2|country code|seat|pais|pais sede|sede|codigo pais|pays|pays siege|siege",
    "city": "city|town|ciudad|localidad|municipio|cidade|ville|ciudad sede",
    "address": "address|street address|direccion|domicilio|endereco|adresse|direccion postal",
    "countries": "countries|countries work|working countries|paises|paises trabajo|paises atuacao|pays intervention"
    "|countries operation|paises donde trabaja|cobertura|ambito geografico",
    "regions": "regions|regions work|working regions|regiones|regiones trabajo|regioes|regioes atuacao|regions travail"
    "|regions intervention",
    "parent": "parent|parent organization|parent organisation|part of|belongs to|umbrella|organizacion matriz|matriz"
    "|organizacion madre|entidad matriz|pertenece a|organizacao mae|entidade mae|organizacao matriz|organisation mere"
    "|maison mere|organisme parent|rattachee a",
    "themes": "themes|theme|topics|topic|thematic areas|areas work|temas|tema|areas tematicas|ejes tematicos|lineas trabajo"
    "|areas trabajo|areas atuacao|themes travail|thematiques|thematique",
    "languages": "languages|language|working languages|idioma|idiomas|lengua|lenguas|lingua|linguas|langue|langues"
    "|idiomas trabajo",
    "expertise": "expertise|experience|skills|experiencia|especialidad|especialidades|conocimientos|especialidade",
    "tools": "engagement tools|tools|activities|herramientas|actividades|ferramentas|atividades|outils|activites",
    "founded": "founded|established|year founded|foundation|fundacion|ano fundacion|fecha fundacion|fundada|constitucion"
    "|fecha constitucion|data fundacao|ano fundacao|fundada em|fondee|date creation|annee creation|founded on",
    "dissolved": "dissolved|disuelta|fecha disolucion|dissolvida|dissoute",
    "website": "website|web|web site|url|site|homepage|web page|pagina web|sitio web|pagina|sitio|site web|portal|links",
    "social": "social media|facebook|twitter|instagram|linkedin|redes sociales|redes sociais|reseaux sociaux|red social",
    "identifier": "identifier|ror|isni|lei|wikidata|identificador|source id|identifiant|id",
    "at_risk": "at risk|en riesgo|em risco|a risque|en risque",
    "email": "email|e mail|mail|correo|correo electronico|correo e|courriel|email address|correos|emails|correio eletronico"
    "|direccion correo electronico|email institucional|correo institucional|email organizacion",
    "phone": "phone|telephone|tel|phone number|mobile|telefono|telefonos|celular|movil|telefone|telemovel|telefono oficina"
    "|numero telefono|portable",
    "post": "postal address|po box|apartado postal|apartado|caixa postal|boite postale",
    "messaging": "whatsapp|signal|telegram|messaging",
    "person.name": "contact|contact person|contact name|focal point|representative|director|person|nombre contacto|contacto"
    "|persona contacto|persona|representante|punto focal|contato|nome contato|pessoa contato|responsable|responsavel"
    "|personne contact|nom contact|coordinador|coordinadora|coordinacion|representante legal",
    "person.post": "position|job title|title|post|role contact|cargo|puesto|cargo contacto|funcao|fonction|poste"
    "|contact position|cargo persona contacto",
    "person.email": "contact email|email contact|correo contacto|correo electronico contacto|email contacto|email contato"
    "|courriel contact|correo persona contacto",
    "person.phone": "contact phone|phone contact|telefono contacto|celular contacto|telefone contato|telephone contact",
    "person.gender": "gender|genero|sexo|genre|sexe|gender contact|genero contacto",
    "consent.publication": "consent publication|consent publish|publication consent|consent listed|consent to be listed"
    "|consent to publish|consent for publication|may be published|consentimiento publicacion|consentimiento para publicar"
    "|autoriza publicacion|acepta publicacion|consentimento publicacao|autoriza publicacao|consentement publication"
    "|autorise publication",
    "consent.contact": "consent contact|contact consent|consent to contact|may be contacted|consentimiento contacto"
    "|autoriza contacto|acepta contacto|consentimento contato|autoriza contato|consentement contact|autorise contact",
    "consent.statistics": "consent statistics|statistics consent|consentimiento estadisticas|autoriza estadisticas"
    "|consentimento estatisticas|consentement statistiques",
    "consent.attribution": "consent attribution|attribution consent|consentimiento atribucion|autoriza atribucion"
    "|consentimento atribuicao|consentement attribution",
    "consent.audience": "consent audience|audience consent|consent scope|alcance consentimiento|audiencia consentimiento"
    "|ambito consentimento|alcance consentimento|portee consentement|public consentement",
    "consent.basis": "consent basis|basis consent|consent form|forma consentimiento|base consentimiento"
    "|base consentimento|forma consentimento|base consentement|forme consentement",
    "consent.given": "consent date|date consent|consent given|fecha consentimiento|data consentimento|date consentement",
    "consent.expires": "consent expires|consent expiry|consent until|vencimiento consentimiento|consentimiento hasta"
    "|validade consentimento|consentimento ate|expiration consentement|consentement jusqu",
    "member.class": "membership class|membership type|tipo membresia|tipo miembro|categoria membresia|classe",
    "member.role": "membership role|role|role network|rol|rol red|papel|funcion red",
    "member.since": "member since|joined|date joined|membership start|miembro desde|fecha ingreso|ingreso|fecha alta"
    "|fecha adhesion|membro desde|data ingresso|data adesao|membre depuis|date adhesion",
    "member.until": "member until|left|membership end|miembro hasta|fecha salida|fecha baja|membro ate|membre jusqu"
    "|date depart",
    "member.active": "active|active member|activo|activa|miembro activo|ativo|ativa|actif|active membre|vigente",
    **{f"person.consent.{part}": "" for part in CONSENT_PARTS},
    KEY: "",
    ID: "",
    NOTE: "",
    IGNORE: "",
}
"""Each field by the name that a mapping gives it, with its headers, folded and without small words."""

_SMALL = frozenset(
    [
        "of",
        "the",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "do",
        "da",
        "dos",
        "das",
        "du",
        "des",
        "le",
        "les",
        "l",
        "d",
        "a",
        "o",
    ]
)
_SHAPE = re.compile(rf"(person)([2-9])?\.(name|post|email|phone|gender|consent\.(?:{'|'.join(CONSENT_PARTS)}))")


@attrs.frozen
class ColumnTarget:
    """Where a column goes: a field, and of which of several contact persons."""

    field: str
    person: int = 1

    def __str__(self) -> str:
        return self.field if self.person == 1 else self.field.replace("person", f"person{self.person}", 1)


def parse_target(name: str) -> ColumnTarget | None:
    """The target that a mapping names: `country`, `person.name`, `person2.name`; None for a name that none has."""
    shape = _SHAPE.fullmatch(name)
    if shape:
        return ColumnTarget(f"{shape[1]}.{shape[3]}", int(shape[2] or 1))
    return ColumnTarget(name) if name in FIELDS else None


def fold_header(header: str) -> str:
    """A header as it is compared: without accents, case, punctuation and small words."""
    words = fold(header).split()
    return " ".join([word for word in words if word not in _SMALL] or words)


def recognise_header(header: str) -> ColumnTarget | None:
    """The target of a header, where it is known; the number of `email 2` or `contacto 2` does not matter for that."""
    key = fold_header(header)
    words = key.split()
    number = next((int(word) for word in words if word in "123456789"), 1)
    base = " ".join(word for word in words if not word.isdigit())
    field = _synonyms().get(key) or _synonyms().get(base)
    if field is None:
        return None
    return ColumnTarget(field, number) if field.startswith("person.") else ColumnTarget(field)


@functools.cache
def _synonyms() -> Mapping[str, str]:
    return {fold_header(header): field for field, headers in FIELDS.items() for header in headers.split("|") if header}
