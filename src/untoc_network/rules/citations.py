"""What the rules rest on, each once: provisions of the Mechanism, standards, and the laws of this library itself.

Sources are where a thing was read. The laws of this library are written out on the docs page that is their source.
"""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.process.accreditation import RULE_17
from untoc_network.process.dialogue import APPROVAL, PARAGRAPH_53

# -- the laws of this library ------------------------------------------------------------------------------------------

LAWS = "the laws of this library"
FORM = "the form of a register"
OWN = frozenset({LAWS, FORM})
"""The documents that are this library's own."""


def _law(provision: str) -> Basis:
    anchor = provision.replace(",", "").replace(" ", "-")
    return Basis(document=LAWS, provision=provision, source=f"docs/explanation/what-rules-rest-on.md#{anchor}")


def _form(provision: str, anchor: str) -> Basis:
    return Basis(document=FORM, provision=provision, source=f"docs/reference/register-format.md#{anchor}")


NOTHING_LOST = _law("nothing is lost, nothing is invented")
SOURCED = _law("every fact has a source")
PEOPLE_FIRST = _law("people come first")
TOLD = _law("what is wrong is told")
HARMLESS = _law("a file of a stranger does no harm")
IDENTITY = _law("one thing has one record")
NO_CIRCLES = _law("nothing is tied to itself")
TIME = _law("time runs forward")
AGREEMENT = _law("what is said twice agrees")
USE = _law("a record says enough to be used")

LISTS_OF_VALUES = _form("lists of values", "what-holds-everywhere")
VERSIONS = _form("schema version", "what-holds-everywhere")
ENCODING = _form("text in UTF-8", "what-holds-everywhere")
SURROGATES = _form("text in UTF-8", "what-holds-everywhere")
FORMS = _form("types of text, after ISO 8601, ISO 3166-1, RFC 5646 and RFC 3986", "types-of-text")
YAML_IN_FULL = _form("in YAML", "in-yaml")
LINES = _form("in NDJSON", "in-ndjson")
TABLES = _form("in tables of CSV", "in-tables-of-csv")

# -- standards ---------------------------------------------------------------------------------------------------------

_RFC_8259 = "https://www.rfc-editor.org/rfc/rfc8259"

JSON = Basis(document="RFC 8259", provision="the grammar of JSON", source=_RFC_8259)
DOUBLE_KEYS = Basis(document="RFC 8259", provision="section 4, names within an object", source=_RFC_8259)
NUMBERS = Basis(document="RFC 8259", provision="section 6, numbers", source=_RFC_8259)
MOMENTS = Basis(document="RFC 9557", provision="offset and time zone", source="https://www.rfc-editor.org/rfc/rfc9557")
WEB_ADDRESSES = Basis(
    document="RFC 3986",
    provision="scheme, host and user information",
    source="https://datatracker.ietf.org/doc/html/rfc3986",
)
YAML = Basis(document="YAML 1.2.2", provision="syntax", source="https://yaml.org/spec/1.2.2/")
DIRECTIONS = Basis(
    document="Unicode Standard Annex 9",
    provision="explicit directional formatting characters",
    source="https://www.unicode.org/reports/tr9/",
)
MIXED_SCRIPTS = Basis(
    document="Unicode Technical Standard 39",
    provision="mixed-script detection",
    source="https://www.unicode.org/reports/tr39/",
)
CHECK_DIGITS = Basis(
    document="ISO/IEC 7064, as the schemes of identifiers use it",
    provision="check characters",
    source="https://docs.rs/iso-7064",
)
KEPT_REGISTERS = Basis(
    document="registers of identifiers",
    provision="GRID is kept no longer, ROR took its place",
    source="recalled",
    certainty=Certainty.RECALLED,
)

# -- the Convention ----------------------------------------------------------------------------------------------------

_TREATY_TEXTS = "https://github.com/statengeneraal/laws-markdown"

ARTICLE_37 = Basis(document="the Convention", provision="article 37(2)", source=_TREATY_TEXTS)
ARTICLES = Basis(document="the Convention and the Protocols", provision="articles and titles", source=_TREATY_TEXTS)
ADOPTION = Basis(
    document="the Convention and the Protocols",
    provision="days of adoption",
    source="recalled",
    certainty=Certainty.RECALLED,
)
DEPOSITS = Basis(
    document="record of the parties",
    provision="entry into force, computed for every deposit",
    source="Fedlex SR 0.311.54, 0.311.541, 0.311.542 and 0.311.544",
    certainty=Certainty.DERIVED,
)
REGIONAL_GROUPS = Basis(
    document="regional groups of the United Nations",
    provision="members",
    source="un.org, DGACM, regional groups",
)

# -- the Mechanism -----------------------------------------------------------------------------------------------------

_REVIEW = "https://www.unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc"
_OVERVIEW = f"{_REVIEW}/overview.html"
_LAUNCH_OF_A_GROUP = "https://unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/news/1stnovember.html"
_FAQ = "https://unodc.org/unodc/en/organized-crime/intro/review-mechanism-untoc/frequently-asked-questions.html"
_EXPERT_ACCOUNT = "https://openaccess.hu/relation/259718/text?language=de"
_PROCEDURES = "resolution 9/1, annex: Procedures and rules"
_ACCOUNT = "UNODC's account of the country reviews"

DRAWING_OF_LOTS = Basis(
    document=_PROCEDURES,
    provision="drawing of lots",
    source="http://www.filosofia.unimi.it/logic/category/senza-categoria/",
)
TWO_REVIEWERS = attrs.evolve(DRAWING_OF_LOTS, source=_OVERVIEW)
MOST_REVIEWS = Basis(
    document=_PROCEDURES,
    provision="drawing of lots, reviews by one State",
    source="recalled",
    certainty=Certainty.RECALLED,
)
PHASES = Basis(document=_ACCOUNT, provision="three groups, four phases, four clusters", source=_OVERVIEW)
CLUSTERS = Basis(document=_ACCOUNT, provision="articles are divided over four clusters", source=_OVERVIEW)
QUESTIONNAIRES = Basis(document=_ACCOUNT, provision="a questionnaire for each instrument", source=_OVERVIEW)
FOCAL_POINT_IN_TIME = Basis(document=_ACCOUNT, provision="focal point, within two weeks", source=_LAUNCH_OF_A_GROUP)
EXPERTS_IN_TIME = Basis(document=_ACCOUNT, provision="experts, within four weeks", source=_LAUNCH_OF_A_GROUP)
QUESTIONNAIRE_IN_TIME = Basis(document=_ACCOUNT, provision="questionnaire, within six months", source=_OVERVIEW)
FEEDBACK_IN_TIME = Basis(document=_ACCOUNT, provision="written feedback, within six months", source=_OVERVIEW)
STEPS_OF_A_REVIEW = Basis(
    document=_ACCOUNT, provision="the steps of a review", source=_OVERVIEW, certainty=Certainty.DERIVED
)
ONE_REVIEW_A_PHASE = Basis(
    document=_ACCOUNT,
    provision="each State is reviewed in each phase",
    source=_OVERVIEW,
    certainty=Certainty.DERIVED,
)
FOCAL_POINTS = Basis(
    document="frequently asked questions on the Review Mechanism", provision="focal points", source=_FAQ
)
BLUEPRINT = Basis(document="resolution 10/1", provision="blueprint for lists of observations", source=_OVERVIEW)
PUBLICATION = Basis(
    document="an expert's account of the Mechanism", provision="confidentiality", source=_EXPERT_ACCOUNT
)
OWN_INSTRUMENTS = Basis(
    document="an expert's account of the Mechanism",
    provision="a State answers for the instruments that it is party to",
    source=_EXPERT_ACCOUNT,
)
NO_COUNTRY = Basis(
    document="an expert's account of the Mechanism",
    provision="constructive dialogues deal with no specific country",
    source=_EXPERT_ACCOUNT,
)
RECOMMENDATIONS = Basis(
    document="account of the twelfth session of the Conference",
    provision="recommendations are made by parties and signatories",
    source="https://crimealliance.org/events/375",
)
NUMBERING = Basis(
    document="the Conference of the Parties",
    provision="numbering of resolutions",
    source=_OVERVIEW,
    certainty=Certainty.DERIVED,
)
DIALOGUE_AFTER_EACH_SESSION = attrs.evolve(PARAGRAPH_53, certainty=Certainty.DERIVED)
STEPS_OF_A_DIALOGUE = attrs.evolve(APPROVAL, provision="the steps of a dialogue", certainty=Certainty.DERIVED)
RULE_17_3 = attrs.evolve(RULE_17, provision="rule 17(3)")
ECOSOC = Basis(
    document="ECOSOC resolution 1996/31",
    provision="consultative status",
    source="https://ecosoc.un.org/ru/node/13232",
)

# -- the network -------------------------------------------------------------------------------------------------------

_LAUNCH_NOTE = (
    "https://www.unodc.org/unodc/en/ngos/"
    "launch-of-unodc-stakeholder-engagement-for-untoc-regional-network-for-the-americas.html"
)

ENTRY_POINTS = Basis(
    document="launch note of the network, 7 April 2022",
    provision="where stakeholders take part in the review",
    source=_LAUNCH_NOTE,
)
ENTRY_POINTS_CLOSE = attrs.evolve(ENTRY_POINTS, certainty=Certainty.DERIVED)
NON_GOVERNMENTAL = Basis(
    document="launch note of the network, 7 April 2022",
    provision="a space of non-governmental stakeholders",
    source=_LAUNCH_NOTE,
)
OWN_WORK_PLAN = Basis(
    document="UNODC's account of the regional networks",
    provision="a network decides its own work plan",
    source="https://www.unodc.org/unodc/en/ngos/civil-society-regional-networks-for-untoc-implementation-net4u.html",
    certainty=Certainty.DERIVED,
)
NATIONAL_ALLIANCE = Basis(
    document="UNODC's account of the national alliances",
    provision="an alliance is of one country",
    source="https://unodc.org/unodc/en/ngos/national-civil-society-alliances-for-untoc-implementation-nacsa4u.html",
    certainty=Certainty.DERIVED,
)
