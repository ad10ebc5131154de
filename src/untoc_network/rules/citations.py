"""What the rules rest on, each once: provisions of the Mechanism, and the laws and standards that all codes share.

Sources are where a thing was read.
"""

from __future__ import annotations

import attrs

from untoc_network.diagnostics.citations import *  # noqa: F403 - one table to whoever writes a rule
from untoc_network.diagnostics.findings import Basis, Certainty
from untoc_network.reference.provisions import APPROVAL, PARAGRAPH_53, RULE_17

# -- the Convention ----------------------------------------------------------------------------------------------------

_MIRROR = "(mirror: https://github.com/statengeneraal/laws-markdown)"

ARTICLE_37 = Basis(
    document="the Convention", provision="article 37(2)", source=f"text of the treaty, BWBV0001668 {_MIRROR}"
)
ARTICLES = Basis(
    document="the Convention and the Protocols",
    provision="articles and titles",
    source=f"text of the treaty, BWBV0001668, BWBV0001710, BWBV0001749 and BWBV0001750 {_MIRROR}",
)
ADOPTION = Basis(
    document="the Convention and the Protocols",
    provision="days of adoption",
    source="rules of procedure of the Conference, rule 1, and the status of treaties at treaties.un.org",
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
