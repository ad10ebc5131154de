"""The words that lists use for the values of the model, in English, Spanish, Portuguese and French."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from enum import StrEnum

from untoc_network.model.network import MembershipClass, MembershipRole
from untoc_network.model.stakeholder import EngagementTool, OrganizationFlag, OrganizationKind, Theme
from untoc_network.text.folding import fold
from untoc_network.values.consent import Audience, ConsentBasis
from untoc_network.values.place import Region

__all__ = ["LANGUAGES", "MONTHS", "NO", "YES", "values_by_word"]

_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    OrganizationKind: {
        "ngo": "nonprofit|non profit|ong|osc|cso|civil society|civil society organization|civil society organisation|npo"
        "|sociedad civil|organizacion de la sociedad civil|organizacao da sociedade civil|sociedade civil|societe civile"
        "|organizacion no gubernamental|asociacion civil|asociacion|associacao|association|non governmental organization"
        "|sin fines de lucro|organizacion sin fines de lucro|organisation non gouvernementale|ac|a c",
        "ngo-network": "network|network of ngos|red|red de ong|red de ongs|rede|rede de ongs|reseau|reseau d ong|coalicion",
        "community-group": "community|grupo comunitario|organizacion comunitaria|colectivo|colectiva|groupe communautaire"
        "|base comunitaria|organizacion de base",
        "academia": "academic|university|universidad|universidade|universite|academica|academico|centro academico"
        "|academique|instituto de investigacion|research institute",
        "think-tank": "think tank|centro de pensamiento|centro de estudios|laboratoire d idees",
        "private-sector": "private|company|business|sector privado|empresa|empresa privada|setor privado|secteur prive"
        "|entreprise|privado",
        "private-sector-association": "chamber of commerce|business association|camara de comercio|camara empresarial"
        "|gremio empresarial|associacao empresarial|chambre de commerce",
        "professional-association": "colegio profesional|asociacion profesional|gremio|bar association|ordre professionnel"
        "|associacao profissional",
        "trade-union": "union|sindicato|syndicat",
        "faith-based": "church|religious|iglesia|religiosa|organizacion religiosa|basada en la fe|igreja|eglise|confesional",
        "foundation": "fundacion|fundacao|fondation",
        "indigenous-peoples-organization": "indigenous|organizacion indigena|pueblos indigenas|pueblo indigena|indigena"
        "|povos indigenas|peuples autochtones",
        "media": "press|medios|medio de comunicacion|prensa|midia|imprensa|medias|presse|periodismo",
        "umbrella-network": "umbrella|plataforma|federacion|confederacion|federacao|federation|plateforme",
        "intergovernmental": "igo|organismo internacional|intergubernamental|organismo intergubernamental|intergovernamental",
        "government": "state|gobierno|estado|governo|gouvernement",
        "government-body": "ministry|ministerio|secretaria|institucion publica|entidad publica|publico|ministere",
        "diplomatic-mission": "embassy|embajada|embaixada|ambassade",
        "programme": "program|programa",
        "unit": "unidad|unidade|unite",
        "other": "otro|otra|outro|outra|autre",
        "unknown": "desconocido|no se sabe|desconhecido|inconnu|not known|s d",
    },
    Theme: {
        "organized-crime": "organised crime|crimen organizado|delincuencia organizada|crime organizado|crime organise|toc"
        "|delincuencia organizada transnacional|crimen organizado transnacional",
        "trafficking-in-persons": "tip|human trafficking|trata|trata de personas|trafico de pessoas|traite|trafico humano"
        "|traite des personnes|traite des etres humains|trafficking|tratas",
        "smuggling-of-migrants": "som|smuggling|trafico de migrantes|trafico ilicito de migrantes|trafic de migrants"
        "|contrabando de migrantes|migrant smuggling",
        "firearms": "arms|weapons|armas|armas de fuego|armas de fogo|armes|armes a feu|trafico de armas",
        "corruption": "anti corruption|anticorruption|corrupcion|anticorrupcion|corrupcao",
        "counterfeiting": "falsificacion|contrafacao|contrefacon",
        "cybercrime": "cyber crime|ciberdelito|ciberdelincuencia|cibercrimen|cibercrime|cybercriminalite|delitos informaticos",
        "drug-offences": "drugs|drug trafficking|drogas|narcotrafico|trafico de drogas|drogue|drogues",
        "money-laundering": "lavado|lavado de dinero|lavado de activos|blanqueo|blanqueo de capitales|lavagem de dinheiro"
        "|blanchiment",
        "obstruction-of-justice": "obstruccion de la justicia|obstrucao da justica|entrave a la justice",
        "maritime-crime": "delitos maritimos|crimes maritimos|criminalite maritime",
        "cultural-property": "bienes culturales|bens culturais|patrimonio cultural|biens culturels|cultural heritage",
        "wildlife-crime": "wildlife|vida silvestre|trafico de vida silvestre|fauna|especies silvestres|vida selvagem"
        "|especes sauvages",
        "environmental-crime": "environment|medio ambiente|delitos ambientales|crimes ambientais|ambiente|environnement",
        "falsified-medical-products": "medicamentos falsificados|productos medicos falsificados|falsified medicines",
        "fraud": "fraude",
        "extortion": "extorsion|extorsao",
        "disappearances": "desapariciones|desaparecidos|personas desaparecidas|desaparecimentos|disparitions",
        "terrorism": "terrorismo|terrorisme",
        "technical-assistance": "asistencia tecnica|assistencia tecnica|assistance technique",
        "international-cooperation": "cooperacion internacional|cooperacao internacional|cooperation internationale",
        "criminal-justice": "justicia penal|justica criminal|justice penale|justicia",
        "victim-protection": "victims|victimas|proteccion de victimas|proteccion a victimas|protecao de vitimas|vitimas"
        "|victimes|victim support|atencion a victimas",
        "gender": "genero|genre|women|mujeres|mulheres|femmes|mujer",
        "human-rights": "derechos humanos|ddhh|dd hh|direitos humanos|droits humains|droits de l homme",
        "youth": "juventud|jovenes|juventude|jeunesse|jeunes",
    },
    OrganizationFlag: {
        "youth-led": "youth|jovenes|juventud|liderada por jovenes|juventude|jeunes",
        "women-led": "women|mujeres|liderada por mujeres|mulheres|femmes",
        "survivor-led": "survivors|sobrevivientes|liderada por sobrevivientes|survivantes",
        "victim-focused": "victims|victimas|vitimas|victimes",
        "grassroots": "base|de base|organizacion de base",
    },
    EngagementTool: {
        "advocacy": "incidencia|incidencia politica|advocacia|plaidoyer",
        "monitoring-and-evaluation": "monitoring|monitoreo|monitoreo y evaluacion|seguimiento|monitoramento|suivi",
        "awareness-raising": "awareness|sensibilizacion|concientizacion|sensibilizacao|sensibilisation|prevencion",
        "research": "investigacion|pesquisa|recherche",
        "education-and-training": "training|education|capacitacion|educacion|formacion|capacitacao|educacao|formation",
        "multi-stakeholder-partnership": "partnership|alianzas|alianza|parcerias|partenariats",
    },
    Region: {
        "global": "world|worldwide|mundo|mundial|mondial|monde",
        "americas": "america|las americas|ameriques|amerique|continente americano",
        "latin-america-and-the-caribbean": "latin america caribbean|america latina y el caribe|lac|alc|america latina e caribe"
        "|amerique latine et caraibes|america latina y caribe",
        "north-america": "america del norte|norteamerica|america do norte|amerique du nord",
        "central-america": "america central|centroamerica|amerique centrale",
        "caribbean": "the caribbean|caribe|el caribe|caraibes|caraibe",
        "south-america": "america del sur|sudamerica|suramerica|america do sul|amerique du sud",
        "africa": "afrique",
        "asia": "asie",
        "europe": "europa",
        "oceania": "oceanie",
        "middle-east": "medio oriente|oriente medio|oriente proximo|moyen orient|proche orient",
    },
    Audience: {
        "public": "everybody|everyone|publico|publica|todos|tous",
        "members": "member|miembros|membros|membres|solo miembros|red",
        "internal": "staff|interno|interna|interne|equipo|secretaria",
    },
    ConsentBasis: {
        "written": "in writing|letter|email|escrito|por escrito|carta|ecrit|par ecrit",
        "form": "online form|formulario|formulaire",
        "oral": "verbal|by phone|por telefono|por telefone|par telephone",
        "public-role": "public office|funcion publica|cargo publico|funcao publica|fonction publique",
    },
    MembershipClass: {
        "full": "plena|pleno|titular|miembro pleno|pleine",
        "affiliate": "afiliado|afiliada|adherente|affilie",
        "honorary": "honorario|honoraria|honorifico|honoraire",
        "observer": "observador|observadora|observateur",
    },
    MembershipRole: {
        "member": "miembro|membro|membre",
        "founding-member": "founder|founding|fundador|fundadora|miembro fundador|membro fundador|membre fondateur",
        "coordinator": "coordinador|coordinadora|coordenador|coordinateur|coordinacion",
        "secretariat": "secretaria|secretariado|secretaria tecnica",
    },
}

_YES = "yes|y|si|s|sim|oui|x|true|verdadero|verdadeiro|vrai|1|activo|activa|active|ativo|ativa|actif"
_NO = "no|n|nao|non|false|falso|faux|0|inactivo|inactiva|inactive|inativo|inativa|inactif"
YES = frozenset(fold(word) for word in _YES.split("|"))
NO = frozenset(fold(word) for word in _NO.split("|"))
"""Words for yes and for no, folded."""

LANGUAGES: Mapping[str, str] = {
    word: tag
    for tag, words in {
        "en": "english ingles anglais en eng",
        "es": "spanish espanol castellano espanhol espagnol es spa esp",
        "pt": "portuguese portugues portugais pt por",
        "fr": "french frances francais fr fra",
        "ht": "creole kreyol criollo ht",
        "qu": "quechua qu",
        "ay": "aymara ay",
        "gn": "guarani gn",
        "nl": "dutch neerlandes holandes nl",
        "de": "german aleman alemao allemand de",
        "it": "italian italiano italien it",
        "ar": "arabic arabe ar",
        "ru": "russian ruso russo russe ru",
        "zh": "chinese chino chines chinois zh",
    }.items()
    for word in words.split()
}
"""The tag of each language by its folded names and codes."""

MONTHS: Mapping[str, int] = {
    word: number
    for number, words in enumerate(
        (
            "january enero janeiro janvier jan ene",
            "february febrero fevereiro fevrier feb fev",
            "march marzo marco mars mar",
            "april abril avril apr abr avr",
            "may mayo maio mai",
            "june junio junho juin jun",
            "july julio julho juillet jul juil",
            "august agosto aout aug ago",
            "september septiembre setiembre setembro septembre sep set sept",
            "october octubre outubro octobre oct out",
            "november noviembre novembro novembre nov",
            "december diciembre dezembro decembre dec dic dez",
        ),
        1,
    )
    for word in words.split()
}
"""The number of each month by its folded names."""


@functools.cache
def values_by_word(kind: type[StrEnum]) -> Mapping[str, StrEnum]:
    """Each value of a list by its folded words; its own name is among them."""
    known = {fold(word): kind(value) for value, words in _WORDS[kind].items() for word in words.split("|")}
    return known | {fold(value.replace("-", " ")): value for value in kind}
